"""What becomes of a problem: handed over, done, dropped or parked again."""

from datetime import date

from sqlalchemy import Connection, select

from ...domain.delegation.problem import Cost, Problem, ProblemState
from ...domain.errors import NeedleError
from ...text.format import quoted
from ...text.parse.names import parse_contact
from ..promises.activity_changes import archive_activity, take_up_again
from ..schema.tables import PROBLEM
from ..undo import Step
from .problem_values import cost_columns, state_day

_OPEN = (ProblemState.PARKED.value, ProblemState.DELEGATED.value)
_WORDS = {
    ProblemState.PARKED: "Parked {} again",
    ProblemState.DELEGATED: "Delegated {}",
    ProblemState.DONE: "Did {} myself",
    ProblemState.DROPPED: "Dropped {}",
}


def change_state(
    step: Step,
    problem: Problem,
    state: ProblemState,
    *,
    on: date,
    to: str = "",
    real_cost: Cost | None = None,
) -> None:
    """Give a problem another state, in a change under way (see `Problems.set_state`).

    Raises:
        NeedleError: when it cannot have it.
    """
    title = quoted(problem.title)
    if problem.state is state:
        raise NeedleError(f"{title} is {state.value} already.")
    running = step.facts.running
    if state.value not in _OPEN and running and running.problem_id == problem.id:
        raise NeedleError(f"The time runs on {title}: stop it first.")
    if problem.activity_id is not None:
        _move_activity(step, problem, problem.activity_id, state)
    is_handover = state is ProblemState.DELEGATED
    step.update(
        PROBLEM,
        problem.id,
        state=state.value,
        state_on=state_day(on, state, step.moment),
        ask_again_on=None,
        delegated_to=parse_contact(to) if is_handover else None,
        **cost_columns("real_cost", real_cost if is_handover else None),
    )
    step.label = _WORDS[state].format(title)


def _move_activity(step: Step, problem: Problem, activity_id: int, state: ProblemState) -> None:
    """Take an activity off the checklist with its hand-over, and on it again without."""
    if state in (ProblemState.PARKED, ProblemState.DELEGATED):
        other = open_problem_of(step.connection, activity_id, but_not=problem.id)
        if other is not None:
            raise NeedleError(
                f"{quoted(problem.title)} is weighed anew already: change that one instead."
            )
    if state is ProblemState.DELEGATED:
        archive_activity(step, activity_id)
    elif state is ProblemState.PARKED and problem.state is ProblemState.DELEGATED:
        take_up_again(step, activity_id)


def open_problem_of(
    connection: Connection, activity_id: int, but_not: int | None = None
) -> int | None:
    """The problem that stands for an activity and is not over."""
    found: int | None = connection.execute(
        select(PROBLEM.c.id).where(
            PROBLEM.c.activity_id == activity_id,
            PROBLEM.c.state.in_(_OPEN),
            PROBLEM.c.id != (but_not or 0),
        )
    ).scalar()
    return found
