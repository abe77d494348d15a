"""What is typed is kept until its owner throws it away, and only what was changed is saved."""

from datetime import date, timedelta

import pytest

from needlemover.domain.calls.entry import Outcome
from needlemover.domain.promises.commitment import EVERY_DAY
from needlemover.store.calls.new_entry import NewEntry
from needlemover.store.store import Store
from needlemover.text.parse import values
from needlemover.tui.calls.day_log import DayLog
from needlemover.tui.kit.dialog import Dialog
from needlemover.tui.kit.form import Form

from ..conftest import terms
from .conftest import Drive, Driven, Morning
from .hands import Hands
from .test_forms import typed_in
from .test_waiting import held_by_another

THROW_AWAY = "Esc again throws away what you typed."


async def go_to(user: Driven, key: str) -> None:
    """Go with Tab to a field."""
    for _ in range(30):
        if user.app.focused is not None and user.app.focused.id == key:
            return
        await user.press("tab")
    raise AssertionError(f"There is no field {key}.")


async def edit_last(user: Driven) -> None:
    """Open the form of the last entry of the log."""
    user.today.query_one(DayLog).focus()
    await user.press("e")


async def test_a_note_typed_at_hang_up_survives_escape(
    drive: Drive, morning: Morning, store: Store
) -> None:
    before = len(store.day().entries)
    async with drive() as user:
        await user.press("c", "c", "n")
        await user.type("sign-off")
        await user.press("escape")
        assert not isinstance(user.app.screen, Dialog)
        await user.press("c", "n")
        assert typed_in(user, "note") == "sign-off"
        await user.type(" by Ana")  # goes on where it ended
        await user.press("escape", "c", "enter")
    assert [entry.note for entry in store.day().entries[before:]] == ["sign-off by Ana"]


async def test_a_note_typed_at_hang_up_survives_a_crash_and_undo(
    drive: Drive, morning: Morning, store: Store
) -> None:
    async with drive() as user:
        await user.press("c", "c", "n")
        await user.type("sign-off")
    async with drive() as user:  # opened again
        await user.press("c", "n")
        assert typed_in(user, "note") == "sign-off"
        await user.press("escape", "x", "u", "x")
    entry = store.day().entries[-1]
    assert (entry.outcome, entry.note) == (Outcome.NO_ANSWER, "sign-off")


async def test_escape_asks_where_the_note_could_not_be_kept(
    drive: Drive, morning: Morning, store: Store
) -> None:
    async with drive() as user:
        await user.press("c", "c", "n")
        with held_by_another(store.path):
            await user.type("sign-off")
            assert THROW_AWAY in await user.see("escape")
        await user.press("s", "backspace", "escape")
        assert not isinstance(user.app.screen, Dialog)
    running = store.timer.running()
    assert running is not None
    assert running.draft == "sign-off"


async def test_a_note_can_be_emptied_again(drive: Drive, morning: Morning, store: Store) -> None:
    async with drive() as user:
        await user.press("c", "c", "n")
        await user.type("no")
        await user.press("escape", "c", "n", "ctrl+u", "enter")
    assert store.day().entries[-1].note == ""


async def test_escape_asks_before_what_was_typed_is_thrown_away(
    drive: Drive, morning: Morning, store: Store
) -> None:
    before = len(store.day().entries)
    async with drive() as user:
        await user.press("c", "c", "w")
        await user.type("Ana")
        assert THROW_AWAY in await user.see("escape")
        assert typed_in(user, "contact") == "Ana"
        await user.type(" Bo")
        assert THROW_AWAY not in user.screen_text()
        assert THROW_AWAY in await user.see("escape")
        await user.press("enter")
    assert [entry.contact for entry in store.day().entries[before:]] == ["Ana Bo"]


async def test_the_second_escape_throws_away_what_was_typed(
    drive: Drive, morning: Morning, store: Store
) -> None:
    before = store.day().entries
    async with drive() as user:
        await user.press("l", "7", "escape")
        assert isinstance(user.app.screen, Form)
        await user.press("escape")
        assert not isinstance(user.app.screen, Dialog)
    assert store.day().entries == before


@pytest.mark.parametrize("key", ["l", "a", "dollar_sign", "e", "p"])
async def test_escape_closes_at_once_where_nothing_was_typed(
    drive: Drive, morning: Morning, key: str
) -> None:
    async with drive() as user:
        await user.press(key)
        assert isinstance(user.app.screen, Form)
        await user.press("escape")
        assert not isinstance(user.app.screen, Form)


@pytest.mark.parametrize("key", ["l", "a", "dollar_sign", "e", "p", "s"])
async def test_every_form_asks_before_it_throws_away(
    drive: Drive, morning: Morning, store: Store, key: str
) -> None:
    store.entries.log(NewEntry(morning.sales, outcome=Outcome.ASKED, contact="Bob"))
    async with drive() as user:
        await user.press(key, *(["dollar_sign"] if key == "s" else []), "7")
        assert THROW_AWAY in await user.see("escape")
        assert isinstance(user.app.screen, Dialog)


async def test_a_choice_is_not_typed_and_thrown_away_at_once(
    drive: Drive, morning: Morning
) -> None:
    async with drive() as user:
        await user.press("l")
        await go_to(user, "outcome")
        await user.press("right", "escape")
        assert not isinstance(user.app.screen, Form)
        await user.press("space", "down", "escape")
        assert not isinstance(user.app.screen, Form)


async def test_a_name_given_while_the_question_stands_is_kept_by_the_answer(
    drive: Drive, morning: Morning, store: Store
) -> None:
    async with drive() as user:
        await user.press("c", "c")
        store.timer.name_contact("Ana")  # as by the form that was opened just before
        await user.press("enter")
    assert store.day().entries[-1].contact == "Ana"


async def test_a_name_given_meanwhile_is_kept_by_the_form_of_the_outcome_too(
    drive: Drive, morning: Morning, store: Store
) -> None:
    async with drive() as user:
        await user.press("c", "c", "n")
        store.timer.name_contact("Ana")
        await user.enter("signed")
    entry = store.day().entries[-1]
    assert (entry.contact, entry.note) == ("Ana", "signed")


async def test_a_name_typed_just_before_hang_up_is_kept(
    drive: Drive, morning: Morning, store: Store
) -> None:
    async with drive() as user:
        await user.press("c")
        await Hands(user.app).press("c", "e", *"Ana", "enter", "enter", at_once=True)
    entry = store.day().entries[-1]
    assert (entry.outcome, entry.contact) == (Outcome.TALKED, "Ana")


async def test_what_stands_in_a_field_is_selected_when_it_gets_the_focus(
    drive: Drive, morning: Morning, store: Store
) -> None:
    async with drive() as user:
        await user.press("e")
        await user.type("Record loom")
        assert typed_in(user, "name") == "Record loom"
        await go_to(user, "rank")
        await user.enter("3")
    assert store.activities.all()[2].name == "Record loom"


async def test_what_is_pasted_takes_the_place_of_what_is_selected(
    drive: Drive, morning: Morning
) -> None:
    async with drive() as user:
        await user.press("e")
        await Hands(user.app).paste("Record\nloom\x1b")
        assert typed_in(user, "name") == "Record loom␛"


async def test_the_key_to_the_end_adds_to_what_stands_there(drive: Drive, morning: Morning) -> None:
    async with drive() as user:
        await user.press("up", "e", "end")
        await user.type(" more")
        assert typed_in(user, "name") == "Film one video more"


async def test_keys_of_one_packet_go_to_the_field_that_tab_has_reached(
    drive: Drive, morning: Morning
) -> None:
    async with drive() as user:
        await user.press("l")
        await Hands(user.app).press("7", "tab", *"Bob", at_once=True)
        assert (typed_in(user, "seconds"), typed_in(user, "contact")) == ("7", "Bob")


async def test_a_new_name_of_an_imported_activity_promises_nothing(
    drive: Drive, store: Store
) -> None:
    imported = store.activities.add("Calls", None)
    async with drive() as user:
        await user.press("e")
        await user.enter("Phone")
    assert [(item.id, item.name, item.timeline) for item in store.activities.all()] == [
        (imported.id, "Phone", ())
    ]


async def test_the_days_of_an_imported_activity_promise_it(drive: Drive, store: Store) -> None:
    store.activities.add("Calls", None)
    async with drive() as user:
        await user.press("e")
        await go_to(user, "days")
        await user.enter("daily")
    promised = store.activities.all()[0].timeline[-1].terms
    assert promised == terms(days=EVERY_DAY)


async def test_the_name_of_a_habit_of_12000_steps_can_be_edited(drive: Drive, store: Store) -> None:
    store.activities.add("Steps", terms(count=12_000))
    before = store.activities.all()[0].timeline
    async with drive() as user:
        await user.press("e")
        await user.enter("Walk")
        assert not isinstance(user.app.screen, Form), user.screen_text()
    assert [(item.name, item.timeline) for item in store.activities.all()] == [("Walk", before)]


async def test_the_note_of_an_import_beyond_all_limits_can_be_edited(
    drive: Drive, morning: Morning, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.entries.log(NewEntry(morning.film, seconds=30 * 3600, count=12_000, contact="Ana Bo"))
    monkeypatch.setattr(values, "LONGEST_NAME", 5)
    async with drive() as user:
        await edit_last(user)
        await go_to(user, "note")
        await user.enter("two days")
        assert not isinstance(user.app.screen, Form), user.screen_text()
    entry = store.day().entries[-1]
    assert (entry.seconds, entry.count, entry.contact) == (30 * 3600, 12_000, "Ana Bo")
    assert entry.note == "two days"


async def test_what_is_typed_is_checked_against_the_limits(
    drive: Drive, morning: Morning, store: Store
) -> None:
    store.entries.log(NewEntry(morning.film, seconds=30 * 3600))
    async with drive() as user:
        await edit_last(user)
        assert "is more than 24 hours" in await user.see(*"29h", "enter")


async def test_what_another_terminal_changes_meanwhile_stays(
    drive: Drive, morning: Morning, store: Store
) -> None:
    async with drive() as user:
        await edit_last(user)
        store.entries.edit(store.day().entries[-1].id, contact="Ana", seconds=60)
        await go_to(user, "note")
        await user.enter("signed")
    entry = store.day().entries[-1]
    assert (entry.contact, entry.seconds, entry.note) == ("Ana", 60, "signed")


async def test_an_entry_moved_to_another_day_keeps_its_time_of_day(
    drive: Drive, morning: Morning, store: Store
) -> None:
    before = store.day().entries[-1]
    async with drive() as user:
        await edit_last(user)
        await go_to(user, "day")
        await user.enter("yesterday")
    moved = {entry.id: entry for entry in store.day(date(2026, 11, 23)).entries}[before.id]
    assert before.started_at is not None
    assert moved.started_at == before.started_at - timedelta(days=1)


async def test_what_is_wrong_is_in_sight_in_a_small_window(drive: Drive, morning: Morning) -> None:
    async with drive(size=(40, 12)) as user:
        await user.press("l")
        await user.type("later")
        assert "“later” is not a" in await user.see("enter")
        await user.press("escape")
        assert "Esc again throws" in user.screen_text()
