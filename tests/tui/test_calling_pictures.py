"""What a person sees while calling. Look at each picture before taking a new one."""

from datetime import date, datetime

import pytest

from needlemover.domain.calls.entry import Outcome
from needlemover.store.buyers.contacts import Lead
from needlemover.store.calls.new_entry import NewEntry
from needlemover.store.store import Store
from needlemover.tui.app import NeedleApp

from ..conftest import SetClock, terms
from .conftest import Drive, Morning
from .hands import Hands
from .picture import SIZES, Picture, press


def sizes(*more: tuple[int, int]) -> pytest.MarkDecorator:
    """At the two sizes of all pictures, and at others where they show something else."""
    return pytest.mark.parametrize("size", [*SIZES, *more], ids=lambda size: f"{size[0]}x{size[1]}")


NOW = datetime(2026, 11, 24, 15, 40)


@pytest.fixture
def acme(store: Store, clock: SetClock, morning: Morning) -> Morning:
    """Somebody who was asked, is late to be called, and of whom much is known."""

    def call(day: int, outcome: Outcome, note: str = "", amount: int | None = None) -> None:
        clock.set(datetime(2026, 11, day, 10))
        seconds = 760 if outcome.reached else 0
        new = NewEntry(
            morning.sales,
            seconds=seconds,
            contact="Acme Corp",
            outcome=outcome,
            note=note,
            amount=amount,
        )
        store.entries.log(new)

    clock.set(datetime(2026, 11, 9, 9))
    known = store.contacts.find("Acme Corp").contact.id
    store.contacts.edit(known, phone="+49 30 555 0199", note="Berlin, two shops")
    call(10, Outcome.TALKED, "wants to see it")
    call(11, Outcome.TALKED, "call back Thu 10")
    call(12, Outcome.NO_ANSWER)
    call(13, Outcome.ASKED, "sign-off by the board, who meet on Thursdays and want to hear of two "
         "others who bought it", 500_000)  # fmt: skip
    clock.set(datetime(2026, 11, 20, 9))
    store.contacts.promise("Acme Corp", date(2026, 11, 22), note="Ask for the board.")
    store.contacts.add_list([Lead(f"Lead {number}", "030 1") for number in range(12)], "leads.csv")
    clock.set(NOW)
    return morning


@pytest.mark.parametrize(
    "size",
    [(40, 12), (45, 40), (80, 14), (80, 24), (120, 40), (160, 50), (200, 60)],
    ids=lambda size: f"{size[0]}x{size[1]}",
)
def test_an_afternoon(
    picture: Picture, sample: Store, clock: SetClock, size: tuple[int, int]
) -> None:
    sample.begin_use()
    picture(NeedleApp(sample, clock), terminal_size=size, run_before=press("tab", "down"))


@sizes((40, 12), (45, 40), (80, 14))
def test_how_a_call_ended_is_asked(
    picture: Picture, store: Store, clock: SetClock, acme: Morning, size: tuple[int, int]
) -> None:
    picture(NeedleApp(store, clock), terminal_size=size, run_before=press("n", "c"))


@sizes((80, 14), (160, 50))
def test_talking_to_somebody_known(
    picture: Picture, store: Store, clock: SetClock, acme: Morning, size: tuple[int, int]
) -> None:
    picture(NeedleApp(store, clock), terminal_size=size, run_before=press("n"))


@sizes()
def test_talking_to_nobody_named(
    picture: Picture, store: Store, clock: SetClock, morning: Morning, size: tuple[int, int]
) -> None:
    picture(NeedleApp(store, clock), terminal_size=size, run_before=press("c"))


def test_the_note_is_written_beside_what_is_known(
    picture: Picture, store: Store, clock: SetClock, acme: Morning, size: tuple[int, int]
) -> None:
    picture(NeedleApp(store, clock), terminal_size=size, run_before=press("n", "n", "y", "e", "s"))


@sizes()
def test_old_asks_alone_are_called_next(
    picture: Picture, store: Store, clock: SetClock, morning: Morning, size: tuple[int, int]
) -> None:
    for when, contact, amount, note in (
        (datetime(2026, 11, 12, 10), "Harbor GmbH", 500_000, "sign-off by the board"),
        (datetime(2026, 8, 21, 10), "Old Ltd", None, ""),
    ):
        clock.set(when)
        asked = NewEntry(
            morning.sales, contact=contact, outcome=Outcome.ASKED, amount=amount, note=note
        )
        store.entries.log(asked)
    clock.set(NOW)
    picture(NeedleApp(store, clock), terminal_size=size)


async def test_what_is_known_of_the_buyer_stands_there_while_the_call_runs(
    drive: Drive, store: Store, acme: Morning
) -> None:
    async with drive((80, 24)) as user:
        text = await user.see("n")
        assert "WITH Acme Corp" in text
        assert "+49 30 555 0199" in text
        assert "call 2 days late “Ask for the board.”" in text
        assert "asked $5,000, 11 d ago" in text
        assert "no answer" not in text.split("WITH Acme")[1].split("TODAY'S LOG")[0]
        assert "CALL NEXT" not in text
        text = await user.see("c", "enter")
        assert "WITH Acme Corp" not in text
        assert "CALL NEXT" in text
    # The call of today is the newest of three; the dial without an answer tells nothing.
    store.timer.start(acme.sales, contact=" acme CORP ")
    talk = store.day(with_candidates=True).talk
    assert talk is not None
    days = [(entry.day.day, entry.outcome) for entry in talk.touches]
    assert days == [(24, Outcome.TALKED), (24, Outcome.MEETING_SET), (13, Outcome.ASKED)]


async def test_the_note_of_a_call_is_there_after_a_restart(
    drive: Drive, clock: SetClock, acme: Morning
) -> None:
    async with drive((120, 40)) as user:
        await user.press("n", "n")
        await user.type("board")
        await user.press("escape")
        assert "note “board”" in user.screen_text()
    clock.pass_by(seconds=20)
    async with drive((120, 40)) as user:
        assert "note “board”" in user.screen_text()


async def test_a_call_with_nobody_named_says_how_to_name(drive: Drive, acme: Morning) -> None:
    async with drive((80, 24)) as user:
        text = await user.see("c")
        assert "WITH A BUYER" in text
        assert "e says who" in text
        await user.press("e")
        await user.enter("acme corp")
        assert "+49 30 555 0199" in user.screen_text()
        await user.press("e")
        await user.enter("[/] Nobody")
        assert "WITH [/] Nobody" in user.screen_text()
        assert "Nothing is known of them yet." in user.screen_text()


@pytest.mark.parametrize("size", [(80, 14), (100, 16)])
async def test_with_little_room_the_list_and_the_quotas_stay(
    drive: Drive, acme: Morning, size: tuple[int, int]
) -> None:
    async with drive(size) as user:
        for text in (user.screen_text(), await user.see("n")):
            assert all(name in text for name in user.checklist_names())
            assert "37 of 60 min" in text
            assert " 4 of 10" in text


async def test_beside_the_question_what_is_open_keeps_its_row_before_what_is_done(
    drive: Drive, store: Store, morning: Morning
) -> None:
    store.activities.add("Ask for referrals", terms(count=3))
    async with drive((80, 11)) as user:
        text = await user.see("c", "c")
        assert "HOW DID IT END?" in text
        assert "Ask for referrals" in text
        assert "Film one video" not in text  # it is done
        assert "37 of 60 min" in text
        assert " 4 of 10" in text
        assert "Film one video" in await user.see("enter")


async def test_the_footer_says_the_keys_of_the_view_behind_the_dialog_for_the_day(
    drive: Drive, acme: Morning
) -> None:
    async with drive((80, 24)) as user:
        text = await user.see("n", "c")
        assert "1–8 Outcome" in text
        text = await user.see("5")
        assert "Meeting on" in text
        assert "1–8 Outcome" not in text


async def test_all_of_what_was_promised_stands_beside_the_call(
    drive: Drive, store: Store, acme: Morning
) -> None:
    note = "Ask for the board, who meet on Thursday and decide then."
    store.contacts.promise("Acme Corp", date(2026, 11, 24), note=note)
    async with drive((120, 40)) as user:
        text = await user.see("n")
        beside = " ".join(line[73:117].strip(" │") for line in text.splitlines())
        assert note in " ".join(beside.split())


async def test_another_width_shows_the_buyer_in_another_place(drive: Drive, acme: Morning) -> None:
    async with drive((120, 40)) as user:
        text = await user.see("n")
        assert "CALL NEXT" in text
        assert "LAST 4 WEEKS" not in text
        hands = Hands(user.app)
        await hands.resize(80, 40)
        assert "CALL NEXT" not in user.screen_text()
        assert "WITH Acme Corp" in user.screen_text()
        await hands.resize(120, 40)
        assert "CALL NEXT" in user.screen_text()
        assert "WITH Acme Corp" in await user.see("tab", "tab", "up")
        assert "LAST 4 WEEKS" in await user.see("c", "enter")


@pytest.fixture
def dials(store: Store, clock: SetClock, morning: Morning) -> Morning:
    """Twelve calls in a row that nobody answered, one with a note, and two more."""
    clock.set(datetime(2026, 11, 24, 15, 38))
    for number in range(15):
        clock.pass_by(minutes=2)
        note = "rings twice" if number == 12 else ""
        contact, outcome = f"Lead {number}", Outcome.NO_ANSWER
        new = NewEntry(
            morning.sales, started_at=clock.now(), contact=contact, outcome=outcome, note=note
        )
        store.entries.log(new)
    clock.pass_by(minutes=1)
    return morning


@sizes()
@pytest.mark.parametrize("keys", [(), ("enter",)], ids=["folded", "open"])
def test_a_run_of_no_answers(
    picture: Picture,
    store: Store,
    clock: SetClock,
    dials: Morning,
    size: tuple[int, int],
    keys: tuple[str, ...],
) -> None:
    steps = press("tab", "up", "up", "up", *keys)
    picture(NeedleApp(store, clock), terminal_size=size, run_before=steps)


async def test_a_run_is_opened_and_its_calls_are_worked_on_and_it_is_folded_again(
    drive: Drive, store: Store, dials: Morning
) -> None:
    async with drive((120, 40)) as user:
        text = await user.see("tab", "up", "up", "up")
        assert "12 no answers, to 16:02" in text
        assert "Lead 5 " not in text
        await user.press("d")
        assert user.messages() == ["Enter shows these calls: then this key works on each."]
        await user.press("enter", "down", "down")
        assert "Lead 1 " in await user.see("e")
        await user.press("escape", "d")
        names = [entry.contact for entry in user.today.snapshot.entries[6:]]
        assert names == [f"Lead {number}" for number in range(15) if number != 1]
        assert "11 no answers, to 16:02" in user.screen_text()
        assert "12 no answers" in await user.see("u", *["up"] * 15)
        text = await user.see("enter")
        assert "12 no answers" in text
        assert "Lead 5 " not in text


async def test_three_in_a_row_are_folded_two_are_not(drive: Drive, morning: Morning) -> None:
    async with drive((120, 40)) as user:
        assert "no answers" not in await user.see("x", "x")
        assert "3 no answers" in await user.see("x")
        assert "no answers" not in await user.see("u")
        await user.press("l")
        await user.enter("5")
        text = await user.see("x", "x")
        assert "no answers" not in text


@pytest.fixture
def tried(store: Store, clock: SetClock, morning: Morning) -> Morning:
    """Somebody on the list who was dialled five times and never reached, and somebody else."""
    clock.set(datetime(2026, 11, 12, 10))
    store.contacts.add_list([Lead("Umbra Ltd", "030 1"), Lead("Vesper AG", "030 2")], "leads.csv")
    for day in (12, 13, 16, 17, 18):
        clock.set(datetime(2026, 11, day, 10))
        new = NewEntry(morning.sales, contact="Umbra Ltd", outcome=Outcome.NO_ANSWER)
        store.entries.log(new)
    clock.set(NOW)
    return morning


ASKED = "6 dials to “Umbra Ltd” and no conversation: L lets go, any other key keeps."


async def test_after_six_tries_it_is_asked_once_whether_to_let_go_and_the_calling_goes_on(
    drive: Drive, store: Store, tried: Morning
) -> None:
    store.contacts.promise("Umbra Ltd", date(2026, 11, 24))
    async with drive() as user:
        await user.press("n", "x")
        assert user.messages()[-1] == ASKED
        await user.press("n")  # it is kept, and the next one is called
        running = user.today.snapshot.running
        assert running is not None
        assert running.contact == "Vesper AG"
        assert user.messages() == []
        buyer = store.contacts.find("Umbra Ltd")
        assert (buyer.tries, buyer.is_on_list, buyer.step is not None) == (6, True, True)


async def test_who_is_let_go_leaves_the_list_and_undo_brings_it_back(
    drive: Drive, store: Store, tried: Morning
) -> None:
    store.contacts.promise("Umbra Ltd", date(2026, 11, 24))
    async with drive() as user:
        await user.press("n", "x", "L")
        assert user.messages() == ["Let go of “Umbra Ltd”; u brings it back."]
        buyer = store.contacts.find("Umbra Ltd")
        assert (buyer.is_on_list, buyer.step, buyer.contact.never_since) == (False, None, None)
        await user.press("u")
        buyer = store.contacts.find("Umbra Ltd")
        assert (buyer.is_on_list, buyer.step is not None) == (True, True)


async def test_it_is_asked_after_the_sixth_try_alone(
    drive: Drive, store: Store, clock: SetClock, tried: Morning
) -> None:
    clock.set(datetime(2026, 11, 23, 10))
    store.entries.log(NewEntry(tried.sales, contact="Umbra Ltd", outcome=Outcome.NO_ANSWER))
    clock.set(NOW)
    async with drive() as user:
        assert "7th try" in user.screen_text()
        await user.press("tab", "down", "x")
        assert store.contacts.find("Umbra Ltd").tries == 7
        assert user.messages() == []


async def test_the_row_of_a_contact_is_let_go(drive: Drive, store: Store, tried: Morning) -> None:
    async with drive() as user:
        assert "6th try" in user.screen_text()
        await user.press("tab", "down", "L")
        rows = user.screen_text().split("CALL NEXT")[1].split("TODAY'S LOG")[0]
        assert "Umbra Ltd" not in rows
        assert not store.contacts.find("Umbra Ltd").is_on_list
        rows = (await user.see("5")).splitlines()
        assert "let go" in next(row for row in rows if "  Umbra Ltd" in row)
