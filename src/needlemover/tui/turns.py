"""What is pressed is done in turn: each key meets what the one before it has brought about."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable
from datetime import datetime
from inspect import isawaitable
from typing import TYPE_CHECKING

from textual import events
from textual.app import App
from textual.message import Message
from textual.message_pump import MessagePump

from ..clock import HeldClock
from ..domain.errors import BusyError, NeedleError
from ..text.format import counted

if TYPE_CHECKING:
    from .waiting import Waiting

_PATIENCE = 0.1
"""Seconds after which it is asked whether word can still come that what was pressed is done."""
_TIMES = 50
"""So often it is asked."""


class Turns:
    """Holds what is pressed until what was pressed before is done.

    Keys arrive together from a slow line, a text expander, or a hand that is quick: the second
    may be meant for a dialog that the first opens, or for what is there when the first has closed
    one. At first everything is held, until `begin`.

    A change that meets another program which writes keeps its turn until that lets go. So changes
    go in order, each at the moment of its key, and the screen goes on meanwhile.
    """

    class Done(Message):
        """It goes the way of what was pressed, behind it: when it arrives, that is done."""

        def __init__(self, pressed: events.Event, *, again: bool = False) -> None:
            super().__init__()
            self.pressed = pressed
            self.again = again
            """Whether it has gone a second time, behind what that brought about."""

    def __init__(
        self,
        app: App[None],
        do: Callable[[events.Event], Awaitable[None]],
        *,
        clock: Callable[[], HeldClock],
        is_free: Callable[[], bool],
        give_up: Callable[[Exception], None],
    ) -> None:
        """Hold what is pressed in an app.

        Args:
            app: in which.
            do: does it.
            clock: the app's, which is another one when the store has come.
            is_free: whether no other program writes.
            give_up: ends the app.
        """
        self._app = app
        self._do = do
        self._clock = clock
        self._is_free = is_free
        self._give_up = give_up
        self._held: deque[tuple[events.Event, datetime]] = deque()
        self._pressed: events.Event | None = None
        """What is being done."""
        self._pressed_at = clock().now()
        self._patience: asyncio.TimerHandle | None = None
        self._has_begun = False
        self._waits = 0
        """How many changes wait for another program; one after the other is tried."""
        self._in_order = asyncio.Lock()
        self._waiting: Waiting | None = None
        self._is_late = False
        """Whether what is being done had to wait for another program."""

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
        elif isinstance(event, events.Key) and self._ends(event.key):
            pass
        elif waits:
            self._held.append((event, self._clock().real_now()))
        else:
            await self._press(event, self._clock().real_now())

    def leave(self) -> None:
        """End the app now, and say what waits and is not done."""
        if self._waiting is None:
            self._app.exit()
        else:
            self._give_up(self._waiting.left_undone(*self._nor()))

    def _ends(self, key: str) -> bool:
        """Whether a key ends the app, or what waits, before its turn; then it is done."""
        if self.are_over:
            return False
        active = self._app.screen.active_bindings.get(key)
        action = active.binding.action if active else ""
        if key == "ctrl+q":  # it ends the app under a dialog, too
            action = "quit"
        if self._waiting is not None and self._waiting.is_said and key == "escape":
            self._waiting.give_up()
        elif self._waiting is not None and action in ("quit", "app.quit"):
            if not self._waiting.is_leaving:
                self._waiting.leave()
                return False
            self.leave()
        elif self._waiting is not None and self._waiting.is_leaving:
            self._waiting.stay()  # the key before was a letter of a word
            return False
        elif not self._has_begun and (
            action == "quit" or (action == "app.quit" and not self._held)
        ):
            self._app.exit()
        else:
            return False
        return True

    async def _press(self, event: events.Event, at: datetime) -> None:
        target = self._app.focused or self._app.screen
        if not isinstance(event, events.MouseMove):
            self._pressed, self._pressed_at = event, at
            self._clock().hold(at)
            self._be_patient(event, target)
        await self._do(event)
        if event is self._pressed and not self._waits:
            target.post_message(self.Done(event))

    def _be_patient(self, pressed: events.Event, target: MessagePump, times: int = _TIMES) -> None:
        if self._patience is not None:
            self._patience.cancel()
        loop = asyncio.get_running_loop()
        self._patience = loop.call_later(_PATIENCE, self._ask_after, pressed, target, times)

    def _ask_after(self, pressed: events.Event, target: MessagePump, times: int) -> None:
        """Wait on where the target only takes its time; what is closed says no word any more."""
        if not target.is_running:
            self._app.call_after_refresh(self._wait_again, pressed)
        elif times:
            self._be_patient(pressed, target, times - 1)
        else:
            self._app.call_later(self._go_on, pressed)

    def on_done(self, message: Done) -> None:
        """What was pressed may have opened a dialog, or saved one: that comes before the next."""
        after = self._go_on if message.again else self._wait_again
        self._app.call_after_refresh(after, message.pressed)

    def _wait_again(self, pressed: events.Event) -> None:
        if pressed is self._pressed:
            target = self._app.focused or self._app.screen
            self._be_patient(pressed, target)
            target.post_message(self.Done(pressed, again=True))

    async def _go_on(self, pressed: events.Event) -> None:
        if pressed is self._pressed and not self._waits:
            await self._next()

    async def _next(self) -> None:
        if self._patience is not None:
            self._patience.cancel()
        self._pressed, self._is_late = None, False
        self._clock().hold(None)
        while self._held and self._pressed is None:
            await self._press(*self._held.popleft())

    def wait(
        self,
        what: str,
        do: Callable[[], object],
        refuse: Callable[[NeedleError], None],
        error: BusyError,
    ) -> None:
        """Do what met another program as soon as that lets go, in its turn.

        Args:
            what: it is called.
            do: it; where it meets another one again, it has changed nothing.
            refuse: says that it was not done.
            error: which it met.
        """
        from .waiting import Waiting  # it is seldom needed

        if self._pressed is None:
            self._pressed, self._pressed_at = events.Event(), self._clock().now()
        self._waits += 1
        self._clock().hold(None)
        self._app.run_worker(
            self._do_when_free(Waiting(self._app, self._is_free, what, error), do, refuse)
        )

    async def _do_when_free(
        self, waiting: Waiting, do: Callable[[], object], refuse: Callable[[NeedleError], None]
    ) -> None:
        async with self._in_order:
            self._waiting = waiting
            try:
                await self._do_late(do)
            except BusyError:
                refuse(waiting.not_done)
                self._drop_held()
            finally:
                self._waiting = None
                self._waits -= 1
        if not self._waits and self._pressed is not None:
            self._be_patient(self._pressed, self._app.screen)
            self._app.screen.post_message(self.Done(self._pressed))

    async def _do_late(self, do: Callable[[], object]) -> None:
        assert self._waiting is not None
        while True:
            await self._waiting.until_free()
            self._clock().hold(self._pressed_at)
            self._is_late = True
            try:
                done = do()
                if isawaitable(done):
                    await done
            except BusyError:
                self._clock().hold(None)
            else:
                return

    def was_refused(self) -> None:
        """What is being done was refused: after a wait, what was pressed behind it is let go."""
        if self._is_late:
            self._drop_held()

    def _drop_held(self) -> None:
        for words in self._nor():
            self._app.notify(words, severity="warning", markup=False)
        self._held.clear()

    def _nor(self) -> list[str]:
        """What is said of the keys that are held and will not be done."""
        keys = sum(isinstance(event, events.Key) for event, _ in self._held)
        return [f"Nor was what was pressed after it: {counted(keys, 'key')}."] if keys else []
