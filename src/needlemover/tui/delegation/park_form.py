"""Parking what popped up, instead of working on it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from textual.widget import Widget

from ...text.format import quoted
from ..kit.dialog import Dialog
from ..kit.fields import Field, TextField
from ..kit.view import View


class ParkForm(Dialog[bool]):
    """A title and Enter."""

    AUTO_FOCUS = "#problem"
    title_text = "What popped up?"
    save_word = "Park"
    hint_text = "Enter parks it and goes back · details later, in Delegate (4)"

    def __init__(self, save: Callable[[str], object]) -> None:
        """Make the dialog.

        Args:
            save: does the command; what it refuses is said in the dialog.
        """
        super().__init__()
        self._save = save

    def fields(self) -> Iterable[Widget]:
        """One line."""
        yield Field("Park", TextField(placeholder="the printer is broken", id="problem"))

    def accept(self) -> bool:
        """The title that was typed."""
        self._save(self.typed("problem"))
        return True


def ask_to_park(view: View[Any]) -> None:
    """Ask what popped up, and park it. A running timer goes on."""

    def save(title: str) -> None:
        problem = view.do(lambda: view.store.problems.park(title))
        view.say(f"Parked {quoted(problem.title)}.")
        view.show_parked(problem)

    view.app.push_screen(ParkForm(save))
