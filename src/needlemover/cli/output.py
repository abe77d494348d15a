"""Where the commands write: data to standard output, talk to standard error."""

import contextlib
import os
import sys
from collections.abc import Iterable
from itertools import accumulate

from ..text.plain import CONTROL, cells, shown

TYPE_CHECKING = False  # the one of `typing` would load it
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import TextIO

    from ..domain.errors import Hint

JSON_VERSION = 1  # of all answers: more keys may come, but a new meaning needs a new version
Part = dict[str, object]  # an object of an answer; needle help json names what each holds


def ways() -> "dict[Hint, str]":
    """How what an error asks for is done on the command line."""
    from pathlib import Path

    from msgspec import toml

    found: dict[Hint, str] = toml.decode(Path(__file__).with_name("ways.toml").read_bytes())
    return found


@contextlib.contextmanager
def without(name: str) -> "Iterator[None]":
    """Within it a module is not loaded that takes long to, and without which others can do."""
    sys.modules.setdefault(name, None)  # type: ignore[arg-type]
    yield
    if sys.modules[name] is None:
        del sys.modules[name]


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
