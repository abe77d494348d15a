"""Promises by the week in the file: their weeks are added up, and their past is kept."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest

from needlemover.domain.calls.entry import Outcome
from needlemover.domain.errors import NeedleError, WrongUsageError
from needlemover.domain.promises.commitment import ActivityFact, Rule, is_archived, terms_on
from needlemover.domain.today.snapshot import WeeklyDay
from needlemover.store.calls.new_entry import NewEntry
from needlemover.store.store import Store

from ..conftest import SetClock, terms, weekly
from .conftest import keep, sql
from .test_days import history_read, traced

TODAY = date(2026, 11, 24)
MONDAY, NEXT_MONDAY = date(2026, 11, 23), date(2026, 11, 30)


@pytest.fixture
def letter(store: Store, clock: SetClock) -> ActivityFact:
    """Three times a week since the beginning of the month; kept in every week so far."""
    clock.set(datetime(2026, 11, 2, 9, 0))
    fact = store.activities.add("Newsletter", weekly(count=3))
    clock.set(datetime(2026, 11, 24, 15, 40))
    for day in (2, 4, 6, 9, 11, 15, 16, 17, 22, 23):
        store.entries.tick(fact.id, date(2026, 11, day))
    return fact


def line(store: Store, day: date | None = None) -> WeeklyDay:
    (found,) = store.day(day).weekly
    return found


def test_a_promise_by_the_week_is_kept_in_the_file_as_it_was_made(store: Store) -> None:
    both = weekly(90, 3, rule=Rule.ANY)
    assert terms_on(store.activities.add("Webinar", both).timeline, TODAY) == both
    assert terms_on(store.activities.find("webinar").timeline, TODAY) == both


def test_the_week_is_what_was_done_on_all_its_days(store: Store, letter: ActivityFact) -> None:
    store.entries.tick(letter.id)
    assert (line(store).progress.count, line(store).due.met) == (2, False)
    store.entries.tick(letter.id)  # several on one day
    assert (line(store).progress.count, line(store).due.met) == (3, True)
    assert line(store).streak.current == 4
    store.entries.untick(letter.id)
    assert (line(store).progress.count, line(store).streak.current) == (2, 3)


def test_the_week_begins_on_the_day_that_the_settings_say(
    store: Store, letter: ActivityFact
) -> None:
    """The week that runs keeps its days; six days lie between it and the first new one."""
    before, streaks = store.day(), store.progress.streaks()
    assert store.choices.set("first_weekday", "sunday") == "monday, sunday from 2026-12-06"
    assert line(store).due == before.weekly[0].due
    assert (store.day().strip, store.progress.streaks()) == (before.strip, streaks)
    days_left = [line(store, date(2026, 11, 29 + day)).due.days_left for day in (0, 1)]
    assert days_left == [6, 6]
    assert line(store, date(2026, 12, 6)).due.days_left == 7
    store.journal.undo()
    assert store.choices.typed()["first_weekday"] == "monday"
    assert line(store, date(2026, 11, 30)).due.days_left == 7


def test_before_anything_was_promised_weeks_begin_as_chosen_at_once(store: Store) -> None:
    store.activities.add("Newsletter", weekly(count=3))
    assert store.choices.set("first_weekday", "sunday") == "sunday"
    assert line(store).due.days_left == 5  # Tuesday the 24th to Saturday the 28th
    store.activities.add("Reports", terms(), start=date(2026, 11, 21))
    assert store.choices.set("first_weekday", "mon") == "sunday, monday from 2026-11-30"


def test_only_conversations_fill_the_week_of_a_sales_activity(store: Store) -> None:
    calls = store.activities.add("Calls", weekly(60, 2), is_sales=True, start=MONDAY)
    store.entries.log(NewEntry(calls.id, day=MONDAY, seconds=1800, outcome=Outcome.TALKED))
    store.entries.log(NewEntry(calls.id, seconds=1800, outcome=Outcome.NO_ANSWER))
    assert (line(store).progress.seconds, line(store).progress.count) == (1800, 1)
    store.entries.log(NewEntry(calls.id, seconds=1800, outcome=Outcome.LOST))
    assert line(store).due.met


def test_a_week_of_minutes_is_logged_and_not_ticked(store: Store) -> None:
    write = store.activities.add("Write", weekly(60))
    with pytest.raises(WrongUsageError, match="log the minutes"):
        store.entries.tick(write.id)
    store.entries.log(NewEntry(write.id, seconds=3600))
    assert line(store).due.met


def test_today_reads_no_history_for_the_weeks_once_it_is_kept(
    store: Store, letter: ActivityFact, again: Callable[[], Store]
) -> None:
    snapshot = store.day()
    keep(store)
    opened = again()
    assert history_read(opened, opened.day) == 0
    assert opened.day() == snapshot
    assert line(opened).streak.current == 3


def weeks_added_up(store: Store) -> list[str]:
    sums = [text for text in traced(store, store.day) if "sum(seconds) AS seconds" in text]
    return [text for text in sums if "0001" not in text]


def test_the_week_is_added_up_from_the_index_alone(
    store: Store, letter: ActivityFact, again: Callable[[], Store]
) -> None:
    (asked,) = weeks_added_up(again())
    plan = [step for *_, step in sql(store.path, f"EXPLAIN QUERY PLAN {asked}")]
    assert (
        "SEARCH entry USING COVERING INDEX entry_filling (activity_id=? AND day>? AND day<?)"
        in (plan)
    )


def test_no_week_is_added_up_where_nothing_is_promised_by_it(
    film: ActivityFact, again: Callable[[], Store]
) -> None:
    assert weeks_added_up(again()) == []


def test_looking_at_another_day_gives_its_own_week(store: Store, letter: ActivityFact) -> None:
    assert line(store, date(2026, 11, 12)).progress.count == 3
    assert line(store, date(2026, 11, 12)).streak.current == 2
    assert line(store, date(2026, 11, 27)).progress.count == 1
    assert (line(store, NEXT_MONDAY).progress.count, line(store, NEXT_MONDAY).due.days_left) == (
        0,
        7,
    )


def test_easing_and_archiving_hold_from_the_next_week(store: Store, letter: ActivityFact) -> None:
    eased = store.activities.edit(letter.id, terms=weekly(count=1))
    assert eased.timeline[-1].start == NEXT_MONDAY
    store.journal.undo()
    archived = store.activities.archive(letter.id)
    assert archived.timeline[-1].start == NEXT_MONDAY
    assert not is_archived(archived.timeline, date(2026, 11, 29))
    assert line(store).due.due
    with pytest.raises(NeedleError, match="archived already"):
        store.activities.archive(letter.id)


def test_the_next_week_begins_where_the_settings_say(store: Store, letter: ActivityFact) -> None:
    store.choices.set("first_weekday", "wednesday")
    with pytest.raises(NeedleError, match="give 2026-12-02"):
        store.activities.edit(letter.id, terms=weekly(count=1), start=date(2026, 12, 1))
    assert store.activities.archive(letter.id).timeline[-1].start == NEXT_MONDAY


def test_what_will_be_archived_with_the_week_stands_behind_the_others(
    store: Store, letter: ActivityFact
) -> None:
    store.activities.add("Film", terms())
    store.activities.archive(letter.id)
    store.activities.add("Events", terms())
    assert [item.name for item in store.activities.all()] == ["Film", "Events", "Newsletter"]


def test_the_report_gives_the_streak_in_weeks(store: Store, letter: ActivityFact) -> None:
    ((fact, streak),) = store.progress.streaks().activities
    assert (fact.name, streak.current, streak.runs[0].start) == ("Newsletter", 3, date(2026, 11, 2))
    ((_, then),) = store.progress.streaks(date(2026, 11, 10)).activities
    assert then.current == 1


def test_a_missed_week_is_no_missed_day(store: Store, clock: SetClock) -> None:
    store.activities.add("Newsletter", weekly(count=3), start=date(2026, 11, 2))
    store.begin_use()
    clock.set(datetime(2026, 12, 8, 9))
    assert store.begin_use().days == ()
    assert line(store).streak.current == 0


def test_a_week_off_keeps_the_streak(store: Store, letter: ActivityFact, clock: SetClock) -> None:
    store.days_off.add(NEXT_MONDAY, NEXT_MONDAY + timedelta(days=6))
    for day in (24, 25):
        store.entries.tick(letter.id, min(date(2026, 11, day), store.today))
    clock.set(datetime(2026, 12, 8, 9))
    assert line(store).streak.current == 4
