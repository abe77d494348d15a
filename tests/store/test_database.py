"""The file: how it is made and opened, and what is refused, untouched."""

import sqlite3
import stat
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from needlemover.domain.errors import BusyError, NeedleError
from needlemover.domain.promises.commitment import ActivityFact
from needlemover.store.calls.new_entry import NewEntry
from needlemover.store.care.checks import run_checks
from needlemover.store.care.data_file import give_space_back, settle
from needlemover.store.file import Database
from needlemover.store.schema import APPLICATION_ID, SCHEMA_VERSION
from needlemover.store.store import Store
from needlemover.store.today import read_file

from ..conftest import SetClock, terms
from .conftest import add_activities, dump, sql

pytestmark = pytest.mark.makes_files


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_only_the_owner_can_read_the_file_and_its_folder(store: Store) -> None:
    assert mode(store.path) == 0o600
    assert mode(store.path.parent) == 0o700


def test_only_the_owner_can_read_what_lies_beside_the_file(store: Store) -> None:
    store.choices.set("currency", "EUR")
    beside = [item for item in store.path.parent.iterdir() if item != store.path]
    assert beside
    assert {mode(item) for item in beside} == {0o600}


def test_a_folder_that_was_there_keeps_its_permissions(tmp_path: Path, clock: SetClock) -> None:
    tmp_path.chmod(0o755)
    Store(tmp_path / "a.db", clock).close()
    assert mode(tmp_path) == 0o755


@pytest.mark.parametrize(
    ("pragma", "value"),
    [("journal_mode", "wal"), ("synchronous", 2), ("foreign_keys", 1)],
)
def test_the_file_is_opened_so_that_nothing_acknowledged_is_lost(
    tmp_path: Path, clock: SetClock, pragma: str, value: str | int
) -> None:
    database = Database(tmp_path / "a.db", clock)
    with database.reading() as driver:
        assert driver.execute(f"PRAGMA {pragma}").fetchone() == (value,)
    database.close()


def test_the_pragmas_hold_when_the_file_is_opened_again(tmp_path: Path, clock: SetClock) -> None:
    Database(tmp_path / "a.db", clock).close()
    database = Database(tmp_path / "a.db", clock)
    with database.reading() as driver:
        for pragma, value in (("journal_mode", "wal"), ("synchronous", 2), ("foreign_keys", 1)):
            assert driver.execute(f"PRAGMA {pragma}").fetchone() == (value,)
    database.close()


def test_the_file_says_whose_it_is_and_which_version(store: Store) -> None:
    assert sql(store.path, "PRAGMA application_id") == [(APPLICATION_ID,)]
    assert sql(store.path, "PRAGMA user_version") == [(SCHEMA_VERSION,)]


@pytest.mark.parametrize("name", ["a?b.db", "a#b.db", "100%.db", "a b.db", "ü.db", "file:x.db"])
def test_a_file_may_have_any_name(tmp_path: Path, clock: SetClock, name: str) -> None:
    store = Store(tmp_path / name, clock)
    store.activities.add("Film", None)
    store.close()
    assert [item.name for item in tmp_path.iterdir()] == [name]
    assert len(sql(tmp_path / name, "SELECT * FROM activity")) == 1


def test_a_change_that_fails_leaves_nothing_behind(store: Store) -> None:
    def half_of_it() -> None:
        with store._session.change("Half") as step:
            step.connection.exec_driver_sql("CREATE TABLE half (id INTEGER)")
            step.connection.exec_driver_sql("PRAGMA user_version = 99")
            raise RuntimeError

    before = dump(store.path)
    with pytest.raises(RuntimeError):
        half_of_it()
    assert dump(store.path) == before
    assert sql(store.path, "PRAGMA user_version") == [(SCHEMA_VERSION,)]
    store.activities.add("Film", None)


def test_an_empty_file_becomes_ours(tmp_path: Path, clock: SetClock) -> None:
    path = tmp_path / "a.db"
    path.touch()
    Store(path, clock).close()
    assert sql(path, "PRAGMA application_id") == [(APPLICATION_ID,)]


# What is refused.


def refused(path: Path, clock: SetClock) -> str:
    """Why the file is not opened; its bytes stay as they are."""
    before = path.read_bytes()
    with pytest.raises(NeedleError) as refusal:
        Store(path, clock)
    assert path.read_bytes() == before
    said = str(refusal.value)
    assert said.endswith(".")
    assert "Traceback" not in said
    return said


def test_a_file_of_a_newer_version_is_refused_and_not_touched(
    store: Store, clock: SetClock
) -> None:
    store.close()
    sql(store.path, f"PRAGMA user_version = {SCHEMA_VERSION + 1}")
    said = refused(store.path, clock)
    assert "newer version" in said
    assert "Update Needlemover" in said


@pytest.mark.parametrize("application_id", [0, 7])
def test_a_database_of_another_program_is_refused(
    tmp_path: Path, clock: SetClock, application_id: int
) -> None:
    path = tmp_path / "other.db"
    sql(path, "CREATE TABLE songs (name TEXT)")
    sql(path, f"PRAGMA application_id = {application_id}")
    assert "another program" in refused(path, clock)


def test_an_empty_database_of_another_program_is_refused(tmp_path: Path, clock: SetClock) -> None:
    path = tmp_path / "other.db"
    sql(path, "PRAGMA application_id = 7")
    assert "another program" in refused(path, clock)


@pytest.mark.parametrize(
    "content", [b"Shopping: bread, milk\n" * 100, b"\x00" * 4096, b"Bread, milk\n"]
)
def test_a_file_that_is_no_database_is_refused(
    tmp_path: Path, clock: SetClock, content: bytes
) -> None:
    path = tmp_path / "notes.txt"
    path.write_bytes(content)
    assert "is not a database" in refused(path, clock)


def test_a_folder_is_refused(tmp_path: Path, clock: SetClock) -> None:
    with pytest.raises(NeedleError, match="is a folder"):
        Store(tmp_path, clock)


def test_a_file_below_another_file_is_refused(tmp_path: Path, clock: SetClock) -> None:
    (tmp_path / "notes").touch()
    with pytest.raises(NeedleError, match="cannot be used"):
        Store(tmp_path / "notes" / "a.db", clock)


def test_a_damaged_file_is_said_to_be_damaged(store: Store, clock: SetClock) -> None:
    add_activities(store.path)
    store.close()
    content = bytearray(store.path.read_bytes())
    content[4096:] = b"\xff" * (len(content) - 4096)
    store.path.write_bytes(content)
    with pytest.raises(NeedleError, match="damaged"):
        Store(store.path, clock).day()


def test_a_missing_table_is_said_to_be_damage(store: Store) -> None:
    sql(store.path, "DROP TABLE settings")
    with pytest.raises(NeedleError, match="a table is missing"):
        store.day()


def test_a_file_that_another_process_keeps_locked_is_said_to_be(
    store: Store, film: ActivityFact
) -> None:
    store.database.patience = 0.02
    with closing(sqlite3.connect(store.path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(BusyError, match="Another program holds"):
            store.entries.tick(film.id)
        assert store.day().entries == ()
        other.execute("ROLLBACK")
    store.entries.tick(film.id)
    assert len(store.day().entries) == 1


def test_a_change_keeps_others_from_writing_from_its_first_moment_on(store: Store) -> None:
    with (
        closing(sqlite3.connect(store.path, isolation_level=None, timeout=0)) as other,
        store.database.writing(),
        pytest.raises(sqlite3.OperationalError, match="locked"),
    ):
        other.execute("BEGIN IMMEDIATE")


def test_text_that_cannot_be_kept_is_refused_and_nothing_changes(store: Store) -> None:
    with pytest.raises(NeedleError, match="type it again"):
        store.activities.add("caf\udce9", None)
    assert store.activities.all() == ()


def test_a_read_only_file_can_be_read_and_says_why_it_cannot_be_changed(
    as_nobody: Path, clock: SetClock
) -> None:
    path = as_nobody / "a.db"
    store = Store(path, clock)
    film = store.activities.add("Film", terms())
    store.close()
    path.chmod(0o400)
    store = Store(path, clock)
    assert [item.name for item in store.day().activities] == ["Film"]
    with pytest.raises(NeedleError, match="cannot be written to"):
        store.entries.tick(film.id)
    store.close()


def test_a_folder_that_cannot_be_written_to_is_said(as_nobody: Path, clock: SetClock) -> None:
    as_nobody.chmod(0o500)
    with pytest.raises(NeedleError, match="cannot be used: Permission denied"):
        Store(as_nobody / "data" / "a.db", clock)
    as_nobody.chmod(0o700)


def test_a_file_that_cannot_be_read_is_said(as_nobody: Path, clock: SetClock) -> None:
    path = as_nobody / "a.db"
    Store(path, clock).close()
    path.chmod(0o000)
    with pytest.raises(NeedleError, match="Look at its permissions"):
        Store(path, clock)


def test_only_what_is_needed_is_loaded_to_open_a_file_of_this_version(store: Store) -> None:
    store.entries  # noqa: B018 - the file exists
    code = (
        "import sys; from pathlib import Path; from needlemover.clock import Clock; "
        "from needlemover.store.store import Store; Store(Path(sys.argv[1]), Clock()).day(); "
        "heavy = ('textual', 'typer', 'rich', 'needlemover.store.care.backups'); "
        "print([name for name in heavy if name in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, store.path], capture_output=True, text=True, check=True
    )
    assert done.stdout == "[]\n"


def test_what_was_logged_is_there_when_the_file_is_opened_again(
    store: Store, calls: ActivityFact, clock: SetClock
) -> None:
    logged = store.entries.log(NewEntry(calls.id, seconds=720, contact="Acme Corp")).entry
    store.close()
    opened = Store(store.path, clock)
    assert opened.day().entries == (logged,)
    opened.close()


def test_what_a_program_does_beside_its_open_store_leaves_the_store_its_locks(
    store: Store, calls: ActivityFact, clock: SetClock
) -> None:
    """Without them another program that closes the file takes away what is kept beside it."""
    store.entries.log(NewEntry(calls.id, seconds=60))
    Store(store.path, clock).close()
    Store(store.path, clock, only_reads=True).close()
    read_file(str(store.path), clock.now(), clock.zone(), lambda days: days.today)
    run_checks(store.path, clock)
    store.backups.make_daily(store.today)
    store.backups.make(store.today)
    settle(store.path)
    give_space_back(store.path)
    other_program("SELECT 1 FROM entry", store.path)
    store.entries.log(NewEntry(calls.id, seconds=120))
    assert other_program("SELECT seconds FROM entry", store.path) == "(60,) (120,)"


def other_program(query: str, path: Path) -> str:
    """What another program reads, which closes the file after it."""
    script = "import sqlite3, sys; print(*sqlite3.connect(sys.argv[2]).execute(sys.argv[1]))"
    command = [sys.executable, "-c", script, query, str(path)]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()
