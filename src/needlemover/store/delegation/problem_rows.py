"""Problems as they are read: with the time that was put into them."""

import sqlite3
from datetime import date, timedelta

from msgspec import json
from sqlalchemy import select

from ...domain.day import WINDOW_DAYS
from ...domain.delegation.problem import Problem, ProblemState
from ...domain.errors import GoneError
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
    """All problems or one, earliest first, each with the time that was put into it.

    Of an activity that is weighed that is its own time of the last 90 days.
    """
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
    found: int | None = step.connection.execute(
        select(PROBLEM.c.id).where(
            PROBLEM.c.activity_id == activity_id,
            PROBLEM.c.state.in_(OPEN_STATES),
            PROBLEM.c.id != (but_not or 0),
        )
    ).scalar()
    return found
