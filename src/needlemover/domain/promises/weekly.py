"""What became of a calendar week: what an activity promised by the week, and what it got."""

from collections.abc import Collection
from datetime import date

from ..day import days_between
from ..weeks import Week
from .commitment import Done, Timeline, is_first_week, week_terms
from .status import Due


class WeekDue(Due, frozen=True):
    """What one activity asked of a week, and what it got."""

    days_left: int = 0
    """The days of the week from today on that are not off."""
    today_or_never: bool = False
    """Whether it is not met, and today is the last such day."""
    is_over: bool = False


def week_due(
    timeline: Timeline,
    week: Week,
    progress: Done,
    *,
    free: Collection[tuple[date, date]],
    today: date,
) -> WeekDue:
    """What an activity asks of a calendar week.

    The first week of a promise, and a short one, count when they are met and are not due when they
    are not, like a first day. A week of which all days are off (`free`, both ends of a range
    included) is not due.
    """
    terms = week_terms(timeline, week)
    is_over = week.last < today
    if terms is None:
        return WeekDue(None, progress=progress, is_over=is_over)
    days = days_between(week.first, week.last)
    working = [day for day in days if not any(start <= day <= end for start, end in free)]
    if not working:
        return WeekDue(terms, progress=progress, taken_off=True, is_over=is_over)
    left = [day for day in working if day >= today]
    met = terms.met_by(progress)
    begins = week.is_short or is_first_week(timeline, week)
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
