"""Opening: today is on the screen before the store is there."""

from __future__ import annotations

from collections import deque
from collections.abc import Awaitable, Callable
from contextlib import suppress
from threading import Thread
from typing import TYPE_CHECKING

from textual import events
from textual.app import App
from textual.message import Message
from textual.timer import Timer

from ..domain.errors import NeedleError

if TYPE_CHECKING:
    from ..store.store import Store

_PATIENCE = 0.5
"""Seconds to wait until what was pressed is done."""


class Opening:
    """Opens the store behind the first picture.

    What is pressed until then is held, and done in its order when the store is there.
    """

    class Done(Message):
        """It goes the way of what was pressed, behind it: when it arrives, that is done."""

        def __init__(self, *, again: bool = False) -> None:
            super().__init__()
            self.again = again
            """Whether it has gone a second time, behind what that brought about."""

    def __init__(
        self,
        app: App[None],
        open_store: Callable[[], Store],
        *,
        do: Callable[[events.Event], Awaitable[None]],
        take: Callable[[Store], None],
        give_up: Callable[[Exception], None],
    ) -> None:
        """Hold what is pressed from now on.

        Args:
            app: shows the first picture.
            open_store: is called in a thread of its own.
            do: does what was held.
            take: goes on with the store; it may raise a NeedleError.
            give_up: ends the app, because the store cannot be opened.
        """
        self._app = app
        self._open_store = open_store
        self._do = do
        self._take = take
        self._give_up = give_up
        self._held: deque[events.Event] | None = deque()
        """What was pressed and is not done yet; None: what is pressed is done at once."""
        self._patience: Timer | None = None

    @property
    def is_over(self) -> bool:
        """Whether the store is there, and all that was held is done."""
        return self._held is None

    def begin(self) -> None:
        """Open the store."""
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
        else:
            self._app.call_next(self._hand_on)

    def holds(self, event: events.Event) -> bool:
        """Whether something is held that was pressed while there is no store."""
        if self._held is None or event.is_forwarded or not _is_pressed(event):
            return False
        if isinstance(event, events.Key) and self._quits(event.key):
            self._app.exit()
        else:
            self._held.append(event)
        return True

    def _quits(self, key: str) -> bool:
        """Whether a key ends the app at once: q when nothing waits to be done, ctrl+q always."""
        active = self._app.screen.active_bindings.get(key)
        action = active.binding.action if active else ""
        return action == "quit" or (action == "app.quit" and not self._held)

    async def _hand_on(self) -> None:
        """Do what was held, one after the other: a key may open what the next is meant for."""
        if self._patience is not None:
            self._patience.stop()
        if self._held:
            target = self._app.focused or self._app.screen
            await self._do(self._held.popleft())
            target.post_message(self.Done())
            # Where the target was closed by what was pressed, no word of it may come.
            self._patience = self._app.set_timer(_PATIENCE, self._hand_on)
        else:
            self._held = None

    def on_done(self, message: Done) -> None:
        """What was pressed may have opened a dialog, or saved one: that comes before the next."""
        if message.again:
            self._app.call_after_refresh(self._hand_on)
        else:
            (self._app.focused or self._app.screen).post_message(self.Done(again=True))


def _is_pressed(event: events.Event) -> bool:
    if isinstance(event, events.MouseMove):
        return False
    return isinstance(event, (events.InputEvent, events.Paste))
