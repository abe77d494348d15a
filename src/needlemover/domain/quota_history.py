"""What was done against the quota in force at the time, by day and by week."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, tzinfo

from .quota import WorkingDay
from .record import DayRecord, ProgressSnapshot


@dataclass(frozen=True, slots=True)
class QuotaBar:
    """A day or a week: what was done, and what the commitments in force then asked."""

    start: date
    """The first day of the period."""
    end: date
    """The last day; of a bar of one day the same."""
    seconds: int
    count: int
    quota_seconds: int | None
    """The sum over the due days of the period, those to come included; None: nothing was asked."""
    quota_count: int | None
    due: int
    """Due days that are over; today is among them only once it is met."""
    met: int


@dataclass(frozen=True, slots=True)
class Average:
    """What was done on average in the periods that count."""

    periods: int
    """Due days that are over, or weeks that are over and had a due day."""
    seconds: int | None
    """A period; None: there was no such period."""
    count: float | None
    due: int
    """Due days of all bars."""
    met: int


@dataclass(frozen=True, slots=True)
class WeekPace:
    """Ahead of (or, negative, behind) what the week's due days ask by now; None: no such quota."""

    seconds: int | None
    count: int | None


@dataclass(frozen=True, slots=True)
class ThisWeek:
    """The week that runs now: done, asked, and what is left for each due day that remains."""

    today: date
    bar: QuotaBar
    """The whole week."""
    seconds_before: int
    """What its due days before today asked."""
    count_before: int
    seconds_today: int
    """What today asks."""
    count_today: int
    days_left: int
    """Due days with a quota from today on; today is among them while its quota is not filled."""
    seconds_a_day: int | None
    """What is left, spread over those days, rounded up to whole minutes; None: no such day or no
    such quota."""
    count_a_day: int | None

    def pace(self, now: datetime, zone: tzinfo, working: WorkingDay) -> WeekPace:
        """How the week stands by the clock."""
        raise NotImplementedError


def day_bars(records: Sequence[DayRecord]) -> tuple[QuotaBar, ...]:
    """One bar a day."""
    raise NotImplementedError


def week_bars(
    snapshot: ProgressSnapshot, first: date, last: date, activity_id: int | None = None
) -> tuple[QuotaBar, ...]:
    """One bar a calendar week: every whole week that has a day from the first to the last."""
    raise NotImplementedError


def average(bars: Sequence[QuotaBar], today: date) -> Average:
    """What was done in a due day (of bars of days), or in a week (of bars of weeks)."""
    raise NotImplementedError


def this_week(snapshot: ProgressSnapshot, activity_id: int | None = None) -> ThisWeek:
    """The week of today."""
    raise NotImplementedError
