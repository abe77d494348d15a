"""The hours a problem takes: estimated, or measured from 3 logged times on; and the leak."""

from datetime import date, time, timedelta
from fractions import Fraction

import pytest

from needlemover.domain.delegation.problem import (
    Every,
    ProblemState,
    Spent,
    Workload,
    logged_times,
    workload_of,
)
from needlemover.domain.settings import WorkingDay

from ..weighing import TODAY, problem

WORKING = WorkingDay()
HOUR = 3600


def spent(*minutes: int, last: date = TODAY, apart: int = 1) -> tuple[Spent, ...]:
    """Logged times, the last one on a day, each some days after the one before."""
    count = len(minutes)
    return tuple(
        Spent(last - timedelta(days=apart * (count - 1 - place)), item * 60)
        for place, item in enumerate(minutes)
    )


@pytest.mark.parametrize(
    ("every", "hours"),
    [
        (Every.WEEK, Fraction(13, 2)),  # 1.5 · 52/12
        (Every.MONTH, Fraction(3, 2)),
        (Every.DAY, Fraction(65, 2)),  # five working days a week
        (Every.ONCE, Fraction(3, 2)),
    ],
)
def test_an_estimate_is_brought_to_a_month(every: Every, hours: Fraction) -> None:
    found = workload_of(problem(90, every), WORKING, TODAY)
    assert found is not None
    assert (found.hours, found.is_once, found.logged) == (hours, every is Every.ONCE, 0)


def test_each_day_is_each_working_weekday() -> None:
    three = WorkingDay(time(9), time(17), frozenset({0, 2, 4}))
    found = workload_of(problem(60, Every.DAY), three, TODAY)
    assert found is not None
    assert (found.hours, found.times) == (13, 13)  # 3 · 52/12


def test_two_logged_times_leave_the_estimate_and_three_replace_it() -> None:
    two = workload_of(problem(90, Every.MONTH, spent=spent(10, 20)), WORKING, TODAY)
    three = workload_of(problem(90, Every.MONTH, spent=spent(9, 20, 55)), WORKING, TODAY)
    assert two is not None
    assert three is not None
    assert (two.seconds, two.is_measured) == (5_400, False)
    # 84 minutes in 28 days are 91 in a month of 91/3 days.
    assert (three.seconds, three.is_measured, three.logged) == (91 * 60, True, 3)


@pytest.mark.parametrize("every", [Every.WEEK, Every.MONTH, Every.DAY, None])
def test_measured_hours_are_those_of_the_log_however_often_it_was_said(every: Every | None) -> None:
    # 65 hours within 13 weeks, 91 days: 21 h 40 in a third of them, not an hour each week.
    logged = (*spent(*[60] * 64, last=TODAY - timedelta(days=27)), Spent(TODAY, HOUR))
    found = workload_of(problem(60, every, spent=logged), WORKING, TODAY)
    assert found is not None
    assert (found.days, found.logged) == (91, 65)
    assert (found.hours, found.times) == (Fraction(65, 3), Fraction(217, 10))


def test_logged_times_do_for_an_estimate_that_was_never_made() -> None:
    found = workload_of(problem(None, Every.WEEK, spent=spent(30, 30, 30)), WORKING, TODAY)
    assert found is not None
    assert found.hours == Fraction(98, 60)  # 90 minutes in 28 days are 97.5 in 91/3
    assert workload_of(problem(None, Every.WEEK, spent=spent(30, 30)), WORKING, TODAY) is None


def test_how_often_can_be_measured_too_over_28_days_at_least() -> None:
    # Three hours within three days: 28 days are taken, so 3 · (91/3) / 28 = 3.25 a month.
    lately = workload_of(problem(None, None, spent=spent(60, 60, 60)), WORKING, TODAY)
    assert lately is not None
    assert (lately.hours, lately.times) == (Fraction(13, 4), Fraction(32, 10))
    # Three hours, the first of them 91 days ago, today among them: one hour a month.
    long = spent(60, 60, 60, last=TODAY - timedelta(days=30), apart=30)
    found = workload_of(problem(5, None, spent=long), WORKING, TODAY)
    assert found is not None
    assert found.hours == 1
    assert workload_of(problem(5, None, spent=spent(60, 60)), WORKING, TODAY) is None


def test_the_parts_of_a_one_off_thing_add_up_once_they_outgrow_the_estimate() -> None:
    small = workload_of(problem(600, Every.ONCE, spent=spent(60, 60, 60)), WORKING, TODAY)
    large = workload_of(problem(90, Every.ONCE, spent=spent(60, 60, 60)), WORKING, TODAY)
    assert small is not None
    assert large is not None
    assert (small.hours, small.is_measured) == (10, False)
    assert (large.hours, large.is_measured) == (3, True)


def test_ticks_without_time_and_days_to_come_are_no_logged_times() -> None:
    none = (*spent(30, 30), Spent(TODAY, 0), Spent(TODAY + timedelta(days=1), 60))
    found = workload_of(problem(90, Every.MONTH, spent=none), WORKING, TODAY)
    assert found is not None
    assert not found.is_measured


def test_what_was_logged_after_it_was_handed_over_does_not_count() -> None:
    item = problem(
        90, Every.MONTH, spent=spent(60, 60, 60), state=ProblemState.DELEGATED,
        on=TODAY - timedelta(days=1),
    )  # fmt: skip
    found = workload_of(item, WORKING, TODAY)
    assert found is not None
    assert (found.hours, found.is_measured) == (Fraction(3, 2), False)


def test_a_leak_is_all_that_was_put_in_at_the_worth_of_the_hour() -> None:
    # 6 h 40 · 142.05 = 947.
    item = problem(spent=(Spent(date(2026, 8, 3), 4 * HOUR), Spent(TODAY, 9_600)))
    found = item.leak(14_205)
    assert found is not None
    assert (found.since, found.seconds, found.times) == (date(2026, 8, 3), 24_000, 2)
    assert found.money == 94_700
    unknown = item.leak(None)
    assert unknown is not None
    assert unknown.money is None
    assert problem().leak(14_205) is None


def test_parts_that_add_up_to_the_estimate_have_not_outgrown_it() -> None:
    equal = workload_of(problem(180, Every.ONCE, spent=spent(60, 60, 60)), WORKING, TODAY)
    more = workload_of(problem(179, Every.ONCE, spent=spent(60, 60, 60)), WORKING, TODAY)
    unknown = workload_of(problem(None, Every.ONCE, spent=spent(60, 60, 60)), WORKING, TODAY)
    assert (equal, more, unknown) == (
        Workload(Fraction(3 * HOUR), Fraction(1), True),
        Workload(Fraction(3 * HOUR), Fraction(1), True, 3),
        Workload(Fraction(3 * HOUR), Fraction(1), True, 3),
    )


def test_a_second_is_logged_time_and_no_time_at_all_is_none() -> None:
    item = problem(90, Every.MONTH, spent=(*(Spent(TODAY, 1),) * 3, Spent(TODAY, 0)))
    assert len(logged_times(item, TODAY)) == 3
    leak = item.leak(None)
    assert leak is not None
    assert (leak.seconds, leak.times) == (3, 3)
