"""The schema, one step a version."""
