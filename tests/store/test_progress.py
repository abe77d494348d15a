"""What the store hands Progress: all days with today, late entries, reasons, reviews."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest

from needlemover.domain.calls.entry import Outcome
from needlemover.domain.errors import NeedleError, WrongUsageError
from needlemover.domain.progress.record import DayRecord, record
from needlemover.domain.progress.review import Period, PeriodTotals
from needlemover.domain.promises.commitment import ActivityFact
from needlemover.domain.promises.status import Status
from needlemover.store.calls.new_entry import NewEntry
from needlemover.store.store import Store

from ..conftest import SetClock, terms
from .conftest import keep, sql

TODAY = date(2026, 11, 24)
YESTERDAY, MONDAY_BEFORE = TODAY - timedelta(days=1), TODAY - timedelta(days=8)


@pytest.fixture
def habit(store: Store) -> ActivityFact:
    """A plain tick, every day for four weeks."""
    return store.activities.add("Film", terms(), start=TODAY - timedelta(days=28))


@pytest.fixture
def talks(store: Store) -> ActivityFact:
    """Twenty minutes with buyers, every day for four weeks."""
    start = TODAY - timedelta(days=28)
    return store.activities.add("Calls", terms(20), is_sales=True, start=start)


def kept(store: Store, day: date, activity_id: int | None = None) -> DayRecord:
    (found,) = record(store.progress.record(), day, day, activity_id)
    return found


def called(
    store: Store, of: ActivityFact, day: date, minutes: int, outcome: Outcome = Outcome.TALKED,
    **facts: object,
) -> None:  # fmt: skip
    store.entries.log(
        NewEntry(of.id, day=day, seconds=minutes * 60, count=1, outcome=outcome, **facts)
    )


def test_the_record_holds_today_as_it_stands(store: Store, habit: ActivityFact) -> None:
    assert kept(store, TODAY).status is Status.OPEN
    store.entries.tick(habit.id)
    assert kept(store, TODAY).status is Status.WON
    store.journal.undo()
    assert kept(store, TODAY).status is Status.OPEN


def test_the_past_is_read_anew_when_it_changes(store: Store, habit: ActivityFact) -> None:
    assert kept(store, YESTERDAY).status is Status.MISSED
    store.entries.tick(habit.id, day=YESTERDAY)
    assert kept(store, YESTERDAY).status is Status.WON


def test_what_another_process_does_is_seen(
    store: Store, again: Callable[[], Store], habit: ActivityFact
) -> None:
    assert kept(store, YESTERDAY).status is Status.MISSED
    other = again()
    other.entries.tick(habit.id, day=YESTERDAY)
    other.progress.note_reason("Flu", YESTERDAY - timedelta(days=1))
    assert kept(store, YESTERDAY).status is Status.WON
    assert kept(store, YESTERDAY).late
    assert kept(store, YESTERDAY - timedelta(days=1)).reason == "Flu"


def test_what_was_kept_for_the_opening_goes_well_with_the_whole_history(
    store: Store, again: Callable[[], Store], habit: ActivityFact
) -> None:
    store.entries.tick(habit.id, day=YESTERDAY)
    store.entries.tick(habit.id)
    expected = store.progress.record()
    keep(store)
    other = again()
    today = other.day()
    assert other.progress.record() == expected
    assert other.day() == today
    assert other.day(YESTERDAY) == store.day(YESTERDAY)
    assert other.progress.streaks() == store.progress.streaks()


def test_the_record_moves_on_at_the_day_boundary(
    store: Store, clock: SetClock, habit: ActivityFact
) -> None:
    store.entries.tick(habit.id)
    assert store.progress.record().today == TODAY
    clock.set(datetime(2026, 11, 25, 5, 0))
    snapshot = store.progress.record()
    assert snapshot.today == TODAY + timedelta(days=1)
    assert kept(store, TODAY).status is Status.WON
    assert kept(store, snapshot.today).status is Status.OPEN


def test_only_what_was_entered_on_a_later_day_is_late(
    store: Store, habit: ActivityFact, talks: ActivityFact
) -> None:
    store.entries.tick(habit.id)
    store.entries.tick(habit.id, day=YESTERDAY)
    assert kept(store, YESTERDAY, habit.id).late
    assert kept(store, YESTERDAY).late
    assert not kept(store, YESTERDAY, talks.id).late
    assert not kept(store, TODAY).late


def test_late_days_are_answered_from_their_index(store: Store) -> None:
    from needlemover.store.progress.progress import _LATE

    plan = " ".join(row[-1] for row in sql(store.path, f"EXPLAIN QUERY PLAN {_LATE}"))
    assert "INDEX entry_late" in plan


def test_a_reason_is_noted_changed_and_taken_away(store: Store, habit: ActivityFact) -> None:
    store.progress.note_reason("  Flu ", YESTERDAY)
    assert kept(store, YESTERDAY).reason == "Flu"
    store.progress.note_reason("Trade fair", YESTERDAY)
    assert kept(store, YESTERDAY).reason == "Trade fair"
    store.progress.note_reason("", YESTERDAY)
    assert kept(store, YESTERDAY).reason == ""
    assert sql(store.path, "SELECT count(*) FROM missed_reason") == [(0,)]


def test_a_reason_can_be_undone_and_redone(store: Store, habit: ActivityFact) -> None:
    store.progress.note_reason("Flu", YESTERDAY)
    store.progress.note_reason("Trade fair", YESTERDAY)
    assert store.journal.undo() == "Noted why 2026-11-23 was missed"
    assert kept(store, YESTERDAY).reason == "Flu"
    store.journal.undo()
    assert kept(store, YESTERDAY).reason == ""
    store.journal.redo()
    assert kept(store, YESTERDAY).reason == "Flu"


def test_taking_away_no_reason_is_no_step(store: Store, habit: ActivityFact) -> None:
    steps = len(store.journal.steps())
    store.progress.note_reason(" ", YESTERDAY)
    assert len(store.journal.steps()) == steps


def test_a_part_of_a_day_may_have_a_reason(
    store: Store, habit: ActivityFact, talks: ActivityFact
) -> None:
    store.entries.tick(habit.id, day=YESTERDAY)
    store.progress.note_reason("No buyers", YESTERDAY)
    assert (kept(store, YESTERDAY).status, kept(store, YESTERDAY).reason) == (
        Status.PART, "No buyers",
    )  # fmt: skip


def test_a_reason_is_refused_where_nothing_was_missed(store: Store, habit: ActivityFact) -> None:
    store.entries.tick(habit.id, day=YESTERDAY)
    for day, words in (
        (TODAY, "Today is not over"),
        (TODAY + timedelta(days=1), "is to come"),
        (YESTERDAY, "was not missed (won)"),
        (date(2020, 1, 1), "was not missed (untracked)"),
    ):
        with pytest.raises(NeedleError) as error:
            store.progress.note_reason("Flu", day)
        assert words in str(error.value)
    assert sql(store.path, "SELECT count(*) FROM missed_reason") == [(0,)]


def test_a_reason_may_be_taken_away_from_a_day_that_was_met_later(
    store: Store, habit: ActivityFact
) -> None:
    store.progress.note_reason("Flu", YESTERDAY)
    store.entries.tick(habit.id, day=YESTERDAY)
    store.progress.note_reason("", YESTERDAY)
    assert kept(store, YESTERDAY).reason == ""


def test_a_reason_without_end_is_refused(store: Store, habit: ActivityFact) -> None:
    with pytest.raises(WrongUsageError):
        store.progress.note_reason("x" * 10_001, YESTERDAY)


def test_a_review_adds_up_dials_and_money_of_its_days_alone(
    store: Store, talks: ActivityFact
) -> None:
    called(store, talks, MONDAY_BEFORE, 20, Outcome.WON, amount=120000)
    called(store, talks, MONDAY_BEFORE, 0, Outcome.NO_ANSWER)
    called(store, talks, MONDAY_BEFORE + timedelta(days=6), 5, Outcome.ASKED)
    called(store, talks, MONDAY_BEFORE - timedelta(days=1), 60, Outcome.WON, amount=5)
    called(store, talks, MONDAY_BEFORE + timedelta(days=7), 60, Outcome.WON, amount=7)
    found = store.progress.review(Period.WEEK, MONDAY_BEFORE + timedelta(days=3))
    assert (found.start, found.end) == (MONDAY_BEFORE, MONDAY_BEFORE + timedelta(days=6))
    assert found.totals == PeriodTotals(dials=3, money=120000)
    assert (found.seconds, found.conversations) == (25 * 60, 2)
    assert (found.due, found.met) == (7, 1)


def test_an_answer_and_a_refund_are_no_dials_but_money(store: Store, talks: ActivityFact) -> None:
    called(store, talks, YESTERDAY, 5, Outcome.ASKED)
    (ask,) = store.day(YESTERDAY).entries
    store.entries.settle(ask.id, Outcome.WON, amount=9000)
    found = store.progress.review(Period.WEEK)
    assert found.totals == PeriodTotals(dials=1, money=9000)
    assert found.conversations == 1


def test_a_review_of_an_empty_file_is_empty(store: Store) -> None:
    found = store.progress.review(Period.MONTH)
    assert (found.start, found.end) == (date(2026, 11, 1), date(2026, 11, 30))
    assert (found.due, found.activities, found.totals) == (0, (), PeriodTotals())
