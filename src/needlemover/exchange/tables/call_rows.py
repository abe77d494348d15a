"""A table, one row a call or a stretch of time."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, time
from json import dumps

from msgspec.structs import replace

from ...store.imports.content import ImportedEntry
from ...text.format import long_day, quoted
from ...text.parse.values import LONGEST_NAME, is_phone
from ..reading import BadRow, Request, UnreadableError, entries_of, note_of
from ..stretches import STILL_RUNNING, Stretches
from .cells import LENGTHS, Written, read_amount, read_date, read_outcome, read_time
from .grid import TableRow
from .preset import Rules


class CallRows:
    """Reads the rows of one table."""

    def __init__(self, places: Mapping[str, int], request: Request, rules: Rules) -> None:
        self.places = places
        self.left_out: Counter[str] = Counter()  # rows left out so far, by what they are
        self.stretches = Stretches("line", request.moment, in_order=False)
        self._has_ends = bool({"ended_at", "end_day", "end_time"} & self.places.keys())
        self._request = request
        self._moment = request.moment
        self._rules = rules
        self._length = next((name for name in LENGTHS if name in self.places), "seconds")
        self._lines_of_ids: dict[str, int] = {}

    def read(self, rows: Iterable[TableRow]) -> Iterator[ImportedEntry | BadRow]:
        """Read one row after the other."""
        numbered = ((row.line, row) for row in rows)
        return entries_of(numbered, self._entry, lambda row: tuple(row.cells))

    def _entry(self, line: int, row: TableRow) -> ImportedEntry | None:
        if row.fault:
            raise UnreadableError(row.fault)
        cells, activity = row.cells, None
        left_out = self._rules.why_left_out(cells)
        if not left_out and (place := self.places.get("activity")) is not None:
            activity = self._request.activity_of(cells[place])
            if activity is None:
                left_out = f"what is of {quoted(cells[place])}, as you said"
        if left_out:
            self.left_out[left_out] += 1
            return None
        day, started_at = self._when(cells)
        seconds, is_over = self._seconds(line, cells, started_at)
        contact, phone, aside = self._contact(cells), self._name("phone", cells), ""
        if contact and phone and not is_phone(phone):
            phone, aside = "", phone
            self.stretches.flag(line, f"{quoted(aside)} is no phone number, so it goes to the note")
        entry = ImportedEntry(
            row=dumps(cells),
            day=day,
            started_at=started_at,
            utc_offset=None if started_at is None else self._moment.offset_at(started_at),
            seconds=seconds,
            outcome=read_outcome(self._outcome(cells)),
            contact=contact,
            phone=phone,
            amount=read_amount(self._text("amount", cells), self._moment.settings.currency),
            note=note_of(self._text("note", cells), aside, "" if is_over else STILL_RUNNING),
            row_id=self._name("id", cells) or None,
            activity=activity,
            count=int(is_over),
        )
        if entry.row_id is not None:
            first = self._lines_of_ids.setdefault(entry.row_id, line)
            if first != line:
                raise UnreadableError(f"the id {quoted(entry.row_id)} is in line {first} already")
        return entry

    def _outcome(self, cells: Sequence[str]) -> str:
        text = self._text("outcome", cells)
        if text or "outcome" not in self.places:
            return text
        return self._rules.outcome_otherwise(cells)

    def _contact(self, cells: Sequence[str]) -> str:
        caller = self._rules.incoming_contact(cells)
        return self._name("contact", cells) if caller is None else caller[:LONGEST_NAME]

    def _text(self, name: str, cells: Sequence[str]) -> str:
        place = self.places.get(name)
        if place is None:
            return ""
        text = cells[place].strip()
        values = self._request.calls.values.get(name)
        return text if values is None else values.get(text.casefold(), text)

    def _name(self, field: str, cells: Sequence[str]) -> str:
        text = self._text(field, cells)
        if len(text) > LONGEST_NAME:
            raise UnreadableError(f"the {field} is longer than {LONGEST_NAME:,} characters")
        return text

    def _when(self, cells: Sequence[str]) -> tuple[date, datetime | None]:
        """The local day, and the instant where the time of day is known."""
        written = self._written(cells)
        moment = self._moment
        if written.clock is None:
            self._request.must_be_past(written.day)
            return written.day, None
        local = datetime.combine(written.day, written.clock, written.zone or moment.zone)
        if written.day.year > moment.now.year + 1 or (at := local.astimezone(UTC)) > moment.now:
            why = f"{long_day(written.day)}, {written.clock:%H:%M}, is still to come"
            raise UnreadableError(why)
        return moment.day_of(at), at

    def _written(self, cells: Sequence[str]) -> Written:
        text = self._text("started_at", cells)
        if text:
            written = read_date(text, self._request.calls.date_format)
            return replace(written, zone=written.zone or UTC) if self._rules.is_utc else written
        text = self._text("day", cells)
        if not text:
            raise UnreadableError("it has no day")
        written = read_date(text, self._request.calls.date_format)
        clock = self._text("time", cells)
        if clock:
            return replace(written, clock=read_time(clock))
        # Programs write a bare day as its midnight.
        if written.clock == time.min and written.zone is None:
            return replace(written, clock=None)
        return written

    def _seconds(self, line: int, cells: Sequence[str], start: datetime | None) -> tuple[int, bool]:
        """The length, and whether it is over."""
        if not self._has_ends:
            length = LENGTHS[self._length](self._text(self._length, cells))
            self.stretches.take_length(line, start, length)
            return length, True
        if start is None:
            raise UnreadableError("it has no time at which it begins")
        ended_at = self._ended_at(cells, start)
        return self.stretches.seconds(line, start, ended_at), ended_at is not None

    def _ended_at(self, cells: Sequence[str], started_at: datetime) -> datetime | None:
        """The instant of the end; None: it is still running."""
        text = self._text("ended_at", cells) or self._text("end_day", cells)
        clock = self._text("end_time", cells)
        if not text and not clock:
            return None
        if text:
            written = read_date(text, self._request.calls.date_format)
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
