"""The disk takes its time, as a memory stick, a network folder or a busy laptop does."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from textual.widgets import Input

from needlemover.domain.calls.entry import Outcome
from needlemover.store.store import Store
from needlemover.tui import turns

from ..conftest import SetClock
from .conftest import Drive, Driven, Morning
from .hands import Hands
from .test_data_care import until
from .test_waiting import done, press


@contextmanager
def slow_disk(store: Store) -> Iterator[Callable[[], object]]:
    """Whatever is written is on the disk only when what is yielded is called."""
    driver, free = store.database.driver, threading.Event()
    on_the_loop: list[str] = []

    def wait(statement: str) -> None:
        if threading.current_thread() is not threading.main_thread():
            if statement == "COMMIT":
                free.wait(20)
        elif statement == "BEGIN IMMEDIATE":
            on_the_loop.append(statement)

    driver.set_trace_callback(wait)
    try:
        yield free.set
    finally:
        free.set()
    assert on_the_loop == []


async def is_said(user: Driven) -> None:
    await until(user, lambda: "waiting for the disk" in user.screen_text())


async def test_the_screen_goes_on_and_keys_are_done_in_order_at_their_moments(
    drive: Drive, store: Store, morning: Morning, clock: SetClock
) -> None:
    store.timer.start(morning.mastermind, watched=True)
    begun, before = clock.now(), store.day().entries
    async with drive() as user:
        with slow_disk(store) as let_go:
            await press(user, "x")
            clock.pass_by(seconds=7)
            await press(user, "x")
            clock.pass_by(seconds=5)
            await press(user, "x")
            for seconds, shown in ((0, "00:12"), (1, "00:13"), (1, "00:14")):
                clock.pass_by(seconds=seconds)
                user.today.follow()
                await until(user, lambda shown=shown: shown in user.screen_text())
            await user.pilot.resize_terminal(80, 24)
            await until(user, lambda: user.app.screen.size.width == 80)
            assert "00:14" in user.screen_text()
            await is_said(user)
            assert user.today.snapshot.entries == before
            let_go()
        await done(user)
        assert "waiting for the disk" not in user.screen_text()
        assert len(user.today.snapshot.entries) == len(before) + 3
    new = [entry for entry in store.day().entries if entry not in before]
    seconds = [(entry.started_at - begun).total_seconds() for entry in new if entry.started_at]
    assert sorted(seconds) == [0, 7, 12]
    assert {entry.outcome for entry in new} == {Outcome.NO_ANSWER}


async def test_q_says_what_it_waits_for_and_ends_the_app_when_that_is_done(
    drive: Drive, store: Store, morning: Morning
) -> None:
    before = len(store.day().entries)
    async with drive() as user:
        with slow_disk(store) as let_go:
            await press(user, "x")
            await is_said(user)
            await press(user, "q")
            await until(user, lambda: "for the disk … · then the app ends" in str(user.messages()))
            assert not user.app._exit
            let_go()
        await until(user, lambda: user.app._exit)
    assert user.app.failure is None
    assert len(store.day().entries) == before + 1


async def test_an_app_that_is_told_to_end_waits_for_what_is_being_written(
    drive: Drive, store: Store, morning: Morning
) -> None:
    before = len(store.day().entries)
    async with drive() as user:
        with slow_disk(store) as let_go:
            await press(user, "x", "x")
            user.app.turns.leave()  # as a signal does
            assert not user.app._exit
            let_go()
        await until(user, lambda: user.app._exit)
    assert user.app.failure is None
    assert len(store.day().entries) == before + 1


@pytest.mark.parametrize("soon", [0, 0.02])
async def test_an_action_does_the_same_whether_the_disk_is_slow_or_not(
    drive: Drive, store: Store, morning: Morning, monkeypatch: pytest.MonkeyPatch, soon: float
) -> None:
    monkeypatch.setattr(turns, "_SOON", soon)
    before = store.day().entries
    async with drive() as user:
        keys = ("up", "c", "c", "4", "l", "1", "2", "enter", "x", "u")
        await Hands(user.app).press(*keys, at_once=True)
        assert "Undone: Logged" in user.messages()[-1]
        await user.press("p", *"fax", "enter", "4", "t")
        running = store.timer.running()
        assert running is not None
        assert running.name == "fax"
        await user.press("t", "1")
    new = [entry for entry in store.day().entries if entry not in before]
    assert sorted((entry.subject, entry.seconds) for entry in new) == [
        ("Film one video", 720),
        ("Sales conversations", 0),
    ]


async def test_a_note_is_typed_and_kept_on_a_slow_disk(
    drive: Drive, store: Store, morning: Morning, clock: SetClock
) -> None:
    async with drive() as user:
        await user.press("c")
        clock.pass_by(seconds=40)
        await user.press("c", "n")
        with slow_disk(store) as let_go:
            await press(user, *"later")
            await is_said(user)
            let_go()
        await done(user)
        assert user.app.screen.query_one("#note", Input).value == "later"
        running = store.timer.running()
        assert running is not None
        assert running.draft == "later"
