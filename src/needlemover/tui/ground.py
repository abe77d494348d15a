"""Whether the terminal is light or dark: it is asked while the app is still being loaded.

Behind the question (OSC 11) goes one that every terminal answers (DA1): then no answer is to come.
"""

import os
import re
import sys
import time
from collections.abc import Callable
from contextlib import AbstractContextManager, closing, nullcontext, suppress
from select import select
from typing import TYPE_CHECKING

from ..config import AUTO

if TYPE_CHECKING:
    from textual.driver import Driver

_QUESTIONS = b"\x1b]11;?\x07\x1b[c"
_ANSWER = re.compile(
    rb"\x1b\]11;(?:rgba?:([\da-f]{1,9})/([\da-f]{1,9})/([\da-f]{1,9}))?[^\x07\x1b]{,50}(?:\x07|\x1b\\)"
    rb"|(\x1b\[\?[\d;]*c)",
    re.IGNORECASE,
)
_BEGUN = re.compile(rb"\x1b(?:\](?:1(?:1(?:;[^\x07\x1b]{,50}\x1b?)?)?)?|\[(?:\?[\d;]{,50})?)?\Z")
_REST = 0.5  # seconds within which the rest of an answer comes


class Ground:
    """What is behind the text of a terminal. Answers are taken out of what is typed."""

    def __init__(self, keyboard: int, screen: int) -> None:
        """Ask. Until `close` the terminal echoes nothing and holds nothing back until Enter."""
        import signal
        import termios

        self.is_light = os.environ.get("COLORFGBG", "").rpartition(";")[2] in ("7", "15")
        self._keyboard, self._before = keyboard, termios.tcgetattr(keyboard)
        signal.signal(signal.SIGTERM, self._end)
        quiet = termios.tcgetattr(keyboard)
        quiet[0] &= ~(termios.ICRNL | termios.INLCR | termios.IGNCR | termios.IXON | termios.IXOFF)
        quiet[3] &= ~(termios.ECHO | termios.ICANON | termios.IEXTEN)
        termios.tcsetattr(keyboard, termios.TCSANOW, quiet)
        os.write(screen, _QUESTIONS)
        self._asked_at = self._come_at = time.monotonic()
        self._has_all = False  # whether no answer is to come
        self._is_gone = False  # whether the terminal was closed
        self._typed = b""  # and perhaps the beginning of an answer

    def wait(self, seconds: float = 0.1) -> None:
        """Wait for the answer, at most so long after it was asked: the app loads longer."""
        self._take(0)
        while not self._has_all and (left := self._asked_at + seconds - time.monotonic()) > 0:
            self._take(left)

    def read(self, seconds: float) -> bytes:
        """What is typed within so long, without the answers."""
        has_come = self._take(seconds)
        begun, end = _BEGUN.search(self._typed), len(self._typed)
        # A key that begins as an answer does is handed on when nothing follows.
        if begun and (len(begun[0]) > 2 or (has_come and not self._has_all)):
            end = begun.start()
        typed, self._typed = self._typed[:end], self._typed[end:]
        if has_come:
            self._come_at = time.monotonic()
        elif time.monotonic() - self._come_at > _REST:
            self._typed = b""  # of an answer, which breaks off
        return typed

    def close(self) -> None:
        """Give the terminal back; what is still to come of the answer is not left to the shell."""
        try:
            self.wait(1.0)
        finally:
            self._give_back()

    def _end(self, *_: object) -> None:
        self._give_back()
        sys.exit(0)

    def _give_back(self) -> None:
        import termios

        with suppress(termios.error):  # it has gone
            termios.tcsetattr(self._keyboard, termios.TCSANOW, self._before)

    def driver(self, follow: Callable[[], None]) -> type["Driver"]:
        """The library's driver, which reads here; at a late answer the app does `follow`."""
        from codecs import getincrementaldecoder

        from textual._xterm_parser import XTermParser
        from textual.drivers.linux_driver import LinuxDriver

        ground = self

        class GroundDriver(LinuxDriver):
            def run_input_thread(self) -> None:
                parser = XTermParser(self._debug)
                decode = getincrementaldecoder("utf-8")("replace").decode
                was_light, seconds = ground.is_light, 0.0  # first what was typed before
                while not (self.exit_event.is_set() or ground._is_gone):
                    typed = decode(ground.read(seconds))
                    for event in (*(parser.feed(typed) if typed else ()), *parser.tick()):
                        self.process_message(event)
                    if ground.is_light is not was_light:
                        was_light = ground.is_light
                        self._app.call_later(follow)
                    seconds = 0.1

        return GroundDriver

    def _take(self, seconds: float) -> bool:
        if not select((self._keyboard,), (), (), seconds)[0]:
            return False
        come = b""
        with suppress(OSError):
            come = os.read(self._keyboard, 1 << 12)
        self._typed += come
        if not come:  # the app is told so by a signal
            self._has_all = self._is_gone = True
        else:
            self._typed = _ANSWER.sub(self._hear, self._typed)
        return bool(come)

    def _hear(self, answer: re.Match[bytes]) -> bytes:
        self._has_all |= answer[4] is not None
        if answer[1]:
            red, green, blue = (int(it, 16) / (16 ** len(it) - 1) for it in answer.group(1, 2, 3))
            self.is_light = 0.2126 * red + 0.7152 * green + 0.0722 * blue > 0.5
        return b""


def asked_ground(theme: str) -> AbstractContextManager[Ground | None]:
    """Ask the terminal unless a theme is named; None where nobody could answer."""
    keyboard, screen = sys.__stdin__, sys.__stderr__
    is_told = theme != AUTO or "TEXTUAL_DRIVER" in os.environ or sys.platform == "win32"
    is_dumb = os.environ.get("TERM", "dumb") in ("", "dumb", "unknown")
    if is_told or is_dumb or not (keyboard and screen and keyboard.isatty()):
        return nullcontext()
    return closing(Ground(keyboard.fileno(), screen.fileno()))
