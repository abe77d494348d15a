"""What is acknowledged stays, whatever happens to the process; several processes lose nothing."""

import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from needlemover.clock import Clock
from needlemover.domain.errors import NeedleError
from needlemover.domain.promises.commitment import ActivityFact
from needlemover.store.calls.new_entry import NewEntry
from needlemover.store.derived import wrong_sums
from needlemover.store.imports.content import ImportedEntry
from needlemover.store.store import Store

from ..forked import instead
from .conftest import keep, sql

if os.name == "posix":
    import resource

pytestmark = pytest.mark.makes_files


def log_and_say(path: Path, number: int, name: str) -> None:
    store = Store(path, Clock())
    print("ready", flush=True)
    sys.stdin.readline()
    for each in range(number):
        note = f"{name} {each}"
        entry = store.entries.log(NewEntry(1, seconds=60, note=note)).entry
        print(entry.id, note, flush=True)


needs_posix = pytest.mark.skipif(os.name != "posix", reason="signals and limits of POSIX")


def logger(path: Path, number: int, name: str = "call") -> subprocess.Popen[str]:
    """A process that is ready to log so many entries, and acknowledges each on a line."""
    process = subprocess.Popen(
        ["a logger"],
        preexec_fn=instead(lambda: log_and_say(path, number, name)),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    return process


def begin(process: subprocess.Popen[str]) -> None:
    assert process.stdin is not None
    process.stdin.write("\n")
    process.stdin.flush()


@needs_posix
@pytest.mark.parametrize("acknowledged", [1, 10, 37, 90])
def test_every_acknowledged_log_is_there_after_the_process_was_killed(
    store: Store, calls: ActivityFact, acknowledged: int
) -> None:
    store.close()
    process = logger(store.path, 100_000)
    assert process.stdout is not None
    begin(process)
    said = [process.stdout.readline() for _ in range(acknowledged)]
    process.send_signal(signal.SIGKILL)
    said += process.stdout.readlines()
    assert process.wait() == -signal.SIGKILL

    notes = {
        f"{entry_id} {note}\n" for entry_id, note in sql(store.path, "SELECT id, note FROM entry")
    }
    # A line that was cut short in the middle acknowledges nothing.
    whole = {line for line in said if line.endswith("\n")}
    assert len(whole) >= acknowledged
    assert whole - notes == set()
    assert len(notes - whole) <= 1
    assert sql(store.path, "PRAGMA integrity_check") == [("ok",)]
    assert sql(store.path, "PRAGMA foreign_key_check") == []
    steps = sql(store.path, "SELECT count(*) FROM change")[0][0]
    assert steps == min(len(notes) + 1, 1000)


def test_two_processes_that_log_at_once_lose_nothing(store: Store, calls: ActivityFact) -> None:
    store.close()
    both = [logger(store.path, 100, name) for name in ("one", "two")]
    for process in both:
        begin(process)
    ended = [process.communicate() for process in both]
    assert [error for _, error in ended] == ["", ""]
    acknowledged = [line for said, _ in ended for line in said.splitlines()]
    ids = [line.split()[0] for line in acknowledged]
    assert (len(ids), len(set(ids))) == (200, 200)
    rows = sql(store.path, "SELECT id, note FROM entry")
    assert sorted(f"{entry_id} {note}" for entry_id, note in rows) == sorted(acknowledged)
    assert sql(store.path, "PRAGMA integrity_check") == [("ok",)]


def fill_the_disk(path: Path, more: int) -> None:
    store = Store(path, Clock())
    store.entries.log(NewEntry(1, seconds=60, note="before"))
    wal = path.with_name(path.name + "-wal")
    no_limit = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (wal.stat().st_size + more, no_limit[1]))
    try:
        store.entries.log(NewEntry(1, seconds=60, note="full " * 1900))
        said = "nothing"
    except NeedleError as error:
        said = str(error)
    shown = [entry.note for entry in store.day().entries]
    resource.setrlimit(resource.RLIMIT_FSIZE, no_limit)
    store.entries.log(NewEntry(1, seconds=60, note="after"))
    print(shown, [entry.note for entry in store.day().entries], said, sep="\n")


@needs_posix
@pytest.mark.parametrize("room", [0, 4096, 10_000])
def test_a_full_disk_is_said_nothing_is_half_done_and_the_file_stays_sound(
    store: Store, calls: ActivityFact, room: int
) -> None:
    store.close()
    done = subprocess.run(
        ["a logger"],
        preexec_fn=instead(lambda: fill_the_disk(store.path, room)),
        capture_output=True,
        text=True,
        check=True,
    )
    before, after, said = done.stdout.splitlines()
    assert before == "['before']"
    assert after == "['before', 'after']"
    assert "Nothing was changed" in said or "nothing was changed" in said
    assert sql(store.path, "SELECT note FROM entry ORDER BY id") == [("before",), ("after",)]
    assert sql(store.path, "SELECT count(*) FROM change") == [(3,)]
    assert sql(store.path, "PRAGMA integrity_check") == [("ok",)]


def import_or_die(path: Path, number: int, end: str) -> None:
    """Import so many rows, or die when all of them are in and the triggers are still away."""
    store = Store(path, Clock())
    day = store.today

    def rows() -> Iterator[ImportedEntry]:
        for each in range(number):
            yield ImportedEntry(str(each), day.replace(day=1), seconds=60)
        if end == "die":
            driver = store.database.driver
            triggers = driver.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
            assert ("entry_comes",) not in triggers.fetchall()
            os.kill(os.getpid(), signal.SIGKILL)

    store.imports.add(rows(), source="crm", file_name="calls.csv")


@needs_posix
@pytest.mark.parametrize("rows", [1, 3000])
def test_an_import_killed_while_its_triggers_are_suspended_leaves_them_and_what_they_keep(
    store: Store, calls: ActivityFact, rows: int
) -> None:
    store.entries.log(NewEntry(calls.id, seconds=60))
    keep(store)
    names = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' ORDER BY name"
    kept = (names, "SELECT * FROM day_sum", "SELECT * FROM kept_past", "SELECT * FROM entry")
    before = [sql(store.path, statement) for statement in kept]
    store.close()

    def imported(end: str) -> int:
        do = instead(lambda: import_or_die(store.path, rows, end))
        return subprocess.run(["an import"], preexec_fn=do, check=False).returncode

    assert imported("die") == -signal.SIGKILL
    assert [sql(store.path, statement) for statement in kept] == before
    assert imported("live") == 0
    triggers, sums, past, entries = (sql(store.path, statement) for statement in kept)
    assert (triggers, len(entries), past) == (before[0], rows + 1, [])
    assert sum(row[3] for row in sums) == rows + 1
    with closing(sqlite3.connect(store.path)) as connection:
        assert wrong_sums(connection) == []
