"""The goal: how many conversations stand between the user and the money wanted, and what quota."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from enum import StrEnum
from fractions import Fraction
from math import ceil, floor, sqrt

from msgspec import Struct
from msgspec.structs import replace

from ..day import Week, Weeks, days_between, month_of
from ..promises.commitment import ActivityFact, Rule, Terms, terms_on, week_terms
from ..promises.status import DayOff, is_off
from ..settings import Settings, working_days
from .funnel import Funnel
from .rates import LEAST_SUCCESSES, Z


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
    reach = None
    if conversations is not None:
        reach = Reach.NO if conversations < needed.low else Reach.PERHAPS
        if needed.high is not None and conversations >= needed.high:
            reach = Reach.YES
    a_day = share_out(needed, due_days or weeks)
    return GoalQuota(
        due_days=due_days,
        weeks=weeks,
        conversations=conversations,
        reach=reach,
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


class Gap(StrEnum):
    """Why it cannot be said how many conversations a goal takes."""

    NO_GOAL = "no_goal"
    REACHED = "reached"
    OVER = "over"  # its last day has passed
    NO_CONVERSATIONS = "no_conversations"
    NO_WINS = "no_wins"
    NO_MONEY = "no_money"  # there were wins, but they brought no money


class WinRate(Struct, frozen=True):
    """Wins per conversation: at least, likely, at most."""

    low: Fraction
    likely: Fraction
    high: Fraction
    is_assumed: bool = False
    is_sure: bool = True  # whether it is assumed, or measured well enough for a single number


class AverageWin(Struct, frozen=True):
    """What a win brings."""

    money: int  # minor units
    wins: int  # how many it is the average of; 0 when it is assumed

    @property
    def is_assumed(self) -> bool:
        """Whether the user entered it."""
        return not self.wins

    @property
    def is_sure(self) -> bool:
        """Whether it is assumed, or the average of enough wins."""
        return self.is_assumed or self.wins >= LEAST_SUCCESSES


class Goal(Struct, frozen=True):
    """A goal, and the way to it."""

    wanted: int | None  # minor units; None: no goal is set
    since: date  # from this day on money counts towards it
    by: date  # its last day
    is_monthly: bool
    received: int  # so far, in minor units; below 0 when more was paid back than received
    missing: int  # money still to come, in minor units; 0 when it is reached
    working_days: int  # that remain, today among them
    gap: Gap | None = None  # why what follows is None
    average_win: AverageWin | None = None
    rate: WinRate | None = None
    wins: int | None = None  # still needed
    anyway: int = 0  # received in these days, but not for their wins, in minor units
    conversations: Range | None = None  # still needed
    conversations_a_day: Range | None = None  # on each remaining working day; None without any
    seconds_a_day: Range | None = None  # with buyers; None: no average length of a conversation
    quota: GoalQuota | None = None


def goal_of(
    received: Mapping[date, int],
    funnel: Funnel,
    activities: Sequence[ActivityFact],
    days_off: Sequence[DayOff],
    settings: Settings,
    today: date,
    anyway: int = 0,
) -> Goal:
    """The goal as it stands, given the money `received` by day, in minor units.

    The win rate is the measured one of the funnel where it can be said; else the assumed one; else
    the whole interval that the few wins leave open. The average win is the measured one from 5 wins
    on; else the assumed one; else what the few wins brought. Nobody works on days off.
    """
    since, by = goal_period(settings, today)
    so_far = sum(money for day, money in received.items() if since <= day <= by)
    goal = Goal(
        wanted=settings.goal,
        since=since,
        by=by,
        is_monthly=settings.goal_by is None,
        received=so_far,
        missing=max(0, (settings.goal or 0) - so_far),
        working_days=working_days(today, by, settings.working_day, days_off),
        anyway=anyway,
    )
    if goal.wanted is None:
        return replace(goal, gap=Gap.NO_GOAL)
    if not goal.missing:
        return replace(goal, gap=Gap.REACHED)
    if by < today:
        return replace(goal, gap=Gap.OVER)
    win, rate = average_win(funnel, settings), win_rate(funnel, settings)
    wins = None if win is None else ceil(Fraction(goal.missing, win.money))
    goal = replace(goal, average_win=win, rate=rate, wins=wins)
    if win is None or wins is None or rate is None:
        gap = Gap.NO_MONEY if funnel.tally.wins else Gap.NO_WINS
        return replace(goal, gap=gap if funnel.tally.conversations else Gap.NO_CONVERSATIONS)
    needed, length = _needed(wins, win, rate, funnel), funnel.seconds_per_conversation
    if length is not None and length >= 600:
        length = round(Fraction(length, 60)) * 60  # as it is told, so that a day comes out by hand
    a_day = share_out(needed, goal.working_days)
    return replace(
        goal,
        conversations=needed,
        conversations_a_day=a_day,
        seconds_a_day=in_seconds(a_day, length),
        quota=goal_quota(needed, activities, days_off, today, by, length, settings.weeks),
    )


def goal_period(settings: Settings, today: date) -> tuple[date, date]:
    """The days whose money counts: those of this month, or those up to the goal's last day."""
    month = month_of(today)
    if settings.goal_by is None:
        return month
    return settings.goal_since or min(month[0], settings.goal_by), settings.goal_by


def average_win(funnel: Funnel, settings: Settings) -> AverageWin | None:
    """What a win brings; None when wins brought nothing so far and nothing is assumed."""
    measured, wins = funnel.money_per_win or 0, funnel.tally.wins
    if settings.assumed_win is not None and (wins < LEAST_SUCCESSES or measured <= 0):
        return AverageWin(settings.assumed_win, 0)
    return AverageWin(measured, wins) if measured > 0 else None


def win_rate(funnel: Funnel, settings: Settings) -> WinRate | None:
    """How often a conversation is won; None without any conversation and nothing assumed."""
    rate, assumed = funnel.win_per_conversation, settings.assumed_win_rate
    if assumed is not None and not rate.can_be_said:
        share = Fraction(assumed.wins, assumed.conversations)
        return WinRate(share, share, share, is_assumed=True)
    if rate.interval is None:
        return None
    low, high = rate.interval
    likely = Fraction(rate.successes, rate.trials)
    return WinRate(Fraction(low), likely, Fraction(high), is_sure=rate.can_be_said)


def _needed(wins: int, win: AverageWin, rate: WinRate, funnel: Funnel) -> Range:
    """How many conversations so many wins take; an assumed rate is taken as it is.

    The range holds that of the rate alone, too: where all were won alike, nothing else varies.
    """
    likely = ceil(wins / rate.likely) if rate.likely else None
    if rate.is_assumed or likely is None:
        return Range(ceil(wins / rate.high), likely, likely)
    past, trials = funnel.tally.wins, funnel.win_per_conversation.trials
    squares = past * win.money**2 if win.is_assumed else funnel.tally.squares
    low, high = conversations_for(wins * win.money, trials, past * win.money, squares)
    least, most = float(wins / rate.high), float(wins / rate.low)
    return Range(ceil(min(low, least)), likely, None if high is None else ceil(max(high, most)))


def conversations_for(
    wanted: int, trials: int, money: int, squares: int
) -> tuple[float, float | None]:
    """In how many conversations so much comes in, 95 % sure: at least, at most (None: no limit).

    As many `trials` brought so much `money`; `squares` is the sum of the squares of what each won.
    Of N ahead comes N·m ± z√(N·s² + N²·s²/n): the ends are where that is what is wanted.

    Source: the prediction interval of G. J. Hahn and W. Q. Meeker, "Statistical Intervals" (1991),
    section 4.6, solved for N; as a ratio by E. C. Fieller, "Some problems in interval estimation",
    Journal of the Royal Statistical Society B 16 (1954), 175-185.
    """
    mean = money / trials
    spread = Z * Z * max(0.0, squares - money * mean) / max(1, trials - 1)
    first, middle = mean * mean - spread / trials, 2 * wanted * mean + spread
    root = sqrt(spread * (spread + 4 * wanted * (mean + wanted / trials)))
    low = 2 * wanted * wanted / (middle + root)
    return low, (middle + root) / (2 * first) if first > 0 else None
