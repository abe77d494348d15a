"""What is pressed is done in turn: each key meets what the one before it has brought about."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Iterator
from concurrent.futures import Future, wait
from contextvars import ContextVar
from datetime import date, datetime
from inspect import isawaitable
from typing import Any, Protocol, TypeVar, cast

from textual import events
from textual.app import App
from textual.message import Message
from textual.message_pump import MessagePump
from textual.screen import Screen
from textual.widget import Widget

from ..clock import Clock
from ..config import Config
from ..domain.errors import BusyError, NeedleError
from ..text.format import counted
from . import later, terminal

T = TypeVar("T")

# Seconds after which it is asked, so often, whether word can still come that a key is done.
_PATIENCE, _TIMES = 0.1, 50
_SOON = 0.02  # seconds that the screen waits for a change: most are on the disk by then


class Host(Protocol):
    """What is asked of the app by all that works for it, beside what every app has."""

    clock: Clock
    config: Config
    turns: Turns
    nudges: terminal.Nudges
    asked_by: str

    @property
    def file(self) -> later.file.Database: ...
    def give_up(self, error: Exception) -> None: ...
    def show_view(self, name: str, day: date | None = None) -> None: ...
    def choose(self, config: Config) -> None: ...
    def show_theme(self, name: str) -> None: ...


class _UnwrittenError(BaseException):
    """What is being done has come to a command, and is done anew when that is written."""


class _Doing:
    """Something that is done, of which commands go to the file."""

    def __init__(self, what: Callable[[], str] | None, do: Callable[[], object]) -> None:
        self.what, self.do = what, do
        self.written: list[Future[Any]] = []  # what its commands came to, in their order
        # Those of them that it has not asked for yet; None: it is not being done.
        self.answers: Iterator[Future[Any]] | None = None


_DOING: ContextVar[_Doing | None] = ContextVar("_DOING", default=None)


class Turns:
    """Holds what is pressed until what was pressed before is done.

    Keys arrive together from a slow line, a text expander, or a hand that is quick: the second
    may be meant for a dialog that the first opens, or for what is there when the first has closed
    one. At first everything is held, until `begin`.

    A change keeps its turn until it is on the disk, where another thread brings it. So changes go
    in order, each at the moment of its key, and the screen goes on meanwhile.
    """

    class Done(Message):
        """It goes the way of what was pressed, behind it: when it arrives, that is done."""

        def __init__(self, pressed: events.Event, *, again: bool) -> None:
            super().__init__()
            self.pressed = pressed
            self.again = again  # whether it goes a second time, behind what that brought about

    class Over(Message, bubble=False):
        """It tells where a key was pressed that it is done and shown, and nothing else waits."""

    def __init__(self, app: App[None], do: Callable[[events.Event], Awaitable[None]]) -> None:
        self._app, self._host = app, cast("Host", app)
        self._do = do
        self._held: deque[tuple[events.Event, datetime]] = deque()
        self._pressed: events.Event | None = None  # what is being done
        self._pressed_on: Screen[Any] | None = None  # what was in front then
        self._patience: asyncio.TimerHandle | None = None
        self._has_begun = False
        self._writing: list[_Doing] = []  # what is on its way to the file
        self._waiting: terminal.Waiting | None = None
        self._leaves = False  # whether the app ends as soon as nothing is being written

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
        if event.is_forwarded or not isinstance(event, (events.InputEvent, events.Paste)):
            await self._do(event)
        elif isinstance(event, events.Key) and self._ends(event.key):
            pass
        elif not self.are_over and (self._held or not isinstance(event, events.MouseMove)):
            self._held.append((event, self._host.clock.real_now()))
        else:
            await self._press(event, self._host.clock.real_now())

    def leave(self) -> None:
        """End the app now, and say what waits and is not done."""
        if self._writing:
            self._leaves = True
            self._host.file.patience = 0
        else:
            self._app.exit()

    def _ends(self, key: str) -> bool:
        """Whether a key ends the app, or what waits, before its turn; then it is done."""
        waiting = self._waiting
        if waiting is not None and not (waiting.is_said or self._host.file.is_kept_waiting):
            waiting = None  # it takes no longer than usual
        if self.are_over or (self._has_begun and waiting is None):
            return False
        active = self._app.screen.active_bindings.get(key)
        # ctrl+q ends the app under a dialog, too.
        action = "quit" if key == "ctrl+q" else active.binding.action if active else ""
        is_said = waiting is not None and waiting.is_said  # never before there is a file
        if is_said and key == "escape" and self._host.file.is_kept_waiting:
            self._host.file.patience = 0
        elif waiting is not None and action in ("quit", "app.quit"):
            if not waiting.is_leaving:
                waiting.leave()
                return False
            self.leave()
        elif waiting is not None and waiting.is_leaving:
            waiting.stay()  # the key before was a letter of a word
            return False
        elif not self._has_begun and (
            action == "quit" or (action == "app.quit" and not self._held)
        ):
            self._app.exit()
        else:
            return False
        return True

    async def _press(self, event: events.Event, at: datetime) -> None:
        if not isinstance(event, events.MouseMove):
            self._pressed, self._pressed_on = event, self._app.screen
            self._host.clock.hold(at)
        await self._do(event)
        if event is self._pressed and not self._writing:
            self._send_behind(event)

    def _send_behind(self, pressed: events.Event, *, again: bool = False) -> None:
        target: MessagePump = self._app.focused or self._app.screen
        if isinstance(pressed, events.Key) and not getattr(target, "takes_keys", True):
            target = self._app.screen  # it is handed on to it at once
        self._be_patient(pressed, target)
        target.post_message(self.Done(pressed, again=again))

    def _be_patient(self, pressed: events.Event, target: MessagePump, times: int = _TIMES) -> None:
        if self._patience is not None:
            self._patience.cancel()
        loop = asyncio.get_running_loop()
        self._patience = loop.call_later(_PATIENCE, self._ask_after, pressed, target, times)

    def _ask_after(self, pressed: events.Event, target: MessagePump, times: int) -> None:
        """Wait on where the target only takes its time; what is closed says no word any more."""
        # What waits for a screen that another one covers by now comes when that closes.
        if not target.is_running or not cast("Widget", target).screen.is_current:
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
            self._send_behind(pressed, again=True)

    async def _go_on(self, pressed: events.Event) -> None:
        if pressed is self._pressed and not self._writing:
            await self._next()

    async def _next(self) -> None:
        if self._patience is not None:
            self._patience.cancel()
        was_key, self._pressed = isinstance(self._pressed, events.Key), None
        self._host.clock.hold(None)
        while self._held and self._pressed is None:
            await self._press(*self._held.popleft())
        if was_key and self._pressed is None and self._pressed_on is not None:
            self._pressed_on.post_message(self.Over())

    @property
    def is_writing(self) -> bool:
        """Whether something is on its way to the file, so that nothing is to be read there."""
        return bool(self._writing)

    async def do(self, what: Callable[[], str] | None, do: Callable[[], object]) -> object:
        """Do something of which the commands go to the file while the screen goes on.

        At a command that takes long it is broken off, and answers None. When that is written, it is
        done anew, and the command then answers at once. So up to there it changes nothing.

        `what` it is called is said where it is not done; None: it goes by itself, so that it is
        left where another program writes.
        """
        return await self._do_or_write(_Doing(what, do))

    def write(self, command: Callable[[], T]) -> T:
        """Do a command, and what led to it anew after it: see `do`. Refused, a `NeedleError`."""
        doing = _DOING.get()
        if doing is None or doing.answers is None:  # nobody would do it anew
            return command()
        written = next(doing.answers, None)
        if written is None:
            written = self._begin_to_write(doing, command)
            # Behind another it waits in any case: that is to be shown first.
            if self._writing or written in wait((written,), _SOON).not_done:
                raise _UnwrittenError
        try:
            done: T = written.result()
        except BusyError as error:
            if doing.what is None:
                raise
            raise NeedleError(f"{doing.what()} was not done. {error}") from error
        return done

    async def _do_or_write(self, doing: _Doing) -> object:
        doing.answers = iter(doing.written)
        outer = _DOING.set(doing)
        try:
            done = doing.do()
            return await done if isawaitable(done) else done
        except _UnwrittenError:
            if self._pressed is None:
                self._pressed = events.Event()
                self._host.clock.hold(self._host.clock.now())
            self._writing.append(doing)
            if self._waiting is None:
                self._wait_for(self._writing)
            asyncio.wrap_future(doing.written[-1]).add_done_callback(
                lambda done: self._app.call_later(self._go_on_after, doing, done.exception())
            )
            return None
        except BusyError as error:  # what goes by itself comes again, and so will the user
            if doing.what is not None:
                self._app.notify(str(error), severity="error", markup=False)
            return None
        finally:
            doing.answers = None
            _DOING.reset(outer)

    def _begin_to_write(self, doing: _Doing, command: Callable[[], T]) -> Future[T]:
        file, patience = self._host.file, 0 if doing.what is None else terminal.LONGEST

        def write() -> T:
            file.patience = 0 if self._leaves else patience
            try:
                return command()
            finally:
                file.patience = 0

        written = terminal.writer().submit(write)
        doing.written.append(written)
        return written

    async def _go_on_after(self, doing: _Doing, refused: BaseException | None) -> None:
        """Go on with what has been written, or was refused."""
        self._wait_for(self._writing[1:])
        if not self._leaves:
            await self._do_or_write(doing)
        self._writing.remove(doing)
        if self._leaves:
            if refused is not None and doing.what is not None:
                said = (f"{doing.what()} was not done before you left.", *self._nor(), str(refused))
                self._host.give_up(NeedleError(" ".join(said)))
            elif not self._writing and self._app.return_code is None:
                self._app.exit()
            return
        if refused is not None and doing.what is not None:
            for words in self._nor():
                self._app.notify(words, severity="warning", markup=False)
            self._held.clear()
        if not self._writing and self._pressed is not None:
            self._send_behind(self._pressed)

    def _wait_for(self, writing: list[_Doing]) -> None:
        if self._waiting is not None:
            self._waiting.end()
        self._waiting = terminal.Waiting(self._app, self._host.file) if writing else None

    def _nor(self) -> list[str]:
        """What is said of the keys that are held and will not be done."""
        keys = sum(isinstance(event, events.Key) for event, _ in self._held)
        return [f"Nor was what was pressed after it: {counted(keys, 'key')}."] if keys else []
