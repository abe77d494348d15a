"""Where the commands write: data to standard output, talk to standard error."""

import contextlib
import os
import sys
from collections.abc import Iterable
from itertools import accumulate

from ..domain.errors import Hint
from ..text.plain import CONTROL, cells, shown

TYPE_CHECKING = False  # the one of `typing` would load it
if TYPE_CHECKING:
    from typing import TextIO

JSON_VERSION = 1  # of all answers: more keys may come, but a new meaning needs a new version
Part = dict[str, object]  # an object of an answer; needle help json names what each holds

WAYS: dict[Hint, str] = {
    "add activity": "needle activity add NAME",
    "add sales activity": "needle activity add NAME --sales",
    "add contact": "needle contact add NAME",
    "merge contacts": "needle contact merge NAME OTHER",
    "rename activity": "needle activity edit NAME --name OTHER",
    "log": "needle log MINUTES ACTIVITY",
    "start timer": "needle start",
    "stop timer": "needle stop",
    "leave out follows": "leave --follows out",
    "another file": "--db PATH",
    "rescue": "open needle to go back to a backup or to save what can be read",
    "same currency": "--db PATH, or needle settings currency {currency}",
    "import into": "--activity NAME",
    "leave out outcome": "--map outcome=, or --activity NAME",
    "another source": "--source NAME",
    "name column": "--map {field}=COLUMN",
    "leave out length": "--map {second}= or --map {first}=",
    "date format": "--date-format FORMAT",
    "outcome meaning": "--value outcome:TEXT=OUTCOME",
    "read as csv": "--as csv",
    "answered calls": "--value outcome:yes=talked, or --map outcome=tags where a tag says it",
    "tags": '--value "activity:TAG=NAME"',
    "zone": "--zone ZONE",
    "own rows": '--only "COLUMN=VALUE"',
    "begin": "type needle, or name a file with --db",
    "standard output": "- is standard output",
    "sync": "needle sync DIR",
    "older": "if that is meant: needle {command} --older",
}
"""How what an error asks for is done on the command line."""


def give(line: str) -> None:
    """Write a line of data, in which no sign is left that a terminal would obey."""
    give_as_it_is(shown(line))


def give_as_it_is(text: str) -> None:
    """Write what holds nothing that came from outside, or where it is made safe already."""
    if sys.stdout is not None:
        sys.stdout.write(text + "\n")


def give_json(answer: object) -> None:
    """Write a line of JSON, in which no sign is left that a terminal would obey."""
    from msgspec import json

    text = json.format(json.encode(answer, enc_hook=float), indent=0).decode()
    give_as_it_is(text.translate({code: f"\\u{code:04x}" for code in CONTROL}))


def listing(**parts: object) -> Part:
    """An answer: its version, and what is given by name."""
    return {"version": JSON_VERSION, **parts}


def pick(source: object, names: str = "", **keys: str) -> Part:
    """What a value of the domain says under these names; `key="name"` gives one another key.

    Of a name that begins with `is_`, the key does not.
    """
    named = {name.removeprefix("is_"): name for name in names.split()} | keys
    return {key: getattr(source, name) for key, name in named.items()}


def give_answer(answer: object, lines: Iterable[str], *, as_json: bool) -> None:
    """Write what was asked for: as a line of JSON, or in the lines for people."""
    if as_json:
        give_json(answer)
        return
    for line in lines:
        give(line)


def say(sentence: str) -> None:
    """Tell the user something, on one line. Where nobody listens, what was done stays done."""
    if sys.stderr is not None:
        with contextlib.suppress(OSError):
            sys.stderr.write(shown(sentence) + "\n")
            sys.stderr.flush()


def is_terminal(stream: "TextIO | None") -> bool:
    """Whether somebody looks at what is written there, or types what is read from there."""
    return stream is not None and not stream.closed and stream.isatty()


def columns() -> int:
    """How wide standard output is; what goes into a pipe or a file is broken at 80 columns."""
    with contextlib.suppress(OSError, ValueError):
        return max(40, os.get_terminal_size(sys.stdout.fileno()).columns)
    return 80


def let_go_of_output() -> None:
    """Send what could not be written nowhere, so that the end of the program does not fail."""
    with contextlib.suppress(OSError, ValueError, AttributeError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)


def fit(text: str, width: int) -> str:
    """A user's text filled up to so many columns; on a terminal cut, elsewhere never."""
    text = shown(text)
    if cells(text) > width and is_terminal(sys.stdout):
        kept = sum(taken < width for taken in accumulate(map(cells, text)))
        text = f"{text[:kept]}…"
    return text + " " * (width - cells(text))
