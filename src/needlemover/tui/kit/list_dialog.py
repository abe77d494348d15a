"""A dialog that shows a list, and moves in it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import ClassVar, TypeVar

from textual.binding import Binding, BindingType
from textual.widget import Widget

from .dialog import KIT, Dialog
from .lines import Line
from .rows import Rows

T = TypeVar("T")


class ListDialog(Dialog[T]):
    """A list in a dialog; what it holds, each says itself."""

    AUTO_FOCUS = "Rows"
    CSS_PATH = [KIT / "dialog.tcss", KIT / "list_dialog.tcss"]  # noqa: RUF012
    save_word = ""
    cancel_word = "Close"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down,j", "move(1)", "Down", show=False),
        Binding("up,k", "move(-1)", "Up", show=False),
        Binding("pagedown", "move(10)", "Further down", show=False),
        Binding("pageup", "move(-10)", "Further up", show=False),
        Binding("q", "cancel", "Close", show=False),
    ]

    def rows(self) -> Sequence[Line]:
        """What is listed; overridden by each dialog."""
        raise NotImplementedError

    def fields(self) -> Iterable[Widget]:
        """The list."""
        yield Rows(self.rows(), id="entries")

    def show_again(self) -> None:
        """List what there is now."""
        self.query_one(Rows).facts = self.rows()

    def action_move(self, by: int) -> None:
        """Move the cursor."""
        self.query_one(Rows).move(by)
