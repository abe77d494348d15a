"""A day on two machines, by hand: python -m tests.faults.two_daemons [DEEDS] [SEED]

Two homes with a file each and two real Syncthing daemons between them (Debian: apt install
syncthing). Deeds are commands, on either machine by chance, the link is cut for half of the day,
and at the end both must export the same bytes.
"""

import os
import random
import subprocess
import sys
import tempfile
import time
from collections import Counter
from contextlib import closing
from difflib import unified_diff
from itertools import count
from pathlib import Path

from needlemover.clock import Clock
from needlemover.store.store import Store
from needlemover.store.sync.rows import states

from .deeds import IMPORT
from .syncthing import Link, two_daemons, until

_BUYERS = ("Acme", "Fjord Logistics", "Iris Labs", "Gamma [b]", "Zoë & Söhne", "Delta")
_ACTIVITIES = ("Sales conversations", "Film one video", "Manage the mastermind", "Newsletter")
_OUTCOMES = ("no_answer", "voicemail", "talked", "meeting_set", "asked", "won", "lost")
_IMPORT = (*IMPORT, "--activity", "Sales conversations")  # the same file on both
_QUIET = 3  # rounds in which nothing came or went on either: then they are at one


class Machine:
    """A home, and the commands that are typed there."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.folder = home / "shared"
        self.data = home / "data" / "needlemover.db"
        self.refused: list[str] = []
        self.seconds = 0.0  # that rounds took
        self.rounds = 0
        self._env = {
            **{key: value for key, value in os.environ.items() if not key.startswith("XDG_")},
            "HOME": str(home), "NEEDLE_DB": str(self.data), "TZ": "UTC",
        }  # fmt: skip

    def needle(self, *line: str) -> subprocess.CompletedProcess[str]:
        """Run a command. What fails without a plain sentence ends the run."""
        done = subprocess.run(
            [sys.executable, "-m", "needlemover", *line],
            env=self._env, capture_output=True, text=True, check=False,
        )  # fmt: skip
        if "Traceback" in done.stderr or "should not" in done.stderr:
            raise RuntimeError(f"{line}: {done.stderr}")
        return done

    def do(self, *line: str) -> bool:
        """Do a deed; whether it was done."""
        done = self.needle(*line)
        if done.returncode:
            self.refused.append(f"{' '.join(line)}: {done.stderr.strip()}")
        return done.returncode == 0

    def sync(self) -> str:
        """Do a round; what it said."""
        begun = time.monotonic()
        done = self.needle("sync")
        self.seconds += time.monotonic() - begun
        self.rounds += 1
        if done.returncode:
            raise RuntimeError(done.stderr)
        return done.stderr.strip()

    def exported(self) -> str:
        """All that the file holds."""
        return self.needle("export", "-").stdout

    def rows(self) -> str:
        """The same, told without the ids that the rows have in this file."""
        store = Store(self.data, Clock(), only_reads=True)
        with closing(store), store.database.reading() as driver:
            lines = states(driver, everything=True)
            return "\n".join(sorted(line for line in lines if '"f":' in line))


def _deed(chance: random.Random, number: int) -> tuple[str, ...]:
    """A line that somebody may type."""
    buyer, other = chance.sample(_BUYERS, 2)
    activity, minutes = chance.choice(_ACTIVITIES), str(chance.randrange(1, 40))
    day = chance.choice(("today", "today", "yesterday", "-2", "-3"))
    lines: list[tuple[int, tuple[str, ...]]] = [
        (8, ("log", minutes, "--with", buyer, "--outcome", chance.choice(_OUTCOMES),
             "--note", f"note {number}")),
        (3, ("log", minutes, activity, "--day", day, "--yes")),
        (3, ("tick", activity, "--day", day)),
        (1, ("untick", activity, "--day", day)),
        (2, ("earn", str(chance.randrange(1, 5000)), "--with", buyer)),
        (3, ("callback", buyer, chance.choice(("tomorrow", "+3", "fri", "drop")))),
        (2, ("contact", "add", buyer, "--phone", str(number))),
        (2, ("contact", "edit", buyer, "--note", f"edited {number}")),
        (1, ("contact", "edit", buyer, "--name", f"{buyer} {number}")),
        (1, ("contact", "never", buyer)),
        (1, ("contact", "merge", buyer, other)),
        (1, ("activity", "add", f"New {number % 3}", "--minutes", minutes)),
        (2, ("activity", "edit", activity, "--minutes", minutes)),
        (1, ("activity", "edit", activity, "--name", f"{activity} {number}")),
        (2, ("activity", "rank", activity, str(chance.randrange(1, 5)))),
        (1, ("activity", "archive", activity)),
        (2, ("park", f"Invoices {number % 5}", "--minutes", minutes, "--every", "week")),
        (1, ("off", f"2027-01-{chance.randrange(1, 28):02}", "--reason", f"reason {number}")),
        (1, ("settings", "hourly_worth", str(chance.randrange(20, 200)))),
        (1, ("settings", "goal", str(chance.randrange(1000, 90000)))),
        (1, ("start", "--with", buyer)),
        (1, ("stop", "--outcome", "talked")),
        (1, _IMPORT),
        (4, ("undo",)),
        (1, ("redo",)),
    ]  # fmt: skip
    return chance.choices([line for _, line in lines], [weight for weight, _ in lines])[0]


def _live(machines: list[Machine], chance: random.Random, numbers: list[int]) -> Counter[str]:
    """Do deeds on either machine, and a round after some of them."""
    done = Counter[str]()
    for number in numbers:
        machine = chance.choice(machines)
        line = _deed(chance, number)
        done[line[0] if machine.do(*line) else "refused"] += 1
        if chance.random() < 0.3:
            machine.sync()
    return done


def _state(folder: Path) -> dict[str, int]:
    return {
        str(path.relative_to(folder)): path.stat().st_size
        for path in folder.glob("*/*.jsonl")
    }  # fmt: skip


def _become_one(machines: list[Machine]) -> int:
    """Rounds on both, with what they wrote carried over, until there is nothing more to say."""
    quiet = 0
    for number in count(1):
        said = [machine.sync() for machine in machines]
        until(lambda: _state(machines[0].folder) == _state(machines[1].folder), "the same files")
        quiet = quiet + 1 if all(it.startswith("Nothing new") for it in said) else 0
        if quiet == _QUIET:
            return number - _QUIET
        if number > 50:
            raise RuntimeError(f"They do not come to an end: {said}")
    raise AssertionError


def _begin(machines: list[Machine]) -> None:
    first, second = machines
    first.do("activity", "add", _ACTIVITIES[0], "--sales", "--minutes", "60", "--count", "10")
    for name in _ACTIVITIES[1:]:
        first.do("activity", "add", name, "--minutes", "20")
    for machine in (first, second):
        done = machine.needle("sync", str(machine.folder))
        if done.returncode:
            raise RuntimeError(done.stderr)
        until(lambda: _state(first.folder) == _state(second.folder), "the first files")


def _measure_one_change(machines: list[Machine]) -> float:
    """Seconds from a change on one machine to the same on the other, rounds and carrying in all."""
    first, second = machines
    begun = time.monotonic()
    first.do("log", "1", "--note", "the one that is timed")
    first.sync()
    until(lambda: _state(first.folder) == _state(second.folder), "the change", 30)
    second.sync()
    took = time.monotonic() - begun
    assert "the one that is timed" in second.exported()
    return took


def run(deeds: int, seed: int) -> int:
    """A day of so many deeds; the exit code."""
    chance = random.Random(seed)
    print(f"{deeds:,} deeds, seed {seed}", flush=True)
    place = tempfile.TemporaryDirectory(prefix="needle-two-")
    with place as name, two_daemons(Path(name)) as link:
        return _lived(link, [Machine(it.folder.parent) for it in link.daemons], chance, deeds)


def _lived(link: Link, machines: list[Machine], chance: random.Random, deeds: int) -> int:
    _begin(machines)
    quarter, numbers = deeds // 4, list(range(deeds))
    done = _live(machines, chance, numbers[:quarter])
    _become_one(machines)
    print(f"a change is on the other machine in {_measure_one_change(machines):.1f} s")
    link.cut()
    done += _live(machines, chance, numbers[quarter : 3 * quarter])
    apart = [machine.rows() for machine in machines]
    link.mend()
    begun = time.monotonic()
    rounds = _become_one(machines)
    print(f"at one {time.monotonic() - begun:.1f} s after the link came back, in {rounds} rounds")
    done += _live(machines, chance, numbers[3 * quarter :])
    for machine in machines:
        machine.needle("stop")  # a timer that runs is of its machine alone
    _become_one(machines)
    print("done:", ", ".join(f"{it} {many}" for it, many in done.most_common()))
    files = _state(machines[0].folder)
    print(f"in the folder: {len(files)} files, {sum(files.values()):,} bytes")
    for machine in machines:
        size = machine.data.stat().st_size
        each = machine.seconds / machine.rounds
        print(f"{machine.home.name}: {machine.rounds} rounds of {each:.2f} s, file {size:,} bytes")
    rows = [machine.rows() for machine in machines]
    exports = [machine.exported() for machine in machines]
    checks = [machine.needle("check") for machine in machines]
    same = rows[0] == rows[1] and exports[0] == exports[1]
    print(f"while the link was cut they differed: {apart[0] != apart[1]}")
    for what, each in (("rows", rows), ("export", exports)):
        sizes = " and ".join(f"{len(it):,}" for it in each)
        print(f"{what}: {sizes} letters, {'the same' if each[0] == each[1] else 'not the same'}")
    for check in checks:
        print(f"check: {check.stderr.strip()}")
    well = same and not any(check.returncode for check in checks)
    print("the same, and well" if well else "WRONG")
    if not same:
        print(*list(unified_diff(*(it.splitlines() for it in rows), n=0))[:40], sep="\n")
    return 0 if well else 1


if __name__ == "__main__":
    _deeds = int(sys.argv[1]) if len(sys.argv) > 1 else 120
    _seed = int(sys.argv[2]) if len(sys.argv) > 2 else random.SystemRandom().randrange(1_000_000)
    sys.exit(run(_deeds, _seed))
