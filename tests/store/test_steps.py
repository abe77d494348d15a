"""Versions of the file: the steps lead to the same tables, and a file that is behind is brought up.

What holds for any step is tried with one of the tests' own.
"""

import json
import re
import sqlite3
from collections.abc import Callable, Iterable
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import SQLModel, create_engine

from needlemover.domain.errors import DamagedError, NeedleError
from needlemover.domain.promises.commitment import ActivityFact, Rule
from needlemover.store import connections, opened
from needlemover.store.schema import SCHEMA_VERSION, steps
from needlemover.store.store import Store

from ..conftest import MONDAY_TO_FRIDAY, SetClock, promised, terms
from .conftest import SYNC, add_activities, dump, sql

pytestmark = pytest.mark.makes_files

NEXT = SCHEMA_VERSION + 1


def schema(path: Path) -> set[tuple[str, str, str]]:
    """All tables, indexes, views and triggers, without what only lays out their text."""
    rows = sql(path, "SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL")
    return {(kind, name, re.sub(r"\s+|[\"']", "", text)) for kind, name, text in rows}


def make_file(path: Path, version: int, statements: Iterable[str] = ()) -> None:
    """A file as a program of that version made it, and what was put into it."""
    path.parent.mkdir(exist_ok=True)
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript("".join(steps.STEPS[:version]))
        for statement in (
            f"PRAGMA application_id = {opened.APPLICATION_ID}",
            f"PRAGMA user_version = {version}",
            *statements,
        ):
            connection.execute(statement)
        connection.commit()


def test_there_is_a_step_for_each_version(store: Store) -> None:
    assert len(steps.STEPS) == SCHEMA_VERSION
    assert sql(store.path, "PRAGMA user_version") == [(SCHEMA_VERSION,)]


def columns(path: Path, table: str) -> list[tuple[object, ...]]:
    """Name, type, whether it must be there and the place in the key, of each column; its parent."""
    found = sql(path, f"PRAGMA table_info({table})")
    parents = {row[3]: row[2] for row in sql(path, f"PRAGMA foreign_key_list({table})")}
    return sorted((*row[1:4], row[5], parents.get(row[1])) for row in found)


def test_a_new_file_has_the_columns_that_are_declared(store: Store, tmp_path: Path) -> None:
    engine = create_engine(f"sqlite:///{tmp_path / 'declared.db'}")
    SQLModel.metadata.create_all(engine)
    engine.dispose()
    declared = {name for kind, name, _ in schema(tmp_path / "declared.db") if kind == "table"}
    made = {name for kind, name, _ in schema(store.path) if kind == "table"}
    assert made - declared == {
        "day_sum",
        "kept_past",
        "old_offer",
        "change",
        "changed_row",
        "undone_entry",
        *SYNC,
    }  # only plain SQL knows them
    assert {name: columns(store.path, name) for name in declared} == {
        name: columns(tmp_path / "declared.db", name) for name in declared
    }


def test_a_new_file_holds_no_rows(store: Store) -> None:
    assert [name for name, rows in dump(store.path).items() if rows] == []


@pytest.fixture
def version_1(tmp_path: Path) -> Path:
    """A file of the first version, with a promise, two ticks, and a change that can be undone."""
    path = tmp_path / "first" / "needlemover.db"
    row = {"id": 1, "activity_id": 1, "start": "2026-11-02", "weekdays": 31, "seconds": None,
           "count": None, "rule": "all", "set_on": "2026-11-02"}  # fmt: skip
    rows = (
        "INSERT INTO activity VALUES (1, 'Film one video', 'film one video', 0, 1)",
        "INSERT INTO commitment VALUES (2, 1, '2026-11-02', 127, 1800, 3, 'any', '2026-11-02')",
        "INSERT INTO kept_past VALUES (1, '2026-11-24', 0, '{}')",
        "INSERT INTO change VALUES (1, 'Changed “Film”', '2026-11-24T08:00:00Z', 0)",
        *(
            f"INSERT INTO entry VALUES ({number}, 1, '2026-11-{day}', NULL, NULL, 0, 1, NULL, NULL,"
            f" NULL, NULL, NULL, NULL, NULL, 1, 'hand', NULL, NULL, '2026-11-{day}T09:00:00Z',"
            f" '2026-11-{day}')"
            for number, day in ((1, 23), (2, 24))
        ),
    )
    make_file(path, 1, rows)
    images = "INSERT INTO changed_row VALUES (?, 1, 'commitment', ?, ?, ?)"
    after = row | {"id": 2, "weekdays": 127, "seconds": 1800, "count": 3, "rule": "any"}
    sql(path, images, 1, 1, json.dumps(row), None)
    sql(path, images, 2, 2, None, json.dumps(after))
    return path


def without_uids(tables: dict[str, list[tuple[Any, ...]]]) -> dict[str, list[tuple[Any, ...]]]:
    """The same in tables whose rows had none: it is the last column."""
    named = {"activity", "commitment", "entry", "undone_entry", "day_off", "batch", "problem"}
    return {name: [row[: -(name in named) or None] for row in tables[name]] for name in tables}


def test_a_file_of_version_1_is_brought_up_and_nothing_is_lost(
    version_1: Path, clock: SetClock
) -> None:
    before = dump(version_1)
    opened = Store(version_1, clock)
    (film,) = opened.activities.all()
    assert film.timeline == (promised(date(2026, 11, 2), terms(30, 3, rule=Rule.ANY)),)
    shown = opened.day()
    assert [item.progress.count for item in shown.activities] == [1]
    opened.close()

    after = without_uids(dump(version_1))
    assert after["commitment"] == [(*row, 0, 0) for row in before["commitment"]]
    for name in ("entry", "activity"):
        assert after[name] == [(*row, None) for row in before[name]]
    same = ("day_off", "batch")
    assert {name: after[name] for name in same} == {name: before[name] for name in same}
    assert after["missed_reason"] == []
    # Two ticks: one entry each, without time, at no hour.
    assert after["day_sum"] == [
        (f"2026-11-{day}", film.id, -1, 1, 0, 0, 0, 0, 0, 0, 0) for day in (23, 24)
    ]
    assert sql(version_1, "PRAGMA integrity_check") == [("ok",)]
    assert sql(version_1, "PRAGMA foreign_key_check") == []

    name = f"needlemover-before-version-{SCHEMA_VERSION}-from-1.db"
    copy = version_1.parent / "backups" / name
    assert dump(copy) == before
    assert sql(copy, "PRAGMA user_version") == [(1,)]


def test_a_file_of_version_1_that_was_brought_up_has_the_tables_of_a_new_one(
    version_1: Path, store: Store, clock: SetClock
) -> None:
    Store(version_1, clock).close()
    assert schema(version_1) == schema(store.path)


def test_what_was_changed_in_version_1_can_be_undone_and_redone(
    version_1: Path, clock: SetClock
) -> None:
    opened = Store(version_1, clock)
    opened.journal.undo()
    assert opened.activities.all()[0].timeline == (
        promised(date(2026, 11, 2), terms(days=MONDAY_TO_FRIDAY)),
    )
    opened.journal.redo()
    assert opened.activities.all()[0].timeline[0].terms == terms(30, 3, rule=Rule.ANY)
    opened.close()


@pytest.fixture
def version_2(tmp_path: Path) -> Path:
    """A file of version 2: a call and its answer, an import and one that was taken back, a running
    timer, and two changes that can be undone."""
    path = tmp_path / "second" / "needlemover.db"
    entry = "NULL, NULL, NULL, NULL"
    late = "'2026-11-24T09:00:00Z', '2026-11-24'"
    timer = {"id": 1, "activity_id": 1, "contact": "Acme", "day": "2026-11-24", "utc_offset": 3600,
             "started_at": "2026-11-24T14:30:00Z", "last_seen": None}  # fmt: skip
    rows = (
        "INSERT INTO activity VALUES (1, 'Sales', 'sales', 1, 1)",
        "INSERT INTO commitment VALUES (1, 1, '2026-11-02', 127, 1800, 3, 'any', '2026-11-02', 0)",
        "INSERT INTO batch VALUES (1, 'crm', 'calls.csv', '2026-11-24T08:00:00Z')",
        f"INSERT INTO entry VALUES (1, 1, '2026-11-23', NULL, NULL, 60, 1, 'asked', {entry},"
        f" NULL, NULL, 1, 'hand', NULL, NULL, {late})",
        f"INSERT INTO entry VALUES (2, 1, '2026-11-24', NULL, NULL, 0, 0, 'won', {entry},"
        f" 1, 1, 0, 'crm', 1, 'id:7', {late})",
        f"INSERT INTO undone_entry VALUES (9, 1, '2026-11-20', NULL, NULL, 60, 1, 'lost', {entry},"
        f" NULL, NULL, 1, 'crm', 2, 'id:8', {late})",
        "INSERT INTO timer VALUES (1, 1, 'Acme', '2026-11-24', '2026-11-24T14:30:00Z', 3600, NULL)",
        "INSERT INTO published VALUES (1, '2026-11-24', '{}')",
        "INSERT INTO change VALUES (1, 'Deleted a call', '2026-11-24T08:00:00Z', 0)",
        "INSERT INTO change VALUES (2, 'Started “Sales”', '2026-11-24T14:30:00Z', 0)",
    )
    make_file(path, 2, rows)
    gone = {"id": 3, "activity_id": 1, "day": "2026-11-24", "started_at": None, "utc_offset": None,
            "seconds": 120, "count": 1, "outcome": "talked", "contact": None, "contact_key": None,
            "amount": None, "note": None, "came_from": None, "follows": None, "fills_quota": 1,
            "source": "hand", "batch_id": None, "source_key": None,
            "logged_at": "2026-11-24T08:00:00Z", "logged_on": "2026-11-24"}  # fmt: skip
    images = "INSERT INTO changed_row VALUES (?, ?, ?, ?, ?, ?)"
    sql(path, images, 1, 1, "entry", 3, json.dumps(gone), None)
    sql(path, images, 2, 2, "timer", 1, None, json.dumps(timer))
    return path


def test_a_file_of_version_2_is_brought_up_and_nothing_is_lost(
    version_2: Path, store: Store, clock: SetClock
) -> None:
    before = dump(version_2)
    opened = Store(version_2, clock)
    running = opened.day().running
    assert running is not None
    assert (running.kind, running.activity_id, running.contact) == ("activity", 1, "Acme")
    opened.close()
    after = without_uids(dump(version_2))
    for name, new in (("entry", 1), ("timer", 2), ("undone_entry", 1), ("activity", 1)):
        assert after[name] == [(*row, *[None] * new) for row in before[name]]
    assert after["commitment"] == [(*row, 0) for row in before["commitment"]]
    same = ("day_off", "batch")
    assert {name: after[name] for name in same} == {name: before[name] for name in same}
    assert after["problem"] == []
    assert schema(version_2) == schema(store.path)
    assert sql(version_2, "PRAGMA integrity_check") == [("ok",)]
    assert sql(version_2, "PRAGMA foreign_key_check") == []
    name = f"needlemover-before-version-{SCHEMA_VERSION}-from-2.db"
    assert dump(version_2.parent / "backups" / name) == before


def test_what_was_changed_in_version_2_can_be_undone_and_redone(
    version_2: Path, clock: SetClock
) -> None:
    opened = Store(version_2, clock)
    opened.journal.undo()
    assert opened.timer.running() is None
    opened.journal.undo()
    assert [(entry.id, entry.seconds) for entry in opened.day().entries] == [(3, 120), (2, 0)]
    opened.journal.redo()
    opened.journal.redo()
    running = opened.timer.running()
    assert running is not None
    assert (running.activity_id, running.problem_id) == (1, None)
    assert [entry.id for entry in opened.day().entries] == [2]
    opened.close()


Newer = Callable[[str], None]


@pytest.fixture
def newer(monkeypatch: pytest.MonkeyPatch) -> Newer:
    """Makes this program know one version more, with a step that is given as its SQL."""

    def write(step: str) -> None:
        monkeypatch.setattr(steps, "STEPS", (*steps.STEPS, step))
        for module in (opened, connections):
            monkeypatch.setattr(module, "SCHEMA_VERSION", NEXT)

    return write


ADD_A_COLUMN = "ALTER TABLE batch ADD COLUMN colour VARCHAR DEFAULT 'red';\n"


def copy_of(path: Path) -> Path:
    name = f"needlemover-before-version-{NEXT}-from-{SCHEMA_VERSION}.db"
    return path.parent / "backups" / name


def test_a_file_that_is_behind_is_brought_up_with_a_sound_copy_beside_it(
    store: Store, clock: SetClock, film: ActivityFact, newer: Newer
) -> None:
    store.entries.tick(film.id)
    store.close()
    before = dump(store.path)
    newer(ADD_A_COLUMN)

    opened = Store(store.path, clock)
    assert len(opened.day().entries) == 1
    opened.close()
    assert sql(store.path, "PRAGMA user_version") == [(NEXT,)]
    assert "colour" in [row[1] for row in sql(store.path, "PRAGMA table_info(batch)")]

    copy = copy_of(store.path)
    assert dump(copy) == before
    assert sql(copy, "PRAGMA integrity_check") == [("ok",)]
    assert sql(copy, "PRAGMA user_version") == [(SCHEMA_VERSION,)]
    assert copy.stat().st_mode & 0o077 == 0


def test_a_file_that_was_brought_up_is_not_brought_up_twice(
    store: Store, clock: SetClock, newer: Newer
) -> None:
    store.close()
    newer(ADD_A_COLUMN)
    Store(store.path, clock).close()
    copy_of(store.path).unlink()
    Store(store.path, clock).close()
    assert not copy_of(store.path).exists()


@pytest.mark.parametrize(
    ("failing", "reason"),
    [
        ("SELECT * FROM no_such_table;", "no such table"),
        ("INSERT INTO last_use (id, day, at) VALUES (2, '', '');", "only_one"),
        ("DELETE FROM activity;", "refers to nothing"),
        ("SELECT 1; SELECT 2;", "one statement at a time"),
    ],
)
def test_a_step_that_fails_leaves_the_file_as_it_was(
    store: Store, clock: SetClock, film: ActivityFact, newer: Newer, failing: str, reason: str
) -> None:
    store.entries.tick(film.id)
    store.close()
    before, tables = dump(store.path), schema(store.path)
    newer(ADD_A_COLUMN + failing)
    with pytest.raises(NeedleError, match=f"{reason}.*not changed: use the version before"):
        Store(store.path, clock)
    assert (dump(store.path), schema(store.path)) == (before, tables)
    assert sql(store.path, "PRAGMA user_version") == [(SCHEMA_VERSION,)]


def test_without_a_sound_copy_the_file_is_not_brought_up(
    store: Store, clock: SetClock, newer: Newer
) -> None:
    add_activities(store.path)
    store.close()
    with closing(sqlite3.connect(store.path)) as connection:
        ((page,),) = connection.execute(
            "SELECT rootpage FROM sqlite_master WHERE name = 'activity'"
        )
    content = bytearray(store.path.read_bytes())
    content[4096 * (page - 1) + 8 : 4096 * page] = b"\xff" * (4096 - 8)
    store.path.write_bytes(content)
    newer(ADD_A_COLUMN)
    with pytest.raises(NeedleError, match="damaged"):
        Store(store.path, clock)
    assert store.path.read_bytes() == content
    assert sql(store.path, "PRAGMA user_version") == [(SCHEMA_VERSION,)]


@pytest.mark.parametrize("version", [0, -1])
def test_a_file_that_does_not_say_its_version_is_said_to_be_damaged(
    store: Store, clock: SetClock, film: ActivityFact, version: int
) -> None:
    store.close()
    sql(store.path, f"PRAGMA user_version = {version}")
    before = store.path.read_bytes()
    with pytest.raises(DamagedError, match="does not say its version"):
        Store(store.path, clock)
    assert store.path.read_bytes() == before
