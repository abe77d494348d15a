"""Connections to a data file: what each is set to, those that only read, and what may go wrong."""

import os
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from msgspec import ValidationError
from sqlalchemy.exc import DatabaseError

from ..domain.errors import BusyError, DamagedError, LostFileError, NeedleError
from .schema import SCHEMA_VERSION

BUSY_TIMEOUT = 5000  # milliseconds that opening and copying wait for one that writes
READ_TIMEOUT = 500  # the same of reading, which only who holds the file prevents


def not_a_database(path: Path) -> NeedleError:
    """The error of a file that is something else."""
    return NeedleError(f"{path} is not a database. Choose another file.", "another file")


def lost_file(path: Path, *, is_replaced: bool = False) -> LostFileError:
    """The error of a file that was in use and is no longer in its place."""
    what = "has been replaced by another" if is_replaced else "has been deleted or moved"
    why = f"The data file {path} {what} while it was in use, so nothing was changed. Open it again."
    return LostFileError(why)


def must_not_be_newer(version: int, path: Path) -> None:
    """Refuse (`NeedleError`) a file of a newer version than this program knows."""
    if version > SCHEMA_VERSION:
        raise NeedleError(
            f"{path} was made by a newer version of Needlemover (data version {version}, this one "
            f"knows {SCHEMA_VERSION}). Update Needlemover; nothing was changed."
        )


@contextmanager
def plain_errors(path: Path) -> Iterator[None]:
    """Turn what the system or the database says into a sentence for the user."""
    try:
        yield
    except DatabaseError as error:
        raise _refusal(path, error.orig or error) from error
    except sqlite3.Error as error:
        raise _refusal(path, error) from error
    except ValidationError as error:
        raise DamagedError(f"{path} holds a value that is not allowed ({error}).") from error
    except UnicodeEncodeError as error:
        why = "The text holds signs that are broken and cannot be kept: type it again without them."
        raise NeedleError(why) from error
    except OSError as error:
        raise NeedleError(f"{path} cannot be used: {error.strerror or error}.") from error


def _refusal(path: Path, error: BaseException) -> NeedleError:
    known = {
        "not a database": not_a_database(path),
        "malformed": DamagedError(f"{path} is damaged; nothing was changed."),
        "locked": BusyError(
            f"Another program holds {path}. Try again when it lets go; nothing was changed."
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


_UNWRITABLE = (sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY)


def connect(path: Path) -> sqlite3.Connection:
    """A connection that changes the file, and makes it where there is none.

    We begin and end transactions: the driver's own way would leave DDL behind after a failure.
    """
    connection = sqlite3.connect(
        path, timeout=BUSY_TIMEOUT / 1000, isolation_level=None, check_same_thread=False
    )
    pragmas = ["synchronous = FULL", "foreign_keys = ON"]
    if sys.platform == "darwin":  # where fsync alone leaves the data in the disk's own memory
        pragmas += ["fullfsync = ON", "checkpoint_fullfsync = ON"]
    return guarded(connection, *pragmas)


def connect_to_read(path: Path, timeout: int = BUSY_TIMEOUT) -> sqlite3.Connection:
    """A connection that cannot change the file, and leaves nothing beside it.

    Where nothing can be written, what SQLite keeps beside a file in use cannot be made: such a file
    is read as one that nobody changes. A `NeedleError` where that would leave out the changes that
    stand beside it, or it is no file; a `sqlite3.Error` when it cannot be read.
    """
    must_be_a_file(path)
    try:
        return _connected(path, "mode=rw", timeout)
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode & 0xFF not in _UNWRITABLE or not os.access(path, os.R_OK):
            raise
    beside = Path(f"{path.resolve()}-wal")
    if beside.exists() and beside.stat().st_size:
        raise NeedleError(
            f"{path} can only be read together with the changes in {beside.name}, and only where "
            "files can be written: copy both into another folder first."
        )
    return _connected(path, "mode=ro&immutable=1", timeout)


def _connected(path: Path, how: str, timeout: int) -> sqlite3.Connection:
    connection = sqlite3.connect(
        f"{path.absolute().as_uri()}?{how}",
        uri=True,
        timeout=timeout / 1000,
        isolation_level=None,
        check_same_thread=False,
    )
    # Only the second has the file opened.
    return guarded(connection, "query_only = ON", "user_version")


def is_held(path: Path) -> bool:
    """Whether another program holds the file, so that it cannot even be read."""
    try:
        if path.is_file():
            _connected(path, "mode=rw", 0).close()
    except sqlite3.Error as error:
        return is_busy(error)
    return False


def is_busy(error: sqlite3.Error) -> bool:
    """Whether another program holds what was asked for."""
    return error.sqlite_errorcode & 0xFF == sqlite3.SQLITE_BUSY


def guarded(connection: sqlite3.Connection, *pragmas: str) -> sqlite3.Connection:
    """The connection, just opened, on which nothing that a file says is trusted."""
    try:
        for pragma in ("trusted_schema = OFF", "cell_size_check = ON", *pragmas):
            connection.execute(f"PRAGMA {pragma}")
    except sqlite3.Error:
        connection.close()
        raise
    if sys.version_info >= (3, 12):
        connection.setconfig(sqlite3.SQLITE_DBCONFIG_DEFENSIVE)
    return connection


def must_be_a_file(path: Path) -> None:
    """Refuse (`NeedleError`) a folder, a pipe or a device: nothing that can be read again."""
    if path.is_dir():
        raise NeedleError(f"{path} is a folder. Choose a file.", "another file")
    if path.exists() and not path.is_file():
        raise NeedleError(f"{path} is a pipe or a device. Choose a file.", "another file")
