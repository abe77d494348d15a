"""needle sync: two files on this machine, one folder, commands only."""

import errno
import os
import sqlite3
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from typing import NoReturn

import pytest
import time_machine

from needlemover.clock import Clock
from needlemover.exchange.sync import folder as rounds
from needlemover.exchange.sync.folder import run_round
from needlemover.exchange.sync.segment import NAME
from needlemover.store.care.salvage import save_readable
from needlemover.store.store import Store
from needlemover.store.sync.rows import states

from .conftest import Ended, Needle, put_in_place

Home = Callable[..., Ended]


@pytest.fixture
def shared(tmp_path: Path) -> Path:
    return tmp_path / "shared"


@pytest.fixture
def laptop(kept_morning: Path, database: Path, needle: Needle, shared: Path) -> Home:
    """A file with three activities, synced with the folder."""
    put_in_place(kept_morning, database)
    begun = needle("sync", str(shared))
    assert begun.code == 0, begun.err
    return needle


@pytest.fixture
def desktop(laptop: Home, tmp_path: Path, shared: Path) -> Home:
    """An empty file, synced with it likewise."""

    def run(*line: str) -> Ended:
        return laptop(*line, env={"NEEDLE_DB": str(tmp_path / "desktop" / "needle.db")})

    begun = run("sync", str(shared))
    assert begun.code == 0, begun.err
    return run


def rows_of(home: Home) -> list[str]:
    """All that a file holds, told without the ids that its rows have there."""
    path = Path(home("where", "--json").json["data"])
    store = Store(path, Clock(), only_reads=True)
    with closing(store), store.database.reading() as driver:
        return sorted(it for it in states(driver, everything=True) if '"f":' in it)


def files_in(shared: Path) -> list[Path]:
    return sorted(it for it in shared.rglob("*") if NAME.fullmatch(it.name))


def test_a_new_machine_gets_everything_and_changes_travel_both_ways(
    laptop: Home, desktop: Home
) -> None:
    assert rows_of(desktop) == rows_of(laptop)
    laptop("log", "12", "--with", "Acme [/b]", "--outcome", "asked", "--amount", "500")
    assert laptop("sync").code == 0
    came = desktop("sync")
    assert "came from" in came.err
    desktop("contact", "edit", "acme", "--phone", "0142")
    desktop("tick", "film")
    desktop("sync")
    laptop("sync")
    assert rows_of(desktop) == rows_of(laptop)
    assert laptop("contact", "show", "acme", "--json").json["contact"]["phone"] == "0142"
    assert {home("check").code for home in (laptop, desktop)} == {0}


def test_the_first_time_it_is_said_that_names_stand_in_the_folder(
    morning: Needle, shared: Path
) -> None:
    first = morning("sync", str(shared))
    assert first.err.startswith("The folder holds your entries, names and notes in the clear")
    again = morning("sync", str(shared))
    assert again.err == "Nothing new; no other machine has written to the folder yet.\n"
    assert {it.stat().st_mode & 0o777 for it in files_in(shared)} == {0o600}
    assert b"Film one video" in files_in(shared)[0].read_bytes()


def test_where_nothing_is_new_nothing_is_written(laptop: Home, desktop: Home, shared: Path) -> None:
    laptop("sync")
    before = files_in(shared)
    assert laptop("sync").err.startswith("Nothing new here, and nothing from ")
    assert files_in(shared) == before


def test_the_status_tells_the_machines_and_what_was_left(
    laptop: Home, desktop: Home, shared: Path
) -> None:
    nothing = desktop("sync", "--status", "--json").json
    assert (nothing["away"], nothing["left"], nothing["waiting"]) == (False, [], False)
    (shared / "x-ccccc").mkdir()
    bad = shared / "x-ccccc" / "00000001-00000000.jsonl"
    bad.write_text('{"format":"needlemover sync","version":9}\n')
    laptop("tick", "film")
    said = laptop("sync", "--status")
    assert (said.code, said.lines[0]) == (0, f"folder   {shared}")
    assert said.lines[-1].startswith(f"left     {bad.name} of “x-ccccc” is of a newer Needlemover")
    assert said.err.startswith("What was changed here goes out with the next round")
    answer = laptop("sync", "--json").json
    assert (answer["version"], answer["folder"], answer["came"]) == (1, str(shared), 0)
    assert answer["went"] == 1
    assert len(answer["left"]) == len(answer["machines"]) == 1


def test_the_log_tells_what_came_and_what_it_took_the_place_of(
    laptop: Home, desktop: Home, now: time_machine.Traveller
) -> None:
    assert laptop("sync", "--log").err.startswith("Nothing here was changed by another")
    laptop("contact", "add", "Acme [/b]", "--phone", "0141")
    laptop("sync")
    desktop("sync")
    laptop("contact", "edit", "acme", "--phone", "0142")
    now.shift(60)
    desktop("contact", "edit", "acme", "--phone", "0143")
    for home in (laptop, desktop, laptop):
        home("sync")
    (note,) = [it for it in laptop("sync", "--log", "--json").json["log"] if it["field"] == "phone"]
    assert (note["what"], note["was"], note["now"]) == ("contact", "0142", "0143")
    assert note["overrode"]
    assert note["about"] == "Acme [/b]"
    (line,) = [it for it in laptop("sync", "--log").lines if "phone" in it]
    assert line.endswith("buyer “Acme [/b]”: phone “0142” became “0143”, over an edit made here")


def test_a_folder_that_is_away_is_no_error(laptop: Home, shared: Path) -> None:
    moved = shared.rename(shared.with_name("moved"))
    laptop("tick", "film")
    ended = laptop("sync")
    assert (ended.code, ended.err) == (0, f"{shared} is away: it is synced when it is back.\n")
    assert laptop("sync", "--status").lines[0] == f"folder   {shared} (away)"
    moved.rename(shared)
    assert laptop("sync").err == "1 change went out, none came.\n"


def test_a_folder_that_only_reads_is_one_sentence_and_nothing_is_lost(
    laptop: Home, desktop: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    desktop("log", "5")
    desktop("sync")
    laptop("tick", "film")
    with monkeypatch.context() as patch:
        patch.setattr(rounds, "write_segment", _only_reads)
        for line in ("sync", "sync --json"):
            ended = laptop(*line.split())
            assert (ended.code, ended.err.count("\n")) == (1, 1)
            assert ended.err.endswith("so nothing went out: Read-only file system.\n")
    assert laptop("sync").err == "1 change went out, none came.\n", (
        "what had come came all the same"
    )
    desktop("sync")
    assert rows_of(desktop) == rows_of(laptop)


def _only_reads(*_: object) -> NoReturn:
    raise OSError(errno.EROFS, os.strerror(errno.EROFS))


class KilledError(BaseException):
    """Stands for a program that ends at once."""


@pytest.mark.parametrize("at", ["_read", "write_segment", "_put_together", "written", "take_in"])
def test_a_round_that_is_killed_anywhere_loses_nothing(
    at: str, laptop: Home, desktop: Home, database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desktop("log", "5")
    desktop("sync")
    laptop("tick", "film")

    def is_killed(*_: object, **__: object) -> NoReturn:
        raise KilledError

    with monkeypatch.context() as patch, closing(Store(database, Clock())) as store:
        patch.setattr(store.sync if at in ("written", "take_in") else rounds, at, is_killed)
        with pytest.raises(KilledError):
            run_round(store)
    for home in (laptop, desktop, laptop):
        assert home("sync").code == 0
    assert rows_of(desktop) == rows_of(laptop)


def test_a_rescued_file_goes_on_and_gets_back_what_it_had_lost(
    laptop: Home, desktop: Home, database: Path, tmp_path: Path
) -> None:
    laptop("log", "5", "--with", "Acme")
    laptop("log", "6", "--with", "Globex")
    for home in (laptop, desktop):
        home("sync")
    desktop("contact", "edit", "acme", "--phone", "0142")
    laptop("undo")
    for home in (laptop, desktop, laptop):
        home("sync")
    before = rows_of(laptop)
    with closing(sqlite3.connect(database)) as connection, connection:
        connection.execute("UPDATE sync SET merging = 1")  # what is damaged is not deleted
        connection.execute("DELETE FROM entry")
        connection.execute("UPDATE sync SET merging = 0")
    saved = save_readable(database, tmp_path / "saved.db")
    for path in tmp_path.glob(f"{database.name}*"):
        path.unlink()
    saved.path.rename(database)
    for home in (laptop, desktop, laptop):
        assert home("sync").code == 0
    assert rows_of(laptop) == rows_of(desktop) == before
    assert laptop("check").code == 0


def test_it_can_be_stopped_and_begun_again(laptop: Home, desktop: Home, shared: Path) -> None:
    assert desktop("sync", "--stop").code == 0
    for line in ("sync", "sync --stop"):
        ended = desktop(*line.split())
        assert (ended.code, ended.is_a_sentence) == (1, True)
        assert ended.err.endswith("(needle sync DIR).\n")
    assert desktop("sync", "--status").code == 0
    desktop("log", "5")
    desktop("tick", "film")
    desktop("undo")
    laptop("tick", "film")
    laptop("sync")
    assert desktop("sync", str(shared)).code == 0
    laptop("sync")
    assert rows_of(desktop) == rows_of(laptop)


def test_a_machine_that_is_gone_is_forgotten(laptop: Home, desktop: Home, shared: Path) -> None:
    laptop("sync")
    (peer,) = laptop("sync", "--status", "--json").json["machines"]
    wrong = laptop("sync", "--forget", "nobody\x1b")
    assert (wrong.code, wrong.is_a_sentence) == (1, True)
    assert "\x1b" not in wrong.err
    assert f"“{peer['name']}”" in wrong.err
    assert laptop("sync", "--forget", peer["machine"]).code == 0
    assert laptop("sync", "--status", "--json").json["machines"] == []
    assert laptop("sync").err.startswith("Nothing new")
    desktop("tick", "film")  # it was not gone for good
    desktop("sync")
    assert "came from" in laptop("sync").err
    assert rows_of(desktop) == rows_of(laptop)


@pytest.mark.parametrize("line", ["x --stop", "--stop --log", "--status --forget x"])
def test_two_things_at_once_are_refused(morning: Needle, line: str) -> None:
    ended = morning("sync", *line.split())
    assert (ended.code, ended.is_a_sentence) == (2, True)


def test_a_folder_that_cannot_be_is_refused(morning: Needle, database: Path) -> None:
    for folder in (database.parent, database, database / "x", Path("/none/such"), Path("/proc/x")):
        ended = morning("sync", str(folder))
        assert (ended.code, ended.is_a_sentence) == (1, True), ended.err
    assert morning("sync", "--status", "--json").json["folder"] is None


def test_a_name_of_another_machine_obeys_nobody(laptop: Home, desktop: Home, shared: Path) -> None:
    for path in files_in(shared):
        content = path.read_text()
        if '"snapshot":true' in content:
            path.write_text(content.replace('"name":"', '"name":"\\u001b[31m', 1))
    for line in ("sync", "sync --status", "sync --log", "sync --forget x"):
        ended = laptop(*line.split())
        assert "\x1b" not in ended.out + ended.err


def test_two_rounds_at_once_do_no_harm(
    laptop: Home, desktop: Home, database: Path, program: Needle
) -> None:
    def do_round(_: int) -> None:
        with closing(Store(database, Clock())) as store:
            run_round(store)

    for number in range(5):
        laptop("log", str(number + 1))
    with ThreadPoolExecutor() as pool:
        assert list(pool.map(do_round, range(2))) == [None, None]
    assert desktop("sync").err.startswith("5 changes came from ")
    assert rows_of(desktop) == rows_of(laptop)
    alone = program("sync", "--json")
    assert (alone.code, alone.err, alone.json["went"]) == (0, "", 0)
