"""The worth of an hour: now, a week from now, declared, and when there is too little to say."""

from datetime import date, time, timedelta
from fractions import Fraction

import pytest

from needlemover.domain.numbers.worth import Worth, trend_through, worth_of
from needlemover.domain.promises.status import DayOff
from needlemover.domain.settings import (
    NextWorth,
    Settings,
    WorkingDay,
    seconds_a_day,
    working_days,
)
from needlemover.text.numbers.worth import worth_lines

TODAY = date(2026, 11, 24)
"""A Tuesday."""
LONG_AGO = date(2025, 1, 1)
HOUR = 3600


def worth(
    received: dict[date, tuple[int, int]],
    *,
    off: tuple[DayOff, ...] = (),
    settings: Settings | None = None,
    first: date | None = LONG_AGO,
    today: date = TODAY,
) -> Worth:
    """Of money and number of payments by day; those of a day are alike."""
    payments = {
        day: (money, count, money * money // max(1, count))
        for day, (money, count) in received.items()
    }
    return worth_of(payments, off, settings or Settings(), first, today)


def test_an_hour_is_worth_the_money_by_the_working_hours() -> None:
    # 90 days from Thursday 27 August to Tuesday 24 November: 12 weeks of five working days, and
    # six days from Thursday to Tuesday with four of them: 64 days of 8 hours, 512 hours.
    found = worth({date(2026, 8, 27): (1_000_000, 2), TODAY: (536_000, 3)})
    assert (found.basis.since, found.basis.until) == (date(2026, 8, 27), TODAY)
    assert (found.basis.seconds, found.basis.money) == (512 * HOUR, 1_536_000)
    assert (found.basis.payments, found.now, found.declared) == (5, 3_000, False)


def test_money_before_the_window_does_not_count() -> None:
    found = worth({date(2026, 8, 26): (9_999, 9), TODAY: (512, 5)})
    assert (found.basis.money, found.now) == (512, 1)


def test_days_off_shorten_the_work_and_those_of_one_activity_do_not() -> None:
    # Monday 9 to Sunday 15 November: five working days, 40 hours.
    off = DayOff(date(2026, 11, 9), date(2026, 11, 15))
    one = DayOff(date(2026, 11, 2), date(2026, 11, 8), activity_id=7)
    assert worth({}, off=(off, one)).basis.seconds == (512 - 40) * HOUR


def test_who_began_lately_is_measured_from_the_first_entry_on() -> None:
    # Four weeks from Wednesday 28 October: 20 working days, 160 hours.
    found = worth({TODAY: (160_000, 5)}, first=date(2026, 10, 28))
    assert (found.basis.since, found.basis.seconds) == (date(2026, 10, 28), 160 * HOUR)
    assert (found.trend, found.now, found.next_week) == (None, 1_000, 1_000)


def test_the_hours_that_are_told_give_the_worth_that_is_told() -> None:
    # 21 days of 7 h 30 are 157 h 30; 1,575 by them are 10. By 157 or 158 h they would not be.
    short = Settings(working_day=WorkingDay(end=time(16, 30)))
    found = worth({TODAY: (157_500, 5)}, settings=short, first=date(2026, 10, 27))
    assert found.now == 1_000
    assert "$1,575 in 5 payments over 157 h 30 of work" in worth_lines(found, short)[0]


@pytest.mark.parametrize(
    ("payments", "first", "missing"),
    [
        (4, LONG_AGO, (1, 0)),
        (5, date(2026, 10, 29), (0, 1)),
        (0, TODAY, (5, 27)),
        (0, None, (5, 28)),
    ],
)
def test_too_little_says_what_is_missing(
    payments: int, first: date | None, missing: tuple[int, int]
) -> None:
    found = worth({TODAY: (100_000, payments)} if payments else {}, first=first)
    assert (found.now, found.next_week) == (None, None)
    assert (found.basis.payments_missing, found.basis.days_missing) == missing


def test_no_working_hours_have_no_worth() -> None:
    off = DayOff(date(2026, 1, 1), date(2026, 12, 31))
    found = worth({TODAY: (100_000, 5)}, off=(off,))
    assert (found.now, found.basis.per_hour, found.trend) == (None, None, None)
    assert "no working hours" in worth_lines(found, Settings())[0]


def test_without_a_payment_nothing_is_told_but_what_is_missing() -> None:
    assert worth_lines(worth({}, first=None), Settings())[0] == (
        "Too little to say what an hour is worth: 5 more payments and 28 more days of records "
        "are needed."
    )


def test_a_first_day_without_work_is_too_little_to_say() -> None:
    found = worth({TODAY: (100_000, 1)}, first=TODAY, off=(DayOff(TODAY, TODAY),))
    assert found.basis.seconds == 0
    assert worth_lines(found, Settings())[0] == (
        "Too little to say what an hour is worth: 4 more payments and 27 more days of records "
        "are needed ($1,000 in 1 payment over 0 min of work, 24 Nov 2026)."
    )


def test_the_range_of_a_worth_is_that_of_its_payments() -> None:
    # Four payments of 1,280 in 512 hours are 10 an hour. √Σx² is 2 · 1,280 = 2,560, so it reaches
    # 1.281552 · 2,560 / 512 = 6.41 down and up.
    found = worth({date(2026, 9, 1 + n): (128_000, 1) for n in range(4)} | {TODAY: (0, 1)})
    assert (found.now, found.interval, found.low) == (1_000, (359, 1_641), 359)
    assert worth_lines(found, Settings())[0].startswith(
        "An hour is worth $10, $3.59 to $16.41 (80 % sure): $5,120 in 5 payments over 512 h of work"
    )


def test_a_range_begins_at_nothing_and_a_declared_worth_has_none() -> None:
    one = {TODAY: (512_000, 1), date(2026, 9, 1): (0, 4)}  # 10 an hour, and 12.8 to either side
    assert worth(one).interval == (0, 2_282)
    declared = worth(one, settings=Settings(hourly_worth=6_000))
    assert (declared.interval, declared.low) == (None, 6_000)
    assert (worth({}).interval, worth({}).low) == (None, None)


def test_a_refund_makes_the_range_wider() -> None:
    # 1,280 came in five times, and 1,280 went back: √6 · 1,280 for √4 · 1,280 of the same sum.
    found = worth({date(2026, 9, 1 + n): (128_000, 1) for n in range(5)} | {TODAY: (-128_000, 0)})
    assert (found.now, found.interval) == (1_000, (215, 1_785))


def test_the_line_through_eight_weeks_and_its_interval() -> None:
    # x from -3.5 to 3.5, Sxx = 42, Sxy = 28: slope 2/3. Squared residuals 10/3, by 6: 0.5556.
    # 5.958816 · √(0.5556 / 42) = 0.6853, so -0.0187 to 1.3520; here in hundredths.
    found = trend_through([Fraction(100 * y) for y in (1, 2, 2, 4, 3, 5, 6, 5)])
    assert found.slope == 67
    assert (found.low, found.high) == pytest.approx((-1.867, 135.200), abs=0.001)
    assert found.sure == 0


def test_a_trend_is_told_by_the_end_of_its_interval_that_is_nearer_to_none() -> None:
    # The same points, but 4 and 3 change places: Sxy = 29, slope 0.6905. The squares of y less its
    # mean are 22, those of the residuals 22 − 29² / 42 = 1.9762, by 6: 0.3294.
    # 5.958816 · √(0.3294 / 42) = 0.5277, so 0.1628 to 1.2182.
    points = [Fraction(100 * y) for y in (1, 2, 2, 3, 4, 5, 6, 5)]
    found = trend_through(points)
    assert (found.low, found.high) == pytest.approx((16.278, 121.818), abs=0.01)
    assert found.sure == 16
    assert trend_through(points[::-1]).sure == -16


def test_a_line_that_may_as_well_be_level_is_no_trend() -> None:
    found = trend_through([Fraction(y) for y in (0, 100, 0, 100, 0, 100, 0, 100)])
    assert found.low < 0 < found.high
    assert found.sure == 0
    assert trend_through([Fraction()] * 8).sure == 0


def weeks(amounts: list[int]) -> dict[date, tuple[int, int]]:
    """Money on the Wednesdays of the last full weeks, the last amount in the week before."""
    last = date(2026, 11, 18)
    return {
        last - timedelta(weeks=number): (amount, 1)
        for number, amount in enumerate(reversed(amounts))
    }


def test_a_clear_trend_is_followed_for_what_is_sure_of_it() -> None:
    # 40, 80, … 320 units in weeks of 40 hours: 1 to 8 an hour, one more each week without a doubt.
    found = worth(weeks([40 * number for number in range(1, 9)]))
    assert found.trend is not None
    assert (found.trend.sure, found.now) == (1, 3)  # 1,440 units in 512 hours are 2.8
    assert (found.next_week, found.after(1), found.after(4)) == (4, 4, 7)
    # As in the points above: 0.16 a week are sure, in hundredths.
    money = [4_000 * y for y in (1, 2, 2, 3, 4, 5, 6, 5)]
    found = worth(weeks(money))
    assert (found.now, found.next_week) == (219, 235)  # 112,000 units in 512 hours are 218.75
    assert worth_lines(found, Settings())[1] == (
        "A week from now: at least $2.35; it rises by $0.16 a week or more (99.9 % sure)."
    )
    assert worth_lines(worth(weeks(money[::-1])), Settings())[1] == (
        "A week from now: at most $2.03; it falls by $0.16 a week or more (99.9 % sure)."
    )


def test_a_fall_never_ends_below_nothing() -> None:
    found = worth(weeks([40 * number for number in range(80, 0, -10)]))
    assert found.trend is not None
    assert (found.trend.slope, found.now) == (-10, 28)  # 14,400 units in 512 hours are 28.1
    assert (found.next_week, found.after(3)) == (18, 0)
    found = worth(weeks([40 * 1000, *[0] * 7]) | {date(2026, 8, 31): (-39_900, 9)})
    assert found.next_week is not None
    assert found.next_week >= 0


def test_without_a_trend_next_week_is_the_same() -> None:
    found = worth(weeks([9_000, 0, 9_000, 0, 9_000, 0, 9_000, 100]))
    assert found.now == found.next_week
    words = worth_lines(found, Settings())
    assert words[1] == "A week from now: no clear trend, so the same."


def test_eight_full_weeks_need_records_and_working_hours() -> None:
    money = weeks([40 * number for number in range(1, 9)])
    assert worth(money, first=date(2026, 9, 28)).trend is not None  # a Monday, 8 weeks before
    assert worth(money, first=date(2026, 9, 29)).trend is None
    assert worth(money, off=(DayOff(date(2026, 11, 9), date(2026, 11, 15)),)).trend is None


def test_a_declared_worth_overrides_both_and_says_so() -> None:
    found = worth({TODAY: (512, 5)}, settings=Settings(hourly_worth=6_000))
    assert (found.now, found.next_week, found.declared) == (6_000, 6_000, True)
    assert found.after(4) == 6_000
    assert found.measured == 1
    lines = worth_lines(found, Settings(hourly_worth=6_000))
    assert lines[0] == "An hour is worth $60, as you declared."
    assert lines[2].startswith(
        "As measured, an hour is worth $0.01, $0 to $0.02 (80 % sure): $5.12"
    )


@pytest.mark.parametrize(
    ("start", "now", "next_week"),
    [
        (date(2026, 12, 1), 5_000, 6_000),
        (date(2026, 12, 2), 5_000, 5_000),
        (date(2026, 11, 24), 6_000, 6_000),
    ],
)
def test_a_second_declared_worth_holds_from_its_day_on(
    start: date, now: int, next_week: int
) -> None:
    settings = Settings(hourly_worth=5_000, hourly_worth_next=NextWorth(6_000, start))
    found = worth({}, settings=settings)
    assert (found.now, found.next_week) == (now, next_week)


def test_more_paid_back_than_received_is_told_as_a_cost_and_used_in_no_sum() -> None:
    found = worth({TODAY: (-51_200, 5)})
    assert (found.measured, found.now, found.next_week) == (-100, None, None)
    assert worth_lines(found, Settings())[0].startswith("An hour cost $1, because more was paid")


def test_a_working_day_may_end_on_the_next_morning() -> None:
    night = WorkingDay(time(22), time(6), frozenset({0}))
    assert seconds_a_day(night) == 8 * HOUR
    monday = date(2026, 11, 23)
    assert working_days(monday, TODAY, night, ()) == 1
    assert working_days(TODAY, monday, night, ()) == 0


def test_the_last_full_weeks_are_told_one_by_one() -> None:
    # Monday 9 to Sunday 15 November: 40 hours; the next week is off; this one is not over.
    received = {date(2026, 11, 9): (400_000, 1), TODAY: (999_999, 1)}
    off = DayOff(date(2026, 11, 16), date(2026, 11, 22))
    assert worth(received, off=(off,)).weeks == (0, 0, 0, 0, 0, 0, 10_000, None)


def test_weeks_before_the_first_entry_are_not_told() -> None:
    assert worth({}, first=date(2026, 11, 9)).weeks == (0, 0)
    # A week that was begun on a Tuesday is no full one.
    assert worth({}, first=date(2026, 11, 10)).weeks == (0,)
    assert worth({}, first=None).weeks == ()


def test_a_trend_says_nothing_of_a_worth_that_is_not_known() -> None:
    # A clear line, but the money came in no payment: a refund that was taken back.
    received = {day: (money, 0) for day, (money, _) in weeks([40 * n for n in range(1, 9)]).items()}
    found = worth(received)
    assert found.trend is not None
    assert found.trend.sure
    assert (found.now, found.next_week) == (None, None)


def test_a_steep_fall_ends_at_exactly_nothing() -> None:
    # 80,000 to 10,000 units in weeks of 40 hours fall by 250 an hour a week; the refund of the
    # week before leaves 100 of the 512 hours: 0.2 an hour now.
    found = worth(
        weeks([40 * 250 * n for n in range(8, 0, -1)]) | {date(2026, 8, 31): (-359_900, 9)}
    )
    assert found.trend is not None
    assert (found.trend.slope, found.now, found.next_week) == (-250, 0, 0)


def test_a_week_of_the_trend_holds_its_last_day() -> None:
    # Sunday 22 November: 4,000 units in the 40 hours of that week.
    assert worth({date(2026, 11, 22): (4_000, 1)}).weeks[-1] == 100
