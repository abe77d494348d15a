"""The entries of an export: which of them are here already, and those that are not as rows."""

import sqlite3
from collections.abc import Mapping, Sequence

from ...domain.buyers.phone import phone_key
from ...domain.calls.entry import contact_key
from ..care.sections import Row, Section, Value
from ..schema.tables import ACTIVITY, CONTACT

SOURCE = "needle"
_MOST_CHANGED = 1
_TELLING = (
    "activity_id", "day", "started_at", "seconds", "outcome", "contact", "amount", "note",
)  # fmt: skip
_BROUGHT = """
    SELECT id FROM entry WHERE source = :source AND source_key = :key
    UNION ALL SELECT NULL FROM forgotten_key WHERE source = :source AND source_key = :key
"""
_OWN = f"""
    SELECT id, {", ".join(_TELLING)} FROM entry
    WHERE id = :id AND source_key IS NULL AND '{SOURCE}:' || logged_at || '/' || id = :key
"""


def find_entry(
    connection: sqlite3.Connection, row: Row, activities: Mapping[Value, Value]
) -> tuple[bool, int | None]:
    """Whether an entry of a file is known, and its id here; None: it was deleted.

    One that an import brought has its key. Any other goes by its id and when it was logged, which
    no edit changes; they become its key where it is taken in. `activities`: those here by id in the
    file.
    """
    key = source_key(row)
    brought = connection.execute(_BROUGHT, {"source": row["source"], "key": key})
    if found := brought.fetchone():
        return True, found[0]
    here = connection.execute(_OWN, {"id": key.rpartition("/")[2], "key": key}).fetchone()
    if here is not None and _is_alike(here[1:], row, activities):
        return True, here[0]
    return False, None


def _is_alike(here: Sequence[Value], row: Row, activities: Mapping[Value, Value]) -> bool:
    """Whether it is the same, perhaps edited: two files can log their first ones in one second."""
    there = [row[name] for name in _TELLING]
    there[0] = activities[there[0]]
    changed = [a for a, b in zip(here, there, strict=True) if a != b]
    return len(changed) <= _MOST_CHANGED


def source_key(row: Row) -> str:
    """What tells an entry of a file from all others of its source."""
    key = row["source_key"]
    return f"{SOURCE}:{row['logged_at']}/{row['id']}" if key is None else str(key)


def derived_columns(section: Section, row: Row) -> Row:
    """What a row of another section has that does not travel."""
    if section.table in (ACTIVITY, CONTACT):
        found: Row = {"name_key": contact_key(str(row["name"]))}
        if section.table is CONTACT:
            found |= {"phone_key": phone_key(str(row["phone"] or "")), "tries": 0}
        return found
    return {}
