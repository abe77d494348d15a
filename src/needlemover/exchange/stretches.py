"""Stretches of time as other programs kept them, with what is odd about them."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from msgspec import Struct

from ..text.format import hours, long_day
from .records import Flagged, UnreadableError
from .tables.cells import FIRST_YEAR, LONGEST

LONG = 24 * 3600
"""Seconds. What lasts longer looks as if it had been forgotten."""

STILL_RUNNING = "still running when it was saved"
"""The note of a stretch without an end."""


def lasts(seconds: int) -> str:
    """What is odd about a length."""
    return f"lasts {hours(seconds)}"


class _Stretch(Struct, frozen=True):
    line: int
    start: datetime
    end: datetime


class Stretches:
    """Takes in stretches in the order of the file, and tells which look odd."""

    def __init__(self, row_word: str, *, in_order: bool) -> None:
        """Begin.

        Args:
            row_word: what a stretch is called in the file.
            in_order: whether the program keeps them in order, so that any other order is odd.
        """
        self._row_word = row_word
        self._in_order = in_order
        self._latest: datetime | None = None
        self._found: list[_Stretch] = []
        self._flags: list[Flagged] = []

    def seconds(self, line: int, start: datetime, end: datetime | None, now: datetime) -> int:
        """The length of one more stretch; of one that is still running: 0.

        Raises:
            UnreadableError: when it cannot have been.
        """
        if start.year < FIRST_YEAR:
            raise UnreadableError(f"it begins before the year {FIRST_YEAR}")
        if start > now:
            raise UnreadableError(f"{long_day(start.date())} is still to come")
        length = 0 if end is None else int((end - start).total_seconds())
        if length < 0:
            raise UnreadableError("it ends before it begins")
        if length > LONGEST:
            raise UnreadableError("it is longer than a year")
        if self._in_order and self._latest is not None and start < self._latest:
            self._flags.append(Flagged(line, "begins before the one above it"))
        self._latest = start if self._latest is None else max(start, self._latest)
        if end is None:
            self._flags.append(Flagged(line, "is still running: it has a start and no length"))
        elif end > now:
            self._flags.append(Flagged(line, "ends later than now"))
        if length > LONG:
            self._flags.append(Flagged(line, lasts(length)))
        self._found.append(_Stretch(line, start, start + timedelta(seconds=length)))
        return length

    def flags(self) -> list[Flagged]:
        """All that is odd, by line; complete when all stretches were taken in."""
        return sorted([*self._flags, *self._overlaps()], key=lambda flag: flag.line)

    def _overlaps(self) -> Iterator[Flagged]:
        before: _Stretch | None = None
        for item in sorted(self._found, key=lambda stretch: (stretch.start, stretch.line)):
            if before is not None and item.start < before.end:
                yield Flagged(item.line, f"overlaps {self._row_word} {before.line}")
            if before is None or item.end > before.end:
                before = item
