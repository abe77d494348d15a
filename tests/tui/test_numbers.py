"""The Numbers view: its keys, what it says, and how it lives beside the other views."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from msgspec.structs import replace

from needlemover.domain.calls.entry import Outcome
from needlemover.domain.errors import NeedleError
from needlemover.domain.numbers.funnel import Funnel, Tally
from needlemover.domain.numbers.hours import Slot, slots_of
from needlemover.domain.promises.commitment import MONDAY_TO_FRIDAY
from needlemover.store.calls.new_entry import NewEntry
from needlemover.store.store import Store
from needlemover.text.format import shown
from needlemover.text.numbers.words import hours_words
from needlemover.tui.kit.form import Form
from needlemover.tui.kit.panel import Panel
from needlemover.tui.numbers.panels import answers_lines, change, hours_shown
from needlemover.tui.numbers.screen import NumbersScreen
from needlemover.tui.today.screen import TodayScreen

from ..conftest import SetClock, terms
from .conftest import Drive, Morning
from .hands import Hands
from .hostile import NAMES


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
    store.begin_use()
    return film, calls


async def test_three_shows_numbers_and_one_goes_back_to_today(
    drive: Drive, morning: Morning
) -> None:
    async with drive() as user:
        text = await user.see("3")
        # 14 whole conversations of three weeks and the five calls of the morning, four answered.
        assert "19 dials · $1,200" in text
        assert "27 Aug – 24 Nov 2026" in text
        await user.press("1")
        assert isinstance(user.app.screen, TodayScreen)


async def test_no_bare_rate_is_told_on_a_single_win(drive: Drive, morning: Morning) -> None:
    async with drive((80, 24)) as user:
        text = await user.see("3")
        assert "1 of 1 settled ask (could be 2 to 10 in 10)" in text  # 20.7 to 100 %
        assert "Only 1 win: too few to say what a win takes" in text


async def test_an_hour_that_is_told_twice_says_why_it_differs(
    drive: Drive, store: Store, clock: SetClock
) -> None:
    _, calls = contradict(store, clock)
    words = "An hour with buyers is all sales money by talking time"
    async with drive((160, 50)) as user:
        text = await user.see("3")
        assert "An hour with buyers: $400" in text  # $4,000 in 10 h, as of the calls
        assert words not in text
    # 59 seconds more are told nowhere: both are $400 still, and there is nothing to explain.
    store.entries.log(NewEntry(calls, seconds=59, outcome=Outcome.NO_ANSWER))
    assert not hours_words(store.numbers.snapshot())
    # Two more hours without a conversation: $4,000 in 12 h.
    store.entries.log(NewEntry(calls, seconds=7200, outcome=Outcome.NO_ANSWER))
    async with drive((160, 50)) as user:
        text = await user.see("3")
        assert "An hour with buyers: $400" in text
        assert "$333.33 an hour" in text
        assert words in text


async def test_no_time_logged_stands_once_for_an_activity(
    drive: Drive, store: Store, clock: SetClock
) -> None:
    contradict(store, clock)
    store.entries.log(NewEntry(store.activities.add("Referrals", terms()).id, amount=500))
    store.activities.add("Newsletter", terms())
    async with drive((160, 50)) as user:
        text = await user.see("3")
        of_referrals, of_newsletter = text.split("Referrals")[1].split("Newsletter")
        assert of_referrals.count("no time logged") == 1
        assert of_newsletter.count("no time logged") == 1
        assert "no money traced" in of_newsletter


async def test_each_panel_is_as_tall_as_what_it_says(
    drive: Drive, store: Store, clock: SetClock
) -> None:
    contradict(store, clock)
    async with drive((160, 50)) as user:
        await user.press("3")
        panels = {panel.id: panel for panel in user.app.screen.query(Panel)}
        # Calls and Film take two lines each and a blank one, below the two of the contradiction.
        assert panels["returns"].size.height >= 8
        assert panels["right"].region.y == panels["returns"].region.bottom
        # What is left is shared out: no empty rows stand under the panels.
        assert panels["worth"].region.bottom == panels["answers"].region.bottom == 49
        # Where there is less room than all of them need, those that say less have theirs.
        await Hands(user.app).resize(120, 36)
        assert panels["worth"].region.bottom <= 35
        assert panels["answers"].region.bottom <= 35


async def test_w_steps_through_the_windows(drive: Drive, morning: Morning) -> None:
    async with drive() as user:
        await user.press("3")
        said = []
        for _ in range(4):
            await user.press("w")
            said.append((user.view(NumbersScreen).window.words, user.view(NumbersScreen).snapshot))
        assert [words for words, _ in said] == ["365 days", "all", "30 days", "90 days"]
        assert [found and found.since for _, found in said] == [
            date(2025, 11, 25), date(2026, 11, 2), date(2026, 10, 26), date(2026, 8, 27),
        ]  # fmt: skip


async def test_f_asks_two_dates_and_refuses_those_that_end_before_they_begin(
    drive: Drive, morning: Morning
) -> None:
    async with drive() as user:
        await user.press("3", "f")
        assert isinstance(user.app.screen, Form)
        form = user.app.screen
        form.query_one("#since").value = "2026-11-09"  # type: ignore[attr-defined]
        form.query_one("#until").value = "2026-11-02"  # type: ignore[attr-defined]
        await user.press("enter")
        assert "It ends before it begins" in user.screen_text()
        form.query_one("#until").value = "2026-11-13"  # type: ignore[attr-defined]
        text = await user.see("enter")
        # Five weekdays, of which nothing was done on the 12th.
        assert "9 Nov – 13 Nov 2026" in text
        assert "4 dials · $0" in text


async def test_a_long_window_stands_with_its_numbers_at_once(
    drive: Drive, morning: Morning, store: Store
) -> None:
    store.entries.log(NewEntry(morning.sales, day=date(2024, 5, 6), seconds=600))
    async with drive() as user:
        await user.press("3", "w")
        assert "365 days" in user.screen_text()
        assert "19 dials" in user.screen_text()
        await user.press("w")
        assert "6 May 2024 – 24 Nov 2026" in user.screen_text()
        assert "20 dials" in user.screen_text()


async def test_a_window_that_cannot_be_read_leaves_the_one_that_is_shown(
    drive: Drive, morning: Morning, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise NeedleError("The file is gone.")

    async with drive() as user:
        await user.press("3")
        monkeypatch.setattr(user.view(NumbersScreen).store.numbers, "snapshot", refuse)
        await user.press("w")
        text = user.screen_text()
        assert "The file is gone." in text
        assert "90 days" in text


async def test_a_window_of_two_dates_on_the_same_days_goes_by_its_own_name(
    drive: Drive, morning: Morning
) -> None:
    async with drive() as user:
        await user.press("3", "f", "enter")
        text = user.screen_text()
        assert "two dates" in text
        assert "27 Aug – 24 Nov 2026" in text


async def test_other_data_are_shown_in_the_window_that_was_chosen(
    drive: Drive, morning: Morning
) -> None:
    async with drive() as user:
        await user.press("3", "w", "1", "x", "3")
        text = user.screen_text()
        assert "365 days" in text
        assert "20 dials" in text


async def test_a_change_of_another_process_is_shown(
    drive: Drive, morning: Morning, again: Callable[[], Store]
) -> None:
    async with drive() as user:
        await user.press("3")
        other = again()
        other.entries.log(NewEntry(morning.sales, outcome=Outcome.NO_ANSWER))
        await user.follow()
        assert "20 dials" in user.screen_text()


async def test_a_new_day_moves_the_window_on(
    drive: Drive, morning: Morning, clock: SetClock
) -> None:
    async with drive() as user:
        await user.press("3")
        clock.set(datetime(2026, 11, 25, 4, 1))
        await user.follow()
        assert "28 Aug – 25 Nov 2026" in user.screen_text()


async def test_the_contradiction_is_a_sentence_and_one_key_ends_it_until_undone(
    drive: Drive, store: Store, clock: SetClock
) -> None:
    film, calls = contradict(store, clock)
    async with drive() as user:
        text = await user.see("3")
        assert "You rank Film one video first; Calls earned 4.0 times" in text
        assert "$400 an hour" in text
        await user.press("R")
        assert [item.id for item in store.activities.all()] == [calls, film]
        assert "You rank" not in user.screen_text()
        await user.press("R")
        assert [item.id for item in store.activities.all()] == [calls, film]
        await user.press("u")
        assert [item.id for item in store.activities.all()] == [film, calls]
        assert "R moves it up" in user.screen_text()  # what is said over it stands above


async def test_figures_are_held_against_the_window_before(
    drive: Drive, store: Store, clock: SetClock
) -> None:
    contradict(store, clock)
    store.entries.log(
        NewEntry(store.activities.all()[1].id, day=date(2026, 8, 1), outcome=Outcome.NO_ANSWER)
    )
    async with drive() as user:
        await user.press("3", "w", "w", "w")
        # 26 Oct to 24 Nov: 26 Oct and 2 Nov; 26 Sep to 25 Oct: 5, 12 and 19 Oct.
        screen = user.view(NumbersScreen)
        assert screen.window.days == 30
        assert "▼ from 3" in user.screen_text()
        assert "$1,600  ▼ from $2,400" in user.screen_text()


async def test_with_no_data_every_panel_says_what_is_missing(drive: Drive) -> None:
    async with drive() as user:
        text = await user.see("escape", "3")
        assert "No dials in these days" in text
        assert "No activity yet" in text
        assert "No hours were logged in these days." in text
        assert "No goal is set" in text
        assert "g takes the money you want" in text
        assert "Too few calls with a time of day" in text
        assert "Too little to say what an hour is worth" in text
        assert "nan" not in text


async def test_with_little_room_tab_brings_the_other_panels_to_the_front(
    drive: Drive, morning: Morning
) -> None:
    async with drive((80, 24)) as user:
        await user.press("3")
        assert user.app.focused is not None
        assert user.app.focused.id == "funnel"
        shown = []
        titles = ("RETURNS", "GOAL", "RIGHT THINGS", "WORTH OF AN HOUR", "WHEN BUYERS ANSWER")
        for _ in range(6):
            text = await user.see("tab")
            assert "FUNNEL" in text
            shown.append([title for title in titles if title in text])
        assert shown == [*([title] for title in titles), [titles[-1]]]
        await user.press("shift+tab", "shift+tab")
        assert "WORTH OF AN HOUR" in user.screen_text()


@pytest.mark.parametrize("name", NAMES)
async def test_names_of_any_kind_are_shown_and_never_obeyed(
    drive: Drive, store: Store, clock: SetClock, name: str
) -> None:
    clock.set(datetime(2026, 11, 2, 8, 0))
    store.activities.add(name, terms())
    clock.set(datetime(2026, 11, 24, 15, 40))
    store.begin_use()
    async with drive() as user:
        await user.press("3")
        assert shown(name)[:2] in user.screen_text()
        assert "no money traced" in user.screen_text()


async def test_g_sets_the_goal_with_what_is_assumed_as_one_change(
    drive: Drive, store: Store, morning: Morning
) -> None:
    async with drive() as user:
        await user.press("3", "g")
        await user.type("13200")
        await user.press("tab", "tab")
        await user.type("1 in 10")
        await user.press("tab")
        await user.enter("1000")
        settings = store.settings
        assert (settings.goal, settings.goal_by, settings.assumed_win) == (1_320_000, None, 100_000)
        text = user.screen_text()
        # $1,200 of $13,200 is there; 12,000 ÷ 1,000 = 12 wins, one in ten conversations.
        assert "Goal: $13,200 in November 2026" in text
        assert "$1,200 received" in text
        assert "12 wins, at $1,000 a win (assumed)." in text
        assert "Conversations still needed: 120, at the assumed" in text
        # Five working days from Tuesday 24 to Monday 30 November.
        assert "24 conversations a day, 5 days left" in text
        await user.press("u")
        assert store.settings.goal is None
        assert store.settings.assumed_win is None


async def test_a_goal_stands_first_as_soon_as_it_is_set(drive: Drive, morning: Morning) -> None:
    async with drive((80, 24)) as user:
        await user.press("3")
        assert "GOAL" not in user.screen_text()
        await user.press("g")
        await user.enter("13200")
        text = user.screen_text()
        assert text.index("GOAL") < text.index("FUNNEL")
        assert "a day, 5 days left · your quota: " in text
        await user.press("u")
        text = user.screen_text()
        assert text.index("FUNNEL") < text.index("No goal is set")


async def test_a_goal_by_a_day_that_has_passed_is_refused_in_the_dialog(
    drive: Drive, store: Store, morning: Morning
) -> None:
    async with drive() as user:
        await user.press("3", "g")
        await user.type("5000")
        await user.press("tab")
        await user.enter("2026-11-23")
        assert "give a day from today on" in user.screen_text()
        await user.press("escape")
        assert store.settings.goal is None


async def test_a_blank_goal_is_none(drive: Drive, store: Store, morning: Morning) -> None:
    store.choices.set_goal(500_000, date(2026, 12, 31))
    async with drive() as user:
        await user.press("3", "g", *["backspace"] * 7, "enter")
        assert (store.settings.goal, store.settings.goal_by) == (None, None)
        assert "No goal is set" in user.screen_text()


async def test_a_goal_that_is_reached_asks_for_nothing_more(
    drive: Drive, store: Store, morning: Morning
) -> None:
    store.choices.set_goal(100_000)
    async with drive() as user:
        text = await user.see("3")
        assert "Reached: $1,200 received, $200 more than wanted." in text
        assert "still needed" not in text


async def test_the_grid_has_the_hours_of_the_calls_and_counts_those_without_a_time(
    drive: Drive, store: Store, morning: Morning
) -> None:
    async with drive() as user:
        text = await user.see("3")
        # The calls of the morning began at 9:12, 11:40, 13:20, 14:02 and 15:05.
        assert "09   10   11   12   13   14   15" in text
        assert "14 dials have no time of day and are left out." in text


async def test_an_hour_after_midnight_stands_at_the_end_of_its_day(
    drive: Drive, store: Store, morning: Morning, clock: SetClock
) -> None:
    for day, hour in ((23, 22), (24, 1)):
        clock.set(datetime(2026, 11, day, hour, 30))
        store.entries.log(NewEntry(morning.sales, started_at=clock.now(), seconds=60))
    clock.set(datetime(2026, 11, 24, 15, 40))
    async with drive((80, 24)) as user:
        await user.press("3", *["tab"] * 4)
        snapshot = user.view(NumbersScreen).snapshot
        assert hours_shown(snapshot, 24) == [*range(9, 24), 0, 1]
        # The row of hours that fits and holds the most calls: the five of the morning.
        assert hours_shown(snapshot, 7) == [*range(9, 16)]


async def test_the_worth_is_said_with_what_it_is_worked_out_of(
    drive: Drive, store: Store, clock: SetClock
) -> None:
    contradict(store, clock)
    async with drive() as user:
        await user.press("3")
        # Ten payments, $5,000; 37 weekdays from 5 October to 24 November, 8 hours; √Σx² 1,844.
        text = user.screen_text()
        assert "An hour is worth $16.89, $8.91 to $24.88 (80 % sure)" in text
        store.choices.set("hourly_worth", "80")
        user.view(NumbersScreen).refresh_data()
        await user.pilot.pause()
        assert "An hour is worth $80, as you declared." in user.screen_text()


def months(wins: int, conversations: int, seconds: int, money: int) -> Funnel:
    """A month in which every call was answered."""
    tally = Tally(conversations, conversations, wins, wins, seconds, money)
    return Funnel(date(2026, 10, 26), date(2026, 11, 24), tally)


def test_sums_alone_are_held_against_the_days_before(store: Store) -> None:
    now, before = months(10, 40, 12_000, 100_000), months(4, 4, 7_200, 60_000)
    facts = replace(store.numbers.snapshot(), funnel=now, before=before)
    assert change(facts, "wins") == "▲ from 4"
    assert change(facts, "money") == "▲ from $600"
    assert change(facts, "seconds") == "▲ from 7,200"
    assert change(replace(facts, before=now), "wins") == "as before"
    assert change(replace(facts, funnel=before, before=now), "money") == "▼ from $1,000"
    assert change(replace(facts, before=None), "wins") == ""


def test_hours_and_weekdays_are_shaded_only_where_they_stand_out(store: Store) -> None:
    # At 9 o'clock 120 of 200 answer, at 10 o'clock 150 of 600: 270 of 800, on both days alike.
    slots = slots_of([Slot(day, 9, 100, 60) for day in (0, 1)]
                     + [Slot(day, 10, 300, 75) for day in (0, 1)], timeless=0)  # fmt: skip
    facts = replace(store.numbers.snapshot(), slots=slots)
    rows = ["".join(text for text, _ in line.left) for line in answers_lines(facts, 60, 30)]
    assert rows[0].startswith("09:00: 120 of 200 dials, 60 %")
    assert rows[1] == "Dials by weekday and hour, █ where buyers answered more often:"
    assert rows[3:6] == ["Mon  █100  300", "Tue  █100  300", "Wed     ·    ·"]
    alike = replace(facts, slots=slots_of([Slot(0, 9, 6, 3), Slot(1, 9, 6, 3)], timeless=0))
    said = [line.left[0][0] for line in answers_lines(alike, 60, 30)]
    assert "Dials by weekday and hour:" in said


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_a_month_in_which_more_was_paid_back_says_so(
    drive: Drive, store: Store, clock: SetClock, size: tuple[int, int]
) -> None:
    clock.set(datetime(2026, 11, 2, 8, 0))
    calls = store.activities.add("Calls", terms(60), is_sales=True).id
    won = store.entries.log(
        NewEntry(calls, seconds=600, amount=10_000, outcome=Outcome.WON, contact="Acme")
    ).entry
    clock.set(datetime(2026, 11, 24, 15, 40))
    store.entries.log(NewEntry(calls, count=0, amount=-30_000, contact="Acme", follows=won.id))
    store.choices.set_goal(50_000)
    store.begin_use()
    async with drive(size) as user:
        await user.press("3")
        text = user.screen_text()
        assert "−$200" in text
        assert "Only 1 win: too few to say" in text
        assert "More was paid back than received" in text
        await user.press("tab")
        assert "−$1,200 an hour so far" in user.screen_text()
        await user.press("shift+tab", *["down"] * 8)
        assert "More was paid back than received in these days." in user.screen_text()
        assert "nan" not in user.screen_text()


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_calls_without_a_length_or_an_answer_have_no_figure_that_cannot_be(
    drive: Drive, store: Store, clock: SetClock, size: tuple[int, int]
) -> None:
    clock.set(datetime(2026, 11, 2, 8, 0))
    calls = store.activities.add("Calls", terms(60), is_sales=True).id
    clock.set(datetime(2026, 11, 24, 15, 40))
    store.entries.log(NewEntry(calls, outcome=Outcome.NO_ANSWER))
    store.begin_use()
    async with drive(size) as user:
        await user.press("3")
        text = user.screen_text()
        assert "Nobody was reached in these days" in text
        # None of 1 is at most 79.35 %: 1 less than the 20.65 % of all of 1.
        assert "none of 1 dial so far (at most 8 in 10)" in text
        await user.press(*["down"] * 8)
        text = user.screen_text()
        assert "No wins in these days" in text
        assert "0 new" not in text
        for _ in range(6):
            await user.press("tab")
            assert "nan" not in user.screen_text()
            assert "$0 an hour" not in user.screen_text()
