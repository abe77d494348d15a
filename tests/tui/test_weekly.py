"""Promises by the week in Today, and in the form."""

from datetime import date, datetime

import pytest

from needlemover.domain.day import Weeks
from needlemover.domain.promises.commitment import terms_on, week_terms
from needlemover.store.calls.new_entry import NewEntry
from needlemover.store.store import Store
from needlemover.tui.today.checklist import Checklist

from ..conftest import SetClock, terms, weekly
from .conftest import TODAY, Drive, Driven, Morning

MONDAY, NEXT_MONDAY = date(2026, 11, 23), date(2026, 11, 30)


def fill_week(store: Store, clock: SetClock) -> tuple[int, int]:
    """A newsletter three times and an hour of writing a week, since the beginning of the month."""
    clock.set(datetime(2026, 11, 2, 8, 0))
    letter = store.activities.add("Send a newsletter", weekly(count=3)).id
    write = store.activities.add("Write the book", weekly(60)).id
    clock.set(datetime(2026, 11, 24, 15, 40))
    for day in (2, 4, 6, 9, 10, 13, 17, 18, 19, 23):
        store.entries.tick(letter, date(2026, 11, day))
    store.entries.log(NewEntry(write, day=MONDAY, seconds=1200))
    return letter, write


@pytest.fixture
def week(store: Store, clock: SetClock, morning: Morning) -> tuple[int, int]:
    """A working morning, and two promises by the week."""
    return fill_week(store, clock)


def line_with(user: Driven, name: str) -> str:
    for line in user.screen_text().splitlines():
        if name in line and "▌" not in line:  # no message over the list
            return " ".join(line.split("│")[1].split() if "│" in line else line.split())
    raise AssertionError(f"{name} is not on the screen")


async def to_the_week(user: Driven) -> None:
    """Go down the daily ones to the first one of the week."""
    facts = user.today.query_one(Checklist).facts
    assert facts is not None
    count = len(facts.snapshot.activities)
    await user.press(*["up"] * count, *["down"] * count)


async def test_the_week_has_a_section_of_its_own_below_the_day(
    drive: Drive, week: tuple[int, int]
) -> None:
    async with drive() as user:
        lines = user.screen_text().splitlines()
        places = [
            next(y for y, line in enumerate(lines) if name in line)
            for name in ("Newsletter", "THIS WEEK", "Send a newsletter", "Write the book")
        ]
        assert places == sorted(places)
        assert "1 of 3" in line_with(user, "Send a newsletter")
        assert line_with(user, "Send a newsletter").endswith("3 w")
        assert "20 of 60 min" in line_with(user, "Write the book")
        assert "40 min to go" in line_with(user, "Write the book")


async def test_it_does_not_count_among_those_of_the_day(
    drive: Drive, week: tuple[int, int]
) -> None:
    async with drive() as user:
        assert user.checklist_names() == [
            "Film one video", "Sales conversations", "Manage the mastermind", "Newsletter",
        ]  # fmt: skip
        assert "1 of 3 done" in user.screen_text()


async def test_space_counts_one_more_also_on_the_same_day(
    drive: Drive, store: Store, week: tuple[int, int]
) -> None:
    async with drive() as user:
        await to_the_week(user)
        await user.press("space", "space")
        assert "3 of 3" in line_with(user, "Send a newsletter")
        assert line_with(user, "Send a newsletter").endswith("4 w")
        await user.press("u")
        assert "2 of 3" in line_with(user, "Send a newsletter")


async def test_space_times_the_one_of_minutes(
    drive: Drive, store: Store, clock: SetClock, week: tuple[int, int]
) -> None:
    async with drive() as user:
        await to_the_week(user)
        await user.press("down", "space")
        assert "●" in line_with(user, "Write the book")
        await user.talk(clock, 600)
        await user.press("space")
        assert "30 of 60 min" in line_with(user, "Write the book")


async def test_l_logs_for_the_one_under_the_cursor(
    drive: Drive, store: Store, week: tuple[int, int]
) -> None:
    async with drive() as user:
        await to_the_week(user)
        await user.press("down", "l")
        await user.enter("40")
        assert "60 of 60 min" in line_with(user, "Write the book")


async def test_on_the_last_day_it_is_today_or_never(
    drive: Drive, store: Store, clock: SetClock, week: tuple[int, int]
) -> None:
    clock.set(datetime(2026, 11, 29, 15, 40))
    async with drive() as user:
        assert "today or never" in user.screen_text()
        assert "NEXT  Send a newsletter" in user.screen_text()


async def test_the_cursor_walks_on_and_stays_within_at_80_by_24(
    drive: Drive, week: tuple[int, int]
) -> None:
    async with drive((80, 24)) as user:
        await user.press(*["down"] * 12)
        current = user.today.query_one(Checklist).current
        assert current is not None
        assert current.name == "Write the book"
        assert "Write the book" in user.screen_text()


async def test_ranking_moves_it_among_those_of_the_week(
    drive: Drive, store: Store, week: tuple[int, int]
) -> None:
    async with drive() as user:
        await to_the_week(user)
        await user.press("K")
        assert [item.name for item in store.activities.all()][-2:] == [
            "Send a newsletter", "Write the book",
        ]  # fmt: skip
        await user.press("J")
        assert [item.name for item in store.activities.all()][-2:] == [
            "Write the book", "Send a newsletter",
        ]  # fmt: skip
        current = user.today.query_one(Checklist).current
        assert current is not None
        assert current.name == "Send a newsletter"


async def test_ranking_passes_over_what_stands_elsewhere(drive: Drive, store: Store) -> None:
    for name, what in (("Film", terms()), ("Newsletter", weekly()), ("Events", terms())):
        store.activities.add(name, what)
    async with drive() as user:
        await user.press("down", "K")
        assert [item.name for item in store.activities.all()] == ["Events", "Film", "Newsletter"]


async def test_the_last_of_the_day_is_not_ranked_among_those_of_the_week(
    drive: Drive, store: Store
) -> None:
    for name, what in (("Film", terms()), ("Newsletter", weekly())):
        store.activities.add(name, what)
    async with drive() as user:
        await user.press("J")
        assert [item.name for item in store.activities.all()] == ["Film", "Newsletter"]


async def test_archiving_says_that_the_week_is_still_asked(
    drive: Drive, store: Store, week: tuple[int, int]
) -> None:
    async with drive() as user:
        await to_the_week(user)
        await user.press("z")
        assert any("from Mon 30 Nov" in text for text in user.messages())
        assert "1 of 3" in line_with(user, "Send a newsletter")


async def test_another_weeks_day_shows_that_week(drive: Drive, week: tuple[int, int]) -> None:
    async with drive() as user:
        await user.press("left", "left")
        assert "THAT WEEK" in user.screen_text()
        assert "3 of 3" in line_with(user, "Send a newsletter")


async def test_weekly_is_typed_where_the_weekdays_are(drive: Drive, store: Store) -> None:
    store.activities.add("Film", terms())
    async with drive() as user:
        await user.press("a")
        await user.type("Webinar")
        await user.press("tab", "tab", "tab")
        await user.type("2")
        await user.press("tab", "tab")
        assert "a day: conv" in user.screen_text()
        await user.press("ctrl+u")
        await user.type("weekly")
        assert "a week: conv" in user.screen_text()
        await user.press("enter")
        assert "0 of 2" in line_with(user, "Webinar")
    assert terms_on(store.activities.find("webinar").timeline, TODAY) == weekly(count=2)


async def test_the_form_says_from_when_an_easier_week_holds(
    drive: Drive, store: Store, week: tuple[int, int]
) -> None:
    async with drive() as user:
        await to_the_week(user)
        await user.press("e", "tab", "tab", "tab", "ctrl+u")
        await user.type("2")
        assert "this week's promise, so it holds from Mon 30 Nov" in user.screen_text()
        await user.press("enter")
    timeline = store.activities.find("send").timeline
    assert week_terms(timeline, Weeks().of(MONDAY)) == weekly(count=3)
    assert week_terms(timeline, Weeks().of(NEXT_MONDAY)) == weekly(count=2)


async def test_progress_counts_a_promise_by_the_week_in_weeks(
    drive: Drive, week: tuple[int, int]
) -> None:
    async with drive() as user:
        await user.press("2")
        assert "Send a newsletter 3 w 3 w 1/1 3/3 3/3" in line_with(user, "Send a newsletter")
        text = await user.see(*["down"] * 5)
        assert "3 times   a week" in text
        assert "met 3 of 3 weeks (100 %)" in text
        assert "3 w  since 2 Nov 2026" in text
        assert "• done, not due" in text


async def test_a_review_tells_what_was_promised_by_the_week(
    drive: Drive, week: tuple[int, int]
) -> None:
    async with drive() as user:
        text = await user.see("2", "r", "left")
        assert "Review: Monday 16 November 2026 to Sunday 22 November 2026" in text
        assert "By the week" in text
        assert "Mon 16 Nov to Sun 22 Nov: 0 of 60 min" in text
