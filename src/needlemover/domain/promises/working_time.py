"""Working days and working hours: the weekdays of the working day, less the days off."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta

from ..day import days_between
from .quota import WorkingDay
from .status import DayOff, is_off

_ANY_DAY = date(2000, 1, 1)


def working_days(
    first: date, last: date, working: WorkingDay, days_off: Sequence[DayOff]
) -> Iterator[date]:
    """The days of a range (both ends included) on which work is done.

    Days off of a single activity are working days.
    """
    for day in days_between(first, last):
        if day.weekday() in working.weekdays and not is_off(days_off, day):
            yield day


def seconds_a_day(working: WorkingDay) -> int:
    """How long a working day is by the clock; one that ends on the next morning too."""
    length = datetime.combine(_ANY_DAY, working.end) - datetime.combine(_ANY_DAY, working.start)
    return int(length.total_seconds()) % int(timedelta(days=1).total_seconds())


def working_seconds(
    first: date, last: date, working: WorkingDay, days_off: Sequence[DayOff]
) -> int:
    """The working hours of a range (both ends included), in seconds."""
    return seconds_a_day(working) * sum(1 for _ in working_days(first, last, working, days_off))
