"""The undo history: what would be undone, last first."""

from collections.abc import Callable, Sequence
from datetime import tzinfo
from typing import ClassVar

from textual.binding import Binding, BindingType

from ...store.journal import Journal
from ...text.format import plain_when, shown
from .dialog import ListDialog, Rows
from .lines import Line, Span


class HistoryScreen(ListDialog[None]):
    """Lists the changes; u and U work in it as everywhere."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("u", "step('undo')", "Undo", show=False),
        Binding("U", "step('redo')", "Redo", show=False),
        Binding("H", "cancel", "Close", show=False),
    ]

    def __init__(
        self,
        journal: Journal,
        zone: tzinfo,
        go_back: Callable[[Callable[..., str], Callable[[str], None]], None],
    ) -> None:
        """Read the history; a `NeedleError` when it cannot be read."""
        self._journal, self._zone, self._go_back = journal, zone, go_back
        hint = "u undoes the change marked ▶ · U does the one above it again · Esc closes"
        entries = Rows(self._rows(), id="entries")
        super().__init__("Undo history, last change first", entries, hint=hint)

    def _rows(self) -> Sequence[Line]:
        steps = self._journal.steps(300)
        following = next((step.id for step in steps if not step.undone), None)
        found = []
        for number, step in enumerate(steps):
            local = step.changed_at.astimezone(self._zone)
            when: Span = (f"{plain_when(local.date(), local.time()):<20}", "muted")
            sign: Span = ("▶ " if step.id == following else "  ", "accent")
            undone: tuple[Span, ...] = (("  undone", "muted"),) if step.undone else ()
            label: Span = (shown(step.label), "muted" if step.undone else "text")
            found.append(Line((sign, when, label), undone, number))
        return found or [Line((("Nothing has been changed yet.", "muted"),))]

    def action_step(self, which: str) -> None:
        def show(label: str) -> None:
            self._entries.facts = self._rows()

        self._go_back(self._journal.undo if which == "undo" else self._journal.redo, show)
