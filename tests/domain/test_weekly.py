"""Promises by the week: what a week asks, when it is met, streaks in weeks, raising and easing."""

from datetime import date, timedelta

import pytest

from needlemover.domain.day import Weeks
from needlemover.domain.errors import NeedleError, WrongUsageError
from needlemover.domain.progress.summary import streak_report
from needlemover.domain.promises.change import change
from needlemover.domain.promises.commitment import (
    EVERY_DAY,
    NOTHING,
    Commitment,
    Done,
    Rule,
    Terms,
    Timeline,
    begins_in,
    first_days,
    terms_on,
    was_weekly,
    week_terms,
)
from needlemover.domain.promises.marks import Run
from needlemover.domain.promises.status import DayOff, Status, WeekDue, week_due

from ..conftest import promised, terms, weekly
from .conftest import activity, entry, kept_by, shown

MONDAY = date(2026, 11, 23)
TUESDAY, WEDNESDAY, THURSDAY, FRIDAY, SATURDAY, SUNDAY = (
    MONDAY + timedelta(days=number) for number in range(1, 7)
)
NEXT_MONDAY = MONDAY + timedelta(days=7)
LONG_AGO = date(2026, 11, 2)
LAST_MONDAY = date(2026, 11, 16)

ONCE, THREE, FIVE = weekly(), weekly(count=3), weekly(count=5)
DAILY = terms(30)
NO_DAY_OFF: tuple[tuple[date, date], ...] = ()


def due(
    timeline: Timeline,
    count: int = 0,
    *,
    today: date = TUESDAY,
    free: tuple[tuple[date, date], ...] = NO_DAY_OFF,
    first: date = MONDAY,
) -> WeekDue:
    progress = Done(0, count, done=True) if count else NOTHING
    return week_due(timeline, Weeks().of(first), progress, free=free, today=today)


def asked(timeline: Timeline, monday: date) -> Terms | None:
    return week_terms(timeline, Weeks().of(monday))


def first_weeks(timeline: Timeline) -> set[date]:
    weeks = Weeks().between(LONG_AGO, date(2026, 12, 31))
    return {week.first for week in weeks if begins_in(timeline, week)}


SINCE_LONG = (promised(LONG_AGO, THREE),)


def test_a_plain_tick_by_the_week_is_one_a_week() -> None:
    assert terms().a_week == Terms(frozenset(), count=1, weekly=True)
    assert terms(60).a_week == Terms(frozenset(), seconds=3600, weekly=True)


def test_a_week_is_met_by_what_was_done_on_all_its_days() -> None:
    assert not due(SINCE_LONG, 2).met
    assert due(SINCE_LONG, 3).met
    both = (promised(LONG_AGO, weekly(60, 3, rule=Rule.ANY)),)
    hour = Done(3600, 1, done=True)
    assert week_due(both, Weeks().of(MONDAY), hour, free=NO_DAY_OFF, today=TUESDAY).met


def test_a_week_that_asks_for_minutes_is_not_met_by_ticks() -> None:
    assert not due((promised(LONG_AGO, weekly(60)),), 9).met


def test_the_days_left_are_those_from_today_on_that_are_not_off() -> None:
    assert due(SINCE_LONG, today=TUESDAY).days_left == 6
    assert due(SINCE_LONG, today=TUESDAY, free=((FRIDAY, SUNDAY),)).days_left == 3
    assert due(SINCE_LONG, today=NEXT_MONDAY).days_left == 0
    assert due(SINCE_LONG, today=LAST_MONDAY).days_left == 7


def test_it_is_today_or_never_on_the_last_day_that_is_not_off() -> None:
    assert not due(SINCE_LONG, 2, today=SATURDAY).today_or_never
    assert due(SINCE_LONG, 2, today=SUNDAY).today_or_never
    assert due(SINCE_LONG, 2, today=THURSDAY, free=((FRIDAY, SUNDAY),)).today_or_never
    assert not due(SINCE_LONG, 3, today=SUNDAY).today_or_never
    assert not due(SINCE_LONG, 2, today=SATURDAY, free=((SATURDAY, SATURDAY),)).today_or_never


def test_a_week_with_all_its_days_off_is_not_due() -> None:
    off = due(SINCE_LONG, 5, free=((MONDAY, THURSDAY), (FRIDAY, SUNDAY)))
    assert (off.due, off.met, off.taken_off) == (False, False, True)
    assert due(SINCE_LONG, free=((MONDAY, SATURDAY),)).due


def test_the_first_week_counts_when_it_is_met_and_is_not_due_when_it_is_not() -> None:
    began = (promised(WEDNESDAY, THREE),)
    assert due(began, 3, today=NEXT_MONDAY).due
    over = due(began, 2, today=NEXT_MONDAY)
    assert (over.due, over.begins) == (False, True)
    assert due(began, 2, today=SUNDAY).due  # as long as it lasts it stands on the list
    assert due(began, 2, first=NEXT_MONDAY, today=date(2026, 12, 7)).due


def test_it_begins_again_after_it_was_archived_or_promised_by_the_day() -> None:
    timeline = (
        promised(LONG_AGO, THREE),
        promised(date(2026, 11, 9), FIVE),
        promised(LAST_MONDAY, None),
        promised(TUESDAY, THREE),
        promised(NEXT_MONDAY, DAILY),
        promised(date(2026, 12, 10), THREE),
    )
    assert first_weeks(timeline) == {LONG_AGO, MONDAY, date(2026, 12, 7)}
    assert first_days(timeline) == {NEXT_MONDAY}


def test_a_raise_in_the_middle_of_a_week_holds_for_all_of_it() -> None:
    timeline = change(SINCE_LONG, FIVE, WEDNESDAY)
    assert asked(timeline, LAST_MONDAY) == THREE
    assert asked(timeline, MONDAY) == FIVE


@pytest.mark.parametrize("easier", [ONCE, weekly(60), DAILY, None])
def test_what_asks_less_holds_from_the_first_day_of_the_next_week(easier: Terms | None) -> None:
    timeline = change(SINCE_LONG, easier, WEDNESDAY)
    assert timeline[-1] == Commitment(NEXT_MONDAY, easier, WEDNESDAY)
    assert asked(timeline, MONDAY) == THREE


def test_with_a_week_that_starts_on_sunday_the_next_one_does_too() -> None:
    timeline = change(SINCE_LONG, ONCE, WEDNESDAY, weeks=Weeks(6))
    assert timeline[-1].start == SUNDAY


def test_a_raise_of_this_week_can_be_taken_back_down_to_what_held_when_it_began() -> None:
    raised = change(SINCE_LONG, FIVE, TUESDAY)
    assert asked(change(raised, weekly(count=4), THURSDAY), MONDAY) == weekly(count=4)
    assert asked(change(raised, THREE, THURSDAY), MONDAY) == THREE


def test_below_that_the_week_falls_back_to_it_and_the_next_one_is_easier() -> None:
    eased = change(change(SINCE_LONG, FIVE, TUESDAY), ONCE, THURSDAY)
    assert asked(eased, MONDAY) == THREE
    assert asked(eased, NEXT_MONDAY) == ONCE
    assert terms_on(eased, WEDNESDAY) == FIVE  # a past day stays as it was


def test_a_raise_planned_within_the_week_is_dropped_by_an_easing() -> None:
    planned = change(SINCE_LONG, FIVE, TUESDAY, FRIDAY)
    assert asked(planned, MONDAY) == FIVE
    assert change(planned, ONCE, WEDNESDAY) == (
        promised(LONG_AGO, THREE), Commitment(NEXT_MONDAY, ONCE, WEDNESDAY),
    )  # fmt: skip


def test_what_was_added_this_week_can_be_edited_freely_in_it() -> None:
    added = change((), FIVE, MONDAY)
    assert asked(change(added, ONCE, THURSDAY), MONDAY) == ONCE
    assert terms_on(change(added, DAILY, THURSDAY), THURSDAY) == DAILY
    assert terms_on(change(added, None, THURSDAY), THURSDAY) is None


def test_by_the_week_instead_of_by_the_day_holds_from_tomorrow() -> None:
    timeline = change((promised(LONG_AGO, DAILY),), FIVE, WEDNESDAY)
    assert terms_on(timeline, WEDNESDAY) == DAILY
    assert terms_on(timeline, THURSDAY) == FIVE
    assert (asked(timeline, MONDAY), first_weeks(timeline)) == (FIVE, {MONDAY})


def test_neither_of_a_day_and_a_week_asks_at_least_as_much_as_the_other() -> None:
    assert not weekly(9999, 99).asks_at_least(DAILY)
    assert not terms(9999, 99, days=EVERY_DAY).asks_at_least(ONCE)
    assert FIVE.asks_at_least(THREE)
    assert not THREE.asks_at_least(FIVE)


@pytest.mark.parametrize(
    ("start", "named"),
    [(WEDNESDAY, NEXT_MONDAY), (FRIDAY, NEXT_MONDAY), (date(2026, 12, 3), date(2026, 12, 7))],
)
def test_an_easing_asked_for_the_middle_of_a_week_is_refused_with_the_next_first_day(
    start: date, named: date
) -> None:
    with pytest.raises(NeedleError, match=named.isoformat()):
        change(SINCE_LONG, ONCE, WEDNESDAY, start)


def test_an_easing_can_be_asked_for_the_first_day_of_a_later_week_but_not_of_this_one() -> None:
    later = date(2026, 12, 7)
    assert asked(change(SINCE_LONG, ONCE, WEDNESDAY, later), NEXT_MONDAY) == THREE
    assert asked(change(SINCE_LONG, ONCE, WEDNESDAY, later), later) == ONCE
    with pytest.raises(NeedleError, match=NEXT_MONDAY.isoformat()):
        change(SINCE_LONG, ONCE, MONDAY, MONDAY)


def test_a_raise_can_be_asked_for_any_later_day() -> None:
    assert asked(change(SINCE_LONG, FIVE, WEDNESDAY, SATURDAY), MONDAY) == FIVE


def test_a_promise_by_the_week_that_is_still_to_begin_keeps_its_first_day() -> None:
    planned = (Commitment(FRIDAY, THREE, LONG_AGO),)
    assert change(planned, ONCE, WEDNESDAY) == (Commitment(FRIDAY, ONCE, WEDNESDAY),)


def test_an_archiving_is_taken_back_before_it_holds() -> None:
    assert change(change(SINCE_LONG, None, TUESDAY), THREE, FRIDAY) == SINCE_LONG


@pytest.mark.parametrize(
    "nothing", [Terms(frozenset(), weekly=True), Terms(count=3, weekly=True), weekly(count=0)]
)
def test_a_promise_by_the_week_that_asks_for_nothing_is_refused(nothing: Terms) -> None:
    with pytest.raises(WrongUsageError):
        change((), nothing, TUESDAY)


# In a day and in the report.

NEWS = activity(1, SINCE_LONG, name="Newsletter")
FILM = activity(2, (promised(LONG_AGO, terms()),), name="Film")


def ticks(week: date, number: int):
    return [entry(NEWS, week + timedelta(days=day)) for day in range(number)]


KEPT = [*ticks(LONG_AGO, 3), *ticks(date(2026, 11, 9), 4), *ticks(LAST_MONDAY, 3)]


def test_a_promise_by_the_week_stands_apart_and_never_decides_about_the_day() -> None:
    day = shown([NEWS, FILM], [*KEPT, entry(FILM, TUESDAY)], day=TUESDAY, today=TUESDAY)
    assert [item.name for item in day.activities] == ["Film"]
    assert [item.name for item in day.weekly] == ["Newsletter"]
    assert day.status is Status.WON
    assert shown([NEWS], KEPT, day=TUESDAY, today=TUESDAY).status is Status.REST


def test_an_open_week_does_not_break_the_streak_and_a_met_one_adds() -> None:
    (line,) = shown([NEWS], [*KEPT, *ticks(MONDAY, 1)], day=TUESDAY, today=TUESDAY).weekly
    assert (line.streak.current, line.streak.best, line.progress.count) == (3, 3, 1)
    (line,) = shown([NEWS], [*KEPT, *ticks(MONDAY, 3)], day=WEDNESDAY, today=WEDNESDAY).weekly
    assert (line.streak.current, line.due.met) == (4, True)


def test_a_past_day_shows_its_week_as_the_whole_week_stands() -> None:
    (line,) = shown([NEWS], KEPT, day=LAST_MONDAY, today=TUESDAY).weekly
    assert (line.progress.count, line.due.met, line.due.is_over) == (3, True, True)
    assert line.streak.current == 3
    (line,) = shown([NEWS], [*KEPT, *ticks(MONDAY, 2)], day=MONDAY, today=THURSDAY).weekly
    assert (line.progress.count, line.due.days_left) == (2, 4)


def test_a_day_to_come_is_handed_the_streak_as_it_stands() -> None:
    entries = [*KEPT, *ticks(MONDAY, 3)]
    for day, done in ((FRIDAY, 3), (NEXT_MONDAY, 0)):
        (line,) = shown([NEWS], entries, day=day, today=WEDNESDAY).weekly
        assert (line.streak.current, line.progress.count) == (4, done)


def test_a_missed_week_breaks_the_streak_and_a_week_off_does_not() -> None:
    entries = [item for item in KEPT if not date(2026, 11, 9) <= item.day < LAST_MONDAY]
    (line,) = shown([NEWS], entries, day=TUESDAY, today=TUESDAY).weekly
    assert (line.streak.current, line.streak.best) == (1, 1)
    off = DayOff(date(2026, 11, 9), date(2026, 11, 15), NEWS.id)
    (line,) = shown([NEWS], entries, day=TUESDAY, today=TUESDAY, days_off=[off]).weekly
    assert line.streak.current == 2


def report(as_of: date, today: date, entries):
    return dict(streak_report(kept_by([NEWS], entries, today=today), as_of).activities)[NEWS]


def test_the_report_counts_weeks_with_their_first_and_last_day() -> None:
    streak = report(TUESDAY, TUESDAY, KEPT)
    assert streak.runs == (Run(LONG_AGO, date(2026, 11, 22), 3),)
    met_today = report(WEDNESDAY, WEDNESDAY, [*KEPT, *ticks(MONDAY, 3)])
    assert met_today.runs == (Run(LONG_AGO, SUNDAY, 4),)


def test_the_report_of_a_past_day_knows_only_what_was_done_by_then() -> None:
    assert report(date(2026, 11, 17), TUESDAY, KEPT).current == 2
    assert report(date(2026, 11, 18), TUESDAY, KEPT).current == 3
    short = KEPT[:-1]
    assert report(date(2026, 11, 21), TUESDAY, short).current == 2
    assert report(date(2026, 11, 22), TUESDAY, short).current == 0


def test_on_the_last_day_of_a_week_it_is_still_open() -> None:
    assert report(SUNDAY, SUNDAY, KEPT).current == 3


FOUR = weekly(count=4)


def test_a_raise_of_this_week_is_eased_from_a_day_of_it_down_to_what_held_when_it_began() -> None:
    raised = change(SINCE_LONG, FIVE, TUESDAY)
    assert change(raised, FOUR, WEDNESDAY, THURSDAY)[-1] == Commitment(THURSDAY, FOUR, WEDNESDAY)


def test_a_later_week_is_held_against_what_is_planned_for_it() -> None:
    planned = change(SINCE_LONG, FIVE, WEDNESDAY, NEXT_MONDAY)
    with pytest.raises(NeedleError, match="2026-12-07"):
        change(planned, FOUR, WEDNESDAY, NEXT_MONDAY + timedelta(days=2))


def test_an_easing_asked_for_a_later_week_leaves_a_raise_of_this_one_alone() -> None:
    raised = change(SINCE_LONG, FIVE, TUESDAY)
    assert change(raised, ONCE, WEDNESDAY, NEXT_MONDAY) == (
        *raised, Commitment(NEXT_MONDAY, ONCE, WEDNESDAY),
    )  # fmt: skip


def test_a_raise_taken_back_in_part_is_one_change() -> None:
    raised = change(SINCE_LONG, FIVE, TUESDAY)
    assert change(raised, FOUR, THURSDAY) == (*raised, Commitment(THURSDAY, FOUR, THURSDAY))


def test_a_week_whose_promise_begins_today_as_planned_is_not_eased() -> None:
    planned = (Commitment(WEDNESDAY, THREE, LONG_AGO),)
    assert change(planned, ONCE, WEDNESDAY)[-1] == Commitment(NEXT_MONDAY, ONCE, WEDNESDAY)


def test_what_was_planned_before_the_week_stays_when_the_next_one_is_eased() -> None:
    planned = change(SINCE_LONG, FIVE, LAST_MONDAY, FRIDAY)
    assert change(planned, ONCE, WEDNESDAY) == (*planned, Commitment(NEXT_MONDAY, ONCE, WEDNESDAY))


def test_it_is_promised_by_the_week_from_the_first_day_of_the_promise_on() -> None:
    assert was_weekly(SINCE_LONG, LONG_AGO)
    assert not was_weekly(SINCE_LONG, LONG_AGO - timedelta(days=1))
    assert was_weekly((*SINCE_LONG, promised(MONDAY, None)), TUESDAY)


def test_a_week_without_a_promise_is_neither_due_nor_met() -> None:
    found = due((), 5)
    assert (found.due, found.met, found.progress.count) == (False, False, 5)
