"""The data: the only code that knows the database."""
