"""The views: each is reached from every other, by its key, the help and the palette."""

import asyncio

import pytest
from textual import events
from textual.command import CommandPalette
from textual.geometry import Region, Size
from textual.widget import Widget

from needlemover.domain.errors import NeedleError
from needlemover.store.calls.new_entry import NewEntry
from needlemover.store.store import Store
from needlemover.tui.app import NeedleApp
from needlemover.tui.kit.panel import Panel
from needlemover.tui.palette import Actions
from needlemover.tui.progress.screen import ProgressScreen
from needlemover.tui.today.screen import TodayScreen
from needlemover.tui.views import VIEWS

from ..conftest import SetClock, terms
from .conftest import Drive, Morning
from .hands import Hands

KEYS = tuple(str(number) for number in range(1, len(VIEWS) + 1))


@pytest.mark.parametrize("key", KEYS)
async def test_all_views_stand_in_the_help_and_in_the_palette_of_each(
    drive: Drive, morning: Morning, key: str
) -> None:
    async with drive((80, 120)) as user:
        text = await user.see(key, "question_mark")
        await user.press("escape")
        titles = [item.title for item in Actions(user.app.screen).here()]
        for _, what in VIEWS.values():
            assert f"Show {what}" in text
            assert f"Show {what}" in titles


async def test_each_view_is_reached_from_every_other_by_its_key(
    drive: Drive, morning: Morning
) -> None:
    async with drive() as user:
        for start in KEYS:
            for key, view in zip(KEYS, VIEWS, strict=True):
                await user.press(start, key)
                assert user.app.current_mode == view


async def test_two_sizes_in_a_hurry_end_with_that_of_the_terminal(
    drive: Drive, morning: Morning, monkeypatch: pytest.MonkeyPatch
) -> None:
    sizes: list[Size] = []
    async with drive((80, 24)) as user:
        screen, resized = user.today, TodayScreen._screen_resized
        monkeypatch.setattr(
            TodayScreen, "_screen_resized", lambda it, size: sizes.append(size) or resized(it, size)
        )
        old, new = Size(80, 25), Size(80, 24)
        screen.post_message(events.Resize(old, old))
        screen.call_later(lambda: None)  # so that the one does not take the place of the other
        screen.post_message(events.Resize(new, new))
        await asyncio.sleep(0.3)
        assert screen.size == new
        assert len(sizes) < 3


async def test_the_footer_names_the_keys_of_all_views(drive: Drive, morning: Morning) -> None:
    for size, words in (
        ((40, 12), "1 2 3 4 5 , ^p ? q"),
        ((45, 40), "1 2 3 4 5 , ^p ? q"),
        ((60, 14), "1 2 3 4 5 , ^p ? q"),
        ((80, 24), "1 2 3 4 5 , ^p ? q"),
        ((120, 40), "1 2 3 4 5 View  , ^p Menu  ? Help  q Quit"),
    ):
        async with drive(size) as user:
            for key in KEYS:
                footer = (await user.see(key)).splitlines()[-1]
                assert footer.rstrip().endswith(words)


@pytest.mark.parametrize(
    ("width", "shown"),
    [
        (120, " 1 Today   2 Progress  ‹3 Numbers›  4 Delegate   5 Buyers"),
        (45, " 1   2  ‹3 Numbers›  4   5"),
    ],
)
async def test_the_views_are_tabs_of_which_each_is_clicked_for_itself(
    drive: Drive, morning: Morning, width: int, shown: str
) -> None:
    async with drive((width, 40)) as user:
        for key, view in [*zip(KEYS, VIEWS, strict=True)] * 2:
            at = user.screen_text().splitlines()[0].index(key)
            await user.click("#tabs", (at - 1, 0))
            assert user.app.current_mode == view
            assert f"‹{key} {view.capitalize()}›" in user.screen_text()
        assert (await user.see("3")).splitlines()[0].strip("\n ") == shown.strip()


async def test_a_window_of_few_rows_has_no_line_for_the_tabs(
    drive: Drive, morning: Morning
) -> None:
    async with drive((120, 29)) as user:
        for key in KEYS:
            assert "5 Buyers" not in (await user.see(key)).splitlines()[0]


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_each_key_of_the_footer_is_clicked_for_itself(
    drive: Drive, morning: Morning, size: tuple[int, int]
) -> None:
    async def click(key: str) -> None:
        at = user.screen_text().splitlines()[-1].index(f" {key} ") + 1
        await user.click("#keys", (at - user.app.screen.query_one("#keys").region.x, 0))

    async with drive(size) as user:
        for key, view in zip(KEYS, VIEWS, strict=True):
            await click(key)
            assert user.app.current_mode == view
        await click("2")
        progress = user.app.screen
        assert isinstance(progress, ProgressScreen)
        await click("[")
        assert progress.page == -1
        await click("]")
        assert progress.page == 0
        await click("^p")
        assert isinstance(user.app.screen, CommandPalette)


async def test_a_narrow_footer_of_today_names_a_callback_and_a_wide_one_a_block(
    drive: Drive, morning: Morning, store: Store
) -> None:
    store.contacts.add("Umbra Ltd")
    async with drive((80, 24)) as user:
        words = "c Call  l Log  x No answer  space Talked  b Back on  p Park  1 2 3 4 5 , ^p ? q"
        assert user.screen_text().splitlines()[-1].strip() == words
        assert "n call" in user.screen_text()
        await Hands(user.app).resize(120, 40)
        words = (
            "c Call  l Log  x No answer  space Talked  b Back on  p Park  u Undo  B Block  "
            "1 2 3 4 5 View  , ^p Menu  ? Help  q Quit"
        )
        assert user.screen_text().splitlines()[-1].strip() == words


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
            await user.follow()
        assert drawn == []
        clock.pass_by(minutes=10)
        await user.follow()
        assert drawn != []


async def test_a_narrow_footer_of_today_names_park_also_during_a_call(
    drive: Drive, morning: Morning
) -> None:
    async with drive((80, 24)) as user:
        for key in ("down", "c"):
            await user.press(key)
            shown = user.screen_text()
            words = ("p Park", "4 5 , ^p ? q", "n Note" if key == "c" else "u Undo")
            assert [word for word in words if word not in shown] == []


async def test_the_help_has_the_same_keys_in_groups_whatever_has_the_focus(
    drive: Drive, morning: Morning, store: Store
) -> None:
    store.entries.log(NewEntry(morning.sales, seconds=60))
    async with drive((80, 200)) as user:
        told = []
        for _ in range(3):
            await user.press("tab")
            text = await user.see("question_mark")
            told.append(text[text.index("Keys") : text.index("Close")])
            await user.press("escape")
    assert told[0] == told[1] == told[2]
    lines = [line.strip(" │┃").strip() for line in told[0].splitlines()]
    heads = [lines.index(head) for head in ("CALL", "LOG", "PLAN", "APP")]
    assert heads == sorted(heads)
    said = "\n".join(lines[heads[1] : heads[2]])
    assert "d del         Delete the entry" in said


@pytest.mark.parametrize(("columns", "is_beside"), [(99, False), (100, True)])
async def test_the_help_has_two_columns_from_100_on(
    drive: Drive, morning: Morning, columns: int, is_beside: bool
) -> None:
    async with drive((columns, 60)) as user:
        lines = (await user.see("question_mark")).splitlines()
    (first,) = (line.strip(" │┃") for line in lines if line.strip(" │┃").startswith("CALL"))
    assert (first != "CALL") == is_beside


async def test_the_columns_of_the_help_are_as_long_as_each_other(
    drive: Drive, morning: Morning
) -> None:
    async with drive((120, 90)) as user:
        for key in KEYS:
            lines = (await user.see(key, "question_mark")).splitlines()
            top = next(n for n, line in enumerate(lines) if "Keys" in line) + 2
            end = next(n for n, line in enumerate(lines) if "Close" in line)
            columns = (
                [line[at : at + 50].strip(" │┃") for line in lines[top:end]] for at in (4, 62)
            )
            left, right = (len("\n".join(column).rstrip().splitlines()) for column in columns)
            assert abs(left - right) <= 3
            await user.press("escape")


async def test_in_few_rows_a_plain_rule_with_a_title_stands_over_a_panel(
    drive: Drive, morning: Morning
) -> None:
    async with drive((80, 14)) as user:
        lines = user.screen_text().splitlines()
        (rule,) = (line for line in lines if "NON-NEGOTIABLES" in line)
        assert rule.strip() == "── NON-NEGOTIABLES " + "─" * (78 - len("── NON-NEGOTIABLES "))


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
        await user.press("up")
        widgets = list(user.today.walk_children(Panel))
        assert len(widgets) == 11
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
        assert list(user.today.walk_children(Panel)) == widgets


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


def refused() -> None:
    raise NeedleError("It cannot be so.")


def cannot_be_read(screen: TodayScreen) -> None:
    raise NeedleError("The file is locked: try again.")


async def test_only_a_command_that_succeeded_loads_the_data_anew(
    drive: Drive, store: Store, morning: Morning, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[int] = []
    async with drive() as user:
        monkeypatch.setattr(TodayScreen, "read", lambda view: read.append(1) or store.day())
        assert user.today.attempt(refused) is None
        with pytest.raises(NeedleError, match="cannot be so"):
            user.today.do(refused)
        assert read == []
        assert user.today.attempt(lambda: store.entries.untick(morning.film)) is not None
        assert read == [1]
        assert "0 of 3 done" in await user.see()


async def test_data_that_cannot_be_loaded_anew_do_not_hide_why_a_command_was_refused(
    drive: Drive, morning: Morning, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with drive() as user:
        monkeypatch.setattr(TodayScreen, "read", cannot_be_read)
        user.today.attempt(refused)
        await user.press()
        assert user.messages() == ["It cannot be so."]


async def test_a_form_that_was_saved_closes_also_where_the_data_cannot_be_loaded_anew(
    drive: Drive, store: Store, morning: Morning, monkeypatch: pytest.MonkeyPatch
) -> None:
    count = len(store.day().entries)
    async with drive() as user:
        await user.press("l")
        await user.type("12")
        monkeypatch.setattr(TodayScreen, "read", cannot_be_read)
        await user.press("enter")
        assert user.app.screen is user.today
        assert user.messages() == ["The file is locked: try again."]
    assert len(store.day().entries) == count + 1


@pytest.mark.parametrize(
    ("keys", "told"),
    [
        (("s",), "No ask waits for an answer."),
        (("A",), "Nothing is asked about today."),
        (("d",), "This key works in the log: Tab goes there."),
        (("tab", "d"), "Nothing is logged on this day."),
        (("tab", "space"), "This key works in the list: Tab goes there."),
        (("tab", "J"), "This key works in the list: Tab goes there."),
        (("2", "n"), "Go to a missed day in the calendar to note why it was missed."),
        (("2", "O"), "No day off is under the cursor."),
        (("3", "R"), "No rank contradicts what was measured."),
        (("4", "e"), "Nothing is parked yet: p parks what popped up."),
    ],
)
async def test_a_key_that_has_nothing_to_do_says_why(
    drive: Drive, store: Store, keys: tuple[str, ...], told: str
) -> None:
    film = store.activities.add("Film one video", terms()).id
    async with drive() as user:
        await user.press(*keys)
        assert user.messages() == [told]
        await user.press("question_mark")
        assert not any(keys[-1] in row.split()[:1] for row in user.screen_text().splitlines())
    assert [item.activity.id for item in store.day().activities] == [film]
    assert store.day().entries == ()


async def test_a_short_window_sends_nobody_to_a_list_that_it_does_not_show(
    drive: Drive, store: Store
) -> None:
    store.activities.add("Film one video", terms())
    async with drive((80, 9)) as user:
        await user.press("d")
        assert user.messages() == ["This key works in the log: a taller window shows it."]


@pytest.mark.parametrize("key", ["question_mark", "H"])
async def test_a_list_in_a_short_window_leaves_room_for_the_way_out(drive: Drive, key: str) -> None:
    async with drive((80, 14)) as user:
        await user.press("escape")
        assert "Close" in await user.see(key)


@pytest.mark.parametrize(
    ("size", "key"), [((80, 14), "comma"), ((45, 40), "comma"), ((40, 12), "l")]
)
async def test_a_form_in_a_small_window_shows_how_it_is_saved_and_left(
    drive: Drive, morning: Morning, size: tuple[int, int], key: str
) -> None:
    async with drive(size) as user:
        text = await user.see(key)
        assert "Enter saves" in text
        assert "Cancel" in text


async def test_a_problem_that_is_parked_cannot_be_parked_again(drive: Drive, store: Store) -> None:
    store.activities.add("Film one video", terms())
    store.problems.park("Broken invoice")
    async with drive() as user:
        await user.press("4", "r")
        assert user.messages() == ["It is parked already."]
