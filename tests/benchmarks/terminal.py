"""A program in a pseudo-terminal of its own, watched from outside (Linux).

Output is stamped with the time at which it was read and drawn (by pyte) only when the program
falls silent, so that drawing it here is part of no figure. A picture counts when it is whole: what
arrives within a synchronised update (mode 2026) is not on the screen before the update ends.
"""

import fcntl
import os
import re
import select
import signal
import struct
import termios
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import TracebackType
from typing import NamedTuple, Self

import pyte

COLUMNS, ROWS = 120, 40

# What pyte would print as text: strings, and control sequences of kinds that it does not know.
_UNKNOWN = re.compile(
    rb"\x1b[P_^X][^\x1b]*\x1b\\|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)"
    rb"|\x1b\[[<=>][0-9;:]*[ -/]*[@-~]|\x1b\[[?]?[0-9;:]*[ -/]+[@-~]|\x1b\[[0-9;]*:[0-9;:]*[@-~]"
)
_UNFINISHED = re.compile(rb"\x1b(?:[P_^X\]][^\x07\x1b]*\x1b?|\[[0-9;:<=>? -/]*)?$")
_UPDATE = re.compile(rb"(\x1b\[\?2026[hl])")
_QUERY = re.compile(rb"\x1b\[([?>]?)([0-9]*)(\$p|[cnu])")


class NotShownError(Exception):
    """The program did not show what was expected; the text says what it showed instead."""


class Idle(NamedTuple):
    """What a program did while nothing was pressed."""

    share: float
    """Of a core, 0 to 1."""
    written: int
    """Bytes, to the terminal and to files."""


class Terminal:
    """A program started in a terminal; use it in a `with` block."""

    def __init__(self, command: Sequence[str], environment: dict[str, str]) -> None:
        self._screen = pyte.Screen(COLUMNS, ROWS)
        self._stream = pyte.ByteStream(self._screen)
        self._unanswered = b""
        self._undrawn = b""
        self._updating = False
        self._touched = False
        self._ended = False
        self.started = time.perf_counter()
        self.pid, self._file = os.forkpty()
        if self.pid == 0:
            try:
                fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))
                os.execvpe(command[0], list(command), environment)
            finally:
                os._exit(127)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        if not self._exited():
            os.kill(self.pid, signal.SIGKILL)
            os.waitpid(self.pid, 0)
        os.close(self._file)

    @property
    def text(self) -> str:
        """What is on the screen."""
        return "\n".join(line.rstrip() for line in self._screen.display)

    def until(self, pattern: str, limit: float = 20.0) -> float:
        """Seconds from the start until a pattern stood on the screen."""
        shown = None
        while time.perf_counter() < self.started + limit and not self._ended:
            # To the end, also when it is found: what is left out would be missing later.
            for stamp in self._pictures(quiet=0.03, limit=0.25):
                if shown is None and re.search(pattern, self.text):
                    shown = stamp
            if shown is not None:
                return shown - self.started
        raise NotShownError(f"{pattern!r} did not appear:\n{self.text}")

    def press(self, key: str, pattern: str, limit: float = 5.0) -> float:
        """Seconds from writing a key until what a pattern finds on the screen has changed.

        Found afterwards, it may be something else than before, or something where there was
        nothing, or the other way round.
        """
        self.settle()
        before = re.findall(pattern, self.text)
        begin = time.perf_counter()
        os.write(self._file, key.encode())
        changed = None
        while changed is None and time.perf_counter() < begin + limit and not self._ended:
            for stamp in self._pictures(quiet=0.025, limit=0.25):
                if changed is None and re.findall(pattern, self.text) != before:
                    changed = stamp
        if changed is None:
            raise NotShownError(f"{pattern!r} did not change after {key!r}:\n{self.text}")
        return changed - begin

    def stand(self, key: str, pattern: str, quiet: float = 0.3, limit: float = 5.0) -> float:
        """Seconds from writing a key until the last change of the screen that it makes.

        Args:
            key: what is pressed.
            pattern: of something that has changed by then; what fills in later counts as well.
            quiet: seconds without another picture after which nothing more is awaited.
            limit: seconds to wait for all of it.
        """
        self.settle()
        before, text = re.findall(pattern, self.text), self.text
        begin = changed = time.perf_counter()
        os.write(self._file, key.encode())
        while time.perf_counter() < begin + limit and not self._ended:
            silent = True
            for stamp in self._pictures(quiet=0.025, limit=quiet):
                silent = False
                if self.text != text:
                    text, changed = self.text, stamp
            if silent and re.findall(pattern, text) != before:
                return changed - begin
        raise NotShownError(f"{pattern!r} did not change after {key!r}:\n{self.text}")

    def settle(self, quiet: float = 0.12, limit: float = 3.0) -> None:
        """Let the program finish what it draws."""
        end = time.perf_counter() + limit
        while time.perf_counter() < end and list(self._pictures(quiet, quiet)):
            pass

    def rest(self, after: float = 1.5, limit: float = 20.0) -> None:
        """Wait until the program has nothing more to do.

        Args:
            after: seconds from the start on in which it may still begin something.
            limit: seconds to wait at most.
        """
        end = time.perf_counter() + limit
        while time.perf_counter() < end and not self._ended:
            late = time.perf_counter() > self.started + after
            if self.idle(0.3).share < 0.02 and late:
                return

    def idle(self, seconds: float) -> Idle:
        """What the program takes and writes while nothing is pressed."""
        self.settle(quiet=0.3)
        used, written, begin = self._processor_seconds(), self._written(), time.perf_counter()
        while (left := begin + seconds - time.perf_counter()) > 0 and not self._ended:
            list(self._pictures(quiet=0.0, limit=left))
        share = (self._processor_seconds() - used) / (time.perf_counter() - begin)
        return Idle(share, self._written() - written)

    def peak_memory(self) -> float:
        """The most memory that was resident so far, in MiB."""
        status = Path(f"/proc/{self.pid}/status").read_text()
        found = re.search(r"VmHWM:\s+(\d+)", status)
        return int(found[1]) / 1024 if found else 0.0

    def quit(self, key: str = "q", limit: float = 5.0) -> float:
        """Seconds from writing a key until the program has ended."""
        self.settle()
        begin = time.perf_counter()
        os.write(self._file, key.encode())
        while not self._exited():
            if time.perf_counter() > begin + limit:
                raise NotShownError(f"{key!r} did not end the program:\n{self.text}")
            self._read(0.001)
        return time.perf_counter() - begin

    def _exited(self) -> bool:
        try:
            return os.waitpid(self.pid, os.WNOHANG)[0] != 0
        except ChildProcessError:
            return True

    def _processor_seconds(self) -> float:
        # The process's own clock, in nanoseconds, as clock_getcpuclockid(3) names it.
        return time.clock_gettime((~self.pid << 3) | 2)

    def _written(self) -> int:
        # All system calls that write, to the terminal and to files: proc_pid_io(5).
        found = re.search(r"wchar: (\d+)", Path(f"/proc/{self.pid}/io").read_text())
        return int(found[1]) if found else 0

    def _read(self, wait: float) -> tuple[float, bytes] | None:
        if self._ended or not select.select([self._file], [], [], wait)[0]:
            return None
        try:
            data = os.read(self._file, 1 << 16)
        except OSError:  # the program has closed the terminal
            data = b""
        stamp = time.perf_counter()
        self._ended = not data
        self._answer(data)
        return (stamp, data) if data else None

    def _answer(self, data: bytes) -> None:
        """Reply to what a program asks its terminal at the start, as a modern one would."""
        data, self._unanswered = _whole(self._unanswered + data)
        for prefix, number, kind in _QUERY.findall(data):
            reply = b""
            if kind == b"$p":
                reply = b"\x1b[?%s;%d$y" % (number, 2 if number == b"2026" else 0)
            elif kind == b"c":
                reply = b"\x1b[>41;380;0c" if prefix == b">" else b"\x1b[?62;22c"
            elif kind == b"n" and number == b"5":
                reply = b"\x1b[0n"
            elif kind == b"n" and number == b"6":
                reply = b"\x1b[1;1R"
            elif kind == b"u" and prefix == b"?":
                reply = b"\x1b[?0u"
            if reply:
                os.write(self._file, reply)

    def _pictures(self, quiet: float, limit: float) -> Iterator[float]:
        """Read until the program is silent, then draw; the time of each whole picture.

        Args:
            quiet: seconds of silence after output that end the reading.
            limit: seconds to wait for the first output.
        """
        got, wait, end = [], limit, time.perf_counter() + limit + 0.5
        while time.perf_counter() < end and (chunk := self._read(wait)):
            got.append(chunk)
            wait = quiet
        for stamp, data in got:
            for _ in self._draw(data):
                yield stamp

    def _draw(self, data: bytes) -> Iterator[None]:
        data, self._undrawn = _whole(self._undrawn + data)
        for part in _UPDATE.split(data):
            if part.startswith(b"\x1b[?2026"):
                self._updating = part.endswith(b"h")
            elif part:
                self._stream.feed(_UNKNOWN.sub(b"", part))
                self._touched = True
            if self._touched and not self._updating:
                self._touched = False
                yield


def _whole(data: bytes) -> tuple[bytes, bytes]:
    """Output up to a control sequence that is still unfinished, and the rest."""
    half = _UNFINISHED.search(data)
    return (data[: half.start()], data[half.start() :]) if half else (data, b"")
