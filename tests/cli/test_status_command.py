"""needle status: today in one line, for prompts and status lines."""

import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from time_machine import Traveller

from ..faults.deeds import must
from ..faults.deeds import needle as run
from .conftest import Needle
from .test_light_commands import loaded_by

BERLIN = ZoneInfo("Europe/Berlin")

ALL = (
    "{streak} {best} {status} {done} {due} {minutes} {quota} {left} {conversations} "
    "{quota_conversations} {dials} {pace} {running} {contact} {activity} {last_start} {next} "
    "{callbacks}"
)

ALL_DAY = "04:00-04:00 daily"
"""The working day of a program of its own, which sees the real time."""


def local(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=BERLIN)


def sql(path: Path, statement: str) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute(statement)


def test_the_usual_line_says_what_a_prompt_has_room_for(morning: Needle, now: Traveller) -> None:
    morning("log", "38", "--with", "Acme Corp")
    morning("start", "--with", "Foo GmbH")
    now.shift(timedelta(minutes=3, seconds=12))
    ended = morning("status")
    # 403 of 480 working minutes have passed: 50 of the 60 should be done.
    assert ended.out == "0 d · 0 of 2 · 38/60 min · 1/10 conversations · 12 min behind · ● 3:12\n"
    assert (ended.code, ended.err) == (3, "")


def test_each_placeholder_stands_for_its_value(morning: Needle, now: Traveller) -> None:
    for day in (22, 23):
        now.move_to(local(day, 12))
        morning("tick", "film", "--day", f"2026-11-{day}")
    now.move_to(local(24, 15, 40))
    morning("log", "0", "--outcome", "no_answer")
    morning("log", "8", "--with", "Acme")
    morning("start", "--with", "Foo GmbH")
    now.shift(timedelta(hours=1, seconds=5))
    form = "{minutes}/{quota} {left} {conversations}/{quota_conversations} {dials} {pace}"
    # At 16:40 460 of 480 minutes: 57.5 of the 60 should be done.
    assert morning("status", "--format", form).out == "8/60 52 1/10 2 -49\n"
    form = "{done}/{due} {status} {running} {contact} {activity}"
    assert morning("status", f"--format={form}").out == (
        "0/2 open 1:00:05 Foo GmbH Sales conversations\n"
    )


def test_it_says_whom_to_call_and_how_many_are_promised(morning: Needle, now: Traveller) -> None:
    form = "[{next}] {callbacks} {due}"
    morning("contact", "add", "Iris $(Labs)")
    assert morning("status", "--format", form).out == "[Iris ·(Labs)] 0 2\n"
    morning("callback", "Late", "tomorrow")
    morning("callback", "Later", "+9")
    now.shift(timedelta(days=2))
    morning("callback", "Meeting", "16:30", "--meeting")
    assert morning("status", "--format", form).out == "[Late] 2 2\n"
    found = morning("status", "--json").json
    assert (found["next"], found["callbacks"]) == ("Late", 2)


def test_the_streak_and_the_best_one_are_those_of_the_day(needle: Needle, now: Traveller) -> None:
    now.move_to(local(16, 12))
    needle("activity", "add", "Film", "--days", "daily")
    for day in (16, 17, 18, 20, 21, 22, 23):
        now.move_to(local(day, 12))
        needle("tick", "film")
    now.move_to(local(24, 9))
    assert needle("status", "--format", "{streak} {best}").out == "4 4\n"
    now.move_to(local(26, 9))
    assert needle("status", "--format", "{streak} {best}").out == "0 4\n"


def test_what_is_not_there_leaves_its_place_empty(needle: Needle) -> None:
    needle("activity", "add", "Film", "--days", "daily")
    form = ALL.replace(" ", "|")
    assert needle("status", "--format", form).out == "0|0|open|0|1|||||||||||17:00||\n"


def test_a_format_may_pad_and_hold_braces(morning: Needle) -> None:
    form = "[{minutes:>4}] {{{due}}}"
    assert morning("status", "--format", form).out == "[   0] {2}\n"


@pytest.mark.parametrize("form", ["{nope}", "{}", "{0}", "{streak", "}", "{streak.x}", "{due:q}"])
def test_an_unknown_placeholder_is_wrong_usage_said_in_a_sentence(
    morning: Needle, form: str
) -> None:
    ended = morning("status", "--format", form)
    assert (ended.code, ended.out) == (2, "")
    assert ended.is_a_sentence
    assert "{streak} {best}" in ended.err


@pytest.mark.parametrize(
    "line", [["--json", "--format", "x"], ["--nope"], ["now"], ["--format"], ["--json=1"]]
)
def test_a_wrong_line_is_said_in_a_sentence(morning: Needle, line: list[str]) -> None:
    ended = morning("status", *line)
    assert (ended.code, ended.out) == (2, "")
    assert ended.is_a_sentence


def test_help_explains_placeholders_and_exit_codes(needle: Needle, database: Path) -> None:
    assert "needle help prompt" in needle("status", "--help").out
    ended = needle("help", "prompt")
    assert ended.code == 0
    assert all(name in ended.out for name in ALL.split())
    assert "exit code" in ended.out
    assert not database.exists()


def test_a_won_day_ends_with_0(morning: Needle) -> None:
    morning("tick", "film")
    for _ in range(10):
        morning("log", "6")
    ended = morning("status")
    assert ended.out == "1 d · won · 60/60 min · 10/10 conversations\n"
    assert ended.code == 0


def test_what_is_left_no_longer_fitting_into_the_working_day_ends_with_4(
    morning: Needle, now: Traveller
) -> None:
    morning("activity", "edit", "sales", "--count", "0", "--minutes", "60")
    morning("tick", "film")
    now.move_to(local(24, 16))
    assert morning("status").code == 3, "the 60 minutes until 17:00 are just enough"
    assert morning("status", "--format", "{last_start}").out == "16:00\n"
    now.shift(timedelta(seconds=1))
    ended = morning("status", "--json")
    assert ended.code == 4
    assert (ended.json["can_be_won"], ended.json["last_start"]) == (True, None)
    now.move_to(local(25, 3))
    assert morning("status", "--json").json["can_be_won"], "60 minutes until 04:00"
    now.shift(timedelta(seconds=1))
    ended = morning("status", "--json")
    assert (ended.json["status"], ended.json["can_be_won"]) == ("open", False)
    assert morning("status", "--format", "{last_start}").out == "\n"


def test_a_running_call_counts_towards_what_still_fits(morning: Needle, now: Traveller) -> None:
    now.move_to(local(24, 16))
    morning("start")
    now.shift(timedelta(minutes=30))
    assert morning("status").code == 3
    morning("stop")
    assert morning("status").code == 3
    now.shift(timedelta(seconds=1))
    assert morning("status").code == 4


@pytest.mark.parametrize(
    ("line", "word", "written"),
    [
        ("activity add Newsletter --days mon,wed", "rest", "0 d · rest day\n"),
        ("off 2026-11-24", "untracked", "nothing promised yet\n"),
        ("activity add Film --days daily", "off", "0 d · day off\n"),
    ],
)
def test_a_day_on_which_nothing_is_due_ends_with_0(
    needle: Needle, line: str, word: str, written: str
) -> None:
    assert needle(*line.split()).code == 0
    if word == "off":
        needle("off", "2026-11-24")
    ended = needle("status")
    assert (ended.code, ended.out) == (0, written)
    assert needle("status", "--json").json["status"] == word


@pytest.mark.parametrize("line", [[], ["--json"], ["--format", "{streak}"]])
def test_without_a_file_it_says_so_and_makes_none(
    needle: Needle, database: Path, line: list[str]
) -> None:
    ended = needle("status", *line)
    assert (ended.code, ended.out) == (1, "")
    assert ended.is_a_sentence
    assert not database.parent.exists()


def test_an_empty_file_is_left_empty(needle: Needle, database: Path) -> None:
    database.parent.mkdir()
    database.touch()
    ended = needle("status")
    assert (ended.code, ended.out) == (1, "")
    assert database.read_bytes() == b""


@pytest.mark.parametrize("content", [b"Dear diary", b"SQLite format 3\0" + b"x" * 4096])
def test_what_is_no_file_of_ours_is_said_and_left_alone(
    program: Needle, database: Path, content: bytes
) -> None:
    database.parent.mkdir()
    database.write_bytes(content)
    ended = program("status", "--format", "{streak}")
    assert (ended.code, ended.out) == (1, "")
    assert ended.is_a_sentence
    assert database.read_bytes() == content


def test_another_file_can_be_chosen(morning: Needle, database: Path) -> None:
    other = database.with_name("other.db")
    assert morning("--db", str(other), "status").code == 1
    shutil.copy(database, other)
    morning("tick", "film")
    assert morning("--db", str(other), "status", "--format", "{done}").out == "0\n"


def test_json_is_what_today_gives_in_short(morning: Needle, now: Traveller) -> None:
    morning("log", "8", "--with", "Ärzte 👍")
    morning("start", "--with", "Foo")
    now.shift(timedelta(seconds=192))
    today, ended = morning("today", "--json").json, morning("status", "--json")
    assert {key: ended.json[key] for key in ("day", "status", "streak", "sales", "running")} == {
        key: today[key] for key in ("day", "status", "streak", "sales", "running")
    }
    assert (ended.json["done"], ended.json["due"], ended.json["can_be_won"]) == (0, 2, True)
    assert ended.json["running"]["seconds"] == 192


def test_json_says_null_for_what_is_not_there(needle: Needle) -> None:
    needle("activity", "add", "Film")
    status = needle("status", "--json").json
    assert (status["sales"], status["running"]) == (None, None)
    needle("activity", "add", "Sales", "--sales", "--count", "5")
    sales = needle("status", "--json").json["sales"]
    assert (sales["quota_seconds"], sales["pace_seconds"]) == (None, None)


def test_pace_and_the_running_call_move_while_nothing_is_written(
    morning: Needle, now: Traveller, database: Path
) -> None:
    morning("start")
    morning("status")
    before = database.read_bytes()
    seen = []
    for _ in range(3):
        seen.append(morning("status", "--format", "{pace} {running}").out)
        now.shift(timedelta(minutes=8))
    assert seen == ["-50 0:00\n", "-51 8:00\n", "-52 16:00\n"]
    assert database.read_bytes() == before


def test_a_clock_set_back_shows_no_negative_length(morning: Needle, now: Traveller) -> None:
    morning("start")
    now.shift(timedelta(minutes=-5))
    assert morning("status", "--format", "{running}").out == "0:00\n"


@pytest.mark.parametrize("facts", ["''", "'{}'", "x'00'", "7"])
def test_where_what_is_kept_does_not_serve_the_answer_is_the_same(
    morning: Needle, database: Path, facts: str
) -> None:
    morning("log", "12", "--with", "Acme")
    usual, values = morning("status"), morning("status", "--json")
    sql(database, f"UPDATE kept_past SET facts = {facts}")
    assert morning("status") == usual
    sql(database, "DELETE FROM kept_past")
    assert morning("status", "--json") == values


def test_the_day_that_follows_begins_at_its_boundary(
    morning: Needle, now: Traveller, database: Path
) -> None:
    morning("log", "12")
    before = database.read_bytes()
    now.move_to(local(25, 3, 59))
    assert morning("status", "--format", "{minutes}").out == "12\n"
    now.move_to(local(25, 4))
    assert morning("status", "--format", "{minutes}").out == "0\n"
    assert database.read_bytes() == before


def test_a_traveller_gets_the_day_of_the_place(morning: Needle, now: Traveller) -> None:
    morning("log", "12")
    now.move_to(datetime(2026, 11, 24, 23, 0, tzinfo=ZoneInfo("Asia/Tokyo")))
    assert morning("status", "--json").json["day"] == "2026-11-24"
    now.move_to(datetime(2026, 11, 25, 4, 0, tzinfo=ZoneInfo("Asia/Tokyo")))
    assert morning("status", "--json").json["day"] == "2026-11-25"


def test_a_prompt_in_another_zone_writes_nothing_that_a_streak_depends_on(
    morning: Needle, now: Traveller, database: Path
) -> None:
    for day in (24, 25):
        now.move_to(local(day, 9))
        morning("tick", "film")
    for zone in ("Pacific/Honolulu", "Pacific/Kiritimati"):
        now.move_to(datetime(2026, 11, 26, 23, tzinfo=ZoneInfo(zone)))
        assert morning("status", "--json").code in (3, 4)
        assert morning("today").code == 0
    now.move_to(local(27, 9))
    morning("tick", "film")
    report = morning("streaks", "--json").json
    assert [item["current"] for item in report["activities"]] == [0, 1, 0]


HOSTILE = "[/b] 50%F{red} $(touch hacked) `touch hacked` \\$(x) #[bg=red] !! \x1b[31m\x9b2J\n"


def test_a_name_never_reaches_the_terminal_as_a_command(morning: Needle) -> None:
    morning("start", "--with", HOSTILE)
    out = morning("status", "--format", "{contact}").out
    assert out.endswith("\n")
    name = out[:-1]
    assert name.startswith("[/b] 50·F{red} ·(touch hacked) ·touch hacked· ··(x) ·[bg=red] ··")
    assert not set(name) & set("\\`$%#!\x1b\x9b\n\r")


@pytest.mark.parametrize("command", ["status", "today"])
def test_json_has_the_name_as_it_is_but_no_sign_that_a_terminal_obeys(
    morning: Needle, command: str
) -> None:
    name = "[/b] \x7f\x9b2J \u202e $(x) Ärzte"
    morning("start", "--with", name)
    ended = morning(command, "--json")
    assert ended.json["running"]["contact"] == name
    assert not set(ended.out) & set("\x1b\x7f\x9b\u202e")
    assert "Ärzte" in ended.out


@pytest.mark.skipif(shutil.which("bash") is None, reason="there is no bash")
def test_a_name_runs_nothing_in_a_bash_prompt_that_is_expanded_twice(
    database: Path, tmp_path: Path
) -> None:
    must(database, "activity", "add", "Sales", "--sales", "--minutes", "60", "--days", "daily")
    must(database, "start", "--with", "$(touch hacked)`touch hacked`\\$(touch hacked)")
    script = (
        f'PS1="$({sys.executable} -m needlemover status --format "{{contact}}") > "; '
        'echo "${PS1@P}"'
    )
    done = subprocess.run(
        ["bash", "--norc", "-c", script], cwd=tmp_path, capture_output=True, text=True, check=True,
        env={**os.environ, "PYTHONIOENCODING": "utf-8", "LC_ALL": "C.UTF-8"},
    )  # fmt: skip
    assert done.stdout.startswith("·(touch hacked)·touch hacked·")
    assert not (tmp_path / "hacked").exists()


def test_a_program_of_its_own_ends_with_each_code(program: Needle, database: Path) -> None:
    assert program("status").code == 1
    assert program("status", "--format", "{x}").code == 1
    must(database, "activity", "add", "Film", "--days", "daily")
    must(database, "settings", "working_day", ALL_DAY)
    opened = program("status")
    assert (opened.code, opened.out) == (3, "0 d · 0 of 1\n")
    assert program("status", "--format", "{x}").code == 2
    must(database, "tick", "film")
    won = program("status", "--format", "{status} {done}/{due}")
    assert (won.code, won.out, won.err) == (0, "won 1/1\n", "")
    for name in ("Write", "Read"):
        must(database, "activity", "add", name, "--minutes", "1440", "--days", "daily")
    assert program("status").code == 4, "two days do not fit into one"


def test_it_loads_nothing_but_a_few_modules_of_its_own(database: Path) -> None:
    must(database, "activity", "add", "Sales", "--sales", "--count", "1", "--days", "daily")
    must(database, "start", "--with", "Acme")
    must(database, "settings", "working_day", ALL_DAY)
    assert run(database, "status")[0] == 3
    code, modules, out = loaded_by("status", "--format", "{done} {contact}")
    assert (code, out) == (3, "0 Acme\n")
    ours = {name.partition(".")[2] for name in modules if name.startswith("needlemover.")}
    assert sorted(ours) == sorted(MODULES.split())
    heavy = {"ast", "dataclasses", "inspect", "pathlib", "sqlalchemy", "typer", "zoneinfo"}
    assert not modules & heavy


MODULES = """
__main__ cli cli.opening cli.output cli.status clock domain domain.calls
domain.calls.entry domain.day domain.errors domain.promises domain.promises.commitment
domain.promises.marks domain.settings domain.promises.status domain.today domain.today.assembly
domain.today.history domain.today.snapshot paths store
store.entry_facts store.facts store.schema store.today text text.plain
"""
"""Our own that it loads. Whoever adds one pays for it at every prompt."""
