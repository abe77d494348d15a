"""A list in a dialog."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import PurePath
from typing import Any, ClassVar

from textual.binding import Binding, BindingType
from textual.widget import Widget

from .dialog import KIT, Dialog
from .panel import Panel

LIST_CSS: list[str | PurePath] = [KIT / "dialog.tcss", KIT / "list_dialog.tcss"]
"""For dialogs with the class `-list`; the list in them is `#entries`."""

LIST_KEYS = (
    Binding("down,j", "move(1)", "Down", show=False),
    Binding("up,k", "move(-1)", "Up", show=False),
    Binding("pagedown", "move(10)", "Further down", show=False),
    Binding("pageup", "move(-10)", "Further up", show=False),
    Binding("q", "cancel", "Close", show=False),
)
"""A dialog that holds a list takes these in."""

READING_KEYS = (*LIST_KEYS, Binding("enter", "cancel", "Close", show=False))
"""The same, where nothing in the list can be chosen."""


class ListDialog(Dialog[None]):
    """A list to read."""

    AUTO_FOCUS = "#entries"
    CSS_PATH = LIST_CSS
    save_word = ""
    cancel_word = "Close"
    BINDINGS: ClassVar[list[BindingType]] = [*READING_KEYS]

    def __init__(
        self, title: str, entries: Panel[Any], *, hint: str = "", classes: str = "-list"
    ) -> None:
        """Make the dialog.

        Args:
            title: of the list.
            entries: the list; its id is `entries`.
            hint: the line below it.
            classes: for the stylesheet.
        """
        super().__init__(classes=classes)
        self.title_text = title
        self.hint_text = hint
        self._entries = entries

    def fields(self) -> Iterable[Widget]:
        yield self._entries
