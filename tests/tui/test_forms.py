"""What all forms do: they read what was typed, say what is wrong, and lose nothing."""

from datetime import time

import pytest
from textual import events

from needlemover.domain.calls.entry import Outcome
from needlemover.store.store import Store
from needlemover.tui.kit.form import Form

from ..conftest import SetClock
from .conftest import TODAY, Drive, Driven, Morning


def typed_in(user: Driven, key: str) -> str:
    """What stands in a field of the form in front."""
    value: str = user.app.screen.query_one(f"#{key}").value  # type: ignore[attr-defined]
    return value


async def test_a_form_says_what_is_wrong_and_goes_to_that_field(
    drive: Drive, morning: Morning, store: Store
) -> None:
    async with drive() as user:
        await user.press("l")
        await user.type("12")
        await user.press("tab")
        await user.type("Ana")
        user.app.screen.query_one("#count").focus()
        await user.press("backspace")
        await user.type("many")
        user.app.screen.query_one("#note").focus()
        assert "“many” cannot be read: type a whole number from" in await user.see("enter")
        assert user.app.focused is not None
        assert user.app.focused.id == "count"
        assert (typed_in(user, "seconds"), typed_in(user, "contact")) == ("12", "Ana")
        await user.press(*["backspace"] * 4)
        await user.enter("2")
        assert not isinstance(user.app.screen, Form)
    entry = store.day(TODAY).entries[-1]
    assert (entry.seconds, entry.contact, entry.count) == (720, "Ana", 2)


async def test_what_the_store_refuses_is_said_in_the_form_and_nothing_typed_is_lost(
    drive: Drive, morning: Morning, store: Store, clock: SetClock
) -> None:
    before = store.day(TODAY).entries
    async with drive() as user:
        await user.press("l")
        await user.type("12")
        user.app.screen.query_one("#at").focus()
        await user.type("23:00")
        assert "The start is still to come" in await user.see("enter")
        assert isinstance(user.app.screen, Form)
        assert (typed_in(user, "seconds"), typed_in(user, "at")) == ("12", "23:00")
        await user.press("escape")
    assert store.day(TODAY).entries == before


async def test_a_number_chooses_the_outcome_in_the_form_of_an_entry(
    drive: Drive, morning: Morning, store: Store
) -> None:
    async with drive() as user:
        for number, outcome in enumerate(Outcome, start=1):
            await user.press("l")
            await user.type("12")
            user.app.screen.query_one("#outcome").focus()
            await user.press(str(number), "enter")
            assert store.day(TODAY).entries[-1].outcome is outcome
            assert user.app.screen is user.today


async def test_the_outcome_is_asked_only_of_a_sales_activity(
    drive: Drive, morning: Morning, store: Store
) -> None:
    async with drive() as user:
        assert "Outcome" not in await user.see("up", "l")  # of the film, which is done
        user.app.screen.query_one("#activity_id").focus()
        assert "Outcome         ‹ talked ›" in await user.see("right")
        assert "Outcome" not in await user.see("left")
        await user.press("escape", "down")
        assert "Outcome         ‹ talked ›" in await user.see("l")


async def test_a_start_is_typed_into_the_form_and_taken_out_of_it(
    drive: Drive, morning: Morning, store: Store
) -> None:
    async with drive() as user:
        await user.press("a")
        await user.type("Plan")
        await user.press(*["tab"] * 6)
        await user.enter("8:30")
        (plan,) = (item for item in store.activities.all() if item.name == "Plan")
        assert plan.starts_at == time(8, 30)
        await user.press(*["down"] * len(store.activities.all()[1:]), "e", *["tab"] * 6)
        assert "Starts at       08:30" in user.screen_text()
        await user.press(*["backspace"] * 5, "enter")
    assert store.activities.all()[-1].starts_at is None


async def test_a_day_has_24_hours_but_a_week_has_more(
    drive: Drive, morning: Morning, store: Store
) -> None:
    async with drive() as user:
        await user.press("a")
        await user.type("Sleep")
        await user.press("tab", "tab")
        await user.enter("30 h")
        assert "A day has 24 hours" in user.screen_text()
        assert user.app.focused is not None
        assert user.app.focused.id == "seconds"
        days = user.app.screen.query_one("#days")
        days.value = "weekly"  # type: ignore[attr-defined]
        await user.press("enter")
    sleep = store.activities.all()[-1]
    promised = sleep.timeline[-1].terms
    assert promised is not None
    assert (promised.seconds, promised.weekly) == (30 * 3600, True)


@pytest.mark.parametrize("name", ["👩‍🔧 Workshop", "می‌خواهم"])
async def test_a_joiner_that_is_typed_is_kept_as_one_that_is_pasted(
    drive: Drive, morning: Morning, store: Store, name: str
) -> None:
    async with drive() as user:
        await user.press("l", "1", "2", "tab")
        for letter in name:
            user.app.post_message(events.Key("space" if letter == " " else "x", letter))
            await user.pilot.pause()
        await user.press("enter", "l", "3", "tab")
        assert user.app.focused is not None
        user.app.focused.post_message(events.Paste(name))
        await user.pilot.pause()
        await user.press("enter")
    assert [item.contact for item in store.entries.with_contact(name)] == [name, name]


async def test_a_length_in_two_parts_and_one_that_may_be_a_slip_are_asked_about(
    drive: Drive, morning: Morning, store: Store
) -> None:
    before = len(store.day().entries)
    async with drive() as user:
        await user.press("l")
        await user.enter("7:10")
        assert "“7:10” can be read in two ways: type 7m10, or 7h10." in user.screen_text()
        await user.press(*["backspace"] * 4)
        await user.enter("12h")
        assert "12 h is longer than there was time for (11 h 40)" in user.screen_text()
        assert len(store.day().entries) == before
        await user.press("enter")
    assert 12 * 3600 in [entry.seconds for entry in store.day().entries]


async def test_the_outcome_dialog_asks_about_a_length_that_may_be_a_slip(
    drive: Drive, morning: Morning, store: Store
) -> None:
    before = len(store.day().entries)
    async with drive() as user:
        await user.press("space", "m")
        await user.enter("3h")
        assert "3 h is long for a call (over 2 h)" in user.screen_text()
        assert len(store.day().entries) == before
        await user.press("enter")
    assert 3 * 3600 in [entry.seconds for entry in store.day().entries]
