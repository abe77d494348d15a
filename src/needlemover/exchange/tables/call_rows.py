"""A table, one row a call or a stretch of time."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime, time
from json import dumps

from msgspec.structs import replace

from ...domain.calls.entry import NOT_REACHED, Outcome
from ...store.imports.content import ImportedEntry
from ...text.format import long_day, quoted
from ...text.parse.values import LONGEST_NAME, is_phone
from ..reading import BadRow, UnreadableError, entries_of, note_of, unreadable
from ..stretches import STILL_RUNNING, Stretches
from .csv_file import TableRow
from .dates import Written
from .lengths import read_amount, read_length
from .survey import LEFT_OUT, PLANNED, Survey
from .words import text_of


class CallRows:
    """Reads the rows of one table."""

    def __init__(self, survey: Survey) -> None:
        self.left_out: Counter[str] = Counter()  # rows left out so far, by what they are
        self.stretches = Stretches("line", survey.request.moment, in_order=False)
        self._survey, self._rules, self._request = survey, survey.rules, survey.request
        self._moment, self._places = survey.request.moment, survey.layout.places
        self._has_ends = bool({"ended_at", "end_day", "end_time"} & self._places.keys())
        self._decimal = survey.decimals.decimal
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
        if not left_out and (place := self._places.get("activity")) is not None:
            activity = self._request.activity_of(cells[place])
            if activity is None:
                left_out = f"what is of {quoted(cells[place])}, as you said"
        outcome = None if left_out else self._outcome(cells)
        if outcome == PLANNED:
            left_out = "calls that are still to be made"
        elif outcome == LEFT_OUT:
            text = cells[self._places["outcome"]].strip()
            left_out = f"rows whose outcome is {quoted(text)}, as you said"
        if left_out:
            self.left_out[left_out] += 1
            return None
        day, started_at = self._when(cells)
        seconds, is_over = self._seconds(line, cells, started_at)
        knows_lengths = self._has_ends or bool(self._survey.layout.length)
        is_unanswered = outcome is None and seconds == 0 and is_over and knows_lengths
        direction = self._rules.direction(cells) if self._rules.is_own else ""
        nobody = is_unanswered or (outcome is not None and outcome in NOT_REACHED)
        if direction == "missed" or (direction == "inbound" and nobody):
            self.left_out["incoming calls that were missed, which you did not dial"] += 1
            return None
        contact, phone, aside = self._name("contact", cells), self._name("phone", cells), ""
        if contact and phone and not is_phone(phone):
            phone, aside = "", phone
            self.stretches.flag(line, f"{quoted(aside)} is no phone number, so it goes to the note")
        amount, currency = self._text("amount", cells), self._moment.settings.currency
        entry = ImportedEntry(
            row=dumps(cells), day=day, started_at=started_at, seconds=seconds, activity=activity,
            utc_offset=None if started_at is None else self._moment.offset_at(started_at),
            outcome=None if outcome is None else Outcome(outcome), count=int(is_over),
            contact=contact, phone=phone, amount=read_amount(amount, currency, self._decimal),
            note=note_of(self._text("note", cells), aside, "" if is_over else STILL_RUNNING),
            row_id=self._name("id", cells) or None, is_unanswered=is_unanswered,
        )  # fmt: skip
        if (key := entry.row_id) and (first := self._lines_of_ids.setdefault(key, line)) != line:
            raise UnreadableError(f"the id {quoted(key)} is in line {first} already")
        return entry

    def _outcome(self, cells: Sequence[str]) -> str | None:
        """An outcome, or why the row is left out; None: it does not say."""
        if (place := self._places.get("outcome")) is None:
            return None
        outcomes, is_incoming = self._survey.outcomes, self._rules.direction(cells) == "inbound"
        if text := text_of(cells[place]):
            if (meaning := outcomes.meaning(text, is_incoming=is_incoming)) is None:
                why = f"is not an outcome: say which it stands for, of {', '.join(Outcome)}"
                raise unreadable(text, why, "outcome meaning")
            return meaning
        if blank := outcomes.blank:
            return blank
        other = self._rules.outcome_otherwise(cells)
        return outcomes.meaning(other, is_incoming=is_incoming) if other else None

    def _text(self, name: str, cells: Sequence[str]) -> str:
        if (place := self._places.get(name)) is None:
            return ""
        text = cells[place].strip()
        values = self._request.calls.values.get(name)
        if values is not None and (key := text.casefold()) in values:
            return values[key]
        return text_of(text)

    def _name(self, field: str, cells: Sequence[str]) -> str:
        other = self._rules.other_one(field, cells)
        text = self._text(field, cells) if other is None else other
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
            when = f"{long_day(written.day)}, {written.clock:%H:%M}"
            raise UnreadableError(f"{when}, is still to come")
        return moment.day_of(at), at

    def _written(self, cells: Sequence[str]) -> Written:
        if text := self._text("started_at", cells):
            written = self._survey.read_date(text)
            # Programs write a bare day as its midnight.
            if written.clock == time.min and not self._survey.order.has_clock:
                return Written(written.day)
            return replace(written, zone=written.zone or UTC) if self._rules.is_utc else written
        clock = self._text("time", cells)
        written = self._survey.when(self._text("day", cells), clock)
        is_bare = not clock and written.clock == time.min and written.zone is None
        return replace(written, clock=None) if is_bare else written

    def _seconds(self, line: int, cells: Sequence[str], start: datetime | None) -> tuple[int, bool]:
        """The length, and whether it is over."""
        if not self._has_ends:
            lengths, text = self._survey.lengths, self._text(self._survey.layout.length, cells)
            length = read_length(text, lengths.unit, lengths.clock or "m:ss", self._decimal)
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
        written = self._survey.when(text, clock, started_at.astimezone(self._moment.zone).date())
        if written.clock is None:
            raise UnreadableError("it has no time at which it ends")
        local = datetime.combine(written.day, written.clock, written.zone or self._moment.zone)
        # In the hour that the clocks repeat, the second one is meant where the first is too early.
        ends = local.astimezone(UTC)
        return ends if ends >= started_at else local.replace(fold=1).astimezone(UTC)
