"""What tells a row of an export from all others, and which entry here it is.

Up to version 4 rows have no uid. They get the one that the tables of version 14 gave to those that
were there, so that a file and the exports that were made of it agree: see `_PARTS`, and for entries
`IDENTITY`.
"""

import re
import sqlite3
from collections.abc import Mapping, Sequence
from datetime import datetime

from ...domain.calls.entry import contact_key
from ..care.sections import SECTIONS, Row, Value
from ..schema.tables import IDENTITY

_PARTS = {
    "activities": ("id", "name"),
    "commitments": ("activity_id", "start", "set_on"),
    "problems": ("id", "parked_on", "title"),
    "contacts": ("name",),
    "next_steps": ("id", "set_on", "contact_id"),
    "imports": ("id", "imported_at"),
    "days_off": ("id", "start", "end", "said_on"),
    "call_blocks": ("id", "started_at"),
}
"""Names as they are compared, and for an id of another section the uid of that row."""
_MOVED = "needle:"  # up to version 4, how keys begin of entries by hand that came from another file
_OF_ID = re.compile(r"[0-9a-f]{1,12}\.([0-9a-f]{1,15})")
_BY_UID = "SELECT id, activity_id FROM entry WHERE uid = ?"
_BY_KEY = "SELECT id, activity_id FROM entry WHERE source = ? AND source_key = ?"
_BY_ID = f"SELECT id, activity_id FROM entry WHERE id = ? AND {IDENTITY} = ?"
_FORGOTTEN = "SELECT NULL, NULL FROM forgotten_key WHERE source = ? AND source_key = ?"


def identify(sections: Mapping[str, Sequence[Row]]) -> None:
    """Give the rows of an export that have no uid the one that follows from what they say."""
    uids: dict[str, dict[Value, Value]] = {}
    for section, parts in _PARTS.items():
        refers = {item.name: item.refers_to or "" for item in SECTIONS[section].fields}
        for row in sections[section]:
            if row["uid"] is None:
                said = row | {"name": contact_key(str(row.get("name")))}
                said |= {part: uids[to][row[part]] for part in parts if (to := refers[part])}
                row["uid"] = " ".join(str(said[part]) for part in parts)
        uids[section] = {row["id"]: row["uid"] for row in sections[section]}


def following_uid(entry: Row) -> str:
    """In Python, what `IDENTITY` is of an entry that has no uid."""
    source, key = str(entry["source"]), str(entry["source_key"] or "")
    if entry["source_key"] is None or key[: len(_MOVED)].lower() == _MOVED:
        logged_at = datetime.fromisoformat(str(entry["logged_at"]))
        number = int(key[28:] if key[28:].isdecimal() else 0) if key else int(entry["id"] or 0)
        return f"{int(logged_at.timestamp()):x}.{number:x}"
    return f"{len(source.partition(chr(0))[0])}:{source}{key}"


def find_entry(
    connection: sqlite3.Connection, row: Row, uid: str
) -> tuple[int | None, int | None] | None:
    """The id of an entry of a file here, and of its activity; None: it is not known.

    Both None: it was deleted.
    """
    source, key = row["source"], row["source_key"]
    # One after the other: in one statement they take five times as long.
    lookups: list[tuple[str, tuple[Value, ...]]] = [(_BY_UID, (uid,))]
    if key is not None:
        lookups.insert(0, (_BY_KEY, (source, key)))
    lookups.append((_FORGOTTEN, (source, uid if key is None else key)))
    if of_id := _OF_ID.fullmatch(uid):
        number = int(of_id[1], 16)
        moved = (source, f"{_MOVED}{row['logged_at']}/{number}")
        lookups += [(_BY_ID, (number, uid)), (_BY_KEY, moved), (_FORGOTTEN, moved)]
    for statement, values in lookups:
        found: tuple[int | None, int | None] | None = connection.execute(
            statement, values
        ).fetchone()
        if found is not None:
            return found
    return None


def own_uid(entry: Row) -> Row:
    """An entry under its id here, with no uid where that follows from the rest."""
    if entry["uid"] is not None and entry["uid"] == following_uid(entry):
        entry["uid"] = None
    return entry
