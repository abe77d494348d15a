"""What is answered at once loads nothing heavy: proved in a process of its own."""

import json
import subprocess
import sys
from pathlib import Path
from pkgutil import walk_packages

import pytest

import needlemover
from needlemover import __version__

from ..faults.deeds import must
from .conftest import Needle

PACKAGES = {"needlemover"} | {
    name.partition(".")[2]
    for _, name, is_package in walk_packages(needlemover.__path__, "needlemover.")
    if is_package
}
HEAVY = {"textual", "sqlmodel", "sqlalchemy", "rich"}

LOADED = """
import json, sys
from needlemover.__main__ import main
try:
    code = main(sys.argv[1:])
finally:
    print(json.dumps(sorted(sys.modules)), file=sys.stderr)
sys.exit(code)
"""


def loaded_by(*arguments: str) -> tuple[int, set[str], str]:
    """The exit code, the modules that are loaded at the end, and what was written."""
    done = subprocess.run(
        [sys.executable, "-c", LOADED, *arguments],
        capture_output=True,
        encoding="utf-8",
        stdin=subprocess.DEVNULL,
        timeout=60,
        check=False,
    )
    return done.returncode, set(json.loads(done.stderr.splitlines()[-1])), done.stdout


@pytest.mark.parametrize("line", ["--help", "-h", "log --help", "activity add --help"])
def test_help_loads_neither_the_app_nor_the_database(line: str, database: Path) -> None:
    code, modules, out = loaded_by(*line.split())
    assert code == 0
    assert out.startswith("Usage: needle")
    assert not modules & HEAVY
    assert not database.exists()


@pytest.mark.parametrize("line", ["--version", "where"])
def test_version_and_where_load_not_even_the_commands(line: str, database: Path) -> None:
    code, modules, out = loaded_by(line)
    assert code == 0
    assert out == (
        f"needle {__version__}\n"
        if line == "--version"
        else f"data    {database}\n{out.splitlines()[1]}\nbackups {database.parent / 'backups'}\n"
    )
    assert not modules & (HEAVY | {"typer", "pydantic"})
    assert not database.exists()


@pytest.mark.parametrize("line", [[], ["--db", "other.db"], ["--db=other.db"]])
def test_opening_the_app_loads_no_commands(line: list[str], database: Path) -> None:
    code, modules, _ = loaded_by(*line)
    assert code == 1, "there is no terminal to draw on"
    assert "typer" not in modules


def test_a_command_loads_only_its_own_subject(database: Path) -> None:
    must(database, "activity", "add", "Phone", "--sales")
    # However soon after the beginning of a day this runs, there was time for it.
    code, modules, _ = loaded_by("log", "12", "--with", "Acme", "--yes")
    assert code == 0
    ours = {name.removeprefix("needlemover.") for name in modules if "needlemover" in name}
    assert not modules & {"textual", "rich"}
    assert {name for name in ours if name.startswith("cli.")} == {
        "cli.calls", "cli.line", "cli.opening", "cli.output",
    }  # fmt: skip
    others = ("numbers", "progress", "delegation", "imports", "care")
    assert not ours & {
        f"{floor}.{name}" for floor in ("domain", "store", "text") for name in others
    }
    # Nothing of what it could do with other words: show a day, undo, promise, choose a setting;
    # nor of what a file that is there and usual does not need.
    assert not ours & {
        "domain.promises.change", "domain.today.assembly", "domain.today.snapshot", "files",
        "store.derived", "store.journal", "store.promises.activities",
        "store.schema.steps", "store.settings", "text.parse.days",
        "text.settings",
    }  # fmt: skip
    assert len(ours - PACKAGES) <= 40


def test_without_a_terminal_the_app_says_what_to_type_instead(program: Needle) -> None:
    ended = program()
    assert ended.code == 1
    assert ended.err == (
        "The app needs a terminal whose cursor can be placed; without one, needle today tells the "
        "day, needle next whom to call, needle start and needle stop time a call, and needle help "
        "has the rest.\n"
    )


@pytest.mark.parametrize("name", ["dumb", "unknown", ""])
def test_a_terminal_without_a_cursor_gets_a_sentence_and_the_commands(
    needle: Needle, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setenv("TERM", name)
    monkeypatch.setattr("needlemover.cli.opening.is_terminal", lambda _: True)
    for line in ((), ("demo",)):
        ended = needle(*line)
        assert (ended.code, ended.out) == (1, "")
        assert ended.is_a_sentence
        told = ("today", "next", "start", "stop", "help")
        assert [name for name in told if f"needle {name}" not in ended.err] == []
