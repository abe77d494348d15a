"""What a process remembers is what would be worked out anew, whoever changes what."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from datetime import date, datetime, timedelta
from pathlib import Path
from shutil import copy

import pytest
from hypothesis import given
from hypothesis import strategies as st

from needlemover.domain.calls.entry import Outcome
from needlemover.domain.delegation.problem import ProblemState
from needlemover.domain.errors import NeedleError
from needlemover.domain.promises.commitment import MONDAY_TO_FRIDAY
from needlemover.domain.today.snapshot import DaySnapshot
from needlemover.files import make_folder
from needlemover.store import session
from needlemover.store.calls.new_entry import NewEntry
from needlemover.store.imports.content import ImportedEntry
from needlemover.store.store import Store
from needlemover.store.today import read_file

from ..conftest import AFTERNOON, SetClock, some_examples, terms
from .conftest import sql
from .test_properties import Command, begun, changes, pauses, undoing

SALES, FILM = 1, 2


@pytest.fixture(scope="module")
def kept_weeks(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file with two weeks of calls and a morning, to be copied."""
    path, clock = tmp_path_factory.mktemp("weeks") / "needle.db", SetClock(AFTERNOON)
    with closing(Store(path, clock)) as store:
        clock.set(datetime(2026, 11, 9, 9, 0))
        store.activities.add("Sales", terms(60, days=MONDAY_TO_FRIDAY), is_sales=True)
        store.activities.add("Film", terms())
        for day in (9, 10, 11, 13, 16, 17, 18, 20, 23):
            clock.set(datetime(2026, 11, day, 17, 0))
            store.entries.tick(FILM)
            ask = NewEntry(SALES, seconds=60 * (50 + day), outcome=Outcome.ASKED, contact="Acme")
            store.entries.log(ask)
        clock.set(datetime(2026, 11, 24, 9, 40))
        store.entries.log(NewEntry(SALES, seconds=700, contact="Acme [/b] ✓", amount=120_050))
    return path


@pytest.fixture
def store(kept_weeks: Path, tmp_path: Path, clock: SetClock) -> Iterator[Store]:
    """Two weeks of calls and a morning, as an app that is open has them."""
    path = tmp_path / "data" / "needlemover.db"
    make_folder(path.parent)
    copy(kept_weeks, path)  # with its permissions
    with closing(Store(path, clock)) as opened:
        yield opened


def said(store: Store) -> list[object]:
    """All that is remembered: days, streaks, the record, the numbers, whom to call, the timer."""
    days = (store.day(store.today + timedelta(days=number)) for number in (0, -1, -6, 2))
    return [*days, store.progress.streaks(), store.progress.record(), store.numbers.snapshot(),
            store.day(with_candidates=True), store.timer.running(), store.moment()]  # fmt: skip


def worked_out(path: Path, clock: SetClock) -> list[object]:
    """The same from the entries alone, in a copy of the file."""
    other = path.with_name("copy.db")
    with closing(sqlite3.connect(path)) as source, closing(sqlite3.connect(other)) as target:
        source.backup(target)
        target.execute("PRAGMA synchronous = OFF")
        target.execute("DELETE FROM kept_past")
        target.commit()
    with closing(Store(other, clock)) as store:
        return said(store)


def read_plainly(path: Path, clock: SetClock) -> DaySnapshot | None:
    """Today as a prompt reads it."""
    return read_file(str(path), clock.now(), clock.zone(), lambda days: days.today)


def first_of_today(store: Store) -> int:
    return store.day().entries[0].id


def start_and_stop(store: Store) -> None:
    store.timer.start()
    store.timer.stop(Outcome.WON, amount=5)


def start_and_see(store: Store) -> None:
    store.timer.start(watched=True)
    store.timer.seen()


def start_and_name(store: Store) -> None:
    store.timer.start()
    store.timer.name_contact("Foo")


def start_and_discard(store: Store) -> None:
    store.timer.start()
    store.timer.discard()


def undo_and_redo(store: Store) -> None:
    store.entries.tick(FILM)
    store.journal.undo()
    store.journal.redo()


def take_in(store: Store) -> None:
    rows = [
        ImportedEntry(f"row {day}", date(2026, 11, day), seconds=60, outcome=Outcome.LOST)
        for day in (19, 24)
    ]
    store.imports.add(rows, source="calls", file_name="calls.csv")


def take_in_and_undo(store: Store) -> None:
    take_in(store)
    store.journal.undo()


def leak(store: Store) -> None:
    store.timer.start(problem_id=store.problems.park("Broken invoice").id)
    store.timer.stop()
    store.problems.log_leak(1, 600)
    store.timer.start(problem_id=1)


def ask_about(store: Store) -> None:
    store.problems.park("Broken invoice")
    store.problems.remember_asks({1: date(2026, 11, 24)})


def ask_and_answer(store: Store) -> None:
    ask_about(store)
    store.problems.answer_ask(1)


def call_before(store: Store) -> None:
    earlier = NewEntry(SALES, started_at=store.clock.now() - timedelta(hours=8), contact="Bob")
    store.entries.log(NewEntry(SALES, contact="Bob"))
    store.entries.log(earlier)


def ask_and_settle(store: Store) -> None:
    ask = store.entries.log(NewEntry(SALES, outcome=Outcome.ASKED, contact="Bob")).entry
    store.entries.settle(ask.id, Outcome.LOST)


COMMANDS: dict[str, Callable[[Store], object]] = {
    "tick": lambda store: store.entries.tick(FILM),
    "untick": lambda store: (store.entries.tick(FILM), store.entries.untick(FILM)),
    "log": lambda store: store.entries.log(NewEntry(SALES, seconds=3600, contact="Bar")),
    "money": lambda store: store.entries.log(NewEntry(None, amount=-300, outcome=None)),
    "edit": lambda store: store.entries.edit(first_of_today(store), seconds=1, contact="Baz"),
    "delete": lambda store: store.entries.delete(first_of_today(store)),
    "undo": lambda store: store.journal.undo(),
    "undo and redo": undo_and_redo,
    "start": lambda store: store.timer.start(contact="Foo"),
    "start and name": start_and_name,
    "start and see": start_and_see,
    "start and stop": start_and_stop,
    "start and discard": start_and_discard,
    "park": lambda store: store.problems.park("Broken invoice"),
    "weigh": lambda store: store.problems.weigh(FILM),
    "leak": leak,
    "ask": ask_about,
    "ask and answer": ask_and_answer,
    "begin use": lambda store: store.begin_use(),
    "log of a past day": lambda store: store.entries.log(
        NewEntry(SALES, day=date(2026, 11, 19), seconds=3600)
    ),
    "move to a past day": lambda store: store.entries.edit(
        first_of_today(store), day=date(2026, 11, 19)
    ),
    "settle": lambda store: store.entries.settle(store.entries.open_asks()[-1].id, Outcome.WON, 7),
    "setting": lambda store: store.choices.set("first_weekday", "sunday"),
    "day boundary": lambda store: store.choices.set("day_starts_at", "05:00"),
    "working day": lambda store: store.choices.set("working_day", "10:00-18:00 mon-sat"),
    "day off": lambda store: store.days_off.add(date(2026, 11, 24), reason="Fair"),
    "add": lambda store: store.activities.add("Write", terms(30, 2), rank=1),
    "raise": lambda store: store.activities.edit(SALES, name="Calls", terms=terms(90)),
    "rank": lambda store: store.activities.edit(FILM, rank=1),
    "archive": lambda store: store.activities.archive(FILM),
    "delegate": lambda store: store.problems.set_state(
        store.problems.weigh(FILM).id, ProblemState.DELEGATED
    ),
    "leak of a past day": lambda store: store.problems.log_leak(
        store.problems.park("Broken invoice").id, 600, day=date(2026, 11, 19)
    ),
    "answer of today": ask_and_settle,
    "earlier with the same contact": call_before,
    "earlier with the same contact, and undo": lambda store: (
        call_before(store),
        store.journal.undo(),
    ),
    "import": take_in,
    "import and undo": take_in_and_undo,
}


@some_examples(10)
@given(
    st.lists(
        st.tuples(st.one_of(changes, changes, changes, pauses, undoing), st.booleans()),
        min_size=3,
        max_size=8,
    )
)
def test_what_two_processes_remember_is_what_is_worked_out(
    commands: list[tuple[Command, bool]],
) -> None:
    with begun() as (store, clock), closing(Store(store.path, clock)) as other:
        for act, elsewhere in commands:
            said(store)
            said(other)
            with suppress(NeedleError):
                act(other if elsewhere else store, clock)
            expected = worked_out(store.path, clock)
            assert said(store) == expected
            assert said(other) == expected
            assert read_plainly(store.path, clock) == expected[0]


@pytest.mark.parametrize("command", COMMANDS.values(), ids=COMMANDS)
@pytest.mark.parametrize("by_another", [False, True], ids=["here", "elsewhere"])
def test_after_each_command_it_is_what_is_worked_out(
    store: Store, again: Callable[[], Store], clock: SetClock,
    command: Callable[[Store], object], by_another: bool,
) -> None:  # fmt: skip
    said(store)
    command(again() if by_another else store)
    expected = worked_out(store.path, clock)
    assert said(store) == said(again()) == expected
    assert read_plainly(store.path, clock) == expected[0]


def test_dates_that_travel_skipped_are_remembered_as_days_of_rest(
    store: Store, clock: SetClock
) -> None:
    store.begin_use()
    before = said(store)
    sql(store.path, "UPDATE last_use SET day = '2026-11-21', utc_offset = utc_offset - 43200")
    store.begin_use()
    assert said(store) == worked_out(store.path, clock) != before


def test_what_was_read_in_a_change_that_fails_is_forgotten(
    store: Store, clock: SetClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = said(store)

    def fails(*_: object) -> str:
        raise sqlite3.OperationalError("database or disk is full")

    with monkeypatch.context() as patch:
        patch.setattr(session, "_text", fails)
        with pytest.raises(NeedleError):
            store.entries.tick(FILM)
    assert said(store) == before == worked_out(store.path, clock)


def test_days_pass_and_it_is_never_wrong(store: Store, clock: SetClock) -> None:
    for number in range(6):
        clock.set(datetime(2026, 11, 24, 18, 0) + timedelta(days=number))
        store.entries.log(NewEntry(SALES, seconds=60, contact=f"Firm {number}"))
        assert said(store) == worked_out(store.path, clock)


def test_a_change_has_only_the_entries_that_it_names_read_again(store: Store) -> None:
    acme, bob = (
        store.entries.log(NewEntry(SALES, outcome=Outcome.TALKED, contact=name)).entry.id
        for name in ("Acme", "Bob")
    )
    before = {item.id: item for item in store.day().entries}
    start = store.clock.now() - timedelta(hours=7)
    earlier = store.entries.log(NewEntry(SALES, started_at=start, contact="Bob")).entry.id
    after = {item.id: item for item in store.day().entries}
    assert list(after) == [earlier, *before]
    assert (before[bob].newness, after[bob].newness) == ("new", "known")
    assert after[acme] is before[acme]
    store.journal.undo()
    undone = {item.id: item for item in store.day().entries}
    assert undone == before
    assert undone[acme] is before[acme]


def test_days_before_today_are_read_once_as_long_as_only_today_changes(
    store: Store, clock: SetClock
) -> None:
    yesterday = store.today - timedelta(days=1)
    totals = "AS seconds, sum("

    def look_back() -> list[str]:
        found = traced(store, lambda: store.day(yesterday))
        return [text for text in found if totals in text]

    assert len(look_back()) == 1
    store.entries.log(NewEntry(SALES, contact="Acme"))
    store.timer.start()
    store.timer.stop()
    store.journal.undo()
    assert look_back() == []
    store.entries.log(NewEntry(SALES, day=yesterday, seconds=60))
    assert len(look_back()) == 1
    assert said(store) == worked_out(store.path, clock)


def traced(store: Store, ask: Callable[[], object]) -> list[str]:
    """The statements that something leads to, those of triggers left out."""
    statements: list[str] = []
    driver = store.database.driver
    assert isinstance(driver, sqlite3.Connection)
    driver.set_trace_callback(statements.append)
    ask()
    driver.set_trace_callback(None)
    return list(dict.fromkeys(" ".join(text.split()) for text in statements))


def test_a_heartbeat_of_its_own_has_nothing_read_again(store: Store, clock: SetClock) -> None:
    store.timer.start(watched=True)
    before, version = said(store), store.database.read_version()
    for _ in range(3):
        clock.pass_by(seconds=30)
        store.timer.seen()
    assert store.timer.last_seen() == clock.now()
    assert store.database.read_version() == version
    assert traced(store, store.day) == ["PRAGMA data_version"]
    assert said(store)[:-1] == before[:-1]
    assert said(store) == worked_out(store.path, clock)


def test_what_is_remembered_is_shown_with_no_more_than_a_look_for_others(
    store: Store,
) -> None:
    said(store)
    for ask in (store.day, store.moment, store.timer.running):
        assert traced(store, ask) == ["PRAGMA data_version"]


def test_an_unanswered_dial_takes_seven_statements_and_one_transaction(
    store: Store, clock: SetClock
) -> None:
    def dial() -> None:
        new = NewEntry(None, started_at=clock.now(), outcome=Outcome.NO_ANSWER)
        store.entries.log(new)
        store.day()

    dial()
    assert [" ".join(text.split()[:3]) for text in traced(store, dial)] == [
        "BEGIN IMMEDIATE",
        "PRAGMA data_version",
        "INSERT INTO sync",
        "INSERT INTO entry",
        "SELECT json_object( 'running',",
        "INSERT INTO change",
        "INSERT INTO changed_row",
        "COMMIT",
    ]


def test_whom_to_call_is_read_again_only_where_a_contact_is_named_or_followed(store: Store) -> None:
    def reads_buyers() -> bool:
        asked = traced(store, lambda: store.day(with_candidates=True))
        return any("FROM contact" in text and "next_step" in text for text in asked)

    ask = store.entries.log(NewEntry(SALES, outcome=Outcome.ASKED, contact="Bob")).entry
    assert reads_buyers()
    store.entries.tick(FILM)
    store.entries.log(NewEntry(SALES, outcome=Outcome.NO_ANSWER))
    assert not reads_buyers()
    store.entries.log(NewEntry(SALES, outcome=Outcome.NO_ANSWER, contact="Bob"))
    assert reads_buyers()
    store.entries.settle(ask.id, Outcome.LOST)
    assert reads_buyers()


def test_the_list_of_buyers_is_read_again_only_where_a_contact_is_named(store: Store) -> None:
    def reads_list() -> bool:
        asked = traced(store, store.contacts.snapshot)
        return any("json_array(" in text and "FROM contact" in text for text in asked)

    store.contacts.add("Bob")
    store.day(with_candidates=True)
    assert reads_list()
    store.timer.start(contact="Bob")
    store.entries.tick(FILM)
    assert not reads_list()
    store.timer.stop()
    assert reads_list(), "Bob was talked to"
    store.timer.start()
    store.journal.undo()
    bob = next(row for row in store.contacts.snapshot().rows if row.name == "Bob")
    assert bob.last_touch == store.today


def test_the_goal_is_read_again_only_where_money_or_a_conversation_came(
    store: Store, clock: SetClock
) -> None:
    def sums_days() -> bool:
        asked = traced(store, lambda: store.day(with_candidates=True))
        return any("FROM day_sum" in text for text in asked)

    store.choices.set_goal(1_000_000)
    store.entries.log(NewEntry(SALES, outcome=Outcome.NO_ANSWER))
    assert sums_days()
    for outcome, amount in ((Outcome.NO_ANSWER, None), (Outcome.WON, 70_000)):
        store.entries.log(NewEntry(SALES, outcome=outcome, amount=amount))
        assert sums_days() is outcome.reached
        with closing(Store(store.path, clock)) as other:
            goal = other.day(with_candidates=True).goal
        assert store.day(with_candidates=True).goal == goal
    assert goal is not None
    assert goal.received == 190_050, "120,050 before and 70,000 now"
    store.journal.undo()
    undone = store.day(with_candidates=True).goal
    assert undone is not None
    assert undone.received == 120_050
