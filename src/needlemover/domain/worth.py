"""What an hour is worth now, and a week from now."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from .money import per_hour
from .settings import Settings
from .status import DayOff

WINDOW_DAYS = 90
LEAST_PAYMENTS = 5
LEAST_DAYS = 28
TREND_WEEKS = 8
STUDENT_T = 2.446912
"""The deviate of Student's t with 6 degrees of freedom that leaves 2.5 % on either side."""


@dataclass(frozen=True, slots=True)
class WorthBasis:
    """What the worth of an hour is worked out of."""

    since: date
    """90 days, today among them, or since the first entry where that is later."""
    until: date
    seconds: int
    """Working hours: working day times working weekdays, less days off."""
    money: int
    """Received, in minor units."""
    payments: int

    @property
    def per_hour(self) -> int | None:
        """Money for each working hour, however little it says; None without any hour."""
        return per_hour(self.money, self.seconds)

    @property
    def payments_missing(self) -> int:
        """How many more payments it takes to say anything."""
        return max(0, LEAST_PAYMENTS - self.payments)

    @property
    def days_missing(self) -> int:
        """How many more days of records it takes to say anything."""
        return max(0, LEAST_DAYS - ((self.until - self.since).days + 1))

    @property
    def can_be_said(self) -> bool:
        """Whether the data bear a worth."""
        return bool(self.seconds) and not self.payments_missing and not self.days_missing


@dataclass(frozen=True, slots=True)
class WorthTrend:
    """The least-squares line through the worth of an hour in the last 8 full weeks."""

    slope: int
    """Minor units an hour, a week; rounded half-even."""
    low: float
    high: float
    """The slope's 95 % interval."""

    @property
    def can_be_borne(self) -> bool:
        """Whether the interval excludes 0."""
        return self.low > 0 or self.high < 0


@dataclass(frozen=True, slots=True)
class Worth:
    """The worth of an hour, in minor units."""

    now: int | None
    """None: too little to say."""
    next_week: int | None
    declared: bool
    """Whether `now` is what the user declared."""
    next_declared: bool
    """Whether `next_week` is what the user declared."""
    basis: WorthBasis
    """What was measured, also where a declared worth overrides it."""
    trend: WorthTrend | None
    """None: there are no 8 full weeks with working hours."""
    measured: int | None
    """What was measured, where the data bear it."""


def worth_of(
    received: Mapping[date, tuple[int, int]],
    days_off: Sequence[DayOff],
    settings: Settings,
    first_day: date | None,
    today: date,
) -> Worth:
    """What an hour is worth.

    Args:
        received: money in minor units and number of payments by day, of the last 90 days at least.
        days_off: of everything and of single activities; only the former shorten the work.
        settings: working day, first weekday, declared worth.
        first_day: of the first entry ever; None without any.
        today: the local day now.
    """
    raise NotImplementedError
