"""The working day: its hours, what of them has passed, and the working days of a range."""

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time, tzinfo

from msgspec import Struct

from ..day import ONE_DAY, days_between
from .commitment import MONDAY_TO_FRIDAY
from .status import DayOff, is_off


class WorkingDay(Struct, frozen=True):
    """The hours of work that pace is measured against."""

    start: time = time(9)
    end: time = time(17)
    """At or before the start: on the next morning."""
    weekdays: frozenset[int] = MONDAY_TO_FRIDAY
    """Monday is 0."""


def expected_share(now: datetime, day: date, zone: tzinfo, working: WorkingDay) -> float:
    """The share (0 to 1) of a day's quota that should be done by now.

    It rises evenly over the working hours. A day that is due outside the working weekdays is
    measured by the same hours: what is promised for a Saturday is promised for its working day.
    """
    begins = datetime.combine(day, working.start, tzinfo=zone).astimezone(UTC)
    end_day = day if working.end > working.start else day + ONE_DAY
    ends = datetime.combine(end_day, working.end, tzinfo=zone).astimezone(UTC)
    return min(1.0, max(0.0, (now - begins) / (ends - begins)))


def pace(done: int, quota: int, share: float) -> int:
    """What is done beyond (or, negative, short of) the share of the quota due by now."""
    return done - round(quota * share)


def working_days(
    first: date, last: date, working: WorkingDay, days_off: Sequence[DayOff]
) -> Iterator[date]:
    """The days of a range (both ends included) on which work is done."""
    for day in days_between(first, last):
        if is_working_day(day, working, days_off):
            yield day


def is_working_day(day: date, working: WorkingDay, days_off: Sequence[DayOff]) -> bool:
    """Whether work is done on a day; on a day off of a single activity it is."""
    return day.weekday() in working.weekdays and not is_off(days_off, day)


def seconds_a_day(working: WorkingDay) -> int:
    """How long a working day is by the clock; one that ends on the next morning too."""
    length = datetime.combine(date.min, working.end) - datetime.combine(date.min, working.start)
    return int((length % ONE_DAY).total_seconds())


def working_seconds(
    first: date, last: date, working: WorkingDay, days_off: Sequence[DayOff]
) -> int:
    """The working hours of a range (both ends included), in seconds."""
    return seconds_a_day(working) * sum(1 for _ in working_days(first, last, working, days_off))
