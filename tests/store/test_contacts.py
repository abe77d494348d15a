"""Contacts: a row for each buyer that the log names, kept true by triggers."""

import sqlite3
from contextlib import closing, suppress
from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from needlemover.domain.buyers.contact import StepKind
from needlemover.domain.calls.entry import Outcome
from needlemover.domain.errors import GoneError, NeedleError, WrongUsageError
from needlemover.domain.promises.commitment import ActivityFact
from needlemover.store import derived
from needlemover.store.buyer_rows import IS_THERE
from needlemover.store.buyers.contacts import Lead
from needlemover.store.calls.new_entry import NewEntry
from needlemover.store.store import Store

from ..conftest import SetClock, some_examples
from .conftest import dump, sql
from .test_derived import calls as calls_of_acme
from .test_properties import Command, begun, changes, undoing


def kept(store: Store) -> list[tuple[object, ...]]:
    """The name, the days of the last entry and conversation, and the tries of each."""
    columns = "name, touched_on, talked_on, tries"
    return sql(store.path, f"SELECT {columns} FROM contact WHERE {IS_THERE} ORDER BY id")


def wrong(store: Store) -> list[str]:
    with closing(sqlite3.connect(store.path)) as connection:
        return list(derived.wrong_contacts(connection))


def call(store: Store, contact: str, outcome: Outcome, day: str) -> int:
    new = NewEntry(None, date.fromisoformat(day), outcome=outcome, contact=contact)
    return store.entries.log(new).entry.id


def test_tries_are_the_dials_since_the_last_conversation(store: Store, calls: ActivityFact) -> None:
    call(store, "Acme", Outcome.NO_ANSWER, "2026-11-16")
    call(store, "Acme", Outcome.TALKED, "2026-11-17")
    call(store, "acme ", Outcome.VOICEMAIL, "2026-11-18")
    last = call(store, "ACME", Outcome.GATEKEEPER, "2026-11-19")
    call(store, "Initech", Outcome.NO_ANSWER, "2026-11-19")
    assert kept(store) == [
        ("Acme", "2026-11-19", "2026-11-17", 2), ("Initech", "2026-11-19", None, 1),
    ]  # fmt: skip
    store.entries.edit(last, contact="Initech")
    assert kept(store) == [
        ("Acme", "2026-11-18", "2026-11-17", 1), ("Initech", "2026-11-19", None, 2),
    ]  # fmt: skip
    store.journal.undo()
    store.entries.delete(last)
    assert kept(store)[0] == ("Acme", "2026-11-18", "2026-11-17", 1)
    call(store, "Acme", Outcome.TALKED, "2026-11-15")
    assert kept(store)[0] == ("Acme", "2026-11-18", "2026-11-17", 1)


@some_examples(15)
@given(st.lists(st.one_of(changes, changes, calls_of_acme, undoing), max_size=20))
def test_contacts_are_what_their_entries_say_whatever_is_done(commands: list[Command]) -> None:
    with begun() as (store, clock):
        for act in commands:
            with suppress(NeedleError):
                act(store, clock)
            assert wrong(store) == []


def test_a_contact_that_is_missing_or_miscounted_is_found(
    store: Store, calls: ActivityFact, clock: SetClock
) -> None:
    call(store, "Acme", Outcome.TALKED, "2026-11-17")
    call(store, "Initech", Outcome.TALKED, "2026-11-17")
    sql(store.path, "UPDATE contact SET tries = 3 WHERE name = 'Acme'")
    sql(store.path, "DELETE FROM contact WHERE name = 'Initech'")
    assert wrong(store) == [
        "What is kept of Acme does not add up to its entries.",
        "Initech is named in the log but is not a contact.",
    ]


def told(store: Store) -> dict[str, list[tuple[object, ...]]]:
    """All rows but what is worked out from them."""
    return {name: rows for name, rows in dump(store.path).items() if name != "kept_past"}


def steps(store: Store) -> list[tuple[object, ...]]:
    return sql(
        store.path,
        "SELECT name, kind, day, at, ended_by FROM next_step "
        "JOIN contact ON contact.id = contact_id ORDER BY next_step.id",
    )


def test_a_callback_is_settled_by_a_conversation_and_undo_brings_it_back(
    store: Store, calls: ActivityFact
) -> None:
    store.contacts.promise("Acme", date(2026, 11, 24), time(14), note="Back on Tuesday.")
    open_one = ("Acme", "call", "2026-11-24", "14:00:00", None)
    assert steps(store) == [open_one]
    call(store, "acme", Outcome.TALKED, "2026-11-24")
    assert steps(store) == [(*open_one[:4], "talked")]
    store.journal.undo()
    assert steps(store) == [open_one]
    call(store, "acme", Outcome.TALKED, "2026-11-23")  # before it was promised
    assert steps(store) == [open_one]


def test_a_promise_brings_back_what_was_said_in_the_last_call(
    store: Store, calls: ActivityFact
) -> None:
    def promised(note: str | None = None) -> str:
        step = store.contacts.promise("Acme", date(2026, 11, 26), note=note).step
        assert step is not None
        return step.note

    call(store, "Acme", Outcome.TALKED, "2026-11-23")
    said = call(store, "Acme", Outcome.TALKED, "2026-11-24")
    store.entries.edit(said, note="Wants it in March.")
    assert promised() == "Wants it in March."
    assert promised("Send the contract.") == "Send the contract."
    assert promised() == "Send the contract."
    assert promised("") == ""


def test_a_dial_without_an_answer_moves_a_callback_that_has_come(
    store: Store, calls: ActivityFact, clock: SetClock
) -> None:
    store.contacts.promise("Acme", date(2026, 11, 24), time(9))
    moved = store.entries.log(
        NewEntry(None, started_at=clock.now(), outcome=Outcome.NO_ANSWER, contact="Acme")
    ).promised
    assert moved is not None
    assert moved.day == date(2026, 11, 25)
    assert steps(store) == [
        ("Acme", "call", "2026-11-24", "09:00:00", "no_answer"),
        ("Acme", "call", "2026-11-25", None, None),
    ]
    later = NewEntry(None, started_at=clock.now(), outcome=Outcome.NO_ANSWER, contact="Acme")
    assert store.entries.log(later).promised is None  # it has not come


def test_a_call_corrected_to_a_conversation_settles_the_callback_that_it_had_moved(
    store: Store, calls: ActivityFact, clock: SetClock
) -> None:
    store.contacts.promise("Acme", date(2026, 11, 24), time(9))
    clock.pass_by(days=1)
    slip = call(store, "Acme", Outcome.NO_ANSWER, "2026-11-25")
    moved = steps(store)
    assert moved[-1] == ("Acme", "call", "2026-11-26", None, None)
    store.entries.edit(slip, outcome=Outcome.TALKED)
    assert steps(store) == [("Acme", "call", "2026-11-24", "09:00:00", "talked")]
    store.journal.undo()
    assert steps(store) == moved


def test_a_meeting_with_a_corrected_slip_was_held(
    store: Store, calls: ActivityFact, clock: SetClock
) -> None:
    store.contacts.promise("Acme", date(2026, 11, 24), time(9), kind=StepKind.MEETING)
    slip = call(store, "Acme", Outcome.NO_ANSWER, "2026-11-24")
    assert store.numbers.snapshot().kept.meetings == (0, 1)
    store.entries.edit(slip, outcome=Outcome.MEETING_SET)
    kept = store.numbers.snapshot().kept
    assert (kept.callbacks, kept.meetings) == ((0, 0), (1, 1))


def test_a_conversation_named_later_settles_what_was_promised_before(
    store: Store, calls: ActivityFact, clock: SetClock
) -> None:
    store.contacts.promise("Acme", date(2026, 11, 25))
    clock.pass_by(days=1)
    nameless = call(store, "", Outcome.TALKED, "2026-11-25")
    store.entries.edit(nameless, contact="acme")
    assert steps(store) == [("Acme", "call", "2026-11-25", None, "talked")]


def test_a_corrected_call_leaves_what_was_promised_in_it(store: Store, calls: ActivityFact) -> None:
    nameless = call(store, "", Outcome.TALKED, "2026-11-24")
    store.contacts.promise("Acme", date(2026, 11, 27))
    store.entries.edit(nameless, contact="Acme")
    store.entries.edit(nameless, outcome=Outcome.ASKED)
    slip = call(store, "Initech", Outcome.NO_ANSWER, "2026-11-24")
    store.contacts.promise("Initech", date(2026, 11, 27))
    store.entries.edit(slip, outcome=Outcome.TALKED)
    assert steps(store) == [
        ("Acme", "call", "2026-11-27", None, None), ("Initech", "call", "2026-11-27", None, None),
    ]  # fmt: skip


def test_a_contact_has_one_open_step_at_most(store: Store, calls: ActivityFact) -> None:
    store.contacts.promise("Acme", date(2026, 11, 25))
    store.contacts.promise("ACME", date(2026, 11, 27), kind=StepKind.MEETING)
    assert [row[2:] for row in steps(store)] == [
        ("2026-11-25", None, "moved"), ("2026-11-27", None, None),
    ]  # fmt: skip
    with pytest.raises(WrongUsageError, match="is over"):
        store.contacts.promise("Acme", date(2026, 11, 23))
    buyer = store.contacts.find("ac")
    store.contacts.drop(buyer.contact.id)
    with pytest.raises(NeedleError, match="Nothing was promised"):
        store.contacts.drop(buyer.contact.id)


def test_a_renamed_contact_takes_its_calls_along_and_back(
    store: Store, calls: ActivityFact
) -> None:
    call(store, "Acme", Outcome.TALKED, "2026-11-17")
    store.timer.start(contact="Acme")
    before = told(store)
    buyer = store.contacts.find("Acme")
    store.contacts.edit(buyer.contact.id, name="Initech", phone="+49 30 5550142")
    assert kept(store) == [("Initech", "2026-11-17", "2026-11-17", 0)]
    assert [entry.contact for entry in store.entries.with_contact("initech", 3)] == ["Initech"]
    running = store.day().running
    assert running is not None
    assert running.contact == "Initech"
    store.journal.undo()
    assert told(store) == before


def test_joined_contacts_are_one_and_come_apart_again(store: Store, calls: ActivityFact) -> None:
    call(store, "Initech Inc", Outcome.NO_ANSWER, "2026-11-18")
    call(store, "Initech", Outcome.NO_ANSWER, "2026-11-17")
    store.contacts.add("Initech Inc", "030 5550142")
    store.contacts.promise("Initech Inc", date(2026, 11, 26))
    one, other = store.contacts.find("Initech Inc"), store.contacts.find("Initech")
    with pytest.raises(NeedleError, match="is another contact"):
        store.contacts.edit(one.contact.id, name="INITECH")
    before = told(store)
    joined = store.contacts.merge(one.contact.id, other.contact.id)
    assert (joined.contact.name, joined.contact.phone) == ("Initech", "030 5550142")
    assert (joined.tries, joined.contact.position) == (2, 1)
    assert joined.step is not None
    assert joined.step.day == date(2026, 11, 26)
    assert [buyer.contact.name for buyer in store.contacts.all()] == ["Initech"]
    assert wrong(store) == []
    store.journal.undo()
    assert told(store) == before


def test_who_asked_never_to_be_called_is_left_out_whatever_is_joined_or_brought(
    store: Store, calls: ActivityFact
) -> None:
    store.contacts.add("Acme")
    store.contacts.promise("Acme", date(2026, 11, 24))
    store.contacts.never(store.contacts.find("Acme").contact.id)
    with pytest.raises(NeedleError, match="asked not to be called"):
        store.contacts.promise("Acme", date(2026, 11, 24))
    leads = [Lead("Acme"), Lead("Initech"), Lead("initech ")]
    assert store.contacts.add_list(leads, "a.csv").added == 1
    store.contacts.merge(
        store.contacts.find("Acme").contact.id, store.contacts.find("Initech").contact.id
    )
    assert store.contacts.candidates().buyers == ()
    assert store.contacts.candidates().listed == 0


def test_a_list_brings_nobody_by_another_spelling_whose_phone_is_never_to_be_called(
    store: Store,
) -> None:
    store.contacts.add("Initech Inc", "+49 30 5550142")
    store.contacts.add("Initech")
    gone, kept_id = (store.contacts.find(name).contact.id for name in ("Initech Inc", "initech"))
    store.contacts.never(gone)
    store.contacts.merge(gone, kept_id)
    leads = [
        Lead("Initech Inc", "030 5550142"),
        Lead("INITECH", "110"),
        Lead("Acme", "030 5550143"),
    ]
    assert store.contacts.add_list(leads, "leads.csv").added == 1
    assert {buyer.contact.name for buyer in store.contacts.candidates().buyers} == {"Acme"}


def test_who_was_joined_meanwhile_is_gone_and_is_not_made_anew(store: Store) -> None:
    gone, kept_id = (store.contacts.add(name).contact.id for name in ("Initech Inc", "Acme"))
    store.contacts.merge(gone, kept_id)
    before = told(store)
    for change in (
        lambda: store.contacts.never(gone),
        lambda: store.contacts.edit(gone, name="Initech"),
        lambda: store.contacts.merge(gone, kept_id),
        lambda: store.contacts.merge(kept_id, gone),
        lambda: store.contacts.drop(gone, let_go=True),
    ):
        with pytest.raises(GoneError):
            change()
    assert told(store) == before


def test_the_next_ones_are_the_promised_old_asks_and_the_first_of_the_list(
    store: Store, calls: ActivityFact
) -> None:
    store.contacts.add_list([Lead(f"Lead {number}") for number in range(9)], "leads.csv")
    call(store, "Lead 0", Outcome.NO_ANSWER, "2026-11-20")
    call(store, "Old Ask", Outcome.ASKED, "2026-11-10")
    call(store, "New Ask", Outcome.ASKED, "2026-11-23")
    store.contacts.promise("Late", date(2026, 11, 24))
    found = store.contacts.candidates(at_most=3)
    assert {buyer.contact.name for buyer in found.buyers} == {
        "Lead 1", "Lead 2", "Lead 3", "Old Ask", "Late",
    }  # fmt: skip
    assert found.listed == 9
    call(store, "Lead 1", Outcome.NO_ANSWER, "2026-11-24")
    store.contacts.promise("Lead 2", date(2026, 12, 1))
    store.contacts.promise("Lead 3", date(2026, 12, 1))
    store.contacts.never(store.contacts.find("Lead 3").contact.id)
    call(store, "Lead 4", Outcome.TALKED, "2026-11-20")
    assert store.contacts.candidates().listed == 5, "who may still be called today"
    assert [item.contact.name for item in store.contacts.due(store.today, store.today)] == ["Late"]


def test_of_many_old_asks_the_last_ones_are_called_and_none_of_years_ago(
    store: Store, calls: ActivityFact
) -> None:
    for number in range(1, 6):
        call(store, f"Ask {number}", Outcome.ASKED, f"2026-10-0{number}")
    found = store.contacts.candidates(at_most=2).buyers
    assert {buyer.contact.name for buyer in found} == {"Ask 4", "Ask 5"}


def test_an_old_ask_is_called_though_newer_ones_wait_for_something_else(
    store: Store, calls: ActivityFact
) -> None:
    call(store, "Old Ask", Outcome.ASKED, "2026-10-01")
    for number, name in enumerate(("Promised", "Never", "Dialled", "Asked again"), start=2):
        call(store, name, Outcome.ASKED, f"2026-10-0{number}")
    store.contacts.promise("Promised", date(2026, 12, 1))
    store.contacts.never(store.contacts.find("Never").contact.id)
    call(store, "Dialled", Outcome.NO_ANSWER, "2026-11-24")
    call(store, "Asked again", Outcome.ASKED, "2026-11-23")
    found = store.contacts.candidates(at_most=1).buyers
    assert [buyer.contact.name for buyer in found] == ["Old Ask"]


def test_joined_contacts_keep_both_notes_and_the_other_phone(store: Store) -> None:
    gone = store.contacts.add("Initech Inc", "030 5550142", "Ask for Bill.").contact
    kept_one = store.contacts.add("Initech", "030 5550143", "Closed on Fridays.").contact
    before = told(store)
    joined = store.contacts.merge(gone.id, kept_one.id).contact
    assert joined.phone == "030 5550143"
    assert joined.note == "Closed on Fridays. · Ask for Bill. · 030 5550142"
    store.journal.undo()
    assert told(store) == before


def test_joined_contacts_say_the_same_phone_and_note_once(store: Store) -> None:
    gone = store.contacts.add("Initech Inc", "+49 30 5550142", "Ask for Bill.").contact
    kept_one = store.contacts.add("Initech", "030 5550142", "Ask for Bill.").contact
    joined = store.contacts.merge(gone.id, kept_one.id).contact
    assert (joined.phone, joined.note) == ("030 5550142", "Ask for Bill.")


def test_contacts_whose_notes_are_too_long_for_one_are_not_joined(store: Store) -> None:
    gone = store.contacts.add("Initech Inc", note="a" * 6_000).contact
    kept_one = store.contacts.add("Initech", note="b" * 6_000).contact
    before = told(store)
    with pytest.raises(WrongUsageError, match="too long"):
        store.contacts.merge(gone.id, kept_one.id)
    assert told(store) == before


def test_a_renamed_contact_stays_the_same_one_forth_and_back(
    store: Store, calls: ActivityFact
) -> None:
    call(store, "Acme", Outcome.TALKED, "2026-11-17")
    call(store, "acme", Outcome.NO_ANSWER, "2026-11-18")
    store.contacts.promise("Acme", date(2026, 11, 26))
    # A name that nobody sees any more gives way.
    store.entries.delete(call(store, "Initech", Outcome.TALKED, "2026-11-17"))
    before, known = told(store), store.contacts.find("Acme").contact
    renamed = store.contacts.edit(known.id, name="Initech")
    assert renamed.contact.id == known.id
    assert (renamed.tries, renamed.step is not None) == (1, True)
    assert [buyer.contact.name for buyer in store.contacts.all()] == ["Initech"]
    after = told(store)
    store.journal.undo()
    assert told(store) == before
    store.journal.redo()
    assert told(store) == after
    assert wrong(store) == []
    assert store.contacts.edit(known.id, name="INITECH").contact.name == "INITECH"


def test_a_rename_is_undone_though_somebody_had_the_old_name_meanwhile(
    store: Store, calls: ActivityFact
) -> None:
    call(store, "Acme", Outcome.TALKED, "2026-11-17")
    before, known = told(store), store.contacts.find("Acme").contact
    store.contacts.edit(known.id, name="Initech")
    call(store, "Acme", Outcome.TALKED, "2026-11-18")
    call(store, "Globex", Outcome.TALKED, "2026-11-18")
    store.contacts.promise("Acme", date(2026, 11, 26))
    after = told(store)
    for _ in range(4):
        store.journal.undo()
    assert {**told(store), "contact": []} == {**before, "contact": []}
    assert kept(store) == [("Acme", "2026-11-17", "2026-11-17", 0)]
    for _ in range(4):
        store.journal.redo()
    assert told(store) == after
    assert wrong(store) == []


def test_who_was_talked_to_is_not_put_on_the_list_of_those_nobody_reached(
    store: Store, calls: ActivityFact
) -> None:
    call(store, "Acme", Outcome.TALKED, "2026-11-17")
    before = told(store)
    with pytest.raises(NeedleError, match="“Acme” was talked to, and the list"):
        store.contacts.add("acme", "030 5550142")
    assert told(store) == before
