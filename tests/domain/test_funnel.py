"""The funnel of a window: counts, what one of each costs and brings, and its weeks."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from needlemover.domain.day import ONE_DAY, Weeks
from needlemover.domain.numbers.funnel import (
    BuyerCounts,
    Funnel,
    Tally,
    differs,
    funnel_of,
    funnel_weeks,
)
from needlemover.domain.numbers.rates import Rate, divide, per_hour, spread

MONDAY = date(2026, 11, 23)
TUESDAY = date(2026, 11, 24)
WEEK_BEFORE = date(2026, 11, 17)


def test_a_window_adds_up_its_days_and_leaves_out_the_others() -> None:
    days = [
        (MONDAY, Tally(10, 4, 2, 1, 1200, 50_000, 0, 40_000)),
        (TUESDAY, Tally(5, 3, 1, 0, 900, -10_000)),
        (WEEK_BEFORE, Tally(99, 99, 99, 99, 99, 99)),
    ]
    funnel = funnel_of(days, MONDAY, TUESDAY, 3, 1)
    assert funnel.buyers == BuyerCounts(new=3, known=3, unnamed=1)  # of 7 conversations
    assert funnel.tally == Tally(15, 7, 3, 1, 2100, 40_000, 0, 40_000)
    assert funnel.conversation_per_dial.value == 7 / 15
    assert funnel.ask_per_conversation.value == 3 / 7
    assert funnel.win_per_ask.value == 1 / 3
    assert funnel.win_per_conversation.value == 1 / 7
    assert funnel.win_per_dial.value == 1 / 15
    assert funnel.seconds_per_conversation == 300
    assert funnel.seconds_per_win == 2100
    assert funnel.money_per_win == 40_000
    assert funnel.money_per_conversation == 5714  # 40,000 / 7 = 5714.28…
    assert funnel.money_per_dial == 2667  # 40,000 / 15 = 2666.66…
    assert funnel.money_per_hour == 68_571  # 40,000 in 35 minutes: 68,571.4… an hour


def test_an_empty_window_divides_nothing() -> None:
    funnel = Funnel(MONDAY, TUESDAY)
    assert funnel.win_per_dial.value is None
    assert funnel.seconds_per_win is None
    assert funnel.money_per_win is None
    assert funnel.money_per_conversation is None
    assert funnel.money_per_dial is None
    assert funnel.money_per_hour is None


def test_the_weeks_of_a_window_are_all_there_and_begin_on_the_first_weekday() -> None:
    days = [(WEEK_BEFORE, Tally(dials=1)), (MONDAY, Tally(dials=2)), (TUESDAY, Tally(dials=4))]
    weeks = funnel_weeks(days, date(2026, 11, 4), TUESDAY, Weeks(0))
    assert [(week.since, week.tally.dials) for week in weeks] == [
        (date(2026, 11, 2), 0),
        (date(2026, 11, 9), 0),
        (date(2026, 11, 16), 1),
        (date(2026, 11, 23), 6),
    ]
    on_sundays = funnel_weeks(days, WEEK_BEFORE, TUESDAY, Weeks(6))
    assert [(week.since, week.tally.dials) for week in on_sundays] == [
        (date(2026, 11, 15), 1),
        (date(2026, 11, 22), 6),
    ]
    turned = funnel_weeks(days, WEEK_BEFORE, TUESDAY, Weeks(0).turned(date(2026, 11, 22)))
    assert [(week.since, week.until, week.tally.dials) for week in turned] == [
        (date(2026, 11, 16), date(2026, 11, 21), 1),
        (date(2026, 11, 22), date(2026, 11, 28), 6),
    ]


@pytest.mark.parametrize(
    ("amount", "by", "each"),
    [
        (5, 2, 2),
        (7, 2, 4),
        (-5, 2, -2),
        (-7, 2, -4),
        (1, 3, 0),
        (2, 3, 1),
        (-2, 3, -1),
        (5, 0, None),
    ],
)
def test_money_is_divided_half_even(amount: int, by: int, each: int | None) -> None:
    assert divide(amount, by) == each


def test_an_hour_of_no_time_is_worth_nothing_that_could_be_said() -> None:
    assert per_hour(100, 0) is None
    assert per_hour(100, 1800) == 200


@given(st.integers(-(10**15), 10**15), st.integers(1, 10**6))
def test_a_share_is_never_more_than_half_a_unit_off(amount: int, by: int) -> None:
    each = divide(amount, by)
    assert each is not None
    assert 2 * abs(each * by - amount) <= by


def test_a_week_is_a_funnel_of_its_own() -> None:
    (week,) = funnel_weeks([(TUESDAY, Tally(dials=4, wins=1))], MONDAY, TUESDAY, Weeks(0))
    assert week == Funnel(MONDAY, date(2026, 11, 29), Tally(dials=4, wins=1))


def test_a_rate_differs_between_windows_only_by_more_than_its_days_do() -> None:
    # Of 10 dials a day 2 and 4 in turn, 40 days: 30 %; the days differ by ± 1 of 10.
    # The variance is 40 · 1 ÷ 39 · 40 ÷ 400² = 0.000256; the same for 5 and 7: 60 %.
    def window(*talks: int) -> Funnel:
        days = [
            (MONDAY + number * ONE_DAY, Tally(10, talks[number % len(talks)]))
            for number in range(40)
        ]
        return funnel_of(days, MONDAY, MONDAY + 39 * ONE_DAY, 0, 0)

    assert spread([Rate(2, 10), Rate(4, 10)] * 20) == pytest.approx((0.3, 0.000256), rel=0.01)
    assert differs(window(5, 7), window(2, 4), "conversation_per_dial")
    # 30 and 33 %: 0.03 is less than 1.96 √(0.000256 + 0.000233 …).
    assert not differs(window(2, 4), window(2, 4, 3, 4), "conversation_per_dial")
    # On days that are all alike ten points are a difference, on days of none and 6 of 10 they are
    # not.
    assert differs(window(3), window(2), "conversation_per_dial")
    assert not differs(window(3), window(3), "conversation_per_dial")
    assert not differs(window(0, 6), window(0, 0, 0, 10), "conversation_per_dial")
    assert not differs(window(0, 6), Funnel(MONDAY, MONDAY), "conversation_per_dial")
