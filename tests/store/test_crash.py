"""What is acknowledged stays, whatever happens to the process; several processes lose nothing."""

import os
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from textwrap import dedent

import pytest

from needlemover.domain.promises.commitment import ActivityFact
from needlemover.store.calls.new_entry import NewEntry
from needlemover.store.derived import wrong_sums
from needlemover.store.store import Store

from .conftest import keep, sql

pytestmark = pytest.mark.makes_files

LOG_AND_SAY = dedent(
    """
    import sys
    from pathlib import Path
    from needlemover.clock import Clock
    from needlemover.store.calls.new_entry import NewEntry
    from needlemover.store.store import Store

    store = Store(Path(sys.argv[1]), Clock())
    print("ready", flush=True)
    sys.stdin.readline()
    for number in range(int(sys.argv[2])):
        note = f"{sys.argv[3]} {number}"
        entry = store.entries.log(NewEntry(1, seconds=60, note=note)).entry
        print(entry.id, note, flush=True)
    """
)

needs_posix = pytest.mark.skipif(os.name != "posix", reason="signals and limits of POSIX")


def logger(path: Path, number: int, name: str = "call") -> subprocess.Popen[str]:
    """A process that is ready to log so many entries, and acknowledges each on a line."""
    process = subprocess.Popen(
        [sys.executable, "-c", LOG_AND_SAY, path, str(number), name],
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


FILL_THE_DISK = dedent(
    """
    import resource, sys
    from pathlib import Path
    from needlemover.clock import Clock
    from needlemover.domain.errors import NeedleError
    from needlemover.store.calls.new_entry import NewEntry
    from needlemover.store.store import Store

    path = Path(sys.argv[1])
    store = Store(path, Clock())
    store.entries.log(NewEntry(1, seconds=60, note="before"))
    wal = path.with_name(path.name + "-wal")
    no_limit = resource.getrlimit(resource.RLIMIT_FSIZE)
    room = wal.stat().st_size + int(sys.argv[2])
    resource.setrlimit(resource.RLIMIT_FSIZE, (room, no_limit[1]))
    try:
        store.entries.log(NewEntry(1, seconds=60, note="full " * 1900))
        said = "nothing"
    except NeedleError as error:
        said = str(error)
    shown = [entry.note for entry in store.day().entries]
    resource.setrlimit(resource.RLIMIT_FSIZE, no_limit)
    store.entries.log(NewEntry(1, seconds=60, note="after"))
    print(shown, [entry.note for entry in store.day().entries], said, sep="\\n")
    """
)


@needs_posix
@pytest.mark.parametrize("room", [0, 4096, 10_000])
def test_a_full_disk_is_said_nothing_is_half_done_and_the_file_stays_sound(
    store: Store, calls: ActivityFact, room: int
) -> None:
    store.close()
    done = subprocess.run(
        [sys.executable, "-c", FILL_THE_DISK, store.path, str(room)],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    before, after, said = done.stdout.splitlines()
    assert before == "['before']"
    assert after == "['before', 'after']"
    assert "Nothing was changed" in said or "nothing was changed" in said
    assert sql(store.path, "SELECT note FROM entry ORDER BY id") == [("before",), ("after",)]
    assert sql(store.path, "SELECT count(*) FROM change") == [(3,)]
    assert sql(store.path, "PRAGMA integrity_check") == [("ok",)]


DIE_WITHOUT_TRIGGERS = dedent(
    """
    import os, signal, sys
    from pathlib import Path
    from needlemover.clock import Clock
    from needlemover.store.imports.content import ImportedEntry
    from needlemover.store.store import Store

    store = Store(Path(sys.argv[1]), Clock())
    day = store.today

    def rows():
        for number in range(int(sys.argv[2])):
            yield ImportedEntry(str(number), day.replace(day=1), seconds=60)
        if sys.argv[3] == "die":
            driver = store.database.driver
            triggers = driver.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
            assert ("entry_comes",) not in triggers.fetchall()
            os.kill(os.getpid(), signal.SIGKILL)

    store.imports.add(rows(), source="crm", file_name="calls.csv")
    """
)


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
        command = [sys.executable, "-c", DIE_WITHOUT_TRIGGERS, store.path, str(rows), end]
        return subprocess.run(command, check=False).returncode

    assert imported("die") == -signal.SIGKILL
    assert [sql(store.path, statement) for statement in kept] == before
    assert imported("live") == 0
    triggers, sums, past, entries = (sql(store.path, statement) for statement in kept)
    assert (triggers, len(entries), past) == (before[0], rows + 1, [])
    assert sum(row[3] for row in sums) == rows + 1
    with closing(sqlite3.connect(store.path)) as connection:
        assert wrong_sums(connection) == []
