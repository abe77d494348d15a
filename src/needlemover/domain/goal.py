"""The goal: how many conversations stand between the user and the money wanted."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from .funnel import Funnel
from .settings import Settings
from .snapshots import ActivityFact
from .status import DayOff


class Gap(StrEnum):
    """Why it cannot be said how many conversations a goal takes."""

    NO_GOAL = "no_goal"
    REACHED = "reached"
    OVER = "over"
    """Its last day has passed."""
    NO_CONVERSATIONS = "no_conversations"
    NO_WINS = "no_wins"
    NO_MONEY = "no_money"
    """There were wins, but they brought no money."""


class Reach(StrEnum):
    """Whether the daily quota gets there."""

    YES = "yes"
    """Also at the lower end of the interval."""
    PERHAPS = "perhaps"
    """At some rates in the interval, not at all of them."""
    NO = "no"
    """Not even at the upper end."""


@dataclass(frozen=True, slots=True)
class Range:
    """A number that follows from a rate: the least, the likeliest, the most."""

    low: int
    likely: int
    high: int | None
    """None: no upper limit yet."""


@dataclass(frozen=True, slots=True)
class Quota:
    """What the sales activities promise until the goal's last day, and what would do."""

    due_days: int
    """Days on which any sales activity is due, today among them."""
    conversations: int | None
    """All they ask for together; None when the promise has no quota, or minutes cannot be turned
    into conversations because none took any time."""
    reach: Reach | None
    needed: Range | None
    """Conversations on each due day that would get there; None without a due day."""
    needed_seconds: Range | None


@dataclass(frozen=True, slots=True)
class Goal:
    """A goal, and the way to it."""

    wanted: int | None
    """Minor units; None: no goal is set."""
    since: date
    """From this day on money counts towards it."""
    by: date
    """Its last day."""
    is_monthly: bool
    received: int
    missing: int
    """Money still to come, in minor units; 0 when it is reached."""
    working_days: int
    """That remain, today among them."""
    gap: Gap | None = None
    """Why the rest is None."""
    average_win: int | None = None
    win_is_assumed: bool = False
    rate: tuple[float, float, float] | None = None
    """Wins per conversation: the low, the likely, the high one."""
    rate_is_assumed: bool = False
    wins: int | None = None
    """Still needed."""
    conversations: Range | None = None
    """Still needed."""
    conversations_a_day: Range | None = None
    """On each remaining working day; None without any."""
    seconds_a_day: Range | None = None
    quota: Quota | None = None


def goal_of(
    received: Sequence[tuple[date, int]],
    funnel: Funnel,
    activities: Sequence[ActivityFact],
    days_off: Sequence[DayOff],
    settings: Settings,
    today: date,
) -> Goal:
    """The goal as it stands.

    The rate is the measured one where it can be said, else the assumed one, else what the few wins
    there are allow; the average win likewise.

    Args:
        received: money by day, in minor units, of all days that may count.
        funnel: of the window that the rates are taken from.
        activities: those with their promises.
        days_off: nothing is due and nobody works on them.
        settings: the goal, what is assumed, and the working day.
        today: the local day now.
    """
    raise NotImplementedError
