"""The views: each is reached from every other, by its key, the help and the palette."""

import pytest
from textual.geometry import Region
from textual.widget import Widget

from needlemover.tui.app import NeedleApp
from needlemover.tui.kit.lines import Inked
from needlemover.tui.views import VIEWS

from ..conftest import SetClock
from .conftest import Drive, Morning

KEYS = tuple(str(number) for number in range(1, len(VIEWS) + 1))


@pytest.mark.parametrize("key", KEYS)
async def test_all_views_stand_in_the_help_and_in_the_palette_of_each(
    drive: Drive, morning: Morning, key: str
) -> None:
    async with drive() as user:
        text = await user.see(key, "question_mark")
        await user.press("escape")
        titles = [item.title for item in user.app.get_system_commands(user.app.screen)]
        for place in VIEWS:
            assert place.words in text
            assert place.words in titles


async def test_each_view_is_reached_from_every_other_by_its_key(
    drive: Drive, morning: Morning
) -> None:
    async with drive() as user:
        for start in KEYS:
            for key, place in zip(KEYS, VIEWS, strict=True):
                await user.press(start, key)
                assert user.app.current_mode == place.name


async def test_the_footer_names_the_keys_of_all_views(drive: Drive, morning: Morning) -> None:
    async with drive() as user:
        for key in KEYS:
            assert f"{' '.join(KEYS)} View" in await user.see(key)


async def test_a_narrow_footer_names_the_first_and_the_last(drive: Drive, morning: Morning) -> None:
    async with drive((80, 24)) as user:
        assert f"{KEYS[0]}–{KEYS[-1]} View" in user.screen_text()


async def test_nothing_is_drawn_while_nothing_changes(
    drive: Drive, morning: Morning, clock: SetClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn: list[int] = []
    async with drive() as user:
        for _ in range(3):
            await user.pilot.pause()
        monkeypatch.setattr(NeedleApp, "post_display_hook", lambda app: drawn.append(1))
        for _ in range(30):
            clock.pass_by(seconds=1)
            await user.look_around()
        assert drawn == []
        clock.pass_by(minutes=1)
        await user.look_around()
        assert drawn != []


async def test_a_narrow_footer_of_today_names_park_also_during_a_call(
    drive: Drive, morning: Morning
) -> None:
    async with drive((80, 24)) as user:
        for key in ("down", "c"):
            await user.press(key)
            shown = user.screen_text()
            assert [
                word for word in ("p Park", "u Undo", "View", "? Help") if word not in shown
            ] == []


async def test_no_word_of_the_help_is_cut_off_where_there_is_little_room(
    drive: Drive, morning: Morning
) -> None:
    async with drive((80, 60)) as user:
        for key in KEYS:
            assert "…" not in await user.see(key, "question_mark")
            await user.press("escape")


async def test_no_key_of_today_composes_anything_anew_or_lays_the_screen_out(
    drive: Drive, morning: Morning, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with drive() as user:
        widgets = list(user.today.walk_children(Inked))
        assert len(widgets) == 8
        asked: list[tuple[str, str]] = []
        refresh = Widget.refresh

        def watched(self: Widget, *regions: Region, **how: bool) -> Widget:
            asked.extend((type(self).__name__, what) for what, really in how.items() if really)
            return refresh(self, *regions, **how)

        monkeypatch.setattr(Widget, "refresh", watched)
        for key in ("space", "space", "x", "j", "k", "c", "c", "1", "u", "U", "left", "right"):
            asked.clear()
            await user.press(key)
            assert not [what for _, what in asked if what == "recompose"], key
            if key not in ("left", "right"):  # another day's log may have another title
                laid_out = {name for name, what in asked if what == "layout"}
                assert laid_out <= {"ToastRack", "ToastHolder", "Toast"}, key
        assert list(user.today.walk_children(Inked)) == widgets


async def test_a_view_is_made_when_it_is_first_asked_for_and_then_kept(
    drive: Drive, morning: Morning
) -> None:
    async with drive() as user:
        made = {"1": user.app.screen}
        for key in KEYS[1:]:
            assert len({id(screen) for screen in made.values()}) == int(key) - 1
            await user.press(key)
            assert user.app.screen not in made.values()
            made[key] = user.app.screen
        for key in KEYS:
            await user.press(key)
            assert user.app.screen is made[key]
