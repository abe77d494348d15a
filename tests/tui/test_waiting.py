"""Another program holds the file while the app is used."""

import asyncio
import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import timedelta
from pathlib import Path
from threading import Timer

import pytest
from textual.widgets import Input

from needlemover.domain.calls.entry import Outcome
from needlemover.domain.errors import BusyError, NeedleError
from needlemover.store.store import Store
from needlemover.tui import start, terminal
from needlemover.tui.kit.form import Form

from ..conftest import SetClock
from ..faults.deeds import rows_of
from ..faults.leaving import prepare
from ..store.conftest import sql
from .conftest import Drive, Driven, Morning
from .hands import Hands
from .test_data_care import until


@contextmanager
def held_by_another(path: Path) -> Iterator[Callable[[], object]]:
    """Another program writes, until what is yielded is called."""
    with closing(sqlite3.connect(path, isolation_level=None, timeout=0)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield lambda: other.execute("ROLLBACK")


@contextmanager
def held_by_a_process(path: Path, how: str) -> Iterator[Callable[[], object]]:
    """The same by a process of its own, which is set to something first."""
    program = (
        "import sqlite3, sys; other = sqlite3.connect(sys.argv[1], isolation_level=None)\n"
        "other.execute(sys.argv[2]); other.execute('BEGIN IMMEDIATE')\n"
        "other.execute('DELETE FROM entry WHERE id = 0'); other.execute('COMMIT')\n"
        "print('held', flush=True); sys.stdin.read()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", program, str(path), how],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        assert process.stdout.readline() == b"held\n"
        yield process.stdin.close
        process.stdin.close()


async def press(user: Driven, *keys: str) -> None:
    """Press keys without waiting for what they bring about."""
    for key in keys:
        await user.pilot.press(key)


async def is_said(user: Driven) -> None:
    await until(user, lambda: "waiting for another program" in user.screen_text())


async def done(user: Driven) -> None:
    await until(user, lambda: user.app.turns.are_over)


async def test_the_screen_goes_on_and_keys_are_done_in_order_at_their_moments(
    drive: Drive, store: Store, morning: Morning, clock: SetClock
) -> None:
    begun, before = clock.now(), store.day().entries
    async with drive() as user:
        with held_by_another(store.path) as let_go:
            await press(user, "x")
            clock.pass_by(seconds=7)
            await press(user, "x", "c")
            clock.pass_by(seconds=50)
            await press(user, "c", "enter", "x")
            await is_said(user)
            clock.pass_by(minutes=90)
            user.today.follow()
            assert user.today.now == clock.real_now()
            assert user.today.snapshot.entries == before
            await user.pilot.resize_terminal(80, 24)
            await until(user, lambda: user.app.screen.size.width == 80)
            let_go()
        await until(user, lambda: len(user.today.snapshot.entries) == len(before) + 4)
        await done(user)
        assert "waiting for another program" not in user.screen_text()
    new = [entry for entry in store.day().entries if entry not in before]
    seconds = [(entry.started_at - begun).total_seconds() for entry in new if entry.started_at]
    assert sorted(seconds) == [0, 7, 7, 57]
    (talked,) = (entry for entry in new if entry.outcome is Outcome.TALKED)
    assert talked.seconds == 50
    logged = sql(store.path, "SELECT logged_at FROM entry WHERE id = ?", talked.id)
    assert logged == [("2026-11-24T14:40:57Z",)]


async def test_a_short_wait_is_not_said(drive: Drive, store: Store, morning: Morning) -> None:
    async with drive() as user:
        with held_by_another(store.path) as let_go:
            await press(user, "x")
            await asyncio.sleep(0.2)
            let_go()
        await done(user)
        assert user.messages() == []
        assert user.today.snapshot == store.day(with_candidates=True)


async def test_a_form_waits_with_its_words_and_closes_when_it_is_saved(
    drive: Drive, store: Store, morning: Morning
) -> None:
    before = len(store.day().entries)
    async with drive() as user:
        with held_by_another(store.path) as let_go:
            await user.press("l", "1", "2", "enter")
            await is_said(user)
            form = user.app.screen
            assert isinstance(form, Form)
            assert form.query(Input).first().value == "12"
            assert len(store.day().entries) == before
            let_go()
        await done(user)
        assert user.app.screen is user.today
    assert [entry.seconds for entry in store.day().entries[before:]] == [720]


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """A change waits for two seconds: longer than it takes to press four keys."""
    monkeypatch.setattr(terminal, "LONGEST", 2.0)


async def test_a_form_that_is_refused_keeps_what_was_typed(
    drive: Drive, store: Store, morning: Morning, impatient: None
) -> None:
    before = len(store.day().entries)
    async with drive() as user:
        with held_by_another(store.path) as let_go:
            await user.press("l", "1", "2", "enter")
            await until(user, lambda: "was not done" in user.screen_text())
            form = user.app.screen
            assert isinstance(form, Form)
            assert form.query(Input).first().value == "12"
            let_go()
        await user.press("enter")
        assert user.app.screen is user.today
    assert [entry.seconds for entry in store.day().entries[before:]] == [720]


async def test_what_is_refused_is_named_and_stops_what_was_pressed_after_it(
    drive: Drive, store: Store, morning: Morning, impatient: None
) -> None:
    async with drive() as user:
        before = user.today.snapshot
        with held_by_another(store.path) as let_go:
            await press(user, "c", "c", "enter", "x")
            await until(user, lambda: len(user.messages()) == 2)
            let_go()
        first, second = user.messages()
        assert first.startswith("“Call” was not done. Another program holds ")
        assert second == "Nor was what was pressed after it: 3 keys."
        await user.press("down")
        assert user.today.snapshot == before == store.day(with_candidates=True)
        await user.press("x")
        assert len(store.day().entries) == len(before.entries) + 1


async def test_escape_gives_up_what_waits(drive: Drive, store: Store, morning: Morning) -> None:
    before = len(store.day().entries)
    async with drive() as user:
        with held_by_another(store.path):
            await press(user, "x")
            await is_said(user)
            await press(user, "escape")
            await until(user, lambda: "“No answer” was not done." in str(user.messages()))
            await done(user)
    assert len(store.day().entries) == before


async def test_an_outcome_that_is_refused_leaves_the_call_running(
    drive: Drive, store: Store, morning: Morning
) -> None:
    async with drive() as user:
        await user.press("c")
        with held_by_another(store.path):
            await press(user, "c", "4")
            await is_said(user)
            await press(user, "escape")
            await until(user, lambda: "Ending the call was not done." in str(user.messages()))
        await user.press("c", "n", *"later")
        assert isinstance(user.app.screen, Form)
        await user.press("enter")
    assert store.timer.running() is None
    assert store.day().entries[-1].note == "later"


async def test_a_timer_whose_discarding_is_refused_runs_on_and_nothing_else_is_said(
    drive: Drive, store: Store, morning: Morning, clock: SetClock
) -> None:
    store.timer.start(watched=True)
    clock.pass_by(minutes=30)
    async with drive() as user:
        with held_by_another(store.path):
            await press(user, "4")
            await is_said(user)
            await press(user, "escape")
            await until(user, lambda: "Discarding the timer was not done." in str(user.messages()))
            await done(user)
        assert "Discarded" not in str(user.messages())
    assert store.timer.running() is not None


async def test_q_behind_a_change_that_waits_ends_the_app_when_it_is_done(
    drive: Drive, store: Store, morning: Morning
) -> None:
    before = len(store.day().entries)
    async with drive() as user:
        with held_by_another(store.path) as let_go:
            await press(user, "x", "x")
            await until(user, lambda: store.database.is_kept_waiting)
            await press(user, "q")
            await until(user, lambda: "then the app ends" in str(user.messages()))
            assert not user.app._exit
            let_go()
        await until(user, lambda: user.app._exit)
    assert user.app.failure is None
    assert len(store.day().entries) == before + 2


async def test_q_twice_ends_the_app_and_says_what_was_not_done(
    drive: Drive, store: Store, morning: Morning
) -> None:
    before = len(store.day().entries)
    async with drive() as user:
        with held_by_another(store.path):
            await press(user, "x", "x", "q", "q")
            await until(user, lambda: user.app._exit)
    assert isinstance(user.app.failure, NeedleError)
    assert str(user.app.failure).startswith("“No answer” was not done before you left.")
    assert len(store.day().entries) == before


async def test_the_app_is_left_from_a_form_that_waits_and_says_so(
    drive: Drive, store: Store, morning: Morning
) -> None:
    before = len(store.day().entries)
    async with drive() as user:
        with held_by_another(store.path):
            await press(user, "l", "1", "2", "enter", "ctrl+q")
            await until(user, lambda: "then the app ends" in str(user.messages()))
            await press(user, "ctrl+q")
            await until(user, lambda: user.app._exit)
    assert "was not done before you left" in str(user.app.failure)
    assert len(store.day().entries) == before


async def test_what_waited_and_is_refused_for_another_reason_stops_what_is_behind_it(
    drive: Drive, store: Store, morning: Morning
) -> None:
    async with drive() as user:
        with closing(sqlite3.connect(store.path, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            other.execute(
                "INSERT INTO timer (id, activity_id, day, started_at, utc_offset) "
                "VALUES (1, ?, '2026-11-24', '2026-11-24T14:00:00Z', 3600)",
                (morning.mastermind,),
            )
            await press(user, "c", "c", "enter")
            await is_said(user)
            other.execute("COMMIT")
        await done(user)
        assert "runs already" in user.messages()[0]
        assert user.messages()[1] == "Nor was what was pressed after it: 2 keys."
    running = store.timer.running()
    assert running is not None
    assert running.activity_id == morning.mastermind


async def test_what_goes_by_itself_waits_without_a_word(
    drive: Drive, store: Store, morning: Morning, clock: SetClock
) -> None:
    async with drive() as user:
        await user.press("c")
        with held_by_another(store.path) as let_go:
            clock.pass_by(seconds=40)
            await user.follow()
            assert user.messages() == []
            assert store.timer.last_seen() == clock.now() - timedelta(seconds=40)
            let_go()
        await user.follow()
        assert store.timer.last_seen() == clock.now()


async def test_an_unanswered_call_in_the_second_of_a_new_day_is_of_that_day(
    drive: Drive, store: Store, morning: Morning, clock: SetClock
) -> None:
    async with drive() as user:
        clock.pass_by(hours=13)  # asleep; what is shown is of the day before
        await press(user, "x")
        await done(user)
    (entry,) = store.day().entries
    assert entry.started_at == clock.now()
    assert entry.day == store.today


async def test_an_escape_before_it_is_said_is_meant_for_what_comes_next(
    drive: Drive, store: Store, morning: Morning
) -> None:
    before = len(store.day().entries)
    async with drive() as user:
        with held_by_another(store.path) as let_go:
            await Hands(user.app).press("x", "escape", at_once=True)
            let_go()
        await done(user)
    assert len(store.day().entries) == before + 1


@pytest.mark.skipif(os.name != "posix", reason="a pseudo-terminal")
def test_the_app_opens_while_another_program_writes(tmp_path: Path) -> None:
    from ..faults.on_terminal import OnTerminal

    path = tmp_path / "needle.db"
    prepare(path)
    with held_by_another(path) as let_go, OnTerminal("--db", str(path), folder=tmp_path) as app:
        app.until("0 dials")
        app.write("xxq")
        for _ in range(12):
            assert app.read(0.1)
        assert rows_of(path)["entry"] == []
        let_go()
        assert app.ended() == 0
    assert len(rows_of(path)["entry"]) == 2


async def test_a_word_with_two_q_is_no_wish_to_leave(
    drive: Drive, store: Store, morning: Morning
) -> None:
    async with drive() as user:
        with held_by_another(store.path) as let_go:
            await press(user, "x", "p", *"quick_quote", "enter")
            await is_said(user)
            assert not user.app._exit
            assert "Esc gives up" in str(user.messages())
            let_go()
        await done(user)
        assert not user.app._exit
    assert [problem.title for problem in store.problems.all()] == ["quick_quote"]


async def test_what_is_left_behind_a_change_that_waits_is_counted_when_the_app_is_told_to_end(
    drive: Drive, store: Store, morning: Morning
) -> None:
    async with drive() as user:
        with held_by_another(store.path):
            await press(user, "x", "x", "c")
            user.app.turns.leave()  # as a signal does
            await until(user, lambda: user.app._exit)
    said = str(user.app.failure)
    assert said.startswith(
        "“No answer” was not done before you left. Nor was what was pressed after it: 2 keys. "
    )
    assert user.app.return_code == 1


def test_an_app_that_is_opened_waits_for_who_holds_the_file(
    store: Store, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    path, opened = store.path, []
    store.close()
    monkeypatch.setattr(start, "run_on_terminal", lambda app, *_, **__: opened.append(app))
    with held_by_a_process(path, "PRAGMA locking_mode = EXCLUSIVE") as let_go:
        Timer(1.0, let_go).start()
        assert start.run(path) == 0
    assert len(opened) == 1
    assert capsys.readouterr().err == "waiting for another program … · ctrl+c gives up\n"


def test_who_holds_the_file_for_longer_than_an_app_waits_is_named(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = store.path
    store.close()
    monkeypatch.setattr(terminal, "LONGEST", 0.01)
    monkeypatch.setattr("needlemover.store.connections.BUSY_TIMEOUT", 10)
    with (
        held_by_a_process(path, "PRAGMA locking_mode = EXCLUSIVE"),
        pytest.raises(BusyError, match="Another program holds"),
    ):
        start.run(path)
