"""Streaks: consecutive due days, or weeks, that were met, with their runs."""

from collections.abc import Iterator
from datetime import date, timedelta

from msgspec import Struct

from .marks import MET, MISSED


class Run(Struct, frozen=True):
    """An unbroken row of met days, or of met weeks."""

    start: date
    """The first met day; the first day of the first met week."""
    end: date
    """The last met day; the last day of the last met week."""
    days: int
    """How many due days were met in it (rest days and days off in between do not count); of a
    weekly promise how many weeks."""


class Streak(Struct, frozen=True):
    """A streak as it stands at the end of a day."""

    current: int = 0
    runs: tuple[Run, ...] = ()
    """All runs, earliest first; the last one is the current streak where `current` is not 0."""
    best: int = 0

    @property
    def current_run(self) -> Run | None:
        """The run that is still alive."""
        return self.runs[-1] if self.current else None

    @property
    def best_run(self) -> Run | None:
        """The longest run; of equals the latest."""
        return max(reversed(self.runs), key=lambda run: run.days, default=None)

    @property
    def alone(self) -> "Streak":
        """The same without the runs that have ended."""
        return Streak(self.current, self.runs[-1:] if self.current else (), self.best)

    def after(
        self, mark: int, start: date, end: date | None = None, *, is_over: bool = True
    ) -> "Streak":
        """The streak after one more day, or week up to `end`; one that runs breaks nothing."""
        if mark == MISSED and is_over:
            return Streak(0, self.runs, self.best)
        if mark != MET:
            return self
        ended, end = self.runs, end or start
        if self.current:
            ended, start = self.runs[:-1], self.runs[-1].start
        run = Run(start, end, self.current + 1)
        return Streak(run.days, (*ended, run), max(self.best, run.days))


def streak_of(marks: bytes | bytearray, first: date) -> Streak:
    """The streak that a row of marks leaves, one mark a day from the first on.

    What was not due neither adds nor breaks.
    """
    runs = tuple(_runs(bytes(marks), first))
    current = runs[-1].days if marks.rfind(MISSED) < marks.rfind(MET) else 0
    return Streak(current, runs, max((run.days for run in runs), default=0))


def _runs(marks: bytes, first: date) -> Iterator[Run]:
    begin = 0
    for stretch in marks.split(bytes((MISSED,))):
        met = stretch.count(MET)
        if met:
            start, end = begin + stretch.find(MET), begin + stretch.rfind(MET)
            yield Run(first + timedelta(days=start), first + timedelta(days=end), met)
        begin += len(stretch) + 1
