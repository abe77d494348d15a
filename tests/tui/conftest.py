"""A store as it looks on a working morning, and the app on it."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager, closing
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from shutil import copy
from typing import TypeVar

import pytest
from textual.css.model import RuleSet
from textual.css.stylesheet import Stylesheet
from textual.pilot import Pilot
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Input

from needlemover.domain.calls.entry import Outcome
from needlemover.domain.promises.commitment import MONDAY_TO_FRIDAY
from needlemover.files import make_folder
from needlemover.store.calls.new_entry import NewEntry
from needlemover.store.store import Store
from needlemover.tui.app import NeedleApp
from needlemover.tui.kit.view import View
from needlemover.tui.today.checklist import Checklist
from needlemover.tui.today.screen import TodayScreen

from ..conftest import AFTERNOON, SetClock, terms, without_web_fonts
from .hands import Hands, draw_later
from .picture import SIZES, Picture, Steps, compare, place, take
from .styling import apply_found, parse_once

V = TypeVar("V", bound=View)

MONDAY_AND_WEDNESDAY = frozenset({0, 2})
TODAY = date(2026, 11, 24)


@dataclass(frozen=True, slots=True)
class Morning:
    """The activities of a working morning."""

    film: int
    sales: int
    mastermind: int
    newsletter: int


def fill_morning(store: Store, clock: SetClock) -> Morning:
    """Three weeks of a founder who keeps most of the promises, and part of a Tuesday."""
    weekdays = MONDAY_TO_FRIDAY
    clock.set(datetime(2026, 11, 2, 8, 0))
    film = store.activities.add("Film one video", terms(days=weekdays)).id
    sales = store.activities.add(
        "Sales conversations", terms(60, 10, days=weekdays), is_sales=True
    ).id
    mastermind = store.activities.add("Manage the mastermind", terms(30, days=weekdays)).id
    newsletter = store.activities.add("Newsletter", terms(days=MONDAY_AND_WEDNESDAY)).id
    for number in range(22):
        day = date(2026, 11, 2) + timedelta(days=number)
        if day.weekday() > 4 or number in (3, 10):
            continue
        clock.set(datetime(day.year, day.month, day.day, 17, 0))
        store.entries.tick(film)
        store.entries.log(NewEntry(sales, seconds=3840, count=11, contact=f"Firm {number}"))
        if number != 8:
            store.entries.log(NewEntry(mastermind, seconds=1800))
        if day.weekday() in MONDAY_AND_WEDNESDAY:
            store.entries.tick(newsletter)
    clock.set(datetime(2026, 11, 24, 9, 0))
    store.entries.tick(film)
    calls = (
        (9, 12, 760, "Acme Corp", Outcome.MEETING_SET, None),
        (11, 40, 35, "J. Diaz", Outcome.NO_ANSWER, None),
        (13, 20, 311, "Nordwind AG", Outcome.TALKED, None),
        (14, 2, 122, "Lumen Labs", Outcome.ASKED, None),
        (15, 5, 1082, "Firm 1", Outcome.WON, 120_000),
    )
    for hour, minute, seconds, contact, outcome, amount in calls:
        clock.set(datetime(2026, 11, 24, hour, minute))
        started_at = clock.now()
        clock.pass_by(seconds=seconds)
        store.entries.log(
            NewEntry(
                sales,
                started_at=started_at,
                seconds=seconds,
                outcome=outcome,
                contact=contact,
                amount=amount,
            )
        )
    store.begin_use()
    clock.set(datetime(2026, 11, 24, 15, 40))
    return Morning(film, sales, mastermind, newsletter)


@pytest.fixture(scope="session")
def kept_morning(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Morning]:
    """A file with a working morning, to be copied."""
    path, clock = tmp_path_factory.mktemp("morning") / "needlemover.db", SetClock(AFTERNOON)
    with closing(Store(path, clock)) as store:
        return path, fill_morning(store, clock)


@pytest.fixture
def morning(kept_morning: tuple[Path, Morning], store: Store) -> Morning:
    """A working morning in the store."""
    return kept_morning[1]


def open_copy(kept: Path, path: Path, clock: SetClock) -> Store:
    """A store on a file of its own that holds what is kept."""
    make_folder(path.parent)
    copy(kept, path)  # with its permissions
    return Store(path, clock)


@pytest.fixture
def store(request: pytest.FixtureRequest, tmp_path: Path, clock: SetClock) -> Iterator[Store]:
    """A file with a working morning where the test has one, else an empty one."""
    path = tmp_path / "data" / "needlemover.db"
    if "morning" in request.fixturenames:
        opened = open_copy(request.getfixturevalue("kept_morning")[0], path, clock)
    else:
        opened = Store(path, clock)
    with closing(opened):
        yield opened


@pytest.fixture
def sample(sample_file: Path, tmp_path: Path, clock: SetClock) -> Iterator[Store]:
    """The sample data: fourteen weeks of calls, a goal, a ledger with every verdict."""
    with closing(open_copy(sample_file, tmp_path / "sample.db", clock)) as opened:
        yield opened


@pytest.fixture(params=SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
def size(request: pytest.FixtureRequest) -> tuple[int, int]:
    """Columns and rows."""
    found: tuple[int, int] = request.param
    return found


@pytest.fixture(autouse=True, scope="session")
def styles_found_once() -> Iterator[None]:
    """The next app takes over the styles that one before it has worked out."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(RuleSet, "__hash__", object.__hash__)  # the same, and not in Python
        patch.setattr(Stylesheet, "_parse_rules", parse_once)
        patch.setattr(Stylesheet, "apply", apply_found)
        yield


@pytest.fixture(autouse=True)
def drawn_when_settled(monkeypatch: pytest.MonkeyPatch) -> None:
    """A screen is drawn when somebody looks: what stood there between two keys nobody sees."""
    monkeypatch.setattr(Screen, "_compositor_refresh", draw_later)


@pytest.fixture(autouse=True)
def steady_cursor(monkeypatch: pytest.MonkeyPatch) -> None:
    """The cursor of a field never blinks: on a busy computer a picture would miss it."""
    monkeypatch.setattr(Input.cursor_blink, "_default", False)


@pytest.fixture(autouse=True)
def fonts_of_the_reader(monkeypatch: pytest.MonkeyPatch) -> None:
    """A kept picture fetches no fonts."""
    drawn = NeedleApp.export_screenshot
    monkeypatch.setattr(
        NeedleApp,
        "export_screenshot",
        lambda app, **options: without_web_fonts(drawn(app, **options)),
    )


@pytest.fixture
def picture(request: pytest.FixtureRequest) -> Picture:
    """Compare what an app shows with the picture that is kept for the test."""

    def compare_picture(
        app: NeedleApp, terminal_size: tuple[int, int], run_before: Steps | None = None
    ) -> None:
        taken = asyncio.run(take(app, terminal_size, run_before))
        compare(place(request.node), taken, anew=request.config.getoption("--take-pictures"))

    return compare_picture


@dataclass(slots=True)
class Driven:
    """The app with somebody at the keyboard."""

    app: NeedleApp
    pilot: Pilot[None]

    @property
    def today(self) -> TodayScreen:
        """The view of the day, also under a dialog."""
        return self.view(TodayScreen)

    def view(self, kind: type[V]) -> V:
        """The view that is in front, also under a dialog."""
        screen = self.app.screen_stack[0]
        assert isinstance(screen, kind)
        return screen

    async def press(self, *keys: str) -> None:
        """Press keys and let the app do what they ask."""
        hands = Hands(self.app)
        await hands.press(*keys)
        await hands.settle()

    async def see(self, *keys: str) -> str:
        """Press keys; what a person reads then."""
        await self.press(*keys)
        return self.screen_text()

    async def click(self, where: type[Widget] | str, offset: tuple[int, int]) -> None:
        """Click on a widget, so many cells from its corner, and let the app do what that asks."""
        await self.pilot.click(where, offset=offset)
        await Hands(self.app).settle()

    async def type(self, text: str) -> None:
        """Type text."""
        named = {" ": "space", "-": "minus", ".": "full_stop", ",": "comma", ":": "colon"}
        await self.press(*(named.get(letter, letter) for letter in text))

    async def enter(self, text: str) -> None:
        """Type text, and Enter after it."""
        await self.type(text)
        await self.press("enter")

    def screen_text(self) -> str:
        """What a person reads."""
        lines = []
        for strip in self.app.screen._compositor.render_strips():
            lines.append("".join(segment.text for segment in strip))
        return "\n".join(lines)

    def checklist_names(self) -> list[str]:
        """The activities on the checklist."""
        facts = self.today.query_one(Checklist).facts
        assert facts is not None
        return [item.name for item in facts.snapshot.activities]

    async def follow(self) -> None:
        """Let the app look at the clock and the other terminals, as it does once a second."""
        self.view(View).follow()
        await Hands(self.app).settle()

    async def talk(self, clock: SetClock, seconds: int) -> None:
        """Let time pass while the app is open and looks at the clock."""
        while seconds > 0:
            clock.pass_by(seconds=min(30, seconds))
            seconds -= 30
            self.today.follow()
            await Hands(self.app).settle()

    def messages(self) -> list[str]:
        """What the app has told the user."""
        return [notification.message for notification in self.app._notifications]


Drive = Callable[..., AbstractAsyncContextManager[Driven]]


@pytest.fixture
def drive(store: Store, clock: SetClock) -> Drive:
    """Open the app: `async with drive() as user:`."""

    @asynccontextmanager
    async def open_app(size: tuple[int, int] = (120, 40)) -> AsyncIterator[Driven]:
        app = NeedleApp(store, clock)
        async with app.run_test(size=size, notifications=True, tooltips=True) as pilot:
            await Hands(app).settle()  # what is asked at the opening is there then
            yield Driven(app, pilot)

    return open_app
