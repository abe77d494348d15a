"""harsh: a file of habits and a log, both plain text.

Described in its README (wakatara/harsh): `Name: frequency[: end date]`, and one line an answer,
`2025-01-15 : Name : y : comment : amount`.
"""

import re
from datetime import date

from ...domain.day import ONE_DAY
from ...domain.errors import NeedleError
from ..files import json_cells, numbered_lines, read_text
from ..habits import Habit, add_habits, promise_of, promises_said
from ..reading import Reading, Records, Request, entries_of, iso_day, note_of, unreadable

_ANSWER = re.compile(r"(\d{4}-\d\d-\d\d) : (.+?) : ([yns]) *(?:: ?(.*))?")
_HABIT = re.compile(r"([^:]+): +(\d{1,4}w?)(?:/(\d{1,4}w?))? *(?:: +(\d{4}-\d\d-\d\d) *)?")


def kind_of(text: str) -> str:
    """Which of the two files this is by most of its lines, log or habits; empty: neither."""
    lines = [line for _, line in numbered_lines(text) if line[0] not in "#!"]
    for kind, shape in (("log", _ANSWER), ("habits", _HABIT)):
        if 2 * sum(map(bool, map(shape.fullmatch, lines))) > len(lines):
            return kind
    return ""


def read_harsh(request: Request) -> Reading:
    """Read a log, a file of habits, or either with the other one beside it."""
    text = read_text(request.path)
    if not (kind := kind_of(text)):
        raise NeedleError(f"{request.path.name} is not of harsh: choose its file called log.")
    found = {kind: text}
    other = "log" if kind == "habits" else "habits"
    beside = request.path.with_name(other)
    if beside != request.path and beside.is_file():
        text = read_text(beside)
        found |= {other: text} if kind_of(text) == other else {}
    habits = found.get("habits", "")
    said = [f"Reading what harsh keeps: {' and '.join(sorted(found, reverse=True))}."]
    if not habits:
        said.append("Its file of habits does not lie beside it, so nothing is promised for any.")
    reading = Reading("harsh", ("text",), said)
    known: dict[str, Habit] = {}
    bad = list(_bad_habits(habits, known, request))
    reading.records = [*bad, *_entries(found.get("log", ""), known, request, reading)]
    add_habits(reading, known.values())
    if habits:
        reading.said += promises_said(known.values())
    return reading


def _bad_habits(text: str, found: dict[str, Habit], request: Request) -> Records:
    """The lines of a file of habits that cannot be read; `found` gets the others by their names."""

    def take(line: int, content: str) -> None:
        if not (parts := _HABIT.fullmatch(content)):
            raise unreadable(content, "is not a habit like “Gym: 3/7”")
        often = "/".join(filter(None, parts.group(2, 3)))
        first, second = _days(parts[2]), parts[3] and _days(parts[3])
        times, days = (first, second) if second else (1, first)
        put_away = iso_day(parts[4]) + ONE_DAY if parts[4] else None
        if name := request.activity_of(parts[1].strip()):
            habit = Habit(name, often, promise_of(times, days), put_away)
            found.setdefault(parts[1].strip(), habit)

    lines = (item for item in numbered_lines(text) if item[1][0] not in "#!")
    return entries_of(lines, take, json_cells, "in the file of habits: ")


def _days(text: str) -> int:
    return int(text[:-1]) * 7 if text.endswith("w") else int(text)


def _entries(text: str, habits: dict[str, Habit], request: Request, reading: Reading) -> Records:
    answers: dict[tuple[str, date], tuple[str, str]] = {}

    def take(line: int, content: str) -> None:
        parts = _ANSWER.fullmatch(content)
        if not parts or not parts[2].strip():
            raise unreadable(content, "is not an answer like “2025-01-15 : Gym : y”")
        name, day, answer = parts[2].strip(), request.past_day(parts[1]), parts[3]
        comment, _, amount = (parts[4] or "").rpartition(" : ")
        if not re.fullmatch(r"\s*\d*(\.\d+)?\s*", amount):
            comment, amount = parts[4] or "", ""
        amount = amount.strip().rstrip("0").rstrip(".") if "." in amount else amount.strip()
        note = note_of("" if amount in ("", "0") else f"amount {amount}", comment.strip(" :"))
        if (name, day) in answers:
            what = "answers that are told again further down, which counts, as in harsh"
            reading.left_out[what] += 1
        answers[name, day] = answer, note

    lines = (item for item in numbered_lines(text) if item[1][0] != "#")
    yield from entries_of(lines, take, json_cells)
    for (name, day), (answer, note) in answers.items():
        if (habit := habits.get(name)) is None:
            if (meant := request.activity_of(name)) is None:
                reading.leave_out(name)
                continue
            habit = habits[name] = Habit(meant, "not among the habits")
        habit.days.add(day)
        if answer == "y":
            yield habit.entry(name, day, note)
        elif answer == "s":
            habit.skipped[day] = note
        elif note:
            reading.left_out["comments on days on which it was not done"] += 1
