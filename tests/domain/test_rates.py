"""Rates: the Wilson interval, when a bare number may be told, and the words where it may not."""

from math import ceil

import pytest
from hypothesis import given
from hypothesis import strategies as st

from needlemover.domain.numbers.rates import Rate, wilson


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
    assert rate.low is not None
    assert rate.high is not None
    assert (round(rate.low * 100, 2), round(rate.high * 100, 2)) == (low, high)


@pytest.mark.parametrize(("successes", "trials"), [(0, 0), (2, 1), (-1, 3)])
def test_what_is_no_rate_has_no_interval(successes: int, trials: int) -> None:
    with pytest.raises(ValueError, match="is no rate"):
        wilson(successes, trials)


def test_without_a_trial_there_is_neither_value_nor_interval() -> None:
    rate = Rate(0, 0)
    assert (rate.value, rate.low, rate.high, rate.can_be_said) == (None, None, None, False)
    assert rate.words == "nothing to go by yet"


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


@pytest.mark.parametrize(
    ("successes", "trials", "words"),
    [
        (1, 8, "1 of 8: could be 1 in 2 or 1 in 45"),
        (3, 3, "3 of 3: could be 4 to 10 in 10"),  # 43.85 to 100 %
        (0, 8, "none so far: at most 1 in 3"),  # 32.44 % is less than 1 in 3
        (0, 1, "none so far: at most 8 in 10"),  # 79.3 %
        (1, 4, "1 of 4: could be 7 in 10 or 1 in 22"),  # 4.56 to 69.94 %
        (12, 100, "12 % (7 to 20 %)"),
        (5289, 45211, "11.7 % (11.4 to 12.0 %)"),
        (45211, 45211, "100 % (at least 99.9 %)"),  # 1 / (1 + z² / n) = 99.992 %
    ],
)
def test_a_rate_is_told_in_words_where_a_number_would_say_too_much(
    successes: int, trials: int, words: str
) -> None:
    assert Rate(successes, trials).words == words


@given(st.integers(0, 60), st.integers(1, 60))
def test_the_interval_holds_the_rate_and_lies_between_none_and_all(
    successes: int, more: int
) -> None:
    trials = successes + more - 1 or 1
    low, high = wilson(successes, trials)
    assert 0 <= low <= successes / trials <= high <= 1


@given(st.integers(0, 40), st.integers(0, 40))
def test_no_words_hold_a_percentage_that_the_data_cannot_bear(successes: int, more: int) -> None:
    rate = Rate(successes, successes + more)
    assert ("%" in rate.words) is rate.can_be_said
    assert "nan" not in rate.words


@given(st.integers(1, 400))
def test_at_most_is_never_less_than_the_bound(trials: int) -> None:
    rate = Rate(0, trials)
    assert rate.high is not None
    first, _, last = rate.words.removeprefix("none so far: at most ").partition(" in ")
    assert int(first) / int(last) >= rate.high - 1e-9
    assert int(first) <= ceil(rate.high * 10)


def test_what_is_not_nothing_or_all_is_never_told_so() -> None:
    # 40 of 100,000: 0.029 to 0.054 %; 99,960 of them: 99.946 to 99.971 %.
    assert Rate(40, 100_000).words == "0.04 % (0.03 to 0.05 %)"
    assert Rate(99_960, 100_000).words == "99.96 % (99.95 to 99.97 %)"
    assert Rate(100_000, 100_000).words == "100 % (at least 99.9 %)"
