"""Names that would upset a terminal, and files that cannot be used."""

import os
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest

from needlemover.store.schema import APPLICATION_ID

from .conftest import Needle

NAMES = [
    "[/b] closes nothing",
    "[red]not red[/red]",
    "👩‍💻🇺🇦 emoji",
    "שלום עולם",
    "x" * 500,
    "two\nlines\tand a tab",
    "\x1b[31mred\x1b[0m\x07\x9b2J",
    "a\u202eright\u2066to\u200fleft",
    "'; DROP TABLE entry; --",
    "%s {0} $HOME `x` \\",
]


@pytest.mark.parametrize("name", NAMES)
def test_any_name_is_shown_as_itself_and_safely(needle: Needle, name: str) -> None:
    assert needle("activity", "add", name, "--sales", "--days", "daily").code == 0
    assert needle("activity", "add", name).code == 1
    written = [
        needle("log", "12", name, "--with", name, "--note", name),
        needle("start", name, "--with", name),
        needle("start", name),
        needle("today"),
        needle("today", "--json"),
        needle("stop", "--note", name),
        needle("off", "tomorrow", "--reason", name, "--activity", name),
        needle("off"),
        needle("activity", "list"),
        needle("streaks"),
        needle("streaks", "--json"),
        needle("undo", "--list"),
        needle("undo"),
        needle("tick", f"{name} that is not there"),
        needle("settings", name),
    ]
    assert [item.code for item in written] == [0, 0, 1, *[0] * 10, 2, 2]
    for item in written:
        raw = set(item.out + item.err) - {"\n"}
        if item.out.startswith("{"):
            continue
        assert not {sign for sign in raw if ord(sign) < 32 or 127 <= ord(sign) < 160}
        assert not raw & set("\u202e\u2066\u200f")
    today = written[4].json
    assert today["activities"][0]["name"] == name
    assert today["running"]["contact"] == " ".join(name.split())
    assert today["sales"]["conversations"] == 1


def test_json_keeps_control_signs_escaped(needle: Needle) -> None:
    needle("activity", "add", "\x1b[31mred\x1b[0m")
    ended = needle("today", "--json")
    assert "\x1b" not in ended.out
    assert ended.json["activities"][0]["name"] == "\x1b[31mred\x1b[0m"


def test_bytes_that_are_no_text_are_refused(program: Needle, needle: Needle) -> None:
    needle("activity", "add", "Sales", "--sales")
    for run, line in (
        (program, [b"12", b"--with", b"\xff\xfe"]),
        (needle, ["\udcff"]),
        (needle, ["12", "\udcff"]),
    ):
        ended = run("log", *line)
        assert ended.code in (1, 2)
        assert ended.is_a_sentence
    assert needle("today", "--json").json["sales"]["dials"] == 0


def test_a_file_whose_name_is_no_text_can_be_used(
    program: Needle, forked: Needle, tmp_path: Path
) -> None:
    path = os.fsencode(tmp_path) + b"/\xff?50%.db"
    assert program("--db", path, "activity", "add", "Film").code == 0
    assert "Film" in forked("--db", os.fsdecode(path), "activity", "list").out
    assert os.path.exists(path)


def test_a_file_that_is_no_database_is_refused_and_left_alone(
    program: Needle, database: Path
) -> None:
    database.parent.mkdir()
    database.write_text("Dear diary, today I called nobody.\n" * 100)
    before = database.read_bytes()
    ended = program("log", "12")
    assert ended.code == 1
    assert ended.is_a_sentence
    assert "is not a database" in ended.err
    assert database.read_bytes() == before


def test_another_programs_database_is_refused_and_left_alone(
    needle: Needle, database: Path
) -> None:
    database.parent.mkdir()
    with closing(sqlite3.connect(database)) as other:
        other.execute("CREATE TABLE theirs (id INTEGER)")
    before = database.read_bytes()
    ended = needle("today")
    assert ended.code == 1
    assert ended.is_a_sentence
    assert database.read_bytes() == before


def test_a_newer_versions_file_is_refused_untouched(needle: Needle, database: Path) -> None:
    needle("activity", "add", "Film")
    with closing(sqlite3.connect(database)) as newer:
        newer.execute("PRAGMA journal_mode = DELETE")
        newer.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        newer.execute("PRAGMA user_version = 99")
    before = database.read_bytes()
    for line in (["today"], ["tick", "film"]):
        ended = needle(*line)
        assert ended.code == 1
        assert "newer version" in ended.err
        assert ended.err.count("\n") == 1
    assert database.read_bytes() == before
    assert sorted(path.name for path in database.parent.iterdir()) == [database.name]


def test_a_folder_is_no_file(needle: Needle, database: Path) -> None:
    database.mkdir(parents=True)
    ended = needle("today")
    assert ended.code == 1
    assert ended.is_a_sentence


def test_a_place_where_no_folder_can_be_made_is_said(needle: Needle, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    ended = needle("--db", str(tmp_path / "file" / "below" / "needle.db"), "log", "12")
    assert ended.code == 1
    assert ended.is_a_sentence


@contextmanager
def locked(path: Path, how: str = "SELECT 1") -> Iterator[None]:
    """Another process that writes and does not end."""
    held = (
        "import sqlite3, sys\n"
        "connection = sqlite3.connect(sys.argv[1], isolation_level=None)\n"
        f"connection.execute({how!r})\n"
        "connection.execute('BEGIN EXCLUSIVE')\n"
        "print('held', flush=True)\n"
        "sys.stdin.read()\n"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", held, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert process.stdin is not None
    assert process.stdout is not None
    try:
        assert process.stdout.readline() == b"held\n"
        yield
    finally:
        process.stdin.close()
        process.wait(timeout=30)
        process.stdout.close()


def test_a_locked_file_is_said_and_loses_nothing(
    morning: Needle, database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("needlemover.store.file.PATIENCE", 0.05)
    with locked(database):
        ended = morning("log", "12")
        assert ended.code == 1
        assert ended.is_a_sentence
        assert "Another program holds" in ended.err
    assert morning("log", "12").code == 0
    assert morning("today", "--json").json["sales"]["dials"] == 1


@pytest.mark.parametrize("command", ["status", "today"])
def test_who_only_reads_says_at_once_that_another_program_holds_the_file(
    morning: Needle, database: Path, command: str
) -> None:
    with locked(database, "PRAGMA locking_mode = EXCLUSIVE"):
        begun = time.monotonic()
        ended = morning(command)
        assert time.monotonic() - begun < 2
        assert ended.code == 1
        assert ended.is_a_sentence
        assert "Another program holds" in ended.err
    assert morning(command).code != 1


@pytest.mark.skipif(sys.platform == "win32", reason="the limit is of POSIX")
def test_a_full_disk_is_said_and_loses_nothing(
    program: Needle, morning: Needle, database: Path
) -> None:
    morning("log", "12")
    with closing(sqlite3.connect(database)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def no_room() -> None:
        import resource

        resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))

    full: dict[str, Any] = {"preexec_fn": no_room, "env": {"PYTHONDONTWRITEBYTECODE": "1"}}
    ended = program("log", "5", "--note", "x" * 5000, **full)
    assert ended.code == 1
    assert ended.is_a_sentence
    with closing(sqlite3.connect(database)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert morning("today", "--json").json["sales"]["seconds"] == 720


@pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write everywhere"
)
def test_a_read_only_file_is_said(program: Needle, morning: Needle, database: Path) -> None:
    database.chmod(0o400)
    database.parent.chmod(0o500)
    try:
        ended = program("tick", "film")
    finally:
        database.parent.chmod(0o700)
        database.chmod(0o600)
    assert ended.code == 1
    assert ended.is_a_sentence


def test_a_database_that_takes_no_writing_is_said(
    morning: Needle, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What a read-only disk does, for those whom no permission stops."""
    from needlemover.store.file import Database

    begin = Database.writing

    @contextmanager
    def read_only(self: Database) -> Iterator[Any]:
        self.connection.exec_driver_sql("PRAGMA query_only = ON")
        with begin(self) as connection:
            yield connection

    monkeypatch.setattr(Database, "writing", read_only)
    ended = morning("tick", "film")
    assert ended.code == 1
    assert ended.is_a_sentence
    assert "cannot be written to" in ended.err


def test_a_damaged_file_is_said(needle: Needle, morning: Needle, database: Path) -> None:
    with closing(sqlite3.connect(database)) as connection:
        connection.execute("PRAGMA journal_mode = DELETE")
    sound = database.read_bytes()
    database.write_bytes(sound[:4096] + b"\xff" * (len(sound) - 4096))
    ended = needle("today")
    assert ended.code == 1
    assert ended.is_a_sentence


def test_a_number_below_zero_is_named_as_it_was_typed(morning: Needle) -> None:
    assert morning("settings", "retry_days", "-1").err.startswith("“-1” is not a number of days")
