"""Asking again: the day that was said first is kept, and on that morning it is asked."""

from datetime import date, timedelta

from msgspec.structs import replace

from needlemover.domain.delegation.deal import Verdict
from needlemover.domain.delegation.problem import (
    Cost,
    CostPer,
    Estimate,
    Every,
    Problem,
    ProblemState,
)
from needlemover.domain.delegation.verdict import next_ask
from needlemover.domain.settings import NextWorth, Settings

from ..weighing import TODAY, declared, measured, problem, weighed

WEEK = timedelta(days=7)


def soon(asked: date | None = None, **more: object) -> Problem:
    """6 h a month for 276: worth it from 46 an hour on."""
    return problem(360, Every.MONTH, 276, asked=asked, **more)  # type: ignore[arg-type]


def test_the_day_said_first_does_not_slide_and_is_asked_that_morning() -> None:
    item, asked = soon(), list[date]()
    for number in range(10):  # each day, "a week from now" is another day
        day = TODAY + timedelta(days=number)
        if item.ask_again_on is not None and item.ask_again_on <= day:
            asked.append(day)
        found = weighed(item, measured(38, slope=8), today=day)
        assert found.verdict is Verdict.SOON
        item = replace(item, ask_again_on=found.ask_again_on)
        assert item.ask_again_on == TODAY + WEEK
    assert asked == [TODAY + WEEK, TODAY + timedelta(days=8), TODAY + timedelta(days=9)]


def test_an_answer_makes_room_for_another_day() -> None:
    later = TODAY + WEEK
    answered = replace(soon(later), ask_again_on=None)
    found = weighed(answered, measured(38, slope=8), today=later)
    assert found.ask_again_on == later + WEEK


def test_a_day_that_was_said_stands_when_the_trend_has_gone() -> None:
    said = TODAY + WEEK
    assert weighed(soon(said), measured(38)).ask_again_on == said
    assert weighed(soon(said), 150).ask_again_on == said
    assert weighed(soon(), measured(38)).ask_again_on is None


def test_a_problem_that_turns_sooner_is_asked_about_sooner() -> None:
    far = TODAY + timedelta(weeks=8)
    assert weighed(soon(far), measured(38, slope=8)).ask_again_on == TODAY + WEEK


def test_the_day_of_a_declared_worth_moves_with_it() -> None:
    start = date(2027, 3, 1)
    settings = Settings(hourly_worth=3_800, hourly_worth_next=NextWorth(4_600, start))
    said = soon(date(2026, 12, 1))
    assert weighed(said, declared(38, settings), settings).ask_again_on == start
    due = soon(TODAY)
    assert weighed(due, declared(38, settings), settings).ask_again_on == TODAY


def test_on_the_day_of_a_declared_worth_it_is_asked_and_worth_it() -> None:
    start = date(2027, 3, 1)
    settings = Settings(hourly_worth=3_800, hourly_worth_next=NextWorth(4_600, start))
    item = soon(start)
    found = weighed(item, declared(46), settings, start)
    assert (found.verdict, found.ask_again_on) == (Verdict.NOW, start)


def test_what_is_no_longer_parked_has_no_day() -> None:
    for state in (ProblemState.DELEGATED, ProblemState.DONE, ProblemState.DROPPED):
        item = soon(TODAY, state=state)
        assert next_ask(item, TODAY + WEEK, Settings(), TODAY) is None


def test_a_declared_worth_holds_against_a_trend_from_its_very_day_on() -> None:
    # By the trend the hour is worth 46 in a week, but from that day on 40 are declared.
    settings = Settings(hourly_worth_next=NextWorth(4_000, TODAY + WEEK))
    found = weighed(soon(), measured(38, slope=8), settings)
    assert (found.verdict, found.ask_again_on) == (Verdict.NOT_YET, None)


def test_a_trend_is_not_followed_where_a_worth_is_declared() -> None:
    # Measured it would be worth 46 in a week; declared it is 38.
    found = weighed(soon(), replace(measured(38, slope=8), declared=True))
    assert (found.verdict, found.ask_again_on) == (Verdict.NOT_YET, None)


def test_a_falling_trend_ends_at_nothing() -> None:
    # 2 h a month for 0.01: worth it from half a minor unit on.
    item = replace(problem(120), estimate=Estimate(7_200, Every.MONTH, Cost(1, CostPer.MONTH)))
    assert weighed(item, measured(0, slope=-1)).verdict is Verdict.NOT_YET


def test_a_day_that_was_said_is_not_put_off_by_a_worth_declared_for_another_day() -> None:
    settings = Settings(hourly_worth_next=NextWorth(9_900, date(2027, 3, 1)))
    said = TODAY + timedelta(days=2)
    assert next_ask(soon(said), TODAY + WEEK, settings, TODAY) == said
