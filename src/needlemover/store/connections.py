"""Connections to a data file: what each is set to, and those that only read."""

import os
import sqlite3
import sys
from pathlib import Path

from ..domain.errors import NeedleError
from .errors import BUSY_TIMEOUT

_UNWRITABLE = (sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY)


def connect(path: Path) -> sqlite3.Connection:
    """A connection that changes the file, and makes it where there is none.

    Transactions are begun and ended by us: the driver's own handling would leave DDL behind after a
    failure.
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
    is read as one that nobody changes.

    Raises:
        NeedleError: where that would leave out the changes that stand beside it, or it is no file.
        sqlite3.Error: when it cannot be read.
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
        return error.sqlite_errorcode & 0xFF == sqlite3.SQLITE_BUSY
    return False


def in_memory(source: sqlite3.Connection) -> sqlite3.Connection:
    """A copy of a database that ends with its connection."""
    connection = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
    source.backup(connection)
    return guarded(connection)


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
    """Refuse what has no content that can be read again.

    Raises:
        NeedleError: when it is a folder, a pipe or a device.
    """
    if path.is_dir():
        raise NeedleError(f"{path} is a folder. Choose a file.", "another file")
    if path.exists() and not path.is_file():
        raise NeedleError(f"{path} is a pipe or a device. Choose a file.", "another file")
