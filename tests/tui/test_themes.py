"""The look."""

from pathlib import Path

import pytest
from textual.theme import BUILTIN_THEMES

from needlemover.config import Look, read_look
from needlemover.store import Store
from needlemover.tui.app import NeedleApp

from ..conftest import SetClock
from .conftest import Drive, Morning


async def test_every_theme_can_be_chosen_while_it_runs(drive: Drive, morning: Morning) -> None:
    async with drive() as user:
        for theme in (*BUILTIN_THEMES, "needle-light", "needle-dark"):
            user.app.theme = theme
            await user.pilot.pause()
            assert "NON-NEGOTIABLES" in user.screen_text()


async def test_a_theme_that_is_not_there_is_said(store: Store, clock: SetClock) -> None:
    app = NeedleApp(store, clock, look=Look(theme="[b]none"))
    async with app.run_test(notifications=True) as pilot:
        await pilot.pause()
        assert app.theme == "needle-dark"
        assert any("no theme “[b]none”" in item.message for item in app._notifications)


async def test_other_keys_can_be_chosen(store: Store, clock: SetClock, morning: Morning) -> None:
    app = NeedleApp(store, clock, look=Look(keys={"no_answer": "n"}))
    async with app.run_test() as pilot:
        await pilot.press("n")
        await pilot.pause()
    sales = store.day().sales
    assert sales is not None
    assert sales.dials == 6


def test_a_config_file_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NEEDLE_THEME", raising=False)
    path = tmp_path / "config.toml"
    path.write_text('theme = "nord"\nsize = 3\n[keys]\ncall = "f"\n')
    look = read_look(path)
    assert (look.theme, look.keys) == ("nord", {"call": "f"})
    assert look.problems == ("The config file has an unknown line: size.",)


def test_a_broken_config_file_is_said_and_the_usual_look_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("NEEDLE_THEME", raising=False)
    path = tmp_path / "config.toml"
    path.write_text("theme = = 1")
    look = read_look(path)
    assert look.theme == "needle-dark"
    assert "could not be read" in look.problems[0]
    assert read_look(tmp_path / "none.toml") == Look()
