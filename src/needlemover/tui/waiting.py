"""What is told while a change is on its way to the file, where that takes long."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

from textual.app import App

if TYPE_CHECKING:
    from ..store.file import Database

WRITER = ThreadPoolExecutor(1)  # brings changes to the file, one after the other
LONGEST = 30.0  # seconds that a change waits for another program
SAID = 0.5  # seconds after which it is said
WORDS = "waiting for another program …"


class Waiting:
    """Says for what is waited, and how the user ends it."""

    def __init__(self, app: App[None], file: Database) -> None:
        self._app, self._file = app, file
        self._is_said = False
        self.is_leaving = False  # whether the app is to end when all is done
        self._later = asyncio.get_running_loop().call_later(SAID, self.stay)

    @property
    def is_long(self) -> bool:
        """Whether it takes longer than usual."""
        return self._is_said or self._file.is_kept_waiting

    @property
    def can_be_given_up(self) -> bool:
        """Whether the user knows, and how to give it up."""
        return self._is_said and self._file.is_kept_waiting

    def leave(self) -> None:
        """End the app when all is done."""
        self.is_leaving = True
        self._say("then the app ends · the same key ends it now, and what waits is not done")

    def stay(self) -> None:
        """Do not end the app after all."""
        self.is_leaving = False
        self._say("Esc gives up" if self._file.is_kept_waiting else "")

    def end(self) -> None:
        self._later.cancel()
        if self._is_said:
            self._app.clear_notifications()

    def _say(self, ways: str) -> None:
        self.end()
        self._is_said = True
        words = WORDS if self._file.is_kept_waiting else "waiting for the disk …"
        said = " · ".join(filter(None, (words, ways)))
        self._app.notify(said, severity="warning", markup=False, timeout=LONGEST)
