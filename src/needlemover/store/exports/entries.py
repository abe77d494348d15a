"""The entries of an export: which of them are here already, and those that are not as rows."""

import sqlite3
from collections.abc import Mapping

from ...domain.buyers.contact import phone_key
from ...domain.calls.entry import contact_key
from ..care.sections import Row, Section
from ..schema.tables import ACTIVITY, CONTACT, ENTRY_KEY

SOURCE = "needle"
_FIND = f"""
    SELECT id, activity_id FROM entry WHERE source = :source AND source_key = :key
    UNION ALL SELECT id, activity_id FROM entry
    WHERE id = :id AND source_key IS NULL AND {ENTRY_KEY} = :key
    UNION ALL SELECT NULL, NULL FROM forgotten_key WHERE source = :source AND source_key = :key
"""
Here = tuple[int | None, int | None]
"""The id of an entry that is here and of its activity; both None: it was deleted."""


def find_entry(connection: sqlite3.Connection, row: Row) -> Here | None:
    """Where an entry of a file is here; None: it is not known.

    What tells it from others becomes its key where it is taken in: see `ENTRY_KEY`.
    """
    key = source_key(row)
    facts = {"source": row["source"], "key": key, "id": key.rpartition("/")[2]}
    found: Here | None = connection.execute(_FIND, facts).fetchone()
    return found


def source_key(row: Mapping[str, object]) -> str:
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
