"""Asking again whether a problem is worth handing over by now."""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum
from typing import ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Button

from ..kit.dialog import KIT, Dialog
from .weighing import SumFacts, SumPanel


class Answered(Enum):
    """What is to become of it."""

    DELEGATE = "delegate"
    KEEP = "keep"


class AskDialog(Dialog[Answered]):
    """The sum, and two answers."""

    CSS_PATH = [KIT / "dialog.tcss", "ask_dialog.tcss"]  # noqa: RUF012
    AUTO_FOCUS = "SumPanel"
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
        """Make the dialog.

        Args:
            facts: of the problem that is asked about.
        """
        super().__init__()
        self._facts = facts

    def fields(self) -> Iterable[Widget]:
        """The sum, and the answer that changes nothing."""
        yield SumPanel(self._facts, id="sum")
        yield Button(Content("Keep it parked"), id="keep", compact=True)

    def accept(self) -> Answered:
        """Hand it over."""
        return Answered.DELEGATE

    @on(Button.Pressed, "#keep")
    def _kept(self) -> None:
        self.action_keep()

    def action_keep(self) -> None:
        """Leave it as it is."""
        self.dismiss(Answered.KEEP)
