"""What an hour is worth to its owner: now, a week from now, and where it returns most."""

from collections.abc import Iterable
from fractions import Fraction

from msgspec import Struct

from ..settings import WorkingDay, seconds_a_day
from .returns import Return
from .worth import Worth

WEEKS_A_YEAR = 52


class HourWorth(Struct, frozen=True):
    """An hour, three times: now and a week from now, and in the best-returning activity."""

    worth: Worth
    """With what it rests on."""
    best: Return | None
    """None: no activity has the evidence yet."""
    closest: Return | None
    """Where there is no best one: the activity with the most payments, then hours, so that what it
    still lacks can be said; None without any money traced."""


def hour_worth(worth: Worth, returns: Iterable[Return]) -> HourWorth:
    """What an hour is worth, and what it earns where it returns most."""
    returns = tuple(returns)
    best = best_return(returns)
    near = [item for item in returns if item.money > 0 and not item.is_archived]
    closest = max(near, key=lambda item: (item.payments, item.seconds), default=None)
    return HourWorth(worth, best, None if best is not None else closest)


def best_return(returns: Iterable[Return], but_not: int | None = None) -> Return | None:
    """The activity that earned most an hour, of those with 5 payments and 10 hours.

    Archived ones can take no more hours and are left out, like the one that is itself weighed.
    """
    proven = (
        item
        for item in returns
        if item.can_be_compared
        and item.money > 0
        and not item.is_archived
        and item.activity_id != but_not
    )
    return max(proven, key=lambda item: Fraction(item.money, item.seconds), default=None)


def earned_by(best: Return, hours: Fraction) -> int:
    """What so many hours earn in an activity, in minor units, at its whole return an hour."""
    return round(hours * (best.per_hour or 0))


def seconds_a_year(working: WorkingDay) -> int:
    """The working hours of a year: working day times working weekdays times 52, nothing less."""
    return seconds_a_day(working) * len(working.weekdays) * WEEKS_A_YEAR
