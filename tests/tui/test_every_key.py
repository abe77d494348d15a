"""Every key, the mouse and the clipboard on every screen and dialog: nothing ends the app."""

import re
import string
from collections import deque
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass
from functools import partial
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages
from shutil import copyfile
from tempfile import mkdtemp
from typing import Any

import pytest
from textual.app import App
from textual.keys import Keys
from textual.screen import Screen
from textual.widgets import Input

import needlemover.tui
from needlemover.domain.errors import DamagedError, LostFileError
from needlemover.exchange.importing import Import
from needlemover.store.store import Store
from needlemover.tui.app import NeedleApp
from needlemover.tui.buyers import screen as buyers_screen
from needlemover.tui.calls.day_log import DayLog
from needlemover.tui.care.dialogs import FileQuestion, QuestionApp, damaged_file, lost_file
from needlemover.tui.imports.screen import ImportScreen
from needlemover.tui.kit.dialog import Dialog
from needlemover.tui.kit.form import Form
from needlemover.tui.palette import Actions

from ..conftest import AFTERNOON, SetClock
from .hands import Hands, name_of
from .hostile import HOSTILE

SIZE = (80, 24)
_MORE_OF_THE_SAME = re.compile(r"ctrl\+shift\+\d|(ctrl\+)?f(1[3-9]|2\d)|ctrl\+f\d+")
LEAVING = ("escape", "q", "ctrl+q")
"""They come last in a place, as most lead out of it."""
OF_ALL_VIEWS = frozenset("12345pH,?")
KEYS = tuple(
    key
    for key in dict.fromkeys(
        (*(key.value for key in Keys), *string.printable.strip(), *"éß漢👍", "space")
    )
    if key not in LEAVING and not _MORE_OF_THE_SAME.fullmatch(key)
)
ALIKE = frozenset(string.ascii_letters + string.digits)
"""To a field all of them are one: of those that would be written one is."""

Deed = Callable[[Hands], Awaitable[None]]


async def _press(hands: Hands, keys: Sequence[str]) -> None:
    await hands.press(*keys, at_once=True)


async def _toast(hands: Hands) -> None:
    hands.app.notify("Something long enough to be dragged over.", title="A toast", timeout=60)
    await hands.settle()
    await hands.use_mouse((SIZE[0] - 7, SIZE[1] - 5), drag_to=(40, 9))


def _deeds(*, is_new: bool) -> Iterator[tuple[str, Deed]]:
    """What is tried in a place beside the keys, with the name that a failure shows.

    A toast, and the keys that end the app, are the same on all screens of a kind.
    """
    yield "paste", lambda hands: hands.paste(*HOSTILE)
    if is_new:
        yield "the mouse on a toast", _toast
    centre = (SIZE[0] // 2, SIZE[1] // 2)
    yield "the mouse", partial(Hands.use_mouse, at=centre, drag_to=(40, 9))
    for key in LEAVING if is_new else LEAVING[:1]:
        yield f"key {key}", partial(_press, keys=[key])


Prepare = Callable[[Store, SetClock], object]


def _nothing(store: Store, clock: SetClock) -> None:
    """The sample data are enough."""


def _ask(store: Store, clock: SetClock) -> None:
    (asked,) = (item for item in store.problems.all() if item.title == "Repair the booking page")
    store.problems.remember_asks({asked.id: store.today})


def _left_alone(store: Store, clock: SetClock) -> None:
    store.timer.start(watched=True)
    clock.pass_by(hours=4)


def _block_left(store: Store, clock: SetClock) -> None:
    store.blocks.start(3000)
    clock.pass_by(hours=4)


def _away(store: Store, clock: SetClock) -> None:
    store.begin_use()
    clock.pass_by(days=8)


@dataclass(frozen=True)
class Place:
    """A screen or dialog, and how it is come to."""

    name: str
    kind: str
    """The class of its screen, or how the title of its form begins."""
    keys: tuple[str, ...] = ()
    command: str = ""
    """A command of the palette, called after the keys."""
    prepare: Prepare = _nothing
    is_empty: bool = False
    """Whether the file has nothing in it."""
    question: Callable[[Store], Dialog[Any]] | None = None
    """What is asked in the app's place."""

    @property
    def state(self) -> tuple[object, ...]:
        """What was there before the keys."""
        return self.prepare, self.is_empty, self.question, self.command

    @property
    def group(self) -> str:
        """What it is one of: a test walks through all of them."""
        if self.kind.endswith("Screen"):
            return "views"
        return "dialogs" if self.kind.endswith(("Dialog", "Palette", "Question")) else "forms"

    async def reach(self, hands: Hands, keys: Sequence[str]) -> tuple[object, ...]:
        """Go there by keys: how it is known."""
        await hands.press(*keys)
        if self.command:
            found = Actions(hands.app.screen).here()
            next(item.run for item in found if item.title == self.command)()
            for _ in range(200):  # another thread does it
                if len(hands.app.screen_stack) > 1:
                    break
                await hands.settle(seconds=0.02)
        await hands.settle()
        return here(hands.app)


def _damaged(store: Store) -> FileQuestion:
    return damaged_file(store.path, store.clock, DamagedError("It is damaged."))


def _gone(store: Store) -> FileQuestion:
    return lost_file(store, LostFileError("It is gone."))


def _import(store: Store) -> ImportScreen:
    file = Path(__file__).parents[1] / "data/imports/01_reexport_doubles/own_v1.csv"
    wanted = Import(file, store.moment())
    return ImportScreen(wanted, lambda: Store(store.path, store.clock))


PLACES = (
    Place("today", "TodayScreen"),
    Place("the log of the day", "TodayScreen", ("tab",)),
    Place("help", "ListDialog", ("question_mark",)),
    Place("history", "HistoryScreen", ("x", "H")),
    Place("the palette", "CommandPalette", ("ctrl+p",)),
    Place("the settings", "Settings", ("comma",)),
    Place("log", "Log for ", ("l",)),
    Place("money", "Money received", ("dollar_sign",)),
    Place("a new activity", "Add a non-negotiable", ("a",)),
    Place("an activity", "Edit ", ("e",)),
    Place("an outcome", "Sales conversations", ("k", "k", "k", "j", "space")),
    Place("asks", "AsksDialog", ("s",)),
    Place("an entry", "Edit entry", ("tab", "tab", "e")),
    Place("a call back", "Form", ("tab", "b")),
    Place("a contact", "ListDialog", ("tab", "enter")),
    Place("park", "What popped up?", ("p",)),
    Place("a call", "TodayScreen", ("c",)),
    Place("who", "Who are you talking to?", ("c", "e")),
    Place("how a call ended", "TodayScreen", ("c", "c")),
    Place("the note of a call", "OutcomeForm", ("c", "c", "n")),
    Place("a timer left alone", "Question", prepare=_left_alone),
    Place("what slipped", "Question", ("j",), prepare=_away),
    Place("missed days", "Did it and forgot", ("j", "l"), prepare=_away),
    Place("a call block", "Call block", ("B",)),
    Place("a block left open", "Question", prepare=_block_left),
    Place("the first opening", "The few things", is_empty=True),
    Place("calls from before", "BeforeQuestion", ("enter",), is_empty=True),
    Place("nothing promised", "TodayScreen", ("escape",), is_empty=True),
    Place("what is asked today", "AskDialog", ("A",), prepare=_ask),
    Place("progress", "ProgressScreen", ("2",)),
    Place("the calendar", "ProgressScreen", ("2", "tab")),
    Place("the quotas", "ProgressScreen", ("2", "tab", "tab")),
    Place("days off", "Days off", ("2", "o")),
    Place("a missed day", "Why was ", ("2", "tab", *["left"] * 3, "n")),
    Place("the review", "ReviewScreen", ("2", "r")),
    Place("numbers", "NumbersScreen", ("3",)),
    Place("dates", "Numbers of two dates", ("3", "f")),
    Place("the goal", "The goal", ("3", "g")),
    Place("delegate", "DelegateScreen", ("4",)),
    Place("a problem", "Form", ("4", "e")),
    Place("a handover", "Form", ("4", "d")),
    Place("a leak", "Time put into ", ("4", "l")),
    Place("the hour", "What your hour is worth", ("4", "h")),
    Place("weigh", "Weigh which activity?", ("4", "a")),
    Place("buyers", "BuyersScreen", ("5",)),
    Place("a name to find", "BuyersScreen", ("5", "slash")),
    Place("a new buyer", "Whom to call?", ("5", "a")),
    Place("a buyer", "Form", ("5", "e")),
    Place("the same buyer", "Form", ("5", "m")),
    Place("a phone to dial", "Dial ", ("5", "o")),
    Place(
        "backups",
        "ListDialog",
        command="Go back to a backup",
        prepare=lambda store, _: store.backups.make(store.today),
    ),
    Place("checks", "ListDialog", command="Check the data"),
    Place("what came", "SyncLog", command="What came from other machines"),
    Place("an export", "Export all data", command="Export all data"),
    Place("a file to import", "ListDialog", command="Import calls"),
    Place("an import", "ImportScreen", question=_import),
    Place("a damaged file", "FileQuestion", question=_damaged),
    Place("a file that is gone", "FileQuestion", question=_gone),
)


def here(app: App[Any]) -> tuple[object, ...]:
    """Where an app is: its screens, whether a timer runs, whether it is asked how a call ended."""
    screens = app.screen_stack
    running = app.store.timer.running() if isinstance(app, NeedleApp) and app.store else None
    asking = any(log.is_asking for log in screens[0].query(DayLog))
    return (*(_names(screen) for screen in screens), running is not None, asking)


def _names(screen: Screen[Any]) -> tuple[str, str]:
    """The class, and the title of a form."""
    return type(screen).__name__, screen.title_text if isinstance(screen, Form) else ""


@asynccontextmanager
async def _opened(place: Place, sample: Path, folder: Path) -> AsyncIterator[Hands]:
    """The app on fresh data."""
    clock = SetClock(AFTERNOON)
    path = Path(mkdtemp(dir=folder)) / "needle.db"
    if not place.is_empty:
        copyfile(sample, path)
    with closing(Store(path, clock)) as store:
        place.prepare(store, clock)
        app: App[Any] = NeedleApp(store, clock)
        if place.question is not None:
            app = QuestionApp(place.question(store), "needle-dark")
        async with app.run_test(size=SIZE, notifications=True, tooltips=True):
            yield Hands(app)


async def _back(hands: Hands, place: Place, there: tuple[object, ...]) -> bool:
    """Come back to a place that was left, by its last key where that does; whether it was done."""
    for keys in (place.keys[-1:], ("1", *place.keys)):
        for _ in range(6):
            if here(hands.app) == there or len(hands.app.screen_stack) == 1:
                break
            await hands.press("escape")
        now = here(hands.app)
        if now != there and (now[0] == there[0] or "1" in keys):
            now = await place.reach(hands, keys)
        if now == there:
            return True
    return False


def _next_keys(hands: Hands, keys: deque[str], alone: set[str]) -> Sequence[str]:
    """The next key, and with it those behind it that do nothing here, or move in a field: at once.

    Args:
        hands: somebody in the place.
        keys: what is left to be pressed.
        alone: those that led away, though nothing says that they do something.
    """
    screen = hands.app.screen
    asked = [key for item in getattr(screen, "question_keys", ()) for key in item.key.split(",")]
    answers = (*asked, *getattr(screen, "_ways", ()))
    bound = {*alone, *answers, *hands.app._bindings.key_to_bindings}
    for key, active in screen.active_bindings.items():
        if active.enabled and (key == "enter" or not isinstance(active.node, Input)):
            bound.add(key)
    found = [keys.popleft()]
    while keys and not bound.intersection(map(name_of, (found[0], keys[0]))):
        found.append(keys.popleft())
    if isinstance(hands.app.focused, Input):
        alike = [key for key in found if key in ALIKE]
        found = [key for key in found if key not in alike[1:]]
    return found


def _untried(hands: Hands, place: Place, tried: set[object]) -> Iterator[str]:
    """The keys that do something here that no place before has tried.

    A key that leads to a place is pressed to come there. Kinds of forms and of fields take the keys
    alike that nothing is bound to, views those that all of them have, and the app its own.
    """
    screen, there = hands.app.screen, here(hands.app)
    where, bound = (place.state, there), screen.active_bindings
    leading = {
        name_of(other.keys[-1])
        for other in PLACES
        if other.keys and (other.state, other.keys[:-1]) == (place.state, place.keys)
    }
    for key in KEYS:
        active = bound.get(name_of(key))
        meant: object = where, active and type(active.node), key
        if active is None or (isinstance(active.node, Input) and key != "enter"):
            kind = type(screen) if isinstance(screen, Form) else where
            meant = kind, type(hands.app.focused), key
        elif isinstance(active.node, App):
            meant = type(screen), key
        elif key in OF_ALL_VIEWS:
            meant = place.state, there[1:], key
        if name_of(key) not in leading and meant not in tried:
            yield key
        tried.add(meant)


async def _walk(place: Place, sample: Path, folder: Path, tried: set[object]) -> None:
    """Do all that is tried in a place, on fresh data where it cannot be come back to."""
    keys, alone, deeds = deque(KEYS), set[str](), deque(_deeds(is_new=True))
    kind: type[Screen[Any]] | None = None
    while keys or deeds:
        async with _opened(place, sample, folder) as hands:
            there = await place.reach(hands, place.keys)
            assert any(name.startswith(place.kind) for name in _names(hands.app.screen))
            if kind is None:
                kind = type(hands.app.screen)
                keys, deeds = (
                    deque(_untried(hands, place, tried)),
                    deque(_deeds(is_new=kind not in tried)),
                )
                tried.add(kind)
            while keys or deeds:
                pressed: Sequence[str] = ()
                if keys:
                    pressed = _next_keys(hands, keys, alone)
                    name, do = f"keys {pressed}", partial(_press, keys=pressed)
                else:
                    name, do = deeds.popleft()
                try:
                    await do(hands)
                except Exception as error:
                    raise AssertionError(f"{place.name}: {name}") from error
                ends = not hands.app.is_running or bool(hands.app._exit)
                if len(pressed) > 1 and (ends or here(hands.app) != there):
                    # One of them led away: each is pressed in the place.
                    alone.update(map(name_of, pressed))
                    keys.extendleft(reversed(pressed))
                if not (keys or deeds) or (ends and name == "key q"):
                    return
                if ends or (here(hands.app) != there and not await _back(hands, place, there)):
                    break


def _screens(kind: type[Screen[Any]]) -> Iterator[str]:
    for sub in kind.__subclasses__():
        if sub.__module__.startswith("needlemover"):
            yield from _screens(sub) if sub.__subclasses__() else (sub.__name__,)
        else:
            yield from _screens(sub)


def test_every_screen_and_dialog_is_a_place() -> None:
    for module in walk_packages(needlemover.tui.__path__, "needlemover.tui."):
        import_module(module.name)
    assert set(_screens(Screen)) - {place.kind for place in PLACES} == set()


@pytest.fixture(autouse=True)
def no_program_dials(monkeypatch: pytest.MonkeyPatch) -> None:
    """No other program is opened."""
    monkeypatch.setattr(buyers_screen.subprocess, "Popen", lambda *_, **__: None)


@pytest.mark.parametrize("group", ["views", "forms", "dialogs"])
async def test_no_key_no_paste_and_no_mouse_ends_the_app(
    group: str, sample_file: Path, tmp_path: Path
) -> None:
    tried = set[object]()
    for place in PLACES:
        if place.group == group:
            await _walk(place, sample_file, tmp_path, tried)
