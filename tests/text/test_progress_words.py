"""The words for streaks, weeks and suggestions, and a user's text in Markdown."""

from datetime import date

import pytest
from msgspec.structs import replace

from needlemover.domain.progress.quota_history import QuotaBar, ThisWeek, WeekPace
from needlemover.domain.progress.review import Advice, Measure, Suggestion
from needlemover.domain.progress.summary import StreakCard
from needlemover.domain.promises.commitment import ActivityFact, Done
from needlemover.domain.promises.marks import Run, Streak
from needlemover.domain.promises.status import WeekDue
from needlemover.text.format import as_markdown
from needlemover.text.progress import (
    kept_words,
    record_words,
    stake_words,
    suggestion_words,
    week_words,
)

from ..conftest import weekly

MONDAY = date(2026, 11, 23)


def card(current: int, best: int, still_due: int = 0) -> StreakCard:
    runs = (Run(MONDAY, MONDAY, best),)
    return StreakCard(None, Streak(current, runs, best), (), still_due)


def week(
    quota_seconds: int | None = 18000,
    quota_count: int | None = None,
    *,
    days_left: int = 3,
    seconds_a_day: int | None = None,
    count_a_day: int | None = None,
) -> ThisWeek:
    bar = QuotaBar(MONDAY, MONDAY, 11400, 4, quota_seconds, quota_count, 5, 2)
    return ThisWeek(MONDAY, bar, days_left, seconds_a_day, count_a_day)


@pytest.mark.parametrize(
    ("current", "best", "words"),
    [
        (45, 92, "record 92 days, you are at 45; 47 to go"),
        (0, 1, "record 1 day, you are at 0; 1 to go"),
        (14, 14, "14 days, and that is the record"),
        (0, 0, "no streak yet"),
    ],
)
def test_the_record_is_said_with_what_is_to_go(current: int, best: int, words: str) -> None:
    assert record_words(card(current, best)) == words


def test_what_would_break_a_streak_is_said_before_it_breaks() -> None:
    assert stake_words(card(14, 92, 2)) == "2 things still due today or a 14-day streak ends"
    assert stake_words(card(1, 1, 1)) == "1 thing still due today or a 1-day streak ends"
    assert stake_words(card(14, 92)) == ""


def test_the_card_of_a_promise_by_the_week_speaks_of_weeks() -> None:
    by_week = replace(card(3, 5, 1), is_weekly=True)
    assert record_words(by_week) == "record 5 weeks, you are at 3; 2 to go"
    assert record_words(replace(card(1, 1), is_weekly=True)) == "1 week, and that is the record"
    assert stake_words(by_week) == "today or never, or a 3-week streak ends"
    assert kept_words(4, 3, is_weekly=True) == "3 of 4 weeks (75 %)"
    assert kept_words(1, 1, is_weekly=True) == "1 of 1 week (100 %)"


def test_a_week_promised_as_a_whole_says_what_is_left_of_it() -> None:
    asked = weekly(count=6)
    progress = Done(0, 4, done=True)
    due = WeekDue(asked, due=True, met=False, progress=progress, days_left=3)
    none = WeekPace(None, None)
    words = week_words(replace(week(None, 6), weekly=due), none, "time")
    assert words == "4 of 6 times, 2 to go in 3 days"
    last = replace(due, days_left=1, today_or_never=True)
    words = week_words(replace(week(None, 6), weekly=last), none, "time")
    assert words == "4 of 6 times, today or never"


def test_due_days_that_were_met_are_never_rounded_up_to_all() -> None:
    assert kept_words(20, 18) == "18 of 20 (90 %)"
    assert kept_words(1000, 999) == "999 of 1,000 (99 %)"
    assert kept_words(0, 0) == "none due"


def test_a_week_says_done_asked_pace_and_what_is_left() -> None:
    behind = WeekPace(-720, None)
    assert week_words(week(seconds_a_day=2220), behind, "time") == (
        "3 h 10 of 5 h, 12 min behind pace, 37 min a day for 3 days"
    )
    ahead = week(None, 1, days_left=1, count_a_day=2)
    assert week_words(ahead, WeekPace(None, 1), "conversation") == (
        "4 of 1 conversation, 1 ahead of pace, 2 conversations to go on the last day"
    )
    assert week_words(week(), WeekPace(59, None), "time") == "3 h 10 of 5 h, on pace"
    assert week_words(week(None, None), WeekPace(None, None), "time") == ""


@pytest.mark.parametrize(
    ("advice", "measure", "numbers", "is_sales", "words"),
    [
        (Advice.RAISE, Measure.SECONDS, (20, 1800, 2535, 2400), True,
         "Raise “X” from 30 min to 40 min: met on 20 of the last 20 due days, and 18 of them "
         "reached 42 min."),
        (Advice.LOWER, Measure.COUNT, (3, 10, 1, 1), True,
         "Lower “X” from 10 conversations to 1 conversation: met on 3 of the last 20 due days, "
         "and half of them reached 1 conversation."),
        (Advice.LOWER, Measure.COUNT, (9, 4, 2, 2), False,
         "Lower “X” from 4 times to 2 times: met on 9 of the last 20 due days, and half of them "
         "reached 2 times."),
    ],
)  # fmt: skip
def test_a_suggestion_carries_its_numbers(
    advice: Advice,
    measure: Measure,
    numbers: tuple[int, int, int, int],
    is_sales: bool,
    words: str,
) -> None:
    met, asked, reached, to = numbers
    fact = ActivityFact(1, "X", is_sales, 1, ())
    found = Suggestion(fact, advice, measure, met, 20, asked, reached, to)
    assert suggestion_words(found, "“X”") == words


def test_a_suggestion_about_a_week_speaks_of_weeks() -> None:
    fact = ActivityFact(1, "X", False, 1, ())
    found = Suggestion(fact, Advice.RAISE, Measure.COUNT, 20, 20, 2, 3, 3, is_weekly=True)
    assert suggestion_words(found, "“X”") == (
        "Raise “X” from 2 times to 3 times: met in 20 of the last 20 due weeks, and 18 of them "
        "reached 3 times."
    )


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("Film one video", "Film one video"),
        ("a|b *c* _d_ `e`", "a\\|b \\*c\\* \\_d\\_ \\`e\\`"),
        ("[x](http://y) <b> &lt; ~z~ #1", "\\[x\\](http://y) \\<b\\> \\&lt; \\~z\\~ \\#1"),
        ("back\\slash", "back\\\\slash"),
        ("two\nlines\tand\x1b[31m red\x07", "two lines and \\[31m red"),
        ("right\u202eleft", "right left"),
        ("lone \ud800", "lone ?"),
    ],
)
def test_a_text_reads_in_markdown_as_it_was_typed(typed: str, written: str) -> None:
    assert as_markdown(typed) == written
