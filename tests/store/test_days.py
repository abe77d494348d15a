"""Days and streaks read from the file, what is kept of them, and the days asked about."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from needlemover.domain.calls.entry import Outcome
from needlemover.domain.promises.commitment import ActivityFact
from needlemover.domain.promises.status import Status
from needlemover.store.calls.new_entry import NewEntry
from needlemover.store.store import Store

from ..conftest import MONDAY_TO_FRIDAY, SetClock, terms
from .conftest import keep, sql

TODAY = date(2026, 11, 24)
YESTERDAY, TOMORROW = TODAY - timedelta(days=1), TODAY + timedelta(days=1)


@pytest.fixture
def video(store: Store) -> ActivityFact:
    """A plain tick, every day since the beginning of the month."""
    return store.activities.add("Film one video", terms(), start=date(2026, 11, 1))


def test_an_empty_file_has_an_untracked_day(store: Store) -> None:
    snapshot = store.day()
    assert (snapshot.day, snapshot.today, snapshot.status) == (TODAY, TODAY, Status.UNTRACKED)
    assert (snapshot.activities, snapshot.sales, snapshot.entries) == ((), None, ())
    assert store.progress.streaks().activities == ()


def test_a_day_is_won_tick_by_tick(
    store: Store, video: ActivityFact, calls: ActivityFact, clock: SetClock
) -> None:
    clock.pass_by(days=1)
    store.entries.tick(video.id)
    assert store.day().status is Status.OPEN
    for _ in range(10):
        store.entries.log(NewEntry(calls.id, seconds=360))
    assert store.day().status is Status.WON
    assert store.day().streak.current == 1


def test_the_streak_at_breakfast_is_that_of_the_evening(
    store: Store, video: ActivityFact, clock: SetClock
) -> None:
    for back in range(14):
        store.entries.tick(video.id, TODAY - timedelta(days=back))
    assert store.day().streak.current == 14
    clock.set(datetime(2026, 11, 25, 7))
    snapshot = store.day()
    assert (snapshot.status, snapshot.streak.current) == (Status.OPEN, 14)
    clock.pass_by(days=1)
    assert store.day().streak.current == 0
    assert store.progress.streaks().overall.best == 14


def test_the_streaks_are_those_at_the_end_of_a_day(store: Store, video: ActivityFact) -> None:
    for day in (20, 21, 23, 24):
        store.entries.tick(video.id, date(2026, 11, day))
    assert store.progress.streaks().overall.current == 2
    assert store.progress.streaks(YESTERDAY).overall.current == 1
    assert store.progress.streaks(date(2026, 11, 21)).overall.current == 2
    report = store.progress.streaks(TOMORROW)
    assert (report.as_of, report.overall.current) == (TODAY, 2)


def test_past_and_coming_days_are_shown_from_one_file(store: Store, video: ActivityFact) -> None:
    for day in (22, 23, 24):
        store.entries.tick(video.id, date(2026, 11, day))
    current = {
        day: (store.day(date(2026, 11, day)).status, store.day(date(2026, 11, day)).streak.current)
        for day in (20, 21, 22, 23, 24, 25)
    }
    assert current == {
        20: (Status.MISSED, 0), 21: (Status.MISSED, 0), 22: (Status.WON, 1),
        23: (Status.WON, 2), 24: (Status.WON, 3), 25: (Status.AHEAD, 3),
    }  # fmt: skip


# What is kept of the past must never be older than the file.

CHANGES: dict[str, Callable[[Store, ActivityFact], object]] = {
    "an entry of today": lambda store, video: store.entries.tick(video.id),
    "an entry of yesterday": lambda store, video: store.entries.tick(video.id, YESTERDAY),
    "a day off": lambda store, video: store.days_off.add(YESTERDAY),
    "an activity": lambda store, video: store.activities.add("Calls", terms(), is_sales=True),
    "a rank": lambda store, video: store.activities.edit(video.id, name="Video"),
    "a week that begins on Sunday": lambda store, video: store.choices.set(
        "first_weekday", "sunday"
    ),
    "a currency": lambda store, video: store.choices.set("currency", "EUR"),
    "a running timer": lambda store, video: store.timer.start(video.id),
    "an undo": lambda store, video: store.journal.undo(),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
@pytest.mark.parametrize("by_another", [False, True], ids=["here", "elsewhere"])
def test_every_change_is_on_the_next_snapshot(
    store: Store,
    video: ActivityFact,
    clock: SetClock,
    again: Callable[[], Store],
    change: Callable[[Store, ActivityFact], object],
    by_another: bool,
) -> None:
    days = (YESTERDAY - timedelta(days=1), YESTERDAY, TODAY, TOMORROW)
    store.entries.tick(video.id, YESTERDAY - timedelta(days=1))
    before = [store.day(day) for day in days]
    change(again() if by_another else store, video)
    after = [store.day(day) for day in days]
    assert after != before
    assert after == [again().day(day) for day in days]


def test_a_process_in_another_zone_cannot_leave_the_past_of_this_one_old(
    store: Store, video: ActivityFact, clock: SetClock
) -> None:
    # Here the 25th has begun, in New York it is still the 24th.
    clock.set(datetime(2026, 11, 25, 5))
    assert store.day().streak.current == 0
    there = SetClock(datetime(2026, 11, 24, 23), ZoneInfo("America/New_York"))
    keep(store)
    other = Store(store.path, there)
    other.entries.tick(video.id)
    other.close()
    assert store.day().streak.current == 1
    opened = Store(store.path, clock)
    assert opened.day().streak.current == 1
    opened.close()


def traced(store: Store, ask: Callable[[], object]) -> list[str]:
    """The statements that something leads to."""
    statements: list[str] = []
    driver = store.database.driver
    driver.set_trace_callback(statements.append)  # type: ignore[union-attr]
    ask()
    driver.set_trace_callback(None)  # type: ignore[union-attr]
    return [text.strip() for text in statements]


def history_read(store: Store, ask: Callable[[], object]) -> int:
    """How often the totals of all days are added up."""
    return sum(
        "sum(seconds) AS seconds" in text and "day >= '0001-01-01'" in text
        for text in traced(store, ask)
    )


def test_what_was_worked_out_once_is_kept_for_the_next_opening(
    store: Store, video: ActivityFact, again: Callable[[], Store]
) -> None:
    for day in (19, 20, 22, 23):
        store.entries.tick(video.id, date(2026, 11, day))
    snapshot = store.day()
    keep(store)
    opened = again()
    assert history_read(opened, opened.day) == 0
    assert opened.day() == snapshot
    assert (opened.day().streak.current, opened.day().streak.best) == (2, 2)
    assert opened.day(TOMORROW) == store.day(TOMORROW)
    assert opened.day(YESTERDAY) == store.day(YESTERDAY)
    assert opened.progress.streaks() == store.progress.streaks()


@pytest.mark.parametrize("days", [1, 3, 6, 7, 8, 31])
def test_what_was_kept_is_carried_on_to_a_later_day(
    store: Store, video: ActivityFact, again: Callable[[], Store], clock: SetClock, days: int
) -> None:
    store.activities.edit(video.id, terms=terms())
    for day in (19, 20, 22, 23, 24):
        store.entries.tick(video.id, date(2026, 11, day))
    store.day()
    keep(store)
    clock.pass_by(days=days)
    opened = again()
    assert history_read(opened, opened.day) == 0
    assert history_read(opened, lambda: keep(opened)) == 0
    carried = opened.day()
    sql(store.path, "DELETE FROM kept_past")
    assert carried == again().day()
    assert (carried.streak.current, carried.streak.best) == (3 if days == 1 else 0, 3)


def test_what_was_kept_long_ago_is_worked_out_anew(
    store: Store, video: ActivityFact, again: Callable[[], Store], clock: SetClock
) -> None:
    store.day()
    keep(store)
    clock.pass_by(days=32)
    opened = again()
    assert history_read(opened, opened.day) == 1


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_what_was_kept_is_let_go_of_when_it_is_no_longer_true(
    store: Store,
    video: ActivityFact,
    again: Callable[[], Store],
    change: Callable[[Store, ActivityFact], object],
) -> None:
    store.entries.tick(video.id, YESTERDAY - timedelta(days=1))
    store.day()
    keep(store)
    change(again(), video)
    opened = again().day()
    sql(store.path, "DELETE FROM kept_past")
    assert opened == again().day()


def test_nothing_is_kept_that_another_process_has_made_old(
    store: Store, video: ActivityFact, again: Callable[[], Store]
) -> None:
    store.day()
    again().entries.tick(video.id, YESTERDAY)
    keep(store)
    assert again().day().streak.current == 1


def test_keeping_is_no_change_of_the_users(store: Store, video: ActivityFact) -> None:
    store.day()
    steps = store.journal.steps()
    keep(store)
    keep(store)
    assert store.journal.steps() == steps
    assert sql(store.path, "SELECT day FROM kept_past") == [("2026-11-24",)]


def test_on_the_next_day_it_is_worked_out_again(
    store: Store, video: ActivityFact, clock: SetClock, again: Callable[[], Store]
) -> None:
    store.entries.tick(video.id, YESTERDAY)
    store.day()
    keep(store)
    store.entries.tick(video.id)
    clock.pass_by(days=1)
    assert again().day().streak.current == 2
    clock.pass_by(days=1)
    assert again().day().streak.current == 0


def test_another_process_that_changed_something_is_noticed(
    store: Store, video: ActivityFact, again: Callable[[], Store]
) -> None:
    other = again()
    before = store.database.read_version()
    assert store.database.read_version() == before
    other.entries.tick(video.id)
    after = store.database.read_version()
    assert after != before
    store.day()
    assert store.database.read_version() == after


# The way through the file: every question on the way of a key has its index.


def plans(store: Store, ask: Callable[[], object]) -> dict[str, list[str]]:
    """How SQLite answers what is asked: each question with the steps of its plan."""
    return {
        text: [row[3] for row in sql(store.path, f"EXPLAIN QUERY PLAN {text}")]
        for text in traced(store, ask)
        if text.startswith("SELECT")
    }


def plan(store: Store, ask: Callable[[], object], words: str) -> list[str]:
    """The plan of the one statement that has these words."""
    (found,) = [steps for text, steps in plans(store, ask).items() if words in text]
    return found


def test_what_happens_today_reads_no_history_again(
    store: Store, video: ActivityFact, calls: ActivityFact, clock: SetClock
) -> None:
    def a_morning() -> None:
        store.entries.tick(video.id)
        store.day()
        store.timer.start(calls.id)
        store.day()
        clock.pass_by(minutes=1)
        store.timer.stop()
        store.day()
        store.journal.undo()
        store.day()

    assert history_read(store, store.day) == 1
    assert history_read(store, a_morning) == 0
    store.entries.tick(video.id, YESTERDAY)
    assert history_read(store, store.day) == 1


def test_the_totals_of_all_days_are_read_in_order_from_one_index_alone(
    store: Store, calls: ActivityFact
) -> None:
    steps = plan(store, store.day, "sum(seconds) AS seconds")
    assert (
        "SEARCH entry USING COVERING INDEX entry_filling (activity_id=? AND day>? AND day<?)"
        in (steps)
    )
    assert not any("TEMP B-TREE" in step for step in steps)


def test_no_question_about_a_day_goes_through_all_entries(
    store: Store, calls: ActivityFact
) -> None:
    def ask() -> None:
        store.day(YESTERDAY)
        entry = store.entries.log(
            NewEntry(calls.id, seconds=60, contact="Acme", started_at=store.moment().now)
        ).entry
        store.entries.with_contact("Acme")
        store.entries.open_asks()
        store.entries.delete(entry.id)

    for text, steps in plans(store, ask).items():
        for step in steps:
            scans = step.startswith("SCAN") and ("entry" in step or "earlier" in step)
            if step == "SCAN entry":  # those of the day, which were put in order before
                scans = not {"CO-ROUTINE entry", "MATERIALIZE entry"} & set(steps)
            assert not scans or "INDEX entry_asked" in step or "entry_filling" in step, (text, step)


def test_known_contacts_and_answers_are_looked_up_by_their_index(
    calls: ActivityFact, again: Callable[[], Store]
) -> None:
    other = again()
    steps = plan(other, other.day, "json_object")
    assert "SEARCH entry USING INDEX entry_day (day=?)" in steps
    assert "SEARCH earlier USING INDEX entry_contact (contact_key=? AND day<?)" in steps
    assert "SEARCH answer USING INDEX entry_follows (follows=?)" in steps


def test_open_asks_are_counted_from_the_index_of_asks(store: Store, calls: ActivityFact) -> None:
    steps = plan(store, store.day, "SELECT count(*)")
    assert steps[0] == "SEARCH entry USING INDEX entry_asked (day>? AND day<?)"


def test_the_list_is_counted_from_its_index(store: Store, calls: ActivityFact) -> None:
    steps = plan(store, store.contacts.candidates, "- (")
    assert "SCAN contact USING INDEX contact_listed" in steps
    assert "SEARCH contact USING INTEGER PRIMARY KEY (rowid=?)" in steps


# The missed days, offered with the first key of a new day.


def asked(store: Store) -> list[int]:
    """The days of November that are asked about."""
    return [item.day.day for item in store.begin_use().days]


def test_the_first_use_asks_about_nothing(store: Store, video: ActivityFact) -> None:
    assert asked(store) == []


def test_missed_days_since_the_last_use_are_asked_about_once_a_day(
    store: Store, video: ActivityFact, clock: SetClock
) -> None:
    asked(store)
    store.entries.tick(video.id)
    clock.pass_by(days=3)
    assert asked(store) == [25, 26]
    assert asked(store) == []
    clock.pass_by(days=1)
    assert asked(store) == [27]


def test_the_day_of_the_last_use_is_asked_about_when_it_was_left_half_done(
    store: Store, video: ActivityFact, clock: SetClock
) -> None:
    asked(store)
    clock.pass_by(days=1)
    assert asked(store) == [24]


def test_at_most_the_latest_seven_are_asked_about(
    store: Store, video: ActivityFact, clock: SetClock
) -> None:
    asked(store)
    clock.set(datetime(2026, 12, 24, 9))
    assert [item.day.day for item in store.begin_use().days] == [17, 18, 19, 20, 21, 22, 23]


def test_only_days_on_which_something_was_due_are_asked_about(
    store: Store, clock: SetClock
) -> None:
    store.activities.add("Calls", terms(days=MONDAY_TO_FRIDAY), start=date(2026, 11, 1))
    asked(store)
    store.days_off.add(date(2026, 11, 26))
    clock.set(datetime(2026, 11, 30, 9))
    assert asked(store) == [24, 25, 27]


def test_what_was_said_to_be_done_is_not_asked_again(
    store: Store, video: ActivityFact, clock: SetClock
) -> None:
    asked(store)
    clock.pass_by(days=1)
    (missed,) = store.begin_use().days
    entry = store.entries.tick(missed.activities[0].id, missed.day)
    assert (entry.day, entry.late) == (TODAY, True)
    assert store.day().streak.current == 1
    clock.pass_by(days=1)
    assert asked(store) == [25]


def test_missed_days_are_asked_once_for_all_processes(
    store: Store, video: ActivityFact, clock: SetClock, again: Callable[[], Store]
) -> None:
    asked(store)
    clock.pass_by(days=1)
    assert asked(again()) == [24]
    assert asked(store) == []


def test_a_date_that_travel_skipped_is_noted_as_rest(
    store: Store, video: ActivityFact, clock: SetClock, again: Callable[[], Store]
) -> None:
    for day in (22, 23, 24):
        store.entries.tick(video.id, date(2026, 11, day))
    clock.set(datetime(2026, 11, 24, 22), ZoneInfo("America/Los_Angeles"))
    asked(store)
    assert store.day().streak.current == 3
    clock.set(datetime(2026, 11, 26, 8), ZoneInfo("Australia/Sydney"))
    assert store.day().streak.current == again().day().streak.current == 3
    assert sql(store.path, "SELECT day FROM skipped_day") == [], "looking writes nothing"
    keep(store)
    assert sql(store.path, "SELECT day FROM skipped_day") == [("2026-11-25",)]
    assert asked(store) == []
    assert again().day().streak.current == 3
    assert store.day(date(2026, 11, 25)).status is Status.REST
    assert store.day().streak.current == 3
    assert [item.status for item in store.day().strip[-2:]] == [Status.REST, Status.OPEN]


@pytest.mark.parametrize(
    ("start", "goal"),
    [
        ("America/Los_Angeles", "Pacific/Auckland"),
        ("Pacific/Honolulu", "Australia/Sydney"),
        ("America/New_York", "Asia/Tokyo"),
    ],
)
def test_a_flight_between_two_commands_keeps_the_streak_from_nine_to_nine(
    store: Store, clock: SetClock, start: str, goal: str
) -> None:
    clock.set(datetime(2026, 11, 22, 9), ZoneInfo(start))
    film = store.activities.add("Film", terms())
    for day in (22, 23, 24):
        clock.set(datetime(2026, 11, day, 9))
        store.entries.tick(film.id)
    clock.set(datetime(2026, 11, 26, 9), ZoneInfo(goal))
    store.entries.tick(film.id)
    assert store.day().streak.current == 4
    clock.pass_by(days=2)
    assert store.day().streak.current == 0, "the days after it are as all others"


def test_the_date_that_samoa_left_out_keeps_one_run_of_seven(store: Store, clock: SetClock) -> None:
    apia = ZoneInfo("Pacific/Apia")
    clock.set(datetime(2011, 12, 27, 9), apia)
    film = store.activities.add("Film", terms())
    for day in (*(date(2011, 12, day) for day in (27, 28, 29, 31)), *(
        date(2012, 1, day) for day in (1, 2, 3)
    )):  # fmt: skip
        clock.set(datetime(day.year, day.month, day.day, 9))
        store.entries.tick(film.id)
    streak = store.day().streak
    assert (streak.current, len(streak.runs)) == (7, 1)


def test_a_date_of_use_is_decided_and_never_rests(store: Store, clock: SetClock) -> None:
    auckland, west = ZoneInfo("Pacific/Auckland"), ZoneInfo("America/Los_Angeles")
    clock.set(datetime(2026, 11, 25, 9), auckland)
    film = store.activities.add("Film", terms())
    store.entries.tick(film.id)
    clock.set(datetime(2026, 11, 26, 9), auckland)
    keep(store)
    clock.set(datetime(2026, 11, 25, 14), west)
    keep(store)
    clock.set(datetime(2026, 11, 27, 9), auckland)
    keep(store)
    assert store.day(date(2026, 11, 26)).status is Status.MISSED
    assert sql(store.path, "SELECT day FROM skipped_day") == []


def test_where_the_data_were_last_used_is_kept_by_what_writes_and_outside_undo(
    store: Store, clock: SetClock
) -> None:
    place = "SELECT day, utc_offset, zone FROM last_use"
    store.day()
    assert sql(store.path, place) == []
    store.activities.add("Film", terms())
    berlin = [("2026-11-24", 3600, "Europe/Berlin")]
    assert sql(store.path, place) == berlin
    clock.set(datetime(2026, 11, 24, 23), ZoneInfo("America/New_York"))
    store.day()
    assert sql(store.path, place) == berlin
    store.journal.undo()
    assert sql(store.path, place) == [("2026-11-24", -18_000, "America/New_York")]


def test_where_only_commands_were_used_the_days_since_the_last_one_are_asked_about(
    store: Store, video: ActivityFact, clock: SetClock
) -> None:
    store.entries.tick(video.id)
    clock.pass_by(days=3)
    assert asked(store) == [25, 26]
    assert asked(store) == []


def test_commands_of_a_day_leave_the_missed_days_to_the_app(
    store: Store, video: ActivityFact, clock: SetClock
) -> None:
    asked(store)
    clock.pass_by(days=3)
    store.entries.tick(video.id)
    assert asked(store) == [24, 25, 26]


def test_flying_the_other_way_lives_a_date_twice_and_asks_about_nothing(
    store: Store, video: ActivityFact, clock: SetClock
) -> None:
    clock.set(datetime(2026, 11, 26, 10), ZoneInfo("Australia/Sydney"))
    asked(store)
    clock.set(datetime(2026, 11, 25, 20), ZoneInfo("America/Los_Angeles"))
    assert asked(store) == []
    assert store.today == date(2026, 11, 25)


def test_a_call_of_today_reaches_the_strip_and_the_week(
    store: Store, calls: ActivityFact, clock: SetClock
) -> None:
    clock.pass_by(days=1)
    store.entries.log(NewEntry(calls.id, YESTERDAY, seconds=600, outcome=Outcome.WON))
    store.entries.log(NewEntry(calls.id, seconds=900))
    sales = store.day().sales
    assert sales is not None
    assert (sales.yesterday_seconds, sales.week_seconds) == (0, 1500)
    tomorrow = store.day(TODAY + timedelta(days=2)).sales
    assert tomorrow is not None
    assert (tomorrow.yesterday_seconds, tomorrow.week_seconds) == (900, 1500)
