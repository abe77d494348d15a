"""Calls on the Today screen."""

from datetime import date, datetime

import pytest

from needlemover.domain.calls.entry import Outcome
from needlemover.store.calls.new_entry import NewEntry
from needlemover.store.store import Store
from needlemover.tui.calls.day_log import DayLog
from needlemover.tui.kit.dialog import Question
from needlemover.tui.kit.form import Form

from ..conftest import SetClock
from .conftest import TODAY, Drive, Morning
from .hands import Hands


async def test_c_c_enter_is_a_logged_conversation(
    drive: Drive, morning: Morning, store: Store, clock: SetClock
) -> None:
    async with drive() as user:
        await user.press("c")
        running = store.timer.running()
        assert running is not None
        assert running.activity_id == morning.sales
        await user.talk(clock, 725)
        await user.press("c")
        assert user.today.query_one(DayLog).is_asking
        await user.press("enter")
    entry = store.day().entries[-1]
    assert (entry.outcome, entry.seconds) == (Outcome.TALKED, 725)
    assert store.timer.running() is None


async def test_the_length_of_a_call_is_taken_when_it_is_hung_up_not_when_the_outcome_is_given(
    drive: Drive, morning: Morning, store: Store, clock: SetClock
) -> None:
    async with drive() as user:
        await user.press("c")
        await user.talk(clock, 300)
        await user.press("c")
        clock.pass_by(minutes=3)
        await user.press("enter")
    assert store.day().entries[-1].seconds == 300


async def test_each_number_is_an_outcome(
    drive: Drive, morning: Morning, store: Store, clock: SetClock
) -> None:
    async with drive() as user:
        for number in range(1, 9):
            await user.press("c")
            clock.pass_by(minutes=1)
            await user.press("c", str(number))
            if number == 7:
                await user.press("enter")  # won, without money yet
    assert [entry.outcome for entry in store.day().entries[-8:]] == list(Outcome)


async def test_contact_and_amount_can_be_added_to_the_outcome(
    drive: Drive, morning: Morning, store: Store, clock: SetClock
) -> None:
    async with drive() as user:
        await user.press("c")
        await user.talk(clock, 120)
        await user.press("c", "w")
        await user.type("Zeta")
        await user.press("tab")
        await user.type("1200.50")
        await user.press("shift+tab", "shift+tab", "7")
    entry = store.day().entries[-1]
    assert (entry.contact, entry.amount) == ("Zeta", 120_050)


async def test_an_amount_that_is_none_is_said_in_the_dialog_and_nothing_is_lost(
    drive: Drive, morning: Morning, store: Store, clock: SetClock
) -> None:
    async with drive() as user:
        await user.press("c")
        await user.talk(clock, 120)
        await user.press("c", "dollar_sign")
        await user.enter("lots")
        assert isinstance(user.app.screen, Form)
        assert "not an amount of money" in user.screen_text()
        assert store.timer.running() is not None


async def test_going_back_from_the_outcome_lets_the_call_run_on(
    drive: Drive, morning: Morning, store: Store
) -> None:
    async with drive() as user:
        await user.press("c", "c", "escape")
        assert store.timer.running() is not None
        assert "talking to" in user.screen_text()


async def test_e_names_the_contact_while_the_call_runs(
    drive: Drive, morning: Morning, store: Store
) -> None:
    async with drive() as user:
        await user.press("c", "e")
        await user.enter("Acme Ltd")
        running = store.timer.running()
        assert running is not None
        assert running.contact == "Acme Ltd"
        assert "talking to Acme" in user.screen_text()


async def test_x_counts_an_unanswered_dial_in_one_key(
    drive: Drive, morning: Morning, store: Store
) -> None:
    before = store.day().sales
    async with drive() as user:
        await user.press("x")
    after = store.day().sales
    assert before is not None
    assert after is not None
    assert after.dials == before.dials + 1
    assert after.conversations == before.conversations


async def test_x_ends_the_running_call_unanswered(
    drive: Drive, morning: Morning, store: Store
) -> None:
    async with drive() as user:
        await user.press("c", "x")
    assert store.timer.running() is None
    assert store.day().entries[-1].outcome is Outcome.NO_ANSWER


async def test_l_logs_a_call_that_already_happened(
    drive: Drive, morning: Morning, store: Store
) -> None:
    async with drive() as user:
        await user.press("tab", "l")
        await user.enter("12 min")
    entry = store.day().entries[-1]
    assert (entry.seconds, entry.outcome, entry.started_at) == (720, Outcome.TALKED, None)


async def test_minutes_that_are_none_are_said_in_the_form(
    drive: Drive, morning: Morning, store: Store
) -> None:
    count = len(store.day().entries)
    async with drive() as user:
        for wrong in ("abc", "25:61", "1e9", "-5"):
            await user.press("l")
            await user.enter(wrong)
            assert "is not a length of time" in user.screen_text()
            await user.press("escape")
    assert len(store.day().entries) == count


async def test_a_call_that_overlaps_another_is_said(
    drive: Drive, morning: Morning, store: Store, clock: SetClock
) -> None:
    clock.set(datetime(2026, 11, 24, 15, 10))
    store.timer.start(morning.sales, watched=True)
    clock.pass_by(minutes=1)
    async with drive() as user:
        await user.press("c", "enter")
        assert any("overlaps “Firm 1”" in message for message in user.messages())


async def test_a_timer_found_after_a_gap_is_asked_about_and_can_be_kept(
    drive: Drive, morning: Morning, store: Store, clock: SetClock
) -> None:
    store.timer.start(morning.sales, watched=True)
    clock.pass_by(minutes=10)
    store.timer.seen()
    clock.pass_by(minutes=50)
    async with drive() as user:
        assert isinstance(user.app.screen, Question)
        assert "Last seen 15:50" in user.screen_text()
        await user.press("1")
        assert store.timer.last_seen() == clock.now()


async def test_a_timer_found_after_a_gap_can_end_when_it_was_last_seen(
    drive: Drive, morning: Morning, store: Store, clock: SetClock
) -> None:
    store.timer.start(morning.sales, watched=True)
    clock.pass_by(minutes=10)
    store.timer.seen()
    clock.pass_by(minutes=50)
    async with drive() as user:
        await user.press("2", "enter")
    assert store.day().entries[-1].seconds == 600


async def test_a_timer_that_measured_nothing_leaves_no_tick_and_says_so(
    drive: Drive, morning: Morning, store: Store, clock: SetClock
) -> None:
    before = store.day().entries
    said = "No time passed on “Manage the mastermind”, so nothing is logged."
    async with drive() as user:
        await user.press("down", "space")
        assert store.timer.running() is not None
        await user.press("space")
        assert said in user.messages()
    assert (store.timer.running(), store.day().entries) == (None, before)
    store.timer.start(morning.mastermind, watched=True)
    clock.pass_by(minutes=50)
    async with drive() as user:
        await user.press("2")
        assert said in user.messages()
    assert (store.timer.running(), store.day().entries) == (None, before)


async def test_the_end_of_a_timer_found_after_a_gap_can_be_typed(
    drive: Drive, morning: Morning, store: Store, clock: SetClock
) -> None:
    store.timer.start(morning.sales, watched=True)
    clock.pass_by(minutes=60)
    async with drive() as user:
        await user.press("3")
        await user.enter("15:30")
        assert "between the start and now" in user.screen_text()
        await user.press("end", *["backspace"] * 5)
        await user.type("16:05")
        await user.press("enter", "enter")
    assert store.day().entries[-1].seconds == 25 * 60


async def test_a_timer_found_after_a_gap_can_be_discarded_and_brought_back(
    drive: Drive, morning: Morning, store: Store, clock: SetClock
) -> None:
    count = len(store.day().entries)
    store.timer.start(morning.sales, watched=True)
    clock.pass_by(minutes=60)
    async with drive() as user:
        await user.press("4")
        assert store.timer.running() is None
        await user.press("u")
        assert store.timer.running() is not None
    assert len(store.day().entries) == count


async def test_a_lid_that_was_closed_is_asked_about_when_it_opens(
    drive: Drive, morning: Morning, store: Store, clock: SetClock
) -> None:
    async with drive() as user:
        await user.press("c")
        clock.pass_by(hours=1)
        await user.follow()
        assert isinstance(user.app.screen, Question)
        await user.press("escape")
        running = store.timer.running()
        assert running is not None
        assert clock.now() > running.started_at


async def test_a_call_longer_than_the_cap_is_asked_about_at_hang_up(
    drive: Drive, morning: Morning, store: Store, clock: SetClock
) -> None:
    async with drive() as user:
        await user.press("c")
        await user.talk(clock, 130 * 60)
        await user.press("c")
        assert isinstance(user.app.screen, Question)
        await user.press("1")
        assert user.today.query_one(DayLog).is_asking
        await user.press("enter")
    assert store.day().entries[-1].seconds == 130 * 60


async def test_the_open_app_writes_that_it_sees_the_timer(
    drive: Drive, morning: Morning, store: Store, clock: SetClock
) -> None:
    async with drive() as user:
        await user.press("c")
        clock.pass_by(seconds=31)
        await user.follow()
    assert store.timer.last_seen() == clock.now()


async def test_a_call_across_the_boundary_belongs_to_the_day_on_which_it_started(
    drive: Drive, morning: Morning, store: Store, clock: SetClock
) -> None:
    clock.set(datetime(2026, 11, 25, 3, 55))
    async with drive() as user:
        await user.press("c")
        await user.talk(clock, 600)
        await user.press("c", "enter")
        assert "Logged on Tuesday 24 November 2026, when it began." in user.messages()
    entry = store.day(TODAY).entries[-1]
    assert (entry.day, entry.seconds) == (TODAY, 600)
    assert store.today == date(2026, 11, 25)


async def test_enter_on_a_call_shows_what_happened_with_the_contact_before(
    drive: Drive, morning: Morning, store: Store, clock: SetClock
) -> None:
    clock.set(datetime(2026, 11, 23, 11, 0))
    store.entries.log(
        NewEntry(morning.sales, seconds=60, contact="firm 1", note="Wants [/b] the big one")
    )
    clock.set(datetime(2026, 11, 24, 15, 40))
    async with drive() as user:
        text = await user.see("tab", "enter")
        assert "Firm 1: 3 entries" in text
        assert "Wants [/b] the big one" in text


async def test_an_open_ask_is_settled_in_one_key(
    drive: Drive, morning: Morning, store: Store
) -> None:
    async with drive() as user:
        assert "1 ask waiting for an answer" in user.screen_text()
        await user.press("s")
        assert "Lumen Labs" in user.screen_text()
        await user.press("l")
    day = store.day()
    assert day.open_asks == 0
    ask = next(entry for entry in day.entries if entry.outcome is Outcome.ASKED)
    assert ask.answer is Outcome.LOST
    assert day.sales is not None
    assert day.sales.dials == 5


async def test_the_numbers_of_the_outcomes_settle_an_ask_too(
    drive: Drive, morning: Morning, store: Store
) -> None:
    store.entries.log(NewEntry(morning.sales, outcome=Outcome.ASKED, contact="Bob"))
    async with drive() as user:
        await user.press("s", "7", "8")
    asks = (entry for entry in store.day().entries if entry.outcome is Outcome.ASKED)
    answers = {entry.contact: entry.answer for entry in asks}
    assert {answers["Lumen Labs"], answers["Bob"]} == {Outcome.WON, Outcome.LOST}


async def test_enter_on_an_ask_says_what_settles_it(
    drive: Drive, morning: Morning, store: Store
) -> None:
    async with drive() as user:
        assert "Press 7 if it is won, 8 if it is lost" in await user.see("s", "enter")
        assert "Lumen Labs" in user.screen_text()
        text = await user.see("dollar_sign")
        assert "Won: Lumen Labs" in text
        assert "Enter: won with this money" in text
        assert "7 or w won" in await user.see("escape")
    assert store.day().open_asks == 1


async def test_the_form_of_the_outcome_says_the_keys_of_the_place_one_is_in(
    drive: Drive, morning: Morning, store: Store
) -> None:
    async with drive() as user:
        text = await user.see("c", "c", "dollar_sign", "5", "0", "0", "7")
        assert "Enter saves as talked · Shift+Tab back to the outcomes" in text
        assert "1 to 8 saves" not in text
        text = await user.see("shift+tab")
        assert "1 to 8 saves · Enter: marked · w who · b back · $ money · n note" in text
        await user.press("dollar_sign", "end", "backspace", "shift+tab", "7")
    entry = store.day().entries[-1]
    assert (entry.outcome, entry.amount) == (Outcome.WON, 50_000)


async def test_the_outcomes_are_saved_from_the_buttons_too(
    drive: Drive, morning: Morning, store: Store
) -> None:
    async with drive() as user:
        await user.press("c", "c", "w", "shift+tab")
        assert "1 to 8 saves · w who" in await user.see("shift+tab")
        assert user.app.focused is not None
        assert user.app.focused.id == "cancel"
        await user.press("8")
    assert store.day().entries[-1].outcome is Outcome.LOST


async def test_an_ask_is_won_with_the_money_typed_first(
    drive: Drive, morning: Morning, store: Store
) -> None:
    async with drive() as user:
        await user.press("s", "dollar_sign")
        await user.enter("900")
    assert store.day().entries[-1].amount == 90_000


async def test_other_keys_do_nothing_while_the_outcome_is_asked(
    drive: Drive, morning: Morning, store: Store
) -> None:
    count = len(store.day().entries)
    async with drive() as user:
        await user.press("c", "c", "x", "u", "a", "left", "q")
        assert user.today.query_one(DayLog).is_asking
        assert user.today.snapshot is not None
        assert user.today.snapshot.is_today
        await user.press("escape")
        assert not user.today.query_one(DayLog).is_asking
    assert len(store.day().entries) == count
    assert store.timer.running() is not None


async def test_a_click_on_an_outcome_is_the_answer(
    drive: Drive, morning: Morning, store: Store
) -> None:
    async with drive() as user:
        await user.press("c", "c")
        await user.click("DayLog", offset=(45, 5))
    assert store.day().entries[-1].outcome is Outcome.LOST


async def test_an_unanswered_call_across_the_boundary_says_on_which_day_it_is(
    drive: Drive, morning: Morning, clock: SetClock
) -> None:
    clock.set(datetime(2026, 11, 25, 3, 59))
    async with drive() as user:
        await user.press("c")
        await user.talk(clock, 80)
        await user.press("x")
        assert "Logged on Tuesday 24 November 2026, when it began." in user.messages()
        await user.press("x")
        assert sum("when it began" in said for said in user.messages()) == 1


async def test_a_call_that_is_ended_elsewhere_while_its_form_is_open_keeps_what_was_typed(
    drive: Drive, morning: Morning, store: Store, clock: SetClock
) -> None:
    async with drive() as user:
        await user.press("c")
        await user.talk(clock, 60)
        await user.press("c", "n", *"sign")
        store.timer.stop()
        clock.pass_by(seconds=1)
        other = store.timer.start()
        await user.press(*"-off", "enter")
        assert "Another terminal or command has ended this already" in user.screen_text()
        assert "sign-off" in user.screen_text()
        await user.press("escape")
        assert "sign-off" in user.screen_text(), "it is asked before it is thrown away"
    assert store.timer.running() == other


async def test_a_name_typed_for_a_call_that_is_over_is_not_given_to_the_next_one(
    drive: Drive, morning: Morning, store: Store, clock: SetClock
) -> None:
    async with drive() as user:
        await user.press("c")
        await user.talk(clock, 60)
        await user.press("e", *"Bob")
        store.timer.stop()
        clock.pass_by(seconds=1)
        other = store.timer.start()
        await user.press("enter")
        assert "Another terminal or command has ended this already" in user.screen_text()
    assert store.timer.running() == other


async def test_a_timer_that_is_ended_elsewhere_is_told_while_the_outcome_is_asked(
    drive: Drive, morning: Morning, store: Store, clock: SetClock
) -> None:
    async with drive() as user:
        await user.press("c")
        await user.talk(clock, 60)
        store.timer.discard()
        await user.press("c", "enter")
        said = "Another terminal or command has ended this already; nothing was changed."
        assert said in user.messages()


async def test_x_on_a_call_left_alone_asks_what_is_true_as_c_does(
    drive: Drive, morning: Morning, store: Store, clock: SetClock
) -> None:
    async with drive() as user:
        await user.press("c")
        await user.talk(clock, 600)
        clock.pass_by(seconds=4 * 3600)  # the lid was closed
        assert "has been running for" in await user.see("x")
        await user.press("2")
    entry = store.day().entries[-1]
    assert (entry.outcome, entry.seconds) == (Outcome.NO_ANSWER, 600)


async def test_x_on_a_call_longer_than_the_cap_can_be_taken_back_by_answering_nothing(
    drive: Drive, morning: Morning, store: Store, clock: SetClock
) -> None:
    before = store.day().entries
    async with drive() as user:
        await user.press("c")
        await user.talk(clock, 130 * 60)
        await user.press("x", "escape")
        assert store.timer.running() is not None
    assert store.day().entries == before


async def test_e_in_the_log_names_the_call_while_its_line_asks_for_the_name(
    drive: Drive, morning: Morning, store: Store
) -> None:
    async with drive() as user:
        await user.press("c", "tab")
        assert "e who?" in user.screen_text()
        await user.press("e")
        await user.enter("Acme Ltd")
        running = store.timer.running()
        assert running is not None
        assert running.contact == "Acme Ltd"
        assert "Edit entry" in await user.see("e")


@pytest.mark.parametrize("size", [(40, 12), (80, 14), (80, 24), (120, 14)])
async def test_the_question_is_in_sight_in_every_window(
    drive: Drive, morning: Morning, size: tuple[int, int]
) -> None:
    async with drive(size=size) as user:
        await user.press("c", "c")
        assert "HOW DID IT END?" in user.screen_text()
        assert "8  lost" in user.screen_text()
        await Hands(user.app).resize(40, 12)
        assert "8  lost" in user.screen_text()
        assert "TODAY'S LOG" not in await user.see("enter")


async def test_while_the_outcome_is_asked_the_foot_says_what_the_keys_answer(
    drive: Drive, clock: SetClock, morning: Morning
) -> None:
    async with drive((80, 14)) as user:
        await user.press("c")
        await user.talk(clock, 192)
        _, line, *_, footer = (await user.see("c")).splitlines()
        assert line.strip() == "call ended · 3:12"
        keys = "1–8 Outcome  Enter Marked  Esc Go on  w Who  b Back on  $ Money  n Note"
        assert footer.strip() == keys
        await user.click("#keys", (keys.index("Esc") + 2, 0))
        _, line, *_, footer = user.screen_text().splitlines()
        assert "talking to a buyer" in line
        assert "c Hang up" in footer
