"""First opening, a new day, and days that were missed."""

from datetime import date, datetime, time

import pytest
from textual.widgets import Static

from needlemover.domain.promises.commitment import terms_on
from needlemover.domain.promises.status import Status
from needlemover.store.store import Store
from needlemover.tui.kit.dialog import Dialog
from needlemover.tui.kit.form import Form

from ..conftest import SetClock, terms
from .conftest import TODAY, Drive, Driven, Morning


def title(user: Driven) -> str:
    """Of the form that is open; empty: none is."""
    return user.app.screen.title_text if isinstance(user.app.screen, Dialog) else ""


async def test_the_first_opening_proposes_three_and_enter_takes_them(
    drive: Drive, store: Store
) -> None:
    async with drive() as user:
        assert title(user) == "The few things that make the money"
        await user.press("enter")
        assert "Sales conversations" in user.screen_text()
    first, *rest = store.activities.all()
    assert first.is_sales
    assert len(rest) == 2
    quota = terms_on(first.timeline, TODAY)
    assert quota is not None
    assert quota.seconds == 15 * 60
    assert quota.weekdays == frozenset(range(5))


@pytest.mark.parametrize("size", [(80, 24), (100, 30), (120, 40), (160, 50)])
async def test_all_that_was_promised_at_first_is_in_sight(
    drive: Drive, store: Store, size: tuple[int, int]
) -> None:
    async with drive(size) as user:
        text = await user.see("enter", "escape")
        assert "of 15 min" in text
        assert all(f" {item.name} " in text for item in store.activities.all())
        store.activities.add("Ask for referrals", terms())
        await user.follow()
        assert " Ask for referrals " in user.screen_text()


async def test_the_first_promises_can_be_edited_and_are_one_step_to_undo(
    drive: Drive, store: Store
) -> None:
    async with drive() as user:
        await user.press("end", *["backspace"] * 30)
        await user.type("Calls")
        await user.pilot.click("#currency")
        await user.press("end", *["backspace"] * 3)
        await user.enter("eur")
        assert store.settings.currency == "EUR"
        assert store.activities.all()[0].name == "Calls"
        await user.press("escape", "u")  # no calls from before
        assert store.activities.all(archived=True) == ()


@pytest.mark.parametrize(
    ("typed", "seconds", "count"),
    [
        ("10 conversations", None, 10),
        ("1 conversation", None, 1),
        ("10 talks", None, 10),
        ("45", 45 * 60, None),
        ("1 h and 10 calls", 3600, 10),
        ("", None, None),
    ],
)
async def test_the_first_promises_take_minutes_and_conversations(
    drive: Drive, store: Store, typed: str, seconds: int | None, count: int | None
) -> None:
    async with drive() as user:
        user.app.screen.query_one("#much1").focus()
        await user.press(*["backspace"] * 6)
        await user.enter(typed)
    quota = terms_on(store.activities.all()[0].timeline, TODAY)
    assert quota is not None
    assert (quota.seconds, quota.count) == (seconds, count)


async def test_every_day_says_that_weekends_are_too(
    drive: Drive, store: Store, morning: Morning
) -> None:
    async with drive() as user:
        await user.press("a")
        user.app.screen.query_one("#days").focus()
        await user.press("end", *["backspace"] * 7)
        await user.type("dail")
        assert "weekends too" not in user.screen_text()
        await user.type("y")
        assert "weekends too" in user.screen_text()


async def test_every_day_says_so_at_the_first_opening_too(drive: Drive, store: Store) -> None:
    async with drive() as user:
        user.app.screen.query_one("#days2").focus()
        await user.press("end", *["backspace"] * 7)
        await user.type("daily")
        assert "Film one video: weekends too" in user.screen_text()


async def test_a_wrong_currency_is_said_and_nothing_is_done_by_half(
    drive: Drive, store: Store
) -> None:
    async with drive() as user:
        await user.pilot.click("#currency")
        await user.enter("x")
        assert "is not a currency" in user.screen_text()
        assert store.activities.all() == ()


async def test_a_first_promise_may_name_when_it_starts(drive: Drive, store: Store) -> None:
    async with drive() as user:
        user.app.screen.query_one("#starts_at1").focus()
        await user.enter("9:00")
    assert [item.starts_at for item in store.activities.all()] == [time(9), None, None]


async def test_skipping_the_first_opening_says_which_key_to_press(
    drive: Drive, store: Store
) -> None:
    async with drive() as user:
        await user.press("escape")
        assert "a adds a non-negotiable" in user.screen_text()
        await user.press("c")
        assert any("a adds one" in message for message in user.messages())
        await user.press("space", "x", "e", "escape", "K", "z", "u", "U", "left", "right", "l")
    assert store.activities.all() == ()


SLIPPED = "Tuesday slipped: Sales conversations, Manage the mastermind."


async def test_missed_days_are_offered_once_with_the_first_key_of_a_new_day(
    drive: Drive, morning: Morning, store: Store, clock: SetClock
) -> None:
    clock.set(datetime(2026, 11, 25, 8, 0))
    async with drive() as user:
        await user.press("down")
        assert title(user) == SLIPPED
        assert str(user.app.screen.query_one(".note", Static).content) == (
            "Today is won by Film one video, Sales conversations (1 h · 10 conversations), "
            "Manage the mastermind (30 min) and Newsletter."
        )
        await user.press("l")
        assert title(user) == "Did it and forgot to log?"
        text = user.screen_text()
        assert "Tue 24 Nov" in text
        assert "Manage the mastermind" in text
        assert "Film one video" in text.split("Did it and forgot")[0]
        await user.press("escape", "down", "up")
        assert title(user) == ""
    async with drive() as user:
        await user.press("down")
        assert title(user) == ""


async def test_what_is_told_of_a_missed_day_goes_in_with_its_own_day(
    drive: Drive, morning: Morning, store: Store, clock: SetClock
) -> None:
    clock.set(datetime(2026, 11, 25, 8, 0))
    async with drive() as user:
        await user.press("down", "l")
        fields = user.app.screen.query("TextInput")
        fields[0].focus()
        await user.type("30")
        fields[1].focus()
        await user.type("9")
        fields[2].focus()
        await user.enter("40")
    day = store.day(TODAY)
    assert day.status is Status.WON
    assert all(entry.late for entry in day.entries[-2:])


async def test_a_day_that_begins_with_a_call_asks_after_it_and_one_key_notes_why(
    drive: Drive, morning: Morning, store: Store, clock: SetClock
) -> None:
    clock.set(datetime(2026, 11, 25, 8, 0))
    async with drive() as user:
        await user.press("c")
        assert title(user) == ""
        await user.press("x")
        assert title(user) == SLIPPED
        await user.press("w")
        await user.enter("Trade fair")
    assert store.progress.record().reasons == {TODAY: "Trade fair"}


async def test_one_key_says_that_you_were_away_and_undo_takes_it_back(
    drive: Drive, morning: Morning, store: Store, clock: SetClock
) -> None:
    clock.set(datetime(2026, 11, 27, 8, 0))
    async with drive() as user:
        await user.press("down")
        assert title(user) == "3 days slipped, the last on Thursday."
        await user.press("a")
        assert title(user) == ""
        (off,) = store.days_off.all()
        assert (off.start.day, off.end.day, off.reason) == (25, 26, "away")
        assert off.said_afterwards
        await user.press("u")
    assert store.days_off.all() == ()


async def test_after_more_than_a_week_it_opens_with_that_question(
    drive: Drive, morning: Morning, clock: SetClock
) -> None:
    clock.set(datetime(2026, 12, 2, 8, 0))
    async with drive() as user:
        assert title(user) == "6 days slipped, the last on Tuesday."
        await user.press("escape")
        assert title(user) == ""


async def test_after_a_week_it_still_waits_for_a_key(
    drive: Drive, morning: Morning, clock: SetClock
) -> None:
    clock.set(datetime(2026, 12, 1, 8, 0))
    async with drive() as user:
        assert title(user) == ""
        await user.press("down")
        assert title(user) == "5 days slipped, the last on Monday."


async def test_the_boundary_passes_and_today_moves_on_by_itself(
    drive: Drive, morning: Morning, store: Store, clock: SetClock
) -> None:
    async with drive() as user:
        clock.set(datetime(2026, 11, 25, 3, 59))
        await user.follow()
        assert "Tuesday 24 November 2026" in user.screen_text()
        clock.set(datetime(2026, 11, 25, 4, 0))
        await user.follow()
        assert "Wednesday 25 November 2026" in user.screen_text()


async def test_a_zone_that_can_no_longer_be_read_is_told_once(
    drive: Drive, morning: Morning, clock: SetClock
) -> None:
    async with drive() as user:
        clock.complaints.append("The time zone (/etc/localtime) cannot be read.")
        await user.follow()
        await user.follow()
        assert user.messages().count("The time zone (/etc/localtime) cannot be read.") == 1


async def test_a_past_day_that_is_open_stays_when_the_boundary_passes(
    drive: Drive, morning: Morning, store: Store, clock: SetClock
) -> None:
    async with drive() as user:
        await user.press("left")
        clock.set(datetime(2026, 11, 25, 4, 0))
        await user.follow()
        assert "Monday 23 November 2026" in user.screen_text()


async def test_a_dialog_that_is_open_keeps_its_day_when_the_boundary_passes(
    drive: Drive, morning: Morning, store: Store, clock: SetClock
) -> None:
    clock.set(datetime(2026, 11, 25, 3, 59))
    async with drive() as user:
        await user.press("l")
        await user.type("12")
        clock.set(datetime(2026, 11, 25, 4, 1))
        await user.follow()
        assert isinstance(user.app.screen, Form)
        await user.press("enter")
    assert [entry.seconds for entry in store.day(TODAY).entries][-1] == 720
    assert store.day(date(2026, 11, 25)).entries == ()


async def test_a_won_day_is_said_once(drive: Drive, morning: Morning, store: Store) -> None:
    async with drive() as user:
        for minutes, place in (("60", 1), ("30", 2)):
            await user.press(*["up"] * 4, *["down"] * place, "l")
            await user.type(minutes)
            if place == 1:
                await user.pilot.click("#count")
                await user.press("end", "backspace")
                await user.type("10")
            await user.press("enter")
        assert store.day().status is Status.WON
        assert "won at " in user.screen_text()
        assert [message for message in user.messages() if message.startswith("Day won")]


async def test_the_days_that_are_off_afterwards_are_named_as_they_are(
    drive: Drive, morning: Morning, store: Store, clock: SetClock
) -> None:
    clock.set(datetime(2026, 11, 26, 17, 0))
    store.entries.tick(morning.film)
    clock.set(datetime(2026, 11, 30, 8, 0))
    async with drive() as user:
        await user.press("down", "a")
        assert user.messages() == [
            "Off: 25 Nov 2026, 27 Nov – 29 Nov 2026; u takes it back.",
        ]
        await user.press("u")
        assert user.messages()[-1] == "Undone: Took 25 Nov 2026, 27 Nov – 29 Nov 2026 off"
        assert store.days_off.all() == ()


async def test_after_a_year_all_of_it_slipped_and_all_of_it_was_away(
    drive: Drive, morning: Morning, store: Store, clock: SetClock
) -> None:
    # From Tuesday 24 November 2026, which was used, to Monday 29 November 2027: 370 days.
    clock.set(datetime(2027, 11, 29, 8, 0))
    async with drive() as user:
        assert title(user) == "264 days slipped, the last on Friday."
        await user.press("a")
    (off,) = store.days_off.all()
    assert (off.start, off.end) == (date(2026, 11, 25), date(2027, 11, 28))


@pytest.mark.parametrize("letters", [25, 500])
async def test_the_keys_of_the_question_stay_in_sight_under_long_names(
    drive: Drive, store: Store, clock: SetClock, letters: int
) -> None:
    clock.set(datetime(2026, 11, 20, 8, 0))
    for letter in "ABC":
        store.activities.add(letter * letters, terms(30, 5))
    clock.set(datetime(2026, 11, 23, 8, 0))
    store.begin_use()
    clock.set(datetime(2026, 11, 24, 8, 0))
    async with drive((80, 14)) as user:
        await user.press("down")
        text = user.screen_text()
        assert f"Monday slipped: {'A' * 23}…, " in text
        assert "Esc  Go on" in text


@pytest.mark.parametrize("size", [(40, 24), (45, 40)])
async def test_in_a_narrow_window_what_is_proposed_and_what_is_said_can_be_read(
    drive: Drive, size: tuple[int, int]
) -> None:
    async with drive(size) as user:
        assert "Film one video" in user.screen_text()
        text = await user.see("escape")
        assert "a adds a" in text
        assert "non-negotiable." in text
