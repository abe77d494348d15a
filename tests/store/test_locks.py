"""What this process holds of its data file stays held, so that no other one takes it away."""

import subprocess
import sys
from pathlib import Path

import pytest

from needlemover.__main__ import main
from needlemover.store.store import Store
from needlemover.store.today import read_file

from ..conftest import SetClock, terms

pytestmark = [
    pytest.mark.makes_files,
    pytest.mark.skipif(sys.platform == "win32", reason="there, locks are of the opening"),
]

TRY = """
import fcntl, sys
with open(sys.argv[1], "r+b") as file:
    fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB, 510, 1073741826)
"""
"""The bytes by which SQLite knows who has a file open: https://www.sqlite.org/lockingv3.html"""


def is_held(path: Path) -> bool:
    done = subprocess.run([sys.executable, "-c", TRY, str(path)], capture_output=True, text=True)
    assert not done.returncode or "BlockingIOError" in done.stderr
    return done.returncode != 0


@pytest.fixture
def calls(store: Store) -> Path:
    """The open data file."""
    store.activities.add("Calls", terms(60), is_sales=True)
    assert is_held(store.path)
    return store.path


def test_reading_the_day_leaves_the_file_held(store: Store, clock: SetClock, calls: Path) -> None:
    today = store.today
    assert read_file(str(calls), clock.now(), clock.zone(), lambda days: days.day(today))
    assert is_held(calls)


def test_a_second_store_leaves_the_file_held(store: Store, clock: SetClock, calls: Path) -> None:
    Store(calls, clock).close()
    assert is_held(calls)


def test_backups_leave_the_file_held(store: Store, calls: Path, tmp_path: Path) -> None:
    store.backups.make_daily(store.today)
    assert is_held(calls)
    store.backups.write(tmp_path / "copy.db")
    assert is_held(calls)
    store.backups.restore(tmp_path / "copy.db")
    assert is_held(calls)


@pytest.mark.parametrize(
    "command",
    [
        "status",
        "today",
        "check",
        "log 5 Calls",
        "undo",
        "backup",
        "backup {there}.db",
        "export {there}.json",
        "export {data} --force",
        "import {data}",
        "restore {data}",
    ],
)
def test_a_command_in_the_same_process_leaves_the_file_held(
    store: Store, calls: Path, tmp_path: Path, command: str
) -> None:
    words = command.format(there=tmp_path / "there", data=calls).split(" ")
    main(["--db", str(calls), *words])
    assert is_held(calls)


def test_what_another_program_reads_leaves_the_changes_beside_the_file(
    store: Store, clock: SetClock, calls: Path
) -> None:
    Store(calls, clock).close()
    subprocess.run([sys.executable, "-m", "needlemover", "--db", str(calls), "status"], check=False)
    assert calls.with_name(f"{calls.name}-wal").exists()
