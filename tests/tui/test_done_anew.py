"""What is broken off for a slow disk is done anew: nothing of it is lost, nothing done twice."""

import asyncio
import gc
import threading
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from needlemover.domain.calls.entry import Outcome
from needlemover.store.calls.new_entry import NewEntry
from needlemover.store.care.backups import Backups, Restored
from needlemover.store.store import Store

from ..conftest import SetClock
from .conftest import Drive, Morning
from .test_data_care import care_of, command, until
from .test_new_days import SLIPPED, title
from .test_slow_disk import slow_disk
from .test_waiting import done, press


async def test_missed_days_are_asked_about_later_when_the_first_key_starts_a_call(
    drive: Drive, store: Store, morning: Morning, clock: SetClock
) -> None:
    clock.set(datetime(2026, 11, 25, 8, 0))
    async with drive() as user:
        with slow_disk(store) as let_go:
            await press(user, "c")
            await user.pilot.pause(0.1)
            let_go()
        await done(user)
        assert store.timer.running() is not None
        assert title(user) == ""
        await user.press("c", "1", "down")
        assert title(user) == SLIPPED


async def test_missed_days_are_asked_about_once_when_it_is_noted_slowly_that_they_are(
    drive: Drive, store: Store, morning: Morning, clock: SetClock
) -> None:
    clock.set(datetime(2026, 11, 25, 8, 0))
    async with drive() as user:
        with slow_disk(store) as let_go:
            await press(user, "down")
            await user.pilot.pause(0.1)
            let_go()
        await done(user)
        assert title(user) == SLIPPED
        assert len(user.app.screen_stack) == 2


async def test_a_worker_that_is_ended_while_its_change_is_written_leaves_it_written_once(
    drive: Drive, store: Store, morning: Morning
) -> None:
    before = len(store.day().entries)
    new = NewEntry(morning.sales, outcome=Outcome.TALKED)
    async with drive() as user:
        today = user.today
        with slow_disk(store) as let_go:
            log = today.patiently("Logging", lambda: store.entries.log(new))
            worker = today.run_worker(log, group="timer", exclusive=True)
            await until(user, lambda: today.turns.is_writing)
            worker.cancel()
            await user.pilot.pause()
            let_go()
        await done(user)
        assert len(today.snapshot.entries) == before + 1
        await user.press("x")
    assert len(store.day().entries) == before + 2


async def test_what_is_refused_slowly_leaves_no_traceback_behind(
    drive: Drive, store: Store, morning: Morning
) -> None:
    told: list[dict[str, Any]] = []
    asyncio.get_running_loop().set_exception_handler(lambda _, about: told.append(about))
    store.timer.start(morning.sales, watched=True)
    async with drive() as user:
        with slow_disk(store) as let_go:
            await press(user, "x", "down", "z")
            let_go()
        await done(user)
        with slow_disk(store) as let_go:
            await press(user, "c", "down", "A")
            let_go()
        await done(user)
    gc.collect()
    assert told == []


async def test_a_form_is_closed_when_a_check_that_the_palette_began_comes_before_it_is_saved(
    drive: Drive, store: Store, morning: Morning
) -> None:
    before = len(store.day().entries)
    async with drive() as user:
        check = command(user, "Check the data")
        with slow_disk(store) as let_go:
            await press(user, "l", "1", "2", "enter")
            await until(user, lambda: user.today.turns.is_writing)
            check()
            await user.pilot.pause(1)
            let_go()
        await until(user, lambda: "checks" in user.screen_text())
        await user.press("escape")
        assert user.app.screen is user.today
    assert len(store.day().entries) == before + 1


async def test_what_is_pressed_while_a_backup_is_gone_back_to_is_done_with_what_it_says(
    drive: Drive, store: Store, morning: Morning, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.timer.start(morning.sales, watched=True)
    store.backups.make(store.today)
    store.timer.stop(Outcome.TALKED)
    before = len(store.day().entries)
    goes_on, restore = threading.Event(), Backups.restore

    def restore_slowly(backups: Backups, file: Path) -> Restored:
        goes_on.wait(20)
        return restore(backups, file)

    monkeypatch.setattr(Backups, "restore", restore_slowly)
    async with drive() as user:
        command(user, "Go back to a backup")()
        await until(user, lambda: "Go back to a backup" in user.screen_text())
        await press(user, "enter")
        await user.pilot.pause(0.2)
        await press(user, "x")
        await user.pilot.pause(0.2)
        goes_on.set()
        await until(user, lambda: "Gone back to it" in str(user.messages()))
        await done(user)
        assert user.app.screen is user.today
    assert store.timer.running() is None  # the call that ran again is the one that nobody answered
    assert store.day().entries[before - 1].outcome is Outcome.NO_ANSWER


async def test_the_daily_look_at_the_data_does_not_wait_for_a_slow_change(
    drive: Drive, store: Store, morning: Morning
) -> None:
    async with drive() as user:
        with slow_disk(store) as let_go:
            await press(user, "x")
            await until(user, lambda: user.today.turns.is_writing)
            later = threading.Timer(3, let_go)
            later.start()
            care_of(user.app).do_daily()
            assert later.is_alive()
            later.cancel()
        await done(user)
