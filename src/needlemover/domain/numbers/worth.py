"""What an hour is worth: now and a week from now, and what it earns where it returns most."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from fractions import Fraction
from math import sqrt

from msgspec import Struct
from msgspec.structs import replace

from ..day import WINDOW_DAYS
from ..promises.status import DayOff
from ..settings import Settings, WorkingDay, seconds_a_day, working_days
from .rates import per_hour
from .returns import LEAST_PAYMENTS, Return, range_per_hour

LEAST_DAYS = 28
TREND_WEEKS = 8
WEEKS_AHEAD = 4  # how far a trend is followed
STUDENT_T = 5.958816  # Student's t with 6 degrees of freedom that leaves 0.05 % on either side
Z_80 = 1.281552  # the normal deviate that leaves 10 % on either side


class WorthBasis(Struct, frozen=True):
    """What the worth of an hour is worked out of."""

    since: date  # 90 days, today among them, or since the first entry where that is later
    until: date
    seconds: int  # working hours: working day times working weekdays, less days off
    money: int  # received, in minor units
    payments: int  # how many times money came in; refunds do not count
    days: int  # of records in the window, from the first entry on
    squares: int = 0  # the sum of the squared amounts that came in or were paid back

    @property
    def interval(self) -> tuple[int, int] | None:
        """The 80 % range of what an hour is worth, in minor units; None without any hour."""
        return range_per_hour(self.money, self.squares, self.seconds, Z_80)

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
        return max(0, LEAST_DAYS - self.days)

    @property
    def can_be_said(self) -> bool:
        """Whether there is enough to say a worth."""
        return not self.payments_missing and not self.days_missing


class WorthTrend(Struct, frozen=True):
    """The least-squares line through the worth of an hour in the last 8 full weeks."""

    slope: int  # minor units an hour, a week; rounded half-even
    low: float
    high: float  # with `low`: its 99.9 % interval

    @property
    def sure(self) -> int:
        """By how many minor units it surely rises or falls each week; 0: none are sure."""
        return int(max(self.low, 0) + min(self.high, 0))


class Worth(Struct, frozen=True):
    """The worth of an hour, in minor units."""

    now: int | None  # None: too little to say, or below 0, which is told but used in no sum
    next_week: int | None
    declared: bool  # whether `now` is what the user declared
    next_declared: bool  # whether `next_week` is what the user declared
    basis: WorthBasis  # what was measured, also where a declared worth overrides it
    trend: WorthTrend | None  # None: there are no 8 full weeks with working hours
    measured: int | None  # what was measured, where there is enough of it
    weeks: tuple[int | None, ...] = ()
    """Of the last 8 full weeks that have records, earliest first; None: no working hours in it."""

    @property
    def interval(self) -> tuple[int, int] | None:
        """The 80 % range of `now`; None: not known, or declared, which has none."""
        return None if self.declared or self.now is None else self.basis.interval

    @property
    def low(self) -> int | None:
        """What an hour is worth at least, as far as that is sure; None where it is not known."""
        return self.now if self.interval is None else self.interval[0]

    def after(self, weeks: int) -> int | None:
        """What an hour will be worth by the trend, as far as that is sure, else as it is now."""
        if self.declared or self.now is None or self.trend is None:
            return self.now
        return max(0, self.now + weeks * self.trend.sure)


def worth_of(
    received: Mapping[date, tuple[int, int, int]],
    days_off: Sequence[DayOff],
    settings: Settings,
    first_day: date | None,
    today: date,
) -> Worth:
    """What an hour is worth. Days off of a single activity do not shorten the work.

    `received` is money in minor units, number of payments and sum of the squared amounts by day,
    of 90 days at least; `first_day` that of the first entry ever.
    """
    since = today - timedelta(days=WINDOW_DAYS - 1)
    if first_day is not None:
        since = min(max(since, first_day), today)
    basis = _earned(received, days_off, settings, since, today)
    if first_day is None:
        basis = replace(basis, days=0)
    this_week = settings.weeks.start(today)
    starts = (this_week - timedelta(weeks=number) for number in range(TREND_WEEKS, 0, -1))
    weeks = [
        _earned(received, days_off, settings, start, start + timedelta(days=6))
        for start in starts
        if first_day is not None and start >= first_day
    ]
    points = [Fraction(item.money * 3600, item.seconds) if item.seconds else None for item in weeks]
    known = [point for point in points if point is not None]
    trend = trend_through(known) if len(known) == TREND_WEEKS else None
    measured = basis.per_hour if basis.can_be_said else None
    usable = None if (measured or 0) < 0 else measured
    declared = settings.declared_worth(today)
    declared_next = settings.declared_worth(today + timedelta(weeks=1))
    found = Worth(
        now=usable if declared is None else declared,
        next_week=declared_next,
        declared=declared is not None,
        next_declared=declared_next is not None,
        basis=basis,
        trend=trend,
        measured=measured,
        weeks=tuple(None if point is None else round(point) for point in points),
    )
    return found if declared_next is not None else replace(found, next_week=found.after(1))


def _earned(
    received: Mapping[date, tuple[int, int, int]],
    days_off: Sequence[DayOff],
    settings: Settings,
    since: date,
    until: date,
) -> WorthBasis:
    working = settings.working_day
    within = [sums for day, sums in received.items() if since <= day <= until]
    return WorthBasis(
        since=since,
        until=until,
        seconds=seconds_a_day(working) * working_days(since, until, working, days_off),
        money=sum(money for money, *_ in within),
        payments=sum(payments for _, payments, _ in within),
        squares=sum(squares for *_, squares in within),
        days=(until - since).days + 1,
    )


def trend_through(points: Sequence[Fraction]) -> WorthTrend:
    """The least-squares line through weekly points, minor units an hour, earliest first.

    Exactly eight, because the deviate is that of 6 degrees of freedom.

    Source: the slope of simple linear regression, with the interval b ± t · s / √Sxx, where s² is
    the sum of the squared residuals by n − 2; N. R. Draper and H. Smith, "Applied Regression
    Analysis", third edition (1998), section 1.4.
    """
    middle = Fraction(len(points) - 1, 2)
    mean = sum(points, Fraction()) / len(points)
    spread = sum(((place - middle) ** 2 for place in range(len(points))), Fraction())
    slope = sum(((place - middle) * y for place, y in enumerate(points)), Fraction()) / spread
    residuals = [y - mean - slope * (place - middle) for place, y in enumerate(points)]
    variance = sum((item * item for item in residuals), Fraction()) / (len(points) - 2)
    reach = STUDENT_T * sqrt(variance / spread)
    return WorthTrend(round(slope), float(slope) - reach, float(slope) + reach)


WEEKS_A_YEAR = 52


def best_return(returns: Iterable[Return], but_not: int | None = None) -> Return | None:
    """The activity that earned most an hour with 5 payments and 10 hours; no archived one."""
    proven = (item for item in returns if item.is_proven and item.activity_id != but_not)
    return max(proven, key=lambda item: Fraction(item.money, item.seconds), default=None)


def closest_return(returns: Iterable[Return]) -> Return | None:
    """The activity with the most payments, then hours, of those with money; None without any."""
    near = (item for item in returns if item.money > 0 and not item.is_archived)
    return max(near, key=lambda item: (item.payments, item.seconds), default=None)


def seconds_a_year(working: WorkingDay) -> int:
    """The working hours of a year: working day times working weekdays times 52, nothing less."""
    return seconds_a_day(working) * len(working.weekdays) * WEEKS_A_YEAR
