"""A data file as a whole: examined, copied, written over. Each opens a connection of its own.

So all of it may run beside the store, in another thread or process. What cannot be read or written
is a `NeedleError` in all of it.
"""

import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from ...domain.errors import DamagedError, NeedleError
from ...files import behind_links, make_folder, written_whole
from ..connections import connect, connect_to_read, plain_errors
from ..schema import APPLICATION_ID, SCHEMA_VERSION
from ..schema.steps import must_be_usual, version_of

_PATIENCE = 40  # so many times a quarter of a second another process that writes is waited for
_WORTH_GIVING_BACK = 10_000_000  # bytes; less an import soon fills again
_LARGE_BESIDE = 8_000_000  # bytes; SQLite takes them in at half of that, but leaves their length
_BESIDE = ("-wal", "-shm", "-journal")  # what SQLite keeps beside a file while it is in use


@contextmanager
def read_only(path: Path) -> Iterator[sqlite3.Connection]:
    """A connection that cannot write, on one state of the file."""
    with plain_errors(path):
        if not path.exists():
            raise NeedleError(f"There is no file {path}: look at its name.")
        with closing(connect_to_read(path)) as it:
            _use_little_memory(it)
            it.execute("BEGIN")
            yield it


def _use_little_memory(connection: sqlite3.Connection) -> None:
    """An app that is open goes through whole files, too, and reads most pages once."""
    with suppress(sqlite3.DatabaseError):  # what is wrong with a file is said when it is read
        connection.execute("PRAGMA cache_size = -256")  # KiB


def examine(path: Path) -> int:
    """The version of a file that is ours (or a `NeedleError`) and sound (or a `DamagedError`)."""
    with read_only(path) as connection:
        must_have_our_mark(connection, path)
        version = version_of(connection)
        if version <= SCHEMA_VERSION:
            must_be_usual(connection, version, path)
        ((said,),) = connection.execute("PRAGMA quick_check(1)")
        if said != "ok":
            lines = (line for line in said.splitlines() if line and not line.startswith("***"))
            why = next(lines, "its pages do not fit together")
            raise DamagedError(f"{path} is damaged ({why}).")
        return version


def must_have_our_mark(connection: sqlite3.Connection, path: Path) -> None:
    """Refuse (`NeedleError`) a file of another program, or an empty one."""
    ((marked,),) = connection.execute("PRAGMA application_id")
    if marked != APPLICATION_ID:
        raise NeedleError(f"{path} holds no data of Needlemover. Choose another file.")


def copy_checked(source: Path, target: Path) -> None:
    """Copy a file that may be in use, examine the copy, and only then give it its name.

    The copy is one state of the data, in one file that only its owner can read. A `DamagedError`
    when the data are not sound.
    """
    with read_only(source) as connection:
        must_have_our_mark(connection, source)
    with plain_errors(target):
        make_folder(target.parent)
        with written_whole(target) as partial, closing(connect_to_read(source)) as data:
            _use_little_memory(data)
            _copy(data, partial)
            try:
                examine(partial)
            except DamagedError as error:
                why = str(error).replace(str(partial), str(source)).removesuffix(".")
                raise DamagedError(f"{why}, so it was not copied.") from error


def copy_of_open(data: sqlite3.Connection, target: Path) -> None:
    """Copy the data of a connection, whose file may be gone, to a name that is free."""
    with plain_errors(target):
        make_folder(target.parent)
        with written_whole(target, replaces=False) as partial:
            _copy(data, partial)
            examine(partial)


def copy_as_it_is(source: Path, target: Path) -> None:
    """Copy a damaged file, with what SQLite keeps beside it: it is read as part of it."""
    source = behind_links(source)
    for ending in ("", *_BESIDE):
        part = source.with_name(source.name + ending)
        if part.exists():
            copy = target.with_name(target.name + ending)
            shutil.copyfile(part, copy)
            copy.chmod(0o600)


def _copy(data: sqlite3.Connection, partial: Path) -> None:
    with closing(connect(partial)) as copy:
        _use_little_memory(copy)
        data.backup(copy, progress=_with_patience())
        # One file, so that it can be carried away; in use it would be up to three.
        copy.execute("PRAGMA journal_mode = DELETE")


def write_over(source: Path, live: Path) -> None:
    """Put the data of this thread's own file into one that may be in use, at once or not at all."""
    with plain_errors(live), closing(connect(source)) as data, closing(connect(live)) as target:
        # Its pages must be of the size that those who have the file open know.
        ((size,),) = target.execute("PRAGMA page_size")
        if data.execute("PRAGMA page_size").fetchone() != (size,):
            data.execute(f"PRAGMA page_size = {size}")
            data.execute("VACUUM")
        data.backup(target, progress=_with_patience())


def take_place_of(source: Path, live: Path) -> None:
    """Put a file in the place of one that cannot be written through, or is not there."""
    with plain_errors(live):
        with closing(connect(source)) as connection:
            connection.execute("PRAGMA journal_mode = WAL")
        with written_whole(live) as partial:
            shutil.copyfile(source, partial)
            # What belongs to the old file must never be read as part of the new one.
            old = behind_links(live)
            for ending in _BESIDE:
                old.with_name(old.name + ending).unlink(missing_ok=True)


def give_space_back(live: Path) -> None:
    """Let a file that is mostly empty, as after a large import was undone, become smaller."""
    with plain_errors(live), closing(connect(live)) as connection:
        pages, empty, size = (
            int(connection.execute(f"PRAGMA {name}").fetchone()[0])
            for name in ("page_count", "freelist_count", "page_size")
        )
        if empty * size > _WORTH_GIVING_BACK and empty > pages // 2:
            connection.execute("VACUUM")


def settle(live: Path) -> None:
    """Take what stands beside a file into it where that has grown and nobody else uses it."""
    with plain_errors(live):
        real = behind_links(live)
        beside = real.with_name(f"{real.name}-wal")
        if beside.exists() and beside.stat().st_size > _LARGE_BESIDE:
            with closing(connect(live)) as connection:
                connection.execute("PRAGMA busy_timeout = 0")
                connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _with_patience() -> Callable[[int, int, int], None]:
    """Ends a copy that waits too long for another process."""
    waited = 0

    def step(status: int, remaining: int, total: int) -> None:
        nonlocal waited
        waited += status in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
        if waited > _PATIENCE:
            raise sqlite3.OperationalError("database is locked")

    return step
