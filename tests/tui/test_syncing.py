"""Two machines, and the app open on one of them."""

from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import date, time
from itertools import count
from pathlib import Path

import pytest
from msgspec.structs import replace
from textual.pilot import Pilot

from needlemover.domain.calls.entry import Outcome
from needlemover.exchange.sync.folder import begin, run_round
from needlemover.store.schema import tables
from needlemover.store.store import Store
from needlemover.store.sync.sync import SyncStatus
from needlemover.tui.app import NeedleApp
from needlemover.tui.care import syncing
from needlemover.tui.care.syncing import Syncing
from needlemover.tui.kit.view import View

from ..conftest import SetClock
from .conftest import Drive, Morning
from .hands import Hands
from .picture import Picture

PROMISED = date(2026, 11, 26), date(2026, 11, 27)


@dataclass(frozen=True, slots=True)
class Machines:
    """Two that share a folder."""

    here: Store
    desktop: Store
    folder: Path

    def edit_both(self, clock: SetClock) -> None:
        """Edit the same things on both, a second later on the desktop, which tells of it."""
        answers = (Outcome.WON, 90_000), (Outcome.LOST, None)
        for store, day, note, answer in zip(
            (self.here, self.desktop), PROMISED, ("blue", "red"), answers, strict=True
        ):
            store.contacts.promise("Nordwind AG", day, time(10), note=note)
            contact = store.contacts.find("Firm 1").contact
            store.contacts.edit(contact.id, note=f"likes {note}")
            ask = next(it for it in store.entries.open_asks() if it.contact == "Lumen Labs")
            store.entries.settle(ask.id, *answer)
            clock.pass_by(seconds=1)
        run_round(self.desktop)


@pytest.fixture
def machines(
    store: Store, clock: SetClock, tmp_path: Path, morning: Morning, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Machines]:
    """A laptop with a working morning, and a desktop that has heard of it."""
    made = count()  # of two promises that of the lesser uid stands
    monkeypatch.setattr(tables.secrets, "token_urlsafe", lambda _: f"{next(made):010}")
    with closing(Store(tmp_path / "desktop" / "needlemover.db", clock)) as desktop:
        for machine, name in ((store, "laptop"), (desktop, "desktop")):
            begin(machine, tmp_path / "synced")
            machine.database.driver.execute("UPDATE sync SET name = ?", (name,))
            run_round(machine)
        run_round(store)
        yield Machines(store, desktop, tmp_path / "synced")


async def do_round(app: NeedleApp) -> None:
    """Do one here and now, as the thread does."""
    assert app.store is not None
    Syncing(app, app.store)._do_round()
    assert isinstance(app.screen, View)
    app.screen.follow()  # as it does each second
    await Hands(app).settle()


@pytest.mark.parametrize("keys", ["A", "A1A", "log"])
def test_what_is_asked_and_what_came(
    keys: str, machines: Machines, clock: SetClock, picture: Picture, size: tuple[int, int]
) -> None:
    machines.edit_both(clock)

    async def steps(pilot: Pilot[None]) -> None:
        app = pilot.app
        assert isinstance(app, NeedleApp)
        await do_round(app)
        if keys == "log":
            app.action_ask("sync_log")
        await Hands(app).press(*(keys if keys != "log" else ()))
        app.clear_notifications()

    picture(NeedleApp(machines.here, clock), size, steps)


async def test_a_person_decides_what_two_machines_cannot(
    drive: Drive, machines: Machines, clock: SetClock
) -> None:
    here, desktop = machines.here, machines.desktop
    machines.edit_both(clock)
    async with drive() as user:
        assert "  synced" not in user.screen_text()
        await do_round(user.app)
        assert "synced 15:40 with desktop" in user.screen_text()
        assert "“Lumen Labs” has two answers: which one holds? (and 1 more)" in user.screen_text()
        await user.press("A", "escape")
        assert len(here.decisions.questions()) == 2
        assert "“Nordwind AG” has two callbacks" in await user.see("A", "2")
        await user.press("A", "2")
        assert here.contacts.find("Nordwind AG").step.day == PROMISED[1]
        assert user.messages()[-1].startswith("Kept what was promised to “Nordwind AG”")
        assert "A answer" not in user.screen_text()
        await user.press("u", "u")  # the app knows when it tells the others the next time
        await do_round(user.app)
        assert "A answer" in user.screen_text()
        await user.press("U", "U")
        await do_round(user.app)
        await user.press("A")
        assert user.messages()[-1] == "Nothing is asked about today."
        user.app.action_ask("sync_log")
        await user.press("t")
        assert here.contacts.find("Firm 1").contact.note == "likes blue"
        await user.press("u", "escape")
        assert here.contacts.find("Firm 1").contact.note == "likes red"
        await user.press("x")
        assert user.app.care is not None
        user.app.care.end()
        run_round(desktop)
        both = [(it.day().sales, it.contacts.find("Nordwind AG").step) for it in (here, desktop)]
        assert replace(both[0][1], contact_id=0) == replace(both[1][1], contact_id=0)
        assert both[0][0] == both[1][0]
        machines.folder.rename(machines.folder.with_name("unplugged"))
        await do_round(user.app)
        assert "sync folder away" in user.screen_text()


class Hours:
    """Stands for the end of the app, and lets time pass: looks at the folder take two seconds."""

    def __init__(self, acts: dict[int, Callable[[], object]]) -> None:
        self._acts, self.now = acts, 0.0

    def is_set(self) -> bool:
        return self.now > max(self._acts)

    def wait(self, seconds: float) -> None:
        self.now += seconds
        self._acts.get(int(self.now), lambda: None)()


def test_a_round_goes_when_something_has_come_or_a_minute_was_quiet(
    machines: Machines, monkeypatch: pytest.MonkeyPatch
) -> None:
    here, desktop, rounds = machines.here, machines.desktop, list[float]()

    def change() -> None:
        here.contacts.add(f"Firm at {hours.now}")

    def come() -> None:
        desktop.contacts.add("Umbra")
        run_round(desktop)

    hours = Hours({10: change, 40: change, 200: come, 4000: change})
    monkeypatch.setattr(syncing, "monotonic", lambda: hours.now)
    one = Syncing(NeedleApp(None, here.clock), here)
    monkeypatch.setattr(one, "_ends", hours)

    def do_round() -> tuple[SyncStatus, bool]:
        rounds.append(hours.now)
        return here.sync.status(), hours.now == 200

    monkeypatch.setattr(one, "_do_round", do_round)
    one._do_rounds()
    assert rounds == [0, 100, 200, 260, 3860, 4002]
