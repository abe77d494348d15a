"""Time that is put into a problem, on the Today screen."""

from datetime import timedelta

import pytest

from needlemover.domain.delegation.problem import Spent
from needlemover.store.store import Store
from needlemover.tui.calls.day_log import DayLog
from needlemover.tui.kit.dialog import Question

from ..conftest import SetClock
from .conftest import TODAY, Drive, Morning


@pytest.fixture
def invoice(store: Store, morning: Morning) -> int:
    """A parked problem."""
    return store.problems.park("Broken [/b] invoice").id


async def test_a_running_leak_is_shown_and_stopped_without_a_question(
    drive: Drive, invoice: int, store: Store, clock: SetClock
) -> None:
    before = store.day().sales
    store.timer.start(problem_id=invoice, watched=True)
    async with drive() as user:
        await user.talk(clock, 192)
        assert "● 03:12  on Broken [/b] invoice" in user.screen_text()
        assert "hang up" not in user.screen_text()
        await user.press("c")
        assert not user.today.query_one(DayLog).is_asking
        assert "Broken [/b] invoice: 3 min." in user.messages()
        assert "leak" in user.screen_text()
    assert store.problems.all()[0].spent == (Spent(TODAY, 192),)
    assert store.day().sales == before


async def test_a_timed_activity_takes_over_from_a_leak(
    drive: Drive, invoice: int, morning: Morning, store: Store, clock: SetClock
) -> None:
    store.timer.start(problem_id=invoice, watched=True)
    async with drive() as user:
        await user.talk(clock, 60)
        await user.press("down", "space")
        running = store.timer.running()
        assert running is not None
        assert running.activity_id == morning.mastermind
    assert store.problems.all()[0].spent == (Spent(TODAY, 60),)


async def test_x_counts_a_dial_while_a_leak_runs_on(
    drive: Drive, invoice: int, store: Store
) -> None:
    store.timer.start(problem_id=invoice, watched=True)
    async with drive() as user:
        await user.press("x")
    running = store.timer.running()
    assert running is not None
    assert running.problem_id == invoice


async def test_a_leak_that_was_left_alone_is_asked_about(
    drive: Drive, invoice: int, store: Store, clock: SetClock
) -> None:
    store.timer.start(problem_id=invoice, watched=True)
    clock.pass_by(minutes=5)
    store.timer.seen()
    clock.pass_by(minutes=85)
    async with drive() as user:
        assert isinstance(user.app.screen, Question)
        assert "Broken [/b] invoice has been running for 1 h 30" in user.screen_text()
        await user.press("2")
    assert store.timer.running() is None
    leak = store.day().entries[-1]
    assert (leak.is_leak, leak.seconds) == (True, 300)


async def test_a_leak_is_edited_and_stays_one(
    drive: Drive, invoice: int, store: Store, clock: SetClock
) -> None:
    store.problems.log_leak(invoice, 600, started_at=clock.now() - timedelta(minutes=30))
    async with drive() as user:
        user.today.query_one(DayLog).focus()
        await user.press("e")
        assert "Broken [/b] invoice" in user.screen_text()
        await user.press("backspace", "backspace", "backspace", "backspace", "backspace")
        await user.press("backspace", "8", "enter")
    leak = store.day().entries[-1]
    assert (leak.problem_id, leak.seconds, leak.activity_id) == (invoice, 480, None)
