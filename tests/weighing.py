"""Builders of problems and of worths of an hour, to be weighed."""

from datetime import date, timedelta

from needlemover.domain.delegation.problem import (
    Cost,
    CostPer,
    Estimate,
    Every,
    Problem,
    ProblemState,
    Spent,
)
from needlemover.domain.delegation.verdict import Weighing, weigh
from needlemover.domain.numbers.worth import Z_80, Worth, WorthBasis, WorthTrend, worth_of
from needlemover.domain.settings import Settings

TODAY = date(2026, 11, 22)
"""A Sunday."""


def problem(
    minutes: int | None = None,
    every: Every | None = Every.MONTH,
    cost: int | None = None,
    per: CostPer = CostPer.MONTH,
    *,
    handover: int | None = None,
    state: ProblemState = ProblemState.PARKED,
    on: date = date(2026, 11, 1),
    real: Cost | None = None,
    spent: tuple[Spent, ...] = (),
    asked: date | None = None,
    problem_id: int = 1,
    activity_id: int | None = None,
) -> Problem:
    """A problem; minutes each time, cost in whole units, hand-over in minutes."""
    return Problem(
        id=problem_id,
        title=f"Problem {problem_id}",
        parked_on=date(2026, 11, 1),
        state=state,
        state_on=on,
        estimate=Estimate(
            seconds=None if minutes is None else minutes * 60,
            every=every,
            cost=None if cost is None else Cost(cost * 100, per),
            handover_seconds=None if handover is None else handover * 60,
        ),
        real_cost=real,
        spent=spent,
        ask_again_on=asked,
        activity_id=activity_id,
    )


def declared(now: int | None, settings: Settings | None = None) -> Worth:
    """A declared worth of an hour, in whole units, with nothing measured; None: not known."""
    chosen = settings or Settings(hourly_worth=None if now is None else now * 100)
    return worth_of({}, (), chosen, None, TODAY)


def measured(now: int, *, slope: int | None = None, low: int | None = None) -> Worth:
    """A measured worth, in whole units, with the sure slope of a clear trend.

    Where `low` is given, that is the lower end of its range.
    """
    trend = None
    if slope is not None:
        trend = WorthTrend(slope * 150, *sorted((slope * 100.0, slope * 200.0)))
    reach = 0 if low is None else round((now - low) * 100 / Z_80)
    basis = WorthBasis(TODAY - timedelta(days=89), TODAY, 3600, now * 100, 9, 90, reach * reach)
    coming = (now if slope is None else max(0, now + slope)) * 100
    known = None if now < 0 else now * 100
    return Worth(known, coming, False, False, basis, trend, now * 100)


def weighed(
    item: Problem,
    worth: Worth | int | None,
    settings: Settings | None = None,
    today: date = TODAY,
) -> Weighing:
    """A problem weighed; a number is a declared worth in whole units."""
    if not isinstance(worth, Worth):
        worth = declared(worth)
    return weigh(item, worth, settings or Settings(), today)
