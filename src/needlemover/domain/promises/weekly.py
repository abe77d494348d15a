"""What became of a calendar week: what an activity promised by the week, and what it got."""

from collections.abc import Collection, Sequence
from datetime import date

from ..day import ONE_DAY, ONE_WEEK, days_between
from .commitment import Done, Timeline, first_weeks, week_terms
from .status import MET, MISSED, DayTotal, Due, done_between, place_of


class WeekDue(Due, frozen=True):
    """What one activity asked of a week, and what it got."""

    days_left: int = 0
    """The days of the week from today on that are not off."""
    today_or_never: bool = False
    """Whether it is not met, and today is the last such day."""
    is_over: bool = False


def week_due(
    timeline: Timeline,
    first: date,
    progress: Done,
    *,
    free: Collection[tuple[date, date]],
    today: date,
) -> WeekDue:
    """What an activity asks of the calendar week that begins on a day.

    The first week of a promise counts when it is met and is not due when it is not, like a first
    day. A week of which all days are off (`free`, both ends of a range included) is not due.
    """
    terms = week_terms(timeline, first)
    is_over = first + ONE_WEEK <= today
    if terms is None:
        return WeekDue(None, due=False, met=False, progress=progress, is_over=is_over)
    days = days_between(first, first + ONE_WEEK - ONE_DAY)
    working = [day for day in days if not any(start <= day <= end for start, end in free)]
    if not working:
        return WeekDue(
            terms, due=False, met=False, progress=progress, taken_off=True, is_over=is_over
        )
    left = [day for day in working if day >= today]
    met = terms.met_by(progress)
    begins = first in first_weeks(timeline, first.weekday())
    return WeekDue(
        terms,
        due=met or not begins or not is_over,
        met=met,
        begins=begins,
        progress=progress,
        days_left=len(left),
        today_or_never=not met and left == [today],
        is_over=is_over,
    )


def week_marks(
    timeline: Timeline,
    totals: Sequence[DayTotal],
    free: Collection[tuple[date, date]],
    first: date,
    weeks: int,
) -> bytearray:
    """One mark a week for an activity, for weeks that are over.

    The same answer as `week_due` gives for each week, for hundreds of weeks at once.
    """
    size = 7 * weeks
    is_free = bytearray(size)
    for start, end in free:
        begin, stop = place_of(start, first, size), place_of(end + ONE_DAY, first, size)
        is_free[begin:stop] = b"\1" * (stop - begin)
    beginnings = first_weeks(timeline, first.weekday())
    found = bytearray(weeks)
    for number in range(weeks):
        week = first + number * ONE_WEEK
        terms = week_terms(timeline, week)
        if terms is None or all(is_free[7 * number : 7 * number + 7]):
            continue
        if terms.met_by(done_between(totals, week, week + ONE_WEEK - ONE_DAY)):
            found[number] = MET
        elif week not in beginnings:
            found[number] = MISSED
    return found
