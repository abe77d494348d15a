"""Calling down the list: who is next on Today, and the keys for it."""

from contextlib import closing
from datetime import UTC, date, datetime, time

import pytest

from needlemover.domain.buyers.contact import NextStep, StepKind
from needlemover.domain.calls.entry import Outcome
from needlemover.store.buyers.contacts import Lead
from needlemover.store.calls.new_entry import NewEntry
from needlemover.store.store import Store
from needlemover.tui.app import NeedleApp
from needlemover.tui.kit.panel import Panel
from needlemover.tui.today.call_next import CallNext

from ..conftest import SetClock, terms
from .conftest import TODAY, Drive, Morning
from .hands import Hands, stale_panels
from .hostile import HOSTILE
from .picture import Picture, press

YESTERDAY = date(2026, 11, 23)
NAMES = ("Umbra Ltd", "Vesper AG", "Kestrel Foods")


@pytest.fixture
def buyers(store: Store, clock: SetClock, morning: Morning) -> Morning:
    """Who is to be called at 15:40: one due, one late, one later today, an old ask, the list."""
    now = datetime(2026, 11, 24, 15, 40)
    clock.set(datetime(2026, 11, 12, 10, 0))
    asked = NewEntry(morning.sales, seconds=250, contact="Harbor GmbH", outcome=Outcome.ASKED)
    store.entries.log(asked)
    clock.set(datetime(2026, 11, 20, 10, 0))
    store.contacts.add("Fjord Logistics", "+49 30 555 0142")
    for _ in range(2):
        store.entries.log(
            NewEntry(morning.sales, contact="Fjord Logistics", outcome=Outcome.NO_ANSWER)
        )
    store.contacts.promise("Fjord Logistics", date(2026, 11, 24), time(14), note="Back on Monday.")
    store.contacts.promise("Acme Corp", date(2026, 11, 22))
    store.contacts.promise("Iris Labs", date(2026, 11, 24), time(16, 30))
    store.contacts.add_list([Lead(name, "+49 30 555 0100") for name in NAMES], "leads.csv")
    clock.set(now)
    return morning


@pytest.fixture
def met_yesterday(store: Store, clock: SetClock, morning: Morning) -> Morning:
    """A meeting of Monday at 16:30, of which nobody said on Tuesday morning whether it was held."""
    clock.set(datetime(2026, 11, 20, 10, 0))
    store.contacts.promise("Iris Labs", YESTERDAY, time(16, 30), kind=StepKind.MEETING)
    clock.set(datetime(2026, 11, 24, 15, 40))
    return morning


ORDER = ["Fjord Logistics", "Acme Corp", "Iris Labs", "Harbor GmbH", *NAMES]


def test_who_is_next(
    picture: Picture, store: Store, clock: SetClock, buyers: Morning, size: tuple[int, int]
) -> None:
    picture(NeedleApp(store, clock), terminal_size=size, run_before=press("tab"))


@pytest.mark.parametrize("size", [(120, 24), (80, 22), (160, 50), (200, 60)])
async def test_the_checklist_both_quotas_and_the_log_stay(
    drive: Drive, buyers: Morning, size: tuple[int, int]
) -> None:
    async with drive(size) as user:
        text = user.screen_text()
        assert "CALL NEXT" in text
        assert "Fjord Logistics" in text
        assert all(name in text for name in user.checklist_names())
        assert "of 60 min" in text
        assert " of 10" in text
        assert "Firm 1 " in text


async def test_beside_the_lists_the_quotas_take_their_rows_and_the_weeks_the_rest(
    drive: Drive, store: Store, buyers: Morning
) -> None:
    store.choices.set_goal(3_000_000, assumed_win=120_000)
    async with drive((120, 36)) as user:
        assert "wins to go, as assumed" in user.screen_text()
        talking, weeks = (user.today.query_one(name).region for name in ("#talking", "#weeks"))
        assert talking.height == 16
        assert weeks.y == talking.bottom
        assert weeks.bottom == 35
        lines = user.screen_text().splitlines()
        y = next(place for place, line in enumerate(lines) if "Thu " in line)
        await user.click("#weeks", (lines[y].rindex("■") - weeks.x, y - weeks.y))
        assert user.today.snapshot.day == date(2026, 11, 19)


@pytest.mark.parametrize("rows", range(18, 32))
async def test_a_call_block_pushes_nothing_off(
    drive: Drive, store: Store, buyers: Morning, rows: int
) -> None:
    async with drive((80, rows)) as user:
        store.blocks.start(30 * 60)
        await user.follow()
        text = user.screen_text()
        assert all(name in text for name in user.checklist_names())
        assert "of 60 min" in text
        assert "CALL NEXT" in text


@pytest.mark.parametrize(
    ("size", "missing"),
    [
        ((120, 24), []),
        ((120, 12), ["weeks"]),
        ((80, 24), ["weeks"]),
        ((80, 17), ["weeks", "log"]),
        ((80, 14), ["weeks", "log"]),
        ((80, 10), ["weeks", "log", "next"]),
    ],
)
async def test_the_weeks_go_first_then_the_log_then_who_is_next(
    drive: Drive, buyers: Morning, size: tuple[int, int], missing: list[str]
) -> None:
    async with drive(size) as user:
        hidden = {panel.id for panel in user.today.query(Panel) if not panel.display}
        assert hidden & {"next", "log", "weeks"} == set(missing)
        text = user.screen_text()
        assert "Manage the mastermind" in text
        assert "of 60 min" in text


async def test_beside_many_activities_what_is_open_goes_before_who_is_next(
    drive: Drive, store: Store, buyers: Morning
) -> None:
    for number in range(16):
        activity = store.activities.add(f"Activity {number}", terms())
        if number < 8:
            store.entries.tick(activity.id)
    async with drive((120, 24)) as user:
        text = user.screen_text()
        assert "CALL NEXT" in text
        assert "Fjord Logistics  “Back on Monday.”" in text


NOTES = [
    "Wants to hear of two others who bought it.",
    "The board meets on Thursday and decides then.",
    "Ask for Ms Lind, who signs what he wants.",
]


@pytest.mark.parametrize("width", [110, 120, 130])
async def test_all_of_a_note_stands_where_only_the_list_gives_way_to_it(
    drive: Drive, store: Store, morning: Morning, width: int
) -> None:
    for number, note in enumerate(NOTES):
        store.contacts.promise(f"Buyer {number}", date(2026, 11, 24), note=note)
    async with drive((width, 40)) as user:

        def panel() -> str:
            region = user.today.query_one("#next").region
            lines = user.screen_text().splitlines()[region.y + 1 : region.bottom - 1]
            return "\n".join(line[: region.right].strip(" │┃") for line in lines)

        assert all(note in " ".join(panel().split()) for note in NOTES)
        store.contacts.add_list([Lead(f"Lead {number}") for number in range(30)], "leads.csv")
        await user.follow()
        assert all(note in " ".join(panel().split()) for note in NOTES)
        for number in range(19):
            store.contacts.promise(f"More {number}", date(2026, 11, 24), note=" ".join(NOTES))
        await user.follow()
        cut = [line for line in panel().splitlines() if "More" in line]
        assert len(cut) > 2
        assert all("“" in line and line.endswith("…") for line in cut)


async def test_an_ask_says_how_old_it_is_and_what_was_offered(
    drive: Drive, store: Store, clock: SetClock, morning: Morning
) -> None:
    clock.set(datetime(2026, 11, 11, 10, 0))
    asked = NewEntry(
        morning.sales,
        contact="Kestrel Supply",
        outcome=Outcome.ASKED,
        amount=290_000,
        note="Compares two offers.",
    )
    store.entries.log(asked)
    clock.set(datetime(2026, 11, 24, 15, 40))
    async with drive((110, 40)) as user:
        assert "ask 13 d  Kestrel Supply  $2,900 “Compares two offers.”" in user.screen_text()


async def test_where_there_is_much_room_the_history_of_the_chosen_buyer_stands_beside_the_list(
    drive: Drive, store: Store, buyers: Morning
) -> None:
    async with drive((160, 50)) as user:
        assert "Fjord Logistics" in user.screen_text().partition("THE BUYER")[2]
        text = await user.see("tab", "down", "down", "down")
        assert "asked 12 d ago" in text.partition("THE BUYER")[2]
        assert "Calls by the hour" in text
        hands = Hands(user.app)
        await hands.resize(120, 40)
        assert "THE BUYER" not in user.screen_text()


async def test_a_larger_window_gets_the_history_too(drive: Drive, buyers: Morning) -> None:
    async with drive((120, 40)) as user:
        await Hands(user.app).resize(200, 60)
        assert "Fjord Logistics" in user.screen_text().partition("THE BUYER")[2]


async def test_names_keep_twelve_cells(drive: Drive, buyers: Morning) -> None:
    async with drive((40, 30)) as user:
        assert "Fjord Logis…" in user.screen_text()


async def test_nobody_to_call_shows_nothing(drive: Drive, morning: Morning) -> None:
    async with drive() as user:
        assert "CALL NEXT" not in user.screen_text()
        await user.press("tab")
        assert user.app.focused is user.today.query_one("#log")


async def test_the_panel_comes_and_goes_with_whom_to_call(
    drive: Drive, store: Store, morning: Morning
) -> None:
    async with drive() as user:
        store.contacts.add("Umbra Ltd")
        await user.follow()
        assert "1 of the list left" in user.screen_text()
        await user.press("tab")
        assert user.app.focused is user.today.query_one(CallNext)
        store.contacts.never(store.contacts.find("Umbra Ltd").contact.id)
        await user.follow()
        assert "CALL NEXT" not in user.screen_text()
        await user.press("down", "x")
        assert len(user.today.snapshot.entries) == 7


async def test_a_time_that_comes_moves_its_row_up(
    drive: Drive, clock: SetClock, buyers: Morning
) -> None:
    async with drive() as user:
        panel = user.today.query_one(CallNext)
        assert panel.facts is not None
        assert [call.buyer.contact.name for call in panel.facts.calls] == ORDER
        clock.set(datetime(2026, 11, 24, 16, 30))
        await user.follow()
        names = [call.buyer.contact.name for call in panel.facts.calls]
        assert names[:3] == ["Fjord Logistics", "Iris Labs", "Acme Corp"]


async def test_names_are_data(drive: Drive, store: Store, morning: Morning) -> None:
    store.contacts.add_list([Lead(name, note=name) for name in HOSTILE if name.strip()], "x.csv")
    async with drive((160, 50)) as user:
        assert "[/" in user.screen_text()


async def test_thirty_unanswered_dials_take_two_keys_each(
    drive: Drive, store: Store, morning: Morning
) -> None:
    names = [f"Lead {number:02}" for number in range(30)]
    store.contacts.add_list(map(Lead, names), "leads.csv")
    async with drive((80, 24)) as user:
        await user.press(*"nx" * 30)
        dials = user.today.snapshot.entries[6:]
        assert [entry.contact for entry in dials] == names
        assert {entry.outcome for entry in dials} == {Outcome.NO_ANSWER}
        assert "CALL NEXT" not in user.screen_text()
        await user.press("n")
        assert user.messages()[-1] == "Nobody is to be called now: c starts a call."


async def test_a_conversation_of_the_list_takes_three_keys(
    drive: Drive, clock: SetClock, buyers: Morning
) -> None:
    async with drive() as user:
        text = user.screen_text()
        assert "NEXT  Fjord Logistics · promised for 14:00 · +49 30 555 0142" in text
        assert "NEXT  Acme Corp · 2 days late · 23 min and 6 conversations to go" in await user.see(
            "n", "x"
        )
        await user.press("n")
        running = user.today.snapshot.running
        assert running is not None
        assert running.contact == "Acme Corp"
        clock.pass_by(seconds=90)
        await user.press("c", "enter")
        entry = user.today.snapshot.entries[-1]
        assert (entry.contact, entry.outcome, entry.seconds) == ("Acme Corp", Outcome.TALKED, 90)


async def test_the_keys_work_on_the_row_of_a_contact(drive: Drive, buyers: Morning) -> None:
    async with drive() as user:
        await user.press("tab", "down", "down", "down", "x")
        assert user.today.snapshot.entries[-1].contact == "Harbor GmbH"
        await user.press("c")
        running = user.today.snapshot.running
        assert running is not None
        assert running.contact == "Umbra Ltd"


async def test_what_happened_with_somebody_stands_over_the_phone_and_the_note(
    drive: Drive, store: Store, morning: Morning
) -> None:
    store.contacts.add("Zeta AG", "+49 30 555 0142", "Asked for prices.")
    async with drive() as user:
        await user.press("tab", "enter")
        assert "+49 30 555 0142 · Asked for prices." in user.screen_text()


async def test_it_is_said_where_an_unanswered_dial_moves_a_callback(
    drive: Drive, store: Store, buyers: Morning
) -> None:
    async with drive() as user:
        await user.press("tab", "x")
        moved = "Call back “Fjord Logistics” Mon 30 Nov; u takes it back."
        assert user.messages() == [moved]
        await user.press("u")
        step = store.contacts.find("Fjord Logistics").step
        assert step is not None
        assert (step.day, step.at) == (date(2026, 11, 24), time(14))


async def test_a_note_is_written_while_the_call_runs(
    drive: Drive, clock: SetClock, buyers: Morning
) -> None:
    async with drive() as user:
        await user.press("n", "n")
        await user.type("sign-off by the board")
        await user.press("escape")
        running = user.today.snapshot.running
        assert running is not None
        assert running.draft == "sign-off by the board"
        clock.pass_by(seconds=60)
        await user.press("c", "4")
        assert user.today.snapshot.entries[-1].note == "sign-off by the board"


async def test_a_row_is_called_back_on_another_day(
    drive: Drive, store: Store, buyers: Morning
) -> None:
    async with drive() as user:
        await user.press("tab", "down", "b")
        await user.enter("thu 14:00")
        promised = "Call back “Acme Corp” Thu 26 Nov 14:00; u takes it back."
        assert user.messages() == [promised]
        step = store.contacts.find("Acme Corp").step
        assert step is not None
        assert (step.day, step.at, step.kind) == (date(2026, 11, 26), time(14), "call")
        await user.press("u")
        step = store.contacts.find("Acme Corp").step
        assert step is not None
        assert step.day == date(2026, 11, 22)


async def test_from_the_checklist_the_one_whom_next_names_is_called_back(
    drive: Drive, store: Store, buyers: Morning
) -> None:
    async with drive() as user:
        assert user.app.focused is user.today.query_one("#checklist")
        await user.press("b")
        await user.enter("thu")
        step = store.contacts.find("Fjord Logistics").step
        assert step is not None
        assert step.day == date(2026, 11, 26)


async def test_with_nobody_next_the_checklist_has_nobody_to_call_back(
    drive: Drive, morning: Morning
) -> None:
    async with drive() as user:
        await user.press("b")
        assert user.messages() == ["This key works on a row to call or in the log: Tab goes there."]


@pytest.mark.parametrize(("meetings", "rows"), [(1, ["Iris", "Acme"]), (2, ["Acme", "Iris"])])
async def test_where_two_rows_fit_the_one_whom_next_names_is_one_of_them(
    drive: Drive,
    store: Store,
    clock: SetClock,
    met_yesterday: Morning,
    meetings: int,
    rows: list[str],
) -> None:
    store.contacts.promise("Acme Corp", date(2026, 11, 24))
    for number in range(2, 5):
        store.activities.add(f"Activity {number}", terms())
    if meetings == 2:
        clock.set(datetime(2026, 11, 20, 10, 0))
        store.contacts.promise("Kestrel", YESTERDAY, time(17), kind=StepKind.MEETING)
        clock.set(datetime(2026, 11, 24, 15, 40))
    async with drive((80, 24)) as user:
        shown = user.screen_text().partition("CALL NEXT")[2].splitlines()[1:3]
        assert [name in row for name, row in zip(rows, shown, strict=True)] == [True, True]


async def test_the_whole_note_of_the_chosen_row_is_read(drive: Drive, store: Store) -> None:
    store.activities.add("Sales", terms(60), is_sales=True)
    note = "Call again when the budget of the next year is known, not before the fifteenth."
    for number in range(12):
        store.contacts.promise(f"Buyer {number}", TODAY, note=note)
    async with drive((80, 24)) as user:
        assert "before the fifteenth" not in user.screen_text()
        assert "before the fifteenth.”" in await user.see("tab")


async def test_an_entry_of_the_log_is_called_back_and_asks_who_where_it_names_nobody(
    drive: Drive, store: Store, buyers: Morning
) -> None:
    async with drive() as user:
        await user.press("x", "tab", "tab", "b")
        await user.type("Kestrel Works")
        await user.press("tab")
        await user.enter("+3")
        step = store.contacts.find("Kestrel Works").step
        assert step is not None
        assert step.day == date(2026, 11, 27)
        await user.press("up", "b")
        await user.enter("2w")
        step = store.contacts.find("Firm 1").step
        assert step is not None
        assert (step.day, step.kind) == (date(2026, 12, 8), "call")


@pytest.mark.parametrize(("keys", "outcome"), [("cb", "call"), ("b", "call"), ("b", "meeting")])
async def test_a_callback_is_promised_as_the_call_ends(
    drive: Drive, store: Store, clock: SetClock, buyers: Morning, keys: str, outcome: str
) -> None:
    async with drive() as user:
        await user.press("n")
        clock.pass_by(seconds=60)
        await user.press(*keys)
        await user.enter("tomorrow")
        await user.press("enter" if outcome == "call" else "5")
        step = store.contacts.find("Fjord Logistics").step
        assert step is not None
        assert (step.day, step.kind) == (date(2026, 11, 25), outcome)
        what = "Call back" if outcome == "call" else "Meet"
        assert user.messages()[-1] == f"{what} “Fjord Logistics” Wed 25 Nov; u takes it back."
        await user.press("u")
        assert len(user.today.snapshot.entries) == 6
        assert user.today.snapshot.running is not None


@pytest.mark.parametrize(
    ("outcome", "day", "promised"),
    [
        ("5", "thu 10:00", "meeting"),
        ("6", "+3", "call"),
        ("5", "", ""),
        ("6", "", ""),
        ("4", None, ""),
    ],
)
async def test_after_a_meeting_set_or_an_ask_the_day_is_asked_once_and_escape_skips_it(
    drive: Drive,
    store: Store,
    clock: SetClock,
    buyers: Morning,
    outcome: str,
    day: str | None,
    promised: str,
) -> None:
    async with drive() as user:
        await user.press("n")
        clock.pass_by(seconds=60)
        await user.press("c", outcome)
        assert ("Esc says no day" in user.screen_text()) == (day is not None)
        assert len(user.today.snapshot.entries) == 7
        if day:
            await user.enter(day)
        elif day is not None:
            await user.press("escape")
        assert user.app.screen is user.today
        step = store.contacts.find("Fjord Logistics").step
        assert (step.kind if step is not None else "") == promised


async def test_a_callback_in_the_past_is_refused_and_nothing_typed_is_lost(
    drive: Drive, store: Store, buyers: Morning
) -> None:
    async with drive() as user:
        await user.press("tab", "b")
        await user.enter("2020-01-01")
        assert "“2020-01-01” is past" in user.screen_text()
        assert "2020-01-01" in user.screen_text()
        step = store.contacts.find("Fjord Logistics").step
        assert step is not None
        assert step.day == date(2026, 11, 24)


async def test_a_meeting_is_asked_about_and_is_not_who_is_next(
    drive: Drive, store: Store, met_yesterday: Morning
) -> None:
    store.contacts.add("Umbra Ltd")
    async with drive() as user:
        assert "1 d ago  Iris Labs" in user.screen_text()
        assert "held? l yes, x no" in user.screen_text()
        await user.press("n")
        running = user.today.snapshot.running
        assert running is not None
        assert running.contact == "Umbra Ltd"


async def test_x_says_that_nobody_came_on_the_day_of_the_meeting(
    drive: Drive, store: Store, met_yesterday: Morning
) -> None:
    async with drive() as user:
        await user.press("tab", "x")
        (entry,) = store.entries.with_contact("Iris Labs", 5)
        assert (entry.day, entry.outcome) == (YESTERDAY, Outcome.NO_ANSWER)
        assert store.numbers.snapshot().kept.meetings == (0, 1)
        step = store.contacts.find("Iris Labs").step
        assert step is not None
        assert (step.kind, step.day) == (StepKind.CALL, date(2026, 11, 24))
        await user.press("u")
        assert store.contacts.find("Iris Labs").step == NextStep(
            step.contact_id, StepKind.MEETING, YESTERDAY, time(16, 30), "", date(2026, 11, 20)
        )


async def test_l_says_that_it_was_held_with_its_day_and_time_there(
    drive: Drive, store: Store, met_yesterday: Morning
) -> None:
    async with drive() as user:
        await user.press("tab", "l", "3", "0", "enter")
        (entry,) = store.entries.with_contact("Iris Labs", 5)
        assert (entry.day, entry.seconds, entry.outcome) == (YESTERDAY, 1800, Outcome.TALKED)
        assert entry.started_at == datetime(2026, 11, 23, 15, 30, tzinfo=UTC)
        assert store.contacts.find("Iris Labs").step is None
        assert store.numbers.snapshot().kept.meetings == (1, 1)


async def test_on_its_own_evening_it_is_called_again_tomorrow(
    drive: Drive, store: Store, clock: SetClock, morning: Morning
) -> None:
    store.contacts.promise("Iris Labs", date(2026, 11, 24), time(16, 30), kind=StepKind.MEETING)
    clock.set(datetime(2026, 11, 24, 17, 0))
    async with drive() as user:
        assert "held? l yes" in user.screen_text()
        await user.press("tab", "x")
        step = store.contacts.find("Iris Labs").step
        assert step is not None
        assert (step.kind, step.day) == (StepKind.CALL, date(2026, 11, 25))


async def test_l_names_whom_the_cursor_stands_on(drive: Drive, buyers: Morning) -> None:
    async with drive() as user:
        await user.press("tab", "l", "5", "enter")
        assert user.today.snapshot.entries[-1].contact == "Fjord Logistics"


def dial(store: Store, sales: int, name: str, times: int) -> None:
    for _ in range(times):
        store.entries.log(NewEntry(sales, contact=name, outcome=Outcome.NO_ANSWER))


@pytest.mark.parametrize("before", [(), ("up",)])
async def test_l_large_lets_go_of_who_is_asked_about_until_another_key(
    drive: Drive, store: Store, clock: SetClock, buyers: Morning, before: tuple[str, ...]
) -> None:
    clock.set(datetime(2026, 11, 20, 10, 0))
    dial(store, buyers.sales, "Umbra Ltd", 5)
    store.contacts.promise("Umbra Ltd", date(2026, 11, 24), time(9))
    clock.set(datetime(2026, 11, 24, 15, 40))
    async with drive() as user:
        await user.press("tab", "x")
        question = "6 dials to “Umbra Ltd” and no conversation: L lets go, any other key keeps."
        assert question in user.messages()
        await user.press(*before, "L")
        gone, then = ("Fjord Logistics", "Acme Corp") if before else ("Umbra Ltd", ORDER[0])
        assert user.messages()[-1] == f"Let go of “{gone}”; u brings it back."
        await user.press("L")
        assert user.messages()[-1] == f"Let go of “{then}”; u brings it back."


async def test_l_large_lets_go_of_who_did_not_come_yesterday(
    drive: Drive, store: Store, clock: SetClock, morning: Morning
) -> None:
    clock.set(datetime(2026, 11, 20, 10, 0))
    store.contacts.add("Vesper AG")
    dial(store, morning.sales, "Iris Labs", 5)
    store.contacts.promise("Iris Labs", YESTERDAY, time(16, 30), kind=StepKind.MEETING)
    clock.set(datetime(2026, 11, 24, 15, 40))
    async with drive() as user:
        await user.press("tab", "x", "L")
        assert user.messages() == ["Let go of “Iris Labs”; u brings it back."]


async def test_space_on_the_sales_row_says_what_an_unanswered_dial_moves(
    drive: Drive, store: Store, buyers: Morning
) -> None:
    async with drive() as user:
        await user.press("space", "w")
        await user.type("Acme Corp")
        await user.press("shift+tab", "1")
        assert user.messages() == ["Call back “Acme Corp” Wed 25 Nov; u takes it back."]


async def test_the_day_is_asked_of_whom_another_terminal_has_named_meanwhile(
    drive: Drive, store: Store, clock: SetClock, buyers: Morning
) -> None:
    async with drive() as user:
        await user.press("c")
        clock.pass_by(seconds=60)
        await user.press("c")
        with closing(Store(store.path, store.clock)) as other:
            other.timer.name_contact("Zeta AG")
        assert "Zeta AG" in await user.see("5")
        await user.enter("thu 10:00")
        step = store.contacts.find("Zeta AG").step
        assert step is not None
        assert (step.day, step.kind) == (date(2026, 11, 26), StepKind.MEETING)


@pytest.mark.parametrize(("outcome", "kind"), [("5", StepKind.MEETING), ("6", StepKind.CALL)])
@pytest.mark.parametrize("way", ["w", "n", "space"])
async def test_the_day_is_asked_after_a_form_too(
    drive: Drive, store: Store, clock: SetClock, buyers: Morning, way: str, outcome: str, kind: str
) -> None:
    async with drive() as user:
        await user.press(*(("space", "w") if way == "space" else "c"))
        clock.pass_by(seconds=60)
        if way != "space":
            await user.press("c", "w")
        await user.type("Zeta AG")
        if way == "n":
            await user.press("shift+tab", "n")
        await user.press("shift+tab")
        assert "Esc says no day" in await user.see(outcome)
        await user.enter("+3")
        step = store.contacts.find("Zeta AG").step
        assert step is not None
        assert (step.day, step.kind) == (date(2026, 11, 27), kind)
        assert user.app.screen is user.today


async def test_the_day_is_asked_after_l_and_not_when_an_entry_is_changed(
    drive: Drive, buyers: Morning
) -> None:
    async with drive() as user:
        await user.press("tab", "l", "5", "tab", "tab", "right", "enter")
        assert user.today.snapshot.entries[-1].outcome is Outcome.MEETING_SET
        assert "Esc says no day" in user.screen_text()
        await user.press("escape", "tab", "e", "9", "enter")
        assert user.app.screen is user.today
        assert user.today.snapshot.entries[-1].seconds == 9 * 60


async def test_a_day_that_the_form_says_is_not_asked_again(
    drive: Drive, clock: SetClock, buyers: Morning
) -> None:
    async with drive() as user:
        await user.press("n")
        clock.pass_by(seconds=60)
        await user.press("c", "b")
        await user.enter("+3")
        await user.press("5")
        assert user.app.screen is user.today


async def test_c_on_an_entry_of_the_log_calls_its_contact(drive: Drive, buyers: Morning) -> None:
    async with drive() as user:
        await user.press("tab", "tab", "up", "c")
        running = user.today.snapshot.running
        assert running is not None
        assert running.contact == "Lumen Labs"


async def test_b_asks_who_first_where_the_call_names_nobody(
    drive: Drive, store: Store, clock: SetClock, morning: Morning
) -> None:
    async with drive() as user:
        await user.press("c")
        clock.pass_by(seconds=60)
        await user.press("b", "enter")
        await user.enter("drop")  # which no call does
        assert "“drop” is not a day" in user.screen_text()
        await user.press("home", "ctrl+k")
        await user.enter("+3")
        assert "Who is called again? Type a name." in await user.see("enter")
        await user.enter("Zeta AG")
        await user.press("enter", "3")
        step = store.contacts.find("Zeta AG").step
        assert step is not None
        assert step.day == date(2026, 11, 27)


async def test_a_note_in_wide_letters_is_wrapped_and_not_cut(
    drive: Drive, store: Store, morning: Morning
) -> None:
    signs = [chr(0x4E00 + number) for number in range(60)]
    store.entries.log(NewEntry(morning.sales, seconds=60, contact="Zeta", note="".join(signs)))
    store.timer.start(morning.sales, contact="Zeta", watched=True)
    async with drive((120, 40)) as user:
        text = user.screen_text()
        assert [sign for sign in signs if sign not in text] == []


@pytest.mark.parametrize(
    ("width", "said"),
    [(80, "A firm with a long and winding name…"),
     (120, "A firm with a long and winding name Ltd · promised for today")],
)  # fmt: skip
async def test_beside_a_long_name_the_phone_stays(
    drive: Drive, morning: Morning, store: Store, width: int, said: str
) -> None:
    store.contacts.add("A firm with a long and winding name Ltd", "+49 30 555 0142 ext 11")
    store.contacts.promise("A firm with a long and winding name Ltd", TODAY)
    async with drive((width, 24)) as user:
        (found,) = (each for each in user.screen_text().splitlines() if "NEXT  " in each)
        assert (
            found.split("NEXT  ")[1].rstrip(" cal").removesuffix("n").rstrip()
            == f"{said} · +49 30 555 0142 ext 11"
        )


async def test_in_one_column_who_is_talked_to_stands_in_its_place_until_the_call_ends(
    drive: Drive, clock: SetClock, buyers: Morning
) -> None:
    async with drive((80, 30)) as user:
        assert "CALL NEXT" in user.screen_text()
        assert "WITH Fjord Logistics" in await user.see("n")
        clock.pass_by(seconds=90)
        assert stale_panels(user.app) == []
        text = await user.see("x")
        assert "WITH Fjord" not in text
        assert "CALL NEXT" in text
        assert stale_panels(user.app) == []
