"""Problems as they are read: with the time that was put into them."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Connection, bindparam, func, select

from ...domain.day import WINDOW_DAYS
from ...domain.delegation.problem import (
    Cost,
    CostPer,
    Estimate,
    Every,
    Problem,
    ProblemState,
    Spent,
)
from ...domain.errors import GoneError
from ..schema.tables import ACTIVITY, ENTRY, PROBLEM
from ..undo import Step

_TITLE = func.coalesce(ACTIVITY.c.name, PROBLEM.c.title)
_NAMED = PROBLEM.join(ACTIVITY, ACTIVITY.c.id == PROBLEM.c.activity_id, isouter=True)
_PROBLEMS = (
    select(PROBLEM, _TITLE.label("shown_title"))
    .select_from(_NAMED)
    .order_by(PROBLEM.c.parked_on, PROBLEM.c.id)
)
_LEAKS = (
    select(ENTRY.c.problem_id, ENTRY.c.day, ENTRY.c.seconds)
    .where(ENTRY.c.problem_id.is_not(None), ENTRY.c.seconds > 0)
    # By problem first: it has an index, while an order by day alone would go through all entries.
    .order_by(ENTRY.c.problem_id, ENTRY.c.day, ENTRY.c.id)
)
_OWN_TIME = (
    select(ENTRY.c.activity_id, ENTRY.c.day, ENTRY.c.seconds)
    .where(
        ENTRY.c.activity_id.in_(bindparam("of", expanding=True)),
        ENTRY.c.day.between(bindparam("since"), bindparam("until")),
        ENTRY.c.seconds > 0,
    )
    .order_by(ENTRY.c.day, ENTRY.c.id)
)


def read_problems(connection: Connection, today: date) -> tuple[Problem, ...]:
    """All problems, earliest first, each with the time that was put into it.

    Of an activity that is weighed that is its own time of the last 90 days.
    """
    rows = connection.execute(_PROBLEMS).all()
    leaks = _spent(connection.execute(_LEAKS))
    of = [row.activity_id for row in rows if row.activity_id is not None]
    since = today - timedelta(days=WINDOW_DAYS - 1)
    values = {"of": of, "since": since, "until": today}
    own = _spent(connection.execute(_OWN_TIME, values)) if of else {}
    return tuple(
        _problem(
            row,
            leaks.get(row.id, ()) if row.activity_id is None else own.get(row.activity_id, ()),
        )
        for row in rows
    )


def read_problem(step: Step, problem_id: int) -> Problem:
    """One problem.

    Raises:
        GoneError: when it is gone.
    """
    for item in read_problems(step.connection, step.moment.today):
        if item.id == problem_id:
            return item
    raise GoneError("problem")


def _spent(rows: Iterable[Any]) -> dict[int, tuple[Spent, ...]]:
    found: defaultdict[int, list[Spent]] = defaultdict(list)
    for key, day, seconds in rows:
        found[key].append(Spent(day, seconds))
    return {key: tuple(items) for key, items in found.items()}


def _problem(row: Any, spent: tuple[Spent, ...]) -> Problem:
    return Problem(
        id=row.id,
        title=row.shown_title,
        parked_on=row.parked_on,
        state=ProblemState(row.state),
        state_on=row.state_on,
        estimate=Estimate(
            seconds=row.seconds,
            every=Every(row.every) if row.every else None,
            cost=_cost(row.cost, row.cost_per),
            handover_seconds=row.handover_seconds,
        ),
        candidate=row.candidate or "",
        note=row.note or "",
        activity_id=row.activity_id,
        delegated_to=row.delegated_to or "",
        real_cost=_cost(row.real_cost, row.real_cost_per),
        spent=spent,
        ask_again_on=row.ask_again_on,
    )


def _cost(amount: int | None, per: str | None) -> Cost | None:
    return None if amount is None or per is None else Cost(amount, CostPer(per))
