"""The form of the settings: what numbers depend on, how the app looks, and its keys."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path

import pytest
from textual.widgets import Static

from needlemover.config import NudgeWays, read_config
from needlemover.store.store import Store
from needlemover.tui.app import NeedleApp
from needlemover.tui.kit.fields import Choice
from needlemover.tui.kit.form import Form

from ..conftest import SetClock
from .conftest import Drive, Driven, Morning
from .hands import Hands

TO_THEME = ["tab"] * 6
TO_BELL = ["tab"] * 9
TO_KEYS = ["tab"] * 12

Chosen = Callable[..., AbstractAsyncContextManager[Driven]]


@pytest.fixture
def config_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.delenv("NEEDLE_THEME", raising=False)
    return tmp_path / "config.toml"


@pytest.fixture
def chosen(store: Store, clock: SetClock, morning: Morning, config_file: Path) -> Chosen:
    """The app with a config file, and the settings open."""

    @asynccontextmanager
    async def open_settings(text: str = "") -> AsyncIterator[Driven]:
        config_file.write_text(text)
        app = NeedleApp(store, clock, config=read_config(config_file))
        async with app.run_test(size=(120, 40), notifications=True) as pilot:
            await Hands(app).settle()
            user = Driven(app, pilot)
            await user.press("comma")
            yield user

    return open_settings


async def test_settings_are_chosen_in_the_app_as_one_change(
    drive: Drive, morning: Morning, store: Store
) -> None:
    async with drive() as user:
        await user.press("comma")
        await user.press(*["backspace"] * 8, *"eur", "tab")
        await user.press(*["backspace"] * 30, *"08:00-16:00 mon-thu", "enter")
        assert store.choices.typed()["currency"] == "EUR"
        assert store.choices.typed()["working_day"].startswith("08:00")
        await user.press("u")
        assert store.choices.typed()["currency"] == "USD"
        assert store.choices.typed()["working_day"].startswith("09:00")


async def test_a_wrong_setting_is_said_and_nothing_changed(
    drive: Drive, morning: Morning, store: Store
) -> None:
    async with drive() as user:
        await user.press("comma", *["backspace"] * 8, *"doubloons", "enter")
        assert "type its three letters" in user.screen_text()
        assert store.choices.typed()["currency"] == "USD"


async def test_a_theme_is_shown_while_it_is_chosen_and_kept_when_saved(
    chosen: Chosen, config_file: Path
) -> None:
    async with chosen("# mine\n") as user:
        assert "as the terminal is" in user.screen_text()
        await user.press(*TO_THEME, "right", "right")
        assert user.app.theme == "needle-light"
        assert config_file.read_text() == "# mine\n"
        await user.press("enter")
        assert user.app.theme == "needle-light"
        assert config_file.read_text() == '# mine\ntheme = "needle-light"\n'
        await user.press("comma", *TO_THEME, "left", "left")
        assert user.app.theme == "needle-dark"
        await user.press("enter")
    assert config_file.read_text() == '# mine\ntheme = "auto"\n'


async def test_esc_puts_the_old_theme_back(chosen: Chosen, config_file: Path) -> None:
    async with chosen('theme = "nord"\n') as user:
        await user.press(*TO_THEME, "right")
        assert user.app.theme != "nord"
        await user.press("escape")
        assert user.app.theme == "nord"
        assert not isinstance(user.app.screen, Form)
    assert config_file.read_text() == 'theme = "nord"\n'


async def test_the_palette_leads_to_the_theme(drive: Drive, morning: Morning) -> None:
    async with drive() as user:
        await user.press("ctrl+p", *"theme")
        await user.pilot.pause(0.3)
        await user.press("enter")
        await user.pilot.pause(0.3)
        assert isinstance(user.app.focused, Choice)
        assert user.app.focused.id == "theme"


async def test_nudges_are_chosen_there_and_hold_at_once(
    chosen: Chosen, config_file: Path, store: Store
) -> None:
    changes = len(store.journal.steps(300))
    async with chosen() as user:
        await user.press(*TO_BELL, "right", "enter")
        assert user.app.nudges.ways == NudgeWays(bell=False)
        assert config_file.read_text() == "[nudge]\nbell = false\n"
    assert len(store.journal.steps(300)) == changes, "the look stands outside of the history"


async def test_another_key_is_chosen_there_and_holds_at_once(
    chosen: Chosen, config_file: Path
) -> None:
    async with chosen('[keys]\ncall = "f"  # as in fone\n') as user:
        await user.press(*TO_KEYS, *"no_")
        await user.press("enter", "tab")
        assert "Count a call that nobody answered: its key is x." in user.screen_text()
        await user.press("f2")
        await user.type("f2")
        await user.press("enter")
        assert " f2 No answer" in user.screen_text().splitlines()[-1]
        assert user.app.config.keys == {"call": "f", "no_answer": "f2"}
    assert config_file.read_text() == ('[keys]\ncall = "f"  # as in fone\nno_answer = "f2"\n')


@pytest.mark.parametrize(
    ("action", "key", "said"),
    [
        (
            "log",
            "n",
            "Your key n is Log, so Next has no key: give next another, like f5.",
        ),
        ("log", "entre", "“entre” is no key for log: needle help keys tells how one is written."),
        ("lock", "n", "There is no action “lock” to have a key: needle keys lists the names."),
        ("", "n", "There is no action “” to have a key: needle keys lists the names."),
        ("palette", "n", "“n” is no key for palette: needle help keys tells how one is written."),
    ],
)
async def test_a_key_that_cannot_be_is_said_and_nothing_is_written(
    chosen: Chosen, config_file: Path, action: str, key: str, said: str
) -> None:
    async with chosen() as user:
        await user.press(*TO_KEYS)
        await user.type(action)
        await user.press("tab")
        await user.type(key)
        await user.press("enter")
        assert str(user.app.screen.query_one("#error", Static).content) == said
        assert isinstance(user.app.screen, Form)
        assert user.app.focused is not None
        assert user.app.focused.id == "key"
    assert config_file.read_text() == ""


async def test_a_config_file_that_cannot_be_written_is_said_in_the_form(
    chosen: Chosen, config_file: Path
) -> None:
    async with chosen('theme = "nord"\n') as user:
        config_file.write_text("theme = = 1")
        await user.press(*TO_THEME, "right", "enter")
        assert "It could not be kept in" in user.screen_text()
        await user.press("escape")
        assert user.app.theme == "nord"
    assert config_file.read_text() == "theme = = 1"
