"""After every command, what is read of today is what is worked out anew."""

import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from time_machine import Traveller

from needlemover.cli.line import COMMANDS
from needlemover.clock import Clock
from needlemover.domain.today.snapshot import DaySnapshot
from needlemover.store.store import Store
from needlemover.store.today import read_file

from .conftest import Needle

CHANGING = {
    "activity": [
        "activity add Write --minutes 30",
        "activity edit film --minutes 10 --days daily",
        "activity rank film 1",
        "activity archive film",
    ],
    "callback": ["callback Acme tomorrow", "callback Acme drop"],
    "contact": ["contact add Initech", "contact merge Foo Initech", "contact never Initech"],
    "earn": ["earn 120.50", "earn -20 sales --with Acme", "earn 5 --day yesterday"],
    "goal": ["goal 5000", "goal none"],
    "import": ["import {calls} --as csv --map day=day --map seconds=seconds"],
    "log": ["log 12 --with Acme", "log 5 --outcome won --amount 10", "log 9 --day yesterday"],
    "off": ["off today", "off yesterday", "off today --activity film", "off today --remove"],
    "park": ["park Invoices --minutes 30 --every week --cost 20"],
    "redo": ["redo"],
    "restore": ["backup", "log 5", "restore today"],
    "settings": [
        "settings working_day 10:00-18:00 mon-sat",
        "settings day_starts_at 05:00",
        "settings first_weekday sunday",
        "settings currency EUR",
    ],
    "start": ["start --with Acme", "start film"],
    "stop": ["start", "stop --outcome asked", "stop"],
    "sync": [
        "--db {folder}/other.db sync {folder}/shared",
        "sync {folder}/shared",
        "--db {folder}/other.db sync",
        "--db {folder}/other.db log 50 --day yesterday",
        "--db {folder}/other.db tick film",
        "--db {folder}/other.db sync",
        "sync",
    ],
    "tick": ["tick film", "tick film --day yesterday"],
    "undo": ["undo", "undo --list"],
    "untick": ["tick film", "untick film", "untick film --day yesterday"],
}
READING = {
    "backup": ["backup"],
    "check": ["check"],
    "due": ["due"],
    "export": ["export -"],
    "next": ["next"],
    "numbers": ["numbers"],
    "problems": ["problems"],
    "progress": ["progress"],
    "remind": ["remind"],
    "review": ["review --week"],
    "status": ["status", "status --json"],
    "streaks": ["streaks"],
    "today": ["today", "today --day yesterday"],
    "where": ["where"],
    "worth": ["worth"],
}
OF_NO_FILE = {"demo", "help", "keys", "serve"}
"""The app on a file of its own; what the app does are the commands of the store."""

LINES = CHANGING | READING


def test_no_command_is_left_out() -> None:
    assert LINES.keys() | OF_NO_FILE == COMMANDS.keys(), "give each new command a line above"


@pytest.fixture
def calls(tmp_path: Path) -> Path:
    path = tmp_path / "calls.csv"
    path.write_text("day,seconds\n2026-11-23,600\n2026-11-24,300\n", encoding="utf-8")
    return path


@pytest.fixture
def used(morning: Needle, now: Traveller) -> Needle:
    """The next day, with something done on both, undone and to be redone."""
    morning("log", "70", "--outcome", "asked", "--with", "Foo")
    now.shift(timedelta(days=1))
    for line in (["log", "9"], ["tick", "film"], ["undo"], ["status"]):
        morning(*line)
    return morning


def read(path: Path) -> DaySnapshot | None:
    now = Clock().now()
    return read_file(str(path), now, ZoneInfo("Europe/Berlin"), lambda days: days.today)


def worked_out(path: Path, folder: Path) -> DaySnapshot:
    """Today from the entries alone, in a copy of the file."""
    copy = folder / "copy.db"
    copy.unlink(missing_ok=True)
    with closing(sqlite3.connect(path)) as source, closing(sqlite3.connect(copy)) as target:
        source.backup(target)
        target.execute("PRAGMA synchronous = OFF")
        target.execute("DELETE FROM kept_past")
        target.commit()
    with closing(Store(copy, Clock())) as store:
        return store.day()


@pytest.mark.parametrize("name", LINES)
def test_what_is_read_is_what_is_worked_out(
    used: Needle, database: Path, tmp_path: Path, calls: Path, name: str
) -> None:
    for line in LINES[name]:
        used(*[word.format(calls=calls, folder=tmp_path) for word in line.split()])
        expected = worked_out(database, tmp_path)
        assert read(database) == expected, line
        used("status")
        assert read(database) == expected, line
