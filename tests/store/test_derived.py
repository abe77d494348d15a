"""The sums of the days are those of the entries, whatever is done and whoever does it."""

import sqlite3
from contextlib import closing, suppress
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from needlemover.domain.calls.entry import Outcome
from needlemover.domain.errors import NeedleError
from needlemover.domain.numbers.funnel import BuyerCounts, Tally
from needlemover.domain.promises.commitment import ActivityFact
from needlemover.store import derived
from needlemover.store.calls.new_entry import NewEntry
from needlemover.store.imports.content import ImportedEntry
from needlemover.store.store import Store

from ..conftest import SetClock, some_examples
from .conftest import sql
from .test_properties import (
    Command,
    begun,
    changes,
    command,
    days_ago,
    outcomes,
    pauses,
    places,
    some_activity,
    undoing,
)

ASKS = ("asked", "won", "lost")
NOT_REACHED = ("no_answer", "voicemail", "gatekeeper")


def differences(store: Store) -> list[str]:
    with closing(sqlite3.connect(store.path)) as connection:
        return derived.wrong_sums(connection)


def kept(store: Store) -> list[tuple[object, ...]]:
    """The activity, the hour, and the sums of all days."""
    return sql(store.path, "SELECT * FROM day_sum ORDER BY day, activity_id, hour")


def log_at(s: Store, c: SetClock, a: int, hours: int, outcome: Outcome | None) -> object:
    at = c.now() - timedelta(hours=hours)
    return s.entries.log(
        NewEntry(some_activity(s, a), started_at=at, seconds=300, outcome=outcome, contact="Acme")
    )


calls = command("log at", log_at, places, st.integers(0, 30), outcomes)


@some_examples(15)
@given(
    st.lists(st.one_of(changes, changes, changes, calls, pauses, undoing), max_size=14),
    days_ago,
    days_ago,
)
def test_after_any_commands_the_sums_and_the_numbers_are_those_of_the_entries(
    commands: list[Command], back: int, length: int
) -> None:
    with begun() as (store, clock):
        for act in commands:
            with suppress(NeedleError):
                act(store, clock)
            assert differences(store) == []
        until = store.today - timedelta(days=back)
        agrees_with_the_entries(store, until - timedelta(days=length), until)


def agrees_with_the_entries(store: Store, since: date, until: date) -> None:
    """The numbers of a window, counted from the bare rows."""
    names = ("id", "activity_id", "day", "started_at", "utc_offset", "seconds", "outcome",
             "contact_key", "amount", "follows", "fills_quota")  # fmt: skip
    found = sql(store.path, f"SELECT {', '.join(names)} FROM entry ORDER BY day, id")
    rows = [dict(zip(names, row, strict=True)) for row in found]
    answers = {row["follows"]: row["outcome"] for row in rows if row["outcome"] in ("won", "lost")}
    sales = {key for (key,) in sql(store.path, "SELECT id FROM activity WHERE is_sales")}
    within = [row for row in rows if since.isoformat() <= row["day"] <= until.isoformat()]
    dials = [row for row in within if row["outcome"] and row["follows"] is None]
    talks = [row for row in dials if row["outcome"] not in NOT_REACHED]
    ends = [answers.get(row["id"], row["outcome"]) for row in talks]
    shown = store.numbers.snapshot(since, until)
    assert replace(shown.funnel.tally, earned=0, squares=0) == Tally(
        dials=len(dials),
        conversations=len(talks),
        asks=sum(end in ASKS for end in ends),
        wins=ends.count("won"),
        seconds=sum(row["seconds"] for row in talks),
        money=sum(row["amount"] or 0 for row in within if row["activity_id"] in sales),
        open=ends.count("asked"),
    )
    first = {
        row["contact_key"]: row["day"]
        for row in reversed(rows)
        if row["outcome"] and row["follows"] is None and row["outcome"] not in NOT_REACHED
    }
    people = {row["contact_key"] for row in talks} - {None}
    new = sum(first[name] >= since.isoformat() for name in people)
    unnamed = sum(row["contact_key"] is None for row in talks)
    assert shown.funnel.buyers == BuyerCounts(new, len(talks) - unnamed - new, unnamed)
    for line in shown.returns:
        logged = [row["seconds"] for row in within if row["activity_id"] == line.activity_id]
        assert line.seconds == sum(logged)
    slots: dict[tuple[int, int], list[bool]] = {}
    for row in dials:
        if row["started_at"]:
            at = datetime.fromisoformat(row["started_at"]) + timedelta(seconds=row["utc_offset"])
            place = date.fromisoformat(row["day"]).weekday(), at.hour
            slots.setdefault(place, []).append(row in talks)
    assert {
        (slot.weekday, slot.hour): (slot.dials, slot.conversations) for slot in shown.slots.slots
    } == {place: (len(talked), sum(talked)) for place, talked in slots.items()}
    assert shown.slots.timeless == sum(not row["started_at"] for row in dials)


def test_a_call_is_added_to_its_day_its_activity_and_the_hour_on_the_clock(
    store: Store, calls: ActivityFact, clock: SetClock
) -> None:
    at = clock.now().replace(hour=8, minute=12)
    log = NewEntry(calls.id, started_at=at, seconds=760, outcome=Outcome.ASKED)
    store.entries.log(log)
    # In Berlin it is an hour later. One entry, one dial that is a conversation and an ask.
    assert kept(store) == [("2026-11-24", calls.id, 9, 1, 760, 1, 1, 760, 1, 1, 0)]


def test_what_is_no_dial_has_no_hour(store: Store, film: ActivityFact, clock: SetClock) -> None:
    start = clock.now() - timedelta(minutes=10)
    store.entries.log(NewEntry(film.id, started_at=start, seconds=600))
    store.entries.log(NewEntry(None, count=0, amount=5_000))
    assert kept(store) == [
        ("2026-11-24", 0, -1, 1, 0, 0, 0, 0, 0, 0, 0),
        ("2026-11-24", film.id, -1, 1, 600, 0, 0, 0, 0, 0, 0),
    ]


def test_nothing_is_kept_of_a_day_whose_entries_are_gone(store: Store, film: ActivityFact) -> None:
    entry = store.entries.tick(film.id)
    store.entries.edit(entry.id, day=date(2026, 11, 20))
    assert [row[0] for row in kept(store)] == ["2026-11-20"]
    store.entries.delete(entry.id)
    assert kept(store) == []


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE day_sum SET seconds = seconds + 1",
        "UPDATE day_sum SET hour = 9",
        "DELETE FROM day_sum",
        "INSERT INTO day_sum SELECT day, 77, hour, 1, 0, 0, 0, 0, 0, 0, 0 FROM day_sum",
    ],
)
def test_sums_that_are_not_those_of_the_entries_are_found(
    store: Store, film: ActivityFact, damage: str
) -> None:
    store.entries.tick(film.id)
    assert differences(store) == []
    sql(store.path, damage)
    assert differences(store) == ["What is kept of 2026-11-24 does not add up to its entries."]


def test_what_another_program_does_to_the_entries_is_added_up_too(
    store: Store, film: ActivityFact
) -> None:
    store.entries.tick(film.id)
    sql(store.path, "UPDATE entry SET seconds = 1200, day = '2026-11-23'")
    assert [row[:5] for row in kept(store)] == [("2026-11-23", film.id, -1, 1, 1200)]
    sql(store.path, "DELETE FROM entry")
    assert kept(store) == []


def test_an_import_that_fails_half_way_leaves_the_sums_as_they_were(
    store: Store, calls: ActivityFact, film: ActivityFact
) -> None:
    def rows(bad: bool) -> list[ImportedEntry]:
        last = Outcome.WON if bad else None
        return [
            ImportedEntry("a", date(2026, 11, 2), seconds=600),
            ImportedEntry("b", date(2026, 11, 2), outcome=last),
        ]

    with pytest.raises(NeedleError):
        store.imports.add(rows(True), source="crm", file_name="a.csv", activity=film.name)
    assert kept(store) == []
    store.imports.add(rows(False), source="crm", file_name="a.csv", dry_run=True)
    assert kept(store) == []
    store.imports.add(rows(False), source="crm", file_name="a.csv")
    assert kept(store) == [("2026-11-02", calls.id, -1, 2, 600, 2, 2, 600, 2, 0, 0)]
    store.entries.log(NewEntry(calls.id, seconds=60, outcome=Outcome.WON))
    assert kept(store)[1] == ("2026-11-24", calls.id, -1, 1, 60, 1, 1, 60, 1, 1, 1)
