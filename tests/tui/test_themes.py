"""The look."""

import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from msgspec.structs import replace
from textual.color import Color
from textual.theme import BUILTIN_THEMES

from needlemover.config import AUTO, Config, NudgeWays, read_config, write_config
from needlemover.domain.errors import NeedleError
from needlemover.store.store import Store
from needlemover.tui.app import NeedleApp
from needlemover.tui.themes import GROUNDS, MARKS, OWN, TEXTS, contrast, readable

from ..conftest import SetClock
from .conftest import Drive, Driven, Morning

ALL_THEMES = {**BUILTIN_THEMES, **OWN}


async def test_every_theme_can_be_chosen_while_it_runs(drive: Drive, morning: Morning) -> None:
    async with drive() as user:
        for theme in (*BUILTIN_THEMES, "needle-light", "needle-dark"):
            user.app.theme = theme
            await user.pilot.pause()
            assert "NON-NEGOTIABLES" in user.screen_text()


async def test_a_theme_chosen_later_holds_in_every_view_seen_or_not(
    drive: Drive, morning: Morning
) -> None:
    views = ("3", "2", "4", "1")
    async with drive() as user:
        user.app.theme = "needle-light"
        await user.press()
        for key in views:
            await user.press(key)
        light = {key: await picture(user, key) for key in views}
    async with drive() as user:
        await user.press("2", "3", "1")  # 4 is not seen before
        assert await picture(user, "2") != light["2"]
        user.app.theme = "needle-light"
        await user.press()
        assert {key: await picture(user, key) for key in views} == light
        assert {key: await picture(user, key) for key in views} == light


async def picture(user: Driven, key: str) -> str:
    await user.press(key)
    return user.app.export_screenshot()


async def test_a_theme_that_is_not_there_is_said(store: Store, clock: SetClock) -> None:
    app = NeedleApp(store, clock, config=Config(theme="[b]none"))
    async with app.run_test(notifications=True) as pilot:
        await pilot.pause()
        assert app.theme == "needle-dark"
        assert any("no theme “[b]none”" in item.message for item in app._notifications)


async def test_other_keys_can_be_chosen(store: Store, clock: SetClock, morning: Morning) -> None:
    app = NeedleApp(store, clock, config=Config(keys={"no_answer": "n"}))
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
    config = read_config(path)
    assert (config.theme, config.keys) == ("nord", {"call": "f"})
    assert config.problems == ("The config file has an unknown line: size. It is kept.",)


def test_a_broken_config_file_is_said_and_the_usual_look_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("NEEDLE_THEME", raising=False)
    path = tmp_path / "config.toml"
    path.write_text("theme = = 1")
    config = read_config(path)
    assert config.theme == AUTO
    assert "could not be read" in config.problems[0]
    none = tmp_path / "none.toml"
    assert read_config(none) == Config(path=none)


WRITTEN = """\
# My look.
size = 3  # unknown
theme = "nord"   # for the evening

[keys]
theme = "T"
call = "f"
"""


def test_a_theme_is_written_and_every_other_line_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("NEEDLE_THEME", raising=False)
    path = tmp_path / "deep" / "config.toml"
    write_config(Config(), Config("nord", path=path))
    assert path.read_text() == 'theme = "nord"\n'
    path.write_text(WRITTEN)
    path.chmod(0o640)
    write_config(Config(), Config("needle-light", path=path))
    assert path.read_text() == WRITTEN.replace('theme = "nord"', 'theme = "needle-light"')
    assert path.stat().st_mode & 0o777 == 0o640
    assert read_config(path).theme == "needle-light"
    assert [item.name for item in path.parent.iterdir()] == ["config.toml"]


def test_a_theme_comes_before_the_tables(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text('[keys]\ntheme = "T"\n')
    write_config(Config(), Config("nord", path=path))
    assert path.read_text() == 'theme = "nord"\n\n[keys]\ntheme = "T"\n'


def test_of_a_link_the_file_behind_it_is_written(tmp_path: Path) -> None:
    real, link = tmp_path / "real.toml", tmp_path / "config.toml"
    real.write_text("size = 3\n")
    link.symlink_to(real)
    write_config(Config(), Config("nord", path=link))
    assert link.is_symlink()
    assert real.read_text() == 'size = 3\ntheme = "nord"\n'


def test_what_two_terminals_write_at_once_is_all_kept(tmp_path: Path) -> None:
    path, names = (
        tmp_path / "config.toml",
        [f"{side}{number}" for number in range(8) for side in "ab"],
    )
    with ThreadPoolExecutor(2) as both:
        list(both.map(lambda it: write_config(Config(), Config(keys={it: "g"}, path=path)), names))
    assert read_config(path).keys.keys() == {*names}


@pytest.mark.parametrize("text", ["theme = '''\nnord'''\n", '"theme" = "nord"\n'])
def test_a_theme_that_is_written_otherwise_is_changed_too(tmp_path: Path, text: str) -> None:
    path = tmp_path / "config.toml"
    path.write_text(text)
    write_config(Config(), Config("needle-light", path=path))
    assert read_config(path) == Config("needle-light", path=path)


@pytest.mark.parametrize("text", ["theme = = 1", "keys = 4\n"])
def test_a_file_that_cannot_be_changed_safely_stays_as_it_is(tmp_path: Path, text: str) -> None:
    path = tmp_path / "config.toml"
    path.write_text(text)
    with pytest.raises(NeedleError, match="could not be kept"):
        write_config(Config(), Config("needle-light", {"call": "g"}, path=path))
    assert path.read_text() == text


def test_nudges_and_keys_are_written_into_their_tables(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text(WRITTEN)
    before = read_config(path)
    write_config(
        before,
        replace(
            before, keys={**before.keys, "call": "g", "log": "v,f5"}, nudge=NudgeWays(bell=False)
        ),
    )
    assert path.read_text() == WRITTEN.replace('call = "f"', 'call = "g"').replace(
        'call = "g"\n', 'call = "g"\nlog = "v,f5"\n'
    ) + "\n[nudge]\nbell = false\n"  # fmt: skip
    assert read_config(path).nudge == NudgeWays(bell=False)


@pytest.mark.parametrize("text", ['keys = { call = "f" }\n', 'keys.call = "f"\n'])
def test_keys_are_changed_where_they_stand(tmp_path: Path, text: str) -> None:
    path = tmp_path / "config.toml"
    path.write_text(text)
    write_config(Config(), Config(keys={"call": "g"}, path=path))
    assert path.read_text() == text.replace("f", "g")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("a = " + "[" * 100_000, "could not be read, so the usual look is used"),
        ("a = 1" + "0" * 5000, "could not be read, so the usual look is used"),
        ("#" * (1 << 20) + "\na", "far larger than such a file is"),
        ("theme = 3", "must be a name in quotes"),
        ("keys = 4", "must be lines like"),
        ('[keys]\ncall = "\\u001b[2J"', "must be lines like"),
        ("\n".join(f"a{n} = {n}" for n in range(2000)), "unknown line: a0 and 1,999 more."),
        ('"\\u001b[2J" = 1', "unknown line: ␛[2J."),
    ],
)
async def test_a_bad_config_file_keeps_nobody_out_and_is_told_in_one_sentence(
    tmp_path: Path, store: Store, clock: SetClock, morning: Morning, content: str, said: str
) -> None:
    path = tmp_path / "config.toml"
    path.write_text(content)
    app = NeedleApp(store, clock, config=read_config(path))
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        await pilot.pause()
        (message,) = (item.message for item in app._notifications)
        assert said in message
        assert "NON-NEGOTIABLES" in Driven(app, pilot).screen_text()


def test_a_pipe_as_the_config_file_is_not_waited_for(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    os.mkfifo(path)
    (said,) = read_config(path).problems
    assert said.endswith("it is not a file.")
    with pytest.raises(NeedleError, match="it is not a file"):
        write_config(Config(), Config("needle-light", path=path))


@pytest.mark.parametrize("name", [name for name, theme in ALL_THEMES.items() if not theme.ansi])
def test_whatever_is_drawn_can_be_read_on_every_ground(name: str) -> None:
    theme = OWN[name] if name in OWN else readable(name)
    made = theme.to_color_system().generate() | theme.variables
    grounds = [Color.parse(made[ground]) for ground in GROUNDS]
    for inks, least in ((TEXTS, 4.5), (MARKS, 3)):
        for ink in inks:
            for ground in grounds:
                assert contrast(Color.parse(made[ink]), ground) >= least, (ink, ground.hex)


def test_the_contrast_of_known_colours() -> None:
    # Worked by hand from WCAG 2.2: #777777 has a luminance of 0.1845, so (1 + 0.05) / 0.2345.
    black, grey, white = map(Color.parse, ("#000000", "#777777", "#ffffff"))
    assert contrast(black, white) == pytest.approx(21)
    assert contrast(white, grey) == pytest.approx(4.478, abs=0.001)


async def test_a_terminal_of_sixteen_colours_gets_ones_of_its_own(
    store: Store, clock: SetClock, morning: Morning, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("COLORTERM")
    monkeypatch.setenv("TERM", "xterm")
    app = NeedleApp(store, clock)
    async with app.run_test() as pilot:
        await pilot.pause()
        assert app.theme == "needle-16"
        colours = [
            app.theme_variables[name] for name in ("accent", "error", "success", "secondary")
        ]
        assert len({*colours, app.theme_variables["needle-dim-accent"]}) == 5
