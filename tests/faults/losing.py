"""An app whose file is deleted, moved, replaced or gone back from under a burst of keys."""

import random
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from .deeds import needle, rows_of, wrong_in
from .leaving import READY, prepare
from .on_terminal import OnTerminal

_KEYS = 40


def _delete(path: Path) -> None:
    path.unlink()


def _move(path: Path) -> None:
    path.rename(path.with_name("elsewhere.db"))


def _replace(path: Path) -> None:
    """As `mv` and programs that synchronise folders do."""
    path.with_name("other.db").replace(path)


def _restore(path: Path) -> None:
    """As a command puts a backup in the place of a file that is lost."""
    path.unlink()
    needle(path, "restore", str(path.with_name("other.db")))


LOSSES: tuple[Callable[[Path], None], ...] = (_delete, _move, _replace, _restore)


def lose_under_keys(path: Path, lose: Callable[[Path], None], chance: random.Random) -> list[str]:
    """Press `x` again and again, and lose the file meanwhile; what is wrong after it."""
    assert needle(path, "backup", str(path.with_name("other.db")))[0] == 0
    with OnTerminal("--db", str(path), folder=path.parent) as app:
        app.until(READY)
        app.write("x")
        app.until("1 dial")
        for number in range(chance.randrange(_KEYS)):
            app.write("x")
            app.read(chance.choice((0.0, 0.0, 0.005, 0.02)) if number else 0.0)
        lose(path)
        app.write("x" * chance.randrange(5))
        app.until("not where it was")
        acknowledged = app.last_dials
        app.write("2")
        app.until("Saved in")
        # On a slow computer it may have asked before a file was there again.
        app.write("1" if b"Go on with the file that is there now" in app.output else "3")
        app.output = b""
        app.until(READY)
        app.write("q")
        code = app.ended()
    wrong = [] if code == 0 else [f"It ended with {code}."]
    (saved,) = path.parent.glob("*-saved-*.db") or [path]
    if len(rows_of(saved)["entry"]) < acknowledged:
        wrong.append(f"It showed {acknowledged} dials, and saved {len(rows_of(saved)['entry'])}.")
    for file in (path, saved):
        with closing(sqlite3.connect(file)) as connection:
            said = connection.execute("PRAGMA integrity_check").fetchone()[0]
        wrong += wrong_in(file) if said == "ok" else [f"{file.name} is damaged: {said}"]
    return wrong


def run_rounds(rounds: int, folder: Path, chance: random.Random) -> int:
    """So many rounds, each on a fresh file; how many went wrong."""
    failed = 0
    for number in range(rounds):
        place = folder / "round"
        shutil.rmtree(place, ignore_errors=True)
        place.mkdir(parents=True)
        prepare(place / "needle.db")
        wrong = lose_under_keys(place / "needle.db", LOSSES[number % len(LOSSES)], chance)
        failed += bool(wrong)
        for sentence in wrong:
            print(f"round {number}: {sentence}")
    return failed
