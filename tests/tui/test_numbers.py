"""The Numbers view: its keys, what it says, and how it lives beside the other views."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest

from needlemover.domain.commitment import MONDAY_TO_FRIDAY
from needlemover.domain.entry import Outcome
from needlemover.store import NewEntry, Store
from needlemover.text.format import shown
from needlemover.tui.screens.number_window import WindowForm
from needlemover.tui.screens.numbers import NumbersScreen
from needlemover.tui.screens.today import TodayScreen
from needlemover.tui.widgets.funnel import FunnelPanel

from ..conftest import SetClock, terms
from .conftest import Drive, Driven, Morning
from .test_hostile_text import HOSTILE


def numbers(user: Driven) -> NumbersScreen:
    """The view, when it is in front."""
    screen = user.app.screen_stack[0]
    assert isinstance(screen, NumbersScreen)
    return screen


async def added_up(user: Driven) -> None:
    """Wait for a window that is added up beside the screen."""
    await user.app.workers.wait_for_complete()
    await user.pilot.pause()


def contradict(store: Store, clock: SetClock) -> tuple[int, int]:
    """Films ranked first that earn $100 an hour, and calls that earn $400; ten hours of each."""
    clock.set(datetime(2026, 10, 1, 8, 0))
    film = store.activities.add("Film one video", terms()).id
    calls = store.activities.add("Calls", terms(60, days=MONDAY_TO_FRIDAY), is_sales=True).id
    for number in range(5):
        day = date(2026, 10, 5) + timedelta(days=7 * number)
        clock.set(datetime(day.year, day.month, day.day, 17, 0))
        store.entries.log(NewEntry(film, seconds=7200, amount=20_000))
        store.entries.log(
            NewEntry(calls, seconds=7200, amount=80_000, outcome=Outcome.WON, contact="Acme")
        )
    clock.set(datetime(2026, 11, 24, 15, 40))
    store.days.begin_use()
    return film, calls


async def test_three_shows_numbers_and_one_goes_back_to_today(
    drive: Drive, morning: Morning
) -> None:
    async with drive() as user:
        await user.press("3")
        text = user.screen_text()
        # 14 whole conversations of three weeks and the five calls of the morning, four answered.
        assert "19 dials · $1,200" in text
        assert "27 Aug – 24 Nov 2026" in text
        await user.press("1")
        assert isinstance(user.app.screen, TodayScreen)


async def test_the_view_stands_in_the_help_and_in_the_palette_of_all_views(
    drive: Drive, morning: Morning
) -> None:
    async with drive() as user:
        for key in ("1", "2", "3"):
            await user.press(key, "question_mark")
            assert "Show Numbers" in user.screen_text()
            await user.press("escape")
            titles = [item.title for item in user.app.get_system_commands(user.app.screen)]
            assert any(title.startswith("Show Numbers") for title in titles)


async def test_no_bare_rate_is_told_on_a_single_win(drive: Drive, morning: Morning) -> None:
    async with drive() as user:
        await user.press("3")
        text = user.screen_text()
        # One of 18 conversations: 0.99 to 25.8 %.
        assert "1 of 18: could be 1 in 4 or 1 in 101 of conversations" in text
        assert "(there was a single one)" in text


async def test_p_steps_through_the_windows(drive: Drive, morning: Morning) -> None:
    async with drive() as user:
        await user.press("3")
        said = []
        for _ in range(4):
            await user.press("p")
            await added_up(user)
            said.append((numbers(user).window.words, numbers(user).snapshot))
        assert [words for words, _ in said] == ["365 days", "all", "30 days", "90 days"]
        assert [found and found.since for _, found in said] == [
            date(2025, 11, 25), date(2026, 11, 2), date(2026, 10, 26), date(2026, 8, 27),
        ]  # fmt: skip


async def test_f_asks_two_dates_and_refuses_those_that_end_before_they_begin(
    drive: Drive, morning: Morning
) -> None:
    async with drive() as user:
        await user.press("3", "f")
        assert isinstance(user.app.screen, WindowForm)
        form = user.app.screen
        form.query_one("#since").value = "2026-11-09"  # type: ignore[attr-defined]
        form.query_one("#until").value = "2026-11-02"  # type: ignore[attr-defined]
        await user.press("enter")
        assert "It ends before it begins" in user.screen_text()
        form.query_one("#until").value = "2026-11-13"  # type: ignore[attr-defined]
        await user.press("enter")
        text = user.screen_text()
        # Five weekdays, of which nothing was done on the 12th.
        assert "9 Nov – 13 Nov 2026" in text
        assert "4 dials · $0" in text


async def test_a_long_window_says_that_it_is_adding_up_until_it_is_there(
    drive: Drive, morning: Morning, store: Store, clock: SetClock
) -> None:
    store.entries.log(NewEntry(morning.sales, day=date(2024, 5, 6), seconds=600))
    async with drive() as user:
        await user.press("3", "p")
        screen = numbers(user)
        assert (screen.snapshot is None) == screen.is_waiting
        await added_up(user)
        assert screen.snapshot is not None
        assert screen.snapshot.funnel.tally.dials == 19
        await user.press("p")
        await added_up(user)
        assert "20 dials" in user.screen_text()
        assert "adding up" not in user.screen_text()


async def test_while_a_window_is_added_up_no_other_numbers_stand_under_its_name(
    drive: Drive, morning: Morning, store: Store, clock: SetClock
) -> None:
    store.entries.log(NewEntry(morning.sales, day=date(2024, 5, 6), seconds=600))
    async with drive() as user:
        await user.press("3")
        screen = numbers(user)
        screen.workers.add_worker = lambda *_, **__: None  # type: ignore[method-assign]
        await user.press("p")
        text = user.screen_text()
        assert "adding up …" in text
        assert "19 dials" not in text


async def test_what_was_added_up_is_kept_until_the_data_change(
    drive: Drive, morning: Morning, store: Store
) -> None:
    async with drive() as user:
        await user.press("3", "p")
        await added_up(user)
        kept = numbers(user).snapshot
        await user.press("p", "p", "p", "p")
        await added_up(user)
        assert numbers(user).snapshot is kept
        await user.press("1", "x", "3")
        await added_up(user)
        assert "20 dials" in user.screen_text()


async def test_a_change_of_another_process_is_shown(
    drive: Drive, morning: Morning, again: Callable[[], Store]
) -> None:
    async with drive() as user:
        await user.press("3")
        other = again()
        other.entries.log(NewEntry(morning.sales, outcome=Outcome.NO_ANSWER))
        numbers(user).look_around()
        await user.pilot.pause()
        assert "20 dials" in user.screen_text()


async def test_a_new_day_moves_the_window_on(
    drive: Drive, morning: Morning, clock: SetClock
) -> None:
    async with drive() as user:
        await user.press("3")
        clock.set(datetime(2026, 11, 25, 4, 1))
        numbers(user).look_around()
        await user.pilot.pause()
        assert "28 Aug – 25 Nov 2026" in user.screen_text()


async def test_the_contradiction_is_a_sentence_and_one_key_ends_it_until_undone(
    drive: Drive, store: Store, clock: SetClock
) -> None:
    film, calls = contradict(store, clock)
    async with drive() as user:
        await user.press("3")
        text = user.screen_text()
        assert "You rank Film one video first; Calls earned 4.0 times" in text
        assert "$400 an hour" in text
        await user.press("R")
        assert [item.id for item in store.activities.all()] == [calls, film]
        assert "You rank" not in user.screen_text()
        await user.press("R")
        assert [item.id for item in store.activities.all()] == [calls, film]
        await user.press("u")
        assert [item.id for item in store.activities.all()] == [film, calls]
        assert "You rank Film one video first" in user.screen_text()


async def test_figures_are_held_against_the_window_before(
    drive: Drive, store: Store, clock: SetClock
) -> None:
    contradict(store, clock)
    store.entries.log(
        NewEntry(store.activities.all()[1].id, day=date(2026, 8, 1), outcome=Outcome.NO_ANSWER)
    )
    async with drive() as user:
        await user.press("3", "p", "p", "p")
        await added_up(user)
        # 26 Oct to 24 Nov: 26 Oct and 2 Nov; 26 Sep to 25 Oct: 5, 12 and 19 Oct.
        screen = numbers(user)
        assert screen.window.days == 30
        assert "▼ down from 3" in user.screen_text()
        assert "$1,600  ▼ down from $2,400" in user.screen_text()


async def test_with_no_data_every_panel_says_what_is_missing(drive: Drive) -> None:
    async with drive() as user:
        await user.press("escape", "3")
        text = user.screen_text()
        assert "No dials in these days" in text
        assert "No activity yet" in text
        assert "No hours were logged in these days." in text
        assert "nan" not in text


async def test_with_little_room_tab_brings_the_other_panels_to_the_front(
    drive: Drive, morning: Morning
) -> None:
    async with drive((80, 24)) as user:
        await user.press("3")
        assert isinstance(user.app.focused, FunnelPanel)
        shown = []
        for _ in range(3):
            text = user.screen_text()
            assert "FUNNEL" in text
            shown.append("RETURNS" in text)
            await user.press("tab")
        assert shown == [True, True, False]


@pytest.mark.parametrize("name", HOSTILE)
async def test_names_of_any_kind_are_shown_and_never_obeyed(
    drive: Drive, store: Store, clock: SetClock, name: str
) -> None:
    clock.set(datetime(2026, 11, 2, 8, 0))
    store.activities.add(name, terms())
    clock.set(datetime(2026, 11, 24, 15, 40))
    store.days.begin_use()
    async with drive() as user:
        await user.press("3")
        assert shown(name)[:2] in user.screen_text()
        assert "no money traced" in user.screen_text()
