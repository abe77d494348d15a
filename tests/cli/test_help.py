"""needle help, needle keys, what is typed in the place of a command, and what goes into a pipe."""

import json
import os
import pty
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from needlemover.cli.line import COMMANDS
from needlemover.cli.topics import MEANT, TOPICS, instead_of, read_topic

from .conftest import Needle

ANSWERS = [
    "today", "status", "next", "due", "contact list", "contact show acme", "callback acme",
    "streaks", "progress", "review", "review --month", "numbers", "worth", "goal", "problems",
    "activity list", "off", "settings", "settings currency", "where", "check", "backup --list",
    "undo --list", "keys", "sync --status", "sync --log",
]  # fmt: skip


@pytest.mark.parametrize("topic", TOPICS)
def test_a_page_goes_into_a_pipe_as_it_is(needle: Needle, topic: str) -> None:
    ended = needle("help", topic)
    assert (ended.code, ended.err) == (0, "")
    assert ended.out.split() == read_topic(topic).split()
    is_code = topic in ("prompt", "remind")  # which is in one line
    assert max(len(line) for line in ended.lines if line[:1] != " " or not is_code) <= 80


def test_help_names_all_commands_and_explains_one(needle: Needle) -> None:
    assert needle("help").out == needle("--help").out
    assert "[required]" not in needle("help", "--help").out
    assert needle("help", "activity", "add").out == needle("activity", "add", "--help").out
    ended = needle("help", "nothing")
    assert (ended.code, ended.is_a_sentence) == (2, True)
    assert [topic for topic in TOPICS if topic not in ended.err] == []


def test_a_page_is_as_wide_as_the_terminal_and_goes_to_the_pager(tmp_path: Path) -> None:
    said = in_terminal("help", "export", columns=50, pager=f"cat > {tmp_path / 'paged'}")
    assert said == ""
    lines = (tmp_path / "paged").read_text(encoding="utf-8").splitlines()
    assert lines[0] == "All data in one file, and back"
    assert 45 < max(len(line) for line in lines if line[:1] != " ") <= 50


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("call", "needle start"),
        ("done", "needle tick"),
        ("week", "needle review --week"),
        ("add", "needle activity add"),
        ("list", "needle activity list"),
        ("stats", "needle numbers"),
        ("quit", "needle stop"),
        ("config", "needle settings"),
        ("Delete", "needle undo"),
        ("report", "needle numbers"),
        ("show", "needle today"),
        ("edit", "needle activity edit"),
        ("open", "just needle"),
        ("version", "needle --version"),
        ("share", "needle sync DIR"),
        ("holiday", "needle off"),
        ("payment", "needle earn"),
        ("history", "needle undo --list"),
    ],
)
def test_what_people_try_is_answered_with_the_command_that_does_it(
    needle: Needle, typed: str, meant: str
) -> None:
    ended = needle(typed, "--anything", "12")
    assert (ended.code, ended.out) == (2, "")
    assert ended.is_a_sentence
    assert ended.err.startswith(f"“{typed}” is no command: type ")
    assert meant in ended.err


def test_no_command_is_taken_for_a_typing_error() -> None:
    typed = [word for words in MEANT for word in words.split()]
    assert len(typed) == len(set(typed))
    assert not set(typed) & set(COMMANDS)
    named = set(re.findall(r"needle ([a-z-]+)", " ".join(MEANT.values())))
    assert named <= {*COMMANDS, "--version"}
    assert instead_of("nothing") == ""


def test_another_config_file_is_chosen_before_the_command(
    needle: Needle, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NEEDLE_CONFIG", "elsewhere")
    config = tmp_path / "mine.toml"
    assert f"config  {config}" in needle("--config", str(config), "where").lines
    config.write_text('[keys]\ncall = "f"\n')
    assert "  f                call           Start a call, or hang up" in needle(
        f"--config={config}", "--db", str(tmp_path / "other.db"), "keys"
    ).lines  # fmt: skip
    assert needle("--config", "").code == 2


@pytest.mark.parametrize("line", ANSWERS)
def test_every_answer_in_json_has_a_version_and_its_keys_stand_in_the_page(
    morning: Needle, line: str
) -> None:
    page = read_topic("json")
    morning("log", "12", "--with", "Acme", "--outcome", "asked", "--amount", "500")
    morning("callback", "acme", "tomorrow")
    morning("contact", "add", "Zeta")
    morning("off", "2026-12-24", "--reason", "Holidays")
    morning("park", "Invoices", "--minutes", "90", "--every", "week", "--cost", "300")
    morning("backup")
    ended = morning(*line.split(), "--json")
    assert len(ended.lines) == 1
    for answer in ended.json if isinstance(ended.json, list) else [ended.json]:
        assert answer["version"] == 1
    if "settings" in ended.json:  # there the names of the settings are the keys
        return
    assert [key for key in keys_in(ended.json) if f'"{key}"' not in page] == []


def keys_in(value: object) -> Iterator[str]:
    """The keys of an answer and of all that stands in it."""
    for item in value if isinstance(value, list) else ():
        yield from keys_in(item)
    for key, item in value.items() if isinstance(value, dict) else ():
        yield key
        yield from keys_in(item)


def test_what_there_is_of_each_list_stands_in_its_json(morning: Needle, database: Path) -> None:
    morning("off", "2026-12-24", "2026-12-26", "--reason", "Holidays")
    (off,) = morning("off", "--json").json["days_off"]
    assert (off["start"], off["end"], off["reason"], off["activity"]) == (
        "2026-12-24", "2026-12-26", "Holidays", None,
    )  # fmt: skip
    sales = morning("activity", "list", "--json").json["activities"][0]
    assert (sales["name"], sales["rank"], sales["sales"]) == ("Sales conversations", 1, True)
    (promised,) = sales["promised"]
    assert promised["start"] == "2026-11-24"
    assert promised["terms"]["seconds"] == 3600
    assert promised["terms"]["weekdays"] == [0, 1, 2, 3, 4, 5, 6]
    assert morning("settings", "currency", "--json").json["settings"] == {"currency": "USD"}
    assert morning("where", "--json").json["data"] == str(database)
    labels = [it["label"] for it in morning("undo", "--json").json["changes"]]
    assert labels[0].startswith("Took 24")
    assert len(labels) == 4
    assert morning("undo", "--list").lines[0].endswith(labels[0]), "it undid nothing"
    assert morning("backup", "--json").json["backups"] == []
    made = morning("backup").out.strip()
    assert [it["path"] for it in morning("backup", "--json").json["backups"]] == [made]
    assert {it["name"]: it["sentences"] for it in morning("check", "--json").json["checks"]}


def test_a_review_in_json_has_the_days_that_were_missed(morning: Needle) -> None:
    morning("log", "60", "--with", "Acme")
    answer = morning("review", "--month", "--json").json
    assert (answer["period"], answer["start"], answer["end"]) == (
        "month", "2026-11-01", "2026-11-30",
    )  # fmt: skip
    assert (answer["seconds"], answer["conversations"], answer["dials"]) == (3600, 1, 1)


LONG = "An activity whose name is far longer than any column of the checklist has room for"


def test_nothing_is_cut_in_a_pipe(morning: Needle) -> None:
    morning("activity", "add", LONG)
    morning("contact", "add", f"{LONG} Ltd")
    morning("park", f"{LONG} again")
    for line in ("today", "streaks", "activity list", "numbers"):
        assert LONG in morning(*line.split()).out
    assert f"{LONG} Ltd" in morning("contact", "list").out
    assert f"{LONG} again" in morning("problems").out


def test_in_a_terminal_lines_are_cut_where_it_ends(morning: Needle, database: Path) -> None:
    morning("activity", "add", LONG)
    for columns in (60, 100):
        lines = in_terminal("today", columns=columns).splitlines()
        assert "…" in "".join(lines)
        assert max(map(len, lines)) <= columns


def in_terminal(*arguments: str, columns: int, pager: str = "cat") -> str:
    """What a command writes to a terminal of so many columns."""
    ours, theirs = pty.openpty()
    subprocess.run(["stty", "cols", str(columns), "-opost"], stdin=theirs, check=True)
    done = subprocess.run(
        [sys.executable, "-m", "needlemover", *arguments],
        stdin=theirs, stdout=theirs, stderr=subprocess.DEVNULL, timeout=60, check=False,
        env={**os.environ, "PAGER": pager, "TERM": "xterm-256color"},
    )  # fmt: skip
    os.close(theirs)
    written = b""
    try:
        while part := os.read(ours, 1 << 16):
            written += part
    except OSError:  # all is read
        pass
    finally:
        os.close(ours)
    assert done.returncode == 0
    return written.decode()


def test_no_command_writes_colours_into_a_pipe(morning: Needle) -> None:
    for line in (*ANSWERS, "help", "help import"):
        assert "\x1b" not in morning(*line.split()).out


def test_the_keys_are_listed_view_by_view_as_they_stand_at_the_foot(needle: Needle) -> None:
    lines = needle("keys").lines
    assert [line for line in lines if line and line[0] != " "] == [
        "Today", "Progress", "Numbers", "Delegate", "Buyers",
    ]  # fmt: skip
    assert [line.split()[:2] for line in lines[1:7]] == [
        ["c", "call"], ["n", "next"], ["l", "log"], ["x", "no_answer"], ["space", "tick"],
        ["b", "back"],
    ]  # fmt: skip
    answer = json.loads(needle("keys", "--json").out)
    today = answer["views"][0]["actions"]
    assert today[0] == {"name": "call", "keys": ["c"], "does": "Start a call, or hang up"}


def test_the_palette_has_a_name_among_the_keys(needle: Needle) -> None:
    lines = [line.split()[:2] for line in needle("keys").lines]
    assert lines.count(["ctrl+p", "palette"]) == 5, "once a view"


def test_what_is_wrong_with_chosen_keys_is_said_and_the_others_are_listed(
    needle: Needle, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    config = tmp_path / "config.toml"
    monkeypatch.setenv("NEEDLE_CONFIG", str(config))
    config.write_text('[keys]\ncal = "f"\nlog = "n"\nundo = "ctl+z"\nmoney = "m, f3"\n')
    ended = needle("keys")
    assert ended.err.splitlines() == [
        "There is no action “cal” to have a key: needle keys lists the names.",
        "“ctl+z” is no key for undo: needle help keys tells how one is written.",
        "Your key n is Log, so Next has no key: give next another, like f5.",
    ]
    listed = [line.split() for line in ended.lines]
    assert any(words[:2] == ["u", "undo"] for words in listed)
    assert any(words[:3] == ["m", "f3", "money"] for words in listed)


def test_help_makes_no_file(needle: Needle, database: Path) -> None:
    needle("help", "files")
    needle("keys")
    assert not database.exists()
