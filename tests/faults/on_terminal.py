"""A program in a pseudo-terminal of its own: what it writes, and how it leaves the terminal."""

import fcntl
import os
import re
import select
import signal
import struct
import sys
import termios
import time
from pathlib import Path
from types import TracebackType
from typing import Self

_MODE = re.compile(rb"\x1b\[\?(\d+)([hl])")
CURSOR = b"25"
_OFF = {CURSOR: b"h", b"7": b"h"}
"""How modes stand in a terminal that nobody has touched, where that is not off: cursor, wrap."""


class OnTerminal:
    """A command of the product, started in a terminal of 120×40; use it in a `with` block."""

    def __init__(self, *arguments: str, folder: Path, errors: Path | None = None) -> None:
        """Start it.

        Args:
            arguments: those of `needle`.
            folder: where its config, its data and what it throws away are.
            errors: the file to which standard error goes; None: the terminal.
        """
        self.output = b""
        environment = {
            **os.environ, "TERM": "xterm-256color", "TMPDIR": str(folder), "HOME": str(folder),
            "XDG_CONFIG_HOME": str(folder), "XDG_DATA_HOME": str(folder),
        }  # fmt: skip
        command = [sys.executable, "-m", "needlemover", *arguments]
        self.pid, self._file = os.forkpty()
        if self.pid == 0:
            try:
                fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 120, 0, 0))
                if errors is not None:
                    os.dup2(os.open(errors, os.O_CREAT | os.O_WRONLY, 0o600), 2)
                os.execvpe(command[0], command, environment)
            finally:
                os._exit(127)
        self._code: int | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        if self._code is None:
            os.kill(self.pid, signal.SIGKILL)
            os.waitpid(self.pid, 0)
        self.close()

    def close(self) -> None:
        """Close the terminal's window."""
        if self._file >= 0:
            os.close(self._file)
            self._file = -1

    def write(self, keys: str) -> None:
        """Press keys."""
        os.write(self._file, keys.encode())

    def read(self, seconds: float = 0.0) -> bool:
        """Take in what it has written; False when it has let go of the terminal."""
        while select.select([self._file], [], [], seconds)[0]:
            try:
                data = os.read(self._file, 1 << 16)
            except OSError:
                data = b""
            if not data:
                return False
            self.output += data
            seconds = 0.0
        return True

    def until(self, words: str, limit: float = 30.0) -> None:
        """Read until something was written.

        Raises:
            TimeoutError: when it was not.
        """
        end = time.monotonic() + limit
        while words.encode() not in self.output:
            if time.monotonic() > end or not self.read(0.05):
                raise TimeoutError(f"{words!r} was not written: {self.output[-2000:]!r}")

    def ended(self, limit: float = 15.0) -> int:
        """Read to the end: the exit code, or minus the signal that ended it.

        Raises:
            TimeoutError: when it does not end.
        """
        end = time.monotonic() + limit
        while True:
            if self._file >= 0:
                self.read(0.01)
            else:
                time.sleep(0.01)
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            if pid:
                break
            if time.monotonic() > end:
                raise TimeoutError("It does not end.")
        self._code = os.waitstatus_to_exitcode(status)
        if self._file >= 0:
            self.read()
        return self._code

    @property
    def left_on(self) -> set[bytes]:
        """The modes of the terminal that are not as they were: 1049 is the other screen."""
        modes = dict(_MODE.findall(self.output))
        return {mode for mode, state in modes.items() if state != _OFF.get(mode, b"l")}

    @property
    def last_dials(self) -> int:
        """How many dials it showed last."""
        found = re.findall(rb"(\d+) dials?\b", self.output)
        return int(found[-1]) if found else 0
