"""What is interrupted: a deed on a file, and what must be true of the file after it."""

import io
import json
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from needlemover import demo
from needlemover.__main__ import main
from needlemover.clock import Clock
from needlemover.domain.promises.commitment import Terms
from needlemover.store.calls.new_entry import NewEntry
from needlemover.store.care.backups import Backups
from needlemover.store.care.checks import run_checks
from needlemover.store.care.data_file import examine
from needlemover.store.schema import SCHEMA_VERSION
from needlemover.store.store import Store
from needlemover.store.sync.rows import states

DATA = Path(__file__).parent.parent / "data"
CALLS = DATA / "bank-calls-300.csv"
FIRST_VERSION = DATA / "schema" / "version-1.db"
IMPORT = (
    "import", str(CALLS), "--as", "csv", "--map", "day=date", "--map", "seconds=duration_seconds",
    "--map", "outcome=subscribed", "--value", "outcome:yes=won", "--value", "outcome:no=talked",
)  # fmt: skip
DAY = date(2026, 11, 24)
BACKED_UP = "What was done is in a backup"
WORKED_OUT = frozenset({"kept_past"})

Rows = dict[str, list[tuple[Any, ...]]]


def needle(path: Path, *arguments: str) -> tuple[int, str]:
    """Run a command in this process: the exit code, and what it said."""
    said = io.StringIO()
    with redirect_stdout(said), redirect_stderr(said):
        code = main(["--db", str(path), *arguments])
    return code, said.getvalue()


def must(path: Path, *arguments: str) -> None:
    """Run a command that has to be done."""
    code, said = needle(path, *arguments)
    if code != 0:
        raise RuntimeError(said)


def wrong_in(path: Path) -> list[str]:
    """What the checks find wrong; not that there is no backup, as nobody makes any here."""
    report = run_checks(path, Clock())
    found = [item for item in report.wrong if item.name != BACKED_UP]
    said = [f"check: {item.name}: {'; '.join(item.sentences[:3])}" for item in found]
    return said if report.damage is None else [*said, f"check: {report.damage}"]


def rows_of(path: Path) -> Rows:
    """All rows but those that are worked out from others."""
    with closing(sqlite3.connect(path)) as connection:
        names = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        return {
            name: connection.execute(f'SELECT * FROM "{name}" ORDER BY 1').fetchall()
            for (name,) in names
            if name not in WORKED_OUT
        }


def version_of(path: Path) -> int:
    with closing(sqlite3.connect(path)) as connection:
        return int(connection.execute("PRAGMA user_version").fetchone()[0])


@dataclass(frozen=True)
class Deed:
    """Something that is done to a file, and may be interrupted at any moment."""

    name: str
    prepare: Callable[[Path], None]
    """Makes the file."""
    do: Callable[[Path], None]
    is_whole: Callable[[Path, Rows], bool]
    """Whether all or nothing of it is in the file, which before held these rows."""


def _used(path: Path, entries: int) -> None:
    with closing(Store(path, Clock())) as store:
        store.activities.add("Sales conversations", Terms(), is_sales=True)
        for number in range(entries):
            store.entries.log(NewEntry(1, seconds=60, note=f"call {number}"))


def _log(path: Path) -> None:
    with closing(Store(path, Clock())) as store:
        for number in range(60):
            store.entries.log(NewEntry(1, seconds=60, note=f"more {number}"))


def _each_entry_has_its_step(path: Path, before: Rows) -> bool:
    rows = rows_of(path)
    images = [json.loads(row[5])["id"] for row in rows["changed_row"] if row[2] == "entry"]
    return images == [row[0] for row in rows["entry"]] and len(rows["entry"]) >= len(
        before["entry"]
    )


def _import(path: Path) -> None:
    must(path, *IMPORT)


def _all_calls_or_none(path: Path, before: Rows) -> bool:
    rows = rows_of(path)
    if len(rows["entry"]) == len(before["entry"]) + 300:
        return len(rows["batch"]) == 1 and len(rows["change"]) == len(before["change"]) + 1
    return rows == before


def _with_an_export(path: Path) -> None:
    """A file with data, and beside it the export of another one with all that there is."""
    sample = path.parent / "sample.db"
    path.parent.mkdir(parents=True, exist_ok=True)
    demo.build(sample, Clock())
    must(sample, "export", str(path.parent / "sample.json"))
    _used(path, 5)


def _import_ours(path: Path) -> None:
    must(path, "import", str(path.parent / "sample.json"))


def _all_of_the_export_or_none(path: Path, before: Rows) -> bool:
    rows = rows_of(path)
    if rows == before:
        return True
    sample = rows_of(path.parent / "sample.db")
    return len(rows["change"]) == len(before["change"]) + 1 and all(
        len(rows[name]) == len(before[name]) + len(sample[name])
        for name in ("entry", "problem", "day_off")
    )


def _back_up(path: Path) -> None:
    Backups(path, Clock()).make(DAY)


def _backups_are_sound(path: Path, before: Rows) -> bool:
    for backup in Backups(path, Clock()).all():
        examine(backup.path)
        if rows_of(backup.path) != before:
            return False
    return rows_of(path) == before


def _first_version(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(FIRST_VERSION, path)
    path.chmod(0o600)


def _open(path: Path) -> None:
    Store(path, Clock()).close()


def _is_behind_or_brought_up(path: Path, before: Rows) -> bool:
    if version_of(path) == 1:
        if rows_of(path) != before:
            return False
        _open(path)  # and it can still be brought up
    rows = rows_of(path)
    same = all(len(rows[name]) == len(before[name]) for name in before.keys() & rows.keys())
    width = len(before["entry"][0])  # later versions have more columns behind
    entries = [row[:width] for row in rows["entry"]]
    return same and version_of(path) == SCHEMA_VERSION and entries == before["entry"]


def _with_a_backup(path: Path) -> None:
    _used(path, 40)
    backups = Backups(path, Clock())
    backups.make(DAY)
    with closing(Store(path, Clock())) as store:
        for number in range(20):
            store.entries.log(NewEntry(1, seconds=60, note=f"later {number}"))


def _restore(path: Path) -> None:
    backups = Backups(path, Clock())
    backups.restore(path.parent / "backups" / f"{path.stem}-{DAY}.db")


def _is_one_or_the_other(path: Path, before: Rows) -> bool:
    backup = rows_of(path.parent / "backups" / f"{path.stem}-{DAY}.db")
    return rows_of(path) in (before, backup)


def _there(path: Path) -> Path:
    return path.parent / "there.db"


def _two_machines(path: Path) -> None:
    """Both have told the other all; then each has more to tell."""
    folder = path.parent / "folder"
    for file in (path, _there(path)):
        _used(file, 20)
        must(file, "sync", str(folder))
    for file in (path, _there(path), path):
        must(file, "sync")
    for file in (path, _there(path)):
        _log(file)


def _sync(path: Path) -> None:
    for file in (path, _there(path), path):
        must(file, "sync", str(path.parent / "folder"))  # where the copy of a round has it


def _is_told_in_the_end(path: Path, before: Rows) -> bool:
    """Nothing that was there is lost, and rounds that are done again bring both together."""
    if len(rows_of(path)["entry"]) < len(before["entry"]):
        return False
    for _ in range(2):
        _sync(path)
    sides = []
    for file in (path, _there(path)):
        with closing(Store(file, Clock())) as store, store.database.reading() as driver:
            sides.append(sorted(line for line in states(driver, everything=True) if '"f":' in line))
    return sides[0] == sides[1] and not wrong_in(_there(path))


DEEDS = (
    Deed("logging", lambda path: _used(path, 5), _log, _each_entry_has_its_step),
    Deed("import", lambda path: _used(path, 5), _import, _all_calls_or_none),
    Deed("our import", _with_an_export, _import_ours, _all_of_the_export_or_none),
    Deed("backup", lambda path: _used(path, 60), _back_up, _backups_are_sound),
    Deed("migration", _first_version, _open, _is_behind_or_brought_up),
    Deed("sync", _two_machines, _sync, _is_told_in_the_end),
    Deed("restore", _with_a_backup, _restore, _is_one_or_the_other),
)
