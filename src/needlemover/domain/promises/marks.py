"""Marks, one for each day of an activity, and the streaks that they make."""

from bisect import bisect_left
from collections.abc import Collection, Container, Iterable, Sequence
from datetime import date, timedelta
from itertools import pairwise

from msgspec import Struct

from ..day import ONE_DAY
from .commitment import Commitment, Timeline, first_days

# Of an activity on a day. The highest is the whole day's; but an upper limit that was `KEPT`, met
# for its own streak, wins no day.
NOT_DUE, KEPT, MET, MISSED = range(4)

DayTotal = tuple[date, int, int]
"""A day on which something was done, its seconds, and its conversations or counts: what fills the
quota. A plain tuple, because ten years hold thirty thousand of them."""


def marks(
    timeline: Timeline,
    totals: Sequence[DayTotal],
    free: Collection[tuple[date, date]],
    first: date,
    last: date,
    used: Container[date] = (),
) -> bytearray:
    """One mark a day for an activity, from the first day to the last (all of them past).

    The same answer as `due_on` gives for each, for thousands at once; `free` are days off and dates
    that travel skipped, `used` the days with any entry at all.
    """
    size = max(0, (last - first).days + 1)
    found = bytearray(size)
    if not timeline:
        return found
    periods = [(item, following.start) for item, following in pairwise(timeline)]
    periods.append((timeline[-1], max(last + ONE_DAY, timeline[-1].start)))
    for commitment, end in periods:
        begin, stop = place_of(commitment.start, first, size), place_of(end, first, size)
        if commitment.terms is not None:
            weekday = (first.weekday() + begin) % 7
            week = bytes(
                MISSED if (weekday + number) % 7 in commitment.terms.weekdays else NOT_DUE
                for number in range(7)
            )
            found[begin:stop] = (week * size)[: stop - begin]
    for start, end in free:
        begin, stop = place_of(start, first, size), place_of(end + ONE_DAY, first, size)
        found[begin:stop] = bytes(stop - begin)
    for commitment, end in periods:
        within = between(totals, max(first, commitment.start), min(last, end - ONE_DAY))
        if commitment.terms is not None and commitment.terms.at_most:
            over = {total[0] for total in within if total[1] > (commitment.terms.seconds or 0)}
            for place in range(place_of(commitment.start, first, size), place_of(end, first, size)):
                day = first + timedelta(days=place)
                if found[place] == MISSED and day not in over:
                    found[place] = KEPT if day in used else NOT_DUE
        else:
            _mark_what_was_met(found, commitment, within, first)
    for day in first_days(timeline):
        if first <= day <= last and found[(day - first).days] == MISSED:
            found[(day - first).days] = NOT_DUE
    return found


def place_of(day: date, first: date, size: int) -> int:
    """Where a day stands in a row of so many days; at its beginning or end when it is in none."""
    return min(max((day - first).days, 0), size)


def between(totals: Sequence[DayTotal], first: date, last: date) -> Sequence[DayTotal]:
    """The totals of the days from the first to the last, of those by rising day."""
    return totals[bisect_left(totals, (first,)) : bisect_left(totals, (last + ONE_DAY,))]


def _mark_what_was_met(
    found: bytearray, commitment: Commitment, totals: Sequence[DayTotal], first: date
) -> None:
    origin = first.toordinal()
    for least_seconds, least_count in commitment.terms.ways if commitment.terms else ():
        for day, seconds, count in totals:
            if seconds >= least_seconds and count >= least_count:
                place = day.toordinal() - origin
                if found[place] == MISSED:
                    found[place] = MET


def whole_day_marks(activities: Iterable[bytes | bytearray]) -> bytes:
    """The marks of the whole days: missed where anything was, met where all that was due was."""
    worst = bytes(map(max, zip(*activities, strict=True)))
    return worst.replace(bytes((KEPT,)), bytes((NOT_DUE,)))


class Run(Struct, frozen=True):
    """An unbroken row of met days, or of met weeks."""

    start: date  # the first met day; the first day of the first met week
    end: date  # the last met day; the last day of the last met week
    days: int  # due days met in it, without rest days and days off; of a weekly promise weeks


class Streak(Struct, frozen=True):
    """A streak as it stands at the end of a day."""

    current: int = 0
    runs: tuple[Run, ...] = ()  # earliest first; the last is the current one if `current` is not 0
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
        if mark not in (KEPT, MET):
            return self
        ended, end = self.runs, end or start
        if self.current:
            ended, start = self.runs[:-1], self.runs[-1].start
        run = Run(start, end, self.current + 1)
        return Streak(run.days, (*ended, run), max(self.best, run.days))


def streak_of(marks: bytes | bytearray, first: date) -> Streak:
    """The streak of a row of marks, one a day; what was not due neither adds nor breaks."""
    marks = bytes(marks).replace(bytes((KEPT,)), bytes((MET,)))
    runs, begin = [], first
    for stretch in marks.split(bytes((MISSED,))):
        if met := stretch.count(MET):
            start, end = (timedelta(days=find(MET)) for find in (stretch.find, stretch.rfind))
            runs.append(Run(begin + start, begin + end, met))
        begin += timedelta(days=len(stretch) + 1)
    current = runs[-1].days if marks.rfind(MISSED) < marks.rfind(MET) else 0
    return Streak(current, tuple(runs), max((run.days for run in runs), default=0))
