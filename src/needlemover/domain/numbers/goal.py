"""The goal: how many conversations stand between the user and the money wanted."""

from collections.abc import Mapping, Sequence
from datetime import date
from enum import StrEnum
from fractions import Fraction
from math import ceil, sqrt

from msgspec import Struct
from msgspec.structs import replace

from ..day import month_of
from ..promises.commitment import ActivityFact
from ..promises.status import DayOff
from ..settings import Settings, working_days
from .funnel import Funnel
from .goal_quota import GoalQuota, Range, goal_quota, in_seconds, share_out
from .rates import LEAST_SUCCESSES, Z


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
