"""Saves what can still be read of a damaged file, row by row, into a new one."""

import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path

from msgspec import Struct
from sqlmodel import SQLModel

from ...domain.errors import NeedleError
from ...files import make_folder, written_whole
from ..connections import connect, guarded, plain_errors
from ..derived import REBUILD
from ..schema import APPLICATION_ID, SCHEMA_VERSION
from ..schema.likeness import usual_schema
from ..schema.steps import bring_up, version_of
from .data_file import copy_as_it_is, examine
from .repair import repair

_LEFT_OUT = frozenset(
    {"change", "changed_row", "undone_entry", "old_offer"}
    | {"kept_past", "published", "day_sum", "alembic_version"}
)
"""What cannot be trusted where rows are lost (the undo history), or is worked out anew."""
_INNER = 5  # the first byte of a page that only says where the rows are
_WIDEST_GAP = 1_000_000  # so many rows at most are asked for one by one


class Saved(Struct, frozen=True):
    """What could be read."""

    path: Path  # the new file
    rows: int
    entries: int  # how many of the rows are entries
    incomplete: tuple[str, ...]  # the tables of which not everything could be read


def save_readable(database: Path, target: Path, backup: Path | None = None) -> Saved:
    """Read what can be read of a damaged file, which stays as it is, into a new file.

    What refers to a lost activity gets one that says so; the undo history is left out. Where the
    file does not tell where its tables are, a sound backup does. A `NeedleError` when nothing can
    be read.
    """
    with plain_errors(target):
        make_folder(target.parent)
        with tempfile.TemporaryDirectory(prefix=".restore-", dir=target.parent) as place:
            # A copy, because even reading would write into what lies beside the file.
            damaged, new = Path(place) / "damaged.db", Path(place) / "new.db"
            copy_as_it_is(database, damaged)
            if backup is not None and not _has_tables(damaged):
                _lend_tables(backup, damaged)
            with closing(connect(new)) as connection:
                incomplete = _read_over(damaged, connection)
                repair(connection)
                bring_up(connection)
                for statement in REBUILD:
                    connection.execute(statement)
                rows, entries = _counted(connection)
            examine(new)
            with written_whole(target) as partial:
                shutil.copyfile(new, partial)
            return Saved(target, rows, entries, incomplete)


def _has_tables(damaged: Path) -> bool:
    """Whether the list of the tables can be read."""
    try:
        with closing(guarded(sqlite3.connect(damaged))) as connection:
            return bool(connection.execute("SELECT name, sql FROM sqlite_master").fetchall())
    except sqlite3.Error:
        return False


def _lend_tables(backup: Path, damaged: Path) -> None:
    """Put the pages with the list of the tables from a backup in the place of those of a file.

    A backup has the same pages in the same places, and the tables stay where they are. How the
    pages are laid out: https://www.sqlite.org/fileformat2.html
    """
    lender, content = backup.read_bytes(), bytearray(damaged.read_bytes())
    size = _number(lender, 16, 2)
    size = 65536 if size == 1 else size
    if len(content) < size:
        return
    for page in _pages_of_list(lender, size, 1):
        content[size * (page - 1) : size * page] = lender[size * (page - 1) : size * page]
    if damaged.with_name(damaged.name + "-wal").exists():
        content[18:20] = b"\2\2"  # else what stands beside it would not be read
    content[28:32] = (len(content) // size).to_bytes(4, "big")
    damaged.write_bytes(content)


def _pages_of_list(content: bytes, size: int, page: int) -> Iterator[int]:
    """The pages of the list of the tables, whose root is the first of the file."""
    yield page
    start = size * (page - 1)
    head = start + (100 if page == 1 else 0)
    if content[head] != _INNER:
        return
    cells = _number(content, head + 3, 2)
    places = [start + _number(content, head + 12 + 2 * cell, 2) for cell in range(cells)]
    for child in [*(_number(content, place, 4) for place in places), _number(content, head + 8, 4)]:
        yield from _pages_of_list(content, size, child)


def _number(content: bytes, at: int, length: int) -> int:
    return int.from_bytes(content[at : at + length], "big")


def _read_over(damaged: Path, new: sqlite3.Connection) -> tuple[str, ...]:
    """Make the tables of the file's version, and put into them what can be read."""
    with closing(guarded(sqlite3.connect(damaged))) as old:
        version = _version(old)
        usual = usual_schema(version)
        new.execute("PRAGMA foreign_keys = OFF")
        new.execute("BEGIN")
        new.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        new.execute(f"PRAGMA user_version = {version}")
        incomplete = []
        for (kind, name), statement in usual.items():
            if kind == "table":
                new.execute(statement)
                if name not in _LEFT_OUT and not _copy_rows(old, new, name):
                    incomplete.append(name)
        for (kind, _), statement in usual.items():
            if kind != "table":
                with suppress(sqlite3.Error):  # an index of values that are not what they were
                    new.execute(statement)
        new.execute("COMMIT")
        return tuple(incomplete)


def _version(old: sqlite3.Connection) -> int:
    """The version that the file says it is of, none newer (`NeedleError`); lost: this one."""
    version = SCHEMA_VERSION
    with suppress(sqlite3.Error):
        version = version_of(old) or SCHEMA_VERSION
    if version > SCHEMA_VERSION:
        raise NeedleError("The file was made by a newer version of Needlemover: update it first.")
    return version


def _copy_rows(old: sqlite3.Connection, new: sqlite3.Connection, table: str) -> bool:
    """Copy what can be read of a table, from both ends, then row by row; whether that is all."""
    columns, there = _columns(new, table), _columns(old, table)
    known = [name for name in columns if name in there]
    if not known:  # no row of it can be read, so none is looked for
        return False
    names = ", ".join(f'"{name}"' for name in known)
    insert = f'INSERT OR IGNORE INTO "{table}" ({names}) VALUES ({", ".join("?" * len(known))})'
    is_whole = known == columns

    def copy(rest: str, *values: int) -> int | None:
        """Copy rows until one cannot be read; the last that could, None where all could."""
        nonlocal is_whole
        last = 0
        try:
            for row in old.execute(f'SELECT rowid, {names} FROM "{table}" {rest}', values):
                last = row[0]
                try:
                    new.execute(insert, row[1:])
                except sqlite3.Error:  # a value that the table cannot hold
                    is_whole = False
        except sqlite3.Error:
            is_whole = False
            return last
        return None

    last = copy("ORDER BY rowid")
    if last is not None:
        # Where nothing of the far end can be read: a look ahead.
        first = copy("ORDER BY rowid DESC") or last + 10_000
        for rowid in range(last + 1, min(first, last + _WIDEST_GAP)):
            copy("WHERE rowid = ?", rowid)
    return is_whole


def _columns(connection: sqlite3.Connection, table: str) -> list[str]:
    """The columns of a table; none of what another program has put in its place."""
    try:
        kinds = connection.execute("SELECT type FROM sqlite_master WHERE name = ?", (table,))
        if kinds.fetchone() != ("table",):
            return []
        return [row[1] for row in connection.execute(f'PRAGMA table_info("{table}")')]
    except sqlite3.Error:
        return []


def _counted(new: sqlite3.Connection) -> tuple[int, int]:
    """How many rows there are, and how many of them are entries."""
    known = [table.name for table in SQLModel.metadata.sorted_tables]
    counts = {name: new.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in known}
    return sum(counts.values()), counts["entry"]
