"""The opening: the store comes after the first picture."""

import json
import subprocess
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, closing
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from rich.console import RenderableType
from textual.events import MouseDown, MouseUp
from textual.geometry import Offset
from textual.screen import Screen

from needlemover.clock import Clock
from needlemover.domain.errors import NeedleError
from needlemover.store.store import Store
from needlemover.tui import start
from needlemover.tui.app import NeedleApp
from needlemover.tui.today.checklist import Checklist
from needlemover.tui.today.screen import TodayScreen

from ..conftest import SetClock, terms
from .conftest import Driven, Morning
from .hands import draw_at_once

IN_TIME = 20
"""Seconds after which something hangs."""


class LateStore:
    """A store that is opened when the test says so."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._let = Event()
        self._is_gone = False

    def open(self) -> Store:
        self._let.wait(IN_TIME)
        if self._is_gone:
            raise NeedleError("The test is over.")
        return self._store

    def let_open(self) -> None:
        self._let.set()

    def go(self) -> None:
        """From now on the store belongs to the test: no other thread may use it."""
        self._is_gone = True
        self._let.set()


@asynccontextmanager
async def opened(
    store: Store, clock: SetClock, size: tuple[int, int] = (120, 40)
) -> AsyncIterator[tuple[Driven, LateStore]]:
    """The app as it is after its first picture, with its store still to come."""
    late = LateStore(store)
    app = NeedleApp(None, clock, first=store.day(), open_store=late.open)
    try:
        async with app.run_test(size=size, notifications=True, tooltips=True) as pilot:
            await pilot.pause()
            yield Driven(app, pilot), late
    finally:
        late.go()


async def until(user: Driven, done: Callable[[], bool]) -> None:
    """Wait for what another thread brings about."""
    for _ in range(IN_TIME * 50):
        if done():
            break
        await user.pilot.pause(0.02)
    assert done()
    await user.pilot.pause()
    await user.pilot.pause()


def is_over(app: NeedleApp) -> bool:
    return app.turns.are_over


async def store_is_there(user: Driven, late: LateStore) -> None:
    late.let_open()
    await until(user, lambda: user.app.store is not None and is_over(user.app))


async def test_today_is_shown_before_the_store_is_there(
    store: Store, clock: SetClock, morning: Morning
) -> None:
    async with opened(store, clock) as (user, late):
        before = user.screen_text()
        assert user.app.store is None
        assert "Film one video" in before
        assert "Acme Corp" in before
        await store_is_there(user, late)
        assert user.screen_text() == before


@pytest.mark.parametrize("size", [(120, 40), (80, 24)])
async def test_the_first_picture_is_sent_whole_and_once(
    store: Store,
    clock: SetClock,
    morning: Morning,
    size: tuple[int, int],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    sent: list[str] = []

    def send(app: NeedleApp, screen: Screen[object], update: RenderableType | None) -> None:
        sent.extend([type(update).__name__] if update is not None else [])

    monkeypatch.setattr(NeedleApp, "_display", send)
    monkeypatch.setattr(Screen, "_compositor_refresh", draw_at_once)
    app = NeedleApp(None, clock, first=store.day(), open_store=lambda: store)
    async with app.run_test(size=size) as pilot:
        await until(Driven(app, pilot), lambda: is_over(app))
    assert sent == ["LayoutUpdate"]


async def test_what_is_pressed_before_the_store_is_there_is_done_after(
    store: Store, clock: SetClock, morning: Morning
) -> None:
    async with opened(store, clock) as (user, late):
        await user.press("escape", "x", "down", "space")
        assert user.today.query_one(Checklist).cursor == 1, "what is open first"
        await store_is_there(user, late)
        snapshot = store.day()
        assert sum(entry.outcome == "no_answer" for entry in snapshot.entries) == 2
        assert snapshot.running is not None
        assert snapshot.running.activity_id == morning.mastermind
        assert "Manage the mastermind" in user.screen_text()


async def test_a_dialog_gets_what_was_typed_into_it_before_it_was_there(
    store: Store, clock: SetClock, morning: Morning
) -> None:
    count = len(store.day().entries)
    async with opened(store, clock) as (user, late):
        await user.press("down", "l", "1", "7", "enter", "x")
        await store_is_there(user, late)
    entries = store.day().entries
    assert len(entries) == count + 2
    assert 17 * 60 in [entry.seconds for entry in entries]


async def test_a_whole_call_may_be_typed_before_the_store_is_there(
    store: Store, clock: SetClock, morning: Morning
) -> None:
    async with opened(store, clock) as (user, late):
        await user.press("down", "c", "c", "enter", "u")
        await store_is_there(user, late)
        assert "Undone: Stopped Sales conversations, 0 min" in user.messages()
        assert store.timer.running() is not None


async def test_a_click_before_the_store_is_there_is_done_after(
    store: Store, clock: SetClock, morning: Morning
) -> None:
    async with opened(store, clock) as (user, late):
        place = user.today.query_one(Checklist).region.offset + Offset(4, 1)
        for kind in (MouseDown, MouseUp):
            event = kind(None, *place, 0, 0, 1, False, False, False, *place)
            event.set_sender(user.app)
            user.app.post_message(event)
        await user.pilot.pause()
        assert user.today.query_one(Checklist).cursor == 1
        await store_is_there(user, late)
        assert user.today.query_one(Checklist).cursor == 0


@pytest.mark.parametrize("key", ["q", "ctrl+q"])
async def test_quitting_does_not_wait_for_the_store(
    store: Store, clock: SetClock, morning: Morning, key: str
) -> None:
    async with opened(store, clock) as (user, _):
        await user.press(key)
        assert user.app.store is None
        assert not user.app.is_running or user.app._exit
    assert user.app.return_code == 0


async def test_what_was_pressed_before_quitting_is_still_done(
    store: Store, clock: SetClock, morning: Morning
) -> None:
    async with opened(store, clock) as (user, late):
        await user.press("x", "q")
        late.let_open()
        await until(user, lambda: user.app._exit)
    assert sum(entry.outcome == "no_answer" for entry in store.day().entries) == 2


async def test_what_changed_meanwhile_is_shown_when_the_store_is_there(
    store: Store, clock: SetClock, morning: Morning
) -> None:
    store.contacts.add("Kestrel Supply")
    async with opened(store, clock, (160, 50)) as (user, late):
        store.entries.untick(morning.film)
        assert "1 of 3 done" in user.screen_text()
        await store_is_there(user, late)
        assert "0 of 3 done" in user.screen_text()
        assert "Kestrel Supply" in user.screen_text().partition("THE BUYER")[2]


async def test_a_store_that_cannot_be_opened_ends_the_app_with_its_sentence(
    store: Store, clock: SetClock, morning: Morning
) -> None:
    def refuse() -> Store:
        raise NeedleError("The file is gone: look where it is.")

    app = NeedleApp(None, clock, first=store.day(), open_store=refuse)
    async with app.run_test(size=(120, 40)) as pilot:
        await until(Driven(app, pilot), lambda: app._exit)
    assert app.return_code == 1
    assert str(app.failure) == "The file is gone: look where it is."


async def test_data_that_cannot_be_read_then_end_it_too(
    store: Store, clock: SetClock, morning: Morning, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with opened(store, clock) as (user, late):

        def refuse(self: TodayScreen) -> None:
            raise NeedleError("The file is locked: try again.")

        monkeypatch.setattr(TodayScreen, "reload", refuse)
        late.let_open()
        await until(user, lambda: user.app._exit)
    assert str(user.app.failure) == "The file is locked: try again."


def promising_file(folder: Path) -> Path:
    """A file with a promise."""
    path = folder / "needle.db"
    with closing(Store(path, Clock())) as store:
        store.activities.add("Film one video", terms())
    return path


def test_the_refusal_reaches_the_command_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = promising_file(tmp_path)

    def end_at_once(app: NeedleApp, *_: object, **__: object) -> None:
        assert app.store is None
        app.give_up(NeedleError("The file is gone: look where it is."))

    monkeypatch.setattr(start, "run_on_terminal", end_at_once)
    with pytest.raises(NeedleError, match="gone"):
        start.run(path)


def test_where_nothing_is_promised_the_store_is_opened_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stores = []
    monkeypatch.setattr(start, "run_on_terminal", lambda app, *_, **__: stores.append(app.store))
    assert start.run(tmp_path / "new.db") == 0
    assert isinstance(stores[0], Store)


LOADED_AT_FIRST_PICTURE = """
import gc, json, os, sys
os.environ.pop("TEXTUAL_FPS", None)
from needlemover import config
from needlemover.__main__ import main
from needlemover.cli import opening

def first_picture(app, *_):
    from textual import constants
    shown = "\\n".join(strip.text for strip in app.screen._compositor.render_strips())
    print(json.dumps({
        "modules": sorted(sys.modules), "shown": shown,
        "collects": gc.isenabled(), "frames": constants.MAX_FPS,
    }))
    app.exit()

read_config = config.read_config

def instead(path):
    # It is called between the imports and the start.
    from needlemover.tui import start as tui
    from needlemover.tui import app
    app.NeedleApp._open_behind = first_picture
    tui.run_on_terminal = lambda app, *_, **__: app.run(headless=True, size=(120, 40))
    return read_config(path)

config.read_config = instead
opening._must_be_a_terminal = lambda: None
sys.exit(main(["--db", sys.argv[1]]))
"""

LOADED_BY_A_BARE_APP = """
import json, sys
from textual.app import App

class Bare(App):
    def on_ready(self):
        print(json.dumps({"modules": sorted(sys.modules)}))
        self.exit()

Bare().run(headless=True, size=(120, 40))
"""

PACKAGES = {"_sqlite3", "gc", "msgspec", "needlemover", "sqlite3"}
"""What may be loaded before the first picture, beside what a bare Textual app loads."""

MODULES = """
__main__ cli cli.output cli.opening clock config domain
domain.calls domain.calls.block domain.calls.entry domain.day domain.errors domain.promises
domain.promises.commitment domain.promises.marks domain.promises.status domain.settings domain.today
domain.today.assembly domain.today.history
domain.today.snapshot paths store store.entry_facts store.facts store.schema
store.today text text.calls text.format text.plain text.promises text.today tui tui.app tui.buyers
tui.buyers.with_buyer tui.calls tui.calls.day_log tui.calls.outcomes
tui.ground tui.kit tui.kit.drawing tui.kit.edges tui.kit.lines tui.kit.panel
tui.kit.panels tui.kit.view tui.later tui.start tui.terminal tui.themes tui.today
tui.today.call_next tui.today.calls tui.today.checklist tui.today.facts tui.today.headline
tui.today.keys tui.today.later
tui.today.rows tui.today.screen tui.today.strip tui.today.talking tui.turns tui.views
"""
"""Our own that may be. Whoever adds one pays for it in the time that the app takes to open."""


def loaded(program: str, *arguments: str) -> dict[str, Any]:
    done = subprocess.run(
        [sys.executable, "-c", program, *arguments],
        capture_output=True, encoding="utf-8", timeout=60, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def test_the_first_picture_needs_hardly_more_than_a_bare_app(tmp_path: Path) -> None:
    at_first = loaded(LOADED_AT_FIRST_PICTURE, str(promising_file(tmp_path)))
    assert "Film one video" in at_first["shown"]
    more = set(at_first["modules"]) - set(loaded(LOADED_BY_A_BARE_APP)["modules"])
    # Rich loads a table of its own for letters beyond ASCII.
    assert {name.partition(".")[0] for name in more} - {"rich"} == PACKAGES
    assert [name for name in more if name.startswith("textual.")] == []
    ours = {name.partition(".")[2] for name in more if name.startswith("needlemover.")}
    assert sorted(ours) == sorted(MODULES.split())


def test_a_goal_and_buyers_are_shown_at_first_without_loading_the_store(tmp_path: Path) -> None:
    path = promising_file(tmp_path)
    with closing(Store(path, Clock())) as store:
        store.choices.set_goal(100_000)
        store.contacts.add("Acme")
    modules = set(loaded(LOADED_AT_FIRST_PICTURE, str(path))["modules"])
    assert "needlemover.store.number_rows" in modules
    assert not modules & {"sqlalchemy", "sqlmodel", "needlemover.store.store"}


def test_neither_frames_nor_garbage_hold_up_the_first_picture(tmp_path: Path) -> None:
    at_first = loaded(LOADED_AT_FIRST_PICTURE, str(promising_file(tmp_path)))
    assert (at_first["frames"], at_first["collects"]) == (240, False)
