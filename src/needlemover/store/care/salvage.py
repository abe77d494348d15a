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
from ..derived import RANK, REBUILD, fill_quotas
from ..schema import APPLICATION_ID, SCHEMA_VERSION
from ..schema.steps import bring_up, usual_schema, version_of
from ..schema.tables import IDENTIFIED
from .data_file import copy_as_it_is, examine
from .sections import IDENTITIES

_LEFT_OUT = frozenset(
    {"change", "changed_row", "undone_entry", "old_offer"}
    | {"kept_past", "published", "day_sum", "alembic_version"}
)
"""What cannot be trusted where rows are lost (the undo history), or is worked out anew."""
_TELL_APART = (
    "INSERT OR IGNORE INTO sync (id, clock, merging) VALUES (1, 0, 0)",
    "DELETE FROM seen",
    *(f'UPDATE "{name}" SET uid = hex(randomblob(5)) WHERE uid IS NULL' for name in IDENTIFIED),
    *(
        f"DELETE FROM {table} WHERE tbl = '{name}' AND row NOT IN (SELECT id FROM {name})"
        for table in ("edit", "outbox")
        for name in [table.name for table in IDENTITIES]
    ),
)
"""Gives rows that lost it a uid, and lets go of what is said of rows that are lost.

Where the file is synced, all that stands in the folder is read once more: it may have them.
"""
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
    file does not tell where its tables are, a sound backup does; else a `NeedleError`.
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
                fill_quotas(connection, "TRUE")  # as answers became calls of their own
                for statement in (*REBUILD, *_TELL_APART):
                    connection.execute(statement)
                rows = {
                    name: connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0]
                    for name in SQLModel.metadata.tables
                }
            examine(new)
            with written_whole(target) as partial:
                shutil.copyfile(new, partial)
            return Saved(target, sum(rows.values()), rows["entry"], incomplete)


def _has_tables(damaged: Path) -> bool:
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
        version = SCHEMA_VERSION  # where the file does not say it any more
        with suppress(sqlite3.Error):
            version = version_of(old) or SCHEMA_VERSION
        if version > SCHEMA_VERSION:
            why = "The file was made by a newer version of Needlemover: update it first."
            raise NeedleError(why)
        usual = usual_schema(version)
        new.execute("PRAGMA foreign_keys = OFF")
        new.execute("BEGIN")
        new.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        new.execute(f"PRAGMA user_version = {version}")
        incomplete = []
        for (kind, name), statement in usual.items():
            if kind == "table":
                new.execute(statement)
                place = "1" if "WITHOUT ROWID" in statement else "rowid"
                if name not in _LEFT_OUT and not _copy_rows(old, new, name, place):
                    incomplete.append(name)
        for (kind, _), statement in usual.items():
            if kind != "table":
                with suppress(sqlite3.Error):  # an index of values that are not what they were
                    new.execute(statement)
        new.execute("COMMIT")
        return tuple(incomplete)


def _copy_rows(old: sqlite3.Connection, new: sqlite3.Connection, table: str, place: str) -> bool:
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
            for row in old.execute(f'SELECT {place}, {names} FROM "{table}" {rest}', values):
                last = row[0]
                try:
                    new.execute(insert, row[1:])
                except sqlite3.Error:  # a value that the table cannot hold
                    is_whole = False
        except sqlite3.Error:
            is_whole = False
            return last
        return None

    last = copy(f"ORDER BY {place}")
    if last is not None and place == "rowid":
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


def repair(new: sqlite3.Connection) -> None:
    """Make what refers to lost rows refer to something, in a file of any version."""
    tables = {row[0] for row in new.execute("SELECT name FROM sqlite_master")}
    new.execute("BEGIN")
    if "problem" in tables:
        new.execute(_NAME_LOST_PROBLEMS)
    weighed = "UNION SELECT activity_id FROM problem" if "problem" in tables else ""
    new.execute(_NAME_LOST_ACTIVITIES.format(weighed))
    new.execute(RANK)
    new.execute("UPDATE entry SET batch_id = NULL WHERE batch_id NOT IN (SELECT id FROM batch)")
    new.execute(_FREE_ANSWERS)
    if "next_step" in tables:
        new.execute("DELETE FROM next_step WHERE contact_id NOT IN (SELECT id FROM contact)")
    new.execute("COMMIT")


_NAME_LOST_PROBLEMS = """
    INSERT INTO problem (id, title, parked_on, state, state_on)
    SELECT problem_id, 'Lost problem ' || problem_id, min(day), 'parked', min(day)
    FROM (SELECT problem_id, day FROM entry UNION ALL SELECT problem_id, day FROM timer)
    WHERE problem_id IS NOT NULL AND problem_id NOT IN (SELECT id FROM problem)
    GROUP BY problem_id
"""
_NAME_LOST_ACTIVITIES = """
    INSERT INTO activity (id, name, name_key, is_sales, rank)
    SELECT lost, 'Lost activity ' || lost, 'lost activity ' || lost,
        EXISTS (SELECT 1 FROM entry WHERE activity_id = lost AND outcome IS NOT NULL), 0
    FROM (
        SELECT activity_id AS lost FROM entry UNION SELECT activity_id FROM commitment
        UNION SELECT activity_id FROM timer UNION SELECT came_from FROM entry
        UNION SELECT activity_id FROM day_off {} EXCEPT SELECT id FROM activity
    ) WHERE lost IS NOT NULL
"""
# An answer to an ask that is lost becomes a call of its own, as when the ask is deleted.
_FREE_ANSWERS = """
    UPDATE entry SET follows = NULL, count = iif(outcome IS NULL, 0, max(1, count))
    WHERE follows NOT IN (SELECT id FROM entry)
"""
