"""An app that is told to end under a burst of keys: by a signal, or by its terminal closing."""

import os
import random
import shutil
import signal
from contextlib import closing
from pathlib import Path

from needlemover.clock import Clock
from needlemover.domain.promises.commitment import Terms
from needlemover.store.store import Store

from .deeds import rows_of, wrong_in
from .on_terminal import OnTerminal

_KEYS = 60
READY = "dial"


def prepare(path: Path) -> None:
    """A file in which today has begun and nothing has been logged."""
    with closing(Store(path, Clock())) as store:
        store.activities.add("Sales conversations", Terms(), is_sales=True)
        store.begin_use()


def leave_under_keys(path: Path, chance: random.Random, *, close: bool = False) -> list[str]:
    """Press `x` again and again, and end the app meanwhile; what is wrong after it.

    Args:
        path: a file as `prepare` makes it.
        chance: says when it is ended.
        close: close the terminal, else send SIGTERM.
    """
    with OnTerminal("--db", str(path), folder=path.parent) as app:
        app.until(READY)
        for number in range(chance.randrange(_KEYS)):
            app.write("x")
            app.read(chance.choice((0.0, 0.0, 0.005, 0.02)) if number else 0.0)
        acknowledged = app.last_dials
        app.write("x" * chance.randrange(5))
        if close:
            app.close()
        else:
            os.kill(app.pid, signal.SIGTERM)
        code = app.ended()
        acknowledged = max(acknowledged, app.last_dials)
        wrong = [] if code == 0 else [f"It ended with {code}."]
        if not close and app.left_on:
            wrong.append(f"It left on: {app.left_on}.")
        if b"Traceback" in app.output:
            wrong.append(f"It said: {app.output[-500:]!r}")
    logged = len(rows_of(path)["entry"])
    if logged < acknowledged:
        wrong.append(f"It showed {acknowledged} dials, and kept {logged}.")
    return wrong + wrong_in(path)


def run_rounds(rounds: int, folder: Path, chance: random.Random) -> int:
    """So many rounds, each on a fresh file; how many went wrong."""
    failed = 0
    for number in range(rounds):
        place = folder / "round"
        shutil.rmtree(place, ignore_errors=True)
        place.mkdir(parents=True)
        prepare(place / "needle.db")
        wrong = leave_under_keys(place / "needle.db", chance, close=number % 2 == 1)
        failed += bool(wrong)
        for sentence in wrong:
            print(f"round {number}: {sentence}")
    return failed
