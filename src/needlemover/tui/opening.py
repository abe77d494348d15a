"""Opening: today is on the screen before the store is there."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from threading import Thread
from typing import TYPE_CHECKING

from textual.app import App

from ..domain.errors import NeedleError

if TYPE_CHECKING:
    from ..store.store import Store


class Opening:
    """Opens the store behind the first picture."""

    def __init__(
        self,
        app: App[None],
        open_store: Callable[[], Store],
        *,
        take: Callable[[Store], None],
        give_up: Callable[[Exception], None],
    ) -> None:
        """Take what is to be done.

        Args:
            app: shows the first picture.
            open_store: is called in a thread of its own.
            take: goes on with the store; it may raise a NeedleError.
            give_up: ends the app, because the store cannot be opened.
        """
        self._app = app
        self._open_store = open_store
        self._take = take
        self._give_up = give_up

    def begin(self) -> None:
        # No worker of Textual's: the end of the app would wait for it.
        Thread(target=self._open, daemon=True).start()

    def _open(self) -> None:
        with suppress(RuntimeError):  # the app has ended, and its loop with it
            try:
                store = self._open_store()
                store.day()  # the first time takes longest
            except Exception as error:
                self._app.call_later(self._give_up, error)
            else:
                self._app.call_later(self._go_on, store)

    def _go_on(self, store: Store) -> None:
        try:
            self._take(store)
        except NeedleError as error:
            self._give_up(error)
