"""needle remind: one sentence when something is due, once, and else nothing."""

import os
import sqlite3
import stat
import subprocess
import sys
from contextlib import closing
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from time_machine import Traveller

from needlemover.cli import reminders

from ..faults.deeds import must
from .conftest import Needle
from .test_light_commands import loaded_by
from .test_status_command import ALL_DAY, local

BERLIN = ZoneInfo("Europe/Berlin")


@pytest.fixture
def config(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "config.toml"
    monkeypatch.setenv("NEEDLE_CONFIG", str(path))
    return path


def said(needle: Needle, now: Traveller, *times: tuple[int, int]) -> list[str]:
    """What it says at times of the 24th, one after the other."""
    found = []
    for hour, minute in times:
        now.move_to(local(24, hour, minute))
        ended = needle("remind")
        assert (ended.code, ended.err) == (0, "")
        found.append(ended.out.rstrip("\n"))
    return found


def test_through_a_day_each_thing_is_said_once(
    needle: Needle, now: Traveller, config: Path
) -> None:
    now.move_to(local(23, 12))
    needle("activity", "add", "Sales", "--sales", "--minutes", "60", "--at", "9:00")
    needle("callback", "Fjord Logistics", "24 nov 14:00")
    times = [(8, 59), (9, 0), (9, 5), (13, 59), (14, 0), (14, 5), (15, 29), (15, 30), (15, 59)]
    assert said(needle, now, *times) == [
        "", "A start is set for 09:00.", "", "", "A call is promised for 14:00.", "", "",
        "Start by 16:00 to win today.", "",
    ]  # fmt: skip


def test_names_are_said_only_where_the_config_says_so(
    needle: Needle, now: Traveller, config: Path
) -> None:
    now.move_to(local(23, 12))
    needle("activity", "add", "Sales \x1b[31m", "--sales", "--minutes", "60", "--at", "9:00")
    needle("callback", "Fjord [b]", "24 nov 14:00")
    config.write_text("[nudge]\nnames = true\n")
    assert said(needle, now, (10, 0), (14, 0)) == [
        "Start Sales ␛[31m: set for 09:00.", "Call Fjord [b]: promised for 14:00.",
    ]  # fmt: skip


def test_of_several_things_one_is_said_at_a_time(needle: Needle, now: Traveller) -> None:
    now.move_to(local(23, 12))
    for name in ("Ann", "Bob"):
        needle("callback", name, "24 nov 14:00")
    assert said(needle, now, (14, 0), (14, 0), (14, 0)) == ["A call is promised for 14:00."] * 2 + [
        ""
    ]


def test_what_is_settled_begun_or_off_is_not_said(needle: Needle, now: Traveller) -> None:
    now.move_to(local(23, 12))
    needle("activity", "add", "Sales", "--sales", "--minutes", "60", "--at", "9:00")
    needle("callback", "Ann", "24 nov 14:00")
    now.move_to(local(24, 8))
    needle("log", "60", "--with", "Ann", "--at", "6:30")
    assert said(needle, now, (9, 0), (14, 0), (15, 45)) == [""] * 3
    needle("undo")
    needle("off", "2026-11-24")
    assert said(needle, now, (9, 0), (14, 0), (15, 45)) == [""] * 3


def test_without_data_it_says_nothing_and_makes_nothing(needle: Needle, database: Path) -> None:
    ended = needle("remind")
    assert (ended.code, ended.out, ended.err) == (0, "", "")
    assert not database.parent.exists()


def test_the_data_file_is_only_read_and_the_state_stands_beside_it(
    needle: Needle, now: Traveller, database: Path
) -> None:
    now.move_to(local(24, 8))
    needle("activity", "add", "Sales", "--sales", "--minutes", "60", "--at", "9:00")
    before = database.read_bytes()
    assert said(needle, now, (9, 0)) == ["A start is set for 09:00."]
    assert database.read_bytes() == before
    state = database.with_name(f"{database.name}.said")
    assert stat.S_IMODE(state.stat().st_mode) & 0o077 == 0
    with closing(sqlite3.connect(state)) as connection:
        assert connection.execute("SELECT * FROM said").fetchall() == [("2026-11-24", "start 1")]


def test_a_link_to_the_data_file_says_nothing_twice(
    needle: Needle, now: Traveller, database: Path
) -> None:
    now.move_to(local(24, 8))
    needle("activity", "add", "Sales", "--sales", "--minutes", "60", "--at", "9:00")
    link = database.with_name("other.db")
    link.symlink_to(database)
    assert said(needle, now, (9, 0)) == ["A start is set for 09:00."]
    assert needle("--db", str(link), "remind").out == ""


def test_a_state_file_that_is_none_is_made_anew(
    needle: Needle, now: Traveller, database: Path
) -> None:
    now.move_to(local(24, 8))
    needle("activity", "add", "Sales", "--sales", "--minutes", "60", "--at", "9:00")
    database.with_name(f"{database.name}.said").write_bytes(b"no database" * 200)
    assert said(needle, now, (9, 0), (9, 1)) == ["A start is set for 09:00.", ""]


def test_it_loads_nothing_heavy(database: Path) -> None:
    must(database, "activity", "add", "Sales", "--sales", "--minutes", "60", "--days", "daily")
    must(database, "settings", "working_day", ALL_DAY)
    code, modules, _ = loaded_by("remind")  # by the true clock, which may have something to say
    assert code == 0
    assert not modules & {"sqlalchemy", "sqlmodel", "typer", "textual", "rich", "inspect"}


# Having the system's timer run it.


@pytest.fixture
def systemd(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A system with systemd, whose commands are written down in `calls`."""
    folder = tmp_path / "bin"
    folder.mkdir()
    for name in ("systemctl", "notify-send"):
        path = folder / name
        path.write_text(
            f'#!/bin/sh\nprintf "%s|" {name} "$@" >> {tmp_path}/calls\necho >> {tmp_path}/calls\n'
        )
        path.chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}:{os.environ['PATH']}")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setattr(reminders.sys, "platform", "linux")
    monkeypatch.setattr(reminders.os.path, "isdir", lambda path: True)
    return tmp_path / "calls"


def test_install_writes_a_user_timer_and_remove_takes_it_away(
    needle: Needle, systemd: Path, tmp_path: Path
) -> None:
    units = tmp_path / "config" / "systemd" / "user"
    ended = needle("remind", "--install")
    assert (ended.code, ended.out) == (0, "")
    assert "It looks every 5 minutes." in ended.err
    assert sorted(path.name for path in units.iterdir()) == [
        "needlemover-remind.service", "needlemover-remind.timer",
    ]  # fmt: skip
    timer = (units / "needlemover-remind.timer").read_text()
    assert "Persistent=true" in timer
    assert systemd.read_text().splitlines() == [
        "systemctl|--user|daemon-reload|",
        "systemctl|--user|enable|--now|needlemover-remind.timer|",
    ]
    ended = needle("remind", "--remove")
    assert "Removed" in ended.err
    assert list(units.iterdir()) == []
    assert "disable|--now" in systemd.read_text()
    assert "Nothing was installed" in needle("remind", "--remove").err


def test_the_timer_looks_at_the_files_of_the_line_that_installed_it(
    needle: Needle, systemd: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NEEDLE_CONFIG", "elsewhere")
    database, config = tmp_path / "other.db", tmp_path / "mine.toml"
    needle("--config", str(config), "--db", str(database), "remind", "--install")
    service = tmp_path / "config" / "systemd" / "user" / "needlemover-remind.service"
    assert f" --db {database} --config {config} remind)" in service.read_text()


def unescaped(command: str) -> str:
    """An argument in double quotes as systemd.syntax reads it."""
    assert command[0] == command[-1] == '"'
    found, signs = "", iter(command[1:-1])
    for sign in signs:
        if sign in "\\%$":
            following = next(signs)
            assert sign == "\\" or following == sign
            sign = "\n" if sign + following == "\\n" else following
        found += sign
    return found


def test_the_installed_line_shows_what_there_is_to_say_whatever_the_file_is_called(
    systemd: Path, tmp_path: Path
) -> None:
    database = tmp_path / 'Ann\'s "own" $HOME 100% \\ \n data' / "needle.db"
    hour = datetime.now().hour % 12
    must(database, "settings", "day_starts_at", f"{hour:02}:00")
    must(database, "activity", "add", "Film", "--days", "daily", "--at", f"{datetime.now():%H:%M}")
    text = reminders._script(str(database), "notify-send Needlemover")
    assert unescaped(reminders._in_unit(text)) == text
    assert "\n" not in reminders._in_unit(text)
    assert reminders._in_unit(os.fsdecode(b"no \\ text \xff")) == r'"no \\ text \xff"'
    for _ in range(2):
        done = subprocess.run(["/bin/sh", "-c", text], capture_output=True, check=False, timeout=60)
        assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")
    said = systemd.read_text().splitlines()  # late in the afternoon the last start, too
    assert all(line.startswith("notify-send|Needlemover|") for line in said)
    assert [line for line in said if "|A start is set for " in line] == said[:1]
    assert sys.executable in text


def test_where_there_is_no_such_system_a_sentence_says_what_to_do(
    needle: Needle, systemd: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reminders.os.path, "isdir", lambda path: False)
    ended = needle("remind", "--install")
    assert (ended.code, ended.out) == (1, "")
    assert "needle help remind shows the lines" in ended.err
    both = needle("remind", "--install", "--remove")
    assert (both.code, both.is_a_sentence) == (2, True)
