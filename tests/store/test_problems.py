"""Problems in the file: parked, weighed, handed over, and the time that leaks into them."""

import signal
import subprocess
import sys
from collections.abc import Callable
from datetime import date, datetime, timedelta
from itertools import count
from pathlib import Path

import pytest
from msgspec.structs import replace

from needlemover.clock import Clock
from needlemover.domain.calls.entry import Outcome
from needlemover.domain.delegation.problem import (
    Cost,
    CostPer,
    Estimate,
    Every,
    Problem,
    ProblemState,
    Spent,
)
from needlemover.domain.errors import NeedleError, WrongUsageError
from needlemover.domain.promises.commitment import ActivityFact, is_archived
from needlemover.domain.today.snapshot import ProblemAsk
from needlemover.store.calls.new_entry import NewEntry
from needlemover.store.store import Store

from ..conftest import SetClock
from ..forked import instead
from .conftest import dump, sql

TODAY = date(2026, 11, 24)
TOMORROW = TODAY + timedelta(days=1)
INVOICES = Estimate(1800, Every.WEEK, Cost(30_000, CostPer.MONTH), 4 * 3600)


@pytest.fixture
def invoice(store: Store) -> Problem:
    return store.problems.park("Broken invoice")


def test_a_title_is_enough_to_park_a_problem(store: Store) -> None:
    parked = store.problems.park("  Broken   invoice ")
    assert parked == Problem(1, "Broken invoice", TODAY, ProblemState.PARKED, TODAY, Estimate())
    assert store.problems.all() == (parked,)


def test_all_that_is_known_of_a_problem_is_kept(store: Store) -> None:
    parked = store.problems.park("Invoices", INVOICES, candidate="Ana", note="each Friday")
    assert (parked.estimate, parked.candidate, parked.note) == (INVOICES, "Ana", "each Friday")
    assert store.problems.all() == (parked,)


def test_things_pop_up_again_so_that_two_problems_may_share_a_title(store: Store) -> None:
    first, second = store.problems.park("Printer"), store.problems.park("printer")
    assert first.id != second.id


@pytest.mark.parametrize("title", ["", "  ", "\x1b\x07", "\n\t", "\u202e", "x" * 1001])
def test_a_title_that_nobody_could_read_is_refused(store: Store, title: str) -> None:
    with pytest.raises(WrongUsageError) as refusal:
        store.problems.park(title)
    assert str(refusal.value).endswith(".")
    assert store.problems.all() == ()
    assert store.journal.steps() == ()


@pytest.mark.parametrize(
    "estimate",
    [
        Estimate(seconds=-1),
        Estimate(seconds=3_600_001),
        Estimate(handover_seconds=-60),
        Estimate(cost=Cost(-1, CostPer.ONCE)),
        Estimate(cost=Cost(10**15 + 1, CostPer.TIME)),
    ],
)
def test_an_estimate_that_cannot_be_is_refused(store: Store, estimate: Estimate) -> None:
    with pytest.raises(WrongUsageError):
        store.problems.park("Printer", estimate)
    assert store.problems.all() == ()


def test_parking_does_not_touch_a_running_call(
    store: Store, calls: ActivityFact, clock: SetClock
) -> None:
    started = store.timer.start(calls.id, contact="Acme", watched=True)
    clock.pass_by(minutes=2)
    store.problems.park("Broken invoice")
    assert store.timer.running() == started


def test_details_are_said_later_and_taken_back(store: Store, invoice: Problem) -> None:
    changed = store.problems.edit(
        invoice.id, title="Invoices", estimate=INVOICES, candidate="Ana", note="!"
    )
    assert changed == replace(
        invoice, title="Invoices", estimate=INVOICES, candidate="Ana", note="!"
    )
    assert store.journal.undo() == "Changed “Invoices”"
    assert store.problems.all() == (invoice,)
    store.journal.redo()
    assert store.problems.all() == (changed,)


def test_what_became_of_it_has_its_date_and_can_be_undone(
    store: Store, invoice: Problem, clock: SetClock
) -> None:
    clock.set(datetime(2026, 11, 30, 9, 0))
    today, cost = date(2026, 11, 30), Cost(20_000, CostPer.MONTH)
    handed = store.problems.set_state(
        invoice.id, ProblemState.DELEGATED, on=TODAY, to="Ana", real_cost=cost
    )
    assert (handed.state, handed.state_on) == (ProblemState.DELEGATED, TODAY)
    assert (handed.delegated_to, handed.real_cost) == ("Ana", cost)
    done = store.problems.set_state(invoice.id, ProblemState.DONE)
    assert (done.state, done.state_on, done.delegated_to) == (ProblemState.DONE, today, "")
    dropped = store.problems.set_state(invoice.id, ProblemState.DROPPED)
    again = store.problems.set_state(invoice.id, ProblemState.PARKED)
    assert (again.state, again.state_on, again.parked_on) == (ProblemState.PARKED, today, TODAY)
    labels = [store.journal.undo() for _ in range(4)]
    assert labels == [
        "Parked “Broken invoice” again",
        "Dropped “Broken invoice”",
        "Did “Broken invoice” myself",
        "Delegated “Broken invoice”",
    ]
    assert dropped.state is ProblemState.DROPPED
    assert store.problems.all() == (invoice,)


def test_a_state_that_it_has_already_is_refused(store: Store, invoice: Problem) -> None:
    with pytest.raises(NeedleError, match="“Broken invoice” is parked already"):
        store.problems.set_state(invoice.id, ProblemState.PARKED)


def test_only_a_hand_over_can_be_still_to_come(store: Store, invoice: Problem) -> None:
    with pytest.raises(WrongUsageError, match="25 Nov 2026 is still to come"):
        store.problems.set_state(invoice.id, ProblemState.DONE, on=TOMORROW)
    handed = store.problems.set_state(invoice.id, ProblemState.DELEGATED, on=TOMORROW)
    assert handed.state_on == TOMORROW


def test_a_delegated_activity_leaves_the_checklist_from_tomorrow_in_one_step(
    store: Store, film: ActivityFact, clock: SetClock
) -> None:
    clock.set(datetime(2026, 11, 26, 9, 0))
    weighed = store.problems.weigh(film.id)
    assert (weighed.title, weighed.activity_id) == ("Film one video", film.id)
    before = dump(store.path)
    store.problems.set_state(weighed.id, ProblemState.DELEGATED, to="Ana")
    timeline = store.activities.all()[0].timeline
    assert not is_archived(timeline, date(2026, 11, 26))
    assert is_archived(timeline, date(2026, 11, 27))
    assert [item.name for item in store.day().activities] == ["Film one video"]
    assert store.day(date(2026, 11, 27)).activities == ()
    assert [item.title for item in store.problems.all()] == ["Film one video"]
    store.journal.undo()
    after = dump(store.path)
    assert {name: after[name] for name in ("activity", "commitment", "problem")} == {
        name: before[name] for name in ("activity", "commitment", "problem")
    }


def test_an_activity_that_is_parked_again_is_promised_again(
    store: Store, film: ActivityFact, clock: SetClock
) -> None:
    clock.set(datetime(2026, 11, 26, 9, 0))
    weighed = store.problems.weigh(film.id)
    store.problems.set_state(weighed.id, ProblemState.DELEGATED)
    clock.set(datetime(2026, 11, 30, 9, 0))
    assert store.activities.all() == ()
    store.problems.set_state(weighed.id, ProblemState.PARKED)
    (again,) = store.activities.all()
    assert again.timeline[-1].terms == film.timeline[-1].terms
    assert [item.due.due for item in store.day().activities] == [True]


def test_an_activity_is_weighed_once_at_a_time(store: Store, film: ActivityFact) -> None:
    first = store.problems.weigh(film.id)
    assert store.problems.weigh(film.id) == first
    store.problems.set_state(first.id, ProblemState.DROPPED)
    second = store.problems.weigh(film.id)
    assert second.id != first.id
    with pytest.raises(NeedleError, match="weighed anew already"):
        store.problems.set_state(first.id, ProblemState.PARKED)


def test_a_weighed_activity_keeps_its_name_and_its_own_time_of_90_days(
    store: Store, film: ActivityFact
) -> None:
    days = (TODAY - timedelta(days=90), TODAY - timedelta(days=89), TODAY)
    for number, day in enumerate(days, start=1):
        store.entries.log(NewEntry(film.id, day=day, seconds=60 * number))
    store.entries.tick(film.id)
    weighed = store.problems.weigh(film.id)
    assert weighed.spent == (Spent(days[1], 120), Spent(days[2], 180))
    with pytest.raises(NeedleError, match="rename it on Today"):
        store.problems.edit(weighed.id, title="Movies")
    store.activities.edit(film.id, name="Movies")
    assert store.problems.all()[0].title == "Movies"


def test_a_leak_stands_in_the_log_and_is_no_high_value_activity(
    store: Store, invoice: Problem, calls: ActivityFact, clock: SetClock
) -> None:
    before = store.day()
    store.problems.log_leak(invoice.id, 1800, note="bank")
    day = store.day()
    (leak,) = day.entries
    assert (leak.subject, leak.is_leak, leak.activity_id, leak.note) == (
        "Broken invoice", True, None, "bank",
    )  # fmt: skip
    assert (leak.fills_quota, leak.is_dial, leak.late) == (False, False, False)
    assert (day.status, day.activities, day.sales) == (
        before.status, before.activities, before.sales,
    )  # fmt: skip
    assert store.problems.all()[0].spent == (Spent(TODAY, 1800),)


def test_a_leak_is_edited_deleted_and_undone_like_any_entry(
    store: Store, invoice: Problem, film: ActivityFact
) -> None:
    leak = store.problems.log_leak(invoice.id, 1800, day=TODAY - timedelta(days=1)).entry
    assert leak.late
    longer = store.entries.edit(leak.id, seconds=2400).entry
    assert (longer.problem_id, longer.seconds, longer.activity_id) == (invoice.id, 2400, None)
    moved = store.entries.edit(leak.id, activity_id=film.id).entry
    assert (moved.problem_id, moved.activity, moved.fills_quota) == (None, film.name, True)
    store.journal.undo()
    store.entries.delete(leak.id)
    assert store.problems.all() == (invoice,)
    assert store.journal.undo() == "Deleted 40 min, “Broken invoice”"
    assert store.problems.all()[0].spent == (Spent(TODAY - timedelta(days=1), 2400),)


@pytest.mark.parametrize("change", [{"amount": 500}, {"contact": "Acme"}])
def test_a_leak_has_no_buyer_and_no_money(
    store: Store, invoice: Problem, change: dict[str, object]
) -> None:
    leak = store.problems.log_leak(invoice.id, 1800).entry
    with pytest.raises(WrongUsageError, match="no buyer and no money"):
        store.entries.edit(leak.id, **change)
    assert store.day().entries == (leak,)


@pytest.mark.parametrize("seconds", [0, -60, 86_401])
def test_a_leak_of_no_length_is_refused(store: Store, invoice: Problem, seconds: int) -> None:
    with pytest.raises(WrongUsageError):
        store.problems.log_leak(invoice.id, seconds)
    assert store.day().entries == ()


def test_the_one_timer_runs_on_a_problem(
    store: Store, invoice: Problem, calls: ActivityFact, clock: SetClock
) -> None:
    started = store.timer.start(problem_id=invoice.id, watched=True)
    assert (started.kind, started.name, started.problem_id) == (
        "problem", "Broken invoice", invoice.id,
    )  # fmt: skip
    assert (started.activity_id, started.is_sales) == (None, False)
    with pytest.raises(NeedleError, match="“Broken invoice” runs already, since 15:40"):
        store.timer.start(calls.id)
    clock.pass_by(minutes=3, seconds=12)
    leak = store.timer.stop(Outcome.WON).entry
    assert (leak.problem_id, leak.seconds, leak.outcome) == (invoice.id, 192, None)
    assert store.journal.undo() == "Stopped Broken invoice, 3 min 12 s"
    assert store.timer.running() == started
    assert store.timer.last_seen() == clock.now()


def test_the_timer_of_a_weighed_activity_is_the_activity_s(
    store: Store, film: ActivityFact
) -> None:
    weighed = store.problems.weigh(film.id)
    started = store.timer.start(problem_id=weighed.id)
    assert (started.kind, started.activity_id) == ("activity", film.id)
    with pytest.raises(NeedleError, match="log its time on it"):
        store.problems.log_leak(weighed.id, 60)


def test_the_database_itself_refuses_a_timer_on_both_or_on_nothing(
    store: Store, invoice: Problem, film: ActivityFact
) -> None:
    row = "INSERT INTO timer (id, activity_id, problem_id, day, started_at, utc_offset)"
    for subjects in ("NULL, NULL", "1, 1"):
        with pytest.raises(Exception, match="timer_one_subject"):
            sql(store.path, f"{row} VALUES (1, {subjects}, 'x', 'x', 0)")
    assert store.timer.running() is None


def test_today_asks_on_the_day_that_was_said_until_it_is_answered(
    store: Store, film: ActivityFact, clock: SetClock
) -> None:
    invoice = store.problems.park("Broken invoice", INVOICES)
    store.problems.remember_asks({invoice.id: TOMORROW})
    steps = store.journal.steps()
    assert store.day().asks == ()
    clock.set(datetime(2026, 11, 25, 8, 0))
    asked = (ProblemAsk(invoice.id, "Broken invoice", TOMORROW),)
    assert store.day().asks == asked
    assert store.day(TODAY).asks == ()
    assert store.journal.steps() == steps
    store.problems.answer_ask(invoice.id)
    assert store.day().asks == ()
    store.journal.undo()
    assert store.day().asks == asked


def test_the_longest_due_is_asked_about_first(store: Store, clock: SetClock) -> None:
    new, old, coming = (store.problems.park(title, INVOICES).id for title in ("A", "B", "C"))
    later = TOMORROW + timedelta(days=1)
    store.problems.remember_asks({new: TOMORROW, old: TODAY, coming: later})
    clock.set(datetime(2026, 11, 25, 8, 0))
    assert [item.problem_id for item in store.day().asks] == [old, new]


def test_other_details_take_back_the_day_to_ask(store: Store) -> None:
    invoice = store.problems.park("Broken invoice", INVOICES)
    store.problems.remember_asks({invoice.id: TODAY, 99: TODAY})
    assert store.problems.edit(invoice.id, note="x").ask_again_on == TODAY
    changed = store.problems.edit(invoice.id, estimate=replace(INVOICES, seconds=60))
    assert changed.ask_again_on is None
    assert store.day().asks == ()


def test_what_is_not_parked_is_not_asked_about(store: Store, invoice: Problem) -> None:
    store.problems.remember_asks({invoice.id: TODAY})
    store.problems.set_state(invoice.id, ProblemState.DROPPED)
    assert store.day().asks == ()
    store.problems.remember_asks({invoice.id: TODAY})
    assert store.problems.all()[0].ask_again_on is None


def test_the_snapshot_holds_the_worth_and_the_returns(
    store: Store, invoice: Problem, calls: ActivityFact
) -> None:
    store.choices.set("hourly_worth", "150")
    snapshot = store.problems.snapshot()
    assert (snapshot.today, snapshot.problems) == (TODAY, (invoice,))
    assert (snapshot.worth.now, snapshot.worth.declared) == (15_000, True)
    assert [item.name for item in snapshot.returns] == [calls.name]


def test_the_currency_stays_where_a_cost_would_read_wrong(store: Store) -> None:
    store.problems.park("Invoices", INVOICES)
    with pytest.raises(NeedleError, match="Problems have a cost in USD"):
        store.choices.set("currency", "JPY")
    assert store.choices.set("currency", "EUR") == "EUR"


def test_two_programs_see_one_another_s_problems(
    store: Store, again: Callable[[], Store], invoice: Problem
) -> None:
    other = again()
    assert other.problems.all() == (invoice,)
    other.timer.start(problem_id=invoice.id)
    running = store.day().running
    assert running is not None
    assert running.name == "Broken invoice"
    other.timer.discard()
    other.problems.set_state(invoice.id, ProblemState.DONE)
    assert store.problems.all()[0].state is ProblemState.DONE
    assert store.journal.undo() == "Did “Broken invoice” myself"
    assert other.problems.all() == (invoice,)


def test_a_problem_that_was_taken_back_elsewhere_is_gone(
    store: Store, again: Callable[[], Store], invoice: Problem
) -> None:
    again().journal.undo()
    for command in (
        lambda: store.problems.edit(invoice.id, note="x"),
        lambda: store.problems.log_leak(invoice.id, 60),
        lambda: store.timer.start(problem_id=invoice.id),
        lambda: store.problems.set_state(invoice.id, ProblemState.DONE),
        lambda: store.problems.answer_ask(invoice.id),
    ):
        with pytest.raises(NeedleError, match="problem is gone"):
            command()
    assert dump(store.path)["problem"] == []


def park_and_say(path: Path) -> None:
    store = Store(path, Clock())
    for number in count(1):
        print(store.problems.park(f"Problem {number}").title, flush=True)


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
def test_every_acknowledged_problem_is_there_after_the_process_was_killed(store: Store) -> None:
    path: Path = store.path
    store.close()
    process = subprocess.Popen(
        ["needle"],
        preexec_fn=instead(lambda: park_and_say(path)),
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    said = [process.stdout.readline() for _ in range(10)]
    process.send_signal(signal.SIGKILL)
    said += process.stdout.readlines()
    assert process.wait() == -signal.SIGKILL
    titles = {f"{title}\n" for (title,) in sql(path, "SELECT title FROM problem")}
    whole = {line for line in said if line.endswith("\n")}
    assert len(whole) >= 10
    assert whole - titles == set()
    assert sql(path, "PRAGMA integrity_check") == [("ok",)]


@pytest.mark.parametrize("state", [ProblemState.DONE, ProblemState.DROPPED])
def test_what_the_timer_runs_on_is_not_over(store: Store, state: ProblemState) -> None:
    problem = store.problems.park("Invoices")
    store.timer.start(problem_id=problem.id)
    with pytest.raises(NeedleError, match="The time runs on “Invoices”: stop it first"):
        store.problems.set_state(problem.id, state)
    store.timer.stop()
    assert store.problems.set_state(problem.id, state).state is state
