"""A view of several panels, of which a narrow or short window shows the first and one more."""

from __future__ import annotations

from typing import Any, ClassVar

from textual import events
from textual.binding import Binding

from .view import View

PANEL_KEYS = (
    Binding("tab", "panel(1)", "Panel", id="next_panel", tooltip="Go to the next panel"),
    Binding("shift+tab", "panel(-1)", "Panel", id="panel_before", show=False,
            tooltip="Go to the panel before"),
)  # fmt: skip


class PanelView(View):
    """Hands the panels their facts, and brings the one with the focus to the front.

    In a view's stylesheet the panel in front has the class `-front`; the one that is in front at
    first is given it in `compose`.
    """

    VERTICAL_BREAKPOINTS = [(0, "-short"), (36, "-tall")]  # noqa: RUF012

    panels: ClassVar[tuple[str, ...]] = ()
    """Their names in the order in which Tab goes round them; the first one is always shown."""
    front = ""
    """The panel that is shown beside the first where there is room for one."""
    refused = ""
    """Why the data could not be read for the first picture."""

    def on_mount(self) -> None:
        """Say what could not be read."""
        if self.refused:
            self.say(self.refused, wrong=True)

    def give(self, **facts: Any) -> None:
        """Hand facts to the panels; before they are there, for when they come."""
        for name, value in facts.items():
            if self.is_running:
                setattr(self, name, value)
            else:
                self.set_reactive(getattr(type(self), name), value)

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """The panel with the focus is the one to show."""
        if event.widget.id is not None:
            self._bring_to_front(event.widget.id)

    def _bring_to_front(self, name: str) -> None:
        if name != self.front and name in self.panels[1:]:
            self.query_one(f"#{self.front}").remove_class("-front")
            self.query_one(f"#{name}").add_class("-front")
            self.front = name

    def go_to_panel(self, name: str) -> None:
        """Show a panel and put the focus on it."""
        self._bring_to_front(name)
        # What was hidden can take the focus only when it is laid out.
        self.call_after_refresh(self.query_one(f"#{name}").focus)

    def action_panel(self, by: int) -> None:
        """Go to the next panel."""
        here = self.focused.id if self.focused is not None else None
        place = self.panels.index(here) if here in self.panels else 0
        self.go_to_panel(self.panels[(place + by) % len(self.panels)])
