"""What is kept of the days before today is what would be worked out anew."""

import sqlite3
from collections.abc import Callable
from datetime import date, datetime

import pytest

from needlemover.domain.calls.entry import Outcome
from needlemover.domain.promises.commitment import MONDAY_TO_FRIDAY
from needlemover.store.calls.new_entry import NewEntry
from needlemover.store.store import Store

from ..conftest import SetClock, terms


@pytest.fixture
def kept(store: Store, clock: SetClock) -> Store:
    """Two weeks of calls, some of them missed, and what is worked out of them kept."""
    clock.set(datetime(2026, 11, 9, 9, 0))
    sales = store.activities.add("Sales", terms(60, days=MONDAY_TO_FRIDAY), is_sales=True)
    film = store.activities.add("Film", terms())
    for day in (9, 10, 11, 13, 16, 17, 18, 20, 23):
        clock.set(datetime(2026, 11, day, 17, 0))
        store.entries.tick(film.id)
        ask = NewEntry(sales.id, seconds=60 * (50 + day), outcome=Outcome.ASKED, contact="A")
        store.entries.log(ask)
    clock.set(datetime(2026, 11, 24, 15, 40))
    store.day()
    store.days.keep()
    return store


def kept_rows(store: Store) -> int:
    with sqlite3.connect(store.path) as connection:
        (count,) = connection.execute("SELECT count(*) FROM kept_past").fetchone()
    connection.close()
    return int(count)


def reopened(store: Store, clock: SetClock) -> Store:
    return Store(store.path, clock)


def test_a_day_is_shown_the_same_from_what_was_kept(kept: Store, clock: SetClock) -> None:
    assert kept_rows(kept) == 1
    other = reopened(kept, clock)
    assert other.day() == kept.day()
    assert other.day(date(2026, 11, 18)) == kept.day(date(2026, 11, 18))
    assert other.day(date(2026, 11, 26)) == kept.day(date(2026, 11, 26))
    assert other.streaks() == kept.streaks()
    other.close()


def test_entries_of_today_leave_it_kept(kept: Store, clock: SetClock) -> None:
    kept.entries.log(NewEntry(None, seconds=600))
    kept.journal.undo()
    kept.timer.start()
    kept.timer.stop()
    assert kept_rows(kept) == 1


@pytest.mark.parametrize(
    "change",
    [
        lambda store: store.entries.log(NewEntry(None, day=date(2026, 11, 19), seconds=3600)),
        lambda store: store.entries.delete(store.day(date(2026, 11, 18)).entries[0].id),
        lambda store: store.activities.add("Write", terms()),
        lambda store: store.activities.edit(1, name="Calls"),
        lambda store: store.activities.edit(1, terms=terms(90)),
        lambda store: store.days_off.add(date(2026, 11, 12)),
        lambda store: store.set_setting("first_weekday", "sunday"),
        lambda store: store.entries.settle(store.entries.open_asks()[-1].id, Outcome.LOST),
    ],
)
def test_what_changes_the_past_lets_go_of_it(
    kept: Store, clock: SetClock, change: Callable[[Store], object]
) -> None:
    change(kept)
    assert kept_rows(kept) == 0
    kept.days.keep()
    assert kept_rows(kept) == 0  # nothing new was worked out yet
    shown = kept.day()
    kept.days.keep()
    other = reopened(kept, clock)
    assert other.day() == shown
    other.close()
    kept.journal.undo()
    assert kept_rows(kept) == 0


def test_what_another_terminal_changes_meanwhile_is_not_kept(
    store: Store, kept: Store, clock: SetClock
) -> None:
    kept.activities.edit(1, name="Calls")
    kept.day()
    other = reopened(kept, clock)
    other.entries.log(NewEntry(None, day=date(2026, 11, 19), seconds=3600))
    kept.days.keep()
    assert kept_rows(kept) == 0
    other.close()


def test_on_the_next_day_it_is_worked_out_anew(kept: Store, clock: SetClock) -> None:
    clock.set(datetime(2026, 11, 25, 9, 0))
    shown = kept.day()
    assert shown.sales is not None
    assert shown.sales.yesterday_seconds == 0
    kept.days.keep()
    assert kept_rows(kept) == 1
    clock.set(datetime(2026, 11, 24, 23, 0))
    assert kept.day().today == date(2026, 11, 24)
