"""What a person sees, at two sizes. Look at each picture before taking a new one."""

from datetime import datetime, timedelta

import pytest

from needlemover.domain.entry import Outcome
from needlemover.store import NewEntry, Store
from needlemover.tui.app import NeedleApp

from ..conftest import SetClock, terms
from .conftest import TODAY, Morning
from .hostile import HOSTILE
from .pictures import Compare, press
from .test_weekly import fill_week


def test_first_opening(
    snap_compare: Compare, store: Store, clock: SetClock, size: tuple[int, int]
) -> None:
    assert snap_compare(NeedleApp(store, clock), terminal_size=size)


def test_skipped_first_opening(
    snap_compare: Compare, store: Store, clock: SetClock, size: tuple[int, int]
) -> None:
    app = NeedleApp(store, clock)
    assert snap_compare(app, terminal_size=size, run_before=press("escape"))


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
    snap_compare: Compare, store: Store, clock: SetClock, morning: Morning, size: tuple[int, int]
) -> None:
    store.timer.start(morning.sales, contact="Acme Corp")
    clock.pass_by(minutes=3, seconds=12)
    app = NeedleApp(store, clock)
    assert snap_compare(app, terminal_size=size, run_before=press("c"))


def test_outcome_dialog_with_its_fields(
    snap_compare: Compare, store: Store, clock: SetClock, morning: Morning, size: tuple[int, int]
) -> None:
    store.timer.start(morning.sales, contact="Acme Corp")
    clock.pass_by(minutes=3, seconds=12)
    app = NeedleApp(store, clock)
    assert snap_compare(app, terminal_size=size, run_before=press("c", "dollar_sign", "9", "0"))


def test_promises_by_the_week(
    snap_compare: Compare, store: Store, clock: SetClock, morning: Morning, size: tuple[int, int]
) -> None:
    fill_week(store, clock)
    app = NeedleApp(store, clock)
    assert snap_compare(app, terminal_size=size, run_before=press(*["down"] * 4))


def test_today_or_never(
    snap_compare: Compare, store: Store, clock: SetClock, morning: Morning, size: tuple[int, int]
) -> None:
    fill_week(store, clock)
    clock.set(datetime(2026, 11, 29, 15, 40))
    assert snap_compare(NeedleApp(store, clock), terminal_size=size)


def test_won_day(
    snap_compare: Compare, store: Store, clock: SetClock, morning: Morning, size: tuple[int, int]
) -> None:
    store.entries.log(NewEntry(morning.sales, seconds=2400, count=6))
    store.entries.log(NewEntry(morning.mastermind, seconds=1860))
    assert snap_compare(NeedleApp(store, clock), terminal_size=size)


def test_past_day(
    snap_compare: Compare, store: Store, clock: SetClock, morning: Morning, size: tuple[int, int]
) -> None:
    app = NeedleApp(store, clock)
    assert snap_compare(app, terminal_size=size, run_before=press(*["left"] * 14))


def test_day_to_come(
    snap_compare: Compare, store: Store, clock: SetClock, morning: Morning, size: tuple[int, int]
) -> None:
    app = NeedleApp(store, clock)
    assert snap_compare(app, terminal_size=size, run_before=press("right"))


def test_rest_day(
    snap_compare: Compare, store: Store, clock: SetClock, morning: Morning, size: tuple[int, int]
) -> None:
    clock.set(datetime(2026, 11, 28, 10, 0))
    assert snap_compare(NeedleApp(store, clock), terminal_size=size)


def test_day_off(
    snap_compare: Compare, store: Store, clock: SetClock, morning: Morning, size: tuple[int, int]
) -> None:
    store.days_off.add(TODAY, TODAY + timedelta(days=2), reason="Fair in [b]Graz[/b]")
    assert snap_compare(NeedleApp(store, clock), terminal_size=size)


def test_hostile_names(
    snap_compare: Compare, store: Store, clock: SetClock, size: tuple[int, int]
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
    assert snap_compare(NeedleApp(store, clock), terminal_size=size)


def test_missed_days(
    snap_compare: Compare, store: Store, clock: SetClock, morning: Morning, size: tuple[int, int]
) -> None:
    clock.set(datetime(2026, 11, 27, 8, 0))
    app = NeedleApp(store, clock)
    assert snap_compare(app, terminal_size=size, run_before=press("down"))


def test_timer_found_after_a_gap(
    snap_compare: Compare, store: Store, clock: SetClock, morning: Morning, size: tuple[int, int]
) -> None:
    store.timer.start(morning.sales, contact="Acme Corp", watched=True)
    clock.pass_by(minutes=70)
    assert snap_compare(NeedleApp(store, clock), terminal_size=size)


@pytest.mark.parametrize("key", ["a", "l", "s", "question_mark"])
def test_dialogs(
    snap_compare: Compare,
    store: Store,
    clock: SetClock,
    morning: Morning,
    size: tuple[int, int],
    key: str,
) -> None:
    app = NeedleApp(store, clock)
    assert snap_compare(app, terminal_size=size, run_before=press(key))


@pytest.mark.parametrize("theme", ["needle-light", "ansi-dark", "nord"])
def test_other_themes(
    snap_compare: Compare,
    store: Store,
    clock: SetClock,
    morning: Morning,
    theme: str,
) -> None:
    from needlemover.config import Look

    app = NeedleApp(store, clock, look=Look(theme=theme))
    assert snap_compare(app, terminal_size=(120, 40))
