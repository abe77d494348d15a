"""All that Numbers shows, as one frozen value."""

from datetime import date

from msgspec import Struct

from ..buyers.contact import OpenOffers
from ..buyers.next_calls import Kept
from ..calls.block import BlockHours
from ..settings import Settings
from .funnel import Funnel
from .goal import Goal
from .hours import Slots
from .rates import Rate
from .returns import Contradiction, Return, RightWeek
from .worth import Worth


class NumbersSnapshot(Struct, frozen=True):
    """What the hours of a window earned."""

    since: date
    until: date
    today: date
    settings: Settings
    funnel: Funnel
    before: Funnel | None  # of as many days before; None where no entry is as old as they are
    weeks: tuple[Funnel, ...]  # of the window, at most its last 53, earliest first
    returns: tuple[Return, ...]  # with time or money in it, or not archived; by return
    untraced_money: int  # received in the window with no activity, in minor units
    contradiction: Contradiction | None
    right_weeks: tuple[RightWeek, ...]  # of the window, at most its last 53, earliest first
    slots: Slots
    blocks: BlockHours | None  # None: there was no call block in the window
    offers: OpenOffers  # of all asks without an answer, whatever the window
    tries: tuple[Rate, ...]  # how often the first, second … dial in a row reached, in 53 weeks
    kept: Kept  # of what was promised for the days of the window
    worth: Worth  # of its own 90 days, whatever the window
    goal: Goal  # with the rates of the window
    leak_seconds: int = 0  # put into problems in the window
