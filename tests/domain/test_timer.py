"""When a running timer is in doubt."""

from datetime import UTC, date, datetime, timedelta

import pytest
from msgspec.structs import replace

from needlemover.domain.calls.entry import Running

START = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
CAP = 7200


CALL = Running(1, "Calls", True, "Acme", START, date(2026, 11, 24))


def after(seconds: int) -> datetime:
    return START + timedelta(seconds=seconds)


@pytest.mark.parametrize(("unseen", "alone"), [(0, False), (30, False), (90, False), (91, True)])
def test_a_timer_unseen_for_more_than_ninety_seconds_was_left_alone(
    unseen: int, alone: bool
) -> None:
    assert CALL.was_left_alone(after(600), after(600 + unseen), CAP) is alone


def test_a_long_call_that_an_app_sees_was_not_left_alone() -> None:
    assert not CALL.was_left_alone(after(3 * 3600), after(3 * 3600 + 30), CAP)


@pytest.mark.parametrize(("length", "in_doubt"), [(91, False), (CAP, False), (CAP + 1, True)])
def test_a_timer_that_no_app_has_seen_is_in_doubt_when_it_is_longer_than_a_call_can_be(
    length: int, in_doubt: bool
) -> None:
    assert CALL.was_left_alone(None, after(length), CAP) is in_doubt


@pytest.mark.parametrize(("length", "too_long"), [(0, False), (CAP, False), (CAP + 1, True)])
def test_a_timer_is_too_long_beyond_the_cap(length: int, too_long: bool) -> None:
    assert CALL.is_too_long(after(length), CAP) is too_long


@pytest.mark.parametrize(
    ("length", "unseen", "in_doubt"),
    [(600, 0, False), (600, 91, True), (CAP + 1, 0, True), (CAP + 1, 91, True)],
)
def test_a_timer_is_in_doubt_when_it_was_left_alone_or_is_too_long(
    length: int, unseen: int, in_doubt: bool
) -> None:
    assert CALL.is_in_doubt(after(length - unseen), after(length), CAP) is in_doubt


def test_a_clock_that_was_set_back_puts_no_timer_in_doubt() -> None:
    assert not CALL.was_left_alone(after(600), after(-60), CAP)
    assert not CALL.is_too_long(after(-60), CAP)


def test_a_timer_runs_on_an_activity_or_on_a_problem() -> None:
    assert CALL.kind == "activity"
    assert replace(CALL, activity_id=None, problem_id=2).kind == "problem"
