"""The list of all contacts, in the order of what comes next."""

from datetime import date, datetime, time

import pytest

from needlemover.domain.buyers.contact import Standing
from needlemover.domain.calls.entry import Outcome
from needlemover.store.buyers.contacts import Lead
from needlemover.store.calls.new_entry import NewEntry
from needlemover.store.store import Store

from ..conftest import SetClock, terms


def fill(store: Store, clock: SetClock) -> None:
    """One or two of every standing, as of 24 November 2026."""
    sales = store.activities.add("Sales", terms(60), is_sales=True).id

    def call(day: int, name: str, outcome: Outcome) -> None:
        clock.set(datetime(2026, 11, day, 10, 0))
        store.entries.log(NewEntry(sales, seconds=60, contact=name, outcome=outcome))

    call(2, "Old Ask", Outcome.ASKED)
    call(3, "Known", Outcome.TALKED)
    call(4, "Known Later", Outcome.TALKED)
    call(10, "New Ask", Outcome.ASKED)
    store.contacts.add_list([Lead("Second"), Lead("First Try"), Lead("Third")], "leads.csv")
    call(11, "Second", Outcome.NO_ANSWER)
    call(12, "Never", Outcome.TALKED)
    store.contacts.never(store.contacts.find("Never").contact.id)
    store.contacts.drop(store.contacts.add("Gone").contact.id, let_go=True)
    store.contacts.drop(store.contacts.find("Known Later").contact.id, let_go=True)
    store.contacts.promise("Late", date(2026, 11, 20))
    store.contacts.promise("Later", date(2026, 12, 1))
    store.contacts.promise("At Four", date(2026, 11, 24), time(16))
    store.contacts.promise("Any Time", date(2026, 11, 24))
    clock.set(datetime(2026, 11, 24, 15, 40))


def test_what_comes_next_stands_first(store: Store, clock: SetClock) -> None:
    fill(store, clock)
    found = store.contacts.snapshot()
    assert [(row.name, row.standing(store.today).value) for row in found.rows] == [
        ("Late", "late"), ("Any Time", "today"), ("At Four", "today"), ("Later", "later"),
        ("New Ask", "waiting"), ("Old Ask", "waiting"),
        ("First Try", "list"), ("Third", "list"), ("Second", "list"),
        ("Known", "nothing"), ("Known Later", "let go"), ("Gone", "let go"), ("Never", "never"),
    ]  # fmt: skip
    assert found.counts[Standing.TODAY] == 2
    assert found.counts[Standing.LIST] == 3


def test_a_line_says_what_is_known_of_the_whole_buyer(store: Store, clock: SetClock) -> None:
    fill(store, clock)
    for row in store.contacts.snapshot().rows:
        buyer = store.contacts.find(row.name)
        assert row.standing(store.today) is buyer.standing(store.today)
        assert (row.tries, row.last_touch) == (buyer.tries, buyer.last_dial)
        assert row.promised == (buyer.step.day if buyer.step else None)
        assert row.asked_on == buyer.asked_on
        assert row.at == (buyer.step.at if buyer.step else None)
        assert row.key == buyer.key


def test_a_name_is_found_by_any_part_of_it_in_any_case(store: Store, clock: SetClock) -> None:
    fill(store, clock)
    assert [row.name for row in store.contacts.snapshot("  ASK ").rows] == ["New Ask", "Old Ask"]
    for typed in ("a", "as", "ask", "k", "new ask", "n"):
        found = [row.key for row in store.contacts.snapshot(typed).rows]
        everybody = [row.key for row in store.contacts.snapshot().rows]
        assert found == [key for key in everybody if typed in key], typed
    assert store.contacts.snapshot("nobody").rows == ()
    assert store.contacts.snapshot("nobody").buyer is None


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("555 0142", ["Abroad", "Office"]),
        ("030 555", ["Abroad"]),
        ("0049 (30) 555-0142", ["Abroad"]),
        ("0142", ["Unit 0142"]),  # too few: a part of a name alone
        ("x5550142", []),
        ("0151 2345", ["Mobile"]),  # more digits than are kept, as they come
        ("+49 151 2345", ["Mobile"]),
        ("+49 151 23456789", ["Mobile"]),
    ],
)
def test_a_phone_is_found_by_its_digits_however_it_is_written(
    store: Store, typed: str, found: list[str]
) -> None:
    store.contacts.add("Abroad", "+49 30 5550142")
    store.contacts.add("Office", "040/5550142")
    store.contacts.add("Mobile", "0151 23456789")
    store.contacts.add("Unit 0142")
    for part in (typed[:1], typed[:2], typed):  # as it is typed
        rows = store.contacts.snapshot(part).rows
    assert sorted(row.name for row in rows) == found


def test_one_of_them_is_read_whole_else_the_first(store: Store, clock: SetClock) -> None:
    fill(store, clock)
    second = store.contacts.find("Second").contact.id
    found = store.contacts.snapshot(chosen=second)
    assert found.buyer == store.contacts.find("Second")
    assert found.rows[found.place].id == second
    assert [entry.outcome for entry in found.touches] == [Outcome.NO_ANSWER]
    first = store.contacts.snapshot("ask", chosen=second)
    assert first.buyer is not None
    assert (first.place, first.buyer.contact.name) == (0, "New Ask")


def test_the_list_follows_a_change(store: Store, clock: SetClock) -> None:
    fill(store, clock)
    assert store.contacts.snapshot().rows[0].name == "Late"
    store.contacts.drop(store.contacts.find("Late").contact.id)
    assert store.contacts.snapshot().rows[0].name == "Any Time"
    store.journal.undo()
    assert store.contacts.snapshot().rows[0].name == "Late"


def test_an_empty_file_has_nobody(store: Store) -> None:
    found = store.contacts.snapshot()
    assert (found.rows, found.buyer, sum(found.counts.values())) == ((), None, 0)
