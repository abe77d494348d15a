"""What is published of today is what would be worked out anew, or is not there."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from needlemover.domain.calls.entry import Outcome
from needlemover.domain.delegation.problem import ProblemState
from needlemover.domain.errors import NeedleError
from needlemover.domain.promises.commitment import MONDAY_TO_FRIDAY
from needlemover.domain.today.snapshot import DaySnapshot
from needlemover.published import shape
from needlemover.published.reading import read_published
from needlemover.store import published_row
from needlemover.store.calls.new_entry import NewEntry
from needlemover.store.imports.imported import ImportedEntry
from needlemover.store.store import Store

from ..conftest import SetClock, terms
from .conftest import sql

SALES, FILM = 1, 2


@pytest.fixture
def open_store(store: Store, clock: SetClock) -> Store:
    """Two weeks of calls and a morning, as an app that is open has them."""
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
    clock.set(datetime(2026, 11, 24, 15, 40))
    store.day()
    store.days.keep()
    return store


def published(store: Store, clock: SetClock) -> DaySnapshot | None:
    return read_published(store.path, clock.now(), clock.zone())


def worked_out(store: Store, clock: SetClock) -> DaySnapshot:
    """Today as a process sees it that has only the entries themselves."""
    sql(store.path, "DELETE FROM kept_past")
    with closing(Store(store.path, clock)) as other:
        return other.day()


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


TODAY_ONLY: dict[str, Callable[[Store], object]] = {
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
    "begin use": lambda store: store.days.begin_use(),
}
MORE: dict[str, Callable[[Store], object]] = {
    "log of a past day": lambda store: store.entries.log(
        NewEntry(SALES, day=date(2026, 11, 19), seconds=3600)
    ),
    "move to a past day": lambda store: store.entries.edit(
        first_of_today(store), day=date(2026, 11, 19)
    ),
    "settle": lambda store: store.entries.settle(store.entries.open_asks()[-1].id, Outcome.WON, 7),
    "setting": lambda store: store.set_setting("first_weekday", "sunday"),
    "day boundary": lambda store: store.set_setting("day_starts_at", "05:00"),
    "working day": lambda store: store.set_setting("working_day", "10:00-18:00 mon-sat"),
    "day off": lambda store: store.days_off.add(date(2026, 11, 24), reason="Fair"),
    "add": lambda store: store.activities.add("Write", terms(30, 2), rank=1),
    "raise": lambda store: store.activities.edit(SALES, name="Calls", terms=terms(90)),
    "rank": lambda store: store.activities.rank(FILM, 1),
    "archive": lambda store: store.activities.archive(FILM),
    "delegate": lambda store: store.problems.set_state(
        store.problems.weigh(FILM).id, ProblemState.DELEGATED
    ),
    "leak of a past day": lambda store: store.problems.log_leak(
        store.problems.park("Broken invoice").id, 600, day=date(2026, 11, 19)
    ),
    "import": take_in,
    "import and undo": take_in_and_undo,
}


@pytest.mark.parametrize("command", TODAY_ONLY.values(), ids=TODAY_ONLY)
def test_what_happens_today_is_published_with_it(
    open_store: Store, clock: SetClock, command: Callable[[Store], object]
) -> None:
    command(open_store)
    found = published(open_store, clock)
    assert found is not None
    assert found == open_store.day()
    assert found == worked_out(open_store, clock)


@pytest.mark.parametrize("command", TODAY_ONLY.values(), ids=TODAY_ONLY)
def test_a_command_of_another_process_publishes_it_too(
    open_store: Store, again: Callable[[], Store], clock: SetClock,
    command: Callable[[Store], object],
) -> None:  # fmt: skip
    command(again())
    found = published(open_store, clock)
    assert found is not None
    assert found == open_store.day()
    assert found == worked_out(open_store, clock)


@pytest.mark.parametrize("command", MORE.values(), ids=MORE)
def test_what_changes_more_is_published_when_it_is_kept(
    open_store: Store, clock: SetClock, command: Callable[[Store], object]
) -> None:
    command(open_store)
    assert published(open_store, clock) is None
    shown = open_store.day()
    open_store.days.keep()
    assert published(open_store, clock) == shown == worked_out(open_store, clock)


def test_dates_that_travel_skipped_are_published_when_they_are_kept(
    open_store: Store, clock: SetClock
) -> None:
    open_store.days.begin_use()
    sql(open_store.path, "UPDATE last_use SET day = '2026-11-21', at = ?", f"{clock.now():%FT%TZ}")
    open_store.days.begin_use()
    assert published(open_store, clock) is None
    shown = open_store.day()
    open_store.days.keep()
    assert published(open_store, clock) == shown == worked_out(open_store, clock)


def test_what_was_worked_out_in_a_change_that_fails_is_not_shown(
    open_store: Store, clock: SetClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = open_store.day()

    def fails(*_: object) -> str:
        raise sqlite3.OperationalError("database or disk is full")

    with monkeypatch.context() as patch:
        patch.setattr(published_row, "as_text", fails)
        with pytest.raises(NeedleError):
            open_store.entries.tick(FILM)
    assert open_store.day() == before == published(open_store, clock)


def test_a_day_that_begins_with_a_command_is_published_by_it(
    open_store: Store, again: Callable[[], Store], clock: SetClock
) -> None:
    clock.set(datetime(2026, 11, 25, 9, 0))
    again().entries.tick(FILM)
    assert published(open_store, clock) == open_store.day() == worked_out(open_store, clock)


def test_a_day_that_was_never_worked_out_is_not_published_by_a_command(
    open_store: Store, again: Callable[[], Store], clock: SetClock
) -> None:
    clock.set(datetime(2027, 11, 25, 9, 0))
    again().entries.tick(FILM)
    assert published(open_store, clock) is None
    shown = open_store.day()
    open_store.days.keep()
    assert published(open_store, clock) == shown


def test_it_is_published_anew_where_only_the_past_was_kept(
    open_store: Store, again: Callable[[], Store], clock: SetClock
) -> None:
    sql(open_store.path, "DELETE FROM published")
    other = again()
    shown = other.day()
    other.days.keep()
    assert published(open_store, clock) == shown


ALL = TODAY_ONLY | MORE


@pytest.mark.parametrize("command", ALL.values(), ids=ALL)
def test_what_changes_takes_back_how_the_next_days_begin(
    open_store: Store, clock: SetClock, command: Callable[[Store], object]
) -> None:
    open_store.days.publish_ahead()
    command(open_store)
    clock.set(datetime(2026, 11, 25, 8, 0))
    assert published(open_store, clock) in (None, worked_out(open_store, clock))


def test_how_the_next_days_begin_is_published_for_a_long_weekend(
    open_store: Store, clock: SetClock
) -> None:
    open_store.problems.park("Broken invoice")
    open_store.problems.remember_asks({1: date(2026, 11, 26)})
    open_store.days_off.add(date(2026, 11, 26), date(2026, 11, 26), reason="Fair")
    open_store.days.publish_ahead()
    for day in (24, 25, 26, 27, 28):
        clock.set(datetime(2026, 11, day, 18, 0))
        found = published(open_store, clock)
        assert found is not None
        assert (found.day.day, bool(found.asks)) == (day, day >= 26)
        assert found == worked_out(open_store, clock)
    clock.set(datetime(2026, 11, 29, 18, 0))
    assert published(open_store, clock) is None


def test_the_next_days_wait_until_nothing_happens(open_store: Store, clock: SetClock) -> None:
    def is_ahead() -> bool:
        later = SetClock(datetime(2026, 11, 25, 9, 0))
        return published(open_store, later) is not None

    open_store.days.look_ahead()
    assert not is_ahead()
    open_store.days.look_ahead()
    assert is_ahead()
    open_store.entries.tick(FILM)
    assert not is_ahead()
    open_store.days.look_ahead()
    assert not is_ahead()
    open_store.timer.start()
    for _ in range(3):
        open_store.days.look_ahead()
        assert not is_ahead()
    open_store.timer.stop()
    for _ in range(2):
        open_store.days.look_ahead()
    assert is_ahead()


def test_two_apps_do_not_publish_the_next_days_in_turn(
    open_store: Store, again: Callable[[], Store], clock: SetClock
) -> None:
    other = again()
    open_store.days.publish_ahead()
    has_changed = open_store.watch()
    other.day()
    for _ in range(3):
        other.days.look_ahead()
    assert not has_changed()


def test_it_is_kept_when_what_it_says_is_known_already(open_store: Store, clock: SetClock) -> None:
    open_store.days.publish_ahead()
    with closing(Store(open_store.path, clock)) as other:
        other.day()
        other.days.keep()
    clock.set(datetime(2026, 11, 25, 9, 0))
    assert published(open_store, clock) is not None


def test_it_serves_on_its_own_day_only(open_store: Store, clock: SetClock) -> None:
    clock.set(datetime(2026, 11, 25, 3, 59))
    assert published(open_store, clock) == open_store.day()
    clock.set(datetime(2026, 11, 25, 4, 0))
    assert published(open_store, clock) is None
    clock.set(datetime(2026, 11, 23, 12, 0))
    assert published(open_store, clock) is None


def test_the_day_begins_when_the_published_settings_say(open_store: Store, clock: SetClock) -> None:
    open_store.set_setting("day_starts_at", "06:00")
    open_store.day()
    open_store.days.keep()
    clock.set(datetime(2026, 11, 25, 5, 59))
    assert published(open_store, clock) is not None
    clock.pass_by(minutes=1)
    assert published(open_store, clock) is None


@pytest.mark.parametrize(
    "statement",
    [
        "PRAGMA user_version = 1",
        "PRAGMA user_version = 99",
        "PRAGMA application_id = 7",
        "DELETE FROM published",
        "DROP TABLE published",
        "UPDATE published SET facts = ''",
        "UPDATE published SET facts = '{}'",
        "UPDATE published SET facts = '[]'",
        "UPDATE published SET facts = x'ff00'",
        "UPDATE published SET facts = 7",
        "UPDATE published SET facts = replace(facts, 'activities', 'x')",
        "UPDATE published SET facts = replace(facts, '2026-11-24', 'soon')",
        "UPDATE published SET facts = replace(facts, 'asked', 'sold')",
        "UPDATE published SET facts = substr(facts, 1, 500)",
    ],
)
def test_what_another_version_or_an_accident_left_does_not_serve(
    open_store: Store, clock: SetClock, statement: str
) -> None:
    open_store.entries.log(NewEntry(SALES, outcome=Outcome.ASKED))
    assert published(open_store, clock) is not None
    sql(open_store.path, statement)
    assert published(open_store, clock) is None


def test_another_format_does_not_serve(
    open_store: Store, clock: SetClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shape, "FORMAT", shape.FORMAT + 1)
    assert published(open_store, clock) is None


@pytest.mark.parametrize("content", [None, b"", b"Dear diary", b"SQLite format 3\0" + b"x" * 4096])
def test_what_is_no_file_of_ours_does_not_serve(
    tmp_path: Path, clock: SetClock, content: bytes | None
) -> None:
    path = tmp_path / "some.db"
    if content is not None:
        path.write_bytes(content)
    assert read_published(path, clock.now(), clock.zone()) is None
    assert read_published(tmp_path, clock.now(), clock.zone()) is None
    assert path.exists() == (content is not None)


@pytest.mark.parametrize("name", ["a b.db", "50%41.db", "who?.db", "no#1.db", "Ünï ✓.db"])
def test_the_path_may_hold_any_sign(tmp_path: Path, clock: SetClock, name: str) -> None:
    with closing(Store(tmp_path / name, clock)) as store:
        store.activities.add("Film", terms())
        shown = store.day()
        store.days.keep()
    assert read_published(tmp_path / name, clock.now(), clock.zone()) == shown


def test_reading_changes_nothing(open_store: Store, clock: SetClock) -> None:
    open_store.close()
    before = open_store.path.read_bytes()
    assert published(open_store, clock) is not None
    assert open_store.path.read_bytes() == before


def test_a_file_that_is_being_written_serves_as_it_was(open_store: Store, clock: SetClock) -> None:
    before = open_store.day()
    with closing(sqlite3.connect(open_store.path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        other.execute("DELETE FROM published")
        assert published(open_store, clock) == before
        other.execute("ROLLBACK")


def test_days_pass_and_it_is_never_wrong(open_store: Store, clock: SetClock) -> None:
    for number in range(6):
        clock.set(datetime(2026, 11, 24, 18, 0) + timedelta(days=number))
        open_store.entries.log(NewEntry(SALES, seconds=60, contact=f"Firm {number}"))
        found = published(open_store, clock)
        assert found in (None, open_store.day())
        open_store.days.keep()
        assert published(open_store, clock) == open_store.day() == worked_out(open_store, clock)
