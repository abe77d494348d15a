"""What a dial leaves of a next step."""

from datetime import date, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from needlemover.domain.buyers.contact import Dial, NextStep, StepKind, retry_day, step_after
from needlemover.domain.calls.entry import Outcome
from needlemover.domain.promises.status import DayOff
from needlemover.domain.settings import Settings, WorkingDay, is_working_day

from ..conftest import EVERY_DAY
from .conftest import TODAY, TOMORROW, YESTERDAY

CALLBACK = NextStep(7, StepKind.CALL, TODAY, time(14), "Back on Monday.", set_on=YESTERDAY)
MEETING = replace(CALLBACK, kind=StepKind.MEETING)
ALWAYS = Settings(working_day=WorkingDay(weekdays=EVERY_DAY)), ()
BUT_CHRISTMAS = Settings(), [DayOff(date(2026, 12, 24), date(2027, 1, 1))]
NO_ANSWER, TALKED = Outcome.NO_ANSWER, Outcome.TALKED


@pytest.mark.parametrize(
    ("tries", "day"),
    [
        (1, date(2026, 11, 25)),
        (2, date(2026, 11, 27)),
        (3, date(2026, 11, 30)),
        (4, date(2027, 1, 4)),  # 30 days on is Christmas Eve: off until New Year, a Friday
        (9, date(2027, 1, 4)),
    ],
)
def test_a_dial_without_an_answer_is_tried_again_on_a_working_day(tries: int, day: date) -> None:
    assert retry_day(tries, TODAY, *BUT_CHRISTMAS) == day


def test_where_no_day_is_worked_on_the_days_alone_decide() -> None:
    never = Settings(working_day=WorkingDay(weekdays=frozenset()))
    assert retry_day(1, TODAY, never, ()) == TOMORROW
    assert retry_day(5, TODAY, replace(ALWAYS[0], retry_days=(2, 4)), ()) == TODAY + timedelta(
        days=4
    )


def test_a_working_day_is_looked_for_in_a_whole_year_and_not_beyond() -> None:
    a_year_later = TOMORROW + timedelta(days=366)
    before, all_of_it = (
        [DayOff(TODAY, last)] for last in (a_year_later - timedelta(days=1), a_year_later)
    )
    assert retry_day(1, TODAY, ALWAYS[0], before) == a_year_later
    assert retry_day(1, TODAY, ALWAYS[0], all_of_it) == TOMORROW


def test_a_conversation_settles_a_callback_and_no_answer_moves_it() -> None:
    assert step_after(CALLBACK, Dial(TODAY, TALKED), 0, *ALWAYS) is None
    moved = step_after(CALLBACK, Dial(TODAY, NO_ANSWER, time(14, 2)), 2, *ALWAYS)
    assert moved == NextStep(7, StepKind.CALL, date(2026, 11, 27), None, "Back on Monday.", TODAY)


def test_what_was_promised_for_later_is_not_moved_by_a_dial_before() -> None:
    for dial in (Dial(YESTERDAY, NO_ANSWER), Dial(TODAY, NO_ANSWER, time(9))):
        assert step_after(CALLBACK, dial, 1, *ALWAYS) == CALLBACK


def test_a_call_of_before_the_promise_does_not_settle_it() -> None:
    long_ago = Dial(YESTERDAY - timedelta(days=1), TALKED)
    assert step_after(CALLBACK, long_ago, 0, *ALWAYS) == CALLBACK
    assert step_after(CALLBACK, Dial(YESTERDAY, TALKED), 0, *ALWAYS) is None, "on its very day"


def test_a_meeting_stands_until_its_day_and_a_missed_one_becomes_a_call() -> None:
    assert step_after(MEETING, Dial(YESTERDAY, TALKED), 0, *ALWAYS) == MEETING
    assert step_after(MEETING, Dial(TODAY, TALKED, time(13, 55)), 0, *ALWAYS) is None
    missed = step_after(MEETING, Dial(TODAY, NO_ANSWER, time(14, 10)), 1, *ALWAYS)
    assert missed is not None
    assert (missed.kind, missed.day) == (StepKind.CALL, TOMORROW)


@pytest.mark.parametrize(("at", "is_held"), [(10, False), (12, False), (13, True), (15, True)])
def test_a_conversation_hours_before_a_meeting_is_not_the_meeting(at: int, is_held: bool) -> None:
    after = step_after(MEETING, Dial(TODAY, TALKED, time(at)), 0, *ALWAYS)
    assert after == (None if is_held else MEETING)
    a_meeting_of_the_day = replace(MEETING, at=None)
    dial = Dial(TODAY, TALKED, time(at))
    assert step_after(a_meeting_of_the_day, dial, 0, *ALWAYS) is None
    assert step_after(MEETING, Dial(TODAY, TALKED), 0, *ALWAYS) is None


days = st.dates(TODAY - timedelta(days=5), TODAY + timedelta(days=5))
dials = st.builds(Dial, days, st.sampled_from(Outcome), st.none() | st.times())


@given(
    st.builds(
        NextStep, st.just(7), st.sampled_from(StepKind), days, st.none() | st.times(), set_on=days
    ),
    st.lists(dials, max_size=8),
)
def test_a_settled_step_never_comes_back_and_a_moved_one_moves_on(
    step: NextStep, calls: list[Dial]
) -> None:
    calls.sort(key=lambda dial: (dial.day, dial.at or time.max))
    left: NextStep | None = step
    settled = False
    for dial in calls:
        before = left
        left = None if left is None else step_after(left, dial, 1, *ALWAYS)
        settled = settled or before is None
        assert not settled or left is None
        if before is not None and left is not None and left != before:
            assert left.kind is StepKind.CALL
            assert left.day > dial.day
            assert left.day > before.day


@given(st.integers(1, 20), days)
def test_a_retry_is_always_on_a_working_day_to_come(tries: int, day: date) -> None:
    found = retry_day(tries, day, *BUT_CHRISTMAS)
    assert found > day
    assert is_working_day(found, WorkingDay(), BUT_CHRISTMAS[1])
