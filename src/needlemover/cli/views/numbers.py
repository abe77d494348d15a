"""The JSON of needle numbers, worth and goal; shares are from 0 to 1."""

from datetime import date
from fractions import Fraction

from msgspec import field

from ...domain.numbers.funnel import Funnel
from ...domain.numbers.goal import Gap, Goal
from ...domain.numbers.goal_quota import Range, Reach
from ...domain.numbers.hour import HourWorth
from ...domain.numbers.returns import RightWeek
from ...domain.numbers.slots import Slot
from ...domain.numbers.snapshot import NumbersSnapshot
from . import JsonView, view


class _Tally(JsonView, frozen=True):
    dials: int
    conversations: int
    asks: int
    wins: int
    seconds: int
    money: int = field(name="revenue")


class _Week(_Tally, frozen=True):
    since: date = field(name="start")


class _Rate(JsonView, frozen=True):
    value: float
    low: float
    high: float
    can_be_said: bool


_RATES = (
    "conversation_per_dial", "ask_per_conversation", "win_per_ask", "win_per_conversation",
    "win_per_dial",
)  # fmt: skip


class _Per(JsonView, frozen=True):
    money_per_hour: int | None = field(name="revenue_per_hour")
    money_per_win: int | None = field(name="revenue_per_win")
    money_per_conversation: int | None = field(name="revenue_per_conversation")
    money_per_dial: int | None = field(name="revenue_per_dial")
    seconds_per_conversation: int | None
    seconds_per_win: int | None


class _Funnel(_Tally, frozen=True):
    since: date
    until: date
    new_buyers: int
    known_buyers: int
    rates: dict[str, _Rate | None]
    per: _Per


class _Return(JsonView, frozen=True):
    name: str
    rank: int
    seconds: int
    money: int = field(name="revenue")
    per_hour: int | None = field(name="revenue_per_hour")
    payments: int
    can_be_compared: bool = field(name="can_be_said")
    seconds_share: float | None
    money_share: float | None = field(name="revenue_share")
    is_archived: bool


class _Contradiction(JsonView, frozen=True):
    ranked: str
    better: str
    times: float


class _Slots(JsonView, frozen=True):
    best: list[Slot]
    slots: list[Slot] = field(name="all")
    timeless: int = field(name="without_time")


class NumbersView(_Funnel, frozen=True):
    """A window of days as `needle numbers --json` gives it."""

    version: int
    returns: list[_Return] = field(name="activities")
    untraced_money: int = field(name="untraced_revenue")
    contradiction: _Contradiction | None
    open_asks: int
    before: _Funnel | None
    weeks: list[_Week]
    right_weeks: list[RightWeek] = field(name="right_things")
    slots: _Slots


class _Basis(JsonView, frozen=True):
    since: date
    until: date
    seconds: int
    money: int = field(name="revenue")
    payments: int


class _Missing(JsonView, frozen=True):
    payments_missing: int = field(name="payments")
    days_missing: int = field(name="days")


class _Trend(JsonView, frozen=True):
    slope: int
    low: float
    high: float
    is_clear: bool = field(name="can_be_borne")


class WorthView(JsonView, frozen=True):
    """The worth of an hour as `needle worth --json` gives it."""

    version: int
    now: int | None
    next_week: int | None
    basis: _Basis
    declared: bool
    next_declared: bool = field(name="next_week_declared")
    measured: int | None
    missing: _Missing
    trend: _Trend | None
    best: _Return | None


class _WinRate(JsonView, frozen=True):
    likely: Fraction = field(name="value")
    low: Fraction
    high: Fraction
    is_assumed: bool


class _PerDay(JsonView, frozen=True):
    conversations_a_day: Range | None = field(name="conversations")
    seconds_a_day: Range | None = field(name="seconds")


class _Quota(JsonView, frozen=True):
    due_days: int
    weeks: Fraction
    per: str
    conversations: int | None
    reach: Reach | None = field(name="reaches")
    needed: Range | None = field(name="needed_conversations")
    needed_seconds: Range | None


class GoalView(JsonView, frozen=True):
    """The goal as `needle goal --json` gives it."""

    version: int
    wanted: int | None = field(name="goal")
    since: date
    by: date
    is_monthly: bool
    received: int
    missing: int
    working_days: int
    gap: Gap | None
    average_win: int | None
    average_win_assumed: bool | None
    rate: _WinRate | None
    wins: int | None
    conversations: Range | None
    per_working_day: _PerDay
    quota: _Quota | None


def numbers_view(snapshot: NumbersSnapshot) -> NumbersView:
    """What the hours of a window earned."""
    found, before = snapshot.contradiction, snapshot.before
    contradiction = None
    if found is not None:
        contradiction = _Contradiction(
            ranked=found.ranked.name, better=found.better.name, times=found.tenths / 10
        )
    return view(
        NumbersView,
        *(snapshot, snapshot.funnel.tally),
        **_funnel_parts(snapshot.funnel),
        contradiction=contradiction,
        before=view(_Funnel, before, before.tally, **_funnel_parts(before)) if before else None,
        weeks=[view(_Week, week, week.tally) for week in snapshot.weeks],
    )


def worth_view(hour: HourWorth) -> WorthView:
    """What an hour is worth."""
    return view(WorthView, hour.worth, hour, missing=hour.worth.basis)


def goal_view(goal: Goal) -> GoalView:
    """How far it is to the goal."""
    win, quota = goal.average_win, goal.quota
    return view(
        GoalView,
        goal,
        average_win=win.money if win else None,
        average_win_assumed=win.is_assumed if win else None,
        per_working_day=goal,
        quota=view(_Quota, quota, per="week" if quota.is_by_week else "day") if quota else None,
    )


def _funnel_parts(funnel: Funnel) -> dict[str, object]:
    rates = {name: getattr(funnel, name) for name in _RATES}
    return {
        "new_buyers": funnel.buyers.new,
        "known_buyers": funnel.buyers.known,
        "rates": {name: rate if rate.trials else None for name, rate in rates.items()},
        "per": funnel,
    }
