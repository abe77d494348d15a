"""Runs an app on the terminal, which is given back whatever ends it; opens the store behind it."""

from __future__ import annotations

import asyncio
import signal
import sys
from collections.abc import Callable
from contextlib import suppress
from threading import Thread
from typing import TYPE_CHECKING, TextIO, TypeVar, cast

from textual.app import App

from .nudges import RESTORE_TITLE, SAVE_TITLE

if TYPE_CHECKING:
    from ..store.store import Store
    from .turns import Host

T = TypeVar("T")

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
    app: App[T], leave: Callable[[], None] | None = None, *, takes_title: bool = False
) -> T | None:
    """Run an app until it is left: by its key, or by a signal, at which `leave` ends it.

    It answers what the app was left with. A title that it takes is put back afterwards.
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
    screen.write(SAVE_TITLE * takes_title)
    try:
        return asyncio.run(run())
    finally:
        screen.write(RESTORE_TITLE * takes_title)
        screen.flush()
        sys.__stderr__ = file  # type: ignore[misc]
        for number, handler in handlers.items():
            signal.signal(number, handler)


def open_behind(app: App[None], open_store: Callable[[], Store]) -> None:
    """Open the store behind the first picture, in a thread; the app takes it, or is given up."""
    host = cast("Host", app)

    def open_it() -> None:
        with suppress(RuntimeError):  # the app has ended, and its loop with it
            try:
                store = open_store()
                store.day(with_candidates=True)  # the first time takes longest
            except Exception as error:
                app.call_later(host.give_up, error)
            else:
                app.call_later(host.take, store)

    # No worker of Textual's: the end of the app would wait for it.
    Thread(target=open_it, daemon=True).start()
