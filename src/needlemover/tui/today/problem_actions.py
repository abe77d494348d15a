"""What Today asks about problems that were parked: are they worth handing over by now?

Dialogs and the rules of delegating are imported when they are first needed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...text.format import plain_day, quoted
from .activity_actions import ActivityActions

if TYPE_CHECKING:
    from ...domain.delegation.problem import Problem
    from ...domain.delegation.snapshot import ProblemsSnapshot
    from ..delegation.ask_dialog import Answered
    from ..delegation.handover_form import HandoverInput


class ProblemActions(ActivityActions):
    """The problems whose day to ask again has come."""

    def action_answer(self) -> None:
        """Show the sum of the first of them, and ask what is to become of it."""
        asks = self.snapshot.asks if self.snapshot is not None else ()
        found = self.attempt(self.store.problems.snapshot) if asks else None
        if found is None:
            return
        from ...domain.numbers.hour import best_return
        from ..delegation.ask_dialog import AskDialog
        from ..delegation.weighed import weigh_all
        from ..delegation.weighing import SumFacts

        rows = weigh_all(self.store, found).rows
        row = next((row for row in rows if row.weighing.problem.id == asks[0].problem_id), None)
        if row is None:
            self.refresh_data()
            return
        problem = row.weighing.problem

        def answered(answer: Answered | None) -> None:
            if answer is not None:
                self._take_answer(answer, problem, found)

        best = best_return(found.returns, problem.activity_id)
        facts = SumFacts(row, best, found.today, found.settings.currency)
        self.app.push_screen(AskDialog(facts), answered)

    def _take_answer(self, answer: Answered, problem: Problem, found: ProblemsSnapshot) -> None:
        from ..delegation.ask_dialog import Answered

        if answer is Answered.KEEP:
            self._keep(problem)
            return

        def save(new: HandoverInput) -> None:
            delegate(self, problem, new)

        from ..delegation.actions import delegate
        from ..delegation.handover_form import HandoverForm

        self.app.push_screen(HandoverForm(problem, found.today, found.settings.currency, save))

    def _keep(self, problem: Problem) -> None:
        from ..delegation.weighed import weigh_all

        def keep() -> None:
            self.store.problems.answer_ask(problem.id)
            weigh_all(self.store, self.store.problems.snapshot())

        self.attempt(keep)
        again = self.store.problems.all()
        day = next((item.ask_again_on for item in again if item.id == problem.id), None)
        when = f"asked again on {plain_day(day)}" if day is not None else "not asked again for now"
        self.say(f"{quoted(problem.title)} stays parked, {when}.")
