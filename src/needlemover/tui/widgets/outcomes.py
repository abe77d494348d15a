"""The eight outcomes of a call, to choose from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.reactive import reactive
from textual.strip import Strip

from ...domain.entry import Outcome
from .lines import EMPTY, Inked, Line, Span, fit

OUTCOMES = tuple(Outcome)
TALKED = OUTCOMES.index(Outcome.TALKED)
ROWS = 4


@dataclass(frozen=True, slots=True)
class Answer:
    """What was said about a call."""

    outcome: Outcome
    contact: str
    amount: int | None = None
    note: str = ""
    seconds: int | None = None
    """Only where it was asked for."""
    came_from: int | None = None
    """The activity that brought the buyer."""


def outcome_lines(chosen: int, width: int, rows: int = ROWS) -> Sequence[Line]:
    """The outcomes with their numbers, in as many columns as the rows need.

    Args:
        chosen: the place of the marked one.
        width: in cells.
        rows: how many lines there are for them.
    """
    columns = -(-len(OUTCOMES) // rows)
    return [
        Line(
            tuple(
                span
                for place in range(row, len(OUTCOMES), rows)
                for span in _one(place, chosen, width // columns)
            )
        )
        for row in range(rows)
    ]


def outcome_at(x: int, row: int, width: int, rows: int = ROWS) -> int | None:
    """The place of the outcome that stands at a cell of `outcome_lines`."""
    columns = -(-len(OUTCOMES) // rows)
    place = x // max(1, width // columns) * rows + row
    return place if 0 <= row < rows and 0 <= place < len(OUTCOMES) else None


def _one(place: int, chosen: int, width: int) -> list[Span]:
    outcome = OUTCOMES[place]
    here = place == chosen
    ink = "strong" if here else "text" if outcome.reached else "muted"
    head = f"{'▸' if here else ' '} {place + 1}  "
    return [(head, "accent"), (fit(outcome.words, max(0, width - len(head))), ink)]


class OutcomeList(Inked, can_focus=True):
    """The outcomes as a field of a dialog."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,k", "step(-1)", "Up", show=False),
        Binding("down,j", "step(1)", "Down", show=False),
        Binding("left,right,h", f"step({ROWS})", "Side", show=False),
    ]

    place: reactive[int] = reactive(TALKED)

    @property
    def value(self) -> Outcome:
        """The marked outcome."""
        return OUTCOMES[self.place]

    def render_line(self, y: int) -> Strip:
        """A row of outcomes."""
        lines = outcome_lines(self.place, self.size.width)
        return self.strip(lines[y] if y < len(lines) else EMPTY, self.size.width)

    def action_step(self, by: int) -> None:
        """Mark another one."""
        self.place = (self.place + by) % len(OUTCOMES)

    def at(self, event: events.Click) -> Outcome | None:
        """The outcome that was clicked, which is then marked."""
        offset = event.get_content_offset(self)
        place = outcome_at(offset.x, offset.y, self.size.width) if offset is not None else None
        if place is None:
            return None
        self.place = place
        return self.value
