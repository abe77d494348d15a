"""The numbers in sentences."""

from datetime import date

import pytest
from msgspec.structs import replace

from needlemover.domain.numbers.funnel import BuyerCounts, Funnel, Tally
from needlemover.domain.numbers.goal import Range
from needlemover.text.format import average_length, percent
from needlemover.text.numbers import words

DAY = date(2026, 11, 24)


def per_lines(funnel: Funnel, currency: str) -> list[str]:
    figures = words.per_figures(funnel, currency)
    return words.few_words(funnel) + [said for said, _ in figures]


def test_a_window_says_what_is_missing_in_it() -> None:
    assert words.empty_words(Funnel(DAY, DAY)).startswith("No dials in these days")
    assert words.empty_words(Funnel(DAY, DAY, Tally(dials=3))).startswith("Nobody was reached")
    assert words.empty_words(Funnel(DAY, DAY, Tally(3, 1))) == ""


def test_the_window_before_is_told_with_its_days() -> None:
    before = Funnel(DAY, DAY, Tally(1200, 1, 1, 0, 600, -5_000))
    assert words.before_words(before, "USD") == (
        "24 Nov 2026 had 1,200 dials, 1 conversation, 1 ask, 0 wins, −$50."
    )


def test_a_rate_of_conversations_says_of_how_many_where_asks_are_open() -> None:
    # Of 40 asks 16 are open, so of 100 conversations as many as 60 count. By Wilson's interval
    # 12 of 60 are 20 %: 21.8 less and more 10.0.
    funnel = Funnel(DAY, DAY, Tally(300, 100, 40, 12, open=16))
    said = [
        words.funnel_rate_words(each, None, "win_per_conversation", "conversation")
        for each in (funnel, replace(funnel, tally=replace(funnel.tally, open=0)))
    ]
    assert said == ["20 % (12 to 32 %) of 60 conversations", "12 % (7 to 20 %) of conversations"]
    asks = words.funnel_rate_words(funnel, None, "win_per_ask", "settled ask")
    assert asks.endswith("12 of 24 settled asks (could be 3 to 7 in 10), 16 open")


def test_buyers_without_a_name_are_told_as_such() -> None:
    assert words.buyers_words(BuyerCounts(1, 1411)) == "Conversations: 1 new, 1,411 known"
    assert words.buyers_words(BuyerCounts(2, 0, 3)) == (
        "Conversations: 2 new, 0 known, 3 without a name"
    )


@pytest.mark.parametrize(
    ("found", "told"),
    [
        (Range(36, 59, 101), "59 (36 to 101)"),
        (Range(5, 5, 5), "5"),
        (Range(36, 101, 101), "36 to 101"),
        (Range(37, None, None), "at least 37"),
    ],
)
def test_a_range_is_told_with_both_ends(found: Range, told: str) -> None:
    assert words.range_words(found) == told


@pytest.mark.parametrize(
    ("seconds", "told"),
    [
        (0, "0 min"),
        (59, "59 s"),
        (252, "4 min 12 s"),
        (600, "10 min"),
        (3570, "1 h"),  # 59.5 minutes, rounded half-even
        (6550, "1 h 49"),
    ],
)
def test_an_average_length_is_told_as_exactly_as_it_is_known(seconds: int, told: str) -> None:
    assert average_length(seconds) == told


def test_a_share_without_a_whole_is_a_dash() -> None:
    assert percent(None) == "–"
    assert percent(0.625) == "62 %"


def test_a_share_that_was_rounded_with_the_others_is_told_as_it_was_rounded() -> None:
    assert percent(0.626, 62) == "62 %"
    assert percent(0.006, 0) == "under 1 %"


@pytest.mark.parametrize(
    ("share", "told"),
    [(0, "0 %"), (0.004, "under 1 %"), (0.006, "1 %"), (0.996, "99 %"), (1, "100 %")],
)
def test_a_share_is_told_as_none_or_all_only_when_it_is(share: float, told: str) -> None:
    assert percent(share) == told


def test_what_does_not_divide_is_said_in_a_sentence() -> None:
    assert per_lines(Funnel(DAY, DAY, Tally(money=-500)), "USD") == [
        "No wins in these days, so what a win takes and brings is not known yet.",
        "No time with buyers was logged: what an hour brought cannot be said.",
        "More was paid back than received in these days.",
    ]


def test_what_few_wins_brought_is_told_as_such() -> None:
    # 1,200 for one win in four conversations of 15 minutes, and eight dials.
    assert per_lines(Funnel(DAY, DAY, Tally(8, 4, 2, 1, 3600, 120_000, 0, 120_000)), "USD") == [
        "Only 1 win: too few to say what a win takes, or what an hour brings.",
        "Only 4 conversations: too few to say how long one takes.",
        "A win: $1,200, 1 h with buyers so far",
        "A conversation: $300 so far, 15 min so far",
        "A dial: $150 so far",
        "An hour with buyers: $1,200 so far (1 h in all)",
    ]


def test_what_enough_wins_brought_is_told_plainly() -> None:
    # 6,000 for five wins in ten conversations of 12 minutes, and 20 dials.
    assert per_lines(Funnel(DAY, DAY, Tally(20, 10, 5, 5, 7200, 600_000, 0, 600_000)), "USD") == [
        "A win: $1,200, 24 min with buyers",
        "A conversation: $600, 12 min",
        "A dial: $300",
        "An hour with buyers: $3,000 (2 h in all)",
    ]


def test_calls_without_a_length_take_no_zero_minutes() -> None:
    assert per_lines(Funnel(DAY, DAY, Tally(20, 10, 5, 5, 0, 600_000, 0, 600_000)), "USD") == [
        "A win: $1,200",
        "A conversation: $600",
        "A dial: $300",
        "No time with buyers was logged: what an hour brought cannot be said.",
    ]
    assert per_lines(Funnel(DAY, DAY, Tally(20, 10, 5, 5)), "USD") == [
        "No time with buyers was logged: what an hour brought cannot be said.",
    ]


def test_less_than_the_smallest_coin_is_not_nothing() -> None:
    assert "A dial: next to nothing" in per_lines(
        Funnel(DAY, DAY, Tally(1000, 10, 5, 5, 60, 1)), "USD"
    )


def test_no_money_is_no_zero_an_hour() -> None:
    assert per_lines(Funnel(DAY, DAY, Tally(8, 5, 5, 5, 3600)), "USD") == [
        "A win: 12 min with buyers",
        "A conversation: 12 min",
        "1 h with buyers; no money traced",
    ]
