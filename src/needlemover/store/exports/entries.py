"""The entries of an export: which of them are here already, and those that are not as rows."""

from array import array
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import islice

from sqlalchemy import Connection

from ...domain.buyers.phone import phone_key
from ...domain.calls.entry import contact_key, fills_quota
from ..care.sections import Row, Section, Value
from ..memory import driver_of
from ..schema.tables import ACTIVITY, CONTACT, ENTRY

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
_AT_A_TIME = 2000
_COLUMNS = tuple(column.name for column in ENTRY.columns)
_INSERT = f"""
    INSERT INTO entry ({", ".join(f'"{name}"' for name in _COLUMNS)})
    VALUES ({", ".join("?" * len(_COLUMNS))})
"""
_key = lru_cache(maxsize=1 << 15)(contact_key)


class KnownEntries:
    """The entries that are here, by their keys.

    One that an import brought has its key. Any other goes by its id and the moment it was logged,
    which stay the same whatever else of it is changed; they become its key where it is taken in.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = driver_of(connection)

    def find(self, row: Row, activities: Mapping[Value, Value]) -> tuple[bool, int | None]:
        """Whether an entry of a file is known, and its id here; None: it was deleted.

        `activities` says what is here of the activities of the file.
        """
        key = source_key(row)
        brought = self._connection.execute(_BROUGHT, {"source": row["source"], "key": key})
        if found := brought.fetchone():
            return True, found[0]
        own = key.rpartition("/")[2]
        here = self._connection.execute(_OWN, {"id": own, "key": key}).fetchone()
        if here is not None and _is_alike(here[1:], row, activities):
            return True, here[0]
        return False, None


def _is_alike(here: Sequence[Value], row: Row, activities: Mapping[Value, Value]) -> bool:
    """Whether it is the same entry, perhaps edited since, and not another file's.

    Two files can have logged their first entries in the same second.
    """
    there = [row[name] for name in _TELLING]
    there[0] = activities[there[0]]
    changed = [a for a, b in zip(here, there, strict=True) if a != b]
    return len(changed) <= _MOST_CHANGED


def own_key(logged_at: Value, entry_id: Value) -> str:
    """The key of an entry that no import brought."""
    return f"{SOURCE}:{logged_at}/{entry_id}"


def source_key(row: Row) -> str:
    """What tells an entry of a file from all others of its source."""
    key = row["source_key"]
    return own_key(row["logged_at"], row["id"]) if key is None else str(key)


def with_what_follows(row: Row, *, is_sales: bool) -> Row:
    """An entry with the columns that follow from its others."""
    outcome, contact = row["outcome"], row["contact"]
    row["contact_key"] = None if contact is None else _key(str(contact)) or None
    row["fills_quota"] = fills_quota(
        None if outcome is None else str(outcome),
        int(row["seconds"] or 0),
        int(row["count"] or 0),
        is_sales=is_sales,
        follows=row["follows"] is not None,
        is_leak=row["problem_id"] is not None,
    )
    return row


def derived_columns(section: Section, row: Row) -> Row:
    """What a row of another section has that does not travel."""
    if section.table in (ACTIVITY, CONTACT):
        found: Row = {"name_key": _key(str(row["name"]))}
        if section.table is CONTACT:
            found |= {"phone_key": phone_key(str(row["phone"] or "")), "tries": 0}
        return found
    return {}


def add_entries(connection: Connection, rows: Iterable[Row]) -> int:
    """Write entries, complete ones; how many."""
    added, values = 0, (tuple([row[name] for name in _COLUMNS]) for row in rows)
    while chunk := list(islice(values, _AT_A_TIME)):
        connection.exec_driver_sql(_INSERT, chunk)
        added += len(chunk)
    return added


_GONE = 0


class Ids:
    """Ids, and what each stands for here; as long as they ascend, 16 bytes each."""

    def __init__(self) -> None:
        self._ids = array("q")
        self._here = array("q")
        self._others: dict[int, int] = {}
        """Those that came after a larger one."""

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
