"""Problems as they are read, with the time put into them, and as they are kept."""

import sqlite3
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from msgspec import json

from ...domain.day import WINDOW_DAYS
from ...domain.delegation.problem import Cost, Estimate, Problem, ProblemState
from ...domain.errors import GoneError, NeedleError, WrongUsageError
from ...domain.settings import Moment
from ...text.format import plain_day, quoted
from ...text.parse.values import MOST_MONEY, parse_contact, parse_name, parse_note
from ..schema.tables import PROBLEM
from ..undo import Step

OPEN_STATES = (ProblemState.PARKED, ProblemState.DELEGATED)


def _cost(name: str) -> str:
    return f"""json(CASE WHEN {name} IS NOT NULL AND {name}_per IS NOT NULL
        THEN json_object('amount', {name}, 'per', {name}_per) END)"""


# A problem's own leaks, and of an activity that is weighed all its time.
_PROBLEMS = f"""
SELECT json_object(
    'id', problem.id, 'title', coalesce(activity.name, title), 'parked_on', parked_on,
    'state', state, 'state_on', state_on, 'estimate', json_object(
        'seconds', seconds, 'every', every, 'cost', {_cost("cost")},
        'handover_seconds', handover_seconds),
    'candidate', coalesce(candidate, ''), 'note', coalesce(note, ''), 'activity_id', activity_id,
    'delegated_to', coalesce(delegated_to, ''), 'real_cost', {_cost("real_cost")},
    'spent', (SELECT json_group_array(json_object('day', day, 'seconds', seconds)) FROM (
        SELECT id, day, seconds FROM entry WHERE problem_id = problem.id AND seconds > 0
        UNION ALL SELECT id, day, seconds FROM entry
            WHERE problem.activity_id IS NOT NULL AND activity_id = problem.activity_id
                AND day BETWEEN ? AND ? AND seconds > 0
        ORDER BY day, id)),
    'ask_again_on', ask_again_on)
FROM problem LEFT JOIN activity ON activity.id = problem.activity_id
WHERE problem.id = coalesce(?, problem.id) ORDER BY parked_on, problem.id
"""
_DECODER = json.Decoder(Problem)


def read_problems(
    connection: sqlite3.Connection, today: date, problem_id: int | None = None
) -> tuple[Problem, ...]:
    """All problems or one, earliest first, with the time put in: of activities that of 90 days."""
    since = today - timedelta(days=WINDOW_DAYS - 1)
    values = (since.isoformat(), today.isoformat(), problem_id)
    return tuple(_DECODER.decode(text) for (text,) in connection.execute(_PROBLEMS, values))


def read_problem(step: Step, problem_id: int) -> Problem:
    """One problem; a `GoneError` where there is none any more."""
    for problem in read_problems(step.driver, step.moment.today, problem_id):
        return problem
    raise GoneError("problem")


def open_problem_of(step: Step, activity_id: int, but_not: int | None = None) -> int | None:
    """The problem that stands for an activity and is not over."""
    problem = PROBLEM.c
    which = (problem.activity_id == activity_id, problem.state.in_(OPEN_STATES))
    found: int | None = step.find(problem.id, *which, problem.id != (but_not or 0))
    return found


LONGEST_ESTIMATE = 1000 * 3600  # seconds that a thing takes each time, or its hand-over


def problem_columns(
    problem: Problem | None, said: Mapping[str, Any], moment: Moment
) -> dict[str, Any]:
    """The columns that what is said of a problem makes, or (None) of a new one.

    Another estimate takes back the day to ask again. A `NeedleError` when it is not allowed.
    """
    values: dict[str, Any] = {}
    for name, value in said.items():
        match name:
            case "title":
                title = values["title"] = " ".join(parse_name(value, "problem").split())
                if problem and problem.activity_id is not None and title != problem.title:
                    why = f"{quoted(problem.title)} is an activity: rename it on Today."
                    raise NeedleError(why)
            case "estimate":
                values |= _estimate_columns(value)
                if problem is None or value != problem.estimate:
                    values["ask_again_on"] = None
            case "real_cost":
                values |= _cost_columns("real_cost", value)
            case "candidate" | "delegated_to":
                values[name] = parse_contact(value)
            case "note":
                values[name] = parse_note(value)
            case "state_on":
                is_handover = problem and problem.state is ProblemState.DELEGATED
                if value > moment.today and not is_handover:
                    why = f"{plain_day(value)} is still to come: give a day that has begun."
                    raise WrongUsageError(why)
                values[name] = value
            case _:
                raise TypeError(f"A problem has no {name}.")
    return values


def _estimate_columns(estimate: Estimate) -> dict[str, Any]:
    for seconds in (estimate.seconds, estimate.handover_seconds):
        if seconds is not None and not 0 <= seconds <= LONGEST_ESTIMATE:
            raise WrongUsageError("It takes 0 to 1,000 hours: type such a length.")
    return {
        "seconds": estimate.seconds,
        "every": estimate.every and estimate.every.value,
        "handover_seconds": estimate.handover_seconds,
        **_cost_columns("cost", estimate.cost),
    }


def _cost_columns(name: str, cost: Cost | None) -> dict[str, Any]:
    if cost is not None and not 0 <= cost.amount <= MOST_MONEY:
        raise WrongUsageError("It costs 0 or more, and not more than can be kept: type that.")
    return {name: cost and cost.amount, f"{name}_per": cost and cost.per.value}
