"""The fault runs, by hand: python -m tests.faults.run [ROUNDS] (1,000 in all unless given)."""

import random
import sys
import tempfile
from contextlib import closing
from pathlib import Path

from needlemover.clock import Clock
from needlemover.domain.promises.commitment import Terms
from needlemover.store.calls.new_entry import NewEntry
from needlemover.store.store import Store

from . import leaving, losing
from .deeds import DEEDS, rows_of, wrong_in
from .killing import ended, in_a_child, run_rounds

WRITERS = 2
ENTRIES = 1000


def _write_at_once(folder: Path) -> bool:
    """Two processes log 1,000 entries each into one file; whether nothing is lost."""
    path = folder / "needle.db"
    with closing(Store(path, Clock())) as store:
        store.activities.add("Sales conversations", Terms(), is_sales=True)

    def write() -> None:
        with closing(Store(path, Clock())) as store:
            for _ in range(ENTRIES):
                store.entries.log(NewEntry(1, seconds=60))

    codes = [ended(child) for child in [in_a_child(write) for _ in range(WRITERS)]]
    whole = len(rows_of(path)["entry"]) == WRITERS * ENTRIES and not wrong_in(path)
    print(f"{WRITERS} writers at once, {ENTRIES:,} entries each: {'whole' if whole else 'WRONG'}")
    return whole and codes == [0] * WRITERS


def run(rounds: int) -> int:
    """So many rounds, shared by the deeds; the exit code."""
    seed = random.SystemRandom().randrange(1_000_000)
    chance = random.Random(seed)
    wrong = 0
    print(f"{rounds:,} rounds, seed {seed}")
    print(f"{'deed':<12}{'rounds':>8}{'killed':>8}{'done':>8}{'takes':>10}{'wrong':>8}")
    each, more = divmod(rounds, len(DEEDS) + 2)
    for number, deed in enumerate(DEEDS):
        with tempfile.TemporaryDirectory(prefix="needle-faults-") as name:
            tally = run_rounds(deed, each + (number < more), Path(name), chance)
        wrong += tally.wrong
        print(
            f"{tally.name:<12}{tally.rounds:>8,}{tally.killed:>8,}{tally.done:>8,}"
            f"{tally.seconds * 1000:>7.0f} ms{tally.wrong:>8,}",
            flush=True,
        )
    for told, kind in (
        ("SIGTERM or a closed terminal under keys", leaving),
        ("the file lost or replaced under keys", losing),
    ):
        with tempfile.TemporaryDirectory(prefix="needle-faults-") as name:
            lost = kind.run_rounds(each, Path(name), chance)
        print(f"{kind.__name__.split('.')[-1]:<12}{each:>8,} ({told}){lost:>10,}", flush=True)
        wrong += lost
    with tempfile.TemporaryDirectory(prefix="needle-faults-") as name:
        wrong += not _write_at_once(Path(name))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(run(int(sys.argv[1]) if len(sys.argv) > 1 else 1000))
