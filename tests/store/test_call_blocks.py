"""Call blocks in the file: at most one is open; undo, exports and checks know them."""

import sqlite3
from contextlib import closing
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from needlemover.domain.errors import NeedleError
from needlemover.store.care.checks import run_checks
from needlemover.store.care.salvage import save_readable
from needlemover.store.schema.tables import CALL_BLOCK
from needlemover.store.store import Store

from ..conftest import BERLIN, SetClock, terms
from ..exchange.moving import content, export, take_in
from .conftest import sql

NINE = datetime(2026, 11, 24, 9, tzinfo=BERLIN)
ADD = """INSERT INTO call_block (day, started_at, utc_offset, planned, ended_at, last_seen, uid)
    VALUES ('2026-11-24', ?1, 3600, 3000, ?2, '2026-11-24T08:40:00Z', 'block ' || ?1)"""
OVER = ("2026-11-24T08:00:00Z", "2026-11-24T08:50:00Z")
OPEN = ("2026-11-24T14:00:00Z", None)


def blocks(path: Path) -> list[tuple[str, str | None]]:
    return sql(path, "SELECT started_at, ended_at FROM call_block ORDER BY id")


def test_at_most_one_is_open(store: Store) -> None:
    sql(store.path, ADD, *OVER)
    sql(store.path, ADD, *OPEN)
    with pytest.raises(sqlite3.IntegrityError):
        sql(store.path, ADD, "2026-11-24T14:10:00Z", None)
    assert blocks(store.path) == [OVER, OPEN]


def test_one_that_comes_back_by_undo_was_never_away(store: Store, clock: SetClock) -> None:
    with store._session.change("Began a block") as step:
        block = step.insert(
            CALL_BLOCK, day=date(2026, 11, 24), started_at=NINE, utc_offset=3600, planned=3000,
            last_seen=NINE,
        )  # fmt: skip
    with store._session.change("Ended the block") as step:
        step.update(CALL_BLOCK, block, ended_at=NINE + timedelta(minutes=50))
    clock.pass_by(minutes=10)
    store.journal.undo()
    assert sql(store.path, "SELECT ended_at, last_seen FROM call_block") == [
        (None, "2026-11-24T14:50:00Z")
    ]
    store.journal.redo()
    assert sql(store.path, "SELECT ended_at, last_seen FROM call_block") == [
        ("2026-11-24T08:50:00Z", "2026-11-24T14:50:00Z")
    ]
    store.journal.undo()
    store.journal.undo()
    assert blocks(store.path) == []


@pytest.mark.parametrize("kind", ["json", "csv"])
def test_an_export_holds_them_and_other_data_get_those_that_are_over_once(
    store: Store, tmp_path: Path, clock: SetClock, kind: str
) -> None:
    sql(store.path, ADD, *OVER)
    sql(store.path, ADD, *OPEN)
    path = tmp_path / f"all.{'json' if kind == 'json' else 'zip'}"
    export(store, path, kind)
    empty, other = (Store(tmp_path / f"{name}.db", clock) for name in ("empty", "other"))
    take_in(empty, path)
    assert content(empty) == content(store)
    other.activities.add("Plan", terms())
    sql(other.path, ADD, "2026-11-24T14:10:00Z", None)
    assert take_in(other, path).made["call_blocks"] == 1
    assert blocks(other.path) == [("2026-11-24T14:10:00Z", None), OVER]
    assert take_in(other, path).made["call_blocks"] == 0
    other.journal.undo()
    assert blocks(other.path) == [("2026-11-24T14:10:00Z", None)]
    empty.close()
    other.close()


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ("ended_at = '2026-11-24T07:00:00Z'", "Row 1 of call_block: its ended_at is before the"),
        ("day = '2026-11-20'", "Row 1 of call_block: its started_at is on 2026-11-24"),
        ("planned = 0", "Row 1 of call_block: its planned must be a whole number"),
    ],
)
def test_the_check_finds_a_wrong_one_and_no_import_lets_it_in(
    store: Store, clock: SetClock, tmp_path: Path, wrong: str, said: str
) -> None:
    sql(store.path, ADD, *OVER)
    assert not run_checks(store.path, clock).wrong
    sql(store.path, f"UPDATE call_block SET {wrong}")
    found = [line for item in run_checks(store.path, clock).wrong for line in item.sentences]
    assert any(line.startswith(said) for line in found)
    export(store, tmp_path / "all.json")
    with closing(Store(tmp_path / "other.db", clock)) as other:
        with pytest.raises(NeedleError, match="call_blocks"):
            take_in(other, tmp_path / "all.json")
        assert blocks(other.path) == []


def test_those_of_a_damaged_file_are_saved(store: Store, tmp_path: Path) -> None:
    sql(store.path, ADD, *OVER)
    store.close()
    save_readable(store.path, tmp_path / "saved.db")
    assert blocks(tmp_path / "saved.db") == [OVER]
