"""The one timer: starting, stopping, when it was last seen, and clocks that are set back."""

import sqlite3
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from msgspec import structs

from needlemover.domain.calls.entry import Outcome
from needlemover.domain.errors import NeedleError, WrongUsageError
from needlemover.domain.promises.commitment import ActivityFact
from needlemover.store.calls.new_entry import NewEntry
from needlemover.store.care.checks import run_checks
from needlemover.store.store import Store

from ..conftest import SetClock
from .conftest import dump, sql

TODAY = date(2026, 11, 24)


def local(hour: int, minute: int = 0, day: int = 24) -> datetime:
    """An instant of November in Berlin."""
    return datetime(2026, 11, day, hour, minute, tzinfo=ZoneInfo("Europe/Berlin")).astimezone(UTC)


def test_a_call_is_timed_and_logged(store: Store, calls: ActivityFact, clock: SetClock) -> None:
    started = store.timer.start(calls.id, contact=" Acme  Corp ")
    assert (started.name, started.contact, started.is_sales) == (calls.name, "Acme Corp", True)
    assert store.day().running == started
    clock.pass_by(minutes=3, seconds=12)
    entry = store.timer.stop(Outcome.MEETING_SET, amount=500, note="Thursday").entry
    assert (entry.seconds, entry.outcome, entry.contact) == (192, Outcome.MEETING_SET, "Acme Corp")
    assert (entry.amount, entry.note, entry.started_at) == (500, "Thursday", local(15, 40))
    assert (store.day().running, store.day().entries) == (None, (entry,))


def test_no_activity_is_the_first_sales_activity_and_no_outcome_is_talked(
    store: Store, film: ActivityFact, calls: ActivityFact
) -> None:
    assert store.timer.start().activity_id == calls.id
    assert store.timer.stop().entry.outcome is Outcome.TALKED


def test_time_on_another_activity_has_no_outcome(
    store: Store, film: ActivityFact, clock: SetClock
) -> None:
    store.timer.start(film.id)
    clock.pass_by(minutes=5)
    entry = store.timer.stop(Outcome.WON).entry
    assert (entry.outcome, entry.seconds) == (None, 300)


def test_a_second_timer_is_refused_with_what_runs(
    store: Store, film: ActivityFact, calls: ActivityFact, clock: SetClock
) -> None:
    store.timer.start(calls.id, contact="Acme")
    clock.pass_by(minutes=3)
    with pytest.raises(NeedleError) as refusal:
        store.timer.start(film.id)
    assert str(refusal.value) == (
        "“Sales conversations” with “Acme” runs already, since 15:40 (3 min). Stop it first."
    )


def test_a_second_timer_is_refused_by_the_database_itself(
    store: Store, calls: ActivityFact
) -> None:
    store.timer.start(calls.id)
    row = "(id, activity_id, day, started_at, utc_offset)"
    for timer_id in (1, 2):
        with pytest.raises(sqlite3.IntegrityError):
            sql(store.path, f"INSERT INTO timer {row} VALUES ({timer_id}, 1, 'x', 'x', 0)")
    assert sql(store.path, "SELECT count(*) FROM timer") == [(1,)]


def test_every_terminal_sees_it_and_can_stop_it(
    store: Store, calls: ActivityFact, again: Callable[[], Store], clock: SetClock
) -> None:
    other = again()
    running = store.timer.start(calls.id)
    assert other.timer.running() == running
    with pytest.raises(NeedleError, match="runs already"):
        other.timer.start(calls.id)
    clock.pass_by(minutes=1)
    assert other.timer.stop().entry.seconds == 60
    with pytest.raises(NeedleError, match="No timer runs"):
        store.timer.stop()


def test_without_a_timer_it_says_so(store: Store, calls: ActivityFact) -> None:
    for act in (store.timer.stop, store.timer.discard, lambda: store.timer.name_contact("x")):
        with pytest.raises(NeedleError, match="No timer runs"):
            act()
    store.timer.seen()
    assert store.timer.running() is None


def test_a_call_over_the_boundary_belongs_to_the_day_it_started_in_and_is_not_late(
    store: Store, calls: ActivityFact, clock: SetClock
) -> None:
    clock.set(datetime(2026, 11, 25, 3, 50))
    assert store.timer.start(calls.id).day == TODAY
    clock.pass_by(minutes=30)
    entry = store.timer.stop().entry
    assert (entry.day, entry.seconds, entry.late) == (TODAY, 1800, False)
    assert store.day().entries == ()
    assert store.day(TODAY).entries == (entry,)


def test_a_call_over_the_change_of_clocks_has_its_real_length(
    store: Store, calls: ActivityFact, clock: SetClock
) -> None:
    clock.set(datetime(2027, 3, 28, 1, 50))
    store.timer.start(calls.id)
    clock.set(datetime(2027, 3, 28, 3, 10))
    assert store.timer.stop().entry.seconds == 20 * 60


def test_a_call_over_a_border_has_its_real_length_and_the_clock_it_began_with(
    store: Store, calls: ActivityFact, clock: SetClock
) -> None:
    store.timer.start(calls.id)
    clock.set(datetime(2026, 11, 24, 14, 50), ZoneInfo("Europe/London"))
    entry = store.timer.stop().entry
    assert entry.seconds == 600
    assert (entry.started_at, entry.utc_offset) == (local(15, 40), 3600)


def test_a_call_that_flies_west_over_the_date_line_can_be_stopped_and_noted(
    store: Store, calls: ActivityFact, clock: SetClock
) -> None:
    clock.set(datetime(2026, 11, 26, 10), ZoneInfo("Pacific/Auckland"))
    store.timer.start(calls.id)
    clock.set(datetime(2026, 11, 25, 14), ZoneInfo("America/Los_Angeles"))
    entry = store.timer.stop().entry
    assert (entry.day, entry.utc_offset) == (date(2026, 11, 26), 13 * 3600)
    assert entry.seconds == 3600
    assert store.today == date(2026, 11, 25)
    noted = store.entries.edit(entry.id, note="From the plane").entry
    assert (noted.day, noted.note) == (entry.day, "From the plane")
    assert run_checks(store.path, clock).wrong == ()


def test_it_can_have_begun_and_ended_earlier(store: Store, calls: ActivityFact) -> None:
    assert store.timer.start(calls.id, at=local(15)).started_at == local(15)
    assert store.timer.stop(at=local(15, 30)).entry.seconds == 1800


def test_a_start_of_yesterday_is_of_yesterday(store: Store, calls: ActivityFact) -> None:
    assert store.timer.start(calls.id, at=local(23, day=23)).day == date(2026, 11, 23)


def test_what_cannot_be_is_refused_and_the_timer_runs_on(store: Store, calls: ActivityFact) -> None:
    with pytest.raises(WrongUsageError, match="start is still to come"):
        store.timer.start(calls.id, at=local(16))
    with pytest.raises(WrongUsageError, match="type at most 1000"):
        store.timer.start(calls.id, contact="x" * 1001)
    running = store.timer.start(calls.id)
    with pytest.raises(WrongUsageError, match="end is still to come"):
        store.timer.stop(at=local(16))
    with pytest.raises(WrongUsageError, match="before the start at 15:40"):
        store.timer.stop(at=local(15, 39))
    with pytest.raises(WrongUsageError, match="type at most 1000"):
        store.timer.name_contact("x" * 1001)
    assert store.timer.running() == running


def test_a_clock_that_was_set_back_ends_the_call_where_it_began(
    store: Store, calls: ActivityFact, clock: SetClock
) -> None:
    store.timer.start(calls.id)
    clock.pass_by(hours=-1)
    entry = store.timer.stop().entry
    assert (entry.seconds, entry.started_at) == (0, local(15, 40))
    assert store.timer.running() is None


def test_a_call_at_the_same_time_as_another_is_told(
    store: Store, calls: ActivityFact, clock: SetClock
) -> None:
    store.timer.start(calls.id)
    clock.pass_by(minutes=10)
    other = store.entries.log(NewEntry(calls.id, started_at=local(15, 45), seconds=60)).entry
    assert store.timer.stop().overlaps == other


def test_who_is_called_can_be_named_while_it_runs(
    store: Store, calls: ActivityFact, clock: SetClock
) -> None:
    store.timer.start(calls.id)
    assert store.timer.name_contact(" Acme ").contact == "Acme"
    assert store.timer.stop().entry.contact == "Acme"


def test_at_hang_up_the_name_can_be_another_or_none(store: Store, calls: ActivityFact) -> None:
    store.timer.start(calls.id, contact="Acme")
    assert store.timer.stop(contact="Foo").entry.contact == "Foo"
    store.timer.start(calls.id, contact="Acme")
    assert store.timer.stop(contact="").entry.contact == ""


def test_a_discarded_timer_logs_nothing_and_can_be_brought_back(
    store: Store, calls: ActivityFact
) -> None:
    running = store.timer.start(calls.id)
    store.timer.discard()
    assert (store.timer.running(), store.day().entries) == (None, ())
    store.journal.undo()
    assert store.timer.running() == running


# When it was last seen: what tells a gap from a long call.


def test_a_timer_that_an_app_watches_is_seen_from_its_start(
    store: Store, calls: ActivityFact, clock: SetClock
) -> None:
    store.timer.start(calls.id, watched=True)
    assert store.timer.last_seen() == clock.now()


def test_a_timer_that_a_command_started_was_never_seen(store: Store, calls: ActivityFact) -> None:
    store.timer.start(calls.id)
    assert store.timer.last_seen() is None


def test_the_app_writes_when_it_last_saw_it(
    store: Store, calls: ActivityFact, clock: SetClock, again: Callable[[], Store]
) -> None:
    store.timer.start(calls.id)
    clock.pass_by(seconds=30)
    store.timer.seen()
    clock.pass_by(hours=9)
    assert clock.now() - (again().timer.last_seen() or clock.now()) == timedelta(hours=9)


def test_what_was_seen_is_no_change_of_the_users(
    store: Store, calls: ActivityFact, clock: SetClock
) -> None:
    store.timer.start(calls.id, watched=True)
    store.journal.undo()
    before = dump(store.path)
    store.journal.redo()
    clock.pass_by(minutes=2)
    store.timer.seen()
    store.journal.undo()
    assert dump(store.path) == before


def test_the_note_typed_while_it_ran_is_logged_with_it(store: Store, calls: ActivityFact) -> None:
    running = store.timer.start(calls.id)
    steps = store.journal.steps()
    store.timer.keep_draft(running.started_at, " sign-off ")
    assert store.journal.steps() == steps
    running = store.timer.running()
    assert running is not None
    assert running.draft == "sign-off"
    assert store.timer.stop().entry.note == "sign-off"
    store.journal.undo()
    assert store.timer.stop(note="signed").entry.note == "signed"


OVER = "Another terminal or command has ended this already; nothing was changed."


def test_a_note_of_a_call_that_is_over_is_kept_nowhere(
    store: Store, clock: SetClock, calls: ActivityFact
) -> None:
    before = store.timer.start(calls.id)
    store.timer.stop()
    with pytest.raises(NeedleError, match=OVER):
        store.timer.keep_draft(before.started_at, "sign-off")
    clock.pass_by(seconds=1)
    store.timer.start(calls.id)
    with pytest.raises(NeedleError, match=OVER):
        store.timer.keep_draft(before.started_at, "sign-off")
    with pytest.raises(NeedleError, match=OVER):
        store.timer.stop(since=before.started_at)
    assert store.timer.stop().entry.note == ""


def test_who_means_a_timer_that_is_over_leaves_the_next_one_alone(
    store: Store, calls: ActivityFact, clock: SetClock
) -> None:
    meant = store.timer.start().started_at
    store.timer.stop()
    clock.pass_by(seconds=1)
    other = store.timer.start(contact="Acme")
    for act in (
        lambda: store.timer.stop(since=meant),
        lambda: store.timer.discard(meant),
        lambda: store.timer.name_contact("Foo", meant),
    ):
        with pytest.raises(NeedleError, match=OVER):
            act()
    assert store.timer.running() == other
    assert store.timer.discard(other.started_at) == other
    with pytest.raises(NeedleError, match=OVER):
        store.timer.discard(other.started_at)


def test_undo_of_a_name_leaves_the_note_that_is_typed(store: Store, calls: ActivityFact) -> None:
    running = store.timer.start(calls.id)
    store.timer.name_contact("Acme")
    store.timer.keep_draft(running.started_at, "sign-off")
    store.journal.undo()
    assert store.timer.running() == structs.replace(running, draft="sign-off")
    store.timer.keep_draft(running.started_at, "signed")
    store.journal.redo()
    assert store.timer.stop().entry.note == "signed"


def test_a_timer_that_measured_nothing_logs_nothing_and_can_be_brought_back(
    store: Store, film: ActivityFact, clock: SetClock
) -> None:
    running = store.timer.start(film.id)
    assert store.timer.stop() == running
    assert (store.timer.running(), store.day().entries) == (None, ())
    assert store.journal.undo() == "Discarded the timer of “Film one video”"
    clock.pass_by(seconds=30)
    assert store.timer.stop(at=running.started_at) == running
    assert store.day().entries == ()


def test_money_with_no_time_is_money_alone_and_no_tick(store: Store, film: ActivityFact) -> None:
    store.timer.start(film.id)
    entry = store.timer.stop(amount=500).entry
    assert (entry.amount, entry.seconds, entry.count) == (500, 0, 0)
    assert not store.day().activities[0].due.met
