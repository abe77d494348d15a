"""A CSV call log: one row a call."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time
from json import dumps

from ..store.imported import ImportedEntry
from ..store.session import Moment
from ..text.format import long_day, quoted
from ..text.parse import LONGEST_NAME
from .call_map import CallMap
from .cells import (
    Written,
    read_amount,
    read_date,
    read_outcome,
    read_seconds,
    read_time,
)
from .csv_file import Row
from .records import BadRow, UnreadableError

LONGEST_NOTE = 10_000
"""Characters, as of a note that is typed."""


class CallRows:
    """Reads the rows of one table of calls."""

    def __init__(self, columns: Sequence[str], wanted: CallMap, moment: Moment) -> None:
        """Find out where everything stands.

        Args:
            columns: of the file.
            wanted: which of them to read, and how.
            moment: now; local times are of its zone and money of its currency.

        Raises:
            WrongUsageError: when the columns do not have what is wanted.
        """
        self.places: Mapping[str, int] = wanted.places(columns)
        self._values = wanted.values
        self._date_format = wanted.date_format
        self._moment = moment
        self._length = "minutes" if "minutes" in self.places else "seconds"
        self._lines_of_ids: dict[str, int] = {}

    def read(self, rows: Iterable[Row]) -> Iterator[ImportedEntry | BadRow]:
        """Read one row after the other."""
        for row in rows:
            try:
                yield self._entry(row)
            except UnreadableError as error:
                yield BadRow(row.line, str(error), tuple(row.cells))

    def _entry(self, row: Row) -> ImportedEntry:
        if row.fault:
            raise UnreadableError(row.fault)
        cells = row.cells
        day, started_at = self._when(cells)
        entry = ImportedEntry(
            row=dumps(cells),
            day=day,
            started_at=started_at,
            utc_offset=None if started_at is None else self._moment.offset_at(started_at),
            seconds=read_seconds(
                self._text(self._length, cells), minutes=self._length == "minutes"
            ),
            outcome=read_outcome(self._text("outcome", cells)),
            contact=self._short("contact", cells, LONGEST_NAME),
            amount=read_amount(self._text("amount", cells), self._moment.settings.currency),
            note=self._short("note", cells, LONGEST_NOTE),
            row_id=self._short("id", cells, LONGEST_NAME) or None,
        )
        if entry.row_id is not None:
            first = self._lines_of_ids.setdefault(entry.row_id, row.line)
            if first != row.line:
                raise UnreadableError(f"the id {quoted(entry.row_id)} is in line {first} already")
        return entry

    def _text(self, name: str, cells: Sequence[str]) -> str:
        place = self.places.get(name)
        if place is None:
            return ""
        text = cells[place].strip()
        values = self._values.get(name)
        return text if values is None else values.get(text.casefold(), text)

    def _short(self, name: str, cells: Sequence[str], longest: int) -> str:
        text = self._text(name, cells)
        if len(text) > longest:
            raise UnreadableError(f"the {name} is longer than {longest:,} characters")
        return text

    def _when(self, cells: Sequence[str]) -> tuple[date, datetime | None]:
        """The local day, and the instant where the time of day is known."""
        written = self._written(cells)
        moment = self._moment
        if written.clock is None:
            if written.day > moment.today:
                raise UnreadableError(f"{long_day(written.day)} is still to come")
            return written.day, None
        local = datetime.combine(written.day, written.clock, written.zone or moment.zone)
        if written.day.year > moment.now.year + 1 or (at := local.astimezone(UTC)) > moment.now:
            raise UnreadableError(
                f"{long_day(written.day)}, {written.clock:%H:%M}, is still to come"
            )
        return moment.day_of(at), at

    def _written(self, cells: Sequence[str]) -> Written:
        text = self._text("started_at", cells)
        if text:
            return read_date(text, self._date_format)
        text = self._text("day", cells)
        if not text:
            raise UnreadableError("it has no day")
        written = read_date(text, self._date_format)
        clock = self._text("time", cells)
        if clock:
            return replace(written, clock=read_time(clock))
        # Programs write a bare day as its midnight.
        if written.clock == time.min and written.zone is None:
            return replace(written, clock=None)
        return written
