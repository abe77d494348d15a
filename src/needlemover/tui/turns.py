"""What is pressed is done in turn: each key meets what the one before it has brought about."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable

from textual import events
from textual.app import App
from textual.message import Message

_PATIENCE = 0.5
"""Seconds to wait until what was pressed is done."""


class Turns:
    """Holds what is pressed until what was pressed before is done.

    Keys arrive together from a slow line, a text expander, or a hand that is quick: the second
    may be meant for a dialog that the first opens, or for what is there when the first has closed
    one. At first everything is held, until `begin`.
    """

    class Done(Message):
        """It goes the way of what was pressed, behind it: when it arrives, that is done."""

        def __init__(self, pressed: events.Event, *, again: bool = False) -> None:
            super().__init__()
            self.pressed = pressed
            self.again = again
            """Whether it has gone a second time, behind what that brought about."""

    def __init__(self, app: App[None], do: Callable[[events.Event], Awaitable[None]]) -> None:
        """Hold what is pressed in an app; `do` does it."""
        self._app = app
        self._do = do
        self._held: deque[events.Event] = deque()
        self._pressed: events.Event | None = None
        """What is being done."""
        self._patience: asyncio.TimerHandle | None = None
        self._has_begun = False

    @property
    def are_over(self) -> bool:
        """Whether all that was pressed is done."""
        return self._has_begun and self._pressed is None

    async def begin(self) -> None:
        """Do what is held, and from now on what is pressed."""
        self._has_begun = True
        await self._next()

    async def take(self, event: events.Event) -> None:
        """Do what is pressed when its turn has come, anything else at once."""
        waits = not self.are_over and (self._held or not isinstance(event, events.MouseMove))
        if event.is_forwarded or not isinstance(event, (events.InputEvent, events.Paste)):
            await self._do(event)
        elif not self._has_begun and isinstance(event, events.Key) and self._quits(event.key):
            self._app.exit()
        elif waits:
            self._held.append(event)
        else:
            await self._press(event)

    def _quits(self, key: str) -> bool:
        """Whether a key ends the app at once: q when nothing waits to be done, ctrl+q always."""
        active = self._app.screen.active_bindings.get(key)
        action = active.binding.action if active else ""
        return action == "quit" or (action == "app.quit" and not self._held)

    async def _press(self, event: events.Event) -> None:
        target = self._app.focused or self._app.screen
        if not isinstance(event, events.MouseMove):
            self._pressed = event
            # Where the target is closed by what was pressed, no word of it may come.
            loop = asyncio.get_running_loop()
            self._patience = loop.call_later(_PATIENCE, self._app.call_later, self._go_on, event)
        await self._do(event)
        if event is self._pressed:
            target.post_message(self.Done(event))

    def on_done(self, message: Done) -> None:
        """What was pressed may have opened a dialog, or saved one: that comes before the next."""
        after = self._go_on if message.again else self._wait_again
        self._app.call_after_refresh(after, message.pressed)

    def _wait_again(self, pressed: events.Event) -> None:
        target = self._app.focused or self._app.screen
        target.post_message(self.Done(pressed, again=True))

    async def _go_on(self, pressed: events.Event) -> None:
        if pressed is self._pressed:
            await self._next()

    async def _next(self) -> None:
        if self._patience is not None:
            self._patience.cancel()
        self._pressed = None
        while self._held and self._pressed is None:
            await self._press(self._held.popleft())
