"""Opens the app. Textual is imported here and nowhere else in the command line."""

import gc
import sys
import tempfile
from pathlib import Path

from ..domain.errors import NeedleError
from ..paths import config_path, database_path


def open_app(database: str | None) -> int:
    """Open the app on the user's file; the exit code."""
    return _run(database_path(database))


def open_demo() -> int:
    """Open the app on generated sample data, which is gone when it is closed; the exit code."""
    _must_be_a_terminal()
    from ..clock import SystemClock
    from ..demo import build

    with tempfile.TemporaryDirectory(prefix="needle-demo-", ignore_cleanup_errors=True) as folder:
        path = Path(folder) / "demo.db"
        build(path, SystemClock())
        return _run(path, demo=True)


def _run(path: Path, *, demo: bool = False) -> int:
    _must_be_a_terminal()
    from ..config import read_look
    from ..tui.app import run

    # What is loaded by now stays: it need not be looked at again by the garbage collector.
    gc.freeze()
    gc.enable()
    return run(path, look=read_look(config_path()), demo=demo)


def _must_be_a_terminal() -> None:
    # Textual reads keys from standard input and draws on standard error.
    for stream in (sys.__stdin__, sys.__stderr__):
        if stream is None or stream.closed or not stream.isatty():
            raise NeedleError("The app needs a terminal: for plain text type needle today.")
