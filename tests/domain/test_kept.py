"""What was kept of what was promised to buyers."""

from datetime import date, timedelta

import pytest

from needlemover.domain.buyers.contact import StepKind
from needlemover.domain.buyers.next_calls import Promised, kept
from needlemover.domain.calls.entry import Outcome

from .conftest import TODAY, TOMORROW, YESTERDAY

CALL, MEETING = StepKind.CALL, StepKind.MEETING
TALKED, NO_ANSWER = Outcome.TALKED, Outcome.NO_ANSWER
MONDAY = TODAY - timedelta(days=1)
LAST_WEEK = TODAY - timedelta(days=7)


@pytest.mark.parametrize(
    ("day", "ended_on", "outcome", "was_kept"),
    [
        (MONDAY, MONDAY, TALKED, True),
        (MONDAY, MONDAY, NO_ANSWER, True),  # called as promised
        (MONDAY, LAST_WEEK, TALKED, True),  # talked to before
        (MONDAY, TODAY, TALKED, False),
        (MONDAY, TODAY, NO_ANSWER, False),
        (MONDAY, None, None, False),  # late
        (TODAY, None, None, None),  # not over
        (TOMORROW, None, None, None),
        (MONDAY, LAST_WEEK + timedelta(days=1), None, None),  # moved or dropped before
        (MONDAY, MONDAY, None, False),  # put off on its day
        (MONDAY, TODAY, None, False),
        (LAST_WEEK, LAST_WEEK, None, None),  # set that very day: a slip
    ],
)
def test_a_callback_is_kept_by_a_call_on_its_day(
    day: date, ended_on: date | None, outcome: Outcome | None, was_kept: bool | None
) -> None:
    assert Promised(CALL, day, LAST_WEEK, ended_on, outcome).was_kept(TODAY) is was_kept


@pytest.mark.parametrize(
    ("ended_on", "outcome", "was_kept"),
    [
        (YESTERDAY, TALKED, True),
        (YESTERDAY, Outcome.LOST, True),
        (YESTERDAY, NO_ANSWER, False),
        (TODAY, NO_ANSWER, False),  # said on the next morning
        (TODAY, TALKED, None),  # a later call does not say that it was held
        (TODAY, None, None),  # moved or dropped
        (None, None, None),  # nobody said
    ],
)
def test_a_meeting_is_held_by_a_conversation_on_its_day_and_no_show_without_an_answer(
    ended_on: date | None, outcome: Outcome | None, was_kept: bool | None
) -> None:
    assert Promised(MEETING, YESTERDAY, LAST_WEEK, ended_on, outcome).was_kept(TODAY) is was_kept


def test_only_what_can_be_said_is_counted() -> None:
    def promised(kind: StepKind, outcome: Outcome | None, times: int) -> list[Promised]:
        ended_on = None if outcome is None else YESTERDAY
        return [Promised(kind, YESTERDAY, LAST_WEEK, ended_on, outcome)] * times

    found = kept(
        [
            *promised(CALL, TALKED, 6), *promised(CALL, NO_ANSWER, 3), *promised(CALL, None, 2),
            *promised(MEETING, TALKED, 3), *promised(MEETING, NO_ANSWER, 1),
            *promised(MEETING, None, 5),
        ],
        TODAY,
    )  # fmt: skip
    assert found.callbacks == (9, 11)
    assert found.meetings == (3, 4)
    assert kept([], TODAY).callbacks == (0, 0)
