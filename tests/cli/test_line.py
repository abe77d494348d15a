"""The line as a whole: which file, help, completion, usage errors, and how it ends."""

import os
import subprocess
import sys
from pathlib import Path
from types import ModuleType
from typing import get_type_hints

import pytest
from typer import Context
from typer.main import get_command

from needlemover.cli import opening
from needlemover.cli.line import COMMANDS, application
from needlemover.clock import Clock

from .conftest import Needle

GROUPED = [
    *(f"activity {name}" for name in ("list", "add", "edit", "rank", "archive")),
    *(f"contact {name}" for name in ("list", "show", "add", "edit", "merge", "never", "drop")),
]


def test_another_file_is_chosen_before_the_command(needle: Needle, tmp_path: Path) -> None:
    other = tmp_path / "other.db"
    assert needle("--db", str(other), "activity", "add", "Film").code == 0
    assert needle("activity", "list").out == ""
    assert "Film" in needle(f"--db={other}", "activity", "list").out


def test_the_environment_names_the_file_too(needle: Needle, database: Path) -> None:
    needle("activity", "add", "Film")
    assert database.is_file()
    assert str(database) in needle("where").out


@pytest.mark.parametrize("line", [["--db"], ["--db", ""], ["--db=", "today"]])
def test_an_empty_name_of_a_file_is_refused(needle: Needle, line: list[str]) -> None:
    ended = needle(*line)
    assert ended.code == 2
    assert ended.is_a_sentence


@pytest.mark.parametrize("name", [*sorted(COMMANDS.keys() - {"activity", "contact"}), *GROUPED])
def test_every_command_has_help_with_an_example(needle: Needle, name: str) -> None:
    ended = needle(*name.split(), "--help")
    assert ended.code == 0
    assert f"Example: needle {name}" in ended.out
    assert max(map(len, ended.lines)) <= 80


def test_the_help_names_every_command(needle: Needle) -> None:
    ended = needle("--help")
    assert ended.code == 0
    listed = ended.out.partition("Commands:")[2].split("\n")
    assert {line.split()[0] for line in listed if line.strip()} == set(COMMANDS)
    assert "--db" in ended.out


@pytest.mark.parametrize("group", [(), ("contact",), ("activity",)])
def test_what_a_command_does_stands_whole_in_the_list(
    needle: Needle, group: tuple[str, ...]
) -> None:
    assert "..." not in needle(*group, "--help").out.partition("Commands:")[2]


@pytest.mark.parametrize(
    ("line", "named", "command"),
    [
        ("log 12 --bogus", "--bogus", "needle log"),
        ("log", "MINUTES", "needle log"),
        ("tick film more", "more", "needle tick"),
        ("lgo 12", "'log'", "needle"),
        ("activity frobnicate", "frobnicate", "needle activity"),
        ("log 12 --with", "--with", "needle log"),
        ("activity", "command", "needle activity"),
    ],
)
def test_a_line_that_cannot_be_read_is_answered_in_a_sentence(
    needle: Needle, line: str, named: str, command: str
) -> None:
    ended = needle(*line.split())
    assert (ended.code, ended.out) == (2, "")
    assert ended.is_a_sentence
    assert named in ended.err
    assert ended.err.endswith(f"(see {command} --help).\n")


def test_what_a_wrong_line_names_reaches_the_terminal_safely(needle: Needle) -> None:
    ended = needle("log", "12", "--\x1b[31mred\n")
    assert ended.code == 2
    assert ended.is_a_sentence
    assert "\x1b" not in ended.err


def test_completion_offers_commands_and_their_options(needle: Needle) -> None:
    asked = {"_NEEDLE_COMPLETE": "complete_bash", "COMP_CWORD": "1", "COMP_WORDS": "needle st"}
    assert needle(env=asked).lines == ["start", "stop", "status", "streaks"]
    asked |= {"COMP_CWORD": "2", "COMP_WORDS": "needle streaks --"}
    assert needle(env=asked).lines == ["--as-of", "--json", "--help"]


def test_completion_makes_no_file(needle: Needle, database: Path) -> None:
    asked = {"_NEEDLE_COMPLETE": "complete_bash", "COMP_CWORD": "2", "COMP_WORDS": "needle tick "}
    assert needle(env=asked).out.strip() == ""
    assert not database.exists()


def test_the_app_is_opened_on_the_chosen_file(
    needle: Needle, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = _fake_app(monkeypatch)
    assert needle("--db", str(tmp_path / "mine.db")).code == 0
    assert opened == [(tmp_path / "mine.db", None)]


def test_the_demo_is_opened_on_a_throwaway_file(
    needle: Needle, database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = _fake_app(monkeypatch)
    assert needle("demo").code == 0
    ((path, demo),) = opened
    assert demo is not None
    assert f"{demo.now().astimezone(demo.zone()):%H:%M}" == "15:40"
    assert path != database
    assert not path.parent.exists()
    assert not database.exists()


def _fake_app(monkeypatch: pytest.MonkeyPatch) -> list[tuple[Path, Clock | None]]:
    opened: list[tuple[Path, Clock | None]] = []

    def run(
        path: Path,
        *,
        config: object = None,
        demo: Clock | None = None,
        ground: object = None,
    ) -> int:
        assert (demo is not None) == path.exists()
        opened.append((path, demo))
        return 0

    fake = ModuleType("needlemover.tui.start")
    fake.run = run  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "needlemover.tui.start", fake)
    monkeypatch.setattr(opening, "_must_be_a_terminal", lambda: None)
    return opened


def test_a_reader_that_goes_away_is_no_failure(morning: Needle, database: Path) -> None:
    command = [sys.executable, "-m", "needlemover", "today"]
    reading, writing = os.pipe()
    os.close(reading)
    done = subprocess.run(command, stdout=writing, stderr=subprocess.PIPE, timeout=60, check=False)
    os.close(writing)
    assert done.stderr == b""
    assert done.returncode == 1


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="no device that is always full")
def test_output_that_cannot_be_written_is_said(morning: Needle, database: Path) -> None:
    with open("/dev/full", "wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "needlemover", "today"],
            stdout=full, stderr=subprocess.PIPE, timeout=60, check=False,
        )  # fmt: skip
    assert done.returncode == 1
    assert len(done.stderr.splitlines()) == 1
    assert b"No space left" in done.stderr


def test_an_unexpected_failure_is_one_sentence(
    needle: Needle, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("a\x1b[31mb\nc")

    monkeypatch.setattr("needlemover.cli.line.application", fail)
    ended = needle("today")
    assert ended.code == 1
    assert len(ended.err.splitlines()) == 1
    assert "\x1b" not in ended.err
    monkeypatch.setenv("NEEDLE_DEBUG", "1")
    with pytest.raises(RuntimeError):
        needle("today")


def test_an_interrupted_command_ends_quietly(
    needle: Needle, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupt(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("needlemover.store.store.Store.__init__", interrupt)
    ended = needle("today")
    assert (ended.code, ended.out, ended.err) == (130, "", "")


def test_all_commands_can_be_built_at_once() -> None:
    command = get_command(application())
    assert set(COMMANDS) == set(command.commands)  # type: ignore[attr-defined]


def test_what_is_typed_is_read_by_us_and_never_in_the_words_of_a_library() -> None:
    texts = {str, str | None, list[str] | None, Path, Path | None}
    found = [get_command(application())]
    for command in found:
        found += getattr(command, "commands", {}).values()
        kinds = get_type_hints(command.callback or len) | {"return": str}
        assert {*kinds.values()} <= {*texts, bool, Context}, command.name
