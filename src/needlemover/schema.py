"""What marks a file as ours, known without loading what reads and writes it."""

APPLICATION_ID = 0x4E45454C
"""Written into the file's header, so that no other program's database is taken for ours."""

SCHEMA_VERSION = 8
"""Of the tables; each version has its step under `store/schema/steps.py`."""

SCHEMA_MARK = "fea56ce22dadbe4be2670e88a569fa62"
"""By which the tables, views and triggers of this version are known: `schema.likeness.mark_of`."""
