"""The goal: received so far, wins and conversations still needed, and whether the quota does it."""

from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from needlemover.cli.numbers import goal_lines
from needlemover.domain.day import USUAL_WEEKS, Weeks
from needlemover.domain.numbers.funnel import Funnel, Tally
from needlemover.domain.numbers.goal import (
    AverageWin,
    Gap,
    Goal,
    GoalQuota,
    Range,
    Reach,
    average_win,
    conversations_for,
    conversations_of,
    goal_of,
    goal_quota,
)
from needlemover.domain.numbers.rates import Rate
from needlemover.domain.promises.commitment import ActivityFact, Rule, Terms
from needlemover.domain.promises.status import DayOff
from needlemover.domain.settings import AssumedRate, Settings
from needlemover.text.numbers.words import no_end_words, range_words

from ..conftest import promised, terms, weekly

TODAY = date(2026, 11, 24)
"""A Tuesday."""
WINDOW = (date(2026, 8, 27), TODAY)
GOOD = Tally(dials=300, conversations=100, asks=40, wins=12, seconds=30_000, money=1_440_000)
GOOD_NEEDED = Range(28, 59, 176)
"""What 7 wins of 12 in 100 conversations, all alike, take."""


def alike(tally: Tally) -> Tally:
    """The money followed the wins, each as much."""
    squares = tally.money**2 // tally.wins if tally.wins else 0
    return replace(tally, earned=tally.money, squares=squares)


def sales(what: Terms) -> ActivityFact:
    return ActivityFact(1, "Sales", True, 1, (promised(date(2026, 1, 1), what),))


def goal(
    tally: Tally = GOOD,
    received: dict[date, int] | None = None,
    activities: tuple[ActivityFact, ...] = (),
    off: tuple[DayOff, ...] = (),
    today: date = TODAY,
    **settings: object,
) -> Goal:
    chosen = Settings(**{"goal": 1_200_000} | settings)  # type: ignore[arg-type]
    return goal_of(received or {}, Funnel(*WINDOW, alike(tally)), activities, off, chosen, today)


def told(found: Goal, tally: Tally = GOOD) -> list[str]:
    return goal_lines(found, Settings(goal=found.wanted), Funnel(*WINDOW, alike(tally)))


def test_a_goal_worked_by_hand() -> None:
    # 12,000 wanted in November, 4,000 received: 8,000 are missing.
    # 12 wins brought 14,400: 1,200 a win, so it takes 6.67, that is 7 wins.
    # 12 of 100 conversations were won: 12 %; 7 / 0.12 = 58.3 → 59 conversations.
    # In wins: m = 0.12, s² = (12 - 1.44) / 99 = 0.10667, z²s² = 0.40976. The range ends where
    # 0.12 N ± √(0.40976 N + 0.0040976 N²) = 7: 27.06 → 28, as 3.247 + 3.753 = 7.000,
    # and 175.78 → 176, as 21.094 - 14.094 = 7.000.
    # Working days left are Tuesday 24 to Friday 27 and Monday 30: 5.
    # 59 / 5 = 11.8 → 12 a day; 28 / 5 → 6; 176 / 5 → 36; at 300 s each 3600, 1800, 10800 s.
    # The quota of 10 on each of 7 days asks for 70: more than 28, less than 176.
    # Needed: 59 / 7 = 8.4 → 9 a day; 28 / 7 = 4; 176 / 7 → 26.
    received = {date(2026, 11, 2): 500_000, date(2026, 11, 20): -100_000, date(2026, 10, 31): 9}
    found = goal(received=received, activities=(sales(terms(count=10)),))
    assert (found.since, found.by) == (date(2026, 11, 1), date(2026, 11, 30))
    assert (found.received, found.missing, found.wins) == (400_000, 800_000, 7)
    assert found.conversations == GOOD_NEEDED
    assert found.working_days == 5
    assert found.conversations_a_day == Range(6, 12, 36)
    assert found.seconds_a_day == Range(1800, 3600, 10_800)
    assert found.quota is not None
    assert (found.quota.due_days, found.quota.conversations) == (7, 70)
    assert found.quota.reach is Reach.PERHAPS
    assert found.quota.needed == Range(4, 9, 26)
    assert found.quota.needed_seconds == Range(1200, 2700, 7800)
    assert told(found) == [
        "12 conversations a day, 5 days left · your quota: 10 on 7 days · 1 h a day.",
        "Goal: $12,000 in November 2026",
        "$4,000 received so far; $8,000 to go.",
        "7 wins, at $1,200 a win ($14,400 ÷ 12).",
        "Conversations still needed: 59 (28 to 176), as 12 of 100 were won.",
        "On each of the 5 working days left: 12 (6 to 36), 1 h (30 min to 3 h) with buyers.",
        "The quota of “Sales” asks for 70 conversations until then: perhaps enough, the range is "
        "too wide to say.",
        "Needed: 9 (4 to 26) a day on 7 due days, 45 min (20 min to 2 h 10).",
    ]


def test_what_is_promised_by_the_week_counts_for_the_days_that_remain() -> None:
    # From Tuesday 24 to Monday 30 November: six of the seven days of the first week, one of the
    # second: 6/7 + 1/7 = 1 week of 40 conversations. 8,000 missing take 28 to 176 (see above).
    received = {date(2026, 11, 2): 400_000}
    found = goal(received=received, activities=(sales(weekly(count=40)),))
    assert found.quota is not None
    assert (found.quota.due_days, found.quota.weeks, found.quota.conversations) == (0, 1, 40)
    assert found.quota.reach is Reach.PERHAPS
    assert found.quota.needed == GOOD_NEEDED
    assert told(found)[-2:] == [
        "The quota of “Sales” asks for 40 conversations until then: perhaps enough, the range is "
        "too wide to say.",
        "Needed: 59 (28 to 176) a week, 4 h 55 (2 h 20 to 14 h 40).",
    ]


def test_a_promise_by_the_week_adds_to_one_by_the_day() -> None:
    # 7 days of 10, and a week of 106 (see above): 176, as many as the most that it takes.
    second = ActivityFact(2, "Visits", True, 2, (promised(date(2026, 1, 1), weekly(count=106)),))
    received = {date(2026, 11, 2): 400_000}
    found = goal(received=received, activities=(sales(terms(count=10)), second))
    assert found.quota is not None
    assert (found.quota.conversations, found.quota.reach) == (176, Reach.YES)
    assert found.quota.needed == Range(4, 9, 26)
    assert " · your quota: 176 until then · " in told(found)[0]
    assert told(found)[-2] == (
        "The quota of “Sales”, “Visits” asks for 176 conversations until then: that is enough."
    )


def test_days_off_of_a_week_move_its_promise_to_the_others() -> None:
    # Saturday and Sunday off: Tuesday to Friday are 4 of 5 days; then 1 of 7. Of 35: 28 + 5 = 33.
    off = DayOff(date(2026, 11, 28), date(2026, 11, 29))
    found = goal(off=(off,), activities=(sales(weekly(count=35)),))
    assert found.quota is not None
    assert (found.quota.weeks, found.quota.conversations) == (Fraction(4, 5) + Fraction(1, 7), 33)


def test_less_than_a_week_takes_all_that_is_needed() -> None:
    found = goal(
        received={TODAY: 400_000},
        activities=(sales(weekly(count=7)),),
        goal_by=date(2026, 11, 25),
        goal_since=date(2026, 11, 1),
    )
    assert found.quota is not None
    assert (found.quota.conversations, found.quota.reach) == (2, Reach.NO)
    assert found.quota.needed == GOOD_NEEDED


def test_a_week_of_minutes_counts_by_the_average_conversation() -> None:
    # 100 minutes of 300 s each are 20 conversations.
    found = goal(activities=(sales(weekly(100)),))
    assert found.quota is not None
    assert found.quota.conversations == 20


@pytest.mark.parametrize(("count", "reach"), [(3, Reach.NO), (4, Reach.PERHAPS), (26, Reach.YES)])
def test_the_quota_is_held_against_both_ends(count: int, reach: Reach) -> None:
    # 8,000 missing take 28 to 176 conversations; seven days of 3 are 21, of 4 28, of 26 182.
    found = goal(received={TODAY: 400_000}, activities=(sales(terms(count=count)),))
    assert found.quota is not None
    assert found.quota.reach is reach


def test_a_goal_by_a_day_counts_from_its_first_day_and_leaves_days_off_out() -> None:
    off = DayOff(date(2026, 12, 7), date(2026, 12, 11))
    received = {date(2026, 10, 1): 7, date(2026, 10, 15): 100_000, TODAY: 100_000}
    found = goal(
        received=received, off=(off,), goal_by=date(2026, 12, 14), goal_since=date(2026, 10, 15),
        activities=(sales(terms(count=1)),),
    )  # fmt: skip
    assert (found.is_monthly, found.received) == (False, 200_000)
    # From Tuesday 24 November to Monday 14 December are 15 weekdays, five of them off.
    assert found.working_days == 10
    assert found.quota is not None
    assert found.quota.due_days == 21 - 5
    assert told(found)[1] == "Goal: $12,000 by 14 Dec 2026, counted from 15 Oct 2026"


def test_a_goal_without_a_first_day_counts_from_the_first_of_the_month() -> None:
    assert goal(goal_by=date(2026, 12, 14)).since == date(2026, 11, 1)


def test_no_goal_says_how_to_set_one() -> None:
    found = goal(goal=None)
    assert (found.gap, found.wins) == (Gap.NO_GOAL, None)
    assert told(found) == [
        "No goal is set: type needle goal 12000, or needle goal 12000 --by 2026-12-31."
    ]


def test_a_goal_already_reached_says_so() -> None:
    found = goal(received={TODAY: 1_250_000})
    assert (found.gap, found.missing) == (Gap.REACHED, 0)
    assert told(found)[1:] == ["Reached: $12,500 received, $500 more than wanted."]


def test_a_negative_month_adds_to_what_is_missing() -> None:
    found = goal(received={TODAY: -30_000})
    assert found.missing == 1_230_000
    assert told(found)[2] == "More was paid back than received so far (−$300); $12,300 to go."


def test_a_goal_whose_last_day_has_passed_says_so() -> None:
    found = goal(goal_by=date(2026, 11, 23), goal_since=date(2026, 11, 1))
    assert (found.gap, found.working_days) == (Gap.OVER, 0)
    assert told(found)[-1].startswith("Its last day has passed")


@pytest.mark.parametrize(
    ("tally", "gap", "hints"),
    [
        (Tally(), Gap.NO_CONVERSATIONS, 2),
        (Tally(dials=9, conversations=9), Gap.NO_WINS, 2),
        (Tally(dials=9, conversations=9, asks=1, wins=1), Gap.NO_MONEY, 2),
        (Tally(dials=9, conversations=9, asks=1, wins=1, money=-5), Gap.NO_MONEY, 2),
        (Tally(dials=100, conversations=100, asks=20, wins=20), Gap.NO_MONEY, 1),
    ],
)
def test_where_the_past_is_too_thin_it_says_what_is_missing(
    tally: Tally, gap: Gap, hints: int
) -> None:
    found = goal(tally)
    assert (found.gap, found.conversations) == (gap, None)
    assert sum(line.startswith("Assume") for line in told(found, tally)) == hints


def test_a_single_win_leaves_no_upper_limit() -> None:
    # In wins: m = 1/8, s² = (1 - 1/8) / 7 = 1/8. That of N come 0 is never out of reach:
    # m² = 0.0156 is less than z²s²/n = 0.06. One comes in 1.27 → 2: 0.159 + √(0.610 + 0.097).
    tally = Tally(dials=8, conversations=8, asks=1, wins=1, seconds=800, money=1_200_000)
    found = goal(tally)
    assert found.conversations == Range(2, 8, None)
    words = told(found, tally)
    assert words[0] == "At least 1 conversation a day, 5 days left · at least 1 min 40 s a day."
    assert words[3] == "1 win, at $12,000 a win (a single one: too few to say)."
    assert words[4] == (
        "Conversations still needed: at least 2, no upper limit yet, as 1 of 8 were won."
    )
    assert words[5] == (
        "On each of the 5 working days left: at least 1, at least 1 min 40 s with buyers."
    )
    assert words[-2:] == [
        'Assume a rate: needle settings assumed_win_rate "1 in 20".',
        "Assume what a win brings: needle settings assumed_win 1200.",
    ]


def test_enough_wins_in_too_few_conversations_still_say_no_single_number() -> None:
    # In wins: m = 5/8, s² = (5 - 3.125) / 7, z²s² = 1.029: one comes in 0.46 to 8.23.
    tally = Tally(dials=8, conversations=8, asks=5, wins=5, seconds=800, money=6_000_000)
    found = goal(tally, received={TODAY: 100_000})
    assert found.conversations == Range(1, 2, 9)
    assert told(found, tally)[4] == (
        "Conversations still needed: at least 1, the range is too wide to say more, as 5 of 8 "
        "were won."
    )
    # The reason was said: it does not stand between the figures of a day.
    found = goal(tally, received={TODAY: 100_000}, goal_by=TODAY, goal_since=TODAY)
    assert told(found, tally)[5] == (
        "On the one working day left: at least 1, at least 1 min 40 s with buyers."
    )


def test_the_days_of_ten_years_are_told_with_their_thousands_apart() -> None:
    # Tuesday 24 November 2026 to Monday 24 November 2036: 522 weeks of five working days.
    words = told(goal(received={TODAY: 400_000}, goal_by=date(2036, 11, 24)))
    assert "2,610 days left" in words[0]
    assert words[5].startswith("On each of the 2,610 working days left: 1")


def test_the_time_of_a_day_comes_out_by_hand() -> None:
    # 1,250 s each are told as 21 min; 12 of them are 4 h 12, not 4 h 10.
    tally = replace(GOOD, seconds=125_000)
    words = told(goal(tally, received={TODAY: 400_000}), tally)
    assert words[0] == "12 conversations a day, 5 days left · 4 h 12 a day."


def test_a_few_conversations_that_were_all_won_are_not_sure_to_go_on_so() -> None:
    # 7 of 7 alike: Wilson leaves 64.57 to 100 %. 12 wins of 100 take 12 to 18.6 conversations.
    tally = Tally(dials=7, conversations=7, asks=7, wins=7, seconds=700, money=70_000)
    found = goal(tally, activities=(sales(Terms(count=3)),), goal=120_000)
    assert (found.wins, found.conversations) == (12, Range(12, 12, 19))
    assert found.quota is not None
    assert (found.quota.conversations, found.quota.reach) == (15, Reach.PERHAPS)


def test_wins_of_unequal_sizes_widen_the_range() -> None:
    # 12 wins of 14,400 in all, one of them 7,800 and eleven of 600: s² is five times as large.
    squares = 780_000**2 + 11 * 60_000**2
    whale = Funnel(*WINDOW, replace(GOOD, earned=1_440_000, squares=squares))
    settings = Settings(goal=840_000)
    found = goal_of({}, whale, (), (), settings, TODAY)
    assert (found.wins, found.conversations) == (7, Range(15, 59, None))
    # What is told large has no other end than what is told below: 15 on 5 days, 3 each.
    words = told(found, whale.tally)
    assert words[0].startswith("At least 3 conversations a day, 5 days left")
    assert words[5].startswith("On each of the 5 working days left: at least 3, ")


def test_money_that_comes_in_anyway_is_no_win_and_told_apart() -> None:
    # Old clients paid 5,000 again: the 12 wins brought 14,400, so it takes 7 of them, not 5.
    tally = replace(alike(GOOD), money=1_940_000)
    found = goal_of({}, Funnel(*WINDOW, tally), (), (), Settings(goal=800_000), TODAY, 500_000)
    assert (found.wins, found.average_win) == (7, AverageWin(120_000, 12))
    assert told(found)[4] == "In these days $5,000 came in anyway, from earlier sales or from none."


def test_asks_without_an_answer_are_not_lost() -> None:
    # 12 of 24 settled asks were won; so of 100 conversations with 40 asks as many as 60 count.
    funnel = Funnel(*WINDOW, replace(alike(GOOD), open=16))
    assert (funnel.win_per_ask, funnel.win_per_conversation) == (Rate(12, 24), Rate(12, 60))
    assert funnel.win_per_dial == Rate(12, 180)
    found = goal_of({}, funnel, (), (), Settings(goal=840_000), TODAY)
    assert found.conversations is not None
    assert found.conversations.likely == 35
    assert told(found, funnel.tally)[4].endswith(
        "as 12 of 60 were won; 40 left out for 16 open asks."
    )
    assert Funnel(*WINDOW, Tally(3, 2, 2, open=2)).win_per_ask.value is None


def test_more_hours_than_a_day_has_are_not_told_as_a_plan() -> None:
    # 10 wins of 1,200 at 12 in 100 take 84 conversations of an hour, on one day.
    tally = replace(GOOD, seconds=100 * 3600)
    words = told(goal(tally, goal=1_200_000, goal_by=TODAY, goal_since=TODAY), tally)
    assert words[0] == "84 conversations a day, 1 day left · no day has that many hours."


def test_no_day_is_told_to_have_more_than_24_hours() -> None:
    # An hour each, and one win of 12 in 100: 1.58 to 61.5 conversations, on one day.
    tally = replace(GOOD, seconds=100 * 3600)
    words = told(goal(tally, goal=120_000, goal_by=TODAY, goal_since=TODAY), tally)
    assert words[0] == "9 conversations a day, 1 day left · 9 h a day does not fit a day of 8 h."
    assert words[5] == (
        "On the one working day left: 9 (2 to 62), 9 h (2 h to more than 24 h) with buyers."
    )


def test_without_a_win_there_is_no_upper_limit_yet() -> None:
    # None of 8 is at most 32.44 %; 12 wins of an assumed 1,000 take at least 36.99, so 37.
    tally = Tally(dials=8, conversations=8, seconds=800)
    found = goal(tally, assumed_win=100_000)
    assert found.conversations == Range(37, None, None)
    assert range_words(found.conversations) == "at least 37"
    assert no_end_words(found.conversations, is_sure=True) == ", no upper limit yet"


def test_what_is_assumed_stands_in_for_a_past_that_is_too_thin_and_is_labelled() -> None:
    settings = Settings(goal=1_200_000, assumed_win=120_000, assumed_win_rate=AssumedRate(1, 20))
    found = goal_of({}, Funnel(*WINDOW), (), (), settings, TODAY)
    # Ten wins of 1,200 at 1 in 20 take 200 conversations.
    assert (found.wins, found.conversations) == (10, Range(200, 200, 200))
    assert (found.seconds_a_day, found.conversations_a_day) == (None, Range(40, 40, 40))
    lines = goal_lines(found, settings, Funnel(*WINDOW))
    assert lines[3:5] == [
        "10 wins, at $1,200 a win (assumed).",
        "Conversations still needed: 200, at the assumed 1 in 20.",
    ]


def test_what_is_assumed_of_a_win_is_not_sure_to_come_as_often() -> None:
    # 12 wins of 100 that brought nothing: 7 of 1,200 take as many as if they had brought as much.
    found = goal(replace(GOOD, money=0), goal=840_000, assumed_win=120_000)
    assert (found.wins, found.conversations) == (7, GOOD_NEEDED)


def test_an_assumed_win_alone_says_how_many_wins_it_takes() -> None:
    found = goal(Tally(), assumed_win=100_000)
    assert (found.wins, found.gap) == (12, Gap.NO_CONVERSATIONS)


def test_the_range_of_conversations_ends_where_the_wanted_comes_in() -> None:
    # All of 7 alike: nothing varies.
    assert conversations_for(12, 7, 7, 7) == (12, 12)
    # 1 of 2: m = s² = 1/2. 0.31781 · m + z√(0.31781 s² + 0.31781² s² / 2) = 0.1589 + 0.8411 = 1.
    low, high = conversations_for(1, 2, 1, 1)
    assert (low, high) == (pytest.approx(0.31781, abs=0.00001), None)


def test_a_past_that_can_be_said_needs_nothing_assumed() -> None:
    found = goal(assumed_win=1, assumed_win_rate=AssumedRate(1, 2))
    assert found.rate is not None
    assert found.average_win is not None
    assert (found.rate.likely, found.rate.is_assumed) == (Fraction(12, 100), False)
    assert (found.average_win.money, found.average_win.is_assumed) == (120_000, False)


def test_without_a_working_day_nothing_is_shared_out() -> None:
    found = goal(today=date(2026, 11, 29), off=(DayOff(date(2026, 11, 30), date(2026, 11, 30)),))
    assert (found.working_days, found.conversations_a_day) == (0, None)
    assert "No working day is left." in told(found)
    assert "No sales activity is due until then." in told(found)


@pytest.mark.parametrize(
    ("what", "number"),
    [
        (terms(count=10), 10),
        (terms(60), 12),  # an hour of 300 s each
        (terms(61), 13),  # a minute more takes another one
        (terms(60, 10), 12),
        (terms(60, 10, rule=Rule.ANY), 10),
        (terms(), None),
    ],
)
def test_minutes_count_by_the_average_conversation(what: Terms, number: int | None) -> None:
    assert conversations_of(what, 300) == number


def test_minutes_alone_cannot_be_counted_without_a_length() -> None:
    assert conversations_of(terms(60), None) is None
    found = goal(GOOD, activities=(sales(terms()),))
    assert found.quota is not None
    assert (found.quota.conversations, found.quota.reach) == (None, None)
    assert "no quota that could be counted" in told(found)[-2]


@given(
    conversations=st.integers(1, 300), wins=st.integers(1, 300), money=st.integers(1, 10**9),
    wanted=st.integers(1, 10**9),
)  # fmt: skip
def test_more_is_never_needed_at_a_higher_rate(
    conversations: int, wins: int, money: int, wanted: int
) -> None:
    wins = min(wins, conversations)
    tally = Tally(conversations, conversations, wins, wins, 60, money)
    found = goal(tally, goal=wanted)
    if found.conversations is not None:
        needed = found.conversations
        assert needed.likely is not None
        assert needed.likely >= (found.wins or 0)
        if needed.high is not None:
            assert needed.likely <= needed.high
        assert 1 <= needed.low <= needed.likely


def wins(number: int, money: int) -> Funnel:
    return Funnel(*WINDOW, alike(Tally(wins=number, money=money)))


def test_what_a_win_brings_is_measured_from_five_wins_on() -> None:
    settings = Settings(assumed_win=70_000)
    assert average_win(wins(5, 500), settings) == AverageWin(100, 5)
    assert average_win(wins(4, 400), settings) == AverageWin(70_000, 0)
    assert average_win(wins(4, 400), Settings()) == AverageWin(100, 4)
    assert (AverageWin(100, 5).is_sure, AverageWin(100, 4).is_sure) == (True, False)


def test_wins_that_brought_nothing_measure_nothing() -> None:
    settings = Settings(assumed_win=70_000)
    for money in (0, -500):
        assert average_win(wins(9, money), settings) == AverageWin(70_000, 0)
        assert average_win(wins(9, money), Settings()) is None
    assert average_win(wins(9, 9), settings) == AverageWin(1, 9)


def test_without_a_goal_nothing_is_missing() -> None:
    assert goal(goal=None).missing == 0


def test_money_after_the_last_day_of_a_goal_does_not_count() -> None:
    found = goal(received={TODAY: 5}, goal_by=date(2026, 11, 23), goal_since=date(2026, 11, 1))
    assert found.received == 0


def needs(low: int, high: int | None, activities: list[ActivityFact], days: int = 1) -> GoalQuota:
    """What those promise against so many conversations, until so many days from today."""
    last = TODAY + timedelta(days=days - 1)
    return goal_quota(Range(low, None, high), activities, (), TODAY, last, None, USUAL_WEEKS)


@pytest.mark.parametrize(
    ("promise", "reach"),
    [(9, Reach.NO), (10, Reach.PERHAPS), (19, Reach.PERHAPS), (20, Reach.YES)],
)
def test_a_quota_that_asks_for_just_as_many_gets_there(promise: int, reach: Reach) -> None:
    assert needs(10, 20, [sales(terms(count=promise))]).reach is reach


def test_only_what_is_promised_to_buyers_counts_towards_a_goal() -> None:
    writing = ActivityFact(2, "Posts", False, 2, (promised(date(2026, 1, 1), terms(count=50)),))
    found = needs(10, 20, [writing])
    assert (found.due_days, found.conversations, found.needed) == (0, None, None)
    assert not found.is_by_week


def test_each_promise_by_the_week_counts_by_its_own_days_off() -> None:
    # Tuesday and Wednesday are 2 of 7 days; of the one with Thursday to Sunday off 2 of 3.
    visits = ActivityFact(2, "Visits", True, 2, (promised(date(2026, 1, 1), weekly(count=30)),))
    off = DayOff(date(2026, 11, 26), date(2026, 11, 29), activity_id=2)
    last = TODAY + timedelta(days=1)
    for activities in ([visits, sales(weekly(count=21))], [sales(weekly(count=21)), visits]):
        found = goal_quota(Range(1, None, None), activities, (off,), TODAY, last, None, USUAL_WEEKS)
        assert (found.weeks, found.conversations) == (Fraction(2, 3), 6 + 20)


def test_a_part_of_a_conversation_is_none() -> None:
    # Two of the seven days of a week of 10: 2.86 conversations.
    assert needs(1, None, [sales(weekly(count=10))], days=2).conversations == 2


def test_a_short_week_between_two_first_weekdays_promises_nothing() -> None:
    # Of 10 a week: 6 of 7 days of this one, none of Monday to Saturday, all of the first new one.
    weeks = Weeks().then(Weeks(6), TODAY)
    activities, last = [sales(weekly(count=10))], date(2026, 12, 12)
    found = goal_quota(Range(1, None, None), activities, (), TODAY, last, None, weeks)
    assert (found.weeks, found.conversations) == (1 + Fraction(6, 7), 18)


def test_money_of_the_first_and_of_the_last_day_of_a_goal_counts() -> None:
    received = {date(2026, 11, 20): 10, TODAY: 1}
    assert goal(received=received, goal_by=TODAY, goal_since=date(2026, 11, 20)).received == 11
