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
def bash(morning: Needle, program: Needle, tmp_path: Path) -> Bash:
    """What bash offers for the last word of a line, as it then reads each."""
    for name in NAMES:
        assert morning("contact", "add", name).code == 0
    path = Path(needlemover.__file__).parents[1]
    own = tmp_path / "needle"
    own.write_text(f'#!/bin/sh\nPYTHONPATH="{path}" exec "{sys.executable}" -m needlemover "$@"\n')
    own.chmod(0o755)
    script = program(env={"_NEEDLE_COMPLETE": "source_bash"}).out

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


@pytest.mark.parametrize("name", NAMES)
def test_a_name_with_spaces_and_signs_in_any_script_is_one_word(bash: Bash, name: str) -> None:
    assert bash("needle", "contact", "show", name[:1]) == [name]


@pytest.mark.parametrize("quote", ["'", '"'])
def test_what_was_begun_in_quotes_goes_on_in_them(bash: Bash, quote: str) -> None:
    assert bash("needle", "contact", "show", f"{quote}O") == [NAMES[1]]
    assert bash("needle", "log", "12", "--with", f"{quote}Foo & S") == [NAMES[0]]
    assert bash("needle", "log", "12", "--with", r"Foo\ \&\ S") == [NAMES[0]]


def test_no_name_is_obeyed(bash: Bash, tmp_path: Path) -> None:
    assert len(bash("needle", "contact", "show", "")) == len(NAMES)
    assert not (tmp_path / "here").exists()


def test_an_activity_goes_by_its_first_word_where_that_is_enough(
    bash: Bash, morning: Needle
) -> None:
    morning("activity", "add", "Film review")
    morning("activity", "add", "मासिक रिपोर्ट")
    assert bash("needle", "tick", "") == [
        "Sales", "Film one video", "Newsletter", "Film review", "मासिक",
    ]  # fmt: skip
    assert bash("needle", "tick", r"film\ r") == ["film review"]


@pytest.mark.parametrize(
    ("shell", "offered"),
    [
        ("fish", ["Foo & Sons (UK) Ltd", "back\\slash; co"]),
        ("powershell", ["'Foo & Sons (UK) Ltd'"]),
        ("zsh", ['"Foo & Sons (UK) Ltd"']),
    ],
)
def test_other_shells_are_offered_what_they_can_take(
    morning: Needle, program: Needle, shell: str, offered: list[str]
) -> None:
    for name in NAMES:
        assert morning("contact", "add", name).code == 0
    for name in offered:
        begun = name.strip("\"'")[:3]
        out = program(env={
            "_NEEDLE_COMPLETE": f"complete_{shell}",
            "_TYPER_COMPLETE_ARGS": f"needle contact show {begun}",
            "_TYPER_COMPLETE_FISH_ACTION": "get-args",
            "_TYPER_COMPLETE_WORD_TO_COMPLETE": begun,
        }).out  # fmt: skip
        assert name in out
    if shell == "zsh":
        asked = {"_NEEDLE_COMPLETE": "complete_zsh", "_TYPER_COMPLETE_ARGS": "needle contact show "}
        assert "touch" not in program(env=asked).out, "typer's script would run it"
