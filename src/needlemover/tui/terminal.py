"""Runs an app on the terminal, which is given back whatever ends it.

It also keeps the terminal's title, says what is due while the terminal is not in front, and what is
waited for while a change is on its way to the file.
"""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from collections.abc import Callable
from concurrent import futures
from contextlib import suppress
from datetime import datetime
from functools import cache
from typing import TextIO, TypeVar

from textual.app import App

from ..clock import Clock
from ..config import NudgeWays
from ..domain.calls.entry import running_seconds
from ..domain.promises.status import Status
from ..domain.today.snapshot import DaySnapshot
from ..text.plain import clock_length, shown
from ..text.today import nudge_words
from . import later

T = TypeVar("T")

LONGEST = 30.0  # seconds that a change waits for another program
SAID = 0.5  # seconds after which it is said
WORDS = "waiting for another program …"
SAVE_TITLE, RESTORE_TITLE = "\x1b[22;2t", "\x1b[23;2t"
_END = "\x1b\\"
_SIGNALS = [
    getattr(signal, name) for name in ("SIGTERM", "SIGHUP", "SIGINT") if hasattr(signal, name)
]  # sent by `kill`, and by a terminal that is closed


class _Screen:
    """What is drawn on. When the terminal is gone, what is written to it is, too.

    The library's thread that writes would end by the error, and the app wait for it for ever.
    """

    def __init__(self, file: TextIO) -> None:
        self._file = file

    def write(self, text: str) -> int:
        with suppress(OSError):
            self._file.write(text)
        return len(text)

    def flush(self) -> None:
        with suppress(OSError):
            self._file.flush()

    def __getattr__(self, name: str) -> object:
        return getattr(self._file, name)


def run_on_terminal(
    app: App[T], leave: Callable[[], None] | None = None, title: Callable[[], str] = str
) -> T | None:
    """Run an app until it is left: by its key, or by a signal, at which `leave` ends it.

    It answers what the app was left with. Where it has given the terminal a `title`, the one before
    is put back.
    """

    async def run() -> T | None:
        for number in _SIGNALS:
            with suppress(NotImplementedError):  # Windows
                asyncio.get_running_loop().add_signal_handler(number, leave or app.exit)
        return await app.run_async()

    file = sys.__stderr__
    assert file is not None  # it is a terminal, or the app would not be opened
    handlers = {number: signal.getsignal(number) for number in _SIGNALS}
    sys.__stderr__ = screen = _Screen(file)  # type: ignore[misc, assignment]
    try:
        return asyncio.run(run())
    finally:
        screen.write(RESTORE_TITLE * bool(title()))
        screen.flush()
        sys.__stderr__ = file  # type: ignore[misc]
        for number, handler in handlers.items():
            signal.signal(number, handler)


class Nudges:
    """Looks once a minute, and says each thing once a day, whatever terminal or timer says it."""

    def __init__(self, app: App[None], ways: NudgeWays) -> None:
        self._app, self.ways = app, ways
        self.title = ""  # the terminal's, where it is ours
        self._last_minute: datetime | None = None

    def look(self, snapshot: DaySnapshot, now: datetime, clock: Clock, database: str) -> None:
        """Keep the title true; say what has come due, if nobody sees the picture."""
        if self._app.is_web:
            return  # it would take the word from who can say it
        title = title_of(snapshot, now, names=self.ways.names) if self.ways.title else ""
        if not title:
            self.give_back()
        elif title != self.title:
            self._write(f"{SAVE_TITLE * (not self.title)}\x1b]2;{title}{_END}")
            self.title = title
        minute = now.replace(second=0, microsecond=0)
        if self._app.app_focus or minute == self._last_minute:
            return
        self._last_minute = minute
        found, note_said = snapshot.nudges(now, clock.zone()), later.said.note_said
        nudge = next((it for it in found if note_said(database, snapshot.day, it.key)), None)
        if nudge is None:
            return
        words = shown(nudge_words(nudge, names=self.ways.names))
        is_known = os.environ.get("TERM", "").startswith(("xterm-kitty", "foot"))
        if self.ways.osc99 and (is_known or "KITTY_WINDOW_ID" in os.environ or not self.ways.osc9):
            self._pass(f"\x1b]99;;{words}{_END}")
        elif self.ways.osc9:
            self._pass(f"\x1b]9;{words}{_END}")
        if self.ways.bell:
            self._write("\a")

    def give_back(self) -> None:
        """Put the title back that was there before."""
        if self.title:
            self._write(RESTORE_TITLE)
            self.title = ""

    def _pass(self, sequence: str) -> None:
        """Write it to the terminal, also through tmux, which must be told to let it pass."""
        if "TMUX" in os.environ:
            sequence = "\x1bPtmux;" + sequence.replace("\x1b", "\x1b\x1b") + _END
        self._write(sequence)

    def _write(self, sequence: str) -> None:
        if self._app._driver is not None:
            self._app._driver.write(sequence)


def title_of(snapshot: DaySnapshot, now: datetime, *, names: bool) -> str:
    """`● 3:12 Acme` while a timer runs, else what is due: `3 of 4 to do`, `day won`."""
    running = snapshot.running
    if running is not None:
        clock = f"● {clock_length(running_seconds(running.started_at, now))}"
        return f"{clock} {shown(running.contact or running.name)}" if names else clock
    if snapshot.status is Status.WON:
        return "day won"
    due = [item for item in snapshot.due if item.due.is_open]
    if not due:
        return "Needlemover"
    return f"{len(due)} of {len(snapshot.due)} to do" + (f": {shown(due[0].name)}" if names else "")


@cache
def writer() -> futures.ThreadPoolExecutor:
    """Brings changes to the file, one after the other."""
    return futures.ThreadPoolExecutor(1)


class Waiting:
    """Says for what is waited, and how the user ends it."""

    def __init__(self, app: App[None], file: later.file.Database) -> None:
        self._app, self._file = app, file
        self.is_said = False  # whether the user knows, and how to give it up
        self.is_leaving = False  # whether the app is to end when all is done
        self._later = asyncio.get_running_loop().call_later(SAID, self.stay)

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
        if self.is_said:
            self._app.clear_notifications()

    def _say(self, ways: str) -> None:
        self.end()
        self.is_said = True
        words = WORDS if self._file.is_kept_waiting else "waiting for the disk …"
        said = " · ".join(filter(None, (words, ways)))
        self._app.notify(said, severity="warning", markup=False, timeout=LONGEST)
