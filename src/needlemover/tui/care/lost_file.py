"""The data file is gone from its place: go on with what is there now, or save what was open."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Button, Static

from ...domain.errors import LostFileError
from ...store.store import Store
from ...text.format import shown
from ..kit.dialog import Dialog, button


class LostFileScreen(Dialog[bool]):
    """Says what has happened and offers the ways on. True: there is a file to be opened now."""

    title_text = "Your data file is not where it was"
    save_word = ""
    cancel_word = "q  Leave it as it is and quit"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("1", "follow", "Follow", show=False),
        Binding("2,ctrl+s", "save_old", "Save", show=False),
        Binding("3", "go_on", "Go on", show=False),
        Binding("q", "cancel", "Quit", show=False),
    ]

    def __init__(self, store: Store, error: LostFileError) -> None:
        """Make the screen.

        Args:
            store: still open on the file that is gone.
            error: what has happened.
        """
        super().__init__()
        self._store = store
        self._error = error
        self._saved: Path | None = None
        store.settle()

    def fields(self) -> Iterable[Widget]:
        yield Static(Content(shown(str(self._error))), classes="note")
        yield Static(
            Content("What was done before is in the old file, and can be saved until you leave."),
            classes="note",
        )
        if self._store.path.exists():
            yield button("1  Go on with the file that is there now", "follow")
        yield button("2  Save the old data as a new file beside it", "save_old")
        yield Static(Content(""), id="saved", classes="note")
        go_on = button("3  Go on with what was saved, in its old place", "go_on")
        go_on.display = False
        yield go_on

    def action_follow(self) -> None:
        if self._store.path.exists():
            self.dismiss(True)

    def action_save_old(self) -> None:
        if self._saved is None:
            self.attempt(self._save_old)

    def _save_old(self) -> None:
        path = self._store.path
        stamp = f"{self._store.clock.now():%Y-%m-%dT%H%M%SZ}"
        saved = path.with_name(f"{path.stem}-saved-{stamp}{path.suffix}")
        self._store.save_as(saved)
        self._saved = saved
        self.query_one("#saved", Static).update(Content(shown(f"Saved in {saved}.")))
        go_on = self.query_one("#go_on", Button)
        go_on.display = True
        go_on.focus()

    def action_go_on(self) -> None:
        """Put what was saved in its old place; a file that is there becomes a backup."""
        saved = self._saved
        if saved is not None and self.attempt(lambda: self._store.backups.restore(saved)):
            self.dismiss(True)
