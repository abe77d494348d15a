"""Returns: order, shares, the contradiction with the rank, and where the hours went."""

from datetime import date, timedelta

import pytest
from msgspec.structs import replace

from needlemover.domain.day import USUAL_WEEKS
from needlemover.domain.numbers.returns import (
    Return,
    contradiction_of,
    range_per_hour,
    returns_of,
    right_seconds,
    right_weeks,
)
from needlemover.text.numbers.words import (
    evidence_words,
    ranking_words,
    return_words,
    right_words,
)

HOUR = 3600


def item(
    activity_id: int,
    hours: float,
    money: int,
    payments: int = 5,
    *,
    rank: int = 0,
    archived: bool = False,
) -> Return:
    name = {1: "Film one video", 2: "Sales conversations", 3: "Newsletter", 4: "Plan"}[activity_id]
    return Return(
        activity_id, name, rank or activity_id, int(hours * HOUR), money, payments,
        is_archived=archived, squares=payments * (money // max(1, payments)) ** 2,
    )  # fmt: skip


def test_the_highest_return_comes_first_and_those_without_one_follow_by_rank() -> None:
    found = [item(4, 3, 0, 0), item(1, 10, 20_000), item(3, 0, 5_000), item(2, 10, 82_000)]
    assert [one.activity_id for one in returns_of(found, 107_000)] == [2, 1, 3, 4]


def test_next_to_nothing_an_hour_comes_after_a_little() -> None:
    # 0.1 and 1 minor unit an hour.
    assert [one.activity_id for one in returns_of([item(1, 10, 1), item(2, 10, 10)], 11)] == [2, 1]


def test_shares_are_of_all_time_and_of_all_money() -> None:
    first, second = returns_of([item(1, 30, 25_000), item(2, 10, 50_000)], 100_000)
    assert (first.activity_id, first.seconds_share, first.money_share) == (2, 0.25, 0.5)
    assert (second.seconds_share, second.money_share) == (0.75, 0.25)
    assert (first.per_hour, second.per_hour) == (5_000, 833)


def test_without_time_or_money_there_are_no_shares() -> None:
    (alone,) = returns_of([item(1, 0, -500, 0)], -500)
    assert (alone.seconds_share, alone.money_share, alone.per_hour) == (None, None, None)


def test_an_activity_without_money_earns_no_zero_an_hour() -> None:
    assert return_words(item(1, 5, 0, 0), "USD") == "no money traced"
    assert return_words(item(1, 0, 500, 1), "USD") == "no time logged"
    assert return_words(item(1, 5, -1_000, 0), "USD") == "−$2 an hour so far"
    assert return_words(item(1, 10, 1, 5), "USD") == "next to nothing an hour"


@pytest.mark.parametrize(
    ("hours", "payments", "an_hour", "evidence"),
    [
        (10, 5, "$200 an hour", "5 payments"),
        (10, 4, "$200 an hour so far", "4 payments: too few to say (1 more)"),
        (8.5, 5, "$200 an hour so far", "5 payments: too few to say (1 h 30 more)"),
        (0.5, 1, "$200 an hour so far", "1 payment: too few to say (4 more and 9 h 30 more)"),
        (0, 1, "no time logged", "1 payment"),
    ],
)
def test_a_return_says_where_it_rests_on_too_little(
    hours: float, payments: int, an_hour: str, evidence: str
) -> None:
    found = item(1, hours, int(20_000 * hours) or 500, payments)
    assert return_words(found, "USD") == an_hour
    assert evidence_words(found) == evidence


def test_the_rank_is_contradicted_with_the_evidence_asked_for() -> None:
    # 20,000 in 10 hours against 82,000 in 10 hours: 4.1 times as much. Of 5 equal payments each
    # Σx² ÷ (Σx)² is 1/5: 1.411 ÷ √0.4 is 2.23, above 1.96.
    found = contradiction_of([item(1, 10, 20_000), item(2, 10, 82_000), item(3, 20, 0, 0)])
    assert found is not None
    assert (found.ranked.activity_id, found.better.activity_id) == (1, 2)
    assert (found.tenths, found.is_first) == (41, True)
    assert ranking_words((), found) == (
        "You rank Film one video first; Sales conversations earned 4.1 times as much an hour."
    )


def test_what_an_hour_brought_comes_out_by_hand_from_the_minutes_that_are_told() -> None:
    # 26,800 ÷ 78.25 h = 342.49, whatever the 42 seconds beyond 78 h 15 are.
    found = Return(1, "Sales", 1, 78 * HOUR + 15 * 60 + 42, 2_680_000, 14)
    assert return_words(found, "USD") == "$342.49 an hour"
    # 37 min and 9 h 23 are 10 h, whatever the 20 seconds are.
    short = Return(1, "Sales", 1, 37 * 60 + 20, 2_680_000, 5)
    assert evidence_words(short) == "5 payments: too few to say (9 h 23 more)"
    assert found.per_hour == 34_244


def test_a_ranking_holds_or_cannot_be_checked_yet() -> None:
    holds = (item(1, 10, 20_000), item(2, 10, 30_000))
    assert ranking_words(holds, None) == "Your ranking holds."
    for second in (item(2, 10, 30_000, 4), item(2, 9, 30_000), item(2, 10, -1)):
        assert ranking_words((holds[0], second), None) == (
            "Your ranking cannot be checked yet: that takes two activities with 5 payments and "
            "10 h each."
        )


def test_what_chance_alone_could_do_contradicts_nothing() -> None:
    # ln 3 is 1.099: of 5 payments each ÷ √0.4 it is 1.74, of 8 each ÷ √0.25 it is 2.20.
    assert contradiction_of([item(1, 10, 20_000), item(2, 10, 60_000)]) is None
    assert contradiction_of([item(1, 10, 20_000, 8), item(2, 10, 60_000, 8)]) is not None
    # One payment of 36,000 and four of 6,000: Σx² ÷ (Σx)² is 0.4; 1.099 ÷ √(0.4 + 0.125) is 1.52.
    whale = replace(item(2, 10, 60_000), squares=36_000**2 + 4 * 6_000**2)
    assert contradiction_of([item(1, 10, 20_000, 8), whale]) is None


def test_the_more_pairs_are_compared_the_more_it_takes() -> None:
    # 4.1 times is by chance in 2.6 of 100 pairs of 5 payments each; of three pairs 1.7 are allowed.
    others = [item(1, 10, 20_000), item(2, 10, 82_000)]
    assert contradiction_of([*others, item(3, 10, 20_000, 4)]) is not None
    assert contradiction_of([*others, item(3, 10, 20_000)]) is None


def test_what_an_hour_brought_has_a_range() -> None:
    # 5 of 20,000 in 10 hours: 100,000 ± 1.96 × 20,000 √5 (87,652), by 10.
    assert item(1, 10, 100_000).interval == (1235, 18765)
    assert item(1, 0, 100_000).interval is None


def test_below_the_first_rank_the_sentence_names_both() -> None:
    found = contradiction_of([item(1, 20, 0, 0), item(2, 10, 10_000, 20), item(3, 10, 20_000, 20)])
    assert found is not None
    assert (found.ranked.activity_id, found.is_first) == (2, False)
    assert ranking_words((), found) == (
        "You rank Sales conversations above Newsletter; Newsletter earned 2.0 times as much an "
        "hour."
    )


def test_what_is_put_away_leaves_the_first_rank_to_the_next() -> None:
    away = item(1, 10, 1_000, archived=True)
    found = contradiction_of([away, item(2, 10, 20_000), item(3, 10, 82_000)])
    assert found is not None
    assert (found.ranked.activity_id, found.is_first) == (2, True)


def test_of_several_better_ones_the_best_is_named() -> None:
    amounts = (10_000, 30_000, 50_000)
    found = contradiction_of([item(id_, 10, money, 20) for id_, money in enumerate(amounts, 1)])
    assert found is not None
    assert (found.better.activity_id, found.is_first) == (3, True)


def test_less_evidence_contradicts_nothing() -> None:
    better = item(2, 10, 80_000)
    assert contradiction_of([item(1, 10, 16_000), better]) is not None
    assert contradiction_of([item(1, 10, 20_001, 50), item(2, 10, 40_000, 50)]) is None
    assert contradiction_of([item(1, 10, 16_000, 4), better]) is None
    assert contradiction_of([item(1, 10, 16_000), item(2, 10, 80_000, 4)]) is None
    assert contradiction_of([item(1, 9.9, 8_000), better]) is None
    assert contradiction_of([item(1, 10, 8_000), item(2, 9.9, 80_000)]) is None
    assert contradiction_of([item(1, 10, 0), better]) is None
    assert contradiction_of([item(1, 10, -5), better]) is None
    assert contradiction_of([item(1, 10, 16_000, archived=True), better]) is None
    assert contradiction_of([]) is None


def test_a_rank_that_fits_is_not_contradicted() -> None:
    assert contradiction_of([item(1, 10, 82_000), item(2, 10, 20_000)]) is None


def test_the_right_things_are_the_top_three_by_week() -> None:
    ranks = {1: 2, 2: 1, 3: 3, 4: 4}
    monday, tuesday = date(2026, 11, 16), date(2026, 11, 24)
    days = [(1, monday, 600), (4, monday, 1800), (2, tuesday, 300), (9, date(2026, 11, 1), 5)]
    weeks = right_weeks(days, {}, ranks, date(2026, 11, 9), tuesday, USUAL_WEEKS)
    assert [(week.start, week.seconds, week.top_seconds) for week in weeks] == [
        (date(2026, 11, 9), 0, 0),
        (date(2026, 11, 16), 2400, 600),
        (date(2026, 11, 23), 300, 300),
    ]
    assert [week.share for week in weeks] == [None, 0.25, 1.0]


def test_the_right_things_of_a_window() -> None:
    found = [item(1, 1, 0), item(2, 1, 0, archived=True), item(3, 2, 0), item(4, 4, 0)]
    assert right_seconds(found) == (8 * HOUR, 7 * HOUR)
    fourth = Return(5, "Plan", 5, 2 * HOUR, 0, 0)
    assert right_seconds([*found, fourth]) == (10 * HOUR, 7 * HOUR)
    assert right_words(10 * HOUR, 7 * HOUR) == "70 % of 10 h logged went to your top three."
    assert right_words(0, 0) == "No hours were logged in these days."


def test_time_put_into_problems_is_a_share_of_all_logged_time() -> None:
    monday, tuesday = date(2026, 11, 16), date(2026, 11, 24)
    days = [(1, tuesday, 3 * HOUR), (4, tuesday, HOUR)]
    ranks = {1: 1, 2: 2, 3: 3, 4: 4}
    leaks = {monday: HOUR, tuesday: 4 * HOUR, date(2026, 11, 1): HOUR}
    before, now = right_weeks(days, leaks, ranks, monday, tuesday, USUAL_WEEKS)
    assert (before.seconds, before.top_seconds, before.leak_seconds) == (HOUR, 0, HOUR)
    assert (now.seconds, now.share, now.leak_share) == (8 * HOUR, 3 / 8, 1 / 2)
    said = "38 % of 8 h logged went to your top three, 50 % leaked into problems."
    assert right_words(4 * HOUR, 3 * HOUR, 4 * HOUR) == said


def test_a_share_of_money_needs_money_of_all_together() -> None:
    for money, share in ((0, None), (1, 1.0)):
        (alone,) = returns_of([item(1, 1, 1)], money)
        assert alone.money_share == share


def test_of_money_with_a_part_below_nothing_there_are_no_shares() -> None:
    found = returns_of([item(1, 1, 50_000), item(2, 1, -20_000, 0)], 30_000)
    assert [(each.money_share, each.money_percent) for each in found] == [(None, 0), (None, 0)]
    # Nor where more was paid back that no activity had.
    (alone,) = returns_of([item(1, 1, 50_000)], 30_000)
    assert alone.money_share is None


def test_the_first_and_the_last_day_of_a_window_are_in_it() -> None:
    first, last = date(2026, 11, 18), date(2026, 11, 20)
    days = [(1, first + timedelta(days=number), 10**number) for number in range(-1, 4)]
    (week,) = right_weeks(
        [day for day in days if day[1] >= first], {}, {1: 1}, first, last, USUAL_WEEKS
    )
    assert week.seconds == 111


def test_a_range_of_earnings_ends_at_nothing_where_nothing_was_paid_back() -> None:
    # One payment of 100 in an hour: 100 ± 1.96 × 100 would begin at −96.
    assert range_per_hour(100, 100**2, 3600, 1.96) == (0, 296)
    # Received 100 and paid them back: 0 ± 1.96 × 141.42.
    assert range_per_hour(0, 2 * 100**2, 3600, 1.96) == (0, 277)
    # Paid back 100, received nothing: −100 ± 196.
    assert range_per_hour(-100, 100**2, 3600, 1.96) == (-296, 96)
