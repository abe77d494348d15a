"""Rates: the Wilson interval, and when a bare number may be told."""

from math import inf

import pytest
from hypothesis import given
from hypothesis import strategies as st

from needlemover.domain.numbers.rates import (
    Parts,
    Rate,
    design_effect,
    parted,
    percents,
    pooled,
    spread,
    wilson,
)


@pytest.mark.parametrize(
    ("successes", "trials", "low", "high"),
    [
        (0, 8, 0.0, 32.44),
        (1, 8, 2.24, 47.09),
        (12, 100, 7.00, 19.81),
        (5289, 45211, 11.41, 12.00),
        (8, 8, 67.56, 100.0),  # the mirror image of none of 8
        (1, 1, 20.65, 100.0),  # 1 / (1 + z²) = 1 / 4.841459
    ],
)
def test_the_interval_is_the_one_of_the_table(
    successes: int, trials: int, low: float, high: float
) -> None:
    rate = Rate(successes, trials)
    assert rate.interval == pytest.approx((low / 100, high / 100), abs=0.00005)


@pytest.mark.parametrize(("successes", "trials"), [(0, 0), (2, 1), (-1, 3)])
def test_what_is_no_rate_has_no_interval(successes: int, trials: int) -> None:
    with pytest.raises(ValueError, match="is not a rate"):
        wilson(successes, trials)


def test_without_a_trial_there_is_neither_value_nor_interval() -> None:
    rate = Rate(0, 0)
    assert (rate.value, rate.interval, rate.can_be_said) == (None, None, False)


@pytest.mark.parametrize(
    ("successes", "trials", "can_be_said"),
    [
        (12, 100, True),  # 19.81 / 7.00 = 2.83, 12.8 points
        (4, 1000, False),  # too few successes
        (5, 1000, False),  # 0.21 to 1.16 %: more than three times as much
        (5, 10, False),  # 23.7 to 76.3 %: 53 points
        (30, 60, True),  # 37.7 to 62.3 %: 25 points
        (5289, 45211, True),
    ],
)
def test_a_bare_number_needs_five_successes_and_a_narrow_interval(
    successes: int, trials: int, can_be_said: bool
) -> None:
    assert Rate(successes, trials).can_be_said is can_be_said


@given(st.integers(0, 60), st.integers(1, 60))
def test_the_interval_holds_the_rate_and_lies_between_none_and_all(
    successes: int, more: int
) -> None:
    trials = successes + more - 1 or 1
    low, high = wilson(successes, trials)
    assert 0 <= low <= successes / trials <= high <= 1


def test_an_upper_end_of_more_than_three_times_the_lower_is_too_wide() -> None:
    # 10 of 100: 5.52 to 17.44 %, which is 3.16 times as much.
    assert not Rate(10, 100).can_be_said
    assert Rate(11, 100).can_be_said  # 6.25 to 18.63 %, 2.98 times


@given(st.integers(0, 5), st.integers(0, 100_000))
def test_five_successes_or_fewer_never_bear_a_number(successes: int, more: int) -> None:
    assert not Rate(successes, successes + more).can_be_said


def test_rates_in_a_row_are_parted_where_they_surely_differ_the_most() -> None:
    # 50 % (43.1 to 56.9) and then 29.5 % (25.2 to 34.2): 8.9 points apart. Parted after the
    # second, 40 % (35.3 to 44.9) and 29 % (23.2 to 35.6) touch.
    rates = [Rate(100, 200), Rate(60, 200), Rate(58, 200)]
    assert parted(rates) == Parts(1, Rate(100, 200), Rate(118, 400))
    assert parted([Rate(58, 200), Rate(60, 200), Rate(100, 200)]) == Parts(
        2, Rate(118, 400), Rate(100, 200)
    )


@pytest.mark.parametrize(
    "rates",
    [
        (),
        (Rate(100, 200),),
        (Rate(100, 200), Rate(90, 200)),  # 43.1 to 56.9 %, and 38.3 to 51.9 %
        (Rate(9, 10), Rate(0, 10)),  # neither can be told in a number
    ],
)
def test_rates_that_could_be_alike_are_not_parted(rates: tuple[Rate, ...]) -> None:
    assert parted(rates) is None


def test_the_gap_lies_between_the_ends_that_face_each_other() -> None:
    # 50 % is 43.136 to 56.864, 29.5 % is 25.243 to 34.147.
    more, less = Rate(100, 200), Rate(118, 400)
    for first, later in ((more, less), (less, more)):
        assert Parts(1, first, later).gap == pytest.approx(0.08989, abs=0.00001)


@pytest.mark.parametrize("none", [Rate(0, 0), Rate(0, 10)])  # at most 27.75 %
def test_there_is_no_gap_beside_a_rate_that_cannot_be_said(none: Rate) -> None:
    said = Rate(100, 200)
    assert (Parts(1, said, none).gap, Parts(1, none, said).gap) == (0, 0)


def test_rates_are_pooled_with_the_most_that_any_of_them_repeats() -> None:
    assert pooled([Rate(1, 2, 1.5), Rate(3, 4, 2.0), Rate(0, 1)]) == Rate(4, 7, 2.0)
    assert pooled(()) == Rate(0, 0, 1.0)


def test_the_variance_of_rates_is_that_of_those_with_trials() -> None:
    # 2 and 4 of 10 are 30 %: (2 - 3)² + (4 - 3)² = 2, × 2 ÷ 1 ÷ 20² = 0.01.
    assert spread([Rate(2, 10), Rate(0, 0), Rate(4, 10)]) == pytest.approx((0.3, 0.01))
    assert spread([Rate(2, 10), Rate(0, 0)]) == (0.2, inf)
    assert spread([Rate(0, 0)]) == (0.0, inf)


@pytest.mark.parametrize(
    ("parts", "whole", "told"),
    [
        # Each rounded alone, these come to 99, 101 and 99.
        ([26_800, 5_560, 9_250], 41_610, [65, 13, 22]),
        ([335, 335, 330], 1_000, [34, 33, 33]),
        ([602, 302, 96], 1_000, [60, 30, 10]),  # most was cut off the smallest
        ([1, 0], 1, [100, 0]),
        ([1, 1, 1], 3, [34, 33, 33]),
        ([1, 1], 3, [34, 33]),  # the third part is not told
        ([0, 5], 5, [0, 100]),
        ([-50, 150], 100, [-50, 150]),
        ([1, 2], 0, [0, 0]),
    ],
)
def test_percents_of_one_whole_add_up(parts: list[int], whole: int, told: list[int]) -> None:
    assert percents(parts, whole) == told


@given(st.lists(st.integers(0, 10**12), min_size=1, max_size=9).filter(any))
def test_percents_of_all_parts_are_a_hundred_and_none_is_off_by_one(parts: list[int]) -> None:
    found = percents(parts, sum(parts))
    assert sum(found) == 100
    assert all(
        abs(part * 100 - percent * sum(parts)) < sum(parts)
        for part, percent in zip(parts, found, strict=True)
    )


def test_dials_of_the_same_contacts_tell_less_than_as_many_contacts() -> None:
    # 10 contacts dialled 4 times each, of whom 5 always answer: 20 of 40, but they are only 10.
    # ρ is 1 and m is 4: 1 + 3 · 1 = 4.
    whole = Rate(20, 40)
    assert design_effect([(4, 4)] * 5 + [(0, 4)] * 5, whole) == 4
    assert Rate(20, 40, 4.0).interval == wilson(5, 10)
    # Of contacts that answer 2 in 4, none more than another, there is nothing that repeats.
    assert design_effect([(2, 4)] * 10, whole) == 1
    # 5 of 40 dials of one contact, and 35 of as many: (0 - 2.5)² + 15 · 0.25 + 20 · 0.25 = 15,
    # against 40 · 0.25 = 10.
    assert design_effect([(0, 5)], whole) == pytest.approx(1.5)
    # None and all of them leave nothing that could repeat.
    assert (design_effect([(0, 5)], Rate(0, 5)), design_effect([(5, 5)], Rate(5, 5))) == (1, 1)


def test_a_contact_that_answers_like_no_other_makes_dials_tell_less() -> None:
    # 1 of 4 dials, none of 3 of one contact: (0 - 0.75)² + 0.75² = 1.125, ÷ 4 · 0.25 · 0.75.
    assert design_effect([(0, 3)], Rate(1, 4)) == pytest.approx(1.5)
    # 2 of 8, both of one contact: (2 - 0.5)² + 6 · 0.25² = 2.625, ÷ 8 · 0.25 · 0.75.
    assert design_effect([(2, 2)], Rate(2, 8)) == pytest.approx(1.75)
