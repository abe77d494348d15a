"""Asking again whether a problem is worth handing over by now."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.widget import Widget

from ..kit.dialog import KIT, Dialog, button
from .weighing import SumFacts, SumPanel


class AskDialog(Dialog[bool]):
    """The sum, and two answers: whether it is delegated."""

    CSS_PATH = [KIT / "dialog.tcss", "ask_dialog.tcss"]  # noqa: RUF012
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
        super().__init__()
        self._facts = facts

    def fields(self) -> Iterable[Widget]:
        yield SumPanel(self._facts, id="sum")
        yield button("Keep it parked", "keep")

    def accept(self) -> bool:
        """Hand it over."""
        return True

    def action_keep(self) -> None:
        self.dismiss(False)
