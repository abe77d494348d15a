"""The JSON of needle numbers, worth and goal: minor units, seconds, shares from 0 to 1."""

from typing import Any

from ...domain.numbers.funnel import Funnel, Tally
from ...domain.numbers.goal import Goal
from ...domain.numbers.goal_quota import Range
from ...domain.numbers.hour import HourWorth
from ...domain.numbers.rates import Rate
from ...domain.numbers.returns import Contradiction, Return
from ...domain.numbers.slots import Slot
from ...domain.numbers.snapshot import NumbersSnapshot

Shape = dict[str, Any]


def numbers_shape(snapshot: NumbersSnapshot) -> Shape:
    """A window as `needle numbers --json` gives it."""
    found, slots = snapshot.contradiction, snapshot.slots
    return {
        "since": snapshot.since.isoformat(),
        "until": snapshot.until.isoformat(),
        **_funnel(snapshot.funnel),
        "activities": [_return(item) for item in snapshot.returns],
        "untraced_revenue": snapshot.untraced_money,
        "contradiction": _contradiction(found) if found else None,
        "open_asks": snapshot.open_asks,
        "before": _before(snapshot.before) if snapshot.before else None,
        "weeks": [
            {"start": week.start.isoformat(), **_tally(week.tally)} for week in snapshot.weeks
        ],
        "right_things": [
            {
                "start": week.start.isoformat(),
                "seconds": week.seconds,
                "top_seconds": week.top_seconds,
                "leak_seconds": week.leak_seconds,
            }
            for week in snapshot.right_weeks
        ],
        "slots": {
            "best": [_slot(slot) for slot in slots.best],
            "all": [_slot(slot) for slot in slots.slots],
            "without_time": slots.timeless,
        },
    }


def worth_shape(hour: HourWorth) -> Shape:
    """The worth of an hour as `needle worth --json` gives it."""
    worth, best = hour.worth, hour.best
    basis, trend = worth.basis, worth.trend
    return {
        "now": worth.now,
        "next_week": worth.next_week,
        "basis": {
            "since": basis.since.isoformat(),
            "until": basis.until.isoformat(),
            "seconds": basis.seconds,
            "revenue": basis.money,
            "payments": basis.payments,
        },
        "declared": worth.declared,
        "next_week_declared": worth.next_declared,
        "measured": worth.measured,
        "missing": {"payments": basis.payments_missing, "days": basis.days_missing},
        "trend": {
            "slope": trend.slope,
            "low": trend.low,
            "high": trend.high,
            "can_be_borne": trend.can_be_borne,
        }
        if trend
        else None,
        "best": _return(best) if best else None,
    }


def goal_shape(goal: Goal) -> Shape:
    """The goal as `needle goal --json` gives it."""
    win, rate, quota = goal.average_win, goal.rate, goal.quota
    return {
        "goal": goal.wanted,
        "since": goal.since.isoformat(),
        "by": goal.by.isoformat(),
        "monthly": goal.is_monthly,
        "received": goal.received,
        "missing": goal.missing,
        "working_days": goal.working_days,
        "gap": goal.gap.value if goal.gap else None,
        "average_win": win.money if win else None,
        "average_win_assumed": win.is_assumed if win else None,
        "rate": {
            "value": float(rate.likely),
            "low": float(rate.low),
            "high": float(rate.high),
            "assumed": rate.is_assumed,
        }
        if rate
        else None,
        "wins": goal.wins,
        "conversations": _range(goal.conversations),
        "per_working_day": {
            "conversations": _range(goal.conversations_a_day),
            "seconds": _range(goal.seconds_a_day),
        },
        "quota": {
            "due_days": quota.due_days,
            "weeks": float(quota.weeks),
            "per": "week" if quota.is_by_week else "day",
            "conversations": quota.conversations,
            "reaches": quota.reach.value if quota.reach else None,
            "needed_conversations": _range(quota.needed),
            "needed_seconds": _range(quota.needed_seconds),
        }
        if quota
        else None,
    }


def _funnel(funnel: Funnel) -> Shape:
    return {
        **_tally(funnel.tally),
        "new_buyers": funnel.buyers.new,
        "known_buyers": funnel.buyers.known,
        "rates": {
            "conversation_per_dial": _rate(funnel.conversation_per_dial),
            "ask_per_conversation": _rate(funnel.ask_per_conversation),
            "win_per_ask": _rate(funnel.win_per_ask),
            "win_per_conversation": _rate(funnel.win_per_conversation),
            "win_per_dial": _rate(funnel.win_per_dial),
        },
        "per": {
            "revenue_per_hour": funnel.money_per_hour,
            "revenue_per_win": funnel.money_per_win,
            "revenue_per_conversation": funnel.money_per_conversation,
            "revenue_per_dial": funnel.money_per_dial,
            "seconds_per_conversation": funnel.seconds_per_conversation,
            "seconds_per_win": funnel.seconds_per_win,
        },
    }


def _before(funnel: Funnel) -> Shape:
    return {
        "since": funnel.since.isoformat(),
        "until": funnel.until.isoformat(),
        **_funnel(funnel),
    }


def _tally(tally: Tally) -> Shape:
    return {
        "dials": tally.dials,
        "conversations": tally.conversations,
        "asks": tally.asks,
        "wins": tally.wins,
        "seconds": tally.seconds,
        "revenue": tally.money,
    }


def _rate(rate: Rate) -> Shape | None:
    if rate.value is None:
        return None
    return {
        "value": rate.value,
        "low": rate.low,
        "high": rate.high,
        "can_be_said": rate.can_be_said,
    }


def _return(item: Return) -> Shape:
    return {
        "name": item.name,
        "rank": item.rank,
        "seconds": item.seconds,
        "revenue": item.money,
        "revenue_per_hour": item.per_hour,
        "payments": item.payments,
        "can_be_said": item.can_be_compared,
        "seconds_share": item.seconds_share,
        "revenue_share": item.money_share,
        "archived": item.is_archived,
    }


def _contradiction(found: Contradiction) -> Shape:
    return {
        "ranked": found.ranked.name,
        "better": found.better.name,
        "times": found.tenths / 10,
    }


def _slot(slot: Slot) -> Shape:
    return {
        "weekday": slot.weekday,
        "hour": slot.hour,
        "dials": slot.dials,
        "conversations": slot.conversations,
    }


def _range(found: Range | None) -> Shape | None:
    if found is None:
        return None
    return {"low": found.low, "likely": found.likely, "high": found.high}
