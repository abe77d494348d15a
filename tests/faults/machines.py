"""Three machines, edited at random, whose words come in any order, twice and late.

By hand: `python -m tests.faults.machines ROUNDS SEED`. At the end of a round all have heard all,
and must hold the same rows, and `needle check` must be well on each.
"""

import random
import sys
import tempfile
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from io import BytesIO
from pathlib import Path

import time_machine
from msgspec import json

from needlemover.domain.calls.entry import Outcome
from needlemover.domain.delegation.problem import ProblemState
from needlemover.domain.errors import NeedleError
from needlemover.domain.promises.commitment import Terms
from needlemover.exchange.ours.json_file import write_json
from needlemover.store.calls.new_entry import NewEntry
from needlemover.store.store import Store
from needlemover.store.sync.rows import decode_state, states

from ..conftest import SetClock
from .deeds import IMPORT, needle, wrong_in

NOW = datetime(2026, 11, 24, 9, 0)
NAMES = ("Acme", "Initech", "Initech Inc", "Globex", "Iris Labs")
ACTIVITIES = ("Calls", "Film", "Newsletter", "Mastermind")


class Machine:
    """A file, the clock beside it, and what it has told so far."""

    def __init__(self, folder: Path, name: str, chance: random.Random) -> None:
        self.name, self.chance = name, chance
        self.clock = SetClock(NOW + timedelta(seconds=chance.randrange(-3600, 3600)))
        self.store = Store(folder / f"{name}.db", self.clock)
        self.told: list[tuple[str, list[bytes]]] = []
        self.store.sync.begin(folder, name, name)

    def tell(self) -> None:
        """Write what changed into a file of its own."""
        if self.store.sync.status().is_waiting:
            everything = self.chance.random() < 0.1
            with self.store.sync.outgoing(everything=everything) as outgoing:
                lines = list(outgoing.lines)
            file = f"{len(self.told):08}"
            self.store.sync.written(outgoing, file)
            if lines:
                self.told.append((file, lines))

    def hear(self, other: "Machine", files: list[tuple[str, list[bytes]]]) -> None:
        for file, lines in files:
            self.store.sync.take_in(other.name, other.name, self.clock.now(), {file: lines})

    def rows(self) -> list[str]:
        """All that it has, in an order that no machine decides."""
        with self.store.database.reading() as driver:
            lines = states(driver, everything=True)
            kept = (it for it in lines if '"f":' in it)
            return sorted(json.encode(decode_state(it), order="sorted").decode() for it in kept)

    def end_block(self) -> None:
        """End the call block that undo has opened again: one that runs is of its machine alone."""
        with self.store.database.reading() as driver:
            query = "SELECT started_at FROM call_block WHERE ended_at IS NULL"
            found = driver.execute(query).fetchone()
        if found is not None:
            self.store.blocks.discard(datetime.fromisoformat(found[0]))

    def exported(self) -> bytes:
        """What an export of it holds."""
        file = BytesIO()
        with self.store.exports.reading() as data:
            write_json(data, file)
        return file.getvalue()

    def act(self) -> None:
        """Do something, if it can be done."""
        if self.chance.random() < 0.02:
            self.clock.pass_by(hours=-self.chance.randrange(1, 5))
        with suppress(NeedleError, IndexError):
            self.chance.choice(DEEDS)(self)

    def entry(self) -> int:
        with self.store.database.reading() as driver:
            rows = driver.execute("SELECT id FROM entry ORDER BY id DESC LIMIT 12").fetchall()
        return int(self.chance.choice(rows)[0])

    def activity(self) -> int:
        return self.chance.choice(self.store.activities.all(archived=True)).id

    def contact(self) -> int:
        return self.chance.choice(self.store.contacts.all()).contact.id

    def day(self) -> object:
        return self.store.today + timedelta(days=self.chance.randrange(0, 4))

    def terms(self) -> Terms:
        chance = self.chance
        days = frozenset(range(chance.choice((5, 7))))
        return Terms(days, chance.choice((None, 600, 1800)), at_most=False)


def _log(it: Machine) -> None:
    outcome = it.chance.choice([None, *Outcome])
    amount = it.chance.choice((None, 5000)) if outcome in (Outcome.ASKED, Outcome.WON) else None
    name = it.chance.choice(("", *NAMES))
    it.store.entries.log(
        NewEntry(it.activity(), seconds=it.chance.randrange(900), outcome=outcome, contact=name,
                 amount=amount, note=it.chance.choice(("", "later", "bracket [x]")))
    )  # fmt: skip


def _edit(it: Machine) -> None:
    chance = it.chance
    changes: dict[str, object] = {}
    for name, values in (
        ("note", ("a", "b", "")), ("seconds", (60, 120)), ("amount", (None, 100, 700)),
        ("contact", NAMES), ("outcome", [None, *Outcome]), ("activity_id", (it.activity(),)),
        ("day", (it.store.today - timedelta(days=chance.randrange(3)),)),
    ):  # fmt: skip
        if chance.random() < 0.25:
            changes[name] = chance.choice(values)
    it.store.entries.edit(it.entry(), **changes)


def _settle(it: Machine) -> None:
    asks = it.store.entries.open_asks()
    outcome = it.chance.choice((Outcome.WON, Outcome.LOST))
    it.store.entries.settle(it.chance.choice(asks).id, outcome, it.chance.choice((None, 900)))


def _problem(it: Machine) -> None:
    problems = it.store.problems.all()
    problem = it.chance.choice(problems).id
    if it.chance.random() < 0.5:
        it.store.problems.edit(problem, note=it.chance.choice("abc"))
    else:
        it.store.problems.set_state(problem, it.chance.choice(list(ProblemState)))


def _off(it: Machine) -> None:
    day = it.day()
    if it.chance.random() < 0.6:
        it.store.days_off.add(day, reason=it.chance.choice(("", "sick")))  # type: ignore[arg-type]
    else:
        it.store.days_off.remove(day)  # type: ignore[arg-type]


def _import(it: Machine) -> None:
    with time_machine.travel(it.clock.now(), tick=False):
        needle(it.store.path, *IMPORT)


def _block(it: Machine) -> None:
    block = it.store.blocks.start(1800)
    it.clock.pass_by(minutes=20)
    it.store.blocks.end(block.started_at)


DEEDS: tuple[Callable[[Machine], object], ...] = (
    _log, _log, _log, _edit, _edit, _edit, _settle, _problem, _off, _block,
    lambda it: it.store.entries.delete(it.entry()),
    lambda it: it.store.entries.tick(it.activity()),
    lambda it: it.store.journal.undo(),
    lambda it: it.store.journal.undo(),
    lambda it: it.store.journal.redo(),
    lambda it: it.store.sync_log.take_back(it.chance.choice(it.store.sync_log.notes(30)).id),
    lambda it: it.store.sync_log.take_back(it.chance.choice(it.store.sync_log.notes(30)).id),
    lambda it: it.store.activities.add(
        it.chance.choice(ACTIVITIES), it.terms(), is_sales=it.chance.random() < 0.5),
    lambda it: it.store.activities.edit(it.activity(), name=it.chance.choice(ACTIVITIES)),
    lambda it: it.store.activities.edit(it.activity(), rank=it.chance.randrange(1, 5)),
    lambda it: it.store.activities.edit(it.activity(), terms=it.terms()),
    lambda it: it.store.activities.edit(it.activity(), is_sales=it.chance.random() < 0.5),
    lambda it: it.store.activities.archive(it.activity()),
    lambda it: it.store.contacts.add(it.chance.choice(NAMES), "+49 30 555 0142"),
    lambda it: it.store.contacts.edit(it.contact(), name=it.chance.choice(NAMES)),
    lambda it: it.store.contacts.edit(it.contact(), note=it.chance.choice("abc")),
    lambda it: it.store.contacts.merge(it.contact(), it.contact()),
    lambda it: it.store.contacts.never(it.contact(), on=it.chance.random() < 0.7),
    lambda it: it.store.contacts.promise(it.chance.choice(NAMES), it.day()),  # type: ignore[arg-type]
    lambda it: it.store.contacts.promise(it.chance.choice(NAMES), it.day()),  # type: ignore[arg-type]
    lambda it: it.store.contacts.drop(it.contact(), let_go=it.chance.random() < 0.5),
    lambda it: it.store.problems.park("Invoices"),
    lambda it: it.store.problems.weigh(it.activity()),
    lambda it: it.store.problems.log_leak(it.chance.choice(it.store.problems.all()).id, 300),
    lambda it: it.store.choices.set("goal", it.chance.choice(("12000", "900", "none"))),
    lambda it: it.store.choices.set("call_cap", it.chance.choice(("1 h", "90 min"))),
    lambda it: it.store.progress.note_reason("ill", it.store.today - timedelta(days=1)),
)  # fmt: skip


def play(seed: int, deeds: int = 60, *, imports: bool = True) -> list[str]:
    """A round; what is wrong at the end."""
    chance = random.Random(seed)
    with tempfile.TemporaryDirectory() as name:
        machines = [Machine(Path(name), f"m{number}", chance) for number in range(3)]
        heard = {(a.name, b.name): 0 for a in machines for b in machines}
        late: dict[tuple[str, str], list[tuple[str, list[bytes]]]] = {}
        for _ in range(deeds):
            it, passed = chance.choice(machines), chance.randrange(1, 4000)
            for each in machines:
                each.clock.pass_by(seconds=passed)
            it.act()
            if imports and chance.random() < 0.02:
                _import(it)
            if chance.random() < 0.3:
                it.tell()
            if chance.random() < 0.3:
                other = chance.choice([each for each in machines if each is not it])
                key = it.name, other.name
                files = other.told[heard[key] :] + late.pop(key, [])
                heard[key] = len(other.told)
                chance.shuffle(files)
                cut = chance.randrange(len(files) + 1)
                late[key] = files[cut:]
                it.hear(other, files[:cut] + files[: chance.randrange(cut + 1)])
        for it in machines:
            it.end_block()
        for _ in range(8):  # what a mend makes of it is told, too
            for it in machines:
                it.tell()
            for it in machines:
                for other in machines:
                    key = it.name, other.name
                    if it is not other:
                        files = other.told[heard[key] :] + late.pop(key, [])
                        heard[key] = len(other.told)
                        chance.shuffle(files)
                        it.hear(other, files)
            if not any(it.store.sync.status().is_waiting for it in machines):
                break
        wrong = [f"{it.name} still waits" for it in machines if it.store.sync.status().is_waiting]
        rows = [it.rows() for it in machines]
        for it, mine in zip(machines[1:], rows[1:], strict=True):
            for line in sorted(set(mine) ^ set(rows[0]))[:6]:
                wrong.append(f"{'only ' + it.name if line in mine else 'not ' + it.name}: {line}")
        exports = {it.exported() for it in machines}
        wrong += ["the exports differ"] * (len(exports) > 1)
        for it in machines:
            it.store.close()
            wrong += [f"{it.name}: {sentence}" for sentence in wrong_in(it.store.path)]
    return wrong


def main() -> int:
    rounds, seed = int(sys.argv[1]), int(sys.argv[2])
    bad = 0
    for number in range(seed, seed + rounds):
        if wrong := play(number):
            bad += 1
            print(f"seed {number}:", *wrong, sep="\n  ", flush=True)
    print(f"{rounds} rounds, {bad} bad")
    return bool(bad)


if __name__ == "__main__":
    sys.exit(main())
