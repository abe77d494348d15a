"""Handing a problem over: to whom, since when, and what it really costs."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date

from msgspec import Struct
from textual.containers import Container
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from ...domain.delegation.problem import Cost, Problem, ProblemState
from ...domain.delegation.verdict import cost_of
from ...text.parse import parse_day
from ..kit.dialog import Dialog
from ..kit.fields import Field, TextField
from .cost_fields import cost_fields, read_cost

_LEAVES = "It leaves your checklist from tomorrow and stays in the ledger."


class HandoverInput(Struct, frozen=True):
    """What was entered."""

    to: str
    on: date
    real_cost: Cost | None


class HandoverForm(Dialog[bool]):
    """To whom, and Enter is enough."""

    AUTO_FOCUS = "#to"
    save_word = "Delegate"
    hint_text = "Enter saves · Tab next · ← → choose · what it really costs, as far as known"

    def __init__(
        self,
        problem: Problem,
        today: date,
        currency: str,
        save: Callable[[HandoverInput], object],
    ) -> None:
        """Make the dialog.

        Args:
            problem: to hand over; of one that is delegated already, what is known is changed.
            today: the local day.
            currency: the ISO code.
            save: does the command; what it refuses is said in the dialog.
        """
        super().__init__()
        self._problem = problem
        self._today = today
        self._currency = currency
        self._save = save
        self._is_new = problem.state is not ProblemState.DELEGATED
        self.title_text = f"Delegate {problem.title}" if self._is_new else problem.title

    def fields(self) -> Iterable[Widget]:
        """Who could take it, from today, at the price that was thought of."""
        problem = self._problem
        to = problem.candidate if self._is_new else problem.delegated_to
        since = self._today if self._is_new else problem.state_on
        yield Field("To", TextField(to, placeholder="who takes it", id="to"))
        yield Field("Since", TextField(since.isoformat(), id="since"), "2026-12-01, tomorrow")
        yield from cost_fields("Costs", cost_of(problem), self._currency)
        if self._is_new and problem.activity_id is not None:
            yield Container(Static(Content(_LEAVES)), classes="note")

    def accept(self) -> bool:
        """The hand-over that the fields say."""
        self._save(
            HandoverInput(
                to=self.typed("to"),
                on=parse_day(self.typed("since"), self._today),
                real_cost=read_cost(self.typed("cost"), self.chosen("per"), self._currency),
            )
        )
        return True
