"""Names that were joined or renamed, and contacts that were let go of: no list makes them anew."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest

from needlemover.domain.calls.entry import Outcome
from needlemover.domain.errors import NeedleError
from needlemover.domain.promises.commitment import ActivityFact
from needlemover.exchange.ours.json_file import opened_json, write_json
from needlemover.store.buyers.contacts import Lead, Taken
from needlemover.store.care.checks import run_checks
from needlemover.store.imports.content import ImportedEntry
from needlemover.store.store import Store

from ..conftest import SetClock
from ..exchange.moving import content
from .conftest import dump, sql
from .test_contacts import call, told

LEADS = (Lead("Initech Inc", "030 5550142"), Lead("Acme"))


def people(store: Store) -> list[str]:
    return sorted(buyer.contact.name for buyer in store.contacts.all())


def listed(store: Store) -> list[str]:
    return sorted(buyer.contact.name for buyer in store.contacts.all() if buyer.is_on_list)


def id_of(store: Store, name: str) -> int:
    return store.contacts.find(name).contact.id


def join(store: Store, gone: str, into: str) -> None:
    store.contacts.merge(id_of(store, gone), id_of(store, into))


def bring_call(store: Store, contact: str, row_id: str) -> None:
    entry = ImportedEntry(
        row_id, date(2026, 11, 20), row_id, outcome=Outcome.TALKED, contact=contact, seconds=60
    )
    store.imports.add([entry], source="csv", file_name="calls.csv")


def exported(store: Store, path: Path) -> Path:
    with store.exports.reading() as data, path.open("wb") as file:
        write_json(data, file)
    return path


def take_in(store: Store, path: Path) -> None:
    with opened_json(path, store.clock.now()) as data:
        store.exports.add(data, file_name=path.name)


@pytest.fixture
def joined(store: Store, calls: ActivityFact) -> Store:
    """A list, of which "Initech Inc" was joined into "Initech"."""
    store.contacts.add_list(LEADS, "leads.csv")
    store.contacts.add("Initech")
    join(store, "Initech Inc", "Initech")
    return store


@pytest.mark.parametrize("spelled", ["Initech Inc", " INITECH  inc"])
def test_a_name_that_was_joined_is_not_made_anew_by_the_same_list(
    joined: Store, spelled: str
) -> None:
    before = dump(joined.path)
    assert joined.contacts.add_list([Lead(spelled), Lead("Acme")], "leads.csv").added == 0
    assert people(joined) == ["Acme", "Initech"]
    assert dump(joined.path) == before


def test_calls_of_a_file_go_to_the_contact_that_a_name_was_joined_into(joined: Store) -> None:
    bring_call(joined, "initech inc", "1")
    assert [entry.contact for entry in joined.entries.with_contact("Initech")] == ["Initech"]
    assert people(joined) == ["Acme", "Initech"]


def test_a_name_is_followed_through_all_that_it_came_to_be(joined: Store) -> None:
    joined.contacts.edit(id_of(joined, "Initech"), name="Initech Group")
    join(joined, "Initech Group", "Acme")
    joined.contacts.edit(id_of(joined, "Acme"), name="Acme Corp")
    names = ("Initech Inc", "Initech", "Initech Group", "Acme")
    assert joined.contacts.add_list(map(Lead, names), "leads.csv").added == 0
    assert {joined.contacts.find(name).contact.name for name in names} == {"Acme Corp"}
    assert people(joined) == ["Acme Corp"]
    for _ in range(3):
        joined.journal.undo()
    assert joined.contacts.find("Initech Inc").contact.name == "Initech"
    joined.journal.undo()
    assert people(joined) == ["Acme", "Initech", "Initech Inc"]


def test_names_joined_forth_and_back_are_followed_to_the_one_that_is_there(joined: Store) -> None:
    joined.contacts.add("Initech Inc")
    join(joined, "Initech", "Initech Inc")
    assert joined.contacts.find("initech").contact.name == "Initech Inc"
    assert joined.contacts.add_list([Lead("Initech"), Lead("Initech Inc")], "leads.csv").added == 0
    joined.contacts.drop(id_of(joined, "Initech Inc"), let_go=True)
    assert people(joined) == ["Acme", "Initech Inc"]


def test_who_has_the_name_by_now_is_another_contact(joined: Store) -> None:
    call(joined, "Initech Inc", Outcome.NO_ANSWER, "2026-11-20")
    bring_call(joined, "Initech Inc", "1")
    assert len(joined.entries.with_contact("Initech Inc")) == 2
    assert joined.contacts.add_list([Lead("initech inc")], "leads.csv") == Taken(0, 1, False)
    assert people(joined) == ["Acme", "Initech", "Initech Inc"]


def test_a_promise_to_a_name_that_was_joined_meanwhile_is_made_to_the_contact(
    joined: Store,
) -> None:
    promised = joined.contacts.promise("Initech Inc", date(2026, 11, 26))
    assert promised.contact.name == "Initech"
    assert people(joined) == ["Acme", "Initech"]


def test_other_names_come_along_in_an_export(joined: Store, clock: SetClock) -> None:
    path = exported(joined, joined.path.with_name("all.json"))
    fresh, used = (Store(joined.path.with_name(name), clock) for name in ("a.db", "b.db"))
    take_in(fresh, path)
    assert content(fresh)["contact"] == content(joined)["contact"]
    used.contacts.add("Initech")
    take_in(used, path)
    for store in (fresh, used):
        assert store.contacts.add_list(LEADS, "leads.csv").added == 0
        assert people(store) == ["Acme", "Initech"]
        store.close()


def test_an_export_of_before_finds_the_contact_that_its_names_were_joined_into(
    store: Store, clock: SetClock
) -> None:
    other = Store(store.path.with_name("other.db"), clock)
    other.activities.add("Calls", None, is_sales=True)
    call(other, "Initech Inc", Outcome.TALKED, "2026-11-20")
    other.contacts.edit(id_of(other, "Initech Inc"), phone="030 5550142")
    path = exported(other, store.path.with_name("all.json"))
    other.close()
    for name in ("Initech", "Initech Inc"):
        store.contacts.add(name)
    join(store, "Initech Inc", "Initech")
    take_in(store, path)
    assert people(store) == ["Initech"]
    found = store.contacts.find("Initech")
    assert (found.contact.phone, found.last_talk) == ("030 5550142", date(2026, 11, 20))


def test_an_other_name_that_is_none_is_found(joined: Store, clock: SetClock) -> None:
    def wrong() -> Sequence[str]:
        found = {item.name: item.sentences for item in run_checks(joined.path, clock).wrong}
        return found.get("Each row keeps the rules", ())

    assert wrong() == ()
    sql(joined.path, "UPDATE contact SET same_as = 'Initech' WHERE same_as IS NOT NULL")
    (row,) = wrong()
    assert row.endswith("its same_as must be in small letters, as names are compared.")


def test_who_was_let_go_of_comes_back_by_no_list(store: Store, calls: ActivityFact) -> None:
    store.contacts.add_list(LEADS, "leads.csv")
    store.contacts.drop(id_of(store, "Acme"), let_go=True)
    call(store, "Globex", Outcome.NO_ANSWER, "2026-11-20")
    store.contacts.drop(id_of(store, "Globex"), let_go=True)
    assert store.contacts.add_list([*LEADS, Lead("Globex")], "leads.csv").added == 0
    assert (listed(store), store.contacts.candidates().listed) == (["Initech Inc"], 1)
    assert [buyer.contact.name for buyer in store.contacts.candidates().buyers] == ["Initech Inc"]


def test_who_was_let_go_of_is_brought_back_by_hand(store: Store, calls: ActivityFact) -> None:
    store.contacts.add_list(LEADS, "leads.csv")
    for name in ("Acme", "Initech Inc"):
        store.contacts.drop(id_of(store, name), let_go=True)
    assert listed(store) == []
    gone = told(store)
    call(store, "Acme", Outcome.NO_ANSWER, "2026-11-20")
    assert listed(store) == ["Acme"]
    store.journal.undo()
    assert told(store) == gone
    store.journal.redo()
    store.contacts.add("Initech Inc")
    assert listed(store) == ["Acme", "Initech Inc"]
    with pytest.raises(NeedleError, match="on the list already"):
        store.contacts.add("Initech Inc")


def test_who_was_let_go_of_in_one_spelling_stays_so_joined_and_exported(
    joined: Store, clock: SetClock
) -> None:
    joined.contacts.drop(id_of(joined, "Acme"), let_go=True)
    join(joined, "Acme", "Initech")
    path = exported(joined, joined.path.with_name("all.json"))
    fresh = Store(joined.path.with_name("a.db"), clock)
    take_in(fresh, path)
    for store in (joined, fresh):
        assert store.contacts.add_list(LEADS, "leads.csv").added == 0
        assert (people(store), listed(store)) == (["Initech"], [])
    fresh.close()


def test_a_list_says_apart_who_was_talked_to_already(store: Store, calls: ActivityFact) -> None:
    call(store, "Acme", Outcome.TALKED, "2026-11-20")
    leads = [Lead("acme", "030 5550142"), Lead("Initech")]
    assert store.contacts.add_list(leads, "leads.csv") == Taken(1, 1, True)
    assert (listed(store), store.contacts.find("Acme").contact.phone) == (
        ["Initech"], "030 5550142"
    )  # fmt: skip
    assert store.contacts.add_list(leads, "leads.csv") == Taken(0, 1, False)
    call(store, "Initech", Outcome.TALKED, "2026-11-21")  # from the list
    assert store.contacts.add_list(leads, "leads.csv") == Taken(0, 2, False)
