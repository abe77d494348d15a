"""How the day and the week stand against what was promised, by the clock."""

from datetime import date, datetime, time, tzinfo

from msgspec import Struct

from .commitment import MONDAY_TO_FRIDAY
from .pace import share_of_hours


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
    return share_of_hours(now, day, zone, working.start, working.end)


class Week(Struct, frozen=True):
    """The minutes with buyers of a calendar week."""

    seconds: int = 0
    quota_seconds: int = 0
    """Of all its due days, and what is promised by the week."""
    quota_before: int = 0
    """Of its due days before today."""

    def pace(self, quota_today: int, share: float) -> int:
        """Seconds ahead of (or, negative, behind) what the week's due days ask by now."""
        return self.seconds - self.quota_before - round(quota_today * share)
