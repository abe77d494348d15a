"""What a person sees of the day as it goes: before and after a start, at its end, after a fall."""

from datetime import datetime, time

import pytest

from needlemover.domain.calls.entry import Outcome
from needlemover.store.calls.new_entry import NewEntry
from needlemover.store.store import Store
from needlemover.tui.app import NeedleApp

from ..conftest import SetClock
from .conftest import Morning
from .picture import Picture, press


@pytest.fixture
def wednesday(store: Store, clock: SetClock, morning: Morning) -> Morning:
    """The morning after a Tuesday that was won, with a start at nine."""
    for _ in range(6):
        store.entries.log(NewEntry(morning.sales, seconds=300, outcome=Outcome.TALKED))
    store.entries.log(NewEntry(morning.mastermind, seconds=1800))
    clock.set(datetime(2026, 11, 25, 8, 0))
    store.activities.edit(morning.sales, starts_at=time(9))
    store.begin_use()
    return morning


@pytest.mark.parametrize(("hour", "minute"), [(8, 50), (9, 28), (15, 10), (15, 50), (19, 0)])
def test_as_the_day_goes(
    picture: Picture, store: Store, clock: SetClock, wednesday: Morning, size: tuple[int, int],
    hour: int, minute: int,
) -> None:  # fmt: skip
    if hour > 15 or (minute == 50 and hour == 15):
        store.entries.log(NewEntry(wednesday.sales, seconds=60, outcome=Outcome.TALKED))
    clock.set(datetime(2026, 11, 25, hour, minute))
    picture(NeedleApp(store, clock), terminal_size=size)


def test_won(
    picture: Picture, store: Store, clock: SetClock, wednesday: Morning, size: tuple[int, int]
) -> None:
    for activity in (wednesday.film, wednesday.newsletter):
        store.entries.tick(activity)
    store.entries.log(NewEntry(wednesday.mastermind, seconds=1800))
    clock.set(datetime(2026, 11, 25, 14, 20))
    for _ in range(10):
        store.entries.log(NewEntry(wednesday.sales, seconds=400, outcome=Outcome.TALKED))
    clock.set(datetime(2026, 11, 25, 16, 0))
    picture(NeedleApp(store, clock), terminal_size=size)


def test_the_morning_after_a_miss(
    picture: Picture, store: Store, clock: SetClock, morning: Morning, size: tuple[int, int]
) -> None:
    clock.set(datetime(2026, 11, 25, 8, 0))
    picture(NeedleApp(store, clock), terminal_size=size, run_before=press("down"))


def test_after_three_weeks(
    picture: Picture, store: Store, clock: SetClock, morning: Morning, size: tuple[int, int]
) -> None:
    clock.set(datetime(2026, 12, 15, 8, 0))
    picture(NeedleApp(store, clock), terminal_size=size)


def test_a_call_block(
    picture: Picture, store: Store, clock: SetClock, wednesday: Morning, size: tuple[int, int]
) -> None:
    clock.set(datetime(2026, 11, 25, 9, 0))
    store.blocks.start(50 * 60)
    clock.set(datetime(2026, 11, 25, 9, 26, 50))
    for outcome in (Outcome.NO_ANSWER, Outcome.TALKED, Outcome.NO_ANSWER):
        new = NewEntry(wednesday.sales, started_at=clock.now(), outcome=outcome, contact="Acme")
        store.entries.log(new)
    picture(NeedleApp(store, clock), terminal_size=size)
