"""The outcomes of a call as a field of a dialog."""

from __future__ import annotations

from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.reactive import reactive
from textual.strip import Strip

from ...domain.calls.entry import Outcome
from ..kit.lines import EMPTY, Inked
from .outcomes import OUTCOMES, ROWS, TALKED, outcome_at, outcome_lines


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
