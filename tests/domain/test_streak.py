"""Streaks: runs of met days, what breaks them and what does not."""

from datetime import date, timedelta

import pytest

from needlemover.domain.promises.commitment import Done
from needlemover.domain.promises.marks import MET, MISSED, NOT_DUE, Run, Streak, streak_of

from ..conftest import promised, terms, weekly
from .conftest import activity, entry, history_of

FIRST = date(2026, 11, 1)


def streak(days: str) -> Streak:
    """Of days written as x (met), - (missed) and . (nothing due), from 1 November on."""
    sign = {"x": MET, "-": MISSED, ".": NOT_DUE}
    return streak_of(bytes(sign[day] for day in days), FIRST)


def november(day: int) -> date:
    return date(2026, 11, day)


@pytest.mark.parametrize(
    ("days", "current", "best"),
    [
        ("", 0, 0),
        ("...", 0, 0),
        ("---", 0, 0),
        ("x", 1, 1),
        ("xxx", 3, 3),
        ("xx-", 0, 2),
        ("xx-x", 1, 2),
        ("x-xx", 2, 2),
        ("xx..xx", 4, 4),
        ("xx..", 2, 2),
        ("xx-..", 0, 2),
        ("..xx", 2, 2),
        ("x-.x.-xxx", 3, 3),
    ],
)
def test_a_streak_counts_met_days_up_to_the_last_miss(days: str, current: int, best: int) -> None:
    assert (streak(days).current, streak(days).best) == (current, best)


def test_runs_carry_their_dates_and_their_due_days() -> None:
    assert streak("x.x-.xx.-x.").runs == (
        Run(november(1), november(3), 2),
        Run(november(6), november(7), 2),
        Run(november(10), november(10), 1),
    )


def test_the_current_run_is_the_last_one_while_it_lives() -> None:
    assert streak("x-xx").current_run == Run(november(3), november(4), 2)
    assert streak("xx-").current_run is None
    assert Streak().current_run is None


def test_of_equal_runs_the_latest_is_the_best() -> None:
    assert streak("xx-xx-x").best_run == Run(november(4), november(5), 2)
    assert streak("--").best_run is None


def test_a_streak_alone_keeps_the_run_that_lives_and_how_long_the_best_was() -> None:
    assert streak("xxx-xx").alone == Streak(2, (Run(november(5), november(6), 2),), 3)
    assert streak("xxx-").alone == Streak(0, (), 3)


def test_one_more_met_day_lengthens_the_run_that_lives() -> None:
    longer = streak("-xx.").after(MET, november(5))
    assert (longer.current, longer.best) == (3, 3)
    assert longer.runs == (Run(november(2), november(5), 3),)


def test_one_more_met_day_begins_a_run_where_none_lives() -> None:
    begun = streak("xx-").after(MET, november(4))
    assert (begun.current, begun.best) == (1, 2)
    assert begun.runs == (Run(november(1), november(2), 2), Run(november(4), november(4), 1))


def test_the_runs_that_ended_stay_when_the_last_one_grows() -> None:
    found = streak("x-xx-xxx")
    assert found.current_run == Run(november(6), november(8), 3)
    assert found.after(MET, november(9)).runs == (
        *found.runs[:2], Run(november(6), november(9), 4),
    )  # fmt: skip


MET_FIRST = activity(1, (promised(FIRST, terms()),))


def test_the_first_day_of_all_has_a_streak_of_its_own() -> None:
    history = history_of([MET_FIRST], [entry(MET_FIRST, FIRST)])
    assert history.streaks(FIRST)[0].current == 1
    assert history.streaks(FIRST - timedelta(days=1)) == (Streak(), {})


def test_only_what_was_promised_by_the_week_before_has_a_streak_in_weeks() -> None:
    monday = date(2026, 11, 2)
    reports = activity(2, (promised(monday, weekly(count=1)),))
    history = history_of([MET_FIRST, reports], [entry(reports, monday)])
    assert history.week_streaks(monday) == {}
    assert set(history.week_streaks(monday + timedelta(weeks=1))) == {2}


def test_nothing_is_due_or_met_on_a_date_that_travel_skipped() -> None:
    done = Done(0, 1, done=True)
    history = history_of([MET_FIRST], skipped=[FIRST])
    found = history.due(MET_FIRST, FIRST, done, FIRST + timedelta(days=1))
    assert (found.due, found.met, found.progress) == (False, False, done)
