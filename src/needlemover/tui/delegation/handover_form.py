"""Handing a problem over: to whom, since when, and what it really costs."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from msgspec import Struct
from textual.containers import Container
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from ...domain.delegation.problem import Cost, CostPer, Problem, ProblemState
from ...domain.delegation.verdict import cost_of
from ..kit.fields import TextField
from ..kit.form import Form, day_field
from .cost_fields import cost_fields, cost_of_fields


class Handover(Struct, frozen=True):
    """To whom something is handed over, from which day on, and at what price."""

    to: str
    on: date
    real_cost: Cost | None


def handover_form(
    problem: Problem, today: date, currency: str, save: Callable[[Handover], object]
) -> Form[Handover]:
    """To whom, and Enter is enough.

    Args:
        problem: to hand over; of one that is delegated already, what is known is changed.
        today: the local day.
        currency: the ISO code.
        save: does the command; what it refuses is said in the dialog.
    """
    is_new = problem.state is not ProblemState.DELEGATED
    to = problem.candidate if is_new else problem.delegated_to
    since = today if is_new else problem.state_on
    fields: list[Widget] = [
        TextField("to", "To", to, placeholder="who takes it"),
        day_field("on", "Since", since, today, hint="2026-12-01, tomorrow"),
        *cost_fields(cost_of(problem), currency),
    ]
    if is_new and problem.activity_id is not None:
        leaves = "It leaves your checklist from tomorrow and stays in the ledger."
        fields.append(Container(Static(Content(leaves)), classes="note"))

    def answer(to: str, on: date, cost: int | None, per: CostPer) -> Handover:
        return Handover(to, on, cost_of_fields(cost, per))

    return Form(
        f"Delegate {problem.title}" if is_new else problem.title,
        fields,
        answer,
        save,
        save_word="Delegate",
        hint="Enter saves · Tab next · ← → choose · what it really costs, as far as known",
    )
