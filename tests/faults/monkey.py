"""A monkey at the terminal, by hand: python -m tests.faults.monkey --seeds 30 --actions 50000.

Keys, mouse, paste, other sizes of the terminal, other times, another process, over a file with
sample data. After each session the checks of `needle check`, an export, and undo all the way back:
what is exported then is what was exported first. What goes wrong is told with its seed, with which
the session can be done again: --seed 7 --actions 1700 (seeds and actions of one session).
"""

import argparse
import asyncio
import json
import random
import signal
import string
import sys
import tempfile
import time
import traceback
from collections import Counter, deque
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from types import FrameType
from typing import Any
from zoneinfo import ZoneInfo

from textual.keys import Keys

from needlemover import demo
from needlemover.domain.errors import NeedleError
from needlemover.store.calls.new_entry import NewEntry
from needlemover.store.care.checks import run_checks
from needlemover.store.store import Store
from needlemover.tui.app import NeedleApp
from needlemover.tui.kit.view import View
from needlemover.tui.palette import Actions

from ..conftest import SetClock
from ..tui.hands import LEFT, RIGHT, Hands, stale_panels
from ..tui.hostile import HOSTILE
from .deeds import BACKED_UP, must

BEGIN = datetime(2026, 11, 24, 9, 5)
PATIENCE = 60
"""Seconds within which the app has to be done with an action."""
SLOW = 1.0
"""Seconds from which on an action is worth a line."""
_KEPT = 1000
"""Steps that undo remembers."""
OUTSIDE_UNDO = ("last_use", "skipped_days")
"""What an export has that undo leaves alone, as using the app is no change: when that was, and what
travel skipped until then. So does the day on which a problem is asked about again."""

_OFTEN = (
    *"clxeasdpuUHAtzKJ$12345?njkwmvrofgRhyOitbLN/[]", "space", "enter", "enter", "escape", "escape",
    "tab", "shift+tab", "up", "down", "left", "right", "backspace", "delete", "home", "end",
    "pagedown", "pageup", "ctrl+p", "ctrl+s",
)  # fmt: skip
_SENSIBLE = (
    "1 x", "1 l 1 2 enter", "1 c", "1 c c enter", "1 c c 5", "1 a W a l k enter", "1 space",
    "1 down space", "1 down down space", "1 e tab right enter", "1 tab e 1 enter", "1 tab d",
    "1 dollar_sign 5 0 enter", "1 s 1", "1 z", "1 J", "1 left space 1 t", "p f a x enter",
    "2 o tab 1 enter", "2 tab left left n b u s y enter", "3 g 9 enter", "4 e 1 enter", "4 d enter",
    "4 l 1 5 enter", "4 h 6 0 enter", "4 t", "4 m", "4 x", "4 r", "u", "U", "u u u u",
    "1 n", "1 n x", "1 n c enter", "1 n n h i enter c enter", "1 b + 3 enter", "1 L", "5 c c enter",
    "5 a W a l k enter", "5 slash a down enter", "5 b + 1 enter", "5 b d r o p enter", "5 N",
    "5 N u", "5 m a enter", "5 e Z enter", "5 y", "5 enter escape",
)  # fmt: skip
"""What a user does, from wherever the monkey is."""
_ALL = tuple(dict.fromkeys((*(key.value for key in Keys), *string.printable.strip(), *"éß漢👍")))
_TYPED = (
    "12",
    "7:10",
    "1200.50",
    "0,5",
    "Acme",
    "tomorrow",
    "9:30",
    "-1d",
    "25:99",
    "mon-fri",
    "  ",
)
_ZONES = tuple(map(ZoneInfo, ("Europe/Berlin", "America/Los_Angeles", "Pacific/Auckland", "UTC")))
_SIZES = ((20, 5), (80, 24), (120, 40), (200, 60))


class HangError(Exception):
    """An action took too long."""


@dataclass
class Session:
    """What became of one seed."""

    seed: int
    actions: int = 0
    openings: int = 0
    steps: int = 0
    """Undone at the end."""
    faults: list[str] = field(default_factory=list)
    slow: Counter[str] = field(default_factory=Counter)
    last: deque[str] = field(default_factory=lambda: deque(maxlen=25))
    """What was done last, newest at the end."""


class Monkey:
    """Does one thing after another, by chance."""

    def __init__(self, store: Store, clock: SetClock, session: Session) -> None:
        self._store = store
        self._clock = clock
        self._chance = random.Random(session.seed)
        self._size = (120, 40)
        self.last = session.last

    def _cell(self) -> tuple[int, int]:
        columns, rows = self._size
        return self._chance.randrange(columns), self._chance.randrange(rows)

    async def act(self, hands: Hands) -> None:
        """Do one thing."""
        chance = self._chance
        names = ("key", "any key", "keys", "text", "paste", "click", "drag", "wheel", "size",
                 "time", "follow", "other", "command", "sensible")  # fmt: skip
        weights = (40, 8, 8, 6, 3, 8, 3, 2, 2, 4, 2, 1, 0.5, 12)
        name = chance.choices(names, weights)[0]
        match name:
            case "key" | "any key":
                keys = [chance.choice(_OFTEN if name == "key" else _ALL)]
                self.last.append(f"key {keys[0]}")
                await hands.press(*keys)
            case "keys":
                keys = chance.choices(_OFTEN, k=chance.randint(2, 6))
                self.last.append(f"keys at once {keys}")
                await hands.press(*keys, at_once=True)
            case "text":
                text = chance.choice(_TYPED)
                self.last.append(f"type {text!r}")
                await hands.press(*text, at_once=chance.random() < 0.5)
            case "paste":
                text = chance.choice(HOSTILE)
                self.last.append(f"paste {text!r}")
                await hands.paste(text)
            case "click":
                at, button = self._cell(), chance.choice((LEFT, LEFT, LEFT, RIGHT))
                times = chance.choice((1, 1, 1, 2))
                self.last.append(f"click {button} {at} {times} times")
                for _ in range(times):
                    await hands.click(at, button=button)
            case "drag":
                start, end = self._cell(), self._cell()
                self.last.append(f"drag {start} {end}")
                await hands.drag(start, end)
            case "wheel":
                at, up = self._cell(), chance.random() < 0.5
                self.last.append(f"wheel {at} up={up}")
                await hands.wheel(at, up=up)
            case "size":
                any_size = chance.randint(20, 200), chance.randint(5, 60)
                self._size = chance.choice((*_SIZES, any_size))
                self.last.append(f"size {self._size}")
                await hands.resize(*self._size)
            case "time":
                await self._pass_time(hands)
            case "follow":
                self.last.append("follow")
                self._follow(hands)
                await hands.settle()
            case "other":
                self._another_process()
                self._follow(hands)
                await hands.settle()
            case "command":
                await self._command(hands)
            case "sensible":
                keys = ["escape", "escape", "escape", *chance.choice(_SENSIBLE).split()]
                self.last.append(f"keys {keys}")
                await hands.press(*keys, at_once=chance.random() < 0.5)

    def _follow(self, hands: Hands) -> None:
        view = hands.app.screen_stack[0]
        assert isinstance(view, View)
        view.follow()

    async def _pass_time(self, hands: Hands) -> None:
        seconds = self._chance.choice((1, 20, 29, 60, 600, 600, 3600, 8 * 3600, 86_400, 9 * 86_400))
        seconds += self._chance.randrange(60)
        zone = self._chance.choice(_ZONES) if self._chance.random() < 0.1 else self._clock.zone()
        self.last.append(f"time {seconds} s, {zone}")
        self._clock.pass_by(seconds=seconds)
        self._clock.set(self._clock.now().astimezone(zone).replace(tzinfo=None), zone)
        self._follow(hands)
        await hands.settle()

    def _another_process(self) -> None:
        """What a command in another terminal does."""
        with closing(Store(self._store.path, self._clock)) as store:
            activities = store.activities.all()
            what = self._chance.choice(("log", "tick", "start", "stop", "undo", "archive"))
            self.last.append(f"another process: {what}")
            try:
                match what:
                    case "undo":
                        store.journal.undo()
                    case "start":
                        store.timer.start()
                    case "stop":
                        store.timer.stop()
                    case _ if activities:
                        activity = self._chance.choice(activities).id
                        if what == "log":
                            store.entries.log(NewEntry(activity, seconds=300, contact="Acme"))
                        elif what == "tick":
                            store.entries.tick(activity)
                        else:
                            store.activities.archive(activity)
            except NeedleError:
                pass  # refused, with a sentence

    async def _command(self, hands: Hands) -> None:
        found = list(Actions(hands.app.screen).here())
        if not found:  # a dialog is in front
            return
        chosen = self._chance.choice(found)
        self.last.append(f"command {chosen.title}")
        chosen.run()
        await hands.settle(seconds=0.1)


@contextmanager
def _patience() -> Iterator[None]:
    def lose(number: int, frame: FrameType | None) -> None:
        raise HangError("".join(traceback.format_stack(frame)[-8:]))

    signal.signal(signal.SIGALRM, lose)
    signal.alarm(PATIENCE)
    try:
        yield
    finally:
        signal.alarm(0)


async def _play(store: Store, clock: SetClock, session: Session, actions: int) -> None:
    monkey = Monkey(store, clock, session)
    while session.actions < actions:
        session.openings += 1
        app = NeedleApp(store, clock)
        try:
            async with app.run_test(size=(120, 40), notifications=True, tooltips=True):
                hands = Hands(app)
                while session.actions < actions and app.is_running and not app._exit:
                    session.actions += 1
                    begun = time.perf_counter()
                    with _patience():
                        await monkey.act(hands)
                    took = time.perf_counter() - begun
                    if took > SLOW:
                        session.slow[f"{monkey.last[-1]} ({took:.1f} s)"] += 1
                    if stale := stale_panels(app):
                        session.faults.append(f"{stale} not as the facts: {list(session.last)}")
        except Exception as error:
            session.faults.append(_told(error, session))
        if app.failure is not None:
            session.faults.append(f"The app gave up: {app.failure}\n  {list(session.last)}")


def _told(error: BaseException, session: Session) -> str:
    frames = traceback.extract_tb(error.__traceback__)[-6:]
    where = "\n".join(f"    {item.filename}:{item.lineno} {item.line}" for item in frames)
    kind = "hang" if isinstance(error, HangError) else "crash"
    done = "\n".join(f"    {item}" for item in session.last)
    return f"{kind} at action {session.actions}: {error!r}\n{where}\n  last actions:\n{done}"


def _exported(path: Path, name: str) -> dict[str, Any]:
    target = path.with_name(name)
    must(path, "export", str(target), "--force")
    data = json.loads(target.read_text())
    for problem in data["problems"]:
        del problem["ask_again_on"]
    return {key: value for key, value in data.items() if key not in OUTSIDE_UNDO}


def _looked_over(path: Path, clock: SetClock, session: Session, first: dict[str, Any]) -> None:
    """Check the file, export it, undo everything and compare it with how it began."""
    report = run_checks(path, clock)
    for item in report.wrong:
        if item.name != BACKED_UP:
            session.faults.append(f"check: {item.name}: {'; '.join(item.sentences[:3])}")
    if report.damage is not None:
        session.faults.append(f"check: {report.damage}")
        return
    _exported(path, "last.json")
    with closing(Store(path, clock)) as store:
        while True:
            try:
                store.journal.undo()
            except NeedleError:
                break
            session.steps += 1
    if session.steps >= _KEPT:  # what was before is forgotten
        return
    back = _exported(path, "undone.json")
    for key in sorted(first.keys() | back.keys()):
        if first.get(key) != back.get(key):
            gone = [row for row in first.get(key, []) if row not in back.get(key, [])]
            more = [row for row in back.get(key, []) if row not in first.get(key, [])]
            session.faults.append(f"undo: {key}: gone {gone[:3]}, more {more[:3]}")


def play(seed: int, actions: int, folder: Path) -> Session:
    """One session."""
    session = Session(seed)
    clock, path = SetClock(BEGIN), folder / "needle.db"
    demo.build(path, clock)
    first = _exported(path, "first.json")
    with closing(Store(path, clock)) as store:
        try:
            asyncio.run(_play(store, clock, session, actions))
        except HangError as error:  # it came while nothing of ours ran
            session.faults.append(_told(error, session))
    try:
        _looked_over(path, clock, session, first)
    except Exception as error:
        session.faults.append(f"afterwards: {error!r}\n{traceback.format_exc()[-1500:]}")
    return session


def main() -> int:
    """The sessions; the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, default=None, help="sessions; 1 where a seed is given")
    parser.add_argument("--seed", type=int, default=None, help="of the first session")
    parser.add_argument("--actions", type=int, default=50_000, help="in all sessions together")
    chosen = parser.parse_args()
    first = random.SystemRandom().randrange(1_000_000) if chosen.seed is None else chosen.seed
    seeds = chosen.seeds or (30 if chosen.seed is None else 1)
    failed = 0
    for seed in range(first, first + seeds):
        begun = time.perf_counter()
        with tempfile.TemporaryDirectory(prefix="needle-monkey-") as name:
            session = play(seed, chosen.actions // seeds, Path(name))
        took = time.perf_counter() - begun
        print(
            f"seed {seed}: {session.actions:,} actions, {session.openings} openings, "
            f"{session.steps} steps undone, {took:.0f} s, {len(session.faults)} faults",
            flush=True,
        )
        for item, times in session.slow.most_common(3):
            print(f"  slow: {item} ×{times}")
        for fault in session.faults:
            print(f"  {fault}", flush=True)
        failed += bool(session.faults)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
