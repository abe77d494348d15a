"""An hour in the best-returning activity, and a worth worked out of a yearly income."""

from datetime import time

from needlemover.domain.numbers.rates import per_hour
from needlemover.domain.numbers.returns import Return
from needlemover.domain.numbers.worth import best_return, closest_return, seconds_a_year
from needlemover.domain.settings import WorkingDay

HOUR = 3600


def item(
    activity_id: int, hours: int, money: int, payments: int = 5, *, archived: bool = False
) -> Return:
    return Return(
        activity_id, f"Activity {activity_id}", activity_id, hours * HOUR, money, payments,
        is_archived=archived,
    )  # fmt: skip


def test_the_best_return_needs_five_payments_and_ten_hours() -> None:
    sales, film = item(1, 10, 100_000), item(2, 100, 900_000)
    assert best_return([film, sales]) is sales
    few, short = item(3, 10, 900_000, 4), item(4, 9, 900_000)
    assert best_return([few, short]) is None
    assert best_return([few, short, film, item(5, 10, -5), item(6, 1, 9**9, archived=True)]) is film
    assert best_return([sales, film], but_not=1) is film


def test_without_a_best_return_the_closest_one_is_named() -> None:
    few, fewer = item(1, 10, 900, 4), item(2, 90, 900, 2)
    found = [fewer, few, item(3, 9, 0, 0)]
    assert (best_return(found), closest_return(found)) == (None, few)
    assert closest_return([]) is None
    full = item(4, 10, 900)
    assert (best_return([few, full]), full.per_hour) == (full, 90)


def test_an_income_is_shared_out_over_the_working_hours_of_a_year() -> None:
    # 8 hours, five days, 52 weeks: 2,080 hours; 9,000,000 / 2,080 = 4,326.9…
    assert seconds_a_year(WorkingDay()) == 2_080 * HOUR
    assert per_hour(9_000_000, seconds_a_year(WorkingDay())) == 4_327
    assert per_hour(208_000, 2_080 * HOUR) == 100


def test_a_night_counts_by_the_clock_and_no_working_day_has_no_worth() -> None:
    night = WorkingDay(time(22), time(6), frozenset({0, 1}))
    assert seconds_a_year(night) == 832 * HOUR
    assert per_hour(1, seconds_a_year(WorkingDay(weekdays=frozenset()))) is None


def test_a_working_day_that_ends_when_it_starts_takes_24_hours() -> None:
    assert seconds_a_year(WorkingDay(time(9), time(9))) == 24 * 5 * 52 * HOUR


def test_only_what_earned_anything_and_is_not_put_away_returns_best() -> None:
    assert best_return([item(1, 10, 1)]) == item(1, 10, 1)
    for none in (item(1, 10, 0), item(1, 10, -5), item(1, 10, 900, archived=True)):
        assert best_return([none]) is None


def test_only_what_earned_anything_and_is_not_put_away_comes_closest() -> None:
    near = item(1, 9, 1, 1)
    for none in (item(2, 9, 0, 4), item(2, 9, -5, 4), item(2, 9, 900, 4, archived=True)):
        assert closest_return([none, near]) == near
        assert closest_return([none]) is None
