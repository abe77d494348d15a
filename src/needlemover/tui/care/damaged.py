"""The data file is damaged: back to a backup, save what can be read, or leave it."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Button, Static

from ...clock import Clock
from ...domain.errors import DamagedError
from ...store.care.backups import Backup, Backups
from ...store.care.salvage import Saved, save_readable
from ...text.format import counted, file_size, plain_day, shown
from ..kit.dialog import Dialog, button


class DamagedScreen(Dialog[bool]):
    """Says what has happened and offers the two ways on. True: the file can be opened now."""

    title_text = "Your data file is damaged"
    save_word = ""
    cancel_word = "q  Leave it as it is and quit"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("1", "go_back", "Go back", show=False),
        Binding("2,ctrl+s", "save_readable", "Save", show=False),
        Binding("3", "go_on", "Go on", show=False),
        Binding("q", "cancel", "Quit", show=False),
    ]

    def __init__(self, database: Path, clock: Clock, error: DamagedError) -> None:
        super().__init__()
        self._database = database
        self._error = error
        self._backups = Backups(database, clock)
        self._zone = clock.zone()
        self._newest: Backup | None = self._backups.newest_good()
        self._saved: Saved | None = None

    def fields(self) -> Iterable[Widget]:
        yield Static(Content(shown(str(self._error))), classes="note")
        yield Static(
            Content("Whatever you choose, the file itself is kept as it is."),
            classes="note",
        )
        if self._newest is None:
            yield Static(Content("There is no good backup of it."), classes="note")
        else:
            made = self._newest.made_at.astimezone(self._zone)
            when = f"{plain_day(made.date())}, {made:%H:%M} ({file_size(self._newest.size)})"
            words = f"1  Go back to the newest good backup: {when}"
            yield button(words, "go_back")
        yield button("2  Save what can be read into a new file", "save_readable")
        yield Static(Content(""), id="saved", classes="note")
        go_on = button("3  Go on with what was saved", "go_on")
        go_on.display = False
        yield go_on

    def action_go_back(self) -> None:
        if self._newest is not None:
            self._restore(self._newest.path)

    def action_save_readable(self) -> None:
        """Read what can be read, and say what it came to."""
        self.attempt(self._save_readable)

    def _save_readable(self) -> None:
        backup = self._newest.path if self._newest is not None else None
        self._saved = saved = save_readable(self._database, self._backups.saved(), backup)
        entries = counted(saved.entries, "entry", "entries")
        words = f"Saved {entries}, {saved.rows:,} rows in all, in {saved.path}."
        if not saved.rows:
            words = f"Nothing of it can be read: {saved.path} is empty."
        elif saved.incomplete:
            words += f" Not all could be read of: {', '.join(saved.incomplete)}."
        self.query_one("#saved", Static).update(Content(shown(words)))
        button = self.query_one("#go_on", Button)
        if not saved.rows:
            button.label = Content("3  Begin anew with an empty file")
        button.display = True
        button.focus()

    def action_go_on(self) -> None:
        if self._saved is not None:
            self._restore(self._saved.path)

    def _restore(self, path: Path) -> None:
        if self.attempt(lambda: self._backups.restore(path)):
            self.dismiss(True)
