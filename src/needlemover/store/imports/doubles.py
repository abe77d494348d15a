"""Rows of a file that may be entries from elsewhere: they begin together and last as long."""

import sqlite3
from collections import defaultdict
from collections.abc import Sequence

from ...domain.buyers.contact import phone_key
from ...domain.calls.entry import contact_key
from ...domain.errors import WrongUsageError
from ...text.format import counted, plural
from ...text.parse.values import is_phone
from ..buyer_rows import other_names
from ..schema.tables import instant_text
from .content import ImportedEntry

_SHOWN = 5
_MINUTE = len("2026-10-01T09:00")
# Elsewhere the day may begin at another time.
_THERE = """
    SELECT started_at, seconds, coalesce(contact_key, ''), activity_id FROM entry
    WHERE day BETWEEN date(:day, '-1 day') AND date(:day, '+1 day') AND id <= :newest
        AND started_at IS NOT NULL AND follows IS NULL AND source <> :but_of
"""


class DoublesError(WrongUsageError):
    """Rows may be entries that are here, and nobody said whether they are."""

    def __init__(self, count: int, first: Sequence[ImportedEntry]) -> None:
        """Say it of so many rows; `first` are some of them."""
        self.count, self.first = count, first
        super().__init__(
            f"{counted(count, 'row')} of the file {plural(count, 'begins', 'begin')} when an entry "
            f"that is here began and {plural(count, 'lasts', 'last')} as long."
        )


class Doubles:
    """Finds the doubles of the entries that were here before an import, `but_of` one source."""

    def __init__(self, driver: sqlite3.Connection, how: str, but_of: str) -> None:
        """Take them for doubles unless they are to be added (`how`)."""
        self.keys: list[str] = []  # of those that were found
        self._driver = driver
        self._names = other_names(driver)
        ((newest,),) = driver.execute("SELECT max(id) FROM entry")
        self._takes_none = newest is None or how == "add"
        self._facts = {"newest": newest, "but_of": but_of}
        self._days: dict[str, dict[tuple[str, int], list[tuple[str, str, int | None]]]] = {}
        self.first: list[ImportedEntry] = []

    def of(self, entry: ImportedEntry, key: str) -> list[int | None]:
        """The ids of the activities of those that a row may be; of a double the key is kept."""
        if entry.started_at is None or self._takes_none:
            return []
        day = entry.day.isoformat()
        if day not in self._days:
            self._days[day] = defaultdict(list)
            for start, seconds, *rest in self._driver.execute(_THERE, self._facts | {"day": day}):
                self._days[day][start[:_MINUTE], seconds].append((start, *rest))
        at = instant_text(entry.started_at)
        there = self._days[day].get((at[:_MINUTE], entry.seconds), ())
        name = contact_key(entry.contact or entry.phone)
        contact = contact_key(self._names.get(name, name))
        found = [
            activity_id
            for start, other, activity_id in there
            # One of them may be written to the minute; many calls of no length begin in one.
            if (start == at or "00Z" in (start[-3:], at[-3:]))
            and (entry.seconds or not _differ(contact, other))
        ]
        if found:
            self.keys.append(key)
            self.first = [*self.first, entry][:_SHOWN]
        return found


def _differ(one: str, other: str) -> bool:
    """Whether two contacts, as names are compared, are not the same; a phone may be anybody's.

    A number may be written otherwise, a name with more words.
    """
    if not (one and other) or one == other or is_phone(one) != is_phone(other):
        return False
    if is_phone(one):
        return phone_key(one) is None or phone_key(one) != phone_key(other)
    words, others = set(one.split()), set(other.split())
    return not (words <= others or others <= words)
