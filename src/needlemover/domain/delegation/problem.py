"""What popped up and was parked instead of worked on, and the hours that it takes."""

from datetime import date
from enum import StrEnum
from fractions import Fraction

from msgspec import Struct

from ..settings import WorkingDay


class Every(StrEnum):
    """How often it comes back."""

    ONCE = "once"
    DAY = "day"  # each working weekday
    WEEK = "week"
    MONTH = "month"


class CostPer(StrEnum):
    """What the price of handing it over is paid for."""

    ONCE = "once"
    TIME = "time"
    MONTH = "month"


class ProblemState(StrEnum):
    """What became of it."""

    PARKED = "parked"
    DELEGATED = "delegated"
    DONE = "done"  # by its owner after all, for good
    DROPPED = "dropped"


class Cost(Struct, frozen=True):
    """What somebody else asks for it."""

    amount: int  # minor units
    per: CostPer


class Estimate(Struct, frozen=True):
    """What its owner thinks it takes; None where nothing was said yet."""

    seconds: int | None = None  # each time
    every: Every | None = None
    cost: Cost | None = None
    handover_seconds: int | None = None  # of the owner's time, once, until somebody else can do it


class Spent(Struct, frozen=True):
    """Time its owner put into it: a leak, or an entry of the activity that is weighed."""

    day: date
    seconds: int


class Leak(Struct, frozen=True):
    """Time its owner put into it after all."""

    since: date  # the day of the first logged time
    seconds: int
    times: int
    money: int | None  # at the worth of the hour now, in minor units; None where that is not known


class Problem(Struct, frozen=True):
    """Something parked, or an activity of the checklist that is weighed like one."""

    id: int
    title: str
    parked_on: date
    state: ProblemState
    state_on: date  # the day from which the state holds; for what is delegated, since when
    estimate: Estimate
    candidate: str = ""  # who could take it
    note: str = ""
    activity_id: int | None = None  # the activity that is weighed; None: no activity
    delegated_to: str = ""
    real_cost: Cost | None = None  # what it costs since it is delegated; None: what was estimated
    spent: tuple[Spent, ...] = ()  # each logged time, earliest first
    ask_again_on: date | None = None  # the day, as first said, on which Today asks again

    def leak(self, worth: int | None) -> Leak | None:
        """All time that was put into it, at the `worth` of an hour in minor units; None without."""
        spent = [item for item in self.spent if item.seconds > 0]
        if not spent:
            return None
        seconds = sum(item.seconds for item in spent)
        told = seconds // 60 * 60 or seconds  # in whole minutes, so that it comes out by hand
        money = None if worth is None else round(Fraction(told * worth, HOUR))
        return Leak(min(item.day for item in spent), seconds, len(spent), money)


WEEKS_A_MONTH = Fraction(52, 12)
DAYS_A_MONTH = 7 * WEEKS_A_MONTH
LEAST_LOGGED = 3  # times that must be logged before they replace the estimate
LEAST_DAYS = 28  # the shortest stretch that a month is judged by
HOUR = 3600


class Workload(Struct, frozen=True):
    """What a problem takes of its owner."""

    seconds: Fraction  # a month; of a one-off thing, once
    times: Fraction  # a month; 1 for a one-off thing
    is_once: bool
    logged: int = 0  # how many logged times it rests on; 0: on the estimate
    days: int = 0  # in which what comes back was logged
    logged_seconds: int = 0  # in these days

    @property
    def is_measured(self) -> bool:
        """Whether logged times replaced the estimate."""
        return bool(self.logged)

    @property
    def hours(self) -> Fraction:
        """A month; of a one-off thing, once; to the nearest minute, as it is told."""
        return whole_minutes(self.seconds / HOUR)


def whole_minutes(hours: Fraction) -> Fraction:
    """Hours to the nearest minute."""
    return Fraction(round(hours * 60), 60)


def workload_of(problem: Problem, working: WorkingDay, today: date) -> Workload | None:
    """The hours a problem takes; None where too little was said or logged.

    From 3 logged times on, it is what was logged a month, from the first of them to today (28 days
    at least), however often it was said to come back; the times a month are told in tenths. Of a
    one-off thing the logged times are parts: their sum replaces an estimate that it has
    outgrown. What was logged after it had left its owner's hands does not count.
    """
    logged = logged_times(problem, today)
    is_measured = len(logged) >= LEAST_LOGGED
    total = sum(item.seconds for item in logged)
    estimated, every = problem.estimate.seconds, problem.estimate.every
    if every is Every.ONCE:
        if is_measured and (estimated is None or total > estimated):
            return Workload(Fraction(total), Fraction(1), True, len(logged))
        return None if estimated is None else Workload(Fraction(estimated), Fraction(1), True)
    if is_measured:
        days = max(LEAST_DAYS, (_last_day(problem, today) - logged[0].day).days + 1)
        share = DAYS_A_MONTH / days
        times = Fraction(round(10 * len(logged) * share), 10)
        return Workload(total * share, times, False, len(logged), days, total)
    if every is None or estimated is None:
        return None
    times = {
        Every.DAY: len(working.weekdays) * WEEKS_A_MONTH,
        Every.WEEK: WEEKS_A_MONTH,
        Every.MONTH: Fraction(1),
    }[every]
    return Workload(times * estimated, times, False)


def logged_times(problem: Problem, today: date) -> tuple[Spent, ...]:
    """The times that were logged while the problem was its owner's, earliest first."""
    last = _last_day(problem, today)
    within = (item for item in problem.spent if item.seconds > 0 and item.day <= last)
    return tuple(sorted(within, key=lambda item: item.day))


def _last_day(problem: Problem, today: date) -> date:
    if problem.state is ProblemState.PARKED:
        return today
    return min(today, problem.state_on)
