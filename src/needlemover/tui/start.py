"""Starts the app on a file, and asks what to do where that is damaged or lost."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from ..clock import Clock
from ..config import Config
from ..domain.errors import DamagedError, LostFileError
from ..store.today import read_file
from . import later, terminal
from .app import NeedleApp
from .ground import Ground
from .terminal import run_on_terminal


def run(
    database: Path,
    *,
    config: Config | None = None,
    demo: Clock | None = None,
    ground: Ground | None = None,
) -> int:
    """Open the app on a file; where that is damaged or gets lost, ask what to do.

    It returns the exit code, or is a `NeedleError` when the file cannot be opened. `demo` is the
    clock of sample data; `ground` is that of the terminal, where it was asked.
    """
    clock, config = demo or Clock(), config or Config()
    if ground is not None:
        ground.wait()
    made = partial(
        NeedleApp, clock=clock, config=config,
        demo=demo is not None, cares=demo is None, ground=ground,
    )  # fmt: skip
    while True:
        try:
            code = _run_once(database, clock, made)
        except DamagedError as error:
            from .care.dialogs import ask_what_to_do, damaged_file

            if not ask_what_to_do(damaged_file(database, clock, error), config.theme, ground):
                raise
        else:
            if code is not None:
                return code


def until_let_go(database: Path) -> None:
    """Wait for another program that holds the file, and say so; at last the opening says it."""
    begun, is_said = time.monotonic(), False
    is_held = later.connections.is_held
    while is_held(database) and (waited := time.monotonic() - begun) < terminal.LONGEST:
        if waited > terminal.SAID and not is_said and sys.stderr is not None:
            sys.stderr.write(f"{terminal.WORDS} · ctrl+c gives up\n")
            is_said = True
        time.sleep(terminal.SAID / 10)


def _run_once(database: Path, clock: Clock, made: Callable[..., NeedleApp]) -> int | None:
    """Open the app once; the exit code, or None: it is to be opened again."""

    def open_store() -> later.store.Store:
        if first is not None and not database.exists():
            # After it was read: no empty one may take its place.
            raise later.connections.lost_file(database)
        return later.store.Store(database, clock)

    path = str(database.absolute())
    first = read_file(path, clock.now(), clock.zone(), lambda days: days.today_with_candidates)
    if first is not None and first.activities:
        app = made(None, first=first, open_store=open_store)
    else:  # with nothing promised, the app begins with a question that only the store can ask
        until_let_go(database)
        app = made(open_store())
    try:
        if app.store is not None:
            app.store.day()  # what cannot be read is said before the screen is taken
        run_on_terminal(app, app.turns.leave, lambda: app.nudges.title)
        if app.store is not None and app.failure is None:
            app.store.database.must_be_in_place()  # also what was lost just before the end is said
            if app.care is not None:
                app.care.end()
        if app.store is not None and isinstance(app.failure, LostFileError):
            from .care.dialogs import ask_what_to_do, lost_file

            if ask_what_to_do(lost_file(app.store, app.failure), app.chosen_theme, app.ground):
                return None
    finally:
        if app.store is not None:
            app.store.close()
    if app.failure is not None:
        raise app.failure
    return app.return_code or 0
