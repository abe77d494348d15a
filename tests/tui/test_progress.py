"""The Progress view: its keys, what it shows, and how it lives beside Today."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any, TypeVar

import pytest

from needlemover.domain.progress.summary import DaysKept
from needlemover.domain.promises.status import Status
from needlemover.store.calls.new_entry import NewEntry
from needlemover.store.store import Store
from needlemover.tui.kit.panel import Panel
from needlemover.tui.progress.calendar import Calendar, DayNumbers
from needlemover.tui.progress.quota import QuotaList, QuotaPicture
from needlemover.tui.progress.review import ReviewScreen
from needlemover.tui.progress.screen import ProgressScreen
from needlemover.tui.progress.streaks import Promises, Streaks
from needlemover.tui.today.screen import TodayScreen

from ..conftest import SetClock, terms
from .conftest import TODAY, Drive, Driven, Morning
from .hostile import NAMES, show_name

Facts = TypeVar("Facts")

NARROW = (80, 24)
MISSED = date(2026, 11, 12)
"""The second of the two days on which the founder of the morning did nothing."""


def shown(screen: ProgressScreen, kind: type[Panel[Facts, Any]]) -> Facts:
    """What a panel of Progress shows."""
    facts = screen.query_one(kind).facts
    assert facts is not None
    return facts


async def to_calendar(user: Driven) -> ProgressScreen:
    """Show Progress with the focus on the calendar."""
    await user.press("2", "tab")
    assert isinstance(user.app.focused, Calendar)
    return user.view(ProgressScreen)


async def test_two_shows_progress_and_one_goes_back_to_today(
    drive: Drive, morning: Morning
) -> None:
    async with drive() as user:
        assert "1 2 3 4 5" in user.screen_text()
        text = await user.see("2")
        assert "7 days, and that is the record" in text
        assert "2 things still due today or a 7-day streak ends" in text
        await user.press("1")
        assert isinstance(user.app.screen, TodayScreen)


async def test_the_streaks_say_now_best_and_what_was_kept(drive: Drive, morning: Morning) -> None:
    async with drive() as user:
        await user.press("2")
        facts = user.view(ProgressScreen).query_one(Streaks).facts
        assert facts is not None
        everything, film, *_ = facts
        # Of the 16 weekdays before today two were missed and one was kept in part; the film was
        # made on that one and today as well.
        assert (everything.streak.current, everything.streak.best) == (7, 7)
        assert everything.kept[2] == DaysKept(90, 16, 13)
        assert film.streak.current == 8
        assert (film.kept[0], film.kept[2]) == (DaysKept(7, 5, 5), DaysKept(90, 17, 15))


async def test_the_chosen_streak_decides_what_the_other_panels_show(
    drive: Drive, morning: Morning
) -> None:
    async with drive() as user:
        await user.press("2")
        assert "4 of 10 conversations" in user.screen_text()
        await user.press("down")
        screen = user.view(ProgressScreen)
        assert screen.chosen == morning.film
        assert "4 of 10 conversations" not in user.screen_text()
        promises = shown(screen, Promises).promises
        assert {item.activity.name for item in promises} == {"Film one video"}
        await user.click(Streaks, offset=(10, 3))
        assert screen.chosen == morning.sales


async def test_the_arrow_keys_move_over_the_days(drive: Drive, morning: Morning) -> None:
    async with drive() as user:
        screen = await to_calendar(user)
        await user.press("left", "up")
        assert screen.day == date(2026, 11, 16)
        assert "Monday 16 November 2026" in user.screen_text()
        assert "day won" in user.screen_text()
        await user.press("right", "down")
        assert screen.day == TODAY


async def test_in_little_room_short_windows_go_before_the_name_of_a_streak(
    drive: Drive, morning: Morning
) -> None:
    async with drive((45, 40)) as user:
        text = await user.see("2")
        assert "Sales conver" in text
        assert "kept in 30, 90 days" in text


async def test_the_cursor_goes_on_into_the_year_before(drive: Drive, morning: Morning) -> None:
    async with drive() as user:
        screen = await to_calendar(user)
        await user.press(*["left"] * 53)
        assert screen.day == TODAY - timedelta(weeks=53)
        days, _ = shown(screen, Calendar)
        assert days[0].day <= screen.day <= days[-1].day
        await user.press("t")
        assert screen.day == TODAY
        days, _ = shown(screen, Calendar)
        assert days[-1].day == date(2026, 11, 29)


async def test_brackets_turn_the_years_and_show_days_off_to_come(
    drive: Drive, morning: Morning, store: Store
) -> None:
    store.days_off.add(date(2027, 1, 4), date(2027, 1, 8), reason="Skiing")
    async with drive() as user:
        screen = await to_calendar(user)
        await user.press("left_square_bracket")
        assert screen.day == date(2025, 11, 25)
        days, _ = shown(screen, Calendar)
        assert days[-1].day == date(2025, 11, 30)
        await user.press("right_square_bracket", "right_square_bracket")
        off = [item.day for item in shown(screen, Calendar)[0] if item.day_off is not None]
        assert off == [date(2027, 1, day) for day in range(4, 9)]


async def test_enter_opens_the_day_in_today_and_two_comes_back_to_it(
    drive: Drive, morning: Morning
) -> None:
    async with drive() as user:
        await to_calendar(user)
        await user.press("left", "enter")
        assert isinstance(user.app.screen, TodayScreen)
        assert "Tuesday 17 November 2026" in user.screen_text()
        await user.press("2")
        assert user.view(ProgressScreen).day == date(2026, 11, 17)


async def test_at_80_columns_all_that_was_due_is_named_beside_a_calendar_with_its_signs(
    drive: Drive, morning: Morning
) -> None:
    async with drive((80, 24)) as user:
        text = await user.see("2")
        assert "Mon ■" in text
        signs = ("■ won", "□ missed", "· rest", "▶ open")
        assert [sign for sign in signs if sign not in text] == []
        assert "□ Sales conversations   □ Manage the mastermind" in text
        assert "✓ Film one video" in text


async def test_the_calendar_is_named_up_to_the_month_of_today(
    drive: Drive, morning: Morning, clock: SetClock
) -> None:
    clock.set(datetime(2026, 11, 30, 9))  # a Monday, whose week ends in December
    async with drive((80, 24)) as user:
        assert "CALENDAR · Nov 2026 ─" in await user.see("2")


async def test_a_long_promise_is_folded_where_its_column_is_narrow(
    drive: Drive, morning: Morning
) -> None:
    async with drive() as user:
        await user.press("2")
        screen = user.view(ProgressScreen)
        lines = screen.query_one(Promises).lines(shown(screen, Promises), 22, 20)
        told = ["".join(text for text, _ in line.left) for line in lines]
        place = told.index("Sales conversations")
        assert told[place + 1 : place + 3] == ["1 h and 10", "conversations"]


async def test_a_click_moves_the_cursor_and_a_second_one_opens_the_day(
    drive: Drive, morning: Morning
) -> None:
    async with drive() as user:
        screen = await to_calendar(user)
        # Content begins behind border and padding. Four cells hold the weekdays, and six each
        # of the four weeks since the first tracked one.
        monday = (2 + 4 + 3 * 6, 2)
        await user.click(Calendar, offset=monday)
        assert screen.day == date(2026, 11, 23)
        await user.click(Calendar, offset=monday)
        assert "Monday 23 November 2026" in user.screen_text()
        assert isinstance(user.app.screen, TodayScreen)


async def test_a_reason_is_noted_on_a_missed_day_and_undone(
    drive: Drive, morning: Morning, store: Store
) -> None:
    async with drive() as user:
        screen = await to_calendar(user)
        screen.go_to(MISSED)
        await user.press("n")
        await user.enter("flu")
        assert "Why: flu" in user.screen_text()
        assert store.progress.record().reasons == {MISSED: "flu"}
        await user.press("u")
        assert store.progress.record().reasons == {}
        await user.press("U")
        assert store.progress.record().reasons == {MISSED: "flu"}


async def test_no_reason_is_asked_for_a_day_that_was_won(drive: Drive, morning: Morning) -> None:
    async with drive() as user:
        screen = await to_calendar(user)
        await user.press("left", "n")
        assert user.app.screen is screen


async def test_days_off_are_entered_and_taken_back(
    drive: Drive, morning: Morning, store: Store
) -> None:
    async with drive() as user:
        screen = await to_calendar(user)
        screen.go_to(MISSED)
        await user.press("o", "tab")
        await user.type("2026-11-13")
        await user.press("tab")
        await user.enter("flu")
        (found,) = store.days_off.all()
        assert (found.start, found.end, found.reason) == (MISSED, date(2026, 11, 13), "flu")
        assert "Off: flu (said afterwards)" in user.screen_text()
        assert shown(screen, DayNumbers).record.status is Status.OFF
        await user.press("O")
        assert store.days_off.all() == ()
        assert any("no longer off" in message for message in user.messages())


async def test_wrong_days_off_are_said_in_the_dialog(
    drive: Drive, morning: Morning, store: Store
) -> None:
    async with drive() as user:
        await user.press("2", "o", "tab")
        await user.enter("2026-11-01")
        assert "The last day off is before the first" in user.screen_text()
    assert store.days_off.all() == ()


async def test_the_quota_is_shown_by_day_and_by_week_in_minutes_and_counts(
    drive: Drive, morning: Morning
) -> None:
    async with drive() as user:
        await user.press("2")
        screen = user.view(ProgressScreen)
        assert "MINUTES, LAST 30 DAYS" in user.screen_text()
        for title, number in (
            ("MINUTES, LAST 90 DAYS", 90),
            ("MINUTES, LAST 12 WEEKS", 12),
            ("MINUTES, LAST 52 WEEKS", 52),
        ):
            await user.press("w")
            assert title in user.screen_text()
            assert len(shown(screen, QuotaPicture).bars) == number
        await user.press("w", "m")
        assert "CONVERSATIONS, LAST 30 DAYS" in user.screen_text()
        assert "11/10 ✓" in user.screen_text()


async def test_an_activity_without_minutes_is_shown_in_counts(
    drive: Drive, morning: Morning
) -> None:
    async with drive() as user:
        await user.press("2", "down")
        assert "TIMES, LAST 30 DAYS" in user.screen_text()


async def test_tab_goes_round_the_panels_and_shows_them_where_there_is_little_room(
    drive: Drive, morning: Morning
) -> None:
    titles = ("CALENDAR", "QUOTA ·", "DAYS · MINUTES", "WEEKDAYS", "PROMISES", "RUNS")
    async with drive(NARROW) as user:
        await user.press("2")
        assert "CALENDAR" in user.screen_text()
        for title in titles:
            text = await user.see("tab")
            assert [each for each in titles if each in text] == [title]
            assert "STREAKS" in text
        await user.press("tab")
        assert isinstance(user.app.focused, Streaks)
        await user.press("shift+tab", "shift+tab")
        assert "PROMISES" in user.screen_text()


async def test_a_key_whose_panel_is_not_shown_says_where_it_works(
    drive: Drive, morning: Morning
) -> None:
    async with drive(NARROW) as user:
        await user.press("2", "enter")
        assert user.messages() == ["This key works in the calendar: Tab goes there."]
        await user.press("w", "m", "v")
        assert user.messages()[1:] == ["This key works in the quota: Tab goes there. (3 times)"]
        await user.press("tab", "left_square_bracket")
        assert len(user.messages()) == 2
        await user.press("tab", "enter", "right_square_bracket")
        said = ["This key works in the calendar: Tab goes there. (3 times)"]
        assert [each for each in user.messages() if "calendar" in each] == said


async def test_v_goes_from_the_picture_to_the_numbers_and_back(
    drive: Drive, morning: Morning
) -> None:
    async with drive(NARROW) as user:
        await user.press("2", "tab", "tab", "v")
        assert isinstance(user.app.focused, QuotaList)
        assert "1 h 04 of 1 h" in user.screen_text()
        await user.press("v")
        assert isinstance(user.app.focused, QuotaPicture)


async def test_the_numbers_of_a_day_stand_under_a_narrow_calendar(
    drive: Drive, morning: Morning
) -> None:
    async with drive(NARROW) as user:
        await to_calendar(user)
        text = await user.see("left")
        assert "Tuesday 17 November 2026" in text
        assert "1 h 04 of 1 h" in text


async def test_the_review_goes_from_week_to_week_and_to_months(
    drive: Drive, morning: Morning
) -> None:
    async with drive() as user:
        await user.press("2", "r")
        assert "Monday 23 November 2026 to Sunday 29 November 2026" in user.screen_text()
        assert "not over yet" in user.screen_text()
        text = await user.see("left", "left")
        assert "Monday 9 November 2026" in text
        assert "Thu 12 Nov" in text
        assert "no reason noted" in text
        await user.press("m")
        assert "Review: November 2026" in user.screen_text()
        await user.press("right")
        assert "Review: November 2026" in user.screen_text()
        await user.press("w", "escape")
        assert not isinstance(user.app.screen, ReviewScreen)


async def test_what_was_done_on_today_is_there_when_progress_comes_to_the_front(
    drive: Drive, morning: Morning
) -> None:
    async with drive() as user:
        await user.press("2", "1", "up", "space", "2")
        assert "3 things still due today" in user.screen_text()
        await user.press("u", "1")
        assert "1 of 3 done" in user.screen_text()


async def test_a_change_by_another_process_reaches_both_views(
    drive: Drive, morning: Morning, store: Store, again: Callable[[], Store]
) -> None:
    async with drive() as user:
        await user.press("2")
        again().entries.untick(morning.film)
        await user.follow()
        assert "3 things still due today" in user.screen_text()
        await user.press("1")
        assert "0 of 3 done" in user.screen_text()


async def test_the_boundary_passes_while_progress_is_in_front(
    drive: Drive, morning: Morning, clock: SetClock
) -> None:
    async with drive() as user:
        await user.press("2")
        clock.set(datetime(2026, 11, 25, 4, 0))
        await user.follow()
        assert "Wednesday 25 November 2026" in user.screen_text()
        assert "0-day streak" in user.screen_text()


async def test_a_running_timer_is_seen_while_progress_is_in_front(
    drive: Drive, morning: Morning, store: Store, clock: SetClock
) -> None:
    async with drive() as user:
        await user.press("c", "2")
        today = user.app._screen_stacks["today"][0]
        assert isinstance(today, TodayScreen)
        for _ in range(10):
            clock.pass_by(seconds=30)
            today.follow()
            await user.pilot.pause()
        assert store.timer.last_seen() == clock.now()
        await user.press("1")
        assert isinstance(user.app.screen, TodayScreen)
        assert "5:00" in user.screen_text()


async def test_with_nothing_promised_the_view_opens_and_its_keys_do_no_harm(
    drive: Drive, store: Store
) -> None:
    async with drive(NARROW) as user:
        await user.press("escape", "2")
        assert "0-day streak" in user.screen_text()
        for _ in range(8):
            await user.press("left", "right", "up", "down", "w", "m", "n", "O", "u", "U", "tab")
        await user.press("left_square_bracket", "right_square_bracket", "v", "r", "escape")
        assert isinstance(user.app.screen, ProgressScreen)


@pytest.mark.parametrize("size", [(40, 12), (80, 24), (120, 24), (200, 60)])
async def test_any_size_of_terminal_is_drawn(
    drive: Drive, morning: Morning, size: tuple[int, int]
) -> None:
    async with drive(size) as user:
        await user.press("2")
        for _ in range(7):
            await user.press("tab", "w")
        await user.press("r", "escape")
        assert "STREAKS" in user.screen_text()


@pytest.mark.parametrize("name", NAMES)
async def test_a_hostile_name_is_shown_as_itself_in_progress(
    drive: Drive, store: Store, clock: SetClock, name: str
) -> None:
    clock.set(datetime(2026, 11, 20, 9, 0))
    activity = store.activities.add(name, terms(15, 2), is_sales=True)
    clock.set(datetime(2026, 11, 22, 9, 0))
    store.entries.log(NewEntry(activity.id, seconds=1800, count=2))
    clock.set(datetime(2026, 11, 24, 9, 0))
    store.progress.note_reason(name, date(2026, 11, 21))
    store.days_off.add(date(2026, 12, 24), reason=name, activity_id=activity.id)
    store.begin_use()
    async with drive(NARROW) as user:
        await user.press("2", "down")
        steps = (
            *[("tab",)] * 7,
            ("o", "escape"),
            ("r", "left", "escape"),
            ("tab", "up", "up", "up", "n", "escape"),
            ("question_mark", "escape"),
        )
        await show_name(user, name, steps)


async def test_the_review_says_of_what_today_asks_for_that_it_is_open(
    drive: Drive, store: Store
) -> None:
    follow_up = store.activities.add("Follow up", terms(30)).id
    store.entries.log(NewEntry(follow_up, seconds=600))
    async with drive() as user:
        row = next(row for row in (await user.see("2", "r")).splitlines() if "Follow up  " in row)
        assert "still open" in row
        assert "not due" not in row
