"""Where the commands write: data to standard output, talk to standard error."""

import contextlib
import io
import os
import sys
from collections.abc import Iterable
from itertools import accumulate

from ..text.plain import CONTROL, cells, shown

COLUMNS = 80
JSON_VERSION = 1  # of all answers: more keys may come, but a new meaning needs a new version


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


def write_what_can_be_written() -> None:
    """Let a stream that cannot write a sign write a question mark in its place."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


def can_write(text: str) -> bool:
    """Whether standard output has all these signs."""
    try:
        text.encode(getattr(sys.stdout, "encoding", None) or "utf-8")
    except (UnicodeEncodeError, LookupError):
        return False
    return True


def let_go_of_output() -> None:
    """Send what could not be written nowhere, so that the end of the program does not fail."""
    with contextlib.suppress(OSError, ValueError, AttributeError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)


def fit(text: str, width: int) -> str:
    """A user's text in exactly so many columns, cut or filled up."""
    text = shown(text)
    if cells(text) > width:
        kept = sum(taken < width for taken in accumulate(map(cells, text)))
        text = f"{text[:kept]}…"
    return text + " " * (width - cells(text))
