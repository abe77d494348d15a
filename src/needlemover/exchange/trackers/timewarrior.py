"""Timewarrior: a month's data file, or what `timew export` writes.

Described by its manual and source (GothenburgBitFactory/timewarrior): a line is
`inc <start> - <end> # tag "another tag" # "annotation"`, times being UTC like 20260301T091500Z; the
export is a JSON list of objects with start, end, tags, annotation.
"""

import re
from collections import Counter
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from msgspec import Struct, ValidationError, convert
from msgspec.structs import replace

from ...domain.calls.entry import contact_key
from ...store.imports.content import ImportedEntry
from ...text.format import counted, joined, quoted
from ..call_map import Question, QuestionsError
from ..files import json_cells, json_list, numbered_lines, read_text
from ..reading import Reading, Request, UnreadableError, entries_of, unreadable
from ..stretches import Stretches

UNTAGGED = "Time without a tag"
OTHER = "Other time"  # what has none of the tags that were chosen
_PROPOSED = 9  # tags
_PROJECT = "project:"  # before a tag that Taskwarrior gave
_FIELD = re.compile(r"[a-z_]+:")  # before one that it gave and that is no activity
_LINE = re.compile(r"inc(?: (\d{8}T\d{6}Z))?(?: - (\d{8}T\d{6}Z))?(?: (#.*))?")
_WORD = re.compile(r'"((?:[^"\\]|\\.)*)"(?!\S)|(\S+)')


class _Interval(Struct, frozen=True):
    start: str
    end: str = ""  # empty: it is still running
    tags: tuple[str, ...] = ()
    annotation: str = ""


def read_timewarrior(request: Request) -> Reading:
    """Read a data file or an export; which tags are activities may have to be asked."""
    text = read_text(request.path)
    is_lines = not text.lstrip().startswith("[")
    said = "Reading the intervals of Timewarrior: a tag becomes an activity."
    if request.calls.tags:
        by = joined([quoted(tag) for tag in request.calls.tags])
        said = f"Reading the intervals of Timewarrior by {by}; the rest goes to {quoted(OTHER)}."
    reading = Reading("timewarrior", ("interval",), [said], hints=["tags"])
    reading.row_word = "line" if is_lines else "interval"
    stretches = Stretches(reading.row_word, request.moment, in_order=is_lines)
    used, unclear = Counter[str](), Counter[str]()

    def entry(number: int, row: Any) -> ImportedEntry | None:
        found = _interval(row)
        used.update(found.tags)
        if (activity := _activity(found.tags, request)) is None:
            reading.leave_out(", ".join(found.tags) or UNTAGGED)
            return None
        if len(found.tags) > 1 and activity == ", ".join(found.tags):
            unclear[activity] += 1
        others = [tag for tag in found.tags if contact_key(tag) != contact_key(activity)]
        kept = ", ".join(others) if len(others) < len(found.tags) or len(others) == 1 else ""
        start, end = _instant(found.start), _instant(found.end) if found.end else None
        return stretches.entry(number, found.start, activity, start, end, kept, found.annotation)

    rows: Iterable[tuple[int, Any]] = (row for row in numbered_lines(text) if row[1][0] != "#")
    if not is_lines:
        rows = enumerate(json_list(request.path), start=1)
    stretches.put_into(reading, entries_of(rows, entry, json_cells))
    if unclear and not (request.calls.tags or request.activity):
        tags = [(tag, times) for tag, times in used.most_common() if not _FIELD.match(tag)]
        shown = {f"{quoted(tag)}, {counted(times, 'interval')}": tag for tag, times in tags}
        choices = {words: ("tag", tag) for words, tag in [*shown.items()][:_PROPOSED]}
        many = counted(unclear.total(), "interval has", "intervals have")
        asked = f"By which tags is time counted? {many} several"
        rest = f"what has none of those you choose goes to {quoted(OTHER)}"
        raise QuestionsError([Question(f"{asked}; {rest}.", choices, takes_many=True)])
    return reading


def _activity(tags: tuple[str, ...], request: Request) -> str | None:
    """The activity of an interval with these tags; None: it is to be left out."""
    whole, said = ", ".join(tags) or UNTAGGED, request.calls.values.get("activity", {})
    if whole.casefold() in said:
        return request.activity_of(whole)
    by_key = {contact_key(tag): tag for tag in tags}
    if chosen := [by_key[key] for key in map(contact_key, request.calls.tags) if key in by_key]:
        return request.activity_of(chosen[0])
    here = {contact_key(name) for name in request.activity_names}
    meant = [tag for tag in tags if tag.casefold() in said]
    named = meant or [tag for tag in tags if contact_key(tag) in here]
    rest = OTHER if request.calls.tags else whole
    return request.activity_of(named[0] if len(named) == 1 else rest)


def _interval(row: Any) -> _Interval:
    """A line, or an object of the export, as an interval; the project of a task is a tag."""
    try:
        found = _of_line(row) if isinstance(row, str) else convert(row, _Interval)
    except (ValidationError, UnicodeError):
        raise UnreadableError("it is not an interval with a start") from None
    return replace(found, tags=tuple(tag.removeprefix(_PROJECT) for tag in found.tags))


def _of_line(line: str) -> _Interval:
    found = _LINE.fullmatch(line.rstrip())
    if not found or not found[1]:
        raise unreadable(line, "is not an interval that has a start")
    tags: list[str] = []
    annotation: list[str] = []
    part = 0
    for in_quotes, word in _WORD.findall(found[3] or ""):
        if word == "#":
            part += 1
        else:
            text = word or re.sub(r"\\(.)", r"\1", in_quotes)
            (tags if part == 1 else annotation).append(text)
    return _Interval(found[1], found[2] or "", tuple(tags), " ".join(annotation))


def _instant(text: str) -> datetime:
    try:
        return datetime.strptime(text, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
    except ValueError:
        raise unreadable(text, "is not a time like 20260301T091500Z") from None
