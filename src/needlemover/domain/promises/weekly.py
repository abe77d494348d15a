"""What became of a calendar week: what an activity promised by the week, and what it got."""

from collections.abc import Collection, Sequence
from datetime import date, timedelta

from msgspec import Struct

from ..day import days_between
from .commitment import NOTHING, Progress, Terms, Timeline, first_weeks, week_terms
from .status import MET, MISSED, NOT_DUE, DayTotal
from .streak import Streak

WEEK = timedelta(weeks=1)
DAYS_OF_A_WEEK = 7


class WeekDue(Struct, frozen=True):
    """What one activity asked of a week, and what it got."""

    terms: Terms | None
    """What the week asks; None: nothing."""
    due: bool
    met: bool
    first_week: bool = False
    progress: Progress = NOTHING
    """What was done in the whole week."""
    days_left: int = 0
    """The days of the week from today on that are not off."""
    today_or_never: bool = False
    """Whether it is not met, and today is the last such day."""
    taken_off: bool = False
    """Whether it would have been due but for days off."""
    is_over: bool = False


def week_due(
    timeline: Timeline,
    first: date,
    progress: Progress,
    *,
    free: Collection[tuple[date, date]],
    today: date,
) -> WeekDue:
    """What an activity asks of a calendar week.

    The first week of a promise counts when it is met and is not due when it is not, like a first
    day. A week of which all days are off is not due.

    Args:
        timeline: the activity's commitments.
        first: the first day of the week.
        progress: what was done in the week.
        free: ranges (both ends included) on which it was not due: days off, dates that travel
            skipped.
        today: the local day now.
    """
    terms = week_terms(timeline, first)
    is_over = first + WEEK <= today
    if terms is None:
        return WeekDue(None, due=False, met=False, progress=progress, is_over=is_over)
    working = [day for day in days_between(first, first + WEEK - timedelta(days=1))
               if not any(start <= day <= end for start, end in free)]  # fmt: skip
    left = [day for day in working if day >= today]
    if not working:
        return WeekDue(
            terms, due=False, met=False, progress=progress, taken_off=True, is_over=is_over
        )
    met = terms.met_by(progress)
    is_first = first in first_weeks(timeline, first.weekday())
    return WeekDue(
        terms,
        due=met or not is_first or not is_over,
        met=met,
        first_week=is_first,
        progress=progress,
        days_left=len(left),
        today_or_never=not met and left == [today],
        is_over=is_over,
    )


def after_week(streak: Streak, first: date, due: WeekDue) -> Streak:
    """A streak in weeks after a week, which may be open still."""
    if due.due and due.met:
        return streak.with_week_met(first)
    if due.due and due.is_over:
        return Streak(0, streak.runs, streak.best)
    return streak


def week_marks(
    timeline: Timeline,
    totals: Sequence[DayTotal],
    free: Collection[tuple[date, date]],
    first: date,
    weeks: int,
) -> bytearray:
    """One mark a week for an activity, for weeks that are over.

    The same answer as `week_due` gives for each week, for hundreds of weeks at once.

    Args:
        timeline: the activity's commitments.
        totals: what was done, by rising day.
        free: ranges (both ends included) on which it was not due.
        first: the first day of the first week.
        weeks: how many.
    """
    done = _sums(totals, first, weeks)
    off = _days_off(free, first, weeks)
    beginnings = first_weeks(timeline, first.weekday())
    found = bytearray(weeks)
    for number in range(weeks):
        week = first + number * WEEK
        terms = week_terms(timeline, week)
        days_off = off[number * DAYS_OF_A_WEEK : (number + 1) * DAYS_OF_A_WEEK]
        if terms is None or all(days_off):
            continue
        seconds, count = done[number]
        if terms.met_by(Progress(seconds, count, done=True)):
            found[number] = MET
        else:
            found[number] = NOT_DUE if week in beginnings else MISSED
    return found


def _sums(totals: Sequence[DayTotal], first: date, weeks: int) -> list[tuple[int, int]]:
    """Seconds and count of each week."""
    seconds, counts = [0] * weeks, [0] * weeks
    origin = first.toordinal()
    for day, length, times in totals:
        week = (day.toordinal() - origin) // DAYS_OF_A_WEEK
        if 0 <= week < weeks:
            seconds[week] += length
            counts[week] += times
    return list(zip(seconds, counts, strict=True))


def _days_off(free: Collection[tuple[date, date]], first: date, weeks: int) -> bytearray:
    """A 1 for each day that is free."""
    size = weeks * DAYS_OF_A_WEEK
    found = bytearray(size)
    for start, end in free:
        begin = min(max((start - first).days, 0), size)
        stop = min(max((end - first).days + 1, begin), size)
        found[begin:stop] = b"\1" * (stop - begin)
    return found
