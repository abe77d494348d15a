"""The tables that keep the store's own books: the undo history, imports, what was worked out.

Plain tables, not models: nothing of them is ever handed out, and each model costs time at every
start.
"""

from typing import Any

from sqlalchemy import Boolean, Column, Connection, Date, ForeignKey, Integer, String, Table
from sqlalchemy.types import TypeEngine
from sqlmodel import SQLModel

from .tables import ENTRY, Instant


def _table(name: str, *more: Column[Any], **columns: type[TypeEngine[Any]]) -> Table:
    """A table whose columns always hold a value, but for those of `more`."""
    key = Column("id", Integer, primary_key=True)
    filled = [Column(column, kind, nullable=False) for column, kind in columns.items()]
    return Table(name, SQLModel.metadata, key, *filled, *more)


def write_only_row(connection: Connection, table: Table, **values: Any) -> None:
    """Put the only row of a table in the place of what it held."""
    connection.execute(table.delete())
    connection.execute(table.insert().values(id=1, **values))


# One import. Its entries leave and come back together.
BATCH = _table("batch", source=String, file_name=String, imported_at=Instant)

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
FORGOTTEN_KEY = _table("forgotten_key", source=String, source_key=String)

# The local dates that travel skipped.
SKIPPED_DAY = _table("skipped_day", day=Date)

# When and where the data were last used, by the app or by a command that writes: the latest day,
# and the day on which the app last asked about missed days.
_IF_KNOWN = (Column("asked_on", Date), Column("utc_offset", Integer), Column("zone", String))
LAST_USE = _table("last_use", *_IF_KNOWN, day=Date, at=Instant)

# What was worked out of the days before a day; there as long as none of them has changed.
KEPT_PAST = _table("kept_past", day=Date, facts=String)

# One step of the undo history.
CHANGE = _table("change", label=String, changed_at=Instant, undone=Boolean)

# What a step did to one row: as it was and as it became, as JSON; null: not there. Both null: it
# added the entries of the batch whose id stands as the row's.
CHANGED_ROW = _table(
    "changed_row",
    Column("before", String),
    Column("after", String),
    Column("change_id", ForeignKey("change.id", ondelete="CASCADE"), nullable=False),
    table_name=String,
    row_id=Integer,
)
