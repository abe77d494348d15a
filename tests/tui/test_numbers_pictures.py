"""What a person sees of Numbers, at two sizes. Look at each picture before taking a new one."""

from functools import partial

import pytest

from needlemover.config import Config
from needlemover.store.store import Store
from needlemover.tui.app import NeedleApp

from ..conftest import SetClock
from .conftest import Morning
from .picture import Compare, Picture
from .picture import press as press_keys
from .test_numbers import contradict

press = partial(press_keys, wait_for_workers=True)


def test_three_months(
    snap_compare: Compare, sample: Store, clock: SetClock, size: tuple[int, int]
) -> None:
    app = NeedleApp(sample, clock)
    assert snap_compare(app, terminal_size=size, run_before=press("3"))


def test_three_months_beside_a_scrollbar(picture: Picture, sample: Store, clock: SetClock) -> None:
    app = NeedleApp(sample, clock)
    picture(app, terminal_size=(120, 36), run_before=press("3"))


def test_a_month_against_the_one_before(
    picture: Picture, sample: Store, clock: SetClock, size: tuple[int, int]
) -> None:
    app = NeedleApp(sample, clock)
    picture(app, terminal_size=size, run_before=press("3", "w", "w", "w"))


@pytest.mark.parametrize("presses", [2, 3, 4, 5])
def test_the_other_panels_where_there_is_little_room(
    picture: Picture, sample: Store, clock: SetClock, presses: int
) -> None:
    app = NeedleApp(sample, clock)
    keys = ("3", *["tab"] * presses)
    picture(app, terminal_size=(80, 24), run_before=press(*keys))


def test_too_few_to_say(
    picture: Picture, store: Store, clock: SetClock, morning: Morning, size: tuple[int, int]
) -> None:
    store.choices.set_goal(1_200_000)
    app = NeedleApp(store, clock)
    picture(app, terminal_size=size, run_before=press("3"))


def test_no_data(picture: Picture, store: Store, clock: SetClock, size: tuple[int, int]) -> None:
    store.choices.begin("EUR", [])
    app = NeedleApp(store, clock)
    picture(app, terminal_size=size, run_before=press("escape", "3"))


def test_a_contradiction(
    picture: Picture, store: Store, clock: SetClock, size: tuple[int, int]
) -> None:
    contradict(store, clock)
    app = NeedleApp(store, clock)
    picture(app, terminal_size=size, run_before=press("3"))


@pytest.mark.parametrize("key", ["g", "f"])
def test_the_dialogs(
    picture: Picture, sample: Store, clock: SetClock, size: tuple[int, int], key: str
) -> None:
    app = NeedleApp(sample, clock)
    picture(app, terminal_size=size, run_before=press("3", key))


def test_a_light_theme(picture: Picture, sample: Store, clock: SetClock) -> None:
    app = NeedleApp(sample, clock, config=Config(theme="needle-light"))
    picture(app, terminal_size=(120, 40), run_before=press("3"))
