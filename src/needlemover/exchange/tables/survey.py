"""What has to be known of all rows of a table before the first one is read, and its outcomes."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import date, datetime

from msgspec.structs import replace

from ...domain.calls.entry import Outcome
from ...text.format import counted, joined, quoted
from ..call_map import LENGTHS, Question
from ..reading import Request, UnreadableError
from . import words
from .csv_file import TableRow
from .dates import DateOrder, Written, read_date, read_time
from .layout import Layout
from .lengths import Decimals, Lengths, read_length
from .preset import Rules
from .words import text_of

_WITHOUT_ZONE = re.compile(r"(?<![+-]\d\d):\d\d(\.\d+)?(\s*[ap]m)?$", re.IGNORECASE)
_REMEMBERED = 20_000  # texts of a column that are not looked at again
_DATES = ("started_at", "day", "ended_at", "end_day")
_COMPARED = 200  # rows
_COLONS = 2  # of a length with hours, minutes and seconds
ANSWERED, PLANNED, LEFT_OUT = "answered", "planned", ""
_OURS = {item.value: item.value for item in Outcome}
_MOST_ASKED = 30
_MOST_TEXTS = 10_000  # that are remembered


class Outcomes:
    """Tells the outcome of a text: what was said, ours, or one that is known in eight languages."""

    def __init__(self, said: Mapping[str, str], *, is_answered: bool) -> None:
        """`said` is by text in lower case; where it `is_answered`, a yes says that it was."""
        self.blank = said.get("", "")  # what no text at all stands for; empty: nothing was said
        self.rows: Counter[str] = Counter()  # by their text in lower case
        self.unknown: Counter[str] = Counter()  # rows, by their text as it first came
        self._said = said
        self._more = words.YES if is_answered else {}
        self._meanings: dict[str, str | None] = {}  # by text in lower case
        self._shown: dict[str, str] = {}

    def meaning(self, text: str, *, is_incoming: bool) -> str | None:
        """An outcome, `PLANNED`, or `LEFT_OUT` for what is to be left out; None: it is not known.

        That an outgoing call was answered does not tell by whom; who calls is no machine.
        """
        key = text.casefold()
        meaning = self._meanings[key] if key in self._meanings else self._found(key)
        if len(self._meanings) < _MOST_TEXTS:  # a million different ones would not fit
            self._meanings[key] = meaning
            self._shown.setdefault(key, text)
        if is_incoming and meaning in (ANSWERED, Outcome.GATEKEEPER):
            known = words.key(text)
            if ANSWERED in (words.OUTCOMES.get(known), words.YES.get(known)):
                return Outcome.TALKED
        return None if meaning == ANSWERED else meaning

    def _found(self, text: str) -> str | None:
        if text in self._said:
            return self._said[text]
        ours = _OURS.get("_".join(text.replace("-", " ").split()))
        key = words.key(text)
        return ours or self._more.get(key) or words.OUTCOMES.get(key)

    def add(self, text: str, *, is_incoming: bool) -> None:
        """Take in the text of a row."""
        self.rows[text.casefold()] += 1
        if self.meaning(text, is_incoming=is_incoming) is None:
            self.unknown[self._shown.get(text.casefold(), text)] += 1

    def meanings(self) -> Iterator[tuple[str, int, str | None]]:
        """Each text with its rows and what it means, the most frequent first; None: not known."""
        for key, rows in self.rows.most_common():
            meaning = self._meanings[key]
            yield self._shown[key], rows, None if meaning == ANSWERED else meaning

    def said(self) -> list[str]:
        """A sentence on what the texts of the file were taken for."""
        new = ((key, it) for key, it in self._meanings.items() if it and key not in self._said)
        told = [(self._shown[key], it) for key, it in new if it not in (key, ANSWERED)]
        known = [f"{quoted(text)} is {it.replace('_', ' ')}" for text, it in told]
        return [f"Outcomes: {joined(known, most=20)}."] if known else []

    def questions(self) -> list[Question]:
        """What each unknown text stands for, the most frequent first."""
        found = []
        for text, rows in self.unknown.most_common(_MOST_ASKED):
            # The outcome of the longest known text that it holds stands first.
            held = [known for known in words.OUTCOMES if f" {known} " in f" {words.key(text)} "]
            likely = words.OUTCOMES[max(held, key=len)] if held else Outcome.NO_ANSWER
            first = Outcome.TALKED if likely == ANSWERED else likely
            values = [value for value in _OURS if value == first]
            values += [value for value in _OURS if value != first]
            meant = {Outcome(value).words: value for value in values} | {"leave these rows out": ""}
            choices = {word: ("value", f"outcome:{text}={value}") for word, value in meant.items()}
            asked = f"Which outcome is {quoted(text)} ({counted(rows, 'row')})?"
            found.append(Question(asked, choices))
        return found


class Survey:
    """Looks at all rows, and tells how they are written."""

    def __init__(self, layout: Layout, rules: Rules, outcomes: Outcomes, request: Request) -> None:
        self.layout, self.rules, self.outcomes, self.request = layout, rules, outcomes, request
        self._calls = calls = request.calls
        self.order = DateOrder(request.moment.today, rules.preset.day_first, calls.date_format)
        self.decimals = Decimals(calls.decimal)
        self.has_local_times = False
        self.people: set[str] = set()
        self.names: dict[str, None] = {}  # of activities, as they come
        column, unit = layout.length_column, layout.length.replace("duration", "")
        self._length = column.place if column else None
        name, clock = (column.name, column.clock) if column else ("", "m:ss")
        self.lengths = Lengths(name, unit, clock, calls.length)

    def take(self, rows: Iterable[TableRow]) -> None:
        """Look at all of them."""
        places, length = self.layout.places, self._length
        looks: list[tuple[int | None, Callable[[str], None]]] = [
            *((places.get(name), self.order.add) for name in _DATES),
            (places.get("started_at"), self._add_instant),
            (length, self.decimals.add),
            (length, self.lengths.add),
            (places.get("amount"), self.decimals.add),
            (self.rules.places.get("person"), self.people.add),
        ]
        watched = [(place, take, set[str]()) for place, take in looks if place is not None]
        outcome, activity = map(places.get, ("outcome", "activity"))
        compared: list[tuple[list[str], str]] = []  # rows with their length
        for row in rows:
            cells = row.cells
            if row.fault or self.rules.why_left_out(cells):
                continue
            if activity is not None:
                self.names.setdefault(cells[activity])
            for place, take, seen in watched:
                text = text_of(cells[place])
                if text and text not in seen:
                    take(text)
                    if len(seen) < _REMEMBERED:
                        seen.add(text)
            if outcome is not None and (text := text_of(cells[outcome])):
                self.outcomes.add(text, is_incoming=self.rules.direction(cells) == "inbound")
            if length is not None and len(compared) < _COMPARED:
                compared.append((cells, text_of(cells[length])))
        for cells, text in compared:
            for seconds in self._otherwise(cells):
                self.lengths.compare(text, seconds)

    def questions(self) -> list[Question]:
        """What nothing tells."""
        asked = self.order, self.decimals, self.lengths, self.outcomes
        return [question for each in asked for question in each.questions()]

    def _add_instant(self, text: str) -> None:
        self.has_local_times = self.has_local_times or _WITHOUT_ZONE.search(text) is not None

    def _otherwise(self, cells: Sequence[str]) -> Iterable[int]:
        """What other columns tell of the length of a row, in seconds."""
        with suppress(UnreadableError):
            places = self.layout.places | self.layout.ends
            found = {name: text_of(cells[place]) for name, place in places.items()}
            start = self.when(found.get("started_at") or found.get("day"), found.get("time"))
            end_day = found.get("ended_at") or found.get("end_day")
            end = self.when(end_day, found.get("end_time"), start.day)
            if start.clock and end.clock:
                began = datetime.combine(start.day, start.clock)
                yield round((datetime.combine(end.day, end.clock) - began).total_seconds())
        for column in self.layout.references:
            text = text_of(cells[column.place])
            if column.unit or text.count(":") == _COLONS:
                with suppress(UnreadableError):
                    unit = column.unit if column.unit in LENGTHS else "seconds"
                    yield read_length(text, unit, column.clock, ".")

    def when(self, day: str | None, clock: str | None, otherwise: date | None = None) -> Written:
        """A day with a time that may stand beside it; `otherwise` is the day where none stands."""
        if day:
            written = self.read_date(day)
        elif otherwise:
            written = Written(otherwise)
        else:
            raise UnreadableError("it has no day")
        return replace(written, clock=read_time(clock)) if clock else written

    def read_date(self, text: str) -> Written:
        """A date as the column has it."""
        return read_date(text, self._calls.date_format, day_first=self.order.day_first)
