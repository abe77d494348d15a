"""What a person sees of Delegate, at two sizes. Look at each picture before taking a new one."""

import pytest

from needlemover.domain.delegation.problem import Cost, CostPer, Estimate, Every
from needlemover.store.store import Store
from needlemover.tui.app import NeedleApp

from ..conftest import SetClock
from .conftest import TODAY, Morning
from .picture import Compare, Picture, press


def test_a_full_ledger(
    snap_compare: Compare, sample: Store, clock: SetClock, size: tuple[int, int]
) -> None:
    app = NeedleApp(sample, clock)
    assert snap_compare(app, terminal_size=size, run_before=press("4"))


def test_what_is_delegated(
    picture: Picture, sample: Store, clock: SetClock, size: tuple[int, int]
) -> None:
    app = NeedleApp(sample, clock)
    picture(app, terminal_size=size, run_before=press("4", "j"))


def test_the_hour_where_there_is_little_room(
    picture: Picture, sample: Store, clock: SetClock
) -> None:
    app = NeedleApp(sample, clock)
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
    picture: Picture, sample: Store, clock: SetClock, size: tuple[int, int], key: str
) -> None:
    app = NeedleApp(sample, clock)
    picture(app, terminal_size=size, run_before=press("4", key))


@pytest.mark.parametrize("keys", [(), ("A",)], ids=["line", "dialog"])
def test_the_question_of_the_morning(
    picture: Picture,
    sample: Store,
    clock: SetClock,
    size: tuple[int, int],
    keys: tuple[str, ...],
) -> None:
    (asked,) = (item for item in sample.problems.all() if item.title == "Repair the booking page")
    sample.problems.remember_asks({asked.id: TODAY})
    app = NeedleApp(sample, clock)
    picture(app, terminal_size=size, run_before=press(*keys))


def test_a_leak_that_runs(
    picture: Picture, sample: Store, clock: SetClock, size: tuple[int, int]
) -> None:
    sample.timer.start(problem_id=sample.problems.all()[0].id, watched=True)
    app = NeedleApp(sample, clock)
    picture(app, terminal_size=size)


def test_a_light_theme(picture: Picture, sample: Store, clock: SetClock) -> None:
    from needlemover.config import Config

    app = NeedleApp(sample, clock, config=Config(theme="needle-light"))
    picture(app, terminal_size=(120, 40), run_before=press("4"))
