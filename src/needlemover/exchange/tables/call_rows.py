"""A table, one row a call or a stretch of time."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, time
from json import dumps

from msgspec.structs import replace

from ...store.imports.imported import ImportedEntry
from ...store.moment import Moment
from ...text.format import long_day, quoted
from ...text.parse import LONGEST_NAME, LONGEST_NOTE
from ..records import BadRow, Flagged, UnreadableError
from ..stretches import LONG, STILL_RUNNING, Stretches, lasts
from .call_map import CallMap
from .cells import (
    Written,
    read_amount,
    read_date,
    read_milliseconds,
    read_outcome,
    read_seconds,
    read_time,
)
from .csv_file import TableRow
from .preset import Rules

_LENGTHS: Mapping[str, Callable[[str], int]] = {
    "seconds": read_seconds,
    "minutes": lambda text: read_seconds(text, minutes=True),
    "milliseconds": read_milliseconds,
}


class CallRows:
    """Reads the rows of one table."""

    def __init__(
        self,
        columns: Sequence[str],
        calls: CallMap,
        moment: Moment,
        *,
        rules: Rules | None = None,
        activity_of: Callable[[str], str | None] | None = None,
    ) -> None:
        """Find out where everything stands.

        Args:
            columns: of the file.
            calls: which of them to read, and how.
            moment: now; local times are of its zone and money of its currency.
            rules: what else is known of the rows of this program.
            activity_of: what a name of an activity stands for; None: it is left out.

        Raises:
            WrongUsageError: when the columns do not have what is calls.
        """
        self.places: Mapping[str, int] = calls.places(columns)
        self.left_out: Counter[str] = Counter()
        """How many rows were left out so far, by what they are."""
        self.stretches: Stretches | None = None
        """Of a table that has the end of each row."""
        if {"ended_at", "end_day", "end_time"} & self.places.keys():
            self.stretches = Stretches("line", in_order=False)
        self.flags: list[Flagged] = []
        """What looks odd in the rows so far, but for what the stretches tell."""
        self._values = calls.values
        self._date_format = calls.date_format
        self._moment = moment
        self._rules = rules
        self._activity_of = activity_of
        self._length = next((name for name in _LENGTHS if name in self.places), "seconds")
        self._lines_of_ids: dict[str, int] = {}

    def read(self, rows: Iterable[TableRow]) -> Iterator[ImportedEntry | BadRow]:
        """Read one row after the other."""
        for row in rows:
            try:
                entry = self._entry(row)
            except UnreadableError as error:
                yield BadRow(row.line, str(error), tuple(row.cells), error.hint)
                continue
            if entry is not None:
                yield entry

    def _entry(self, row: TableRow) -> ImportedEntry | None:
        if row.fault:
            raise UnreadableError(row.fault)
        cells = row.cells
        if self._is_left_out(cells):
            return None
        day, started_at = self._when(cells)
        seconds, is_over = self._seconds(row, started_at)
        entry = ImportedEntry(
            row=dumps(cells),
            day=day,
            started_at=started_at,
            utc_offset=None if started_at is None else self._moment.offset_at(started_at),
            seconds=seconds,
            outcome=read_outcome(self._outcome(cells)),
            contact=self._contact(cells),
            amount=read_amount(self._text("amount", cells), self._moment.settings.currency),
            note=self._short("note", cells, LONGEST_NOTE),
            row_id=self._short("id", cells, LONGEST_NAME) or None,
            activity=self._activity(cells),
            count=int(is_over),
        )
        if not is_over:
            entry = replace(entry, note=" · ".join(filter(None, (entry.note, STILL_RUNNING))))
        if entry.row_id is not None:
            first = self._lines_of_ids.setdefault(entry.row_id, row.line)
            if first != row.line:
                raise UnreadableError(f"the id {quoted(entry.row_id)} is in line {first} already")
        return entry

    def _is_left_out(self, cells: Sequence[str]) -> bool:
        why = self._rules.why_left_out(cells) if self._rules else None
        place = self.places.get("activity")
        if (
            why is None
            and place is not None
            and self._activity_of is not None
            and self._activity_of(cells[place]) is None
        ):
            why = f"what is of {quoted(cells[place])}, as you said"
        if why is None:
            return False
        self.left_out[why] += 1
        return True

    def _activity(self, cells: Sequence[str]) -> str | None:
        place = self.places.get("activity")
        if place is None or self._activity_of is None:
            return None
        return self._activity_of(cells[place])

    def _outcome(self, cells: Sequence[str]) -> str:
        text = self._text("outcome", cells)
        if text or self._rules is None or "outcome" not in self.places:
            return text
        return self._rules.outcome_otherwise(cells)

    def _contact(self, cells: Sequence[str]) -> str:
        caller = self._rules.incoming_contact(cells) if self._rules else None
        if caller is None:
            return self._short("contact", cells, LONGEST_NAME)
        return caller[:LONGEST_NAME]

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
            written = read_date(text, self._date_format)
            is_utc = self._rules is not None and self._rules.is_utc
            return replace(written, zone=written.zone or UTC) if is_utc else written
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

    def _seconds(self, row: TableRow, started_at: datetime | None) -> tuple[int, bool]:
        """The length, and whether it is over."""
        if self.stretches is None:
            length = _LENGTHS[self._length](self._text(self._length, row.cells))
            if length > LONG:
                self.flags.append(Flagged(row.line, lasts(length)))
            return length, True
        if started_at is None:
            raise UnreadableError("it has no time at which it begins")
        ended_at = self._ended_at(row.cells, started_at)
        length = self.stretches.seconds(row.line, started_at, ended_at, self._moment.now)
        return length, ended_at is not None

    def _ended_at(self, cells: Sequence[str], started_at: datetime) -> datetime | None:
        """The instant of the end; None: it is still running."""
        text = self._text("ended_at", cells) or self._text("end_day", cells)
        clock = self._text("end_time", cells)
        if not text and not clock:
            return None
        if text:
            written = read_date(text, self._date_format)
        else:
            written = Written(started_at.astimezone(self._moment.zone).date())
        if clock:
            written = replace(written, clock=read_time(clock))
        if written.clock is None:
            raise UnreadableError("it has no time at which it ends")
        zone = written.zone or self._moment.zone
        local = datetime.combine(written.day, written.clock, zone)
        # In the hour that the clocks repeat, the second one is meant where the first is too early.
        ends = local.astimezone(UTC)
        return ends if ends >= started_at else local.replace(fold=1).astimezone(UTC)
