"""The entries of an export: which of them are here already, and those that are not as rows."""

import sqlite3
from array import array
from bisect import bisect_left
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


_GONE = 0


class Ids:
    """Ids, and what each stands for here; as long as they ascend, 16 bytes each."""

    def __init__(self) -> None:
        self._ids = array("q")
        self._here = array("q")
        self._others: dict[int, int] = {}  # those that came after a larger one

    def add(self, row_id: Value, here: int | None = _GONE) -> bool:
        """Add an id, and what it stands for (None: nothing); whether it was new."""
        number = int(row_id or 0)
        if row_id in self:
            return False
        if self._ids and number < self._ids[-1]:
            self._others[number] = here or _GONE
        else:
            self._ids.append(number)
            self._here.append(here or _GONE)
        return True

    def __contains__(self, row_id: object) -> bool:
        return self._place(row_id) is not None or row_id in self._others

    def here(self, row_id: Value) -> int | None:
        """What an id that was added stands for."""
        place = self._place(row_id)
        return (self._others.get(int(row_id or 0)) if place is None else self._here[place]) or None

    def _place(self, row_id: object) -> int | None:
        if not isinstance(row_id, int) or not self._ids or row_id > self._ids[-1]:
            return None
        place = bisect_left(self._ids, row_id)
        return place if self._ids[place] == row_id else None
