"""Asking again whether a problem is worth handing over by now."""

from collections.abc import Iterable
from functools import partial
from typing import ClassVar

from msgspec.structs import replace
from textual.binding import Binding, BindingType
from textual.widget import Widget

from ...domain.delegation.ledger import ProblemsSnapshot
from ...domain.delegation.problem import Problem
from ...domain.delegation.verdict import weigh
from ...domain.numbers.worth import best_return
from ...domain.today.snapshot import DaySnapshot
from ...text.format import plain_day, quoted
from ..kit.dialog import Dialog, button
from ..kit.view import View
from .problems import ask_handover
from .weighing import SumFacts, SumPanel


class AskDialog(Dialog[bool]):
    """The sum, and two answers: whether it is delegated."""

    title_text = "Is it worth handing over by now?"
    save_word = "Delegate now"
    cancel_word = "Later"
    hint_text = "Enter delegates it now · k keeps it parked · Esc asks later today"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "save", "Delegate", show=False),
        Binding("k", "keep", "Keep", show=False),
        Binding("down", "move(1)", "Down", show=False),
        Binding("up", "move(-1)", "Up", show=False),
    ]

    def __init__(self, facts: SumFacts) -> None:
        super().__init__(classes="-sum")
        self._facts = facts

    def fields(self) -> Iterable[Widget]:
        yield SumPanel(self._facts, id="sum")
        yield button("Keep it parked", "keep")

    def accept(self) -> bool:
        """Hand it over."""
        return True

    def action_keep(self) -> None:
        self.dismiss(False)


def answer_first(view: View[DaySnapshot]) -> None:
    """Show the sum of the first problem that is asked about, and ask what is to become of it."""
    asks = view.snapshot.asks
    found = view.attempt(view.store.problems.snapshot) if asks else None
    if found is None:
        return
    rows = found.ledger.rows
    row = next((row for row in rows if row.problem.id == asks[0].problem_id), None)
    if row is None:
        view.refresh_data()
        return
    problem = row.problem

    def answered(is_delegated: bool | None) -> None:
        if is_delegated:
            ask_handover(view, problem)
        elif is_delegated is not None:
            view.run_worker(_keep(view, problem, found))

    best = best_return(found.returns, problem.activity_id)
    facts = SumFacts(row, best, found.today, found.settings.currency)
    view.app.push_screen(AskDialog(facts), answered)


async def _keep(view: View[DaySnapshot], problem: Problem, found: ProblemsSnapshot) -> None:
    answered = replace(problem, ask_again_on=None)
    day = weigh(answered, found.worth, found.settings, found.today).ask_again_on
    answer = partial(view.store.problems.answer_ask, problem.id, day)
    if await view.patiently("Your answer", answer) is None:
        return
    when = f"asked again on {plain_day(day)}" if day is not None else "not asked again for now"
    view.say(f"{quoted(problem.title)} stays parked, {when}.")
