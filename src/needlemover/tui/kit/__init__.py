"""The panels, lists, fields and dialogs that all views share."""
