"""The file that is open: its transactions, and what a process remembers of it.

All of that hangs on one key: the connection, SQLite's `data_version` (changes by other processes),
the changes made through the connection, and the local day. There is no other way to know that
something remembered is out of date; how much of it, a change of our own says (`Named`).
"""

import os
import sqlite3
import threading
import time
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager, suppress
from datetime import date
from functools import lru_cache, partial
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import Connection, create_engine
from sqlalchemy.pool import StaticPool

from ..clock import Clock
from ..domain.day import local_day
from .connections import READ_TIMEOUT, is_busy, lost_file, plain_errors
from .facts import Facts, Named, read_facts
from .opened import opened, opened_to_read
from .today import DayReader

T = TypeVar("T")

PATIENCE = 10.0  # seconds that who changes something waits for another program that writes
_STEP = 0.002  # seconds between two tries
_local_day = lru_cache(4)(local_day)  # a change asks for it many times in one moment


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
        self._of_buyers: dict[Hashable, Any] = {}  # what follows from contacts alone

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
            self._known = {}
            if days.candidates is None:  # else no contact can be another
                self._of_buyers = {}
            self._days = days
            self._key = (*self.version, days.facts.today)
        return days

    def days_at_hand(self) -> DayReader | None:
        """The same, unless they must be read first."""
        if self._days is None or self._key is None:
            return None
        starts_at = self._days.facts.settings.day_starts_at
        today = _local_day(self._clock.now(), self._clock.zone(), starts_at)
        return self._days if self._key == (*self.version, today) else None

    def recall(self, key: Hashable, work_out: Callable[[], T], *, of_buyers: bool = False) -> T:
        """What else was worked out of the file, or else is worked out now.

        `of_buyers`: it follows from contacts alone.
        """
        self.days()
        known = self._of_buyers if of_buyers else self._known
        if key not in known:
            known[key] = work_out()
        found: T = known[key]
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
        if vars(last).get("goal") and _goal_of(facts) == _goal_of(last.facts):
            days.goal = last.goal
        if "year" in vars(last):
            days.year = last.year
        return days


def _goal_of(facts: Facts) -> object:
    """What the goal depends on beside the days before: of today, conversations and money."""
    entries = (item for item in facts.entries if item.amount is not None or item.outcome)
    counted = [item for item in entries if item.outcome is None or item.outcome.reached]
    return facts.settings, facts.activities, counted


class Database:
    """One connection to one file, used in `reading` and `writing` alone, which say what went wrong.

    Threads may share it: what one has begun, the others wait for.
    """

    def __init__(self, path: Path, clock: Clock, *, only_reads: bool = False) -> None:
        """Open the file, or make it unless it is only read; a `NeedleError` when it cannot be."""
        self.path = path
        self.clock = clock
        self.patience = READ_TIMEOUT / 1000 if only_reads else PATIENCE
        self.is_kept_waiting = False  # whether another program keeps it from going on
        self._lock = threading.RLock()
        with plain_errors(path):
            file = _file_at(path)
            self.driver = opened_to_read(path) if only_reads else opened(path)  # for plain SQL
            self.driver.execute("PRAGMA busy_timeout = 0")  # from now on it is waited for here
            # The one connection there is: its transactions are begun and ended by us.
            self.engine = create_engine(
                "sqlite://",
                creator=lambda: self.driver,
                poolclass=StaticPool,
                isolation_level="AUTOCOMMIT",
            )
            self.connection = self.engine.connect()
            self._file = file or _file_at(path)  # looked at before, as it may be replaced meanwhile
            self.memory = Memory(self.driver, self.clock)

    def close(self) -> None:
        """Let go of the file."""
        with self._lock:
            self.connection.close()
            self.engine.dispose()

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """One consistent view of the data, for plain SQL."""
        with self._transaction("BEGIN"):
            yield self.driver

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """One change: all of it is on the disk when the block ends, or none of it."""
        with self._transaction("BEGIN IMMEDIATE"):
            yield self.connection

    @contextmanager
    def _transaction(self, begin: str) -> Iterator[None]:
        with plain_errors(self.path):
            self._patiently(partial(self._begin, begin))
            try:
                self._patiently(self._check_version)
                yield
                self._patiently(lambda: self.driver.execute("COMMIT"))
            except BaseException:
                self.memory.forget()
                # A full disk has rolled back by itself.
                if self.driver.in_transaction:
                    self.driver.execute("ROLLBACK")
                raise
            finally:
                self._lock.release()

    def _begin(self, begin: str) -> None:
        """Begin a transaction, which keeps the lock; without it others may go on."""
        self._lock.acquire()
        try:
            self.driver.execute(begin)
        except BaseException:
            self._lock.release()
            raise

    def _patiently(self, do: Callable[[], object]) -> None:
        """Do something as soon as no other program keeps it from being done, or patience ends.

        Each try comes soon after the last: SQLite's own come ever more seldom, so that a program
        which writes all the time would let nobody else in for seconds.
        """
        begun = time.monotonic()
        while True:
            try:
                do()
            except sqlite3.OperationalError as error:
                waited = time.monotonic() - begun
                self.is_kept_waiting = is_busy(error) and waited < self.patience
                if not self.is_kept_waiting:
                    raise
                time.sleep(_STEP)
            else:
                self.is_kept_waiting = False
                return

    def ask(self, question: Callable[[DayReader], T]) -> T:
        """What the days say; without a transaction of its own where they are remembered."""
        with plain_errors(self.path), self._lock:
            if self.driver.in_transaction:
                return question(self.memory.days())
            self._patiently(self._check_version)
            days = self.memory.days_at_hand()
            if days is not None:
                return question(days)
        with self.reading():
            return question(self.memory.days())

    def read_version(self) -> object:
        """See whether another process has changed the file; the version that it has now."""
        with plain_errors(self.path), self._lock:
            self._patiently(self._check_version)
            return self.memory.version

    def _check_version(self) -> None:
        self.must_be_in_place()
        self.memory.check_version()

    def must_be_in_place(self) -> None:
        """Refuse (`LostFileError`) to work on a file that is not under its name any more."""
        with plain_errors(self.path):
            file = _file_at(self.path)
        if file != self._file:
            raise lost_file(self.path, is_replaced=file is not None)

    def settle(self) -> None:
        """Take in what SQLite keeps beside the file: the next one there would be read with it."""
        with suppress(sqlite3.Error):  # then it is as if the computer had stopped
            self.driver.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _file_at(path: Path) -> tuple[int, int] | None:
    """Which file has a name now; None: there is none."""
    try:
        found = os.stat(path)
    except (FileNotFoundError, NotADirectoryError):
        return None
    return found.st_dev, found.st_ino
