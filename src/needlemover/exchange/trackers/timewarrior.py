"""Timewarrior: a month's data file, or what `timew export` writes.

Described by its manual and source (GothenburgBitFactory/timewarrior): a line is
`inc <start> - <end> # tag "another tag" # "annotation"`, times being UTC like 20260301T091500Z; the
export is a JSON list of objects with start, end, tags, annotation.
"""

import re
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from msgspec import Struct, ValidationError, convert

from ...domain.calls.entry import contact_key
from ...store.imports.content import ImportedEntry
from ..files import json_cells, json_list, numbered_lines, read_text
from ..reading import Reading, Request, UnreadableError, entries_of, unreadable
from ..stretches import Stretches

DATA = r"(?:\s*\n)?(?:inc|exc)(?: |\r?$)"  # how a data file begins
UNTAGGED = "Time without a tag"
_LINE = re.compile(r"inc(?: (\d{8}T\d{6}Z))?(?: - (\d{8}T\d{6}Z))?(?: (#.*))?")
_WORD = re.compile(r'\s*("(?:[^"\\]|\\.)*"|\S+)')


class _Interval(Struct, frozen=True):
    start: str
    end: str = ""  # empty: it is still running
    tags: tuple[str, ...] = ()
    annotation: str = ""


def read_timewarrior(request: Request) -> Reading:
    """Read a data file or an export."""
    text = read_text(request.path)
    is_lines = re.match(DATA, text, re.MULTILINE) is not None
    said = (
        "Reading the intervals of Timewarrior: a tag becomes an activity, and several together "
        "become one, unless just one of them is the name of an activity or was said to stand for "
        "one."
    )
    reading = Reading("timewarrior", ("interval",), [said], hints=["tags"])
    reading.row_word = "line" if is_lines else "interval"
    stretches = Stretches(reading.row_word, request.moment, in_order=is_lines)

    def entry(number: int, row: Any) -> ImportedEntry | None:
        try:
            found = _of_line(row) if is_lines else convert(row, _Interval)
        except (ValidationError, UnicodeError):
            raise UnreadableError("it is not an interval with a start") from None
        activity = _activity(found.tags, request)
        if activity is None:
            reading.leave_out(", ".join(found.tags) or UNTAGGED)
            return None
        others = [tag for tag in found.tags if contact_key(tag) != contact_key(activity)]
        tags = ", ".join(others) if len(others) < len(found.tags) or len(others) == 1 else ""
        start, end = _instant(found.start), _instant(found.end) if found.end else None
        return stretches.entry(number, found.start, activity, start, end, tags, found.annotation)

    rows: Iterable[tuple[int, Any]]
    if is_lines:
        rows = [(number, line) for number, line in numbered_lines(text) if line[0] != "#"]
    else:
        rows = enumerate(json_list(request.path), start=1)
    stretches.put_into(reading, entries_of(rows, entry, _cells))
    return reading


def _cells(row: Any) -> tuple[str]:
    return (row[:10_000],) if isinstance(row, str) else json_cells(row)


def _activity(tags: tuple[str, ...], request: Request) -> str | None:
    """The activity of an interval with these tags; None: it is to be left out."""
    whole = ", ".join(tags) or UNTAGGED
    if len(tags) < 2 or whole.casefold() in request.activity_meant:
        return request.activity_of(whole)
    here = {contact_key(name) for name in request.activity_names}
    meant = [tag for tag in tags if tag.casefold() in request.activity_meant]
    named = meant or [tag for tag in tags if contact_key(tag) in here]
    return request.activity_of(named[0] if len(named) == 1 else whole)


def _of_line(line: str) -> _Interval:
    found = _LINE.fullmatch(line.rstrip())
    if not found or not found[1]:
        raise unreadable(line, "is not an interval that has a start")
    tags: list[str] = []
    annotation: list[str] = []
    part = 0
    for word in _WORD.findall(found[3] or ""):
        if word == "#":
            part += 1
        else:
            (tags if part == 1 else annotation).append(_unquoted(word))
    return _Interval(found[1], found[2] or "", tuple(tags), " ".join(annotation))


def _unquoted(word: str) -> str:
    if len(word) > 1 and word[0] == word[-1] == '"':
        return re.sub(r"\\(.)", r"\1", word[1:-1])
    return word


def _instant(text: str) -> datetime:
    try:
        return datetime.strptime(text, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
    except ValueError:
        raise unreadable(text, "is not a time like 20260301T091500Z") from None
