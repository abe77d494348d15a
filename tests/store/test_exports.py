"""All data at once: one step of the undo history, whatever comes after it."""

from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import date, datetime
from pathlib import Path

import pytest

from needlemover.domain.errors import NeedleError
from needlemover.domain.promises.commitment import ActivityFact
from needlemover.store.calls.new_entry import NewEntry
from needlemover.store.care.sections import Data
from needlemover.store.imports.content import ImportedEntry
from needlemover.store.store import Store

from ..conftest import SetClock
from .conftest import dump, sql

YESTERDAY = date(2026, 11, 23)


@pytest.fixture
def other(tmp_path: Path) -> Iterator[Store]:
    """A file in which nothing was done."""
    with closing(Store(tmp_path / "other.db", SetClock(datetime(2026, 11, 24, 16)))) as opened:
        yield opened


def data_of(store: Store) -> Data:
    with store.exports.reading() as data:
        return Data(data.sections, list(data.entries))


def bring_calls(store: Store) -> None:
    rows = [ImportedEntry(f"row {number}", YESTERDAY, seconds=60) for number in range(3)]
    store.imports.add(rows, source="crm", file_name="calls.csv")


def entries(store: Store) -> list[tuple[int, str]]:
    return sql(store.path, "SELECT id, source FROM entry ORDER BY id")  # type: ignore[return-value]


def test_later_imports_are_undone_and_done_again_apart_from_it(
    store: Store, calls: ActivityFact, other: Store
) -> None:
    store.entries.log(NewEntry(calls.id, seconds=600))
    bring_calls(store)
    store.entries.log(NewEntry(calls.id, seconds=900))
    other.exports.add(data_of(store), file_name="all.json")
    of_all = [(1, "crm"), (2, "crm"), (3, "crm"), (4, "hand"), (5, "hand")]
    assert entries(other) == of_all
    other.imports.add(
        [ImportedEntry("another", YESTERDAY, seconds=90)], source="crm", file_name="more.csv"
    )
    assert entries(other) == [*of_all, (6, "crm")]
    other.journal.undo()
    other.journal.undo()
    assert entries(other) == []
    other.journal.redo()
    assert entries(other) == of_all
    other.journal.redo()
    assert entries(other) == [*of_all, (6, "crm")]


def test_what_was_undone_leaves_a_file_in_which_nothing_was_done(
    store: Store, film: ActivityFact, other: Store
) -> None:
    store.entries.tick(film.id)
    other.activities.add("Plan", None)
    other.journal.undo()
    assert other.exports.add(data_of(store), file_name="all.json").is_whole
    assert [item.name for item in other.activities.all()] == ["Film one video"]
    with pytest.raises(NeedleError):
        other.journal.redo()


def test_today_and_the_streaks_are_those_of_the_other_file(
    store: Store, calls: ActivityFact, film: ActivityFact, other: Store
) -> None:
    for day in (22, 23):
        store.entries.tick(film.id, date(2026, 11, day))
    store.entries.log(NewEntry(calls.id, seconds=600, contact="Acme"))
    store.entries.tick(film.id)
    other.day()
    other.exports.add(data_of(store), file_name="all.json")
    assert other.day() == store.day()
    assert other.progress.streaks() == store.progress.streaks()


def test_a_trial_leaves_no_trace(store: Store, film: ActivityFact, other: Store) -> None:
    store.entries.tick(film.id)
    before = dump(other.path)
    brought = other.exports.add(data_of(store), file_name="all.json", dry_run=True)
    assert (brought.added, brought.made["activities"]) == (1, 1)
    assert dump(other.path) == before
    assert other.journal.steps() == ()


def test_when_reading_fails_half_way_nothing_is_there(
    store: Store, film: ActivityFact, other: Store
) -> None:
    store.entries.tick(film.id)
    data = data_of(store)

    def broken() -> Iterator[dict[str, object]]:
        yield from data.entries  # type: ignore[misc]
        raise NeedleError("It cannot be read on.")

    before = dump(other.path)
    with pytest.raises(NeedleError, match="read on"):
        other.exports.add(Data(data.sections, broken()), file_name="a.json")  # type: ignore[arg-type]
    assert dump(other.path) == before
    triggers = sql(other.path, "SELECT count(*) FROM sqlite_master WHERE type = 'trigger'")
    assert triggers == sql(store.path, "SELECT count(*) FROM sqlite_master WHERE type = 'trigger'")


def test_the_day_sums_are_those_of_the_entries_of_both(
    store: Store, calls: ActivityFact, other: Store, again: Callable[[], Store]
) -> None:
    store.entries.log(NewEntry(calls.id, seconds=600, contact="Acme"))
    sales = other.activities.add("Sales conversations", None, is_sales=True)
    other.entries.log(NewEntry(sales.id, seconds=300, contact="Foo"))
    other.exports.add(data_of(store), file_name="all.json")
    assert sql(other.path, "SELECT sum(seconds), sum(conversations) FROM day_sum") == [(900, 2)]
    seen = other.day().sales
    assert seen is not None
    assert (seen.seconds, seen.conversations) == (900, 2)


def test_what_an_import_completes_of_a_buyer_is_counted_and_undone(
    store: Store, other: Store
) -> None:
    store.contacts.add("Acme", "+49 30 5550142", "Knows the board.")
    store.contacts.add("Initech")
    other.contacts.add("Acme")
    result = other.exports.add(data_of(store), file_name="all.json")
    assert result.words == "0 entries, 1 contact and 1 completed contact"
    assert other.contacts.find("Acme").contact.phone == "+49 30 5550142"
    assert not other.exports.add(data_of(store), file_name="all.json").changed_anything
    assert other.journal.undo() == f"Imported {result.words} from “all.json”"
    (buyer,) = other.contacts.all()
    assert (buyer.contact.name, buyer.contact.phone) == ("Acme", "")


def test_no_import_promises_anything_to_who_asked_not_to_be_called(
    store: Store, other: Store
) -> None:
    store.contacts.never(store.contacts.promise("Acme", date(2026, 11, 26)).contact.id)
    store.contacts.promise("Initech", date(2026, 11, 26))
    other.contacts.promise("Acme", date(2026, 11, 27))
    other.contacts.never(other.contacts.promise("Initech", date(2026, 11, 27)).contact.id)
    other.exports.add(data_of(store), file_name="all.json")
    assert [buyer.contact.never_since for buyer in other.contacts.all()] == [store.today] * 2
    assert [buyer.step for buyer in other.contacts.all()] == [None, None]


def test_a_promise_kept_since_an_export_is_not_made_again_by_it(store: Store) -> None:
    store.contacts.promise("Acme", date(2026, 11, 26))
    before = data_of(store)
    store.contacts.drop(store.contacts.find("Acme").contact.id)
    assert not store.exports.add(before, file_name="before.json").changed_anything
    assert store.contacts.find("Acme").step is None
