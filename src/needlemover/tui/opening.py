"""Opening on the published day: it is on the screen before the store is there."""

from __future__ import annotations

import gc
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from threading import Thread
from typing import TYPE_CHECKING

from msgspec import Struct
from textual import events
from textual.app import App
from textual.message import Message
from textual.timer import Timer

from ..clock import Clock
from ..domain.errors import NeedleError
from ..domain.today.snapshot import DaySnapshot
from .today.day_screen import DayScreen

if TYPE_CHECKING:
    from ..store.store import Store

_PATIENCE = 0.5
"""Seconds to wait until what was pressed is done."""


class Opening(Struct, frozen=True):
    """What is shown at once, and what opens the store behind it."""

    first: DaySnapshot
    open_store: Callable[[], Store]


class OpeningApp(App[None]):
    """An app whose store may come after the first picture.

    What is pressed until then is held, and done in its order when the store is there.
    """

    class Opened(Message):
        """The store is there."""

        def __init__(self, store: Store) -> None:
            super().__init__()
            self.store = store

    class Done(Message):
        """It goes the way of what was pressed, behind it: when it arrives, that is done."""

        def __init__(self, *, again: bool = False) -> None:
            super().__init__()
            self.again = again
            """Whether it has gone a second time, behind what that brought about."""

    class Refused(Message):
        """The store cannot be opened."""

        def __init__(self, error: Exception) -> None:
            super().__init__()
            self.error = error

    def __init__(self, store: Store | None, clock: Clock, opening: Opening | None) -> None:
        """Take a store, or else how it is opened.

        Args:
            store: the data; None: they come later.
            clock: tells the time until then; afterwards the store's does.
            opening: how they come.
        """
        super().__init__()
        self.store = store
        self.clock = clock
        self.failure: Exception | None = None
        """Why the app ended by itself."""
        self._opening = opening
        self._held: deque[events.Event] | None = None if opening is None else deque()
        """What was pressed and is not done yet; None: what is pressed is done at once."""
        self._patience: Timer | None = None

    def on_ready(self) -> None:
        """The first picture is laid out: when it is drawn, everything else may load."""
        if self._opening is None:
            self._collect_garbage()
        else:
            self.call_after_refresh(self._begin_opening, self._opening.open_store)

    def _begin_opening(self, open_store: Callable[[], Store]) -> None:
        # No worker of Textual's: the end of the app would wait for it.
        Thread(target=self._open, args=(open_store,), daemon=True).start()

    def _open(self, open_store: Callable[[], Store]) -> None:
        message: Message
        try:
            store = open_store()
            store.day()  # the first time takes longest
            message = self.Opened(store)
        except Exception as error:
            message = self.Refused(error)
        with suppress(RuntimeError):  # the app has ended, and its loop with it
            self.post_message(message)

    def on_opening_app_opened(self, message: Opened) -> None:
        """Go on with the store, and with what was pressed."""
        self.store = message.store
        self.clock = message.store.clock
        assert isinstance(self.screen, DayScreen)
        try:
            self.screen.take(message.store)
        except NeedleError as error:
            self.give_up(error)
            return
        self._collect_garbage()
        self.call_next(self._hand_on)

    def on_opening_app_refused(self, message: Refused) -> None:
        """End: without a store nothing can be done."""
        self.give_up(message.error)

    def give_up(self, error: Exception) -> None:
        """End the app, because its data cannot be worked with."""
        self.failure = error
        self.exit(return_code=1)

    def _handle_exception(self, error: Exception) -> None:
        # A view that cannot be made, because its data cannot be read, ends the app in a sentence.
        if isinstance(error, NeedleError):
            self.give_up(error)
        else:
            super()._handle_exception(error)

    def _collect_garbage(self) -> None:
        """From now on; what is loaded by now is none."""
        gc.freeze()
        gc.enable()

    async def on_event(self, event: events.Event) -> None:
        """Hold what is pressed while there is no store."""
        if self._held is None or event.is_forwarded or not _is_pressed(event):
            await super().on_event(event)
        elif isinstance(event, events.Key) and self._quits(event.key):
            self.exit()
        else:
            self._held.append(event)

    def _quits(self, key: str) -> bool:
        """Whether a key ends the app at once: q when nothing waits to be done, ctrl+q always."""
        active = self.screen.active_bindings.get(key)
        action = active.binding.action if active else ""
        return action == "quit" or (action == "app.quit" and not self._held)

    async def _hand_on(self) -> None:
        """Do what was held, one after the other: a key may open what the next is meant for."""
        if self._patience is not None:
            self._patience.stop()
        if self._held:
            target = self.focused or self.screen
            await super().on_event(self._held.popleft())
            target.post_message(self.Done())
            # Where the target was closed by what was pressed, no word of it may come.
            self._patience = self.set_timer(_PATIENCE, self._hand_on)
        else:
            self._held = None

    def on_opening_app_done(self, message: Done) -> None:
        """What was pressed may have opened a dialog, or saved one: that comes before the next."""
        if message.again:
            self.call_after_refresh(self._hand_on)
        else:
            (self.focused or self.screen).post_message(self.Done(again=True))


def _is_pressed(event: events.Event) -> bool:
    if isinstance(event, events.MouseMove):
        return False
    return isinstance(event, (events.InputEvent, events.Paste))
