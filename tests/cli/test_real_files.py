"""Files as they stand on real disks: links, read-only media, pipes, and names full of signs."""

import os
import shutil
import sqlite3
import stat
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine

from needlemover.__main__ import main

from ..store.conftest import sql
from .conftest import Ended, Needle

ESCAPES = "a\x1b[31m\x9b2J\u202e\x07"
READING = [
    ("today",),
    ("today", "--json"),
    ("activity", "list"),
    ("streaks",),
    ("progress",),
    ("review",),
    ("numbers",),
    ("worth",),
    ("goal",),
    ("problems",),
    ("settings",),
    ("off",),
    ("undo", "--list"),
    ("export", "-"),
]


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def obeyed(ended: Ended) -> set[str]:
    """What a terminal would obey of what was written."""
    return {sign for sign in (ended.out + ended.err) if sign in "\x1b\x07\u202e" or sign == "\x9b"}


@pytest.mark.parametrize(
    "line",
    [
        ("--db", "{}", "status"),
        ("--db", "{}", "today"),
        ("--db", "{}", "check"),
        ("--db", "{}", "where"),
        ("--db", "{}/", "log", "12"),
        ("restore", "{}"),
        ("backup", "{}/none/a.db"),
        ("import", "{}.csv"),
        ("export", "{}/none/a.json"),
        ("status", "--format", "{}{{"),
    ],
)
def test_no_name_that_came_from_outside_reaches_the_terminal_raw(
    needle: Needle, morning: Needle, tmp_path: Path, line: tuple[str, ...]
) -> None:
    (tmp_path / ESCAPES).write_text("not a database")
    ended = needle(*(item.format(tmp_path / ESCAPES) for item in line))
    assert "a␛[31m" in ended.out + ended.err
    assert obeyed(ended) == set()


def test_a_config_file_with_escapes_is_said_safely(program: Needle, tmp_path: Path) -> None:
    folder = tmp_path / ESCAPES
    assert obeyed(program("where", env={"NEEDLE_CONFIG": str(folder / "config.toml")})) == set()


# Links.


def test_a_first_start_through_a_link_makes_a_private_file_behind_it(
    program: Needle, forked: Needle, database: Path, tmp_path: Path
) -> None:
    database.parent.mkdir()
    real = tmp_path / "elsewhere.db"
    database.symlink_to(real)
    assert program("activity", "add", "Film").code == 0
    assert database.is_symlink()
    assert mode(real) == 0o600
    assert "Film" in forked("activity", "list").out


def test_a_link_into_a_folder_that_is_not_there_is_said(
    needle: Needle, database: Path, tmp_path: Path
) -> None:
    database.parent.mkdir()
    database.symlink_to(tmp_path / "not mounted" / "needle.db")
    ended = needle("activity", "add", "Film")
    assert ended.code == 1
    assert ended.is_a_sentence
    assert "make or mount it" in ended.err
    assert not (tmp_path / "not mounted").exists()


@pytest.mark.parametrize("was", ["sound", "damaged", "missing"])
def test_going_back_keeps_a_link_and_what_is_behind_it_private(
    needle: Needle, morning: Needle, database: Path, tmp_path: Path, was: str
) -> None:
    backup = tmp_path / "backup.db"
    morning("backup", str(backup))
    real = tmp_path / "elsewhere" / "real.db"
    real.parent.mkdir()
    shutil.move(database, real)
    database.symlink_to(real)
    if was == "damaged":
        real.write_bytes(real.read_bytes()[:4096] + b"\xff" * 90_000)
        real.with_name("real.db-wal").write_bytes(b"of the old file")
    elif was == "missing":
        real.unlink()
    ended = needle("restore", str(backup))
    assert (ended.code, ended.err.splitlines()[0]) == (0, f"Gone back to {backup}.")
    assert database.is_symlink()
    assert mode(real) == 0o600
    assert [path.name for path in real.parent.iterdir()] == ["real.db"]
    assert "Film one video" in needle("activity", "list").out


def test_the_file_of_bad_rows_is_private(needle: Needle, morning: Needle, tmp_path: Path) -> None:
    calls = tmp_path / "calls.csv"
    calls.write_text("day,minutes\n2026-11-20,12\n2026-11-20,many\n")
    assert "can be corrected" in needle("import", str(calls)).err
    assert mode(tmp_path / "calls.csv.rejects.csv") == 0o600


def test_a_backup_of_another_page_size_can_be_gone_back_to(
    needle: Needle, morning: Needle, tmp_path: Path
) -> None:
    backup = tmp_path / "backup.db"
    morning("backup", str(backup))
    with closing(sqlite3.connect(backup, isolation_level=None)) as connection:
        connection.execute("PRAGMA page_size = 65536")
        connection.execute("VACUUM")
    assert sql(backup, "PRAGMA page_size") == [(65536,)]
    morning("tick", "film")
    assert needle("restore", str(backup)).code == 0
    assert morning("today", "--json").json["activities"][1]["met"] is False
    assert morning("check").code == 0


# What only reads.


@pytest.mark.parametrize("line", [*READING, ("check",), ("backup", "--list"), ("status",)])
def test_what_only_reads_makes_no_folder_and_no_file(
    needle: Needle, database: Path, line: tuple[str, ...]
) -> None:
    ended = needle(*line)
    if line == ("backup", "--list"):
        assert ended.code == 0
    else:
        assert (ended.code, ended.out) == (1, "")
        assert ended.err == (
            f"There is no data at {database} yet (type needle, or name a file with --db).\n"
        )
    assert not database.parent.exists()


@pytest.mark.parametrize("line", [*READING, ("check",), ("backup", "--list"), ("status",)])
def test_what_only_reads_leaves_nothing_beside_the_file(
    needle: Needle, morning: Needle, database: Path, line: tuple[str, ...]
) -> None:
    before = database.read_bytes()
    assert needle(*line).code in (0, 3)
    assert [path.name for path in database.parent.iterdir()] == [database.name]
    assert database.read_bytes() == before


def test_a_trial_of_an_import_makes_no_file(needle: Needle, database: Path, tmp_path: Path) -> None:
    calls = tmp_path / "calls.csv"
    calls.write_text("day,minutes\n2026-11-20,12\n")
    ended = needle("import", str(calls), "--dry-run")
    assert (ended.code, "1 entry" in ended.err) == (0, True)
    assert not database.parent.exists()


@pytest.fixture
def on_a_medium(as_nobody: Path, needle: Needle, capsys: pytest.CaptureFixture[str]) -> Any:
    """A data file with an activity, in a folder in which nothing can be written."""
    medium = as_nobody / "medium"
    medium.mkdir()
    path = medium / "needle.db"
    assert main(["--db", str(path), "activity", "add", "Film", "--days", "daily"]) == 0
    medium.chmod(0o500)
    yield path
    medium.chmod(0o700)


@pytest.mark.parametrize("line", [*READING, ("check",), ("status",)])
def test_a_file_where_nothing_can_be_written_can_be_read(
    on_a_medium: Path, needle: Needle, line: tuple[str, ...]
) -> None:
    ended = needle("--db", str(on_a_medium), *line)
    assert ended.code in (0, 3), ended.err
    assert ended.out or ended.err


def test_such_a_file_says_why_it_cannot_be_changed(on_a_medium: Path, needle: Needle) -> None:
    ended = needle("--db", str(on_a_medium), "tick", "film")
    assert ended.code == 1
    assert ended.is_a_sentence


def test_such_a_file_can_be_gone_back_to(
    on_a_medium: Path, needle: Needle, as_nobody: Path
) -> None:
    live = as_nobody / "live.db"
    assert needle("--db", str(live), "restore", str(on_a_medium)).code == 0
    assert "Film" in needle("--db", str(live), "activity", "list").out


def test_changes_beside_such_a_file_are_not_left_out_in_silence(
    on_a_medium: Path, needle: Needle
) -> None:
    on_a_medium.parent.chmod(0o700)
    wal = on_a_medium.with_name("needle.db-wal")
    wal.write_bytes(b"some pages of it")
    wal.chmod(0o400)
    on_a_medium.parent.chmod(0o500)
    for line in (["today"], ["check"], ["status"]):
        ended = needle("--db", str(on_a_medium), *line)
        assert ended.code == 1
        assert ended.is_a_sentence
        assert "copy both into another folder first" in ended.err


# What is no file.


@pytest.mark.parametrize("line", [("today",), ("status",), ("log", "12"), ("check",), ("backup",)])
def test_a_pipe_or_a_device_as_the_data_file_is_refused(
    needle: Needle, program: Needle, tmp_path: Path, line: tuple[str, ...]
) -> None:
    os.mkfifo(tmp_path / "pipe")
    # What waits at a pipe waits without end: a program of its own is given up.
    for run, path in ((program, tmp_path / "pipe"), (needle, Path("/dev/null"))):
        ended = run("--db", str(path), *line)
        assert ended.code == 1
        assert ended.is_a_sentence
        assert "is a pipe or a device" in ended.err


@pytest.mark.parametrize("line", [("backup", "{}"), ("restore", "{}"), ("export", "{}")])
def test_the_home_of_nobody_is_the_name_of_a_folder(morning: Needle, line: tuple[str, ...]) -> None:
    ended = morning(*(item.format("~nobody at all/a.db") for item in line))
    assert ended.code == 1
    assert ended.is_a_sentence


# Backups that are not made.


def test_a_check_says_since_when_nothing_is_in_a_backup(
    morning: Needle, now: time_machine.Traveller
) -> None:
    now.shift(timedelta(days=3))
    assert morning("check").code == 0
    now.shift(timedelta(days=1))
    ended = morning("check")
    assert ended.code == 1
    assert "What was done since Tuesday 24 November 2026 is in no backup." in ended.out
    morning("backup")
    assert morning("check").err.startswith("All is well. 1 backup takes ")


def test_a_check_says_that_no_backup_can_be_made(morning: Needle, database: Path) -> None:
    folder = database.parent / "backups"
    folder.touch()
    ended = morning("check")
    assert ended.code == 1
    assert f"No backup can be made in {folder}: it is not a folder." in ended.out


def test_the_list_of_backups_says_what_they_take(morning: Needle, tmp_path: Path) -> None:
    made = Path(morning("backup").out.strip())
    with made.open("ab") as file:
        file.truncate(2_000_000)
    shutil.copy(made, made.with_name("needle-2026-11-20.db"))
    assert morning("backup", "--list").err == "2 backups take 4.0 MB.\n"
