"""Asking to whom a problem is delegated, from Delegate and from Today."""

from __future__ import annotations

from datetime import date
from typing import Any

from ...domain.delegation.problem import Problem, ProblemState
from ...text.format import quoted
from ..kit.view import View
from .handover_form import Handover, handover_form


def ask_handover(view: View[Any], problem: Problem, today: date, currency: str) -> None:
    """Ask to whom a problem is delegated; of what is delegated already, change what is known."""

    def save(new: Handover) -> None:
        problems, number = view.store.problems, problem.id
        if problem.state is ProblemState.DELEGATED:
            view.do(
                lambda: problems.edit(
                    number, delegated_to=new.to, state_on=new.on, real_cost=new.real_cost
                )
            )
            return
        view.do(
            lambda: problems.set_state(
                number, ProblemState.DELEGATED, on=new.on, to=new.to, real_cost=new.real_cost
            )
        )
        view.say(f"{quoted(problem.title)} is delegated; u takes it back.")

    view.app.push_screen(handover_form(problem, today, currency, save))
