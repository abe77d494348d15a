"""What can be read of a damaged file is saved, and the file itself stays as it is."""

import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path
from shutil import copy

import pytest

from needlemover.domain.calls.entry import Outcome
from needlemover.domain.errors import DamagedError
from needlemover.domain.promises.commitment import ActivityFact
from needlemover.store.calls.new_entry import NewEntry
from needlemover.store.care.backups import Backups
from needlemover.store.care.checks import run_checks
from needlemover.store.care.salvage import _pages_of_list, save_readable
from needlemover.store.store import Store

from ..conftest import AFTERNOON, SetClock, terms
from .conftest import dump, sql
from .test_backups import overwrite
from .test_earlier_files import FILES

PAGE = 4096


@pytest.fixture
def target(tmp_path: Path) -> Path:
    return tmp_path / "saved" / "saved.db"


@pytest.fixture(scope="module")
def kept_many(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file with 400 long entries, to be copied."""
    path = tmp_path_factory.mktemp("many") / "needle.db"
    with closing(Store(path, SetClock(AFTERNOON))) as store:
        calls = store.activities.add("Sales conversations", terms(60, 10), is_sales=True)
        for number in range(400):
            note = f"{number:03} " * 40
            store.entries.log(NewEntry(calls.id, seconds=60, contact=f"Firm {number}", note=note))
    return path


@pytest.fixture
def many(kept_many: Path, tmp_path: Path) -> Path:
    """A file with 400 long entries, closed."""
    path = tmp_path / "needle.db"
    copy(kept_many, path)  # with its permissions
    return path


def leaves_of(path: Path, table: str) -> list[int]:
    """The pages that hold the rows of a table."""
    content = path.read_bytes()
    with closing(sqlite3.connect(path)) as connection:
        ((root,),) = connection.execute(
            "SELECT rootpage FROM sqlite_master WHERE name = ?", (table,)
        )
    start = PAGE * (root - 1)
    assert content[start] == 5  # an inner page of a table, with its children
    cells = int.from_bytes(content[start + 3 : start + 5], "big")
    places = [
        start + int.from_bytes(content[start + 12 + 2 * cell : start + 14 + 2 * cell], "big")
        for cell in range(cells)
    ]
    return [int.from_bytes(content[place : place + 4], "big") for place in places]


def test_of_a_sound_file_everything_is_saved_but_the_undo_history(
    many: Path, target: Path, clock: SetClock
) -> None:
    saved = save_readable(many, target)
    before, after = dump(many), dump(target)
    for name in ("activity", "commitment", "entry", "settings"):
        assert after[name] == before[name]
    assert (saved.entries, saved.incomplete) == (400, ())
    assert sql(target, "SELECT count(*) FROM change") == [(0,)]
    assert run_checks(target, clock).wrong == ()
    assert [path.name for path in target.parent.iterdir()] == ["saved.db"]


def test_the_rows_of_other_pages_are_saved_from_both_sides_of_a_damaged_one(
    many: Path, target: Path, clock: SetClock
) -> None:
    whole = {row[0] for row in sql(many, "SELECT id FROM entry")}
    page = leaves_of(many, "entry")[5]
    overwrite(many, PAGE * (page - 1), PAGE * page)
    damaged = many.read_bytes()
    saved = save_readable(many, target)
    ids = {row[0] for row in sql(target, "SELECT id FROM entry")}
    assert {1, 400} <= ids
    lost = whole - ids
    assert 0 < len(lost) < 40
    assert max(lost) - min(lost) == len(lost) - 1
    assert saved.entries == 400 - len(lost)
    assert saved.incomplete == ("entry",)
    assert many.read_bytes() == damaged
    assert run_checks(target, clock).wrong == ()
    opened = Store(target, clock)
    assert len(opened.day().entries) == saved.entries
    opened.close()


def test_entries_of_a_lost_activity_get_one_that_says_so(
    store: Store, calls: ActivityFact, clock: SetClock, target: Path
) -> None:
    for _ in range(3):
        store.entries.log(NewEntry(calls.id, seconds=60))
    store.close()
    sql(store.path, "DELETE FROM activity")
    save_readable(store.path, target)
    opened = Store(target, clock)
    (found,) = opened.activities.all(archived=True)
    assert (found.name, found.is_sales, found.rank) == ("Lost activity 1", True, 1)
    assert len(opened.day().entries) == 3
    opened.close()
    assert run_checks(target, clock).wrong == ()


def test_time_put_into_a_lost_problem_gets_one_that_says_so(
    store: Store, target: Path, clock: SetClock
) -> None:
    parked = store.problems.park("Invoices")
    store.problems.log_leak(parked.id, 1200)
    store.close()
    sql(store.path, "DELETE FROM problem")
    save_readable(store.path, target)
    opened = Store(target, clock)
    (problem,) = opened.problems.all()
    assert problem.title == f"Lost problem {parked.id}"
    assert [item.seconds for item in problem.spent] == [1200]
    opened.close()
    assert run_checks(target, clock).wrong == ()


def test_an_answer_to_a_lost_ask_becomes_a_call_of_its_own(
    store: Store, calls: ActivityFact, clock: SetClock, target: Path
) -> None:
    ask = store.entries.log(NewEntry(calls.id, seconds=60, outcome=Outcome.ASKED)).entry
    store.entries.settle(ask.id, Outcome.WON, 500)
    store.close()
    sql(store.path, "DELETE FROM entry WHERE id = ?", ask.id)
    save_readable(store.path, target)
    assert sql(target, "SELECT follows, count, fills_quota, amount FROM entry") == [
        (None, 1, 1, 500)
    ]
    assert run_checks(target, clock).wrong == ()


@pytest.mark.parametrize("content", [b"", b"\xff" * 20_000], ids=["empty", "noise"])
def test_of_a_file_without_anything_an_empty_one_is_made(
    tmp_path: Path, target: Path, clock: SetClock, content: bytes
) -> None:
    path = tmp_path / "a.db"
    path.write_bytes(content)
    saved = save_readable(path, target)
    assert saved.rows == 0
    assert path.read_bytes() == content
    assert run_checks(target, clock).wrong == ()


@pytest.mark.parametrize("pages", [1, 3])
def test_a_backup_tells_where_the_tables_are_if_the_file_does_not(
    many: Path, target: Path, clock: SetClock, pages: int
) -> None:
    backup = Backups(many, clock).make(date(2026, 11, 24))
    opened = Store(many, clock)
    for _ in range(50):
        opened.entries.log(NewEntry(1, seconds=60, note="after the backup " * 20))
    opened.close()
    sql(many, "PRAGMA wal_checkpoint(TRUNCATE)")
    for page in list(_pages_of_list(backup.read_bytes(), PAGE, 1))[:pages]:
        overwrite(many, PAGE * (page - 1), PAGE * page)
    assert save_readable(many, target).entries == 0
    assert save_readable(many, target, backup).entries == 450
    assert run_checks(target, clock).wrong == ()


@pytest.mark.parametrize("earlier", FILES, ids=lambda file: file.stem)
def test_a_file_of_an_earlier_version_is_saved_and_brought_up(
    earlier: Path, clock: SetClock, target: Path, tmp_path: Path
) -> None:
    entries = sql(earlier, "SELECT count(*) FROM entry")[0][0]
    path = tmp_path / "earlier.db"
    path.write_bytes(earlier.read_bytes())
    page = sql(path, "SELECT rootpage FROM sqlite_master WHERE name = 'entry_contact'")[0][0]
    overwrite(path, PAGE * (page - 1), PAGE * page)
    with pytest.raises(DamagedError):
        Store(path, clock)
    assert save_readable(path, target).entries == entries
    assert run_checks(target, clock).wrong == ()
