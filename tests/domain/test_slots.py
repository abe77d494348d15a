"""When buyers answer: hours and weekdays are named only where chance alone hardly makes them."""

from math import comb

import pytest

from needlemover.domain.numbers.hours import (
    Slot,
    Slots,
    Stretch,
    by_chance,
    dials_needed,
    slots_of,
    standing_out,
)
from needlemover.domain.numbers.rates import Rate, deviate
from needlemover.text.numbers.words import rounded_up, slots_words


def test_the_chance_of_a_difference_is_that_of_fishers_exact_test() -> None:
    # The lady tasting tea: 4 of 4 where 4 of 8 are right, 1 of 70 ways, on either side.
    assert by_chance(Rate(4, 4), Rate(4, 8)) == pytest.approx(2 / 70)
    assert by_chance(Rate(0, 4), Rate(4, 8)) == pytest.approx(2 / 70)
    # 3 or 4 of 4: 16 + 1 of 70 ways.
    assert by_chance(Rate(3, 4), Rate(4, 8)) == pytest.approx(34 / 70)
    assert by_chance(Rate(1, 4), Rate(4, 8)) == pytest.approx(34 / 70)
    assert by_chance(Rate(2, 4), Rate(4, 8)) == 1
    ways = sum(comb(300, k) * comb(700, 100 - k) for k in range(45, 101))
    assert by_chance(Rate(45, 100), Rate(300, 1000)) == pytest.approx(2 * ways / comb(1000, 100))


def test_the_chance_counts_as_many_dials_as_tell_something() -> None:
    # Of contacts dialled twice in the hour, who answer both times or never, half the dials count.
    twice = by_chance(Rate(90, 200), Rate(600, 2000, 2.0))
    assert twice == pytest.approx(by_chance(Rate(45, 100), Rate(300, 1000)))
    # Half as sure: twice as many dials would show a difference.
    slots = [Slot(day, hour, 10, 4) for day in range(5) for hour in range(9, 17)]
    once, repeated = slots_of(slots, 0), slots_of(slots, 0, 2.0)
    assert (once.dials_missing or 0) + 400 == 3525
    assert (repeated.dials_missing or 0) + 400 == 7050
    # 60 of 100 against 30 of 100 on each other day, told with the interval of 30 of 50.
    slots = [Slot(day, 9, 100, 60 if day == 4 else 30) for day in range(5)]
    (friday,) = slots_of(slots, 0, 2.0).best
    assert friday.rate.interval == Rate(30, 50).interval


def test_of_several_as_many_are_named_as_may_be_by_benjamini_and_hochberg() -> None:
    # Each of 20 against 40 of 100: the chances are 1 (8 of 20), 0.0226 (13) and 0.0009 (15).
    eight, thirteen, fifteen = Rate(8, 20), Rate(13, 20), Rate(15, 20)
    whole = Rate(40, 100)
    assert by_chance(thirteen, whole) == pytest.approx(0.0226, abs=0.0001)
    assert by_chance(fifteen, whole) == pytest.approx(0.000946, abs=0.000001)
    # 0.0226 alone is above 0.05 ÷ 3; as the second of three it is below 0.05 × 2 ÷ 3.
    assert standing_out([eight, thirteen, eight], whole) == []
    assert standing_out([fifteen, eight, thirteen], whole) == [0, 2]


def test_hours_are_looked_at_on_all_weekdays_and_weekdays_with_all_hours() -> None:
    # At 10 o'clock 120 of 200, at 14 and 15 o'clock 60 of 200 each; both weekdays 120 of 300.
    found = slots_of(
        [Slot(day, hour, 100, 60 if hour == 10 else 30) for day in (1, 0) for hour in (15, 10, 14)],
        timeless=4,
    )
    assert [(slot.weekday, slot.hour) for slot in found.slots][:2] == [(0, 10), (0, 14)]
    assert found.best == (Stretch(None, 10, 200, 120),)
    assert slots_words(found) == [
        "10:00: 120 of 200 dials, 60 % (53 to 67 %)",
        "4 dials have no time of day and are left out.",
    ]


def test_a_weekday_that_stands_out_is_named() -> None:
    slots = [Slot(day, 9, 100, 60 if day == 4 else 30) for day in range(5)]
    found = slots_of(slots, 0)
    assert found.best == (Stretch(4, None, 100, 60),)
    assert slots_words(found) == ["Fridays: 60 of 100 dials, 60 % (50 to 69 %)"]


def test_the_three_best_hours_are_named_the_best_first() -> None:
    # 3,850 of 9,000 are 43 %.
    above = [Slot(0, 9, 1_000, 600), Slot(0, 10, 1_000, 700), Slot(0, 11, 1_000, 550),
             Slot(0, 12, 2_000, 1_300)]  # fmt: skip
    below = [Slot(0, hour, 1_000, 175) for hour in range(13, 17)]
    assert [stretch.hour for stretch in slots_of([*above, *below], 0).best] == [10, 12, 9]


def test_an_hour_is_looked_at_from_five_dials_on() -> None:
    # 5 of 5, where else none answers: 1 of C(105, 5) ways, that is 1 of 96,560,646.
    others = Slot(0, 10, 100, 0)
    assert slots_of([Slot(0, 9, 5, 5), others], 0).best == (Stretch(None, 9, 5, 5),)
    assert slots_of([Slot(0, 9, 4, 4), others], 0).best == ()


def test_a_weekday_with_all_the_dials_is_compared_with_nothing() -> None:
    # Two hours: 2.2414 + 1.0364, squared 10.744, × 0.25 ÷ (0.01 · 1/2 · 1/2) are 1,074.4.
    found = slots_of([Slot(0, hour, 100, 50) for hour in (9, 10)], 0)
    assert (found.best, found.dials_missing) == ((), 1075 - 200)


def test_one_lucky_hour_of_a_weekday_is_not_named() -> None:
    # 9 of 10 on Tuesdays at 11 o'clock, where else 4 of 10 answer.
    slots = [Slot(day, hour, 10, 4) for day in range(5) for hour in range(9, 17)]
    slots[10] = Slot(1, 11, 10, 9)
    found = slots_of(slots, 0)
    assert found.best == ()
    # 400 dials in 8 hours; 13 parts are compared: 2.8905 + 1.0364, squared 15.421, × 0.25 at 50 %,
    # ÷ 0.01 × 1/8 × 7/8, are 3,524.7: 3,125 more.
    assert deviate(0.05 / 13) == pytest.approx(2.890512, abs=1e-6)
    assert found.dials_missing == 3125
    assert slots_words(found) == [
        "No hour stands out yet (3,200 more dials would show a difference of 10 points)."
    ]


def test_with_dials_enough_no_difference_of_ten_points_is_left_to_find() -> None:
    slots = [Slot(0, hour, 1_000, 400) for hour in range(8)]
    assert slots_words(slots_of(slots, 0)) == [
        "No hour stands out: a difference of 10 points would show."
    ]


def test_too_few_calls_name_no_hour() -> None:
    assert slots_words(slots_of([Slot(0, 9, 8, 1)], timeless=1)) == [
        "Too few calls with a time of day to say when buyers answer best.",
        "1 dial has no time of day and is left out.",
    ]
    assert slots_of([], 0) == Slots()


def test_the_dials_needed_grow_with_what_is_compared_and_with_unequal_hours() -> None:
    # At 5 %: 15 % vary more, 0.1275. 1.96 + 1.0364 squared is 8.978; ÷ 0.01 × 1/4: 458.
    assert dials_needed(0.05, 0.5, 1) == 458
    assert dials_needed(0.5, 0.5, 1) == 898
    assert dials_needed(0.05, 0.1, 1) == 1272
    assert [rounded_up(number) for number in (1, 99, 101, 1811)] == [1, 99, 110, 1900]
