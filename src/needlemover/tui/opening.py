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


def open_behind(
    app: App[None],
    open_store: Callable[[], Store],
    take: Callable[[Store], None],
    give_up: Callable[[Exception], None],
) -> None:
    """Open the store behind the first picture, in a thread of its own.

    It is taken, or the app given up where it cannot be opened, or taking it is a `NeedleError`.
    """

    def take_or_give_up(store: Store) -> None:
        try:
            take(store)
        except NeedleError as error:
            give_up(error)

    def open_it() -> None:
        with suppress(RuntimeError):  # the app has ended, and its loop with it
            try:
                store = open_store()
                store.day(with_candidates=True)  # the first time takes longest
            except Exception as error:
                app.call_later(give_up, error)
            else:
                app.call_later(take_or_give_up, store)

    # No worker of Textual's: the end of the app would wait for it.
    Thread(target=open_it, daemon=True).start()
