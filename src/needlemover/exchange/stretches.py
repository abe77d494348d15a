"""Stretches of time as other programs kept them, with what is odd about them."""

from collections import Counter
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from operator import itemgetter

from ..domain.calls.entry import to_come
from ..domain.settings import Moment
from ..store.care.rules import LONGEST
from ..store.imports.content import ImportedEntry
from ..text.format import long_day, minutes
from .reading import FIRST_YEAR, BadRow, Flagged, Reading, UnreadableError, note_of

_LONG = 24 * 3600  # seconds; what lasts longer looks as if it had been forgotten
STILL_RUNNING = "still running when it was saved"  # the note of a stretch without an end
Ended = datetime | None  # None: it still runs


class Stretches:
    """Takes in stretches in the order of the file, and tells which look odd."""

    def __init__(self, row_word: str, moment: Moment, *, in_order: bool) -> None:
        self._row_word = row_word
        self._moment = moment
        self._in_order = in_order  # as the program keeps them, so that any other is odd
        self._latest: datetime | None = None
        self._found: list[tuple[datetime, int, datetime]] = []  # start, line and end of each
        self._flags: list[Flagged] = []
        self._ids: Counter[str] = Counter()

    def entry(
        self, line: int, key: str, activity: str, start: datetime, end: Ended, *notes: str
    ) -> ImportedEntry:
        """One more stretch; without an end it is still running. An impossible one is unreadable."""
        seconds = self.seconds(line, start, end)
        note = note_of(*notes, "" if end else STILL_RUNNING)
        # One that runs is another one when it has ended, so that its length comes in then.
        row_id = key if end else f"{key}:running"
        # No two have one id, but in files that went wrong they do.
        self._ids[key] += 1
        row_id += f"#{self._ids[key]}" if self._ids[key] > 1 else ""
        return ImportedEntry(
            row=key, row_id=row_id, day=self._moment.day_of(start), started_at=start,
            utc_offset=self._moment.offset_at(start), seconds=seconds, count=1 if end else 0,
            note=note, activity=activity,
        )  # fmt: skip

    def seconds(self, line: int, start: datetime, end: Ended) -> int:
        """The length of one more stretch, 0 while it runs. An impossible one is unreadable."""
        if start.year < FIRST_YEAR:
            raise UnreadableError(f"it begins before the year {FIRST_YEAR}")
        if to_come(start, 0, self._moment.now):
            raise UnreadableError(f"{long_day(start.date())} is still to come")
        length = 0 if end is None else int((end - start).total_seconds())
        if length < 0:
            raise UnreadableError("it ends before it begins")
        if length > LONGEST:
            raise UnreadableError("it is longer than a year")
        if self._in_order and self._latest is not None and start < self._latest:
            self.flag(line, "begins before the one above it")
        self._latest = start if self._latest is None else max(start, self._latest)
        if end is None:
            self.flag(line, "is still running: it has a start and no length")
        self.take_length(line, start, length)
        self._found.append((start, line, start + timedelta(seconds=length)))
        return length

    def take_length(self, line: int, start: datetime | None, seconds: int) -> None:
        """Take note of a length that looks odd; one that ends later than now is unreadable."""
        if to_come(start, seconds, self._moment.now):
            raise UnreadableError("it ends later than now")
        if seconds > _LONG:
            self.flag(line, f"lasts {minutes(seconds)}")

    def flag(self, line: int, what: str) -> None:
        """Take note of what looks odd in a line."""
        self._flags.append((line, what))

    def flags(self) -> list[Flagged]:
        """All that is odd, by line; complete when all stretches were taken in."""
        flags = list(self._flags)
        before = datetime.min.replace(tzinfo=UTC), 0
        for start, line, end in sorted(self._found):
            if start < before[0]:
                flags.append((line, f"overlaps {self._row_word} {before[1]}"))
            before = max(before, (end, line), key=itemgetter(0))
        return sorted(flags, key=itemgetter(0))

    def put_into(self, reading: Reading, records: Iterable[ImportedEntry | BadRow]) -> None:
        """Put what a file of stretches holds into a reading."""
        found = reading.records = list(records)
        entries = (record for record in found if isinstance(record, ImportedEntry))
        reading.name_activities(entry.activity or "" for entry in entries)
        reading.flags = self.flags
