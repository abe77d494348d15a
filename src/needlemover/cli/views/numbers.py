"""The JSON of needle numbers, worth and goal; shares are from 0 to 1."""

from ...domain.numbers.funnel import Funnel
from ...domain.numbers.goal import Goal
from ...domain.numbers.rates import Rate
from ...domain.numbers.returns import Return
from ...domain.numbers.snapshot import NumbersSnapshot
from ...domain.numbers.worth import HourWorth
from . import Part, pick, versioned

_RATES = "conversation_per_dial ask_per_conversation win_per_ask win_per_conversation win_per_dial"


def numbers_view(snapshot: NumbersSnapshot) -> Part:
    """What the hours of a window earned."""
    found, before = snapshot.contradiction, snapshot.before
    contradiction: Part | None = None
    if found is not None:
        names = {"ranked": found.ranked.name, "better": found.better.name}
        contradiction = {**names, "times": found.tenths / 10}
    return versioned(
        **_funnel(snapshot.funnel),
        activities=list(map(_return, snapshot.returns)),
        contradiction=contradiction,
        **pick(snapshot, "open_asks offers", untraced_revenue="untraced_money"),
        before=before and _funnel(before),
        weeks=[{**_tally(week), "start": week.since} for week in snapshot.weeks],
        right_things=snapshot.right_weeks,
        tries=list(map(_rate, snapshot.tries)),
        callbacks_kept=_rate(Rate(*snapshot.kept.callbacks)),
        meetings_held=_rate(Rate(*snapshot.kept.meetings)),
        slots=pick(snapshot.slots, "best", all="slots", without_time="timeless"),
    )


def worth_view(hour: HourWorth) -> Part:
    """What an hour is worth."""
    basis, trend = hour.worth.basis, hour.worth.trend
    return versioned(
        **pick(hour.worth, "now next_week declared measured", next_week_declared="next_declared"),
        basis=pick(basis, "since until seconds payments", revenue="money"),
        missing=pick(basis, payments="payments_missing", days="days_missing"),
        trend=trend and pick(trend, "slope low high", can_be_borne="is_clear"),
        best=hour.best and _return(hour.best),
    )


def goal_view(goal: Goal) -> Part:
    """How far it is to the goal."""
    win, quota, rate = goal.average_win, goal.quota, goal.rate
    asked: Part | None = None
    if quota is not None:
        asked = pick(
            quota, "due_days weeks conversations needed_seconds",
            reaches="reach", needed_conversations="needed",
        )  # fmt: skip
        asked["per"] = "week" if quota.is_by_week else "day"
    return versioned(
        **pick(goal, "since by is_monthly received missing working_days gap", goal="wanted"),
        **pick(goal, "wins conversations"),
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
    words = "successes trials value low high can_be_said"
    return pick(rate, words) if rate.trials else None


def _return(item: Return) -> Part:
    return pick(
        item, "name rank seconds payments seconds_share is_archived", revenue="money",
        revenue_per_hour="per_hour", revenue_share="money_share", can_be_said="can_be_compared",
    )  # fmt: skip
