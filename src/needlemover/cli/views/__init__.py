"""The JSON that the commands write: a module a subject."""
