"""The file that is open: its transactions, and what is remembered of it."""

import contextlib
import os
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import TypeVar

from sqlalchemy import Connection, create_engine
from sqlalchemy.pool import StaticPool

from ..clock import Clock
from .connections import READ_TIMEOUT, is_busy, lost_file, plain_errors
from .memory import Memory
from .opened import opened, opened_to_read
from .today import DayReader

T = TypeVar("T")

PATIENCE = 10.0  # seconds that who changes something waits for another program that writes
_STEP = 0.002  # seconds between two tries


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
            self._connection = self.engine.connect()
            self._file = file or _file_at(path)  # looked at before, as it may be replaced meanwhile
            self.memory = Memory(self.driver, self.clock)

    def close(self) -> None:
        """Let go of the file."""
        with self._lock:
            self._connection.close()
            self.engine.dispose()

    @contextlib.contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """One consistent view of the data, for plain SQL."""
        with self._transaction("BEGIN"):
            yield self.driver

    @contextlib.contextmanager
    def writing(self) -> Iterator[Connection]:
        """One change: all of it is on the disk when the block ends, or none of it."""
        with self._transaction("BEGIN IMMEDIATE"):
            yield self._connection

    @contextlib.contextmanager
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
        with contextlib.suppress(sqlite3.Error):  # then it is as if the computer had stopped
            self.driver.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _file_at(path: Path) -> tuple[int, int] | None:
    """Which file has a name now; None: there is none."""
    try:
        found = os.stat(path)
    except (FileNotFoundError, NotADirectoryError):
        return None
    return found.st_dev, found.st_ino
