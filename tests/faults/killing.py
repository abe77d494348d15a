"""Kills a deed with SIGKILL at a random moment, again and again, and looks at the file."""

import os
import random
import shutil
import signal
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from .deeds import Deed, rows_of, wrong_in

_WARM = 3
"""Times that a deed is done to its end first, to know how long it takes."""


@dataclass
class Tally:
    """What the rounds of a deed came to."""

    name: str
    rounds: int = 0
    killed: int = 0
    """In the middle; the others had ended before."""
    done: int = 0
    """Rounds after which all of it was in the file."""
    wrong: int = 0
    seconds: float = 0.0
    """That the deed takes when it is left alone."""


def in_a_child(do: Callable[[], None]) -> int:
    """Do something in a process of its own; its id."""
    child = os.fork()
    if child:
        return child
    try:
        do()
        os._exit(0)
    except BaseException as error:
        sys.stderr.write(f"{type(error).__name__}: {error}\n")
        sys.stderr.flush()
    finally:
        os._exit(1)


def ended(child: int) -> int:
    """How a process ended: its exit code, or minus the signal."""
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def run_rounds(deed: Deed, rounds: int, folder: Path, chance: random.Random) -> Tally:
    """Interrupt a deed so many times, each on a fresh file."""
    tally = Tally(deed.name)
    template = folder / "template"
    ended(in_a_child(lambda: deed.prepare(template / "needle.db")))
    before = rows_of(template / "needle.db")
    for _ in range(_WARM):
        path = _fresh(template, folder)
        begun = time.perf_counter()
        assert ended(in_a_child(lambda path=path: deed.do(path))) == 0, deed.name  # type: ignore[misc]
        took = time.perf_counter() - begun
        tally.seconds = min(tally.seconds or took, took)
    latest = tally.seconds
    for _ in range(rounds):
        path = _fresh(template, folder)
        child = in_a_child(lambda path=path: deed.do(path))  # type: ignore[misc]
        time.sleep(chance.uniform(0, latest))
        os.kill(child, signal.SIGKILL)
        in_the_middle = ended(child) == -signal.SIGKILL
        # A computer with more or less to do than at first: go on where the deed ends by now.
        latest *= 1.03 if in_the_middle else 0.94
        tally.killed += in_the_middle
        tally.rounds += 1
        tally.done += rows_of(path) != before
        found = wrong_in(path)
        if found or not deed.is_whole(path, before) or wrong_in(path):
            tally.wrong += 1
            kept = folder / f"wrong-{deed.name}-{tally.rounds}"
            shutil.copytree(path.parent, kept)
            print(f"{deed.name}: wrong after round {tally.rounds}, kept in {kept}\n{found}")
    return tally


def _fresh(template: Path, folder: Path) -> Path:
    place = folder / "round"
    shutil.rmtree(place, ignore_errors=True)
    shutil.copytree(template, place)
    return place / "needle.db"
