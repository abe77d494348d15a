"""A real file of each earlier version is brought up whole, or stays as it was.

A new version is tested by one more file: see tests/data/schema/make.py.
"""

import json
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import date, time
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from needlemover.clock import Clock
from needlemover.domain.day import Weeks
from needlemover.domain.errors import NeedleError
from needlemover.domain.settings import AssumedRate, NextWorth, Settings, WorkingDay
from needlemover.store.care.backups import Backups
from needlemover.store.care.checks import run_checks
from needlemover.store.schema import SCHEMA_VERSION, steps
from needlemover.store.store import Store
from needlemover.text.format import long_day

from ..conftest import AFTERNOON, SetClock
from ..forked import instead
from .conftest import dump, sql
from .test_steps import schema

FOLDER = Path(__file__).parent.parent / "data" / "schema"
FILES = sorted(FOLDER.glob("version-*.db"))
NOT_AS_THEY_WERE = ("kept_past", "published", "alembic_version", "setting", "changed_row")
"""Tables that are made anew from the others, or came to be others."""
NO_LONGER_KEPT = ("day_sum", "asked")
"""A column that nobody read."""


def version_of(path: Path) -> int:
    return int(sql(path, "PRAGMA user_version")[0][0])


def copied(file: Path, folder: Path) -> Path:
    """A copy of a file, to be opened."""
    path = folder / "needle.db"
    path.parent.mkdir()
    shutil.copyfile(file, path)
    path.chmod(0o600)
    return path


@pytest.fixture(params=FILES, ids=lambda path: path.stem)
def earlier(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A copy of a file of an earlier version, or of this one."""
    return copied(request.param, tmp_path / "data")


@dataclass(frozen=True)
class BroughtUp:
    """A file of an earlier version, or of this one, and a copy that was opened: only to be read."""

    original: Path
    path: Path


@pytest.fixture(scope="module", params=FILES, ids=lambda path: path.stem)
def brought_up(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> BroughtUp:
    path = copied(request.param, tmp_path_factory.mktemp("earlier") / "data")
    Store(path, SetClock(AFTERNOON)).close()
    return BroughtUp(request.param, path)


def wrong(path: Path, clock: SetClock) -> list[str]:
    """What the checks find in a file of which nobody has made a backup."""
    found = (item.name for item in run_checks(path, clock).wrong)
    return [name for name in found if name != "What was done is in a backup"]


def rows_as_they_were(before: Path, after: Path) -> dict[str, list[tuple[Any, ...]]]:
    """The rows of the tables and columns of a file, as another file has them."""
    with closing(sqlite3.connect(before)) as old, closing(sqlite3.connect(after)) as new:
        names = old.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        found = {}
        for (name,) in names:
            if name in NOT_AS_THEY_WERE:
                continue
            columns = [row[1] for row in old.execute(f'PRAGMA table_info("{name}")')]
            read = [column for column in columns if (name, column) != NO_LONGER_KEPT]
            wanted = ", ".join(f'"{column}"' for column in read)
            found[name] = new.execute(f'SELECT {wanted} FROM "{name}" ORDER BY 1').fetchall()
        return found


def test_there_is_a_file_of_every_version_before_this_one() -> None:
    versions = {path.stem: version_of(path) for path in FILES}
    assert versions.items() >= {(f"version-{old}", old) for old in range(1, SCHEMA_VERSION)}
    assert all(path.stat().st_size < 300_000 for path in FILES)


def test_nothing_of_it_is_lost(brought_up: BroughtUp, clock: SetClock) -> None:
    before = rows_as_they_were(brought_up.original, brought_up.original)
    assert len(before["entry"]) == 88
    with closing(Store(brought_up.path, clock)) as store:
        assert len(store.activities.all(archived=True)) == 4
    assert rows_as_they_were(brought_up.original, brought_up.path) == before
    assert wrong(brought_up.path, clock) == []


CHOSEN = {
    "currency": (None, "KWD"),
    "day_starts_at": ("03:00", "05:30"),
    "first_weekday": (None, "sunday"),
    "working_day": ("09:00-17:00 mon-fri", "08:30-16:00 mon,wed,sat"),
    "call_cap": ("90 min", "90 s"),
    "hourly_worth": ("46.00", "none"),
    "hourly_worth_next": ("none", "60.500 from 2027-03-01"),
    "goal": ("none", "12000.000"),
    "goal_by": (None, "2027-03-31"),
    "goal_since": (None, "2026-11-01"),
    "assumed_win_rate": (None, "3 in 20"),
    "assumed_win": (None, "1200.250"),
}
"""How an earlier version kept the settings, and what they were before."""


def test_settings_that_were_chosen_hold_on_and_can_be_undone(
    earlier: Path, clock: SetClock
) -> None:
    if version_of(earlier) > 4:
        pytest.skip("its settings are one row")
    sql(earlier, "UPDATE change SET undone = 0")
    sql(earlier, "INSERT INTO change VALUES (99, 'Set it all', '2026-11-20T15:00:00Z', 0)")
    sql(earlier, "DELETE FROM setting")
    for place, (key, values) in enumerate(CHOSEN.items(), start=7):
        sql(earlier, "INSERT INTO setting VALUES (?, ?, ?)", place, key, values[1])
        before, after = (
            None if value is None else json.dumps({"id": place, "key": key, "value": value})
            for value in values
        )
        images = (99, "setting", place, before, after)
        sql(earlier, "INSERT INTO changed_row VALUES (NULL, ?, ?, ?, ?, ?)", *images)
    now = Settings(
        currency="KWD",
        day_starts_at=time(5, 30),
        weeks=Weeks(6),
        working_day=WorkingDay(time(8, 30), time(16), frozenset({0, 2, 5})),
        call_cap=90,
        hourly_worth_next=NextWorth(60_500, date(2027, 3, 1)),
        goal=12_000_000,
        goal_by=date(2027, 3, 31),
        goal_since=date(2026, 11, 1),
        assumed_win_rate=AssumedRate(3, 20),
        assumed_win=1_200_250,
    )
    with closing(Store(earlier, clock)) as store:
        assert store.settings == now
        assert store.journal.undo() == "Set it all (Friday 20 November 2026)"
        was = Settings(day_starts_at=time(3), call_cap=5400, hourly_worth=4600)
        assert store.settings == was
        store.journal.redo()
        assert store.settings == now
        assert wrong(earlier, clock) == []


def test_it_gets_the_tables_of_a_new_file(
    brought_up: BroughtUp, clock: SetClock, tmp_path: Path
) -> None:
    new = tmp_path / "new.db"
    Store(new, clock).close()
    assert schema(brought_up.path) == schema(new)


def test_a_checked_copy_of_it_is_made_first(brought_up: BroughtUp, clock: SetClock) -> None:
    before, version = dump(brought_up.original), version_of(brought_up.original)
    copies = Backups(brought_up.path, clock).all()
    if version == SCHEMA_VERSION:
        assert copies == ()
        return
    (copy,) = copies
    assert dump(copy.path) == before
    assert version_of(copy.path) == version


def test_its_changes_can_be_undone_and_redone(earlier: Path, clock: SetClock) -> None:
    length = "8:00" if 5 < version_of(earlier) < 12 else "8 min"
    with closing(Store(earlier, clock)) as store:
        done = f"Logged {length}, talked, with “Nordwind AG” (Friday 20 November 2026)"
        assert store.journal.redo() == done
        steps, berlin = store.journal.steps(100), ZoneInfo("Europe/Berlin")
        labels = [
            f"{step.label} ({long_day(step.changed_at.astimezone(berlin).date())})"
            for step in steps
        ]
        assert [store.journal.undo() for _ in labels] == labels
        assert store.activities.all(archived=True) == ()
        assert wrong(earlier, clock) == []
        assert [store.journal.redo() for _ in labels] == labels[::-1]
    assert wrong(earlier, clock) == []
    assert sql(earlier, "SELECT count(*) FROM entry") == [(89,)]


def test_going_back_to_it_brings_it_up_as_well(earlier: Path, clock: SetClock) -> None:
    live = earlier.with_name("live.db")
    with closing(Store(live, clock)) as store:
        store.activities.add("Something new", None)
        store.backups.restore(earlier)
        assert len(store.activities.all(archived=True)) == 4
        assert version_of(live) == SCHEMA_VERSION
        assert wrong(live, clock) == []
    names = [path.name for path in store.backups.folder.iterdir()]
    assert [name.startswith("live-before-restore-") for name in names] == [True]


def test_a_step_that_fails_leaves_it_as_it_was(
    earlier: Path, clock: SetClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    if version_of(earlier) == SCHEMA_VERSION:
        pytest.skip("no step is made")
    before, tables = dump(earlier), schema(earlier)
    *earlier_steps, last = steps.STEPS
    monkeypatch.setattr(steps, "STEPS", (*earlier_steps, f"{last} SELECT half;\n"))
    with pytest.raises(NeedleError, match="not changed"):
        Store(earlier, clock)
    assert (dump(earlier), schema(earlier)) == (before, tables)
    assert sql(earlier, "PRAGMA integrity_check") == [("ok",)]


def test_a_step_that_would_leave_references_to_nothing_is_refused(
    earlier: Path, clock: SetClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    if version_of(earlier) == SCHEMA_VERSION:
        pytest.skip("no step is made")
    before = dump(earlier)
    *earlier_steps, last = steps.STEPS
    losing = f"{last} DELETE FROM activity WHERE id = 2;\n"
    monkeypatch.setattr(steps, "STEPS", (*earlier_steps, losing))
    with pytest.raises(NeedleError, match=r"refers to nothing.*not changed"):
        Store(earlier, clock)
    assert dump(earlier) == before


def open_what_is_said() -> None:
    print("ready", flush=True)
    for line in sys.stdin:
        Store(Path(line.rstrip()), Clock()).close()
        print("opened", flush=True)


@contextmanager
def two_programs() -> Iterator[Callable[[Path], list[str]]]:
    """Two programs that open a file at the same moment: what each says when it has."""
    programs = [
        subprocess.Popen(
            ["needle"],
            preexec_fn=instead(open_what_is_said),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for _ in range(2)
    ]

    def read() -> list[str]:
        return [program.stdout.readline() for program in programs if program.stdout is not None]

    def open_at_once(path: Path) -> list[str]:
        for program in programs:
            assert program.stdin is not None
            program.stdin.write(f"{path}\n")
            program.stdin.flush()
        return read()

    assert read() == ["ready\n"] * 2
    try:
        yield open_at_once
    finally:
        ended = [program.communicate() for program in programs]
    assert ended == [("", "")] * 2


def test_two_programs_that_open_it_at_once_bring_it_up_once(
    clock: SetClock, tmp_path: Path
) -> None:
    with two_programs() as open_at_once:
        for original in FILES:
            earlier, version = copied(original, tmp_path / original.stem), version_of(original)
            assert open_at_once(earlier) == ["opened\n"] * 2, original.stem
            copies = [copy.path for copy in Backups(earlier, clock).all()]
            assert [version_of(copy) for copy in copies] == [version] * (version != SCHEMA_VERSION)
            assert all(dump(copy) == dump(original) for copy in copies)
            assert rows_as_they_were(original, earlier) == rows_as_they_were(original, original)
            assert wrong(earlier, clock) == []
