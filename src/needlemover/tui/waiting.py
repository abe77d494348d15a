"""A change that waits for another program: what is told meanwhile, and how the user ends it."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable

from textual.app import App

from ..domain.errors import BusyError, NeedleError

LONGEST = 30.0
"""Seconds after which it is refused."""
SAID = 0.5
"""Seconds after which it is said."""
WORDS = "waiting for another program …"
_STEP = 0.005
"""Seconds between two looks whether the file is free."""


class Waiting:
    """Waits for the other program without holding the screen up."""

    def __init__(
        self, app: App[None], is_free: Callable[[], bool], what: str, error: BusyError
    ) -> None:
        """Begin.

        Args:
            app: tells it.
            is_free: whether no other program writes.
            what: waits.
            error: why it must wait.
        """
        self._app = app
        self._is_free = is_free
        self._what = what
        self._error = error
        self._begun = time.monotonic()
        self.is_said = False
        """Whether the user knows, and how to give it up."""
        self._is_given_up = False
        self.is_leaving = False
        """Whether the app is to end when all is done."""

    @property
    def not_done(self) -> NeedleError:
        """That it was given up."""
        return NeedleError(f"{self._what} was not done. {self._error}")

    def left_undone(self, *more: str) -> NeedleError:
        """That the app was left before it was done, and more that is to be said then."""
        first = f"{self._what} was not done before you left."
        return NeedleError(" ".join((first, *more, str(self._error))))

    async def until_free(self) -> None:
        """Wait until the other program lets go.

        Raises:
            BusyError: when the user gives it up, or it takes too long.
        """
        while not self._is_free():
            waited = time.monotonic() - self._begun
            if self._is_given_up or waited > LONGEST:
                self._unsay()
                raise self._error
            if waited > SAID and not self.is_said:
                self._say("Esc gives up")
            await asyncio.sleep(_STEP)
        self._unsay()

    def give_up(self) -> None:
        """Wait no longer."""
        self._is_given_up = True

    def leave(self) -> None:
        """End the app when all is done."""
        self.is_leaving = True
        self._say("then the app ends · the same key ends it now, and what waits is not done")

    def stay(self) -> None:
        """Do not end the app after all."""
        self.is_leaving = False
        self._unsay()

    def _unsay(self) -> None:
        if self.is_said:
            self._app.clear_notifications()
            self.is_said = False

    def _say(self, ways: str) -> None:
        self._unsay()
        self.is_said = True
        words = f"{WORDS} · {ways}"
        self._app.notify(words, severity="warning", markup=False, timeout=LONGEST)
