"""What is kept of the days before today is there as long as it is true.

That it is what would be worked out anew is shown for all commands in `test_remembered`.
"""

from collections.abc import Callable
from datetime import date, datetime

import pytest

from needlemover.domain.calls.entry import Outcome
from needlemover.domain.promises.commitment import MONDAY_TO_FRIDAY
from needlemover.store.calls.new_entry import NewEntry
from needlemover.store.store import Store

from ..conftest import SetClock, terms
from .conftest import keep, sql


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
    keep(store)
    return store


def kept_for(store: Store) -> list[str]:
    return [day for (day,) in sql(store.path, "SELECT day FROM kept_past")]


def reopened(store: Store, clock: SetClock) -> Store:
    return Store(store.path, clock)


def test_a_day_is_shown_the_same_from_what_was_kept(kept: Store, clock: SetClock) -> None:
    assert kept_for(kept) == ["2026-11-24"]
    other = reopened(kept, clock)
    assert other.day() == kept.day()
    assert other.day(date(2026, 11, 18)) == kept.day(date(2026, 11, 18))
    assert other.day(date(2026, 11, 26)) == kept.day(date(2026, 11, 26))
    assert other.progress.streaks() == kept.progress.streaks()
    other.close()


def test_entries_of_today_leave_it_kept(kept: Store, clock: SetClock) -> None:
    kept.entries.log(NewEntry(None, seconds=600))
    kept.journal.undo()
    kept.timer.start()
    kept.timer.stop()
    assert kept_for(kept) == ["2026-11-24"]


@pytest.mark.parametrize(
    "change",
    [
        lambda store: store.entries.log(NewEntry(None, day=date(2026, 11, 19), seconds=3600)),
        lambda store: store.entries.delete(store.day(date(2026, 11, 18)).entries[0].id),
        lambda store: store.activities.add("Write", terms()),
        lambda store: store.activities.edit(1, name="Calls"),
        lambda store: store.activities.edit(1, terms=terms(90)),
        lambda store: store.days_off.add(date(2026, 11, 12)),
        lambda store: store.entries.settle(store.entries.open_asks()[-1].id, Outcome.LOST),
    ],
)
def test_what_changes_the_past_lets_go_of_it(
    kept: Store, clock: SetClock, change: Callable[[Store], object]
) -> None:
    change(kept)
    assert kept_for(kept) == []
    shown = kept.day()
    keep(kept)
    assert kept_for(kept) == ["2026-11-24"]
    other = reopened(kept, clock)
    assert other.day() == shown
    other.close()
    kept.journal.undo()
    assert kept_for(kept) == []


def test_looking_keeps_nothing(kept: Store, clock: SetClock) -> None:
    clock.set(datetime(2026, 11, 25, 9, 0))
    before = kept.path.read_bytes()
    for day in (None, date(2026, 11, 19), date(2026, 11, 27)):
        kept.day(day)
    kept.progress.streaks()
    assert kept.path.read_bytes() == before
    assert kept_for(kept) == ["2026-11-24"]


def test_an_answer_to_an_ask_of_today_leaves_it_kept(kept: Store) -> None:
    ask = kept.entries.log(NewEntry(1, seconds=60, outcome=Outcome.ASKED)).entry
    kept.entries.settle(ask.id, Outcome.WON)
    assert kept_for(kept) == ["2026-11-24"]


def test_another_first_weekday_lets_go_of_it_and_changes_nothing_of_it(
    kept: Store, clock: SetClock
) -> None:
    strip, streak = kept.day().strip, kept.day().streak
    kept.choices.set("first_weekday", "sunday")
    assert kept_for(kept) == []
    assert (kept.day().strip, kept.day().streak) == (strip, streak)
    keep(kept)
    clock.set(datetime(2026, 12, 8, 9, 0))  # the weeks turned on Sunday the 6th
    carried = reopened(kept, clock)
    shown = carried.day()
    carried.close()
    sql(kept.path, "DELETE FROM kept_past")
    anew = reopened(kept, clock)
    assert anew.day() == shown
    anew.close()


@pytest.mark.parametrize("facts", ["''", "'{}'", "'[]'", "7", "x'ff00'", "substr(facts, 1, 99)"])
def test_what_cannot_be_read_is_worked_out_anew(kept: Store, clock: SetClock, facts: str) -> None:
    shown = kept.day()
    sql(kept.path, f"UPDATE kept_past SET facts = {facts}")
    other = reopened(kept, clock)
    assert other.day() == shown
    keep(other)
    other.close()
    assert sql(kept.path, "SELECT count(*) FROM kept_past WHERE facts LIKE '{%}'") == [(1,)]


def test_another_program_that_writes_lets_go_of_it(kept: Store) -> None:
    sql(kept.path, "UPDATE entry SET seconds = 1 WHERE day = '2026-11-23'")
    assert kept_for(kept) == []


def test_on_the_next_day_it_is_carried_on_with_the_first_change(
    kept: Store, clock: SetClock
) -> None:
    clock.set(datetime(2026, 11, 25, 9, 0))
    shown = kept.day()
    assert shown.sales is not None
    assert shown.sales.yesterday_seconds == 0
    assert kept_for(kept) == ["2026-11-24"]
    kept.timer.start()
    assert kept_for(kept) == ["2026-11-25"]
    clock.set(datetime(2026, 11, 24, 23, 0))
    assert kept.day().today == date(2026, 11, 24)
