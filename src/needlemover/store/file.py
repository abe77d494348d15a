"""The file: opening it, its pragmas, transactions."""

import contextlib
import os
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.exc import DatabaseError
from sqlalchemy.pool import StaticPool

from ..clock import Clock, SystemClock
from ..domain.errors import DamagedError, NeedleError
from ..files import make_folder
from ..paths import backup_folder
from ..schema import APPLICATION_ID, SCHEMA_VERSION
from .errors import BUSY_TIMEOUT, lost_file, must_not_be_newer, not_a_database, plain_errors
from .memory import driver_of, remember
from .today import DayReader

T = TypeVar("T")

_HEADER = b"SQLite format 3\0"


class Database:
    """One connection to one file.

    Nothing is read or written outside `reading` and `writing`, which say what went wrong in a
    sentence.
    """

    def __init__(self, path: Path, clock: Clock | None = None) -> None:
        """Open the file, and make it where there is none.

        Args:
            path: of the file.
            clock: tells the local day; None: the computer's.

        Raises:
            NeedleError: where it cannot be opened, is no database of ours, or is made by a newer
                version.
        """
        self.path = path
        self.clock = clock or SystemClock()
        with plain_errors(path):
            if not _begins_as_a_database(path):
                _must_not_be_lost(path)
            _make_private(path)
            self.engine = _engine(path)
            self._connection = self.engine.connect()
            self._file = _file_at(path)
            """Which file was opened."""
            self.memory = remember(self._connection, self.clock)
            try:
                self._prepare()
            except BaseException:
                self.close()
                raise

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()
        self.engine.dispose()

    @contextlib.contextmanager
    def reading(self) -> Iterator[Connection]:
        """One consistent view of the data."""
        with self._transaction("BEGIN") as connection:
            yield connection

    @contextlib.contextmanager
    def writing(self) -> Iterator[Connection]:
        """One change: all of it is on the disk when the block ends, or none of it."""
        with self._transaction("BEGIN IMMEDIATE") as connection:
            yield connection

    @contextlib.contextmanager
    def _transaction(self, begin: str) -> Iterator[Connection]:
        with plain_errors(self.path):
            driver = driver_of(self._connection)
            driver.execute(begin)
            try:
                self._check_version()
                yield self._connection
                driver.execute("COMMIT")
            except BaseException:
                self.memory.forget()
                # A full disk has rolled back by itself.
                if driver.in_transaction:
                    driver.execute("ROLLBACK")
                raise

    def ask(self, question: Callable[[DayReader], T]) -> T:
        """What the days say; without a transaction where they are remembered."""
        with plain_errors(self.path):
            self._check_version()
            days = self.memory.days_at_hand()
            if days is not None:
                return question(days)
        with self.reading():
            return question(self.memory.days())

    def read_version(self) -> object:
        """See whether another process has changed the file; the version that it has now."""
        with plain_errors(self.path):
            self._check_version()
        return self.memory.version

    def _check_version(self) -> None:
        self.must_be_in_place()
        self.memory.check_version()

    def must_be_in_place(self) -> None:
        """Refuse to work on a file that nobody would find again.

        Raises:
            LostFileError: when the file that was opened is not under its name any more.
        """
        file = _file_at(self.path)
        if file != self._file:
            raise lost_file(self.path, is_replaced=file is not None)

    def save_as(self, target: Path) -> None:
        """Write the data of the file that was opened into a new one, also when it is gone.

        Raises:
            NeedleError: when they are not sound, or cannot be written.
        """
        from .care.data_file import copy_of_open  # needed so seldom that it is only loaded then

        copy_of_open(driver_of(self._connection), target)

    def settle(self) -> None:
        """Bring what SQLite keeps beside the file that was opened into it, and leave that empty.

        Where the file is gone, what is beside its place would be read as part of the next one.
        """
        with contextlib.suppress(sqlite3.Error):  # then it is as if the computer had stopped
            driver_of(self._connection).execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def _pragma(self, name: str) -> Any:
        return self._connection.exec_driver_sql(f"PRAGMA {name}").scalar()

    def _prepare(self) -> None:
        version, mark = self._pragma("user_version"), self._pragma("application_id")
        if version == 0 and mark in (0, APPLICATION_ID) and self._has_no_tables():
            _must_not_be_lost(self.path)
            self._let_others_read()
        elif mark != APPLICATION_ID:
            raise NeedleError(
                f"{self.path} is a database of another program. Choose another file.",
                "another file",
            )
        elif version < 1:
            raise DamagedError(f"{self.path} is damaged: it does not say its version.")
        must_not_be_newer(version, self.path)
        if version != SCHEMA_VERSION:
            from .schema.steps import bring_up

            bring_up(driver_of(self._connection), self._copy)
        self._let_others_read()

    def _copy(self, version: int) -> None:
        """Make a checked copy of the file, which is still of an earlier version, beside it."""
        from .care.backups import Backups  # needed so seldom that it is only loaded then
        from .care.data_file import copy_checked

        backups = Backups(self.path, SystemClock())
        copy_checked(self.path, backups.before_version(SCHEMA_VERSION, version))

    def _let_others_read(self) -> None:
        """Have readers and a writer not wait for each other, also in a copy put back by hand."""
        if self._pragma("journal_mode") != "wal":
            with contextlib.suppress(DatabaseError):  # a file that can only be read
                self._pragma("journal_mode = WAL")

    def _has_no_tables(self) -> bool:
        tables = self._connection.exec_driver_sql("SELECT count(*) FROM sqlite_master").scalar()
        return tables == 0


def _engine(path: Path) -> Engine:
    # The transactions are begun and ended by us: the driver's own handling would leave DDL behind
    # after a failure.
    engine = create_engine(
        URL.create("sqlite", database=str(path)),
        poolclass=StaticPool,
        isolation_level="AUTOCOMMIT",
        connect_args={"check_same_thread": False, "timeout": BUSY_TIMEOUT / 1000},
    )

    @event.listens_for(engine, "connect")
    def set_up(connection: sqlite3.Connection, record: object) -> None:
        connection.isolation_level = None
        for pragma in ("synchronous = FULL", "foreign_keys = ON", f"busy_timeout = {BUSY_TIMEOUT}"):
            connection.execute(f"PRAGMA {pragma}")

    return engine


def _file_at(path: Path) -> tuple[int, int] | None:
    """Which file has a name now; None: there is none."""
    try:
        found = os.stat(path)
    except (FileNotFoundError, NotADirectoryError):
        return None
    return found.st_dev, found.st_ino


def _make_private(path: Path) -> None:
    """Make the folder and the file so that only their owner can read them."""
    if not path.parent.is_dir():
        make_folder(path.parent)
    if not path.exists():
        with contextlib.suppress(FileExistsError):
            os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))


def _begins_as_a_database(path: Path) -> bool:
    """Whether it is there and is one; what is too short SQLite would take for an empty one.

    Raises:
        NeedleError: when it is a folder, or cannot be read.
    """
    if path.is_dir():
        raise NeedleError(f"{path} is a folder. Choose a file.", "another file")
    if not path.exists():
        return False
    with path.open("rb") as file:
        return file.read(len(_HEADER)) == _HEADER


def _must_not_be_lost(path: Path) -> None:
    """Refuse to begin anew, or to write over something, where there were data before.

    Raises:
        DamagedError: when there are backups of it.
        NeedleError: when there are none, and it is no database.
    """
    if backup_folder(path).is_dir():
        from .care.backups import Backups

        if Backups(path, SystemClock()).are_for_a_lost_file():
            raise DamagedError(f"{path} holds no data, but there are backups of it.")
    if path.exists() and path.stat().st_size and not _begins_as_a_database(path):
        raise not_a_database(path)
