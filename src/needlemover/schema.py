"""What marks a file as ours, known without loading what reads and writes it."""

APPLICATION_ID = 0x4E45454C
"""Written into the file's header, so that no other program's database is taken for ours."""

SCHEMA_VERSION = 10
"""Of the tables; each version has its step under `store/schema/steps.py`."""

SCHEMA_MARK = "34db4e10ed9b5ceab7ae0b1c6f549641"
"""By which the tables, views and triggers of this version are known: `schema.likeness.mark_of`."""
