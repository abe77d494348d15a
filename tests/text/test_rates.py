"""A rate in words: a bare number where the data allow one, else what it could be."""

from math import ceil

import pytest
from hypothesis import given
from hypothesis import strategies as st

from needlemover.domain.numbers.rates import Rate
from needlemover.text.numbers.words import rate_words


def test_without_a_trial_there_is_nothing_to_go_by() -> None:
    assert rate_words(Rate(0, 0), "dial") == "nothing to go by yet"


def test_what_was_tried_stands_behind_the_rate() -> None:
    assert rate_words(Rate(12, 100), "dial") == "12 % (7 to 20 %) of dials"
    assert rate_words(Rate(1, 8), "dial") == "1 of 8 dials (could be 1 in 2 or 1 in 45)"
    assert rate_words(Rate(0, 1), "dial") == "none of 1 dial so far (at most 8 in 10)"


@pytest.mark.parametrize(
    ("successes", "trials", "words"),
    [
        (1, 8, "1 of 8 (could be 1 in 2 or 1 in 45)"),
        (12, 25, "12 of 25 (could be 3 to 7 in 10)"),  # 30.0 to 66.5 %
        (3, 7, "3 of 7 (could be 2 to 7 in 10)"),  # 15.8 to 75.0 %
        (3, 3, "3 of 3 (could be 4 to 10 in 10)"),  # 43.85 to 100 %
        (0, 8, "none of 8 so far (at most 1 in 3)"),  # 32.44 % is less than 1 in 3
        (0, 1, "none of 1 so far (at most 8 in 10)"),  # 79.3 %
        (1, 4, "1 of 4 (could be 7 in 10 or 1 in 22)"),  # 4.56 to 69.94 %
        (3, 4521, "3 of 4,521 (could be 1 in 513 or 1 in 4,431)"),  # 0.02257 to 0.19493 %
        (0, 4521, "none of 4,521 so far (at most 1 in 1,177)"),  # z² / (n + z²) = 1 in 1,177.9
        (12, 100, "12 % (7 to 20 %)"),
        (5289, 45211, "11.7 % (11.4 to 12.0 %)"),
        (45211, 45211, "100 % (at least 99.9 %)"),  # 1 / (1 + z² / n) = 99.992 %
    ],
)
def test_a_rate_is_told_in_words_where_a_number_would_say_too_much(
    successes: int, trials: int, words: str
) -> None:
    assert rate_words(Rate(successes, trials)) == words


@given(st.integers(0, 40), st.integers(0, 40))
def test_no_words_hold_a_percentage_that_the_data_do_not_allow(successes: int, more: int) -> None:
    rate = Rate(successes, successes + more)
    assert ("%" in rate_words(rate)) is rate.can_be_said
    assert "nan" not in rate_words(rate)


@given(st.integers(1, 400))
def test_at_most_is_never_less_than_the_bound(trials: int) -> None:
    rate = Rate(0, trials)
    _, high = rate.interval or (0, 0)
    bound = rate_words(rate).removeprefix(f"none of {trials} so far (at most ").removesuffix(")")
    first, _, last = bound.partition(" in ")
    assert int(first) / int(last) >= high - 1e-9
    assert int(first) <= ceil(high * 10)


def test_what_is_not_nothing_or_all_is_never_told_so() -> None:
    # 40 of 100,000: 0.029 to 0.054 %; 99,960 of them: 99.946 to 99.971 %.
    assert rate_words(Rate(40, 100_000)) == "0.04 % (0.03 to 0.05 %)"
    assert rate_words(Rate(99_960, 100_000)) == "99.96 % (99.95 to 99.97 %)"
    # 97 of 98: 94.45 to 99.82 %.
    assert rate_words(Rate(97, 98)) == "99.0 % (94.4 to 99.8 %)"
    assert rate_words(Rate(100_000, 100_000)) == "100 % (at least 99.9 %)"
