"""What is said of a week."""

import pytest

from needlemover.domain.promises.commitment import Done, Rule, Terms
from needlemover.domain.promises.status import WeekDue
from needlemover.text.format import promise
from needlemover.text.promises import done_words, left_words, quota_parts

from ..conftest import weekly

SOME = Done(1200, 1, done=True)
BOTH, EITHER = weekly(60, 3), weekly(60, 3, rule=Rule.ANY)


@pytest.mark.parametrize(
    ("terms", "done", "left"),
    [
        (weekly(count=3), "1 of 3", "2 to go in 4 days"),
        (weekly(60), "20 of 60 min", "40 min to go in 4 days"),
        (BOTH, "20 of 60 min · 1 of 3", "40 min · 2 to go in 4 days"),
        (EITHER, "20 of 60 min or 1 of 3", "40 min or 2 to go in 4 days"),
        (weekly(60, 1), "20 of 60 min · 1 of 1", "40 min to go in 4 days"),
    ],
)
def test_what_is_done_and_what_is_left(terms: Terms, done: str, left: str) -> None:
    due = WeekDue(terms, due=True, met=False, progress=SOME, days_left=4)
    assert (done_words(due), left_words(due)) == (done, left)
    assert left_words(due, short=True) == left.removesuffix(" in 4 days")


@pytest.mark.parametrize(
    ("due", "words"),
    [
        (WeekDue(BOTH, due=True, met=True, is_over=True), "done"),
        (WeekDue(BOTH, due=True, met=False, is_over=True), "missed"),
        (WeekDue(BOTH, due=False, met=False, is_over=True, begins=True), "first week"),
        (WeekDue(BOTH, due=False, met=False, taken_off=True), "week off"),
        (WeekDue(BOTH, due=True, met=False, days_left=1, today_or_never=True), "today or never"),
        (WeekDue(weekly(), due=True, met=False, days_left=1), "1 to go in 1 day"),
        (WeekDue(weekly(), due=True, met=False), "1 to go, no day left"),
        (WeekDue(None, due=False, met=False), "no promise"),
    ],
)
def test_how_a_week_stands(due: WeekDue, words: str) -> None:
    assert left_words(due) == words


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0, "0/30 min at most"),
        (1799, "29/30 min at most"),
        (1800, "30/30 min at most"),
        (1801, "31/30 min · over"),
    ],
)
def test_a_limit_is_said_to_be_over_only_when_it_is(seconds: int, words: str) -> None:
    limit = Terms(seconds=1800, at_most=True)
    assert quota_parts(Done(seconds), limit) == [words]
    assert promise(limit, is_sales=False) == "at most 30 min, Mon to Fri"
