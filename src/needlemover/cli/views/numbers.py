"""The JSON of needle numbers, worth and goal; shares are from 0 to 1."""

from datetime import date

from msgspec import field

from ...domain.buyers.contact import OpenOffers
from ...domain.calls.block import BlockHours
from ...domain.numbers.funnel import Funnel
from ...domain.numbers.goal import Gap, Goal
from ...domain.numbers.goal_quota import Range
from ...domain.numbers.rates import Rate
from ...domain.numbers.returns import Return, RightWeek
from ...domain.numbers.snapshot import NumbersSnapshot
from ...domain.numbers.worth import best_return
from . import JsonView, Part, pick, view

_RATES = "conversation_per_dial ask_per_conversation win_per_ask win_per_conversation win_per_dial"


class NumbersView(JsonView, frozen=True):
    """A window of days as `needle numbers --json` gives it."""

    dials: int
    conversations: int
    asks: int
    wins: int
    seconds: int
    revenue: int
    since: date
    until: date
    new_buyers: int
    known_buyers: int
    rates: Part
    per: Part
    version: int
    returns: list[Part] = field(name="activities")
    untraced_money: int = field(name="untraced_revenue")
    contradiction: Part | None
    open_asks: int
    offers: OpenOffers
    before: Part | None
    weeks: list[Part]
    right_weeks: list[RightWeek] = field(name="right_things")
    slots: Part
    blocks: BlockHours | None
    tries: list[Part | None]
    callbacks_kept: Part | None
    meetings_held: Part | None


class WorthView(JsonView, frozen=True):
    """The worth of an hour as `needle worth --json` gives it."""

    version: int
    now: int | None
    next_week: int | None
    interval: tuple[int, int] | None = field(name="range")
    basis: Part
    declared: bool
    next_declared: bool = field(name="next_week_declared")
    measured: int | None
    missing: Part
    trend: Part | None
    best: Part | None


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
    anyway: int
    gap: Gap | None
    average_win: int | None
    average_win_assumed: bool | None
    rate: Part | None
    wins: int | None
    conversations: Range | None
    per_working_day: Part
    quota: Part | None


def numbers_view(snapshot: NumbersSnapshot) -> NumbersView:
    """What the hours of a window earned."""
    found, before = snapshot.contradiction, snapshot.before
    contradiction: Part | None = None
    if found is not None:
        names = {"ranked": found.ranked.name, "better": found.better.name}
        contradiction = {**names, "times": found.tenths / 10}
    return view(
        NumbersView,
        snapshot,
        **_funnel(snapshot.funnel),
        open_asks=snapshot.funnel.tally.open,
        returns=list(map(_return, snapshot.returns)),
        contradiction=contradiction,
        before=before and _funnel(before),
        weeks=[{**_tally(week), "start": week.since} for week in snapshot.weeks],
        tries=list(map(_rate, snapshot.tries)),
        callbacks_kept=_rate(Rate(*snapshot.kept.callbacks)),
        meetings_held=_rate(Rate(*snapshot.kept.meetings)),
        slots=pick(snapshot.slots, "best dials_missing", all="slots", without_time="timeless"),
    )


def worth_view(snapshot: NumbersSnapshot) -> WorthView:
    """What an hour is worth."""
    worth, best = snapshot.worth, best_return(snapshot.returns)
    basis, trend = worth.basis, worth.trend
    return view(
        WorthView,
        worth,
        basis=pick(basis, "since until seconds payments", revenue="money"),
        missing=pick(basis, payments="payments_missing", days="days_missing"),
        trend=trend and pick(trend, "slope low high sure") | {"can_be_borne": bool(trend.sure)},
        best=best and _return(best),
    )


def goal_view(goal: Goal) -> GoalView:
    """How far it is to the goal."""
    win, quota, rate = goal.average_win, goal.quota, goal.rate
    asked: Part | None = None
    if quota is not None:
        asked = pick(
            quota, "due_days weeks conversations needed_seconds",
            reaches="reach", needed_conversations="needed",
        )  # fmt: skip
        asked["per"] = "week" if quota.is_by_week else "day"
    return view(
        GoalView,
        goal,
        average_win=win.money if win else None,
        average_win_assumed=win.is_assumed if win else None,
        rate=rate and pick(rate, "low high is_assumed", value="likely"),
        per_working_day=pick(goal, conversations="conversations_a_day", seconds="seconds_a_day"),
        quota=asked,
    )


def _tally(funnel: Funnel) -> Part:
    return pick(funnel.tally, "dials conversations asks wins seconds", revenue="money")


def _funnel(funnel: Funnel) -> Part:
    return {
        **_tally(funnel),
        **pick(funnel, "since until"),
        "new_buyers": funnel.buyers.new,
        "known_buyers": funnel.buyers.known,
        "rates": {name: _rate(getattr(funnel, name)) for name in _RATES.split()},
        "per": pick(
            funnel, "seconds_per_conversation seconds_per_win",
            revenue_per_hour="money_per_hour", revenue_per_win="money_per_win",
            revenue_per_conversation="money_per_conversation", revenue_per_dial="money_per_dial",
        ),
    }  # fmt: skip


def _rate(rate: Rate) -> Part | None:
    if rate.interval is None:
        return None
    low, high = rate.interval
    return pick(rate, "successes trials value can_be_said") | {"low": low, "high": high}


def _return(item: Return) -> Part:
    return pick(
        item, "name rank seconds payments seconds_share is_archived", revenue="money",
        revenue_per_hour="per_hour", revenue_per_hour_range="interval",
        revenue_share="money_share", can_be_said="can_be_compared",
    )  # fmt: skip
