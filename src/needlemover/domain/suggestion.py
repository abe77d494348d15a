"""When to ask more of oneself, and when honestly less: two stated rules with their numbers."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from .record import ProgressSnapshot
from .snapshots import ActivityFact

DUE_DAYS = 20
"""The rules look at so many due days, and say nothing before there are as many."""


class Advice(StrEnum):
    """What to do with a quota."""

    RAISE = "raise"
    LOWER = "lower"


class Measure(StrEnum):
    """What a quota counts in."""

    SECONDS = "seconds"
    COUNT = "count"


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A quota to raise or to lower, with the numbers that say so."""

    activity: ActivityFact
    advice: Advice
    measure: Measure
    met: int
    """Of the last due days, how many were met."""
    of: int
    """How many due days were looked at."""
    asked: int
    """The quota now, in seconds or a count."""
    average: float
    """What was done on those days on average, in the same."""
    to: int
    """What to set it to."""


def suggestions(snapshot: ProgressSnapshot, as_of: date) -> tuple[Suggestion, ...]:
    """What the last due days up to a day speak for, by rank.

    Raise: met on at least 95 % of the last 20 due days, and done on average at least 20 % more
    than is asked now; to the average, rounded down to whole 5 minutes (a whole count), but at
    least one minute (one) more. Lower: met on less than 50 % of them; to the median of what was
    done, rounded down likewise, but at least 5 minutes (1), and only where that is less. Plain
    ticks are left out: there is no number in them to change.
    """
    raise NotImplementedError
