"""Ticking, editing, ranking and undoing on the Today screen."""

from datetime import date, timedelta

import pytest
from msgspec.structs import replace

from needlemover.domain.promises.commitment import EVERY_DAY, terms_on
from needlemover.domain.promises.marks import Streak
from needlemover.domain.promises.status import Status
from needlemover.store.store import Store
from needlemover.text.today import Said
from needlemover.tui.kit.dialog import Dialog, Question
from needlemover.tui.palette import Actions
from needlemover.tui.today.facts import TodayFacts
from needlemover.tui.today.headline import Headline

from ..conftest import SetClock, terms
from .conftest import TODAY, Drive, Morning


async def test_space_ticks_and_unticks_a_plain_activity(
    drive: Drive, morning: Morning, store: Store
) -> None:
    async with drive() as user:
        assert "1 of 3 done" in user.screen_text()
        await user.press("up", "space")
        assert "0 of 3 done" in user.screen_text()
        await user.press("space")
        assert "1 of 3 done" in user.screen_text()
    assert store.day().activities[0].due.met


async def test_space_counts_one_more_of_a_counted_thing(
    drive: Drive, morning: Morning, store: Store
) -> None:
    store.activities.add("Send proposals", terms(count=3), rank=1)
    async with drive() as user:
        await user.press("space", "space")
        assert "2/3" in user.screen_text()


async def test_space_starts_and_stops_the_timer_of_a_timed_activity(
    drive: Drive, morning: Morning, store: Store, clock: SetClock
) -> None:
    async with drive() as user:
        await user.press("down", "space")
        running = store.timer.running()
        assert running is not None
        assert running.activity_id == morning.mastermind
        clock.pass_by(minutes=1, seconds=5)
        await user.press("space")
    assert store.timer.running() is None
    assert store.day().activities[2].progress.seconds == 65


async def test_starting_another_timer_hangs_up_first(
    drive: Drive, morning: Morning, store: Store, clock: SetClock
) -> None:
    async with drive() as user:
        await user.press("c", "down")
        clock.pass_by(minutes=1)
        await user.press("space", "enter")
        running = store.timer.running()
        assert running is not None
        assert running.activity_id == morning.mastermind
    assert store.day().entries[-1].seconds == 60


async def test_a_call_stops_the_timer_of_another_activity_first(
    drive: Drive, morning: Morning, store: Store, clock: SetClock
) -> None:
    async with drive() as user:
        await user.press("down", "space")
        await user.talk(clock, 600)
        assert "space on its row stops it   c call" in user.screen_text()
        await user.press("c")
        assert "Manage the mastermind: 10 min." in user.messages()
        running = store.timer.running()
        assert running is not None
        assert running.activity_id == morning.sales
        assert not isinstance(user.app.screen, Dialog)
    entry = store.day().entries[-1]
    assert (entry.activity_id, entry.seconds) == (morning.mastermind, 600)


async def test_a_call_starts_when_a_doubtful_timer_was_asked_about(
    drive: Drive, morning: Morning, store: Store, clock: SetClock
) -> None:
    async with drive() as user:
        await user.press("down", "space")
        clock.pass_by(hours=3)
        await user.press("c", "escape")
        running = store.timer.running()
        assert running is not None
        assert running.activity_id == morning.mastermind
        await user.press("c")
        assert isinstance(user.app.screen, Question)
        await user.press("1")
        running = store.timer.running()
        assert running is not None
        assert running.activity_id == morning.sales
    assert store.day().entries[-1].activity_id == morning.mastermind


async def test_space_on_sales_asks_how_it_ended(
    drive: Drive, morning: Morning, store: Store
) -> None:
    async with drive() as user:
        await user.press("space", "m")
        await user.enter("7")
    entry = store.day().entries[-1]
    assert (entry.activity_id, entry.seconds) == (morning.sales, 420)


async def test_undo_takes_back_and_redo_does_again(
    drive: Drive, morning: Morning, store: Store
) -> None:
    async with drive() as user:
        await user.press("x", "x", "u")
        assert len(store.day().entries) == 7
        await user.press("U")
        assert len(store.day().entries) == 8
        assert any(message.startswith("Undone: ") for message in user.messages())


@pytest.mark.parametrize("keys", ["u", "Hu"], ids=["the view", "the history"])
async def test_what_was_not_done_today_is_undone_only_after_asking(
    drive: Drive, morning: Morning, store: Store, clock: SetClock, keys: str
) -> None:
    before = len(store.day().entries)
    async with drive() as user:
        await user.press("x")
        clock.pass_by(days=14)
        await user.follow()
        assert "undo was made on Tuesday 24 November 2026" in await user.see(*keys)
        await user.press("escape")
        assert len(store.day(TODAY).entries) == before + 1
        await user.press("u", "u", "u")  # one too many asks, however often
        assert len(store.day(TODAY).entries) == before + 1
        await user.press("enter")
        assert len(store.day(TODAY).entries) == before
        assert "redo was made on Tuesday 24 November 2026" in await user.see("U")
        await user.press("enter")
    assert len(store.day(TODAY).entries) == before + 1


async def test_lists_go_to_both_ends_and_their_lines_are_copied(
    drive: Drive, morning: Morning
) -> None:
    async with drive() as user:
        await user.press("end")
        assert "Newsletter" in await user.see("y")
        assert user.app.clipboard == "· Newsletter not due · Mon Wed 7 d"
        await user.press("home", "y")
        assert user.app.clipboard == "1 ✓ Film one video done 8 d"
        await user.press("tab", "pageup", "y")
        assert user.app.clipboard == "09:00 Film one video ticked"
        await user.press("pagedown", "y")
        assert user.app.clipboard == "15:05 18:02 Firm 1 won $1,200 known"
        await user.press("H", "end", "y")  # a list in a dialog, too
        assert user.app.clipboard == "2 Nov 2026 08:00 Added “Film one video”"


@pytest.mark.parametrize("columns", [40, 45, 60, 80])
async def test_a_name_keeps_twelve_cells(drive: Drive, morning: Morning, columns: int) -> None:
    async with drive((columns, 40)) as user:
        text = user.screen_text()
        assert "Sales conv" in text
        assert "Manage the m" in text or "Manage the …" in text
        assert "Newsletter" in text
        assert "Nordwind AG" in text
        assert "behind" in text


async def test_under_sixty_columns_hints_stand_under_their_fields(
    drive: Drive, morning: Morning
) -> None:
    async with drive((45, 40)) as user:
        lines = (await user.see("l")).splitlines()
        place = next(place for place, line in enumerate(lines) if "Outcome" in line)
        assert "of a sales call" in lines[place + 1]


async def test_an_entry_is_edited(drive: Drive, morning: Morning, store: Store) -> None:
    async with drive() as user:
        await user.press("tab", "e", "end", *["backspace"] * 12)
        await user.enter("20")
    entry = store.day().entries[-1]
    assert (entry.contact, entry.seconds, entry.amount) == ("Firm 1", 1200, 120_000)


async def test_an_entry_that_was_opened_and_saved_is_the_same(
    drive: Drive, morning: Morning, store: Store
) -> None:
    before = store.day().entries
    async with drive() as user:
        await user.press("tab", "e", "enter")
    assert store.day().entries == before


async def test_an_entry_is_deleted_and_brought_back(
    drive: Drive, morning: Morning, store: Store
) -> None:
    async with drive() as user:
        await user.press("tab", "d")
        assert len(store.day().entries) == 5
        await user.press("u")
        assert len(store.day().entries) == 6


async def test_an_activity_is_added(drive: Drive, morning: Morning, store: Store) -> None:
    async with drive() as user:
        await user.press("a")
        await user.enter("Ask for referrals")
        assert "Ask for referrals" in user.screen_text()
    added = store.activities.find("Ask for referrals")
    assert added.rank == 5
    assert terms_on(added.timeline, TODAY) is not None


async def test_raising_a_quota_holds_from_today_and_easing_it_from_tomorrow(
    drive: Drive, morning: Morning, store: Store
) -> None:
    async with drive() as user:
        await user.press("down", "e")
        await user.pilot.click("#seconds")
        await user.press("end", "backspace", "backspace")
        await user.type("20")
        assert "holds from tomorrow" in user.screen_text()
        await user.press("backspace", "backspace")
        await user.type("45")
        assert "Holds from today" in user.screen_text()
        await user.press("enter")
    timeline = store.activities.find("Manage").timeline
    now = terms_on(timeline, TODAY)
    assert now is not None
    assert now.seconds == 45 * 60


async def test_two_activities_of_one_name_are_refused_in_the_form(
    drive: Drive, morning: Morning, store: Store
) -> None:
    async with drive() as user:
        await user.press("a")
        await user.enter("NEWSLETTER")
        assert "There is an activity “Newsletter” already" in user.screen_text()
    assert len(store.activities.all()) == 4


async def test_activities_are_ranked_with_shift_k_and_j(
    drive: Drive, morning: Morning, store: Store
) -> None:
    async with drive() as user:
        await user.press("K")
        names = [item.name for item in store.activities.all()]
        assert names[:2] == ["Sales conversations", "Film one video"]
        await user.press("J")
    names = [item.name for item in store.activities.all()]
    assert names[:2] == ["Film one video", "Sales conversations"]


async def test_an_archived_activity_leaves_tomorrow_and_can_be_taken_up_again(
    drive: Drive, morning: Morning, store: Store, clock: SetClock
) -> None:
    async with drive() as user:
        await user.press("up", "z")
        assert "Film one video" in user.screen_text()
        clock.pass_by(days=1)
        await user.follow()
        assert "Film one video" not in user.checklist_names()
        await user.press("a")
        await user.enter("film one video")
        await user.follow()
        assert "Film one video" in user.checklist_names()
    assert len(store.activities.all(archived=True)) == 4


async def test_a_past_day_is_filled_in_and_marked_late(
    drive: Drive, morning: Morning, store: Store
) -> None:
    missed = date(2026, 11, 12)
    async with drive() as user:
        for _ in range(12):
            await user.press("left")
        assert "Thursday 12 November 2026" in user.screen_text()
        assert "missed" in user.screen_text()
        await user.press("up", "space")
        assert "late" in user.screen_text()
        assert "partly done" in user.screen_text()
        await user.press("t")
        assert "Tuesday 24 November 2026" in user.screen_text()
    entry = store.day(missed).entries[-1]
    assert entry.late
    assert entry.day == missed


async def test_a_day_to_come_shows_what_will_be_due_and_takes_nothing(
    drive: Drive, morning: Morning, store: Store
) -> None:
    async with drive() as user:
        text = await user.see("right")
        assert "Wednesday 25 November 2026" in text
        assert "still to come" in text
        assert "0 of 4 done" in text
        await user.press("space", "l")
        assert any("still to come" in message for message in user.messages())
    assert store.day(date(2026, 11, 25)).entries == ()


async def test_another_terminal_s_change_is_shown(
    drive: Drive, morning: Morning, store: Store, clock: SetClock
) -> None:
    async with drive() as user:
        other = Store(store.path, clock)
        other.entries.untick(morning.film)
        other.close()
        await user.follow()
        assert "0 of 3 done" in user.screen_text()


async def test_the_palette_has_every_action(drive: Drive, morning: Morning) -> None:
    async with drive() as user:
        offered = {action.title for action in Actions(user.today).here()}
        named = {
            binding.tooltip
            for binding in user.today.BINDINGS
            # These need a list, a day, or somebody to call.
            if binding.id not in ("answer", "delete", "pick", "today", "next", "back", "let_go")
        }
        assert named <= offered
        assert "Theme" in offered


async def test_help_lists_the_keys(drive: Drive, morning: Morning) -> None:
    async with drive((80, 120)) as user:
        text = await user.see("question_mark")
        assert "Start a call, or hang up" in text
        assert "Put the activity away" in text
        await user.press("q")
        assert "NON-NEGOTIABLES" in user.screen_text()


async def test_a_second_click_ticks(drive: Drive, morning: Morning, store: Store) -> None:
    async with drive() as user:
        await user.click("Checklist", offset=(10, 1))
        assert "1 of 3 done" in user.screen_text(), "the first one goes there"
        await user.click("Checklist", offset=(10, 1))
        assert "0 of 3 done" in user.screen_text()


async def test_a_click_on_a_key_in_the_footer_presses_it(
    drive: Drive, morning: Morning, store: Store
) -> None:
    async with drive() as user:
        await user.click("KeyLine", offset=(3, 0))
        assert store.timer.running() is not None


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_a_resize_in_mid_dialog_loses_nothing(
    drive: Drive, morning: Morning, store: Store, size: tuple[int, int]
) -> None:
    async with drive((100, 30)) as user:
        await user.press("l")
        await user.type("12 min")
        await user.pilot.resize_terminal(*size)
        await user.pilot.pause()
        assert "12 min" in user.screen_text()
        await user.press("enter")
    assert store.day().entries[-1].seconds == 720


async def test_many_activities_all_stand_on_a_small_screen(
    drive: Drive, store: Store, clock: SetClock
) -> None:
    for number in range(1, 9):
        quota = terms(30, days=EVERY_DAY)
        store.activities.add(f"Thing {number}", quota, is_sales=number == 1)
    async with drive((80, 24)) as user:
        text = user.screen_text()
        assert all(f"Thing {number}" in text for number in range(1, 9))
        assert "of 30 min" in text


async def test_enter_saves_from_a_field_that_is_chosen_too(
    drive: Drive, morning: Morning, store: Store
) -> None:
    async with drive() as user:
        await user.press("a")
        await user.type("Write the book")
        await user.press("tab", "right", "enter")
    added = store.activities.find("Write")
    assert added.is_sales


async def test_what_was_archived_is_said_until_the_next_key(drive: Drive, morning: Morning) -> None:
    async with drive() as user:
        await user.press("up", "z")
        (said,) = user.app._notifications
        assert said.message == "“Film one video” is archived from tomorrow; u brings it back."
        assert said.time_left > 3600
        await user.press("j")
        assert user.messages() == []


async def test_what_the_timer_runs_on_is_not_archived(
    drive: Drive, morning: Morning, store: Store
) -> None:
    async with drive() as user:
        await user.press("c", "z")
        assert user.messages() == [
            "The timer runs on “Sales conversations”: stop it first (press c)."
        ]
        await user.press("j", "z")
    put_away = [item.name for item in store.activities.all() if item.timeline[-1].terms is None]
    assert put_away == ["Manage the mastermind"]


@pytest.mark.parametrize("day", [TODAY, TODAY - timedelta(days=1)])
@pytest.mark.parametrize("status", [Status.OPEN, Status.WON, Status.PART, Status.REST])
def test_a_small_terminal_says_that_it_shows_sample_data(
    store: Store, day: date, status: Status
) -> None:
    shown = replace(store.day(), day=day, today=TODAY, status=status, streak=Streak(114, best=131))
    end = Said(("start by 15:40 to win today", "start by 15:40", ""))
    facts = TodayFacts(shown, share=None, pace=None, end=end, seconds=0)
    (line,) = Headline(is_demo=True).lines(facts, 78, 1)
    text = "".join(words for words, _ in (*line.left, *line.right))
    assert "sample data" in text
    assert f"{114}-day streak  best {131}" in text
    assert len(text) <= 78
