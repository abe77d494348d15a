"""What a process remembers of its file, so that nothing is read twice while nothing changes.

All of it hangs on one key: the connection, SQLite's `data_version` (changes by other processes),
the changes made through the connection, and the local day. There is no other way to know that
something remembered is out of date; how much of it, a change of our own says (`Named`).
"""

import sqlite3
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any, TypeVar

from ..clock import Clock
from ..domain.day import local_day
from .facts import Facts, Named, read_facts
from .today import DayReader

T = TypeVar("T")

OF_BUYERS = ("all buyers", "found buyers")  # what is recalled that follows from contacts alone


class Memory:
    """Holds what was read last, as long as it is true."""

    def __init__(self, driver: sqlite3.Connection, clock: Clock) -> None:
        self.driver = driver
        self._clock = clock
        self._data_version = -1
        self._not_counted = 0
        self._key: tuple[int, int, date] | None = None
        self._days: DayReader | None = None
        self._known: dict[Hashable, Any] = {}

    @property
    def version(self) -> tuple[int, int]:
        """What stays the same as long as nothing in the file changes, as of the last look."""
        return self._data_version, self.driver.total_changes - self._not_counted

    def check_version(self) -> None:
        """See whether another process has changed the file; once in each transaction is enough."""
        self._data_version = int(self.driver.execute("PRAGMA data_version").fetchone()[0])

    def forget(self) -> None:
        """Let go of everything: a transaction was rolled back, so its changes never were."""
        self._key = None

    @contextmanager
    def not_counted(self) -> Iterator[None]:
        """A block whose changes touch nothing that is ever remembered."""
        before = self.driver.total_changes
        yield
        self._not_counted += self.driver.total_changes - before

    def days(self, named: Named | None = None) -> DayReader:
        """The days as the file says now.

        `named` are the entries that alone may be others since this transaction first asked for the
        days, by its own changes; None: any may be.
        """
        days = self.days_at_hand()
        if days is None:
            days = self._read(named)
            # Where no contact can be another, all that is known of buyers is as it was.
            kept = OF_BUYERS if days.candidates is not None else ()
            self._known = {key: self._known[key] for key in kept if key in self._known}
            self._days = days
            self._key = (*self.version, days.facts.today)
        return days

    def days_at_hand(self) -> DayReader | None:
        """The same, unless they must be read first."""
        if self._days is None or self._key is None:
            return None
        starts_at = self._days.facts.settings.day_starts_at
        today = local_day(self._clock.now(), self._clock.zone(), starts_at)
        return self._days if self._key == (*self.version, today) else None

    def recall(self, key: Hashable, work_out: Callable[[], T]) -> T:
        """What else was worked out of the file, or else is worked out now."""
        self.days()
        if key not in self._known:
            self._known[key] = work_out()
        found: T = self._known[key]
        return found

    def _read(self, named: Named | None) -> DayReader:
        driver, last = self.driver, self._days
        now, zone = self._clock.now(), self._clock.zone()
        if last is None:
            return DayReader(driver, read_facts(driver, now, zone))
        if self._key is None:  # what was read last was taken back
            named = None
        starts_at = last.facts.settings.day_starts_at
        facts = read_facts(driver, now, zone, starts_at, last.facts, named)
        if named is None or not last.facts.today == facts.today <= named.since:
            return DayReader(driver, facts)
        candidates = None if named.are_of_buyers else last.candidates
        days = DayReader(driver, facts, last.totals, candidates)
        if "goal" in vars(last) and _goal_of(facts) == _goal_of(last.facts):
            days.goal = last.goal
        return days


def _goal_of(facts: Facts) -> object:
    """What the goal depends on beside the days before: of today, conversations and money."""
    entries = (item for item in facts.entries if item.amount is not None or item.outcome)
    counted = [item for item in entries if item.outcome is None or item.outcome.reached]
    return facts.settings, facts.activities, counted
