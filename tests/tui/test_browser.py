"""The app in a browser: it opens where it was left, and touches nothing of the computer."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
from textual.driver import Driver

from needlemover.cli.opening import IN_BROWSER
from needlemover.domain.errors import DamagedError
from needlemover.store.store import Store
from needlemover.tui import browser as in_browser
from needlemover.tui.kit.dialog import Dialog
from needlemover.tui.numbers.screen import NumbersScreen
from needlemover.tui.start import run

from .conftest import Drive, Driven, Morning
from .test_forms import typed_in
from .test_lost_file import damage

SHUT = "In a browser the computer's files and programs stay shut"

Kept = Callable[[str, object], Awaitable[Any]]


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Kept:
    """The app is in a browser: wait until something of it is kept, and all that is."""
    folder = tmp_path / "served"
    folder.mkdir()
    monkeypatch.setenv(IN_BROWSER, str(folder))
    monkeypatch.setattr(Driver, "is_web", True)
    monkeypatch.setattr(in_browser, "_OFTEN", 0.02)

    async def wait(name: str, value: object) -> Any:
        found: dict[str, Any] = {}
        for _ in range(200):
            if (folder / "left.json").exists():
                found = json.loads((folder / "left.json").read_bytes())
            if found.get(name) == value:
                return found
            await asyncio.sleep(0.02)
        raise AssertionError(found)

    return wait


async def dialog_of(user: Driven) -> None:
    """Wait until a dialog is asked again."""
    for _ in range(200):
        if isinstance(user.app.screen, Dialog):
            break
        await asyncio.sleep(0.02)
    await user.press()


async def test_a_new_connection_opens_the_view_and_the_day_of_the_last_one(
    drive: Drive, morning: Morning, kept: Kept
) -> None:
    async with drive() as user:
        await user.press("left", "left")
        assert "Sunday 22 November" in user.screen_text()
        await user.press("3")
        await kept("view", "numbers")
    async with drive() as user:
        assert isinstance(user.app.screen, NumbersScreen)
        assert "Sunday 22 November" in await user.see("1")
        assert "Tuesday 24 November" in await user.see("t")
        await kept("day", None)
    async with drive() as user:
        assert "Tuesday 24 November" in user.screen_text()


async def test_what_was_typed_in_a_form_is_there_again_and_can_be_saved(
    drive: Drive, morning: Morning, kept: Kept, store: Store
) -> None:
    async with drive() as user:
        await user.press("p")
        await user.type("the printer")
        await kept("typed", {"what": ["", "the printer"]})
    async with drive() as user:
        await dialog_of(user)
        assert typed_in(user, "what") == "the printer"
        await user.press("enter")
        assert not isinstance(user.app.screen, Dialog)
        await kept("form", "")
    assert [problem.title for problem in store.problems.all()] == ["the printer"]
    async with drive() as user:
        assert not isinstance(user.app.screen, Dialog)


async def test_what_cannot_be_asked_again_is_said_and_not_lost(
    drive: Drive, morning: Morning, kept: Kept, store: Store
) -> None:
    async with drive() as user:
        await user.press("2", "1", "5", "e")
        await user.press("tab", "tab")
        await user.type("the board")
        name = user.app.screen.title_text  # type: ignore[attr-defined]
        same = {key: [text, text] for key, text in (("name", name), ("phone", ""))}
        await kept("typed", {**same, "note": ["", "the board"]})
    store.contacts.edit(store.contacts.snapshot("", None).buyer.contact.id, phone="555")  # type: ignore[union-attr]
    async with drive() as user:
        for _ in range(100):
            if user.messages():
                break
            await asyncio.sleep(0.02)
        await user.press()
        assert user.messages()[-1] == (
            f"{name}: “the board” was not saved when the browser went away."
        )
        assert not isinstance(user.app.screen, Dialog)


async def test_nothing_of_the_computer_is_used_in_a_browser(
    drive: Drive, morning: Morning, kept: Kept, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.contacts.add("Acme Ltd", "+49 30 555")
    monkeypatch.setattr("subprocess.Popen", None)
    async with drive() as user:
        await user.press("5", "slash")
        await user.enter("Acme Ltd")
        await user.press("o")
        assert user.messages()[-1].startswith(SHUT)
        for action in ("app.ask('export')", "app.ask('import_file')"):
            user.app.clear_notifications()
            await user.app.screen.run_action(action)
            await user.press()
            assert user.messages()[-1].startswith(SHUT)
            assert not isinstance(user.app.screen, Dialog)


def test_a_damaged_file_is_not_asked_about_in_a_browser(
    kept: Kept, morning: Morning, store: Store
) -> None:
    store.close()
    damage(store.path)
    with pytest.raises(DamagedError):
        run(store.path)


async def test_a_nudge_is_left_to_who_can_say_it(
    drive: Drive, morning: Morning, kept: Kept, store: Store
) -> None:
    async with drive() as user:
        user.app.app_focus = False
        await user.follow()
    assert not Path(f"{store.path}.said").exists()
