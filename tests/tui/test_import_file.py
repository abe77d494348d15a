"""Bringing in a file in the app: choosing it, what it holds, what is asked, and taking it back."""

import os
from functools import partial
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from textual.pilot import Pilot
from textual.widgets import Input, Static

from needlemover.exchange.importing import Attempt, Import
from needlemover.store.store import Store
from needlemover.tui.app import NeedleApp
from needlemover.tui.imports.panels import OutcomesPanel, RowsPanel, choose_file
from needlemover.tui.imports.screen import ImportScreen

from ..conftest import SetClock
from ..store.conftest import sql
from .conftest import SIZES, Drive, Driven, Morning
from .picture import Picture, Steps
from .test_data_care import command, until

sizes = pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
CALLS = """Date,Time,Length (min:sec),Result,Company,Agent
2026-10-01,09:00,5:10,Connected - Discovery,Acme,ann
2026-10-01,09:10,0:14,Busy,Beta,ann
2026-10-02,10:00,0:00,No Answer,Gamma,ann
2026-10-02,10:05,0:22,Busy,Delta,ann
"""


@pytest.fixture
def downloads(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder at which the choice begins, with one file and one folder in it."""
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    folder = tmp_path / "Downloads"
    (folder / "older").mkdir(parents=True)
    file = folder / "calls.csv"
    file.write_text(CALLS, encoding="utf-8")
    os.utime(file, (1_790_000_000, 1_790_000_000))
    return folder


def shows(user: Driven) -> ImportScreen:
    screen = user.app.screen
    assert isinstance(screen, ImportScreen)
    return screen


def error(user: Driven) -> str:
    return str(user.app.screen.query_one("#error", Static).content)


async def choose(user: Driven) -> None:
    """Take the file in the folder, and wait for what is said of it."""
    command(user, "Import calls")()
    await user.press("down", "down", "down", "enter")
    await until(user, lambda: not is_busy(user))


def is_busy(user: Driven) -> bool:
    """Whether the file is being read in another thread."""
    return any(
        isinstance(each, ImportScreen) and each._is_working for each in user.app.screen_stack
    )


def names(store: Store) -> set[str]:
    return {buyer.contact.name for buyer in store.contacts.all()}


def entries(store: Store) -> int:
    return sql(store.path, "SELECT count(*) FROM entry")[0][0]


async def test_a_file_is_chosen_asked_about_imported_and_taken_back(
    drive: Drive, store: Store, morning: Morning, downloads: Path
) -> None:
    before = entries(store)
    async with drive() as user:
        await choose(user)
        assert "Which outcome is “Connected - Discovery” (1 row)?" in user.screen_text()
        await user.press("enter")  # talked is proposed
        await until(user, lambda: not is_busy(user))
        facts = shows(user).query_one(RowsPanel).facts
        assert facts is not None
        assert facts.fields[:2] == ("day", "time")
        outcomes = shows(user).query_one(OutcomesPanel).facts
        assert outcomes is not None
        assert ("Busy", 2, "no_answer") in outcomes
        assert ("Connected - Discovery", 1, "talked") in outcomes
        assert "Would add 4 entries" in " ".join(user.screen_text().split())
        assert entries(store) == before
        await user.press("enter")
        await until(user, lambda: entries(store) == before + 4)
        await until(user, lambda: any("u takes it back" in said for said in user.messages()))
        await user.press("u")
        assert entries(store) == before


async def test_what_an_outcome_and_a_column_mean_can_be_changed(
    drive: Drive, store: Store, morning: Morning, downloads: Path
) -> None:
    (downloads / "calls.csv").write_text(CALLS.replace("Connected - Discovery", "Busy"))
    async with drive() as user:
        await choose(user)
        await user.press("tab", "down", "enter")
        assert "What does No Answer mean?" in user.screen_text()
        await user.press("escape", "up", "o")
        assert "What does Busy mean?" in user.screen_text()
        await user.press("down", "enter")  # voicemail
        await until(user, lambda: not is_busy(user))
        outcomes = shows(user).query_one(OutcomesPanel).facts
        assert outcomes is not None
        assert ("Busy", 3, "voicemail") in outcomes
        shows(user).query_one(RowsPanel).focus()
        await user.press("right", "right", "right", "right", "f")
        assert "What does the column Company hold?" in user.screen_text()
        await user.press("enter")  # nothing
        await until(user, lambda: not is_busy(user))
        facts = shows(user).query_one(RowsPanel).facts
        assert facts is not None
        assert facts.fields[4] == ""


async def test_a_question_that_is_left_open_is_said_and_asked_again(
    drive: Drive, store: Store, morning: Morning, downloads: Path
) -> None:
    async with drive() as user:
        await choose(user)
        await user.press("escape")
        assert "Enter asks again" in error(user)
        await user.press("enter")
        await until(user, lambda: not is_busy(user))
        assert "Which outcome is" in user.screen_text()
        await user.press("escape", "escape")
        assert user.app.screen is user.app.screen_stack[0]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"%PDF-1.7\n1 0 obj", "is a PDF"),
        (b"", "is empty"),
    ],
)
async def test_a_file_that_cannot_be_read_is_refused_in_a_sentence(
    drive: Drive, store: Store, morning: Morning, downloads: Path, content: bytes, said: str
) -> None:
    (downloads / "calls.csv").write_bytes(content)
    async with drive() as user:
        await choose(user)
        assert said in error(user)
        await user.press("escape")
        assert user.app.screen is user.app.screen_stack[0]


async def test_a_list_of_buyers_is_taken_in_where_no_column_holds_a_day(
    drive: Drive, store: Store, morning: Morning, downloads: Path
) -> None:
    (downloads / "calls.csv").write_text("name,phone\nZenith,030 123456\n")
    async with drive() as user:
        await choose(user)
        assert "No column holds the day" in user.screen_text()
        await user.press("enter")  # a list of buyers is proposed
        await until(user, lambda: not is_busy(user))
        assert "Would add 1 contact to the list" in user.screen_text()
        await user.press("enter")
        await until(user, lambda: "Zenith" in names(store))


async def test_a_path_can_be_typed_and_one_that_is_not_there_is_said(
    drive: Drive, store: Store, morning: Morning, downloads: Path
) -> None:
    async with drive() as user:
        command(user, "Import calls")()
        await user.press("enter")
        user.app.screen.query_one(Input).value = "~/Downloads/none.csv"
        await user.press("enter")
        assert "There is no such file" in error(user)
        user.app.screen.query_one(Input).value = "~/Downloads/older"
        await user.press("enter")
        assert str(downloads / "older") in user.screen_text()


@pytest.mark.parametrize(
    "name", ["~nobody-of-that-name/a.csv", f"/tmp/{'a' * 300}.csv", "/a\0.csv"]
)
async def test_a_name_that_no_file_can_have_is_said(
    drive: Drive, morning: Morning, downloads: Path, name: str
) -> None:
    async with drive() as user:
        command(user, "Import calls")()
        await user.press("enter")
        user.app.screen.query_one(Input).value = name
        await user.press("enter")
        assert "There is no such file" in error(user)


async def test_what_is_left_while_it_is_read_adds_nothing(
    drive: Drive, store: Store, morning: Morning, downloads: Path
) -> None:
    rows = "".join(f"2026-10-01,09:00,5:10,Busy,Buyer {number},ann\n" for number in range(20_000))
    (downloads / "calls.csv").write_text(CALLS.splitlines()[0] + "\n" + rows)
    before = entries(store)
    async with drive() as user:
        command(user, "Import calls")()
        await user.press("down", "down", "down", "enter")
        await user.press("escape")
        assert user.app.screen is user.app.screen_stack[0]
        await user.app.workers.wait_for_complete()
    assert entries(store) == before


@pytest.mark.parametrize("store", ["empty"], indirect=True)
async def test_the_first_opening_offers_to_bring_in_what_was_kept(
    drive: Drive, store: Store, downloads: Path
) -> None:
    async with drive() as user:
        await user.press("enter")
        assert "Do you have calls from before?" in user.screen_text()
        await user.press("i")
        assert "calls.csv" in user.screen_text()


@pytest.mark.parametrize("store", ["empty"], indirect=True)
async def test_who_presses_enter_through_the_first_opening_has_begun(
    drive: Drive, store: Store
) -> None:
    async with drive() as user:
        await user.press("enter", "enter", "c")
        assert user.today.snapshot.is_talking


def look(app: NeedleApp, *keys: str) -> Steps:
    """Choose the file, press keys, and wait for what is read beside the screen."""

    async def steps(pilot: Pilot[Any]) -> None:
        user = Driven(app, pilot)
        await choose(user)
        await user.press(*keys)
        await until(user, lambda: not is_busy(user))

    return steps


@sizes
@pytest.mark.parametrize("keys", [(), ("enter",)], ids=["asked", "known"])
def test_a_file_is_looked_at(
    picture: Picture,
    store: Store,
    clock: SetClock,
    morning: Morning,
    downloads: Path,
    size: tuple[int, int],
    keys: tuple[str, ...],
) -> None:
    app = NeedleApp(store, clock)
    picture(app, terminal_size=size, run_before=look(app, *keys))


@sizes
def test_a_file_is_chosen(
    picture: Picture,
    store: Store,
    clock: SetClock,
    morning: Morning,
    monkeypatch: pytest.MonkeyPatch,
    downloads: Path,
    size: tuple[int, int],
) -> None:
    app = NeedleApp(store, clock)
    monkeypatch.chdir(downloads.parent)
    listed = partial(choose_file, app, clock.zone(), lambda path: None, Path("Downloads"))

    async def steps(pilot: Pilot[Any]) -> None:
        listed()
        await Driven(app, pilot).press("down")

    picture(app, terminal_size=size, run_before=steps)


@pytest.fixture
def held(monkeypatch: pytest.MonkeyPatch) -> dict[bool, Event]:
    """Reading (True) and adding (False) end when their event is set."""
    gates, whole = {True: Event(), False: Event()}, Import.attempt

    def attempt(wanted: Import, store: Store, *, trial: bool) -> Attempt:
        found = whole(wanted, store, trial=trial)
        gates[trial].wait(20)
        return found

    monkeypatch.setattr(Import, "attempt", attempt)
    return gates


async def test_who_leaves_when_it_is_in_already_is_told(
    drive: Drive, store: Store, morning: Morning, downloads: Path, held: dict[bool, Event]
) -> None:
    (downloads / "calls.csv").write_text(CALLS.replace("Connected - Discovery", "Busy"))
    before = entries(store)
    held[True].set()
    async with drive() as user:
        await choose(user)
        await user.press("enter")
        await until(user, lambda: entries(store) == before + 4)
        await user.press("escape")
        held[False].set()
        await until(user, lambda: any("u takes it back" in said for said in user.messages()))
        assert user.app.screen is user.app.screen_stack[0]
        await user.press("u")
        assert entries(store) == before


async def test_what_is_changed_while_it_is_read_is_shown(
    drive: Drive, store: Store, morning: Morning, downloads: Path, held: dict[bool, Event]
) -> None:
    (downloads / "calls.csv").write_text(CALLS.replace("Connected - Discovery", "Busy"))
    held[True].set()
    async with drive() as user:
        await choose(user)
        held[True].clear()
        await user.press("tab", "o", "down", "enter")  # voicemail
        await user.press("o", *["down"] * 8, "enter")  # left out
        held[True].set()
        await until(user, lambda: not is_busy(user))
        assert "Would add 1 entry" in " ".join(user.screen_text().split())


async def test_what_was_answered_before_is_asked_again_by_its_key(
    drive: Drive, store: Store, morning: Morning, downloads: Path
) -> None:
    async with drive() as user:
        await choose(user)
        await user.press("enter")  # talked
        await until(user, lambda: not is_busy(user))
        await user.press("a")
        await until(user, lambda: not is_busy(user))
        assert "Which outcome is “Connected - Discovery” (1 row)?" in user.screen_text()
