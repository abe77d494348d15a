"""Whose an imported call is, and what it leaves of what was promised."""

from datetime import date, time
from pathlib import Path

import pytest

from needlemover.domain.buyers.contact import StepKind
from needlemover.domain.calls.entry import Outcome
from needlemover.store.buyers.contacts import Lead
from needlemover.store.imports.content import ImportedEntry, ImportSummary
from needlemover.store.store import Store

from ..cli.conftest import Needle
from ..conftest import SetClock
from ..store.conftest import dump, sql
from .test_import_command import write

MONDAY, TODAY = date(2026, 11, 23), date(2026, 11, 24)


def bring(store: Store, *calls: ImportedEntry) -> ImportSummary:
    return store.imports.add(calls, source="crm", file_name="calls.csv")


def call(row: str = "a", day: date = MONDAY, **facts: object) -> ImportedEntry:
    return ImportedEntry(row=row, day=day, **facts)  # type: ignore[arg-type]


def names(store: Store) -> list[str]:
    return [name for (name,) in sql(store.path, "SELECT contact FROM entry ORDER BY id")]


@pytest.mark.parametrize(
    "phone", ["+49 30 5550142", "030 555 01 42", "(030) 5550-142", "4930/5550142"]
)
def test_a_call_is_of_the_one_who_has_its_phone(store: Store, phone: str) -> None:
    store.contacts.add("Acme Corp", "+49 (30) 555-0142")
    store.contacts.add("Initech", "+49 30 5550143")
    done = bring(store, call("a", phone=phone), call("b", contact=phone))
    assert names(store) == ["Acme Corp", "Acme Corp"]
    assert done.unclear_phones == ()


def test_a_phone_of_nobody_names_its_calls_itself(store: Store) -> None:
    store.contacts.add("Acme Corp", "+49 30 5550142")
    bring(store, call("a", phone="+49 30 9999999"), call("b", phone="0142"), call("c"))
    assert names(store) == ["+49 30 9999999", "0142", None]


def test_a_phone_of_several_is_told_and_joins_nobody(store: Store) -> None:
    store.contacts.add_list([Lead("Acme", "+49 30 5550142"), Lead("A. Corp", "030 5550142")], "x")
    done = bring(store, call("a", phone="0305550142"), call("b", phone="0305550142"))
    assert names(store) == ["0305550142"] * 2
    assert done.unclear_phones == ("0305550142",)


def test_a_name_goes_before_the_phone_which_is_kept_where_there_is_none(store: Store) -> None:
    store.contacts.add("Acme", "+49 30 5550142")
    store.contacts.add("Initech")
    before = dump(store.path)
    bring(
        store,
        call("a", contact="Initech", phone="+49 30 5550142"),
        call("b", contact="initech ", phone="+49 30 7777777"),
        call("c", contact="Acme", phone="+49 30 8888888"),
        call("d", contact="Umbra  Ltd", phone="+49 30 6666666"),
        call("e", contact="Vesper", phone="ask for Vera"),
    )
    phones = {buyer.contact.name: buyer.contact.phone for buyer in store.contacts.all()}
    assert phones == {
        "Acme": "+49 30 5550142", "Initech": "+49 30 5550142", "Umbra Ltd": "+49 30 6666666",
        "Vesper": "",
    }  # fmt: skip
    assert {buyer.contact.name: buyer.tries for buyer in store.contacts.all()} == dict.fromkeys(
        phones, 0
    )
    assert bring(store, call("a", contact="Initech", phone="+49 30 5550142")).known == 1
    store.journal.undo()
    after = dump(store.path)
    shown = [
        name for (name,) in sql(store.path, "SELECT name FROM contact WHERE phone IS NOT NULL")
    ]
    assert shown == ["Acme"]
    assert after["entry"] == before["entry"] == []


def test_imported_conversations_settle_what_was_promised_and_undo_brings_it_back(
    store: Store, clock: SetClock
) -> None:
    clock.set(clock.now().replace(tzinfo=None, day=20))
    store.contacts.promise("Talked", MONDAY, time(14), note="after the board")
    store.contacts.promise("Not There", MONDAY)
    store.contacts.promise("Met", MONDAY, kind=StepKind.MEETING)
    store.contacts.promise("Long Before", MONDAY)
    store.contacts.promise("Nobody Called", MONDAY)
    clock.set(clock.now().replace(tzinfo=None, day=24))
    open_ones = "SELECT contact_id, day, ended_by FROM next_step ORDER BY id"
    before = sql(store.path, open_ones)
    bring(
        store,
        call("a", contact="talked"),
        call("b", contact="Not There", outcome=Outcome.NO_ANSWER),
        call("c", contact="Met", outcome=Outcome.LOST),
        call("d", contact="Long Before", day=date(2026, 11, 16)),
    )
    steps = {buyer.contact.name: buyer.step for buyer in store.contacts.all()}
    assert steps["Talked"] is None
    assert steps["Met"] is None
    assert store.numbers.snapshot().kept.meetings == (1, 1)
    moved = steps["Not There"]
    assert moved is not None
    assert moved.day == TODAY
    for name in ("Long Before", "Nobody Called"):
        step = steps[name]
        assert step is not None
        assert step.day == MONDAY
    store.journal.undo()
    assert sql(store.path, open_ones) == before
    store.journal.redo()
    assert {buyer.contact.name: buyer.step for buyer in store.contacts.all()} == steps


def test_a_trial_settles_nothing(store: Store) -> None:
    store.contacts.promise("Acme", TODAY)
    before = dump(store.path)
    calls = [call("a", day=TODAY, contact="Acme", phone="+49 30 5550142")]
    store.imports.add(calls, source="crm", file_name="calls.csv", dry_run=True)
    assert dump(store.path) == before


def test_the_command_reads_a_column_of_phones(needle: Needle, tmp_path: Path) -> None:
    needle("contact", "add", "Acme", "--phone", "+49 30 5550142")
    for name in ("Initech", "Initech Inc"):
        needle("contact", "add", name, "--phone", "+49 30 5550143")
    file = write(
        tmp_path,
        "day,minutes,phone\n2026-11-20,5,030 5550142\n2026-11-20,6,030 5550143\n"
        "2026-11-20,7,030 5550144\n",
    )
    said = needle("import", file, "--value", "phone:030 5550144=Umbra")
    assert said.code == 0
    assert "“030 5550143” is the phone of several contacts" in said.err
    assert "5550142" not in said.err
    called = {item["name"] for item in needle("contact", "list", "--json").json["contacts"]
              if item["last_talk"]}  # fmt: skip
    assert called == {"Acme", "030 5550143", "Umbra"}


def test_a_phone_that_is_a_sentence_is_said_with_its_row_and_stands_in_the_note(
    needle: Needle, tmp_path: Path
) -> None:
    path = write(
        tmp_path,
        "day,seconds,contact,phone,note\n"
        "2026-11-23,60,Acme,ask for Ann after lunch,was out\n"
        "2026-11-23,60,Initech,030 5550142,\n",
    )
    said = needle("import", path).err
    told = "ine 2: “ask for Ann after lunch” is no phone number, so it goes to the note."
    assert told in said
    assert said.count("is no phone number") == 1
    told = needle("contact", "show", "acme", "--json").json["contact"]
    assert (told["phone"], told["last"][0]["note"]) == ("", "was out · ask for Ann after lunch")
