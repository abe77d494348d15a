"""What is known of a problem: what it takes, what it would cost, who could take it."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from msgspec import Struct
from textual.widget import Widget

from ...domain.delegation.problem import Estimate, Every, Problem
from ...text.parse import parse_seconds
from ..kit.dialog import Dialog
from ..kit.fields import Choice, Field, TextField
from .cost_fields import cost_fields, read_cost

_EVERY = (
    (None, "not said yet"),
    (Every.ONCE, "once"),
    (Every.DAY, "each working day"),
    (Every.WEEK, "each week"),
    (Every.MONTH, "each month"),
)


class ProblemInput(Struct, frozen=True):
    """What was entered."""

    title: str
    estimate: Estimate
    candidate: str
    note: str


class ProblemForm(Dialog[bool]):
    """Each field can wait."""

    AUTO_FOCUS = "#minutes"
    hint_text = "Enter saves · Tab next · ← → choose · blank: not known yet"

    def __init__(
        self, problem: Problem, currency: str, save: Callable[[ProblemInput], object]
    ) -> None:
        """Make the dialog.

        Args:
            problem: to say more of.
            currency: the ISO code.
            save: does the command; what it refuses is said in the dialog.
        """
        super().__init__()
        self._problem = problem
        self._currency = currency
        self._save = save
        self.title_text = problem.title

    def fields(self) -> Iterable[Widget]:
        """As it is known now. An activity is renamed on Today."""
        problem, estimate = self._problem, self._problem.estimate
        if problem.activity_id is None:
            yield Field("Title", TextField(problem.title, id="problem"))
        length = TextField(_length(estimate.seconds), placeholder="30, 1:30", id="minutes")
        yield Field("Minutes", length, "each time")
        yield Field("How often", Choice(_EVERY, estimate.every, id="every"))
        yield from cost_fields("Costs", estimate.cost, self._currency)
        handover = TextField(_length(estimate.handover_seconds), placeholder="0", id="handover")
        yield Field("Hand-over", handover, "minutes of yours, once")
        yield Field("Could take it", TextField(problem.candidate, id="candidate"))
        yield Field("Note", TextField(problem.note, id="note"))

    def accept(self) -> bool:
        """What the fields say."""
        every = self.chosen("every")
        problem = self._problem
        self._save(
            ProblemInput(
                title=self.typed("problem") if problem.activity_id is None else problem.title,
                estimate=Estimate(
                    seconds=_seconds(self.typed("minutes")),
                    every=every if isinstance(every, Every) else None,
                    cost=read_cost(self.typed("cost"), self.chosen("per"), self._currency),
                    handover_seconds=_seconds(self.typed("handover")),
                ),
                candidate=self.typed("candidate"),
                note=self.typed("note"),
            )
        )
        return True


def _length(seconds: int | None) -> str:
    """As it is typed: minutes, and seconds where there are any."""
    if seconds is None:
        return ""
    whole, rest = divmod(seconds, 60)
    return f"{whole} min {rest} s" if rest else str(whole)


def _seconds(typed: str) -> int | None:
    return parse_seconds(typed, longest=None) if typed.strip() else None
