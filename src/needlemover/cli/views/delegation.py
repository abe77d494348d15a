"""The JSON of needle problems: minor units, seconds, days as YYYY-MM-DD."""

from datetime import date
from fractions import Fraction
from typing import Any

from ...domain.delegation.ledger import GivenBack, Ledger, LedgerRow
from ...domain.delegation.offer import Sum
from ...domain.delegation.problem import Cost
from ...domain.delegation.verdict import Weighing
from ...domain.delegation.workload import Leak

Shape = dict[str, Any]


def problems_shape(ledger: Ledger) -> list[Shape]:
    """The ledger as `needle problems --json` gives it, in its order."""
    return [_row(row) for row in ledger.rows]


def _row(row: LedgerRow) -> Shape:
    weighing = row.weighing
    problem, found = weighing.problem, weighing.sum
    return {
        "title": problem.title,
        "status": problem.state.value,
        "verdict": weighing.verdict.value,
        "saving_per_month": found.saving_per_month if found else None,
        "payback_months": _number(found.payback_months) if found else None,
        "worth_needed": weighing.worth_needed,
        "ask_again_on": _day(weighing.ask_again_on),
        "id": problem.id,
        "parked_on": problem.parked_on.isoformat(),
        "status_since": problem.state_on.isoformat(),
        "is_activity": problem.activity_id is not None,
        "estimate": {
            "seconds": problem.estimate.seconds,
            "every": problem.estimate.every and problem.estimate.every.value,
            "cost": _cost(problem.estimate.cost),
            "handover_seconds": problem.estimate.handover_seconds,
        },
        "candidate": problem.candidate,
        "note": problem.note,
        "delegated_to": problem.delegated_to,
        "real_cost": _cost(problem.real_cost),
        "workload": _workload(weighing),
        "missing": [item.value for item in weighing.missing],
        "sum": _sum(found),
        "half": weighing.half and weighing.half.verdict.value,
        "double": weighing.double and weighing.double.verdict.value,
        "most_to_pay": weighing.most_to_pay,
        "leak": _leak(weighing.leak) if problem.activity_id is None else None,
        "given_back": _given(row.given_back),
    }


def _workload(weighing: Weighing) -> Shape | None:
    load = weighing.workload
    if load is None:
        return None
    return {
        "seconds": round(load.seconds),
        "once": load.is_once,
        "measured": load.is_measured,
        "logged": load.logged,
    }


def _sum(found: Sum | None) -> Shape | None:
    if found is None:
        return None
    return {
        "worth": found.worth,
        "freed": found.freed,
        "cost": found.cost,
        "setup": found.setup,
        "saving": found.saving,
        "payback_on": _day(found.payback_on),
        "turns_on": _day(found.turns_on),
    }


def _leak(leak: Leak | None) -> Shape | None:
    if leak is None:
        return None
    return {
        "since": leak.since.isoformat(),
        "seconds": leak.seconds,
        "times": leak.times,
        "worth": leak.money,
    }


def _given(given: GivenBack | None) -> Shape | None:
    if given is None:
        return None
    return {
        "seconds": round(given.hours * 3600),
        "worth": given.worth,
        "paid": given.paid,
        "handover": given.handover,
        "money": given.money,
    }


def _cost(cost: Cost | None) -> Shape | None:
    return None if cost is None else {"amount": cost.amount, "per": cost.per.value}


def _number(value: Fraction | None) -> float | None:
    return None if value is None else float(value)


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
