"""What was done against the quota in force, with answers worked out by hand."""

from datetime import UTC, date, datetime, timedelta

from needlemover.domain.calls.entry import EntryFact, Outcome
from needlemover.domain.day import Weeks
from needlemover.domain.progress.quota_history import (
    Average,
    WeekPace,
    average,
    day_bars,
    this_week,
    week_bars,
)
from needlemover.domain.progress.record import record
from needlemover.domain.promises.commitment import ActivityFact
from needlemover.domain.settings import Settings, WorkingDay

from ..conftest import BERLIN, EVERY_DAY, MONDAY_TO_FRIDAY, promised, terms
from .conftest import TODAY, activity, entry, kept_by

MONDAY = TODAY - timedelta(days=1)
LAST_MONDAY = MONDAY - timedelta(days=7)
LONG_AGO = date(2026, 1, 5)
NOON = datetime(2026, 11, 24, 13, 0, tzinfo=BERLIN).astimezone(UTC)
"""Half of the working day from 9 to 17."""


def calls(days: frozenset[int] = MONDAY_TO_FRIDAY) -> ActivityFact:
    return activity(1, (promised(LONG_AGO, terms(60, 4, days=days)),), is_sales=True)


def talk(of: ActivityFact, day: date, minutes: float = 30, count: int = 2) -> EntryFact:
    return entry(of, day, minutes=minutes, count=count, outcome=Outcome.TALKED)


def test_a_week_holds_what_its_due_days_asked_and_got() -> None:
    of = calls()
    happened = [talk(of, LAST_MONDAY, 60, 4), talk(of, LAST_MONDAY + timedelta(days=5), 10, 1)]
    (week,) = week_bars(kept_by([of], happened), LAST_MONDAY, LAST_MONDAY)
    assert (week.start, week.end) == (LAST_MONDAY, LAST_MONDAY + timedelta(days=6))
    assert (week.seconds, week.count) == (70 * 60, 5)
    assert (week.quota_seconds, week.quota_count) == (5 * 3600, 20)
    assert (week.due, week.met) == (5, 1)


def test_a_week_in_which_the_quota_changed_asks_for_each_day_what_held_then() -> None:
    thursday = LAST_MONDAY + timedelta(days=3)
    of = activity(1, (promised(LONG_AGO, terms(30)), promised(thursday, terms(60))))
    (week,) = week_bars(kept_by([of]), thursday, thursday, of.id)
    assert week.quota_seconds == (3 * 30 + 4 * 60) * 60


def test_the_weeks_of_a_window_are_whole() -> None:
    weeks = week_bars(kept_by([calls()]), LAST_MONDAY + timedelta(days=6), MONDAY)
    assert [item.start for item in weeks] == [LAST_MONDAY, MONDAY]
    assert weeks[1].quota_seconds == 5 * 3600  # the days to come are asked for, too
    assert (weeks[1].due, weeks[1].met) == (1, 0)  # Monday; today is open


def test_a_week_may_begin_on_a_sunday() -> None:
    sunday = Settings(weeks=Weeks(6))
    (week,) = week_bars(kept_by([calls()], settings=sunday), MONDAY, MONDAY)
    assert (week.start, week.end) == (date(2026, 11, 22), date(2026, 11, 28))


def test_a_quota_of_a_week_is_not_cut_anew_when_weeks_begin_on_another_day() -> None:
    chosen = Settings(weeks=Weeks().then(Weeks(6), TODAY))
    before = week_bars(kept_by([calls()]), LAST_MONDAY, TODAY)
    after = week_bars(kept_by([calls()], settings=chosen), LAST_MONDAY, date(2026, 12, 6))
    assert after[: len(before)] == before
    short, new = after[len(before) :]
    assert (short.start, short.end) == (date(2026, 11, 30), date(2026, 12, 5))
    assert (new.start, new.end) == (date(2026, 12, 6), date(2026, 12, 12))
    assert (short.quota_seconds, new.quota_seconds) == (5 * 3600, 5 * 3600)


def test_a_year_with_53_weeks_has_53_bars() -> None:
    # ISO 2026 begins on Monday 29 December 2025 and ends on Sunday 3 January 2027.
    of = activity(1, (promised(date(2025, 1, 1), terms(10, days=EVERY_DAY)),))
    snapshot = kept_by([of], today=date(2027, 2, 1))
    weeks = week_bars(snapshot, date(2025, 12, 29), date(2027, 1, 3), of.id)
    assert len(weeks) == 53
    assert {item.quota_seconds for item in weeks} == {70 * 60}


def test_nights_on_which_the_clock_is_put_on_or_back_ask_for_a_whole_day() -> None:
    of = activity(1, (promised(LONG_AGO, terms(10)),))
    snapshot = kept_by([of])
    for day in (date(2026, 3, 29), date(2026, 10, 25)):
        (week,) = week_bars(snapshot, day, day, of.id)
        assert week.quota_seconds == 70 * 60


def test_a_day_is_a_bar_of_its_own() -> None:
    of = calls()
    bars = day_bars(record(kept_by([of], [talk(of, MONDAY)]), MONDAY, TODAY))
    assert [(item.start, item.end) for item in bars] == [(MONDAY, MONDAY), (TODAY, TODAY)]
    assert [item.seconds for item in bars] == [1800, 0]
    assert [item.due for item in bars] == [1, 0]


def test_the_average_of_days_is_over_those_that_were_due() -> None:
    of = calls()
    happened = [talk(of, MONDAY, 60, 4), talk(of, MONDAY - timedelta(days=1), 50, 9)]
    days = record(kept_by([of], happened), MONDAY - timedelta(days=4), TODAY)
    # Thursday and Friday nothing, Sunday is not due, Monday 60 min; today is open.
    assert average(day_bars(days), TODAY) == Average(3, 1200, 4 / 3, due=3, met=1)


def test_the_average_of_weeks_leaves_the_running_one_out() -> None:
    of = calls()
    happened = [talk(of, LAST_MONDAY, 60, 4), talk(of, TODAY, 60, 4)]
    weeks = week_bars(kept_by([of], happened), LAST_MONDAY - timedelta(days=7), TODAY)
    assert average(weeks, TODAY) == Average(2, 1800, 2.0, due=12, met=2)


def test_there_is_no_average_of_nothing() -> None:
    assert average((), TODAY) == Average(0, None, None, due=0, met=0)


def test_this_week_says_what_is_left_for_each_due_day() -> None:
    of = calls()
    snapshot = kept_by([of], [talk(of, MONDAY, 40.5, 3), talk(of, TODAY, 10, 1)])
    week = this_week(snapshot)
    assert (week.bar.seconds, week.bar.count) == (50 * 60 + 30, 4)
    assert week.days_left == 4  # Tuesday to Friday
    # 300 − 50.5 = 249.5 min over four days are 62.4: 63 whole minutes; 16 conversations are 4.
    assert (week.seconds_a_day, week.count_a_day) == (63 * 60, 4)


def test_a_today_that_is_filled_is_no_day_that_is_left() -> None:
    of = calls()
    week = this_week(kept_by([of], [talk(of, TODAY, 60, 4)]))
    assert week.days_left == 3
    assert (week.seconds_a_day, week.count_a_day) == (80 * 60, 6)  # 240 ÷ 3, and 16 ÷ 3 rounded up


def test_a_week_with_enough_done_has_nothing_left() -> None:
    of = calls()
    week = this_week(kept_by([of], [talk(of, MONDAY, 500, 50)]))
    assert (week.days_left, week.seconds_a_day, week.count_a_day) == (4, 0, 0)


def test_nothing_is_left_for_no_day() -> None:
    friday = TODAY + timedelta(days=3)
    of = calls()
    week = this_week(kept_by([of], [talk(of, friday, 60, 4)], today=friday))
    assert (week.days_left, week.seconds_a_day, week.count_a_day) == (0, None, None)


def test_the_pace_of_the_week_is_against_what_is_due_by_now() -> None:
    of = calls()
    week = this_week(kept_by([of], [talk(of, MONDAY, 70, 5)]))
    # By Tuesday noon: Monday's hour and half of today's; four and two conversations.
    assert week.pace(NOON, BERLIN, WorkingDay()) == WeekPace(-20 * 60, -1)


def test_without_a_quota_there_is_no_pace() -> None:
    week = this_week(kept_by([activity(1, (promised(LONG_AGO, terms()),))]), 1)
    assert week.pace(NOON, BERLIN, WorkingDay()) == WeekPace(None, None)
    assert (week.seconds_a_day, week.count_a_day) == (None, None)


def test_a_week_that_ends_today_is_not_over() -> None:
    sunday = MONDAY + timedelta(days=6)
    snapshot = kept_by([calls()], [talk(calls(), MONDAY, 60, 4)], today=sunday)
    weeks = week_bars(snapshot, LAST_MONDAY, sunday)
    assert average(weeks, sunday).periods == 1
    assert average(weeks, sunday + timedelta(days=1)).periods == 2


def test_a_today_that_lacks_conversations_alone_is_still_to_fill() -> None:
    week = this_week(kept_by([calls()], [talk(calls(), TODAY, 60, 1)]))
    # 20 − 1 = 19 conversations on four days are 4.75, so 5.
    assert (week.days_left, week.count_a_day) == (4, 5)


def test_on_the_first_day_of_a_week_nothing_was_due_before() -> None:
    week = this_week(kept_by([calls()], today=MONDAY))
    assert (week.seconds_due, week.count_due) == ((0, 3600), (0, 4))
    sunday = this_week(kept_by([calls()], today=MONDAY - timedelta(days=1)))
    assert (sunday.seconds_due, sunday.count_due) == ((5 * 3600, 0), (20, 0))
