"""What a shell offers at Tab, tried in bash itself."""

import os
import shlex
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

import needlemover

from .conftest import Needle

NAMES = [
    "Foo & Sons (UK) Ltd", "O'Brien \"Bob\" $HOME `x`", "हिन्दी कंपनी", "株式会社 山田", "شرکت تهران",
    "a*b [c] {d} ~e!", "back\\slash; co", "q $(touch here)",
]  # fmt: skip
Bash = Callable[..., list[str]]


@pytest.fixture
def named(morning: Needle) -> Needle:
    """A file with the contacts."""
    for name in NAMES:
        assert morning("contact", "add", name).code == 0
    return morning


@pytest.fixture
def bash(named: Needle, tmp_path: Path) -> Bash:
    """What bash offers for the last word of a line, as it then reads each."""
    path = Path(needlemover.__file__).parents[1]
    own = tmp_path / "needle"
    own.write_text(f'#!/bin/sh\nPYTHONPATH="{path}" exec "{sys.executable}" -m needlemover "$@"\n')
    own.chmod(0o755)
    script = named(env={"_NEEDLE_COMPLETE": "source_bash"}).out

    def offered(*line: str) -> list[str]:
        quote = line[-1][:1] if line[-1][:1] in ("'", '"') else ""
        words = " ".join(map(shlex.quote, line))
        asks = f"COMP_WORDS=({words})\nCOMP_CWORD={len(line) - 1}\n_needle_completion needle\n"
        each = "printf '%s\\n' \"${COMPREPLY[@]}\""
        taken = bash_does(f"{script}\n{asks}{each}").splitlines()
        return [bash_does(f"printf %s {quote}{word}{quote}") for word in taken]

    def bash_does(what: str) -> str:
        return subprocess.run(
            ["bash", "--norc", "-c", what], stdout=subprocess.PIPE, encoding="utf-8", cwd=tmp_path,
            env={**os.environ, "PATH": f"{tmp_path}:{os.environ['PATH']}"}, check=True, timeout=60,
        ).stdout  # fmt: skip

    return offered


def test_a_name_with_spaces_and_signs_in_any_script_is_one_word_and_none_is_obeyed(
    bash: Bash, tmp_path: Path
) -> None:
    assert sorted(bash("needle", "contact", "show", "")) == sorted(NAMES)
    assert not (tmp_path / "here").exists()


def test_a_name_is_found_by_how_it_begins(named: Needle) -> None:
    asked = {"_NEEDLE_COMPLETE": "complete_bash", "COMP_CWORD": "3"}
    for name in NAMES:
        (offered,) = named(env=asked | {"COMP_WORDS": f"needle contact show {name[:1]}"}).lines
        assert shlex.split(offered) == [name]


def test_what_was_begun_in_quotes_goes_on_in_them(bash: Bash) -> None:
    assert bash("needle", "contact", "show", "'O") == [NAMES[1]]
    assert bash("needle", "log", "12", "--with", '"O') == [NAMES[1]]
    assert bash("needle", "log", "12", "--with", r"Foo\ \&\ S") == [NAMES[0]]


def test_an_activity_goes_by_its_first_word_where_that_is_enough(bash: Bash, named: Needle) -> None:
    named("activity", "add", "Film review")
    named("activity", "add", "मासिक रिपोर्ट")
    assert bash("needle", "tick", "") == [
        "Sales", "Film one video", "Newsletter", "Film review", "मासिक",
    ]  # fmt: skip
    assert bash("needle", "tick", r"film\ r") == ["film review"]


def test_other_shells_are_offered_what_they_can_take(named: Needle) -> None:
    def offered(shell: str, begun: str) -> str:
        return named(env={
            "_NEEDLE_COMPLETE": f"complete_{shell}",
            "_TYPER_COMPLETE_ARGS": f"needle contact show {begun}",
            "_TYPER_COMPLETE_FISH_ACTION": "get-args",
            "_TYPER_COMPLETE_WORD_TO_COMPLETE": begun,
        }).out  # fmt: skip

    assert "Foo & Sons (UK) Ltd" in offered("fish", "Foo")
    assert "back\\slash; co" in offered("fish", "bac")
    assert "'Foo & Sons (UK) Ltd'" in offered("powershell", "Foo")
    assert '"Foo & Sons (UK) Ltd"' in offered("zsh", "Foo")
    assert "touch" not in offered("zsh", ""), "typer's script would run it"
