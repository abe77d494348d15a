"""Many entries at once: none twice, all back with one undo."""

from collections.abc import Iterator
from datetime import date

import pytest
from msgspec.structs import replace

from needlemover.domain.calls.entry import Outcome
from needlemover.domain.errors import NeedleError, WrongUsageError
from needlemover.domain.promises.status import Status
from needlemover.store.imports.content import (
    Figures,
    ImportedActivity,
    ImportedDayOff,
    ImportedEntry,
    ImportSummary,
)
from needlemover.store.store import Store

from ..conftest import SetClock, terms

DAY = date(2026, 11, 20)


def call(row: str = "a", **facts: object) -> ImportedEntry:
    return replace(ImportedEntry(row, DAY, seconds=60, outcome=Outcome.TALKED), **facts)


def bring_in(store: Store, *calls: ImportedEntry, **how: object) -> ImportSummary:
    return store.imports.add(calls, **{"source": "csv", "file_name": "calls.csv", **how})


def rows_on(store: Store, day: date = DAY) -> int:
    return len(store.day(day).entries)


def test_the_same_rows_are_added_once(store: Store) -> None:
    first = bring_in(store, call("a"), call("b"))
    again = bring_in(store, call("a"), call("b"), call("c"))
    assert (first.added, first.known) == (2, 0)
    assert (again.added, again.known) == (1, 2)
    assert rows_on(store) == 3


def test_equal_rows_are_all_kept_and_none_comes_twice(store: Store) -> None:
    assert bring_in(store, *[call("a")] * 12).added == 12
    again = bring_in(store, *[call("a")] * 13)
    assert (again.added, again.known) == (1, 12)


def test_the_place_counts_among_equal_rows_only(store: Store) -> None:
    bring_in(store, call("a"), call("b"), call("a"))
    again = bring_in(store, call("b"), call("a"), call("a"))
    assert (again.added, again.known) == (0, 3)


def test_a_row_is_known_however_it_was_mapped(store: Store) -> None:
    bring_in(store, call("a", seconds=60, outcome=Outcome.WON))
    assert bring_in(store, call("a", seconds=3600, outcome=Outcome.LOST)).known == 1


def test_another_persons_file_under_another_source_loses_nothing(store: Store) -> None:
    bring_in(store, call("a"), call("x", row_id="1"))
    other = bring_in(store, call("a"), call("y", row_id="1"), source="Ann")
    assert (other.added, other.known) == (2, 0)


def test_a_row_with_an_id_is_known_by_it_alone(store: Store) -> None:
    bring_in(store, call("a", row_id="17"))
    assert bring_in(store, call("a changed", row_id="17")).known == 1


def test_the_same_rows_in_another_activity_are_other_entries(store: Store) -> None:
    store.activities.add("Phone", terms(15), is_sales=True)
    store.activities.add("Visits", terms(15), is_sales=True)
    bring_in(store, call("a"), activity="Phone")
    assert bring_in(store, call("a"), activity="vis").added == 1


def test_an_edited_entry_keeps_its_key(store: Store) -> None:
    bring_in(store, call("a"))
    (entry,) = store.day(DAY).entries
    store.entries.edit(entry.id, seconds=600, day=date(2026, 11, 19), contact="Acme")
    assert bring_in(store, call("a")).known == 1
    assert rows_on(store) == 0


def test_a_deleted_entry_stays_deleted(store: Store) -> None:
    bring_in(store, call("a"), call("b"))
    store.entries.delete(store.day(DAY).entries[0].id)
    assert bring_in(store, call("a"), call("b")).added == 0
    assert rows_on(store) == 1


def test_a_deleted_entry_whose_deletion_is_undone_is_known(store: Store) -> None:
    bring_in(store, call("a"))
    store.entries.delete(store.day(DAY).entries[0].id)
    store.journal.undo()
    assert bring_in(store, call("a")).known == 1
    assert rows_on(store) == 1


def test_one_undo_takes_an_import_back_and_redo_returns_it_as_it_was(store: Store) -> None:
    bring_in(store, *(call(str(number), contact=f"C{number}") for number in range(2500)))
    before = store.day(DAY)
    assert store.journal.undo() == "Imported 2,500 entries from “calls.csv”"
    assert store.day(DAY).entries == ()
    assert store.activities.all() == ()
    store.journal.redo()
    assert store.day(DAY) == before


def test_an_undone_import_may_come_back(store: Store) -> None:
    bring_in(store, call("a"))
    store.journal.undo()
    assert bring_in(store, call("a")).added == 1
    assert rows_on(store) == 1
    store.journal.undo()
    assert rows_on(store) == 0


def test_an_import_made_again_after_its_undo_leaves_nothing_to_redo(store: Store) -> None:
    bring_in(store, call("a"))
    store.journal.undo()
    bring_in(store, call("a"))
    with pytest.raises(NeedleError):
        store.journal.redo()
    assert rows_on(store) == 1


def test_undo_of_an_import_leaves_the_entries_of_others(store: Store) -> None:
    bring_in(store, call("a"))
    bring_in(store, call("b"), source="Ann")
    store.journal.undo()
    assert rows_on(store) == 1


def test_an_import_that_adds_nothing_is_no_step_of_the_history(store: Store) -> None:
    bring_in(store, call("a"))
    bring_in(store, call("a"))
    assert len(store.journal.steps()) == 1


def test_an_import_that_adds_nothing_leaves_what_can_be_redone(store: Store) -> None:
    bring_in(store, call("a"))
    bring_in(store, call("b", seconds=90))
    store.journal.undo()
    bring_in(store, call("a"))
    store.journal.redo()
    assert rows_on(store) == 2


def test_a_trial_run_changes_nothing(store: Store) -> None:
    tried = bring_in(store, call("a"), dry_run=True)
    assert (tried.added, tried.known, tried.created_activity) == (1, 0, True)
    assert store.activities.all() == ()
    assert store.journal.steps() == ()
    assert rows_on(store) == 0


@pytest.mark.parametrize("error", [NeedleError, KeyboardInterrupt])
def test_when_reading_ends_half_way_nothing_is_added(
    store: Store, error: type[BaseException]
) -> None:
    def half() -> Iterator[ImportedEntry]:
        yield from (call(str(number)) for number in range(5000))
        raise error

    with pytest.raises(error):
        store.imports.add(half(), source="csv", file_name="calls.csv")
    assert rows_on(store) == 0
    assert store.activities.all() == ()
    assert bring_in(store, call("0")).added == 1


def test_calls_in_a_file_without_a_sales_activity_make_one(store: Store) -> None:
    store.activities.add("Newsletter", terms(30))
    done = bring_in(store, call("a"))
    assert (done.activity, done.created_activity) == ("Sales conversations", True)
    made = store.activities.find("Sales conversations")
    assert made.is_sales
    assert made.timeline == ()


def test_the_sales_activity_that_is_made_has_the_name_given(store: Store) -> None:
    done = bring_in(store, call("a"), activity=" Phone ")
    assert (done.activity, done.created_activity) == ("Phone", True)


def test_calls_go_to_the_highest_ranked_sales_activity(store: Store) -> None:
    store.activities.add("Newsletter", terms(30))
    store.activities.add("Phone", terms(15), is_sales=True)
    store.activities.add("Visits", terms(15), is_sales=True)
    assert bring_in(store, call("a")).activity == "Phone"


def test_a_sales_activity_put_away_comes_after_those_in_use(store: Store, clock: SetClock) -> None:
    phone = store.activities.add("Phone", terms(15), is_sales=True)
    store.activities.add("Visits", terms(15), is_sales=True)
    clock.pass_by(days=2)
    store.activities.archive(phone.id)
    clock.pass_by(days=2)
    assert bring_in(store, call("a")).activity == "Visits"
    assert bring_in(store, call("a"), activity="Phone").added == 1


@pytest.mark.parametrize("name", ["Phones", "", "  ", "x" * 1001])
def test_no_activity_is_made_by_mistake_where_there_is_one(store: Store, name: str) -> None:
    store.activities.add("Phone", terms(15), is_sales=True)
    with pytest.raises(WrongUsageError):
        bring_in(store, call("a"), activity=name)


def test_entries_with_outcomes_do_not_go_to_an_activity_that_is_no_sales(store: Store) -> None:
    store.activities.add("Newsletter", terms(30))
    with pytest.raises(NeedleError, match="not a sales activity"):
        bring_in(store, call("a"), activity="news")
    assert bring_in(store, call("a", outcome=None), activity="news").without_outcome == 0


def test_the_name_of_a_new_sales_activity_may_be_taken_by_another_one(store: Store) -> None:
    store.activities.add("Sales conversations", terms(30))
    with pytest.raises(NeedleError, match="name the one to import into"):
        bring_in(store, call("a"))


def test_calls_without_an_outcome_talked_and_are_counted(store: Store) -> None:
    done = bring_in(store, call("a", outcome=None), call("b", outcome=Outcome.NO_ANSWER))
    assert done.without_outcome == 1
    sales = store.day(DAY).sales
    assert sales is not None
    assert (sales.dials, sales.conversations, sales.seconds) == (2, 1, 60)


@pytest.mark.parametrize("source", ["hand", "", "  "])
def test_a_source_needs_a_name_of_its_own(store: Store, source: str) -> None:
    with pytest.raises(WrongUsageError):
        bring_in(store, call("a"), source=source)


def test_calls_that_overlap_are_all_kept(store: Store, clock: SetClock) -> None:
    at = store.moment().now
    clock.pass_by(hours=2)
    bring_in(store, call("a", started_at=at, utc_offset=3600),
             call("b", started_at=at, utc_offset=3600))  # fmt: skip
    assert rows_on(store) == 2


def test_an_import_fills_the_quota_of_its_day(store: Store) -> None:
    store.activities.add("Phone", terms(2, 2), is_sales=True)
    bring_in(store, call("a"), call("b"), call("c", outcome=Outcome.VOICEMAIL))
    sales = store.day(DAY).sales
    assert sales is not None
    assert (sales.seconds, sales.conversations, sales.dials) == (120, 2, 3)


def test_past_streaks_follow_an_import(store: Store, clock: SetClock) -> None:
    store.activities.add("Phone", terms(1), is_sales=True)
    first = store.today
    clock.pass_by(days=2)
    assert store.progress.streaks().overall.best == 0
    bring_in(store, call("a", day=first))
    assert store.progress.streaks().overall.best == 1
    store.journal.undo()
    assert store.progress.streaks().overall.best == 0


def test_it_says_what_the_entries_come_to(store: Store) -> None:
    calls = (
        call("a", outcome=Outcome.WON, amount=5000, day=date(2026, 11, 18)),
        call("b", outcome=Outcome.ASKED, amount=90_000, seconds=30),
        call("c", outcome=Outcome.NO_ANSWER, seconds=0),
        call("d", outcome=None, seconds=10),
    )
    figures = Figures(4, 3, 100, 5000, date(2026, 11, 18), DAY, 2)
    assert bring_in(store, *calls, dry_run=True).figures == figures
    assert bring_in(store, *calls).figures == figures
    assert bring_in(store, *calls).figures == Figures()


def off(start: int, end: int, activity: str = "Gym") -> ImportedDayOff:
    return ImportedDayOff(activity, date(2026, 11, start), date(2026, 11, end), "ill")


def bring_gym(store: Store, *days_off: ImportedDayOff) -> list[tuple[int, int]]:
    store.imports.add(
        [], source="harsh", file_name="log", activities=[ImportedActivity("Gym")],
        days_off=days_off,
    )  # fmt: skip
    return [(item.start.day, item.end.day) for item in store.days_off.all()]


def test_days_off_come_in_once_each(store: Store) -> None:
    assert bring_gym(store, off(3, 5)) == [(3, 5)]
    assert bring_gym(store, off(3, 5)) == [(3, 5)]
    assert bring_gym(store, off(2, 7)) == [(2, 2), (3, 5), (6, 7)]
    assert bring_gym(store, off(9, 9), off(8, 10)) == [
        (2, 2), (3, 5), (6, 7), (8, 8), (9, 9), (10, 10),
    ]  # fmt: skip


def test_a_day_that_is_off_for_everything_is_off_already(store: Store) -> None:
    store.days_off.add(date(2026, 11, 4))
    assert sorted(bring_gym(store, off(3, 5))) == [(3, 3), (4, 4), (5, 5)]


def test_an_imported_promise_holds_from_its_first_day(store: Store) -> None:
    store.imports.add(
        [call("a", activity="gym", outcome=None, is_tick=True, row_id="1")],
        source="harsh", file_name="log",
        activities=[ImportedActivity("Gym", terms(), date(2026, 11, 18), date(2026, 11, 22))],
    )  # fmt: skip
    (gym,) = store.activities.all(archived=True)
    assert [(item.start, item.terms) for item in gym.timeline] == [
        (date(2026, 11, 18), terms()),
        (date(2026, 11, 22), None),
    ]
    assert store.activities.all() == ()
    assert store.day(DAY).status is Status.WON
    assert store.day(date(2026, 11, 19)).status is Status.MISSED
    assert store.day(date(2026, 11, 22)).status is not Status.MISSED


def test_what_was_put_away_before_anything_was_done_promises_nothing(store: Store) -> None:
    store.imports.add(
        [call("a", activity="Gym", outcome=None, is_tick=True)], source="harsh", file_name="log",
        activities=[ImportedActivity("Gym", terms(), DAY, date(2026, 11, 2))],
    )  # fmt: skip
    (gym,) = store.activities.all(archived=True)
    assert [(item.start, item.terms) for item in gym.timeline] == [(date(2026, 11, 2), None)]
    assert store.day(DAY).status is not Status.MISSED


def test_an_activity_that_the_file_had_not_told_of_ends_the_import(store: Store) -> None:
    with pytest.raises(NeedleError, match="import it again"):
        store.imports.add(
            [call(name, activity=name, outcome=None) for name in ("Gym", "Swim")],
            source="toggl", file_name="t.csv", activities=[ImportedActivity("Gym")],
        )  # fmt: skip
    assert store.activities.all() == ()


def test_a_promise_that_came_today_can_be_edited_freely(store: Store) -> None:
    store.imports.add(
        [], source="harsh", file_name="habits",
        activities=[ImportedActivity("Gym", terms(30), date(2026, 11, 2))],
    )  # fmt: skip
    store.activities.edit(store.activities.find("Gym").id, terms=terms(10))
    today = store.day(store.today).activities[0]
    assert today.terms == terms(10)


def test_a_tick_of_a_sales_activity_is_no_call(store: Store) -> None:
    store.activities.add("Phone", terms(None, 1), is_sales=True)
    done = store.imports.add(
        [call("a", activity="phone", outcome=None, is_tick=True, seconds=0)],
        source="harsh", file_name="log", activities=[ImportedActivity("phone")],
    )  # fmt: skip
    assert done.without_outcome == 0
    (entry,) = store.day(DAY).entries
    assert entry.outcome is None
    sales = store.day(DAY).sales
    assert sales is not None
    assert sales.dials == 0


def test_activities_that_fail_to_come_leave_nothing(store: Store) -> None:
    def half() -> Iterator[ImportedEntry]:
        yield call("a", activity="Gym")
        raise NeedleError("It ended.")

    with pytest.raises(NeedleError):
        store.imports.add(
            half(), source="harsh", file_name="log", activities=[ImportedActivity("Gym")]
        )
    assert store.activities.all() == ()
    assert store.journal.steps() == ()
