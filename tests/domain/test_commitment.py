"""Commitments: what asks at least as much, what holds from today, and what only from tomorrow."""

from datetime import date, timedelta

import pytest
from msgspec.structs import replace

from needlemover.domain.day import Week
from needlemover.domain.errors import NeedleError, WrongUsageError
from needlemover.domain.promises.change import as_the_day_began, change
from needlemover.domain.promises.commitment import (
    Commitment,
    Done,
    Rule,
    Terms,
    Timeline,
    begins_in,
    first_days,
    in_force,
    is_archived,
    terms_on,
    tracked_from,
)

from ..conftest import EVERY_DAY, MONDAY_TO_FRIDAY, promised, terms

TODAY = date(2026, 11, 24)
YESTERDAY, TOMORROW = TODAY - timedelta(days=1), TODAY + timedelta(days=1)
EARLIER = date(2026, 11, 2)
LATER = date(2026, 12, 1)

PLAIN = terms()
HOUR = terms(60)
TEN = terms(count=10)
BOTH = terms(60, 10)
EITHER = terms(60, 10, rule=Rule.ANY)


def minutes(timeline: Timeline, day: date) -> int | None:
    """The minutes asked on a day; None when nothing is."""
    found = terms_on(timeline, day)
    return found.seconds // 60 if found and found.seconds else None


@pytest.mark.parametrize(
    ("what", "done", "met"),
    [
        (PLAIN, Done(), False),
        (PLAIN, Done(0, 1, done=True), True),
        (PLAIN, Done(300, 0, done=True), True),
        (HOUR, Done(3599, 99, done=True), False),
        (HOUR, Done(3600, 0, done=True), True),
        (TEN, Done(9999, 9, done=True), False),
        (TEN, Done(0, 10, done=True), True),
        (BOTH, Done(3600, 9, done=True), False),
        (BOTH, Done(3600, 10, done=True), True),
        (EITHER, Done(3599, 9, done=True), False),
        (EITHER, Done(3600, 0, done=True), True),
        (EITHER, Done(0, 10, done=True), True),
    ],
)
def test_a_quota_is_met_by_its_minutes_its_count_both_or_either(
    what: Terms, done: Done, met: bool
) -> None:
    assert what.met_by(done) is met


@pytest.mark.parametrize(
    ("new", "old", "at_least"),
    [
        (HOUR, HOUR, True),
        (terms(61), HOUR, True),
        (terms(59), HOUR, False),
        (HOUR, PLAIN, True),
        (PLAIN, HOUR, False),
        (BOTH, HOUR, True),
        (BOTH, TEN, True),
        (HOUR, BOTH, False),
        (TEN, HOUR, False),
        (terms(60, 11), BOTH, True),
        (terms(90, 9), BOTH, False),
        (BOTH, EITHER, True),
        (EITHER, BOTH, False),
        (EITHER, EITHER, True),
        (terms(60, 9, rule=Rule.ANY), EITHER, False),
        (HOUR, EITHER, True),
        (TEN, EITHER, True),
        (terms(59), EITHER, False),
        (EITHER, HOUR, False),
        (EITHER, PLAIN, True),
        (terms(60, rule=Rule.ANY), HOUR, True),
        (terms(60, days=EVERY_DAY), terms(60, days=MONDAY_TO_FRIDAY), True),
        (terms(60, days=MONDAY_TO_FRIDAY), terms(60, days=EVERY_DAY), False),
        (terms(90, days=frozenset({0, 2})), terms(60, days=frozenset({0, 1})), False),
        (terms(59, days=EVERY_DAY), terms(60, days=MONDAY_TO_FRIDAY), False),
    ],
)
def test_terms_ask_at_least_as_much_on_every_weekday_and_in_every_quota(
    new: Terms, old: Terms, at_least: bool
) -> None:
    assert new.asks_at_least(old) is at_least


def test_the_latest_commitment_that_has_begun_holds() -> None:
    timeline = (promised(EARLIER, terms(15)), promised(TODAY, HOUR), promised(LATER, None))
    assert in_force(timeline, EARLIER - timedelta(days=1)) is None
    assert minutes(timeline, YESTERDAY) == 15
    assert minutes(timeline, TODAY) == 60
    assert terms_on(timeline, LATER) is None
    assert not is_archived(timeline, LATER - timedelta(days=1))
    assert is_archived(timeline, LATER)
    assert not is_archived((), TODAY)


def test_what_is_added_holds_from_today() -> None:
    assert change((), HOUR, TODAY) == (Commitment(TODAY, HOUR, TODAY),)


def test_raising_holds_from_today() -> None:
    timeline = change((promised(EARLIER, HOUR),), terms(90), TODAY)
    assert (minutes(timeline, YESTERDAY), minutes(timeline, TODAY)) == (60, 90)


def test_easing_holds_from_tomorrow() -> None:
    timeline = change((promised(EARLIER, HOUR),), terms(30), TODAY)
    assert [minutes(timeline, day) for day in (YESTERDAY, TODAY, TOMORROW)] == [60, 60, 30]


def test_fewer_weekdays_hold_from_tomorrow_even_when_today_is_not_one_of_them() -> None:
    timeline = change((promised(EARLIER, HOUR),), terms(60, days=frozenset({1})), TODAY)
    assert terms_on(timeline, TODAY) == HOUR
    assert terms_on(timeline, TOMORROW) == terms(60, days=frozenset({1}))


def test_more_minutes_on_fewer_weekdays_hold_from_tomorrow() -> None:
    timeline = change((promised(EARLIER, HOUR),), terms(120, days=MONDAY_TO_FRIDAY), TODAY)
    assert (minutes(timeline, TODAY), minutes(timeline, TOMORROW)) == (60, 120)


def test_a_raise_of_today_can_be_lowered_again_today_down_to_the_bar_of_the_morning() -> None:
    raised = change((promised(EARLIER, HOUR),), terms(180), TODAY)
    corrected = change(raised, terms(80), TODAY)
    assert minutes(corrected, TODAY) == 80
    back = change(corrected, HOUR, TODAY)
    assert back == (promised(EARLIER, HOUR),)


def test_below_the_bar_of_the_morning_a_raise_of_today_falls_back_to_that_bar() -> None:
    raised = change((promised(EARLIER, HOUR),), terms(180), TODAY)
    eased = change(raised, terms(30), TODAY)
    assert [minutes(eased, day) for day in (YESTERDAY, TODAY, TOMORROW)] == [60, 60, 30]


def test_what_was_planned_for_today_is_the_bar_of_the_morning_also_after_a_raise() -> None:
    planned = (promised(EARLIER, terms(15)), Commitment(TODAY, HOUR, YESTERDAY))
    raised = change(planned, terms(90), TODAY)
    assert minutes(raised, TODAY) == 90
    eased = change(raised, terms(30), TODAY)
    assert [minutes(eased, day) for day in (YESTERDAY, TODAY, TOMORROW)] == [15, 60, 30]


def test_what_was_added_today_can_be_edited_freely_today() -> None:
    added = change((), HOUR, TODAY)
    assert change(added, terms(5), TODAY) == (Commitment(TODAY, terms(5), TODAY),)


def test_what_was_added_today_with_a_start_in_the_past_can_be_eased_today() -> None:
    added = change((), HOUR, TODAY, EARLIER)
    eased = change(added, terms(5), TODAY)
    assert [minutes(eased, day) for day in (EARLIER, YESTERDAY, TODAY)] == [60, 60, 5]


def test_what_was_added_yesterday_can_no_longer_be_eased_for_today() -> None:
    eased = change((promised(YESTERDAY, HOUR),), terms(5), TODAY)
    assert (minutes(eased, TODAY), minutes(eased, TOMORROW)) == (60, 5)


def test_archiving_holds_from_tomorrow() -> None:
    archived = change((promised(EARLIER, HOUR),), None, TODAY)
    assert (minutes(archived, TODAY), is_archived(archived, TODAY)) == (60, False)
    assert is_archived(archived, TOMORROW)


def test_what_was_added_today_is_archived_at_once() -> None:
    archived = change(change((), HOUR, TODAY), None, TODAY)
    assert is_archived(archived, TODAY)
    assert tracked_from(archived) is None


def test_an_activity_without_a_promise_is_archived_at_once() -> None:
    assert is_archived(change((), None, TODAY), TODAY)


def test_an_easing_can_be_taken_back_before_it_holds() -> None:
    eased = change((promised(EARLIER, HOUR),), terms(30), TODAY)
    assert change(eased, HOUR, TODAY) == (promised(EARLIER, HOUR),)


def test_a_later_start_leaves_today_as_it_is() -> None:
    timeline = change((promised(EARLIER, HOUR),), terms(30), TODAY, LATER)
    assert minutes(timeline, LATER - timedelta(days=1)) == 60
    assert minutes(timeline, LATER) == 30


def test_a_later_start_leaves_a_raise_of_today_alone() -> None:
    raised = change((promised(EARLIER, HOUR),), terms(90), TODAY)
    timeline = change(raised, terms(30), TODAY, TOMORROW)
    assert (minutes(timeline, TODAY), minutes(timeline, TOMORROW)) == (90, 30)


def test_a_promise_that_is_still_to_begin_keeps_its_first_day_when_it_is_edited() -> None:
    timeline = change((promised(LATER, HOUR, YESTERDAY),), terms(30), TODAY)
    assert timeline == (Commitment(LATER, terms(30), TODAY),)


def test_a_promise_that_is_still_to_begin_can_be_asked_to_begin_today() -> None:
    timeline = change((promised(LATER, HOUR, YESTERDAY),), HOUR, TODAY, TODAY)
    assert minutes(timeline, TODAY) == 60


def test_easing_for_today_is_refused_with_what_to_do() -> None:
    with pytest.raises(NeedleError, match="tomorrow at the earliest"):
        change((promised(EARLIER, HOUR),), terms(30), TODAY, TODAY)


def test_a_start_in_the_past_is_allowed_before_the_first_commitment() -> None:
    timeline = change((promised(EARLIER, HOUR),), terms(15), TODAY, date(2026, 10, 1))
    assert minutes(timeline, date(2026, 10, 1)) == 15
    assert minutes(timeline, EARLIER - timedelta(days=1)) == 15
    assert [minutes(timeline, day) for day in (EARLIER, TODAY)] == [60, 60]


def test_a_start_in_the_past_keeps_a_raise_of_today() -> None:
    raised = change((promised(EARLIER, HOUR),), terms(90), TODAY)
    timeline = change(raised, terms(15), TODAY, date(2026, 10, 1))
    assert minutes(timeline, TODAY) == 90


def test_a_start_in_the_past_that_was_mistyped_can_be_corrected_today() -> None:
    mistyped = change((), HOUR, TODAY, date(2025, 11, 2))
    corrected = change(mistyped, HOUR, TODAY, EARLIER)
    assert corrected == (Commitment(EARLIER, HOUR, TODAY),)


@pytest.mark.parametrize("start", [EARLIER, YESTERDAY])
def test_a_start_in_the_past_after_the_first_commitment_is_refused(start: date) -> None:
    with pytest.raises(NeedleError, match="stay as they were promised"):
        change((promised(EARLIER, HOUR),), terms(90), TODAY, start)


def test_archiving_in_the_past_is_refused() -> None:
    with pytest.raises(NeedleError, match="stay as they were promised"):
        change((promised(EARLIER, HOUR),), None, TODAY, date(2026, 10, 1))


def test_an_archived_activity_is_taken_up_again_from_today() -> None:
    archived = (promised(EARLIER, HOUR), promised(YESTERDAY, None))
    timeline = change(archived, terms(5), TODAY)
    assert [minutes(timeline, day) for day in (EARLIER, YESTERDAY, TODAY)] == [60, None, 5]


SOME_DAY = "It must be due on some day of the week: choose at least one."
A_QUOTA = "A quota asks for something: give at least 1, or leave it out for a plain tick."
BY_THE_WEEK = "What is promised by the week needs minutes or a count: give one."
A_LIMIT = "An upper limit is minutes a day: give it without a count, and not by the week."
LIMIT = replace(terms(60), at_most=True)


@pytest.mark.parametrize(
    ("nothing", "why"),
    [
        (terms(0), A_QUOTA),
        (terms(count=0), A_QUOTA),
        (terms(60, 0), A_QUOTA),
        (terms(-5), A_QUOTA),
        (terms(60, days=frozenset()), SOME_DAY),
        (replace(terms(60), weekly=True), BY_THE_WEEK),
        (replace(terms(days=frozenset()), weekly=True), BY_THE_WEEK),
        (replace(LIMIT, count=1), A_LIMIT),
        (replace(LIMIT, seconds=None), A_LIMIT),
        (replace(LIMIT, weekdays=frozenset(), weekly=True), A_LIMIT),
    ],
)
def test_terms_that_ask_for_nothing_are_refused(nothing: Terms, why: str) -> None:
    with pytest.raises(WrongUsageError) as refused:
        change((), nothing, TODAY)
    assert str(refused.value) == why


def test_the_day_began_with_what_was_decided_before_it() -> None:
    before = (promised(EARLIER, HOUR), Commitment(TOMORROW, terms(30), YESTERDAY))
    today = Commitment(TODAY, terms(90), TODAY)
    assert as_the_day_began((before[0], today, before[1]), TODAY) == before


def test_an_activity_begins_once_and_again_after_it_was_archived() -> None:
    back = date(2026, 11, 16)
    timeline = (
        promised(EARLIER, HOUR),
        promised(date(2026, 11, 5), terms(90)),
        promised(date(2026, 11, 10), None),
        promised(back, HOUR),
    )
    assert first_days(timeline) == {EARLIER, back}


def test_taking_back_an_archiving_on_the_day_it_would_hold_is_no_new_beginning() -> None:
    archived = (promised(EARLIER, HOUR), Commitment(TODAY, None, YESTERDAY))
    assert first_days(change(archived, HOUR, TODAY)) == {EARLIER}


def test_an_earlier_start_decided_afterwards_leaves_the_first_day_a_first_day() -> None:
    timeline = change((promised(EARLIER, HOUR),), HOUR, TODAY, date(2026, 10, 1))
    assert first_days(timeline) == {date(2026, 10, 1), EARLIER}


def test_days_are_tracked_from_the_first_promise() -> None:
    assert tracked_from((promised(EARLIER, HOUR), promised(TODAY, None))) == EARLIER
    assert tracked_from(()) is None


def test_what_is_still_to_begin_is_archived_at_once() -> None:
    planned = (Commitment(LATER, HOUR, EARLIER),)
    assert change(planned, None, TODAY) == (Commitment(TODAY, None, TODAY),)


def test_what_was_planned_to_begin_today_can_only_be_eased_for_tomorrow() -> None:
    planned = (Commitment(TODAY, HOUR, EARLIER),)
    assert change(planned, terms(30), TODAY) == (*planned, Commitment(TOMORROW, terms(30), TODAY))


def test_a_first_day_in_the_past_can_be_moved_on_again_today() -> None:
    begun = (promised(YESTERDAY, HOUR),)
    twice = change(change(begun, HOUR, TODAY, EARLIER), HOUR, TODAY, EARLIER + timedelta(days=7))
    assert twice == (Commitment(EARLIER + timedelta(days=7), HOUR, TODAY), *begun)


def test_what_was_done_both_times_adds_up() -> None:
    one, other = Done(60, 1, done=True), Done(3, 2)
    assert one + other == other + one == Done(63, 3, done=True)


@pytest.mark.parametrize(
    ("what", "done", "share"),
    [
        (PLAIN, Done(), 0.0),
        (PLAIN, Done(done=True), 1.0),
        (HOUR, Done(900), 0.25),
        (HOUR, Done(9000), 1.0),
        (BOTH, Done(1800, 9), 0.5),
        (BOTH, Done(7200, 30), 1.0),
        (EITHER, Done(1800, 9), 0.9),
    ],
)
def test_the_share_of_a_quota_is_that_of_its_emptier_part_and_of_either_the_fuller(
    what: Terms, done: Done, share: float
) -> None:
    assert what.share_of(done) == share


def test_what_never_held_hides_no_beginning_behind_it() -> None:
    twice = (promised(EARLIER, HOUR, YESTERDAY), promised(EARLIER, TEN))
    again = (*twice, promised(YESTERDAY, None), promised(TODAY, HOUR))
    assert first_days(again) == {EARLIER, TODAY}


def test_two_promises_decided_on_one_day_begin_once() -> None:
    both = (Commitment(EARLIER, HOUR, TODAY), Commitment(LATER, TEN, TODAY))
    assert first_days(both) == {EARLIER}


def test_every_day_is_each_of_the_seven_from_monday_on() -> None:
    assert sorted(EVERY_DAY) == [0, 1, 2, 3, 4, 5, 6]


@pytest.mark.parametrize(
    ("seconds", "count", "rule", "ways"),
    [
        (600, 4, Rule.ALL, ((600, 4),)),
        (600, 4, Rule.ANY, ((600, 0), (0, 4))),
        (600, None, Rule.ANY, ((600, 0),)),
        (None, 4, Rule.ANY, ((0, 4),)),
        (None, None, Rule.ANY, ((0, 0),)),
    ],
)
def test_either_quota_is_a_way_of_its_own_only_where_there_are_two(
    seconds: int | None, count: int | None, rule: Rule, ways: tuple[tuple[int, int], ...]
) -> None:
    assert Terms(EVERY_DAY, seconds, count, rule).ways == ways


def test_a_promise_by_the_week_may_begin_on_any_day_of_it() -> None:
    week = Week(date(2026, 11, 23), date(2026, 11, 29))
    begins = {
        day: begins_in((Commitment(day, terms(60).a_week, day),), week)
        for day in (date(2026, 11, 22), week.first, week.last, date(2026, 11, 30))
    }
    assert list(begins.values()) == [False, True, True, False]


def test_what_was_never_promised_has_no_first_day() -> None:
    assert first_days(()) == frozenset()
