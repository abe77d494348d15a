"""What a day asked, what became of it, and the word for it."""

from datetime import date, timedelta

import pytest

from needlemover.domain.promises.commitment import NOTHING, Done, Rule, Timeline
from needlemover.domain.promises.marks import MET, MISSED, NOT_DUE, marks, whole_day_marks
from needlemover.domain.promises.status import (
    DayOff,
    Due,
    Status,
    due_on,
    seconds_to_win,
    status_of,
)

from ..conftest import MONDAY_TO_FRIDAY, promised, terms

TODAY = date(2026, 11, 24)
YESTERDAY, TOMORROW = TODAY - timedelta(days=1), TODAY + timedelta(days=1)
BEGIN = date(2026, 11, 2)

HOUR = terms(60)
FULL, HALF = Done(3600, 4, done=True), Done(1800, 2, done=True)
TIMELINE: Timeline = (promised(BEGIN, HOUR),)


def due(day: date, progress: Done = NOTHING, *, off: bool = False) -> Due:
    return due_on(TIMELINE, day, progress, off=off, today=TODAY)


def word(*dues: Due, day: date = YESTERDAY, tracked: bool = True, off: bool = False) -> Status:
    return status_of(day, dues, today=TODAY, tracked=tracked, off=off)


def test_a_due_day_is_met_when_the_quota_is_full() -> None:
    assert (due(YESTERDAY, FULL).due, due(YESTERDAY, FULL).met) == (True, True)
    assert (due(YESTERDAY, HALF).due, due(YESTERDAY, HALF).met) == (True, False)


def test_nothing_is_due_before_the_first_commitment() -> None:
    before = due(BEGIN - timedelta(days=1), FULL)
    assert (before.due, before.met, before.terms) == (False, False, None)


def test_nothing_is_due_on_other_weekdays_and_what_was_done_is_told() -> None:
    saturday = date(2026, 11, 21)
    timeline = (promised(BEGIN, terms(60, days=MONDAY_TO_FRIDAY)),)
    found = due_on(timeline, saturday, FULL, off=False, today=TODAY)
    assert (found.due, found.met, found.progress) == (False, False, FULL)


def test_nothing_is_due_once_it_is_archived() -> None:
    timeline = (*TIMELINE, promised(YESTERDAY, None))
    assert not due_on(timeline, YESTERDAY, off=False, today=TODAY).due


def test_nothing_is_due_on_a_day_off_even_when_it_was_done() -> None:
    found = due(YESTERDAY, FULL, off=True)
    assert (found.due, found.met, found.taken_off) == (False, False, True)


def test_a_day_off_takes_nothing_off_a_day_that_was_free_anyway() -> None:
    timeline = (promised(BEGIN, terms(60, days=MONDAY_TO_FRIDAY)),)
    saturday = due_on(timeline, date(2026, 11, 21), off=True, today=TODAY)
    assert not saturday.taken_off


def test_the_first_day_counts_when_it_is_met() -> None:
    first = due(BEGIN, FULL)
    assert (first.due, first.met, first.begins) == (True, True, True)


def test_the_first_day_was_not_due_when_it_is_not_met() -> None:
    first = due(BEGIN, HALF)
    assert (first.due, first.met, first.begins) == (False, False, True)


def test_the_second_day_is_due_as_any_other() -> None:
    assert due(BEGIN + timedelta(days=1)).due


@pytest.mark.parametrize("begin", [TODAY, TOMORROW])
def test_a_first_day_stands_on_the_list_as_long_as_it_lasts(begin: date) -> None:
    first = due_on((promised(begin, HOUR),), begin, off=False, today=TODAY)
    assert (first.due, first.met, first.begins) == (True, False, True)


MET_DUE = Due(HOUR, due=True, met=True, progress=FULL)
HALF_DUE = Due(HOUR, due=True, met=False, progress=HALF)
MISSED_DUE = Due(HOUR, due=True, met=False)
FREE = Due(HOUR, due=False, met=False)
TAKEN_OFF = Due(HOUR, due=False, met=False, taken_off=True)
FIRST = Due(HOUR, due=True, met=False, begins=True)


def test_a_day_is_won_when_everything_due_was_met() -> None:
    assert word(MET_DUE, FREE, MET_DUE) is Status.WON


def test_a_day_is_missed_when_nothing_due_was_done() -> None:
    assert word(MISSED_DUE, MISSED_DUE) is Status.MISSED


def test_a_missed_day_is_part_when_some_of_it_was_done() -> None:
    assert word(MET_DUE, MISSED_DUE) is Status.PART
    assert word(HALF_DUE, MISSED_DUE) is Status.PART


def test_what_was_not_due_does_not_make_a_missed_day_part() -> None:
    extra = Due(HOUR, due=False, met=False, progress=FULL)
    assert word(MISSED_DUE, extra) is Status.MISSED


def test_a_day_is_rest_when_nothing_was_due() -> None:
    assert word(FREE, FREE) is Status.REST
    assert word() is Status.REST


def test_a_day_off_is_off() -> None:
    assert word(TAKEN_OFF, TAKEN_OFF, off=True) is Status.OFF
    assert word(FREE, off=True) is Status.OFF
    assert word(TAKEN_OFF, off=True, day=TODAY) is Status.OFF


def test_a_day_off_for_one_activity_leaves_the_others_due() -> None:
    assert word(TAKEN_OFF, MET_DUE) is Status.WON
    assert word(TAKEN_OFF, MISSED_DUE) is Status.MISSED


def test_a_day_is_off_when_all_that_was_due_was_taken_off() -> None:
    assert word(TAKEN_OFF, FREE) is Status.OFF


def test_today_is_open_until_it_is_won() -> None:
    assert word(MET_DUE, MISSED_DUE, day=TODAY) is Status.OPEN
    assert word(MET_DUE, MET_DUE, day=TODAY) is Status.WON
    assert word(FREE, day=TODAY) is Status.REST


def test_an_activity_on_its_first_day_cannot_take_today_from_the_others() -> None:
    assert word(MET_DUE, FIRST, day=TODAY) is Status.WON
    assert word(MISSED_DUE, FIRST, day=TODAY) is Status.OPEN


def test_where_all_activities_begin_today_it_is_open_until_they_are_met() -> None:
    assert word(FIRST, FIRST, day=TODAY) is Status.OPEN


def test_a_day_to_come_is_ahead() -> None:
    assert word(MISSED_DUE, day=TOMORROW) is Status.AHEAD
    assert word(TAKEN_OFF, day=TOMORROW, off=True) is Status.AHEAD


@pytest.mark.parametrize("day", [YESTERDAY, TODAY])
def test_a_day_before_the_first_commitment_is_untracked(day: date) -> None:
    assert word(day=day, tracked=False) is Status.UNTRACKED


def test_a_day_off_covers_its_range_for_its_activity_or_for_all() -> None:
    for_all = DayOff(YESTERDAY, TODAY)
    assert [for_all.covers(day) for day in (BEGIN, YESTERDAY, TODAY, TOMORROW)] == [
        False, True, True, False,
    ]  # fmt: skip
    assert for_all.covers(TODAY, 7)
    for_one = DayOff(TODAY, TODAY, activity_id=7)
    assert for_one.covers(TODAY, 7)
    assert not for_one.covers(TODAY, 8)
    assert not for_one.covers(TODAY)


def test_a_day_off_entered_when_it_had_begun_was_said_afterwards() -> None:
    assert DayOff(YESTERDAY, YESTERDAY, said_on=TODAY).said_afterwards
    assert not DayOff(TODAY, TODAY, said_on=TODAY).said_afterwards
    assert not DayOff(TOMORROW, TOMORROW, said_on=TODAY).said_afterwards


def test_marks_say_for_each_day_whether_it_was_met_missed_or_free() -> None:
    # From Wednesday 4 to Tuesday 10 November; due Monday to Friday; the 4th is the first day.
    begin = date(2026, 11, 4)
    timeline = (promised(begin, terms(60, days=MONDAY_TO_FRIDAY)),)
    totals = [
        (date(2026, 11, 5), 3600, 1),
        (date(2026, 11, 6), 3599, 1),
        (date(2026, 11, 7), 3600, 1),
    ]
    off = [(date(2026, 11, 9), date(2026, 11, 9))]
    found = marks(timeline, totals, off, begin, date(2026, 11, 10))
    assert list(found) == [NOT_DUE, MET, MISSED, NOT_DUE, NOT_DUE, NOT_DUE, MISSED]


def test_marks_follow_the_commitment_of_each_day() -> None:
    first = date(2026, 11, 2)
    timeline = (
        promised(first, terms(10)),
        promised(date(2026, 11, 4), terms(60)),
        promised(date(2026, 11, 6), None),
    )
    totals = [(first + timedelta(days=number), 600, 1) for number in range(6)]
    assert list(marks(timeline, totals, [], first, date(2026, 11, 7))) == [
        MET, MET, MISSED, MISSED, NOT_DUE, NOT_DUE,
    ]  # fmt: skip


def test_marks_look_at_no_day_before_the_first_or_after_the_last() -> None:
    timeline = (promised(date(2026, 11, 1), terms(10)),)
    totals = [(date(2026, 11, day), 600, 1) for day in (1, 3, 9)]
    assert list(marks(timeline, totals, [], date(2026, 11, 2), date(2026, 11, 4))) == [
        MISSED, MET, MISSED,
    ]  # fmt: skip
    assert list(marks(timeline, totals, [], date(2026, 11, 4), date(2026, 11, 3))) == []
    assert list(marks((), totals, [], date(2026, 11, 2), date(2026, 11, 3))) == [0, 0]


def test_a_whole_day_is_missed_where_anything_was_and_met_where_all_that_was_due_was() -> None:
    rows = [
        bytes([NOT_DUE, MET, MET, NOT_DUE]),
        bytes([NOT_DUE, NOT_DUE, MISSED, MISSED]),
    ]
    assert list(whole_day_marks(rows)) == [NOT_DUE, MET, MISSED, MISSED]
    assert whole_day_marks(rows[:1]) == rows[0]
    assert whole_day_marks([]) == b""


def asked(minutes: int | None, count: int | None = None, *, rule: Rule = Rule.ALL) -> Timeline:
    return (promised(BEGIN, terms(minutes, count, rule=rule)),)


def today_due(timeline: Timeline, progress: Done = NOTHING, *, off: bool = False) -> Due:
    return due_on(timeline, TODAY, progress, off=off, today=TODAY)


def test_what_today_still_takes_is_the_time_that_its_quotas_lack() -> None:
    hour, half = today_due(asked(60), HALF), today_due(asked(30))
    assert seconds_to_win([hour, half]) == 1800 + 1800
    assert seconds_to_win([today_due(asked(60), FULL), half]) == 1800


def test_ticks_counts_and_what_is_not_due_take_no_time() -> None:
    either = today_due(asked(60, 5, rule=Rule.ANY))
    saturday = (promised(BEGIN, terms(60, days=frozenset((5,)))),)
    lines = [either, today_due(asked(None)), today_due(asked(None, 9)), today_due(saturday)]
    assert seconds_to_win([*lines, today_due(asked(60), off=True)]) == 0
    assert seconds_to_win([]) == 0


def test_what_began_today_takes_no_time_beside_what_was_there_before() -> None:
    new = today_due((promised(TODAY, terms(30)),))
    assert seconds_to_win([new]) == 1800
    assert seconds_to_win([new, today_due(asked(60))]) == 3600
