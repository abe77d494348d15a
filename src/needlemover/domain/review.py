"""A week or a month looked back on."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from .record import DayRecord, ProgressSnapshot
from .snapshots import ActivityFact
from .status import DayOff
from .suggestion import Suggestion


class Period(StrEnum):
    """What is looked back on."""

    WEEK = "week"
    MONTH = "month"


@dataclass(frozen=True, slots=True)
class PeriodTotals:
    """What the entries of a period add up to beyond the quotas."""

    dials: int = 0
    money: int = 0
    """Received, in minor units, refunds taken off."""


@dataclass(frozen=True, slots=True)
class ActivityReview:
    """An activity in the period."""

    activity: ActivityFact
    due: int
    """Due days; today is among them only once it is met."""
    met: int
    seconds: int
    count: int


@dataclass(frozen=True, slots=True)
class Miss:
    """A day that was not won."""

    record: DayRecord
    """Of all activities together; it says whether part was done, and the reason if one is noted."""
    activities: tuple[ActivityFact, ...]
    """Those that were due and not met."""


@dataclass(frozen=True, slots=True)
class Review:
    """What a week or a month came to."""

    period: Period
    start: date
    end: date
    due: int
    """Due days; today is among them only once it is met."""
    met: int
    activities: tuple[ActivityReview, ...]
    """By rank: those that were due or of which something was done."""
    misses: tuple[Miss, ...]
    seconds: int
    """With buyers."""
    conversations: int
    totals: PeriodTotals
    best_day: DayRecord | None
    """The day with most time with buyers, then most conversations, then the earlier."""
    days_off: tuple[DayOff, ...]
    """Those that reach into the period."""
    suggestions: tuple[Suggestion, ...]
    """As of the end of the period, or today when it is not over."""


def period_of(period: Period, of: date, first_weekday: int) -> tuple[date, date]:
    """The first and the last day of the week or month that a day lies in."""
    raise NotImplementedError


def review(snapshot: ProgressSnapshot, period: Period, of: date, totals: PeriodTotals) -> Review:
    """Look back on the week or month that a day lies in.

    Args:
        snapshot: what is known.
        period: week or month.
        of: any day of it.
        totals: what its entries add up to.
    """
    raise NotImplementedError
