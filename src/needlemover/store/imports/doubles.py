"""Rows of a file that may be entries from elsewhere: they begin together and last as long."""

import sqlite3
from collections import defaultdict
from collections.abc import Sequence

from ...domain.calls.entry import contact_key
from ...domain.errors import WrongUsageError
from ...text.format import counted, plural
from ...text.parse.values import is_phone
from ..buyer_rows import other_names
from ..schema.tables import instant_text
from .content import ImportedEntry

_THERE = """
    SELECT started_at, seconds, coalesce(contact_key, ''), activity_id FROM entry
    WHERE day BETWEEN date(:day, '-1 day') AND date(:day, '+1 day') AND id <= :newest
        AND started_at IS NOT NULL AND follows IS NULL AND source <> :but_of
"""


class DoublesError(WrongUsageError):
    """Rows may be entries that are here, and nobody said whether they are."""

    def __init__(self, count: int, first: Sequence[ImportedEntry]) -> None:
        """Say it of so many rows; `first` are some of them."""
        self.count = count
        self.first = first
        super().__init__(
            f"{counted(count, 'row')} of the file {plural(count, 'begins', 'begin')} when an entry "
            f"that is here began and {plural(count, 'lasts', 'last')} as long."
        )


class Doubles:
    """The entries that were here before an import, by their start and length."""

    def __init__(self, driver: sqlite3.Connection, but_of: str = "") -> None:
        """Look at all of them, but for those of one source."""
        self._driver = driver
        self._names = other_names(driver)
        self._but_of = but_of
        ((self._newest,),) = driver.execute("SELECT coalesce(max(id), 0) FROM entry")
        self._days: dict[str, dict[tuple[str, int], list[tuple[str, int | None]]]] = {}

    def of(self, entry: ImportedEntry) -> list[int | None]:
        """The ids of the activities of those that may be the same."""
        if entry.started_at is None or not self._newest:
            return []
        day = entry.day.isoformat()
        if day not in self._days:
            self._days[day] = self._of_day(day)
        there = self._days[day].get((instant_text(entry.started_at), entry.seconds), ())
        contact = contact_key(entry.contact or entry.phone)
        contact = contact_key(self._names.get(contact, contact))
        return [activity_id for other, activity_id in there if not _differ(contact, other)]

    def _of_day(self, day: str) -> dict[tuple[str, int], list[tuple[str, int | None]]]:
        """Those of a day and of the days beside it: elsewhere the day may begin at another time."""
        found = defaultdict(list)
        facts = {"day": day, "newest": self._newest, "but_of": self._but_of}
        for start, seconds, contact, activity_id in self._driver.execute(_THERE, facts):
            found[start, seconds].append((contact, activity_id))
        return dict(found)


def _differ(one: str, other: str) -> bool:
    """Whether two contacts, as names are compared, are not the same; a phone may be anybody's."""
    return bool(one and other) and one != other and is_phone(one) == is_phone(other)
