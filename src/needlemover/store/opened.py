"""Opening a data file: made where there is none, brought up where it is behind, else refused."""

import os
import sqlite3
from contextlib import ExitStack, closing, suppress
from pathlib import Path

from ..clock import Clock
from ..domain.errors import DamagedError, NeedleError, NoDataError
from ..paths import backup_folder
from . import connections
from .schema import APPLICATION_ID, SCHEMA_MARK, SCHEMA_VERSION, mark_of, schema_of

_SMALLEST = 512  # bytes of a database; what is shorter SQLite would take for an empty one


def opened(path: Path) -> sqlite3.Connection:
    """A connection to a file of this version, made where there is none; else a `NeedleError`."""
    connections.must_be_a_file(path)
    if not _begins_as_a_database(path):
        _must_not_be_lost(path)
    _make_private(path)
    connection = connections.connect(path)
    try:
        version = _known_version(connection, path)
        if not version:
            _must_not_be_lost(path)
            _let_others_read(connection)
        if version != SCHEMA_VERSION:
            from .schema.steps import bring_up

            bring_up(connection, lambda old: _copy(path, old))
        _let_others_read(connection)
    except BaseException:
        connection.close()
        raise
    return connection


def opened_to_read(path: Path) -> sqlite3.Connection:
    """The same for who changes nothing: an old one comes up in memory; none is a `NoDataError`."""
    connections.must_be_a_file(path)
    if not _begins_as_a_database(path):
        _must_not_be_lost(path)
        raise NoDataError(path)
    with ExitStack() as stack:
        connection = connections.connect_to_read(path, connections.READ_TIMEOUT)
        stack.enter_context(closing(connection))
        if _known_version(connection, path) == SCHEMA_VERSION:
            stack.pop_all()
            return connection
        copy = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
        connection.backup(copy)
    from .schema.steps import bring_up

    bring_up(connections.guarded(copy))
    copy.execute("PRAGMA query_only = ON")
    return copy


def _known_version(connection: sqlite3.Connection, path: Path) -> int:
    """The version of a file that is ours, whole, and not newer (`NeedleError`); 0: it is empty."""
    version, mark = (
        connection.execute(f"PRAGMA {name}").fetchone()[0]
        for name in ("user_version", "application_id")
    )
    ((tables,),) = connection.execute("SELECT count(*) FROM sqlite_master")
    if version == 0 and mark in (0, APPLICATION_ID) and not tables:
        return 0
    if mark != APPLICATION_ID:
        why = f"{path} is a database of another program. Choose another file."
        raise NeedleError(why, "another file")
    if version < 1:
        raise DamagedError(f"{path} is damaged: it does not say its version.")
    connections.must_not_be_newer(version, path)
    if version != SCHEMA_VERSION or mark_of(schema_of(connection)) != SCHEMA_MARK:
        from .schema.steps import must_be_usual

        must_be_usual(connection, version, path)
    return int(version)


def _copy(path: Path, version: int) -> None:
    """Make a checked copy of the file, which is still of an earlier version, beside it."""
    from .care.backups import Backups  # needed so seldom that it is only loaded then
    from .care.data_file import copy_checked

    backups = Backups(path, Clock())
    copy_checked(path, backups.named(f"before-version-{SCHEMA_VERSION}-from-{version}"))


def _let_others_read(connection: sqlite3.Connection) -> None:
    """Have readers and a writer not wait for each other, also in a copy put back by hand."""
    if connection.execute("PRAGMA journal_mode").fetchone() != ("wal",):
        with suppress(sqlite3.DatabaseError):  # a file that can only be read
            connection.execute("PRAGMA journal_mode = WAL")


def _make_private(path: Path) -> None:
    """Make the folder and the file so that only their owner can read them."""
    if path.exists():
        return
    from ..files import behind_links, make_folder  # what is there already needs neither

    real = behind_links(path)
    if not real.parent.is_dir():
        if path.is_symlink():
            why = f"{path} leads to {real}, and there is no folder {real.parent}: make or mount it."
            raise NeedleError(why)
        make_folder(real.parent)
    if not real.exists():
        with suppress(FileExistsError):
            os.close(os.open(real, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))


def _begins_as_a_database(path: Path) -> bool:
    """Whether it is there and is one, as SQLite says.

    In POSIX, a file that is opened and closed by hand loses all the locks that its process holds on
    it, and the next program would take away what stands beside it.
    """
    if not path.exists() or path.stat().st_size < _SMALLEST:
        return False
    uri = f"{path.absolute().as_uri()}?mode=ro&immutable=1"
    try:
        with closing(sqlite3.connect(uri, uri=True)) as connection:
            connection.execute("PRAGMA schema_version")
    except sqlite3.DatabaseError as error:
        return error.sqlite_errorcode != sqlite3.SQLITE_NOTADB
    return True


def _must_not_be_lost(path: Path) -> None:
    """Refuse (`NeedleError`) to begin anew, or to write over something, where there were data."""
    if backup_folder(path).is_dir():
        from .care.backups import Backups

        if Backups(path, Clock()).are_for_a_lost_file():
            raise DamagedError(f"{path} holds no data, but there are backups of it.")
    if path.exists() and path.stat().st_size and not _begins_as_a_database(path):
        raise connections.not_a_database(path)
