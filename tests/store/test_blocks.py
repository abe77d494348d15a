"""Beginning and ending call blocks, and what they brought."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from needlemover.domain.calls.block import BlockSum
from needlemover.domain.calls.entry import Outcome
from needlemover.domain.errors import NeedleError
from needlemover.store.calls.new_entry import NewEntry
from needlemover.store.store import Store

from ..conftest import BERLIN, SetClock, terms


@pytest.fixture
def sales(store: Store) -> int:
    return store.activities.add("Sales", terms(60), is_sales=True).id


def dial(store: Store, clock: SetClock, outcome: Outcome, minutes: int = 0) -> None:
    started = clock.now()
    clock.pass_by(minutes=minutes)
    store.entries.log(NewEntry(None, started_at=started, seconds=minutes * 60, outcome=outcome))


def block(
    store: Store, clock: SetClock, dials: int, talks: int
) -> tuple[BlockSum, BlockSum | None]:
    begun = store.blocks.start(50 * 60)
    for _ in range(talks):
        dial(store, clock, Outcome.TALKED, 3)
    for _ in range(dials - talks):
        clock.pass_by(seconds=30)
        dial(store, clock, Outcome.NO_ANSWER)
    clock.set(begun.ends_at.astimezone(BERLIN).replace(tzinfo=None))
    return store.blocks.end(begun.started_at)


def test_a_block_says_what_it_brought_and_then_what_is_usual(
    store: Store, clock: SetClock, sales: int
) -> None:
    assert block(store, clock, 5, 2) == (BlockSum(3000, 5, 2), None)
    clock.pass_by(minutes=10)
    dial(store, clock, Outcome.TALKED, 5)
    for dials, talks in ((3, 0), (8, 1)):
        assert block(store, clock, dials, talks)[1] is None
    assert block(store, clock, 1, 1) == (BlockSum(3000, 1, 1), BlockSum(3000, 5, 1, 3))


def test_an_open_one_counts_the_dials_that_began_in_it_on_whatever_day_is_shown(
    store: Store, clock: SetClock, sales: int
) -> None:
    # From 3:30 on, over the day boundary at 4:00, until 4:20.
    clock.set(datetime(2026, 11, 25, 3, 29))
    dial(store, clock, Outcome.TALKED)
    clock.pass_by(minutes=1)
    store.blocks.start(50 * 60)
    for minutes, outcome in ((0, Outcome.TALKED), (49, Outcome.NO_ANSWER), (1, Outcome.TALKED)):
        clock.pass_by(minutes=minutes)
        dial(store, clock, outcome)
    for day in (date(2026, 11, 24), date(2026, 11, 25), date(2026, 11, 26)):
        found = store.day(day).block
        assert found is not None
        assert (found.dials, found.conversations) == (2, 1)


def test_numbers_tell_hours_in_blocks_from_those_outside(
    store: Store, clock: SetClock, sales: int
) -> None:
    assert store.numbers.snapshot().blocks is None
    block(store, clock, 6, 3)
    clock.pass_by(hours=2)
    dial(store, clock, Outcome.TALKED, 5)
    dial(store, clock, Outcome.NO_ANSWER)
    found = store.numbers.snapshot().blocks
    assert found is not None
    assert found.inside == BlockSum(3000, 6, 3, 1)
    assert found.outside == BlockSum(3600, 2, 1, 0)


def test_an_hour_outside_is_one_of_the_clock_where_the_call_was(
    store: Store, clock: SetClock, sales: int
) -> None:
    # 9:10 and 9:50 in India are 3:40 and 4:20 UTC: one hour of its clock.
    clock.set(datetime(2026, 11, 24, 8), ZoneInfo("Asia/Kolkata"))
    begun = store.blocks.start(60 * 60)
    dial(store, clock, Outcome.TALKED, 5)
    clock.pass_by(minutes=55)
    store.blocks.end(begun.started_at)
    clock.pass_by(minutes=10)
    dial(store, clock, Outcome.NO_ANSWER)
    clock.pass_by(minutes=40)
    dial(store, clock, Outcome.NO_ANSWER)
    found = store.numbers.snapshot().blocks
    assert found is not None
    assert found.inside == BlockSum(3600, 1, 1, 1)
    assert found.outside == BlockSum(3600, 2, 0, 0)


def test_it_fills_no_quota_and_undo_takes_it_back(
    store: Store, clock: SetClock, sales: int
) -> None:
    before = store.day()
    begun = store.blocks.start(3000)
    shown = store.day()
    assert shown.block == begun
    assert (shown.sales, shown.status, shown.entries) == (before.sales, before.status, ())
    store.journal.undo()
    assert store.day().block is None


@pytest.mark.parametrize("planned", [0, 59, 12 * 3600 + 1])
def test_no_block_of_no_length_or_of_all_day(store: Store, planned: int) -> None:
    with pytest.raises(NeedleError, match="between a minute and 12 hours"):
        store.blocks.start(planned)


def test_two_terminals_have_one_block_and_one_end(
    store: Store, again: Callable[[], Store], clock: SetClock
) -> None:
    begun, other = store.blocks.start(3000), again()
    with pytest.raises(NeedleError, match="open already"):
        other.blocks.start(3000)
    clock.pass_by(minutes=20)
    other.blocks.end(begun.started_at)
    with pytest.raises(NeedleError, match="Another terminal"):
        store.blocks.end(begun.started_at)
    with pytest.raises(NeedleError, match="Another terminal"):
        store.blocks.discard(begun.started_at)
    assert store.blocks.last_planned() == 3000


def test_being_seen_is_no_change_and_discarding_is_one(store: Store, clock: SetClock) -> None:
    begun = store.blocks.start(3000)
    version = store.version
    clock.pass_by(minutes=5)
    store.blocks.seen()
    assert store.version == version
    assert store.blocks.last_seen() == begun.started_at + timedelta(minutes=5)
    store.blocks.discard(begun.started_at)
    assert store.day().block is None
    store.journal.undo()
    assert store.day().block == begun
