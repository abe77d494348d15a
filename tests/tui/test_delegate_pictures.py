"""What a person sees of Delegate, at two sizes. Look at each picture before taking a new one."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from needlemover import demo
from needlemover.domain.delegation.problem import Cost, CostPer, Estimate, Every
from needlemover.store.store import Store
from needlemover.tui.app import NeedleApp

from ..conftest import SetClock
from .conftest import TODAY, Morning
from .picture import Compare, Picture, press


@pytest.fixture
def full(tmp_path: Path, clock: SetClock) -> Iterator[Store]:
    """The sample data: a ledger with every verdict and every state."""
    path = tmp_path / "full.db"
    demo.build(path, clock)
    store = Store(path, clock)
    yield store
    store.close()


def test_a_full_ledger(
    snap_compare: Compare, full: Store, clock: SetClock, size: tuple[int, int]
) -> None:
    app = NeedleApp(full, clock)
    assert snap_compare(app, terminal_size=size, run_before=press("4"))


def test_what_is_delegated(
    picture: Picture, full: Store, clock: SetClock, size: tuple[int, int]
) -> None:
    app = NeedleApp(full, clock)
    picture(app, terminal_size=size, run_before=press("4", "j"))


def test_the_hour_where_there_is_little_room(
    picture: Picture, full: Store, clock: SetClock
) -> None:
    app = NeedleApp(full, clock)
    picture(app, terminal_size=(80, 24), run_before=press("4", "tab", "tab"))


def test_no_data(picture: Picture, store: Store, clock: SetClock, size: tuple[int, int]) -> None:
    store.choices.begin("EUR", [])
    app = NeedleApp(store, clock)
    picture(app, terminal_size=size, run_before=press("escape", "4"))


def test_too_little_to_say(
    picture: Picture, store: Store, clock: SetClock, morning: Morning, size: tuple[int, int]
) -> None:
    estimate = Estimate(5400, Every.WEEK, Cost(30_000, CostPer.MONTH), 4 * 3600)
    store.problems.park("Invoices [/b]", estimate, candidate="Ana")
    store.problems.park("The printer")
    app = NeedleApp(store, clock)
    picture(app, terminal_size=size, run_before=press("4"))


@pytest.mark.parametrize("key", ["e", "d", "l", "h", "a", "p"])
def test_the_dialogs(
    picture: Picture, full: Store, clock: SetClock, size: tuple[int, int], key: str
) -> None:
    app = NeedleApp(full, clock)
    picture(app, terminal_size=size, run_before=press("4", key))


@pytest.mark.parametrize("keys", [(), ("A",)], ids=["line", "dialog"])
def test_the_question_of_the_morning(
    picture: Picture,
    full: Store,
    clock: SetClock,
    size: tuple[int, int],
    keys: tuple[str, ...],
) -> None:
    (asked,) = (item for item in full.problems.all() if item.title == "Repair the booking page")
    full.problems.remember_asks({asked.id: TODAY})
    app = NeedleApp(full, clock)
    picture(app, terminal_size=size, run_before=press(*keys))


def test_a_leak_that_runs(
    picture: Picture, full: Store, clock: SetClock, size: tuple[int, int]
) -> None:
    full.timer.start(problem_id=full.problems.all()[0].id, watched=True)
    app = NeedleApp(full, clock)
    picture(app, terminal_size=size)


def test_a_light_theme(picture: Picture, full: Store, clock: SetClock) -> None:
    from needlemover.config import Config

    app = NeedleApp(full, clock, config=Config(theme="needle-light"))
    picture(app, terminal_size=(120, 40), run_before=press("4"))
