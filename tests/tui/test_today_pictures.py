"""What a person sees of Today, at two sizes. Look at each picture before taking a new one."""

from datetime import datetime, timedelta

import pytest

from needlemover.domain.calls.entry import Outcome
from needlemover.store.calls.new_entry import NewEntry
from needlemover.store.store import Store
from needlemover.tui.app import NeedleApp

from ..conftest import SetClock, terms
from .conftest import TODAY, Morning
from .hostile import HOSTILE
from .picture import Compare, Picture, press
from .test_upper_limits import fill_limits
from .test_weekly import fill_week


def test_first_opening(
    picture: Picture, store: Store, clock: SetClock, size: tuple[int, int]
) -> None:
    picture(NeedleApp(store, clock), terminal_size=size)


def test_skipped_first_opening(
    picture: Picture, store: Store, clock: SetClock, size: tuple[int, int]
) -> None:
    app = NeedleApp(store, clock)
    picture(app, terminal_size=size, run_before=press("escape"))


def test_working_morning(
    snap_compare: Compare, store: Store, clock: SetClock, morning: Morning, size: tuple[int, int]
) -> None:
    assert snap_compare(NeedleApp(store, clock), terminal_size=size)


def test_call_running(
    snap_compare: Compare, store: Store, clock: SetClock, morning: Morning, size: tuple[int, int]
) -> None:
    store.timer.start(morning.sales, contact="Acme Corp")
    clock.pass_by(minutes=3, seconds=12)
    assert snap_compare(NeedleApp(store, clock), terminal_size=size)


def test_outcome_dialog(
    picture: Picture, store: Store, clock: SetClock, morning: Morning, size: tuple[int, int]
) -> None:
    store.timer.start(morning.sales, contact="Acme Corp")
    clock.pass_by(minutes=3, seconds=12)
    app = NeedleApp(store, clock)
    picture(app, terminal_size=size, run_before=press("c"))


def test_outcome_dialog_with_its_fields(
    picture: Picture, store: Store, clock: SetClock, morning: Morning, size: tuple[int, int]
) -> None:
    store.timer.start(morning.sales, contact="Acme Corp")
    clock.pass_by(minutes=3, seconds=12)
    app = NeedleApp(store, clock)
    picture(app, terminal_size=size, run_before=press("c", "dollar_sign", "9", "0"))


def test_promises_by_the_week(
    picture: Picture, store: Store, clock: SetClock, morning: Morning, size: tuple[int, int]
) -> None:
    fill_week(store, clock)
    app = NeedleApp(store, clock)
    picture(app, terminal_size=size, run_before=press(*["down"] * 4))


def test_upper_limits(
    picture: Picture, store: Store, clock: SetClock, morning: Morning, size: tuple[int, int]
) -> None:
    fill_limits(store)
    app = NeedleApp(store, clock)
    picture(app, terminal_size=size, run_before=press(*["down"] * 4))


def test_today_or_never(
    picture: Picture, store: Store, clock: SetClock, morning: Morning, size: tuple[int, int]
) -> None:
    fill_week(store, clock)
    clock.set(datetime(2026, 11, 29, 15, 40))
    picture(NeedleApp(store, clock), terminal_size=size)


def test_won_day(
    picture: Picture, store: Store, clock: SetClock, morning: Morning, size: tuple[int, int]
) -> None:
    store.entries.log(NewEntry(morning.sales, seconds=2400, count=6))
    store.entries.log(NewEntry(morning.mastermind, seconds=1860))
    picture(NeedleApp(store, clock), terminal_size=size)


def test_past_day(
    picture: Picture, store: Store, clock: SetClock, morning: Morning, size: tuple[int, int]
) -> None:
    app = NeedleApp(store, clock)
    picture(app, terminal_size=size, run_before=press(*["left"] * 14))


def test_day_to_come(
    picture: Picture, store: Store, clock: SetClock, morning: Morning, size: tuple[int, int]
) -> None:
    app = NeedleApp(store, clock)
    picture(app, terminal_size=size, run_before=press("right"))


def test_rest_day(
    picture: Picture, store: Store, clock: SetClock, morning: Morning, size: tuple[int, int]
) -> None:
    clock.set(datetime(2026, 11, 28, 10, 0))
    picture(NeedleApp(store, clock), terminal_size=size)


def test_day_off(
    picture: Picture, store: Store, clock: SetClock, morning: Morning, size: tuple[int, int]
) -> None:
    store.days_off.add(TODAY, TODAY + timedelta(days=2), reason="Fair in [b]Graz[/b]")
    picture(NeedleApp(store, clock), terminal_size=size)


def test_hostile_names(
    picture: Picture, store: Store, clock: SetClock, size: tuple[int, int]
) -> None:
    for number, name in enumerate(HOSTILE):
        activity = store.activities.add(name, terms(15), is_sales=number == 0)
        if number == 0:
            for contact in HOSTILE:
                clock.pass_by(minutes=5)
                store.entries.log(
                    NewEntry(
                        activity.id,
                        started_at=clock.now(),
                        seconds=60,
                        contact=contact,
                        outcome=Outcome.TALKED,
                    )
                )
    picture(NeedleApp(store, clock), terminal_size=size)


def test_missed_days(
    picture: Picture, store: Store, clock: SetClock, morning: Morning, size: tuple[int, int]
) -> None:
    clock.set(datetime(2026, 11, 27, 8, 0))
    app = NeedleApp(store, clock)
    picture(app, terminal_size=size, run_before=press("up"))


def test_missed_days_that_are_told(
    picture: Picture, store: Store, clock: SetClock, morning: Morning, size: tuple[int, int]
) -> None:
    clock.set(datetime(2026, 11, 27, 8, 0))
    app = NeedleApp(store, clock)
    picture(app, terminal_size=size, run_before=press("up", "l"))


def test_timer_found_after_a_gap(
    picture: Picture, store: Store, clock: SetClock, morning: Morning, size: tuple[int, int]
) -> None:
    store.timer.start(morning.sales, contact="Acme Corp", watched=True)
    clock.pass_by(minutes=70)
    picture(NeedleApp(store, clock), terminal_size=size)


@pytest.mark.parametrize("key", ["a", "l", "s", "question_mark"])
def test_dialogs(
    picture: Picture,
    store: Store,
    clock: SetClock,
    morning: Morning,
    size: tuple[int, int],
    key: str,
) -> None:
    app = NeedleApp(store, clock)
    picture(app, terminal_size=size, run_before=press(key))


def test_the_command_palette(
    snap_compare: Compare, store: Store, clock: SetClock, morning: Morning, size: tuple[int, int]
) -> None:
    app = NeedleApp(store, clock)
    steps = press("ctrl+p", wait_for_workers=True)
    assert snap_compare(app, terminal_size=size, run_before=steps)


@pytest.mark.parametrize("theme", ["needle-light", "ansi-dark", "nord"])
def test_other_themes(
    picture: Picture,
    store: Store,
    clock: SetClock,
    morning: Morning,
    theme: str,
) -> None:
    from needlemover.config import Config

    app = NeedleApp(store, clock, config=Config(theme=theme))
    picture(app, terminal_size=(120, 40))
