"""What is known of a problem: what it takes, what it would cost, who could take it."""

from __future__ import annotations

from collections.abc import Callable

from msgspec import Struct

from ...domain.delegation.problem import CostPer, Estimate, Every, Problem
from ..kit.fields import ChoiceField, Field, TextField
from ..kit.form import Form, length_field
from .cost_fields import cost_fields, cost_of_fields

_EVERY = (
    (None, "not said yet"),
    (Every.ONCE, "once"),
    (Every.DAY, "each working day"),
    (Every.WEEK, "each week"),
    (Every.MONTH, "each month"),
)


class ProblemDetails(Struct, frozen=True):
    """What is known of a problem."""

    title: str
    estimate: Estimate
    candidate: str
    note: str


def problem_form(
    problem: Problem, currency: str, save: Callable[[ProblemDetails], object]
) -> Form[ProblemDetails]:
    """Each field can wait.

    Args:
        problem: to say more of. An activity is renamed on Today.
        currency: the ISO code.
        save: does the command; what it refuses is said in the dialog.
    """
    estimate = problem.estimate
    titles = [TextField("name", "Title", problem.title)] if problem.activity_id is None else []
    fields: tuple[Field, ...] = (
        *titles,
        length_field("seconds", seconds=estimate.seconds, blank=None, longest=None,
                     placeholder="30, 1:30", hint="each time"),
        ChoiceField("every", "How often", _EVERY, estimate.every),
        *cost_fields(estimate.cost, currency),
        length_field("handover_seconds", "Hand-over", estimate.handover_seconds, blank=None,
                     longest=None, placeholder="0", hint="minutes of yours, once"),
        TextField("candidate", "Could take it", problem.candidate),
        TextField("note", "Note", problem.note),
    )  # fmt: skip

    def answer(
        seconds: int | None,
        every: Every | None,
        cost: int | None,
        per: CostPer,
        handover_seconds: int | None,
        candidate: str,
        note: str,
        name: str = problem.title,
    ) -> ProblemDetails:
        estimate = Estimate(seconds, every, cost_of_fields(cost, per), handover_seconds)
        return ProblemDetails(name, estimate, candidate, note)

    hint = "Enter saves · Tab next · ← → choose · blank: not known yet"
    return Form(problem.title, fields, answer, save, hint=hint, begin="seconds")
