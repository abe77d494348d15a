"""The tables that keep the store's own books: the undo history, imports, what was worked out.

Plain tables, not models: nothing of them is ever handed out, and each model costs time at every
start.
"""

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
)
from sqlmodel import SQLModel

from .tables import ENTRY, Instant

# One import. Its entries leave and come back together.
BATCH = Table(
    "batch",
    SQLModel.metadata,
    Column("id", Integer, primary_key=True),
    Column("source", String, nullable=False),
    Column("file_name", String, nullable=False),
    Column("imported_at", Instant, nullable=False),
)

# The entries of imports that were taken back, as they were, for the case of a redo.
UNDONE_ENTRY = Table(
    "undone_entry",
    SQLModel.metadata,
    *(
        Column(column.name, column.type, primary_key=column.primary_key, nullable=column.nullable)
        for column in ENTRY.columns
    ),
)

# The keys of imported entries that were deleted, so that the next import does not bring them back.
FORGOTTEN_KEY = Table(
    "forgotten_key",
    SQLModel.metadata,
    Column("id", Integer, primary_key=True),
    Column("source", String, nullable=False),
    Column("source_key", String, nullable=False),
    Index("forgotten_source", "source", "source_key", unique=True),
)

# The local dates that travel skipped.
SKIPPED_DAY = Table(
    "skipped_day",
    SQLModel.metadata,
    Column("id", Integer, primary_key=True),
    Column("day", Date, nullable=False, unique=True),
)

# When the app was last used, and the day on which missed days were last asked about.
LAST_USE = Table(
    "last_use",
    SQLModel.metadata,
    Column("id", Integer, primary_key=True),
    Column("day", Date, nullable=False),
    Column("at", Instant, nullable=False),
    Column("asked_on", Date),
    CheckConstraint("id = 1", name="last_use_only_one"),
)

# What was worked out of the days before a day; there as long as none of them has changed.
KEPT_PAST = Table(
    "kept_past",
    SQLModel.metadata,
    Column("id", Integer, primary_key=True),
    Column("day", Date, nullable=False),
    Column("first_weekday", Integer, nullable=False),
    Column("facts", String, nullable=False),
    CheckConstraint("id = 1", name="kept_past_only_one"),
)

# What Today shows of a day (`needlemover.published`); there as long as it is true.
PUBLISHED = Table(
    "published",
    SQLModel.metadata,
    Column("id", Integer, primary_key=True),
    Column("day", Date, nullable=False),
    Column("facts", String, nullable=False),
    CheckConstraint("id = 1", name="published_only_one"),
)

# One step of the undo history.
CHANGE = Table(
    "change",
    SQLModel.metadata,
    Column("id", Integer, primary_key=True),
    Column("label", String, nullable=False),
    Column("changed_at", Instant, nullable=False),
    Column("undone", Boolean, nullable=False),
)

# What a step did to one row: as it was and as it became, as JSON; null: not there. Both null: it
# added the entries of the batch whose id stands as the row's.
CHANGED_ROW = Table(
    "changed_row",
    SQLModel.metadata,
    Column("id", Integer, primary_key=True),
    Column("change_id", Integer, ForeignKey("change.id", ondelete="CASCADE"), nullable=False),
    Column("table_name", String, nullable=False),
    Column("row_id", Integer, nullable=False),
    Column("before", String),
    Column("after", String),
    Index("changed_row_of", "change_id"),
)
