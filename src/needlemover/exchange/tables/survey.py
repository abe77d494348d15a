"""What has to be known of all rows of a table before the first one is read."""

import re
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from datetime import date, datetime

from msgspec.structs import replace

from ..call_map import LENGTHS
from ..questions import Question
from ..reading import Request, UnreadableError
from .dates import DateOrder, Written, read_date, read_time
from .grid import TableRow
from .layout import Layout
from .lengths import Decimals, Lengths, read_length
from .outcomes import Outcomes
from .preset import Rules
from .words import text_of

_WITHOUT_ZONE = re.compile(r"(?<![+-]\d\d):\d\d(\.\d+)?(\s*[ap]m)?$", re.IGNORECASE)
_REMEMBERED = 20_000  # texts of a column that are not looked at again
_DATES = ("started_at", "day", "ended_at", "end_day")
_COMPARED = 200  # rows
_COLONS = 2  # of a length with hours, minutes and seconds


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
        column = layout.length_column
        self._length = column.place if column else None
        self.lengths = Lengths(
            column.name if column else "",
            "" if layout.length == "duration" else layout.length,
            column.clock if column else "m:ss",
            calls.length,
        )

    def take(self, rows: Iterable[TableRow]) -> None:
        """Look at all of them."""
        watched = [(place, take, set[str]()) for place, take in self._watched()]
        outcome, activity = map(self.layout.places.get, ("outcome", "activity"))
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
                is_incoming = self.rules.direction(cells) == "inbound"
                self.outcomes.rows[text.casefold()] += 1
                if self.outcomes.meaning(text, is_incoming=is_incoming) is None:
                    self.outcomes.ask(text)
            if self._length is not None and len(compared) < _COMPARED:
                compared.append((cells, text_of(cells[self._length])))
        for cells, length in compared:
            for seconds in self._otherwise(cells):
                self.lengths.compare(length, seconds)

    def questions(self) -> list[Question]:
        """What nothing tells."""
        order = self.order.question() if self._calls.date_format is None else None
        found = [*self.decimals.questions(), *self.lengths.questions(), *self.outcomes.questions()]
        return [order, *found] if order else found

    def refuted(self) -> set[str]:
        """The options that the rows show to be wrong."""
        shown = {"date-format": self.order.is_other, "length": self.lengths.is_other}
        return {name for name, is_wrong in shown.items() if is_wrong}

    def _watched(self) -> list[tuple[int, Callable[[str], None]]]:
        places = self.layout.places
        watched: list[tuple[int, Callable[[str], None]]] = [
            (places[name], self.order.add) for name in _DATES if name in places
        ]
        if "started_at" in places:
            watched.append((places["started_at"], self._add_instant))
        if self._length is not None:
            watched += [(self._length, self.decimals.add), (self._length, self.lengths.add)]
        if "amount" in places:
            watched.append((places["amount"], self.decimals.add))
        if "person" in self.rules.places:
            watched.append((self.rules.places["person"], self.people.add))
        return watched

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
