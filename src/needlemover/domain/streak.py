"""Streaks: consecutive due days that were met, with their runs."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from .status import MET, MISSED


@dataclass(frozen=True, slots=True)
class Run:
    """An unbroken row of met days."""

    start: date
    """The first met day."""
    end: date
    """The last met day."""
    days: int
    """How many due days were met in it (rest days and days off in between do not count)."""


@dataclass(frozen=True, slots=True)
class Streak:
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

    def with_day_met(self, day: date) -> "Streak":
        """The streak after one more due day that was met."""
        if self.current:
            run = Run(self.runs[-1].start, day, self.current + 1)
            runs = (*self.runs[:-1], run)
        else:
            run = Run(day, day, 1)
            runs = (*self.runs, run)
        return Streak(run.days, runs, max(self.best, run.days))


def streak_of(marks: bytes | bytearray, first: date) -> Streak:
    """The streak that a row of daily marks leaves.

    Days on which nothing was due neither add nor break.

    Args:
        marks: one mark a day (`status.NOT_DUE`, `MET`, `MISSED`).
        first: the day of the first mark.
    """
    runs = tuple(_runs(bytes(marks), first))
    current = 0
    if runs and marks.rfind(MISSED) < marks.rfind(MET):
        current = runs[-1].days
    return Streak(current, runs, max((run.days for run in runs), default=0))


def _runs(marks: bytes, first: date) -> Iterator[Run]:
    begin = 0
    for stretch in marks.split(bytes((MISSED,))):
        met = stretch.count(MET)
        if met:
            start, end = begin + stretch.find(MET), begin + stretch.rfind(MET)
            yield Run(first + timedelta(days=start), first + timedelta(days=end), met)
        begin += len(stretch) + 1
