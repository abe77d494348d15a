"""The file: opening it, its pragmas, transactions, and what may go wrong with it."""

import contextlib
import os
import sqlite3
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.exc import DatabaseError
from sqlalchemy.pool import StaticPool

from ..clock import SystemClock
from ..domain.errors import DamagedError, NeedleError
from ..files import make_folder
from ..paths import backup_folder
from ..schema import APPLICATION_ID, SCHEMA_VERSION
from .remembered import has_changed
from .schema.steps import run_steps, version_of

BUSY_TIMEOUT = 5000
"""Milliseconds to wait for another process that is writing."""

_HEADER = b"SQLite format 3\0"
_NO_DATABASE = "{path} is not a database. Choose another file."


class Database:
    """One connection to one file.

    Nothing is read or written outside `reading` and `writing`, which say what went wrong in a
    sentence.
    """

    def __init__(self, path: Path) -> None:
        """Open the file, and make it where there is none.

        Raises:
            NeedleError: where it cannot be opened, is no database of ours, or is made by a newer
                version.
        """
        self.path = path
        with plain_errors(path):
            if not _begins_as_a_database(path):
                _must_not_be_lost(path)
            _make_private(path)
            self.engine = _engine(path)
            self._connection = self.engine.connect()
            self.version = -1
            """Of the data in this transaction; another after a change by another process."""
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
                if self.version != (version := self._read_version(driver)):
                    self.version = version
                    has_changed(self._connection)
                yield self._connection
                driver.execute("COMMIT")
            except BaseException:
                has_changed(self._connection)
                # A full disk has rolled back by itself.
                if driver.in_transaction:
                    driver.execute("ROLLBACK")
                raise

    def data_version(self) -> int:
        """A number that changes when another process has changed the data."""
        with plain_errors(self.path):
            return self._read_version(driver_of(self._connection))

    def _read_version(self, driver: sqlite3.Connection) -> int:
        return int(driver.execute("PRAGMA data_version").fetchone()[0])

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
        elif version > SCHEMA_VERSION:
            raise NeedleError(
                f"{self.path} was made by a newer version of Needlemover (data version {version}, "
                f"this one knows {SCHEMA_VERSION}). Update Needlemover; the file was not touched."
            )
        elif version < 1:
            raise DamagedError(f"{self.path} is damaged: it does not say its version.")
        if version != SCHEMA_VERSION:
            self._bring_up()
        self._let_others_read()

    def _bring_up(self) -> None:
        """Run the steps that the file lacks, all or none, with a checked copy beside it first."""
        driver = driver_of(self._connection)
        driver.execute("PRAGMA foreign_keys = OFF")  # within a transaction it would do nothing
        try:
            with self.writing():
                # Another process may have been faster, and none can be from here on.
                if 0 < (version := version_of(driver)) < SCHEMA_VERSION:
                    from .care.backups import Backups  # which needs what is in here
                    from .care.data_file import copy_checked

                    backups = Backups(self.path, SystemClock())
                    copy_checked(self.path, backups.before_version(SCHEMA_VERSION, version))
                run_steps(driver)
        finally:
            driver.execute("PRAGMA foreign_keys = ON")

    def _let_others_read(self) -> None:
        """Have readers and a writer not wait for each other, also in a copy put back by hand."""
        if self._pragma("journal_mode") != "wal":
            with contextlib.suppress(DatabaseError):  # a file that can only be read
                self._pragma("journal_mode = WAL")

    def _has_no_tables(self) -> bool:
        tables = self._connection.exec_driver_sql("SELECT count(*) FROM sqlite_master").scalar()
        return tables == 0


def plain_rows(
    connection: Connection, statement: str, values: Mapping[str, object] | None = None
) -> sqlite3.Cursor:
    """The rows of a statement as SQLite keeps them, for thousands at once."""
    return driver_of(connection).execute(statement, values or {})


def changes_so_far(connection: Connection) -> int:
    """A number that changes with every change made through this connection."""
    return driver_of(connection).total_changes


def driver_of(connection: Connection) -> sqlite3.Connection:
    """The connection of the standard library, with its transaction."""
    driver = connection.connection.driver_connection
    assert isinstance(driver, sqlite3.Connection)
    return driver


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
        from .care.backups import Backups  # which needs what is in here

        if Backups(path, SystemClock()).are_for_a_lost_file():
            raise DamagedError(f"{path} holds no data, but there are backups of it.")
    if path.exists() and path.stat().st_size and not _begins_as_a_database(path):
        raise NeedleError(_NO_DATABASE.format(path=path), "another file")


@contextlib.contextmanager
def plain_errors(path: Path) -> Iterator[None]:
    """Turn what the system or the database says into a sentence for the user."""
    try:
        yield
    except DatabaseError as error:
        raise _refusal(path, error.orig or error) from error
    except sqlite3.Error as error:
        raise _refusal(path, error) from error
    except UnicodeEncodeError as error:
        raise NeedleError(
            "The text holds signs that are broken and cannot be kept: type it again without them."
        ) from error
    except OSError as error:
        raise NeedleError(f"{path} cannot be used: {error.strerror or error}.") from error


def _refusal(path: Path, error: BaseException) -> NeedleError:
    known = {
        "not a database": NeedleError(_NO_DATABASE.format(path=path), "another file"),
        "malformed": DamagedError(f"{path} is damaged; nothing was changed."),
        "locked": NeedleError(
            f"Another program is writing to {path}. Try again; nothing was changed."
        ),
        "readonly": NeedleError(
            f"{path} cannot be written to, so nothing was changed. Change its permissions, or "
            "choose another file.",
            "another file",
        ),
        "full": NeedleError(
            f"The disk is full, so nothing was changed in {path}. Make room and try again."
        ),
        "unable to open": NeedleError(
            f"{path} cannot be opened. Look at its permissions, or choose another file.",
            "another file",
        ),
        "disk i/o error": NeedleError(
            f"The disk did not take what was to be written to {path}. Nothing was changed; look "
            "whether it is full or failing."
        ),
        "no such table": DamagedError(f"{path} is damaged: a table is missing."),
        "constraint failed": NeedleError(
            "Something that this change refers to is gone or was changed by another terminal. "
            "Look at the day again; nothing was changed."
        ),
    }
    said = str(error).lower()
    for words, refusal in known.items():
        if words in said:
            return refusal
    return NeedleError(f"{path} could not be used: {error}.")
