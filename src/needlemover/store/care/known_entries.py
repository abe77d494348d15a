"""Tells which entries of an export are here already, in whatever file they went round."""

from collections.abc import Mapping

from sqlalchemy import Connection

from ..file import plain_rows
from .sections import Row, Value

SOURCE = "needle"
_MOST_CHANGED = 1
_TELLING = (
    "activity_id", "day", "started_at", "seconds", "outcome", "contact", "amount", "note",
)  # fmt: skip
_CONTENT = f"SELECT {', '.join(_TELLING)} FROM entry WHERE id = :id"


class KnownEntries:
    """The entries that are here, by their keys.

    One that an import brought has its key. Any other goes by its id and the moment it was logged,
    which stay the same whatever else of it is changed; they become its key where it is taken in.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._by_key: dict[tuple[Value, Value], int | None] = {}
        """None: deleted here."""
        self._own: dict[str, int] = {}
        for values in plain_rows(connection, "SELECT source, source_key FROM forgotten_key"):
            self._by_key[values] = None
        rows = plain_rows(connection, "SELECT id, source, source_key, logged_at FROM entry")
        for entry_id, source, key, logged_at in rows:
            if key is None:
                self._own[own_key(logged_at, entry_id)] = entry_id
            else:
                self._by_key[source, key] = entry_id

    def find(self, row: Row, activities: Mapping[Value, Value]) -> tuple[bool, int | None]:
        """Whether an entry of a file is known, and its id here; None: it was deleted.

        Args:
            row: as it is in the file.
            activities: what is here of the activities of the file.
        """
        key = key_of(row)
        if (row["source"], key) in self._by_key:
            return True, self._by_key[row["source"], key]
        found = self._own.get(key)
        if found is not None and self._is_alike(found, row, activities):
            return True, found
        return False, None

    def add(self, row: Row, entry_id: int) -> None:
        """Note that an entry of a file is here from now on."""
        self._by_key[row["source"], key_of(row)] = entry_id

    def _is_alike(self, entry_id: int, row: Row, activities: Mapping[Value, Value]) -> bool:
        """Whether it is the same entry, perhaps edited since, and not another file's.

        Two files can have logged their first entries in the same second.
        """
        here = plain_rows(self._connection, _CONTENT, {"id": entry_id}).fetchone()
        there = [row[name] for name in _TELLING]
        there[0] = activities[there[0]]
        changed = [a for a, b in zip(here, there, strict=True) if a != b]
        return len(changed) <= _MOST_CHANGED


def own_key(logged_at: Value, entry_id: Value) -> str:
    """The key of an entry that no import brought."""
    return f"{SOURCE}:{logged_at}/{entry_id}"


def key_of(row: Row) -> str:
    """What tells an entry of a file from all others of its source."""
    key = row["source_key"]
    return own_key(row["logged_at"], row["id"]) if key is None else str(key)
