"""What popped up and was parked instead of worked on."""

from datetime import date
from enum import StrEnum

from msgspec import Struct


class Every(StrEnum):
    """How often it comes back."""

    ONCE = "once"
    DAY = "day"
    """Each working weekday."""
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
    DONE = "done"
    """By its owner after all, for good."""
    DROPPED = "dropped"


class Cost(Struct, frozen=True):
    """What somebody else asks for it."""

    amount: int
    """Minor units."""
    per: CostPer


class Estimate(Struct, frozen=True):
    """What its owner thinks it takes; None where nothing was said yet."""

    seconds: int | None = None
    """Each time."""
    every: Every | None = None
    cost: Cost | None = None
    handover_seconds: int | None = None
    """Of the owner's time, once, until somebody else can do it."""


class Spent(Struct, frozen=True):
    """Time its owner put into it: a leak, or an entry of the activity that is weighed."""

    day: date
    seconds: int


class Problem(Struct, frozen=True):
    """Something parked, or an activity of the checklist that is weighed like one."""

    id: int
    title: str
    parked_on: date
    state: ProblemState
    state_on: date
    """The day from which the state holds; for what is delegated, since when."""
    estimate: Estimate
    candidate: str = ""
    """Who could take it."""
    note: str = ""
    activity_id: int | None = None
    """The activity that is weighed; None: no activity."""
    delegated_to: str = ""
    real_cost: Cost | None = None
    """What it costs since it is delegated; None: what was estimated."""
    spent: tuple[Spent, ...] = ()
    """Each logged time, earliest first."""
    ask_again_on: date | None = None
    """The day on which Today asks again, remembered when it was first said; None: never said."""
