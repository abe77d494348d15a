"""What Today asks about problems that were parked: are they worth handing over by now?

Dialogs and the rules of delegating are imported when they are first needed.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from msgspec.structs import replace

from ...domain.today.snapshot import DaySnapshot
from ...text.format import plain_day, quoted
from ..kit.view import View

if TYPE_CHECKING:
    from ...domain.delegation.problem import Problem
    from ...domain.delegation.snapshot import ProblemsSnapshot


def answer_first(view: View[DaySnapshot]) -> None:
    """Show the sum of the first problem that is asked about, and ask what is to become of it."""
    asks = view.snapshot.asks
    found = view.attempt(view.store.problems.snapshot) if asks else None
    if found is None:
        return
    from ...domain.numbers.hour import best_return
    from ..delegation.ask_dialog import AskDialog
    from ..delegation.weighing import SumFacts

    rows = found.ledger.rows
    row = next((row for row in rows if row.weighing.problem.id == asks[0].problem_id), None)
    if row is None:
        view.refresh_data()
        return
    problem = row.weighing.problem

    def answered(is_delegated: bool | None) -> None:
        from ..delegation.problem_forms import ask_handover

        if is_delegated:
            ask_handover(view, problem)
        elif is_delegated is not None:
            view.run_worker(_keep(view, problem, found))

    best = best_return(found.returns, problem.activity_id)
    facts = SumFacts(row, best, found.today, found.settings.currency)
    view.app.push_screen(AskDialog(facts), answered)


async def _keep(view: View[DaySnapshot], problem: Problem, found: ProblemsSnapshot) -> None:
    from ...domain.delegation.verdict import weigh

    answered = replace(problem, ask_again_on=None)
    day = weigh(answered, found.worth, found.settings, found.today).ask_again_on
    answer = partial(view.store.problems.answer_ask, problem.id, day)
    if await view.patiently("Your answer", answer) is None:
        return
    when = f"asked again on {plain_day(day)}" if day is not None else "not asked again for now"
    view.say(f"{quoted(problem.title)} stays parked, {when}.")
