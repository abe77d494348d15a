"""Whether the quotas of day and week get to the goal, and which quota would."""

from collections.abc import Callable, Sequence
from datetime import date
from enum import StrEnum
from fractions import Fraction
from math import ceil, floor

from msgspec import Struct

from ..day import Week, Weeks, days_between
from ..promises.commitment import ActivityFact, Rule, Terms, terms_on, week_terms
from ..promises.status import DayOff, is_off


class Reach(StrEnum):
    """Whether what is promised gets there."""

    YES = "yes"  # also at the lowest rate that the data leave open
    PERHAPS = "perhaps"  # at some rates that the data leave open, not at all of them
    NO = "no"  # not even at the highest


class Range(Struct, frozen=True):
    """A number that follows from a rate."""

    low: int  # what it takes at the highest rate that the data leave open
    likely: int | None  # at the rate itself; None when it is 0
    high: int | None  # at the lowest rate; None: no upper limit yet

    def each(self, change: Callable[[int], int]) -> "Range":
        """The range with each of its numbers changed."""
        return Range(
            change(self.low),
            None if self.likely is None else change(self.likely),
            None if self.high is None else change(self.high),
        )


class GoalQuota(Struct, frozen=True):
    """What the sales activities promise until the goal's last day, and what would do."""

    due_days: int  # days on which any sales activity is due, today among them
    weeks: Fraction  # calendar weeks, and parts of them, in which any is promised by the week
    conversations: int | None
    """All they ask for, a promise by the week as far as its days remain; None where they have no
    quota, or only one of time while no conversation has a length."""
    reach: Reach | None  # None where `conversations` is
    needed: Range | None  # conversations a due day, or a week if `is_by_week`; None: nothing is due
    needed_seconds: Range | None
    names: tuple[str, ...] = ()  # of the activities that promise it

    @property
    def is_by_week(self) -> bool:
        """Whether `needed` is of a week: none of them is due by the day."""
        return not self.due_days and self.weeks > 0


def share_out(needed: Range, parts: int | Fraction) -> Range | None:
    """What each day or week takes, rounded up; less than one takes all; None without any."""
    return needed.each(lambda number: ceil(number / max(1, parts))) if parts else None


def in_seconds(conversations: Range | None, length: int | None) -> Range | None:
    """So many conversations in seconds; None where their length is not known."""
    if conversations is None or length is None:
        return None
    return conversations.each(lambda number: number * length)


def goal_quota(
    needed: Range,
    activities: Sequence[ActivityFact],
    days_off: Sequence[DayOff],
    today: date,
    by: date,
    length: int | None,
    cut: Weeks,
) -> GoalQuota:
    """Hold what is promised by the day and by the week against the conversations that a goal takes.

    Only sales activities count, from today to the last day `by`. `length` is that of a conversation
    in seconds; None when it is not known. A short week asks for nothing.
    """
    sales = [item for item in activities if item.is_sales]
    asked: list[tuple[str, Fraction | int | None]] = []
    due_days = 0
    for day in days_between(today, by):
        due = [
            (item.name, conversations_of(terms, length))
            for item in sales
            if (terms := terms_on(item.timeline, day))
            and day.weekday() in terms.weekdays
            and not is_off(days_off, day, item.id)
        ]
        due_days += bool(due)
        asked += due
    weeks = Fraction()
    for week in cut.between(today, by):
        shares = [Fraction()]
        for item in sales:
            if (terms := week_terms(item.timeline, week)) and not week.is_short:
                share = _share_left(item, week, today, by, days_off)
                number = conversations_of(terms, length)
                asked.append((item.name, None if number is None else number * share))
                shares.append(share)
        weeks += max(shares)
    promised = [(name, number) for name, number in asked if number is not None]
    conversations = floor(sum(number for _, number in promised)) if promised else None
    a_day = share_out(needed, due_days or weeks)
    return GoalQuota(
        due_days=due_days,
        weeks=weeks,
        conversations=conversations,
        reach=None if conversations is None else _reach(conversations, needed),
        needed=a_day,
        needed_seconds=in_seconds(a_day, length),
        names=tuple(dict.fromkeys(name for name, _ in promised)),
    )


def _share_left(
    item: ActivityFact, week: Week, today: date, by: date, days_off: Sequence[DayOff]
) -> Fraction:
    """The share of a week's promise that falls on days from today to the goal's last, none off."""
    week_days = days_between(week.first, week.last)
    days = [day for day in week_days if not is_off(days_off, day, item.id)]
    return Fraction(sum(today <= day <= by for day in days), len(days)) if days else Fraction()


def conversations_of(terms: Terms, length: int | None) -> int | None:
    """How many conversations fill a quota, minutes by their length; None: it cannot be told."""
    by_time = None
    if terms.seconds is not None and length is not None:
        by_time = ceil(Fraction(terms.seconds, length))
    ways = [number for number in (terms.count, by_time) if number is not None]
    if not ways:
        return None
    return min(ways) if terms.rule is Rule.ANY else max(ways)


def _reach(conversations: int, needed: Range) -> Reach:
    if needed.high is not None and conversations >= needed.high:
        return Reach.YES
    return Reach.NO if conversations < needed.low else Reach.PERHAPS
