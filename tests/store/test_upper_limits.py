"""Upper limits in the file: whether anything was logged on a day is known where they ask for it."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from needlemover.domain.errors import WrongUsageError
from needlemover.domain.promises.commitment import ActivityFact, Terms
from needlemover.domain.promises.status import Status
from needlemover.store.calls.new_entry import NewEntry
from needlemover.store.care.checks import run_checks
from needlemover.store.store import Store

from ..conftest import SetClock, terms
from ..exchange.moving import export, take_in
from .conftest import dump, keep, sql

LIMIT = Terms(frozenset(range(7)), 1800, at_most=True)


@pytest.fixture
def social(store: Store) -> ActivityFact:
    """At most half an hour a day, promised ten days ago."""
    return store.activities.add("Social media", LIMIT, start=store.today - timedelta(days=10))


def back(store: Store, days: int) -> date:
    return store.today - timedelta(days=days)


def streak(store: Store) -> tuple[int, int]:
    (line,) = (item for item in store.day().activities if item.name == "Social media")
    return line.streak.current, line.streak.best


def test_a_day_counts_on_which_anything_was_logged(store: Store, social: ActivityFact) -> None:
    film = store.activities.add("Film", None)
    assert streak(store) == (0, 0)
    store.entries.tick(film.id, back(store, 3))
    assert streak(store) == (1, 1)
    store.problems.park("Broken invoice")
    store.problems.log_leak(1, 600, day=back(store, 2))
    store.entries.log(NewEntry(None, back(store, 1), count=0, amount=500))
    assert streak(store) == (3, 3)
    store.journal.undo()
    assert streak(store) == (2, 2)
    store.journal.redo()
    store.entries.log(NewEntry(social.id, back(store, 2), seconds=1801))
    assert streak(store) == (1, 1)
    assert store.day(back(store, 2)).status is Status.MISSED
    assert store.day(back(store, 1)).status is Status.REST


def test_it_is_the_same_when_the_past_is_carried_on(
    store: Store, social: ActivityFact, clock: SetClock
) -> None:
    film = store.activities.add("Film", None)
    for days in range(6):
        if days != 2:
            store.entries.tick(film.id)
        store.entries.log(NewEntry(social.id, seconds=1200 if days != 1 else 2400))
        if days == 3:
            sql(store.path, "DELETE FROM entry WHERE day = ?", store.today.isoformat())
        clock.pass_by(days=1)
        keep(store)
    # Kept, over, kept by the limit's own entry, nothing at all, kept, kept.
    assert sql(store.path, "SELECT day FROM kept_past") == [(store.today.isoformat(),)]
    assert streak(store) == (3, 3)
    sql(store.path, "DELETE FROM kept_past")
    assert streak(store) == (3, 3)


def test_no_entry_is_looked_at_where_no_limit_asks(store: Store, film: ActivityFact) -> None:
    store.entries.tick(film.id, back(store, 1))
    asked: list[str] = []
    driver = store.database.driver
    assert driver is not None
    driver.set_trace_callback(asked.append)
    store.journal.undo()
    store.day(back(store, 1))
    assert asked
    assert not [statement for statement in asked if "DISTINCT day FROM day_sum" in statement]
    store.activities.add("Social media", LIMIT)
    store.day(back(store, 1))
    assert [statement for statement in asked if "DISTINCT day FROM day_sum" in statement]


def test_time_with_buyers_has_no_upper_limit(store: Store, social: ActivityFact) -> None:
    calls = store.activities.add("Calls", terms(30), is_sales=True)
    for refused in (
        lambda: store.activities.add("More calls", LIMIT, is_sales=True),
        lambda: store.activities.edit(calls.id, terms=LIMIT),
        lambda: store.activities.edit(social.id, is_sales=True),
    ):
        with pytest.raises(WrongUsageError, match="Time with buyers has no upper limit"):
            refused()
    assert [item.name for item in store.activities.all()] == ["Social media", "Calls"]
    assert not any(each.terms == LIMIT for each in store.activities.all()[1].timeline)


def test_undo_takes_a_change_of_it_back(store: Store, social: ActivityFact) -> None:
    store.activities.edit(social.id, terms=terms(10))
    assert store.activities.all()[0].timeline[-1].terms == terms(10)
    store.journal.undo()
    assert store.activities.all()[0].timeline[-1].terms == LIMIT
    store.journal.undo()
    assert store.activities.all() == ()
    store.journal.redo()
    assert store.activities.all()[0].timeline[-1].terms == LIMIT


@pytest.mark.parametrize("kind", ["json", "csv"])
def test_it_goes_along_with_an_export(
    store: Store, social: ActivityFact, tmp_path: Path, clock: SetClock, kind: str
) -> None:
    store.entries.log(NewEntry(social.id, back(store, 1), seconds=600))
    path = tmp_path / f"all.{'json' if kind == 'json' else 'zip'}"
    export(store, path, kind)
    empty, other = (Store(tmp_path / f"{name}.db", clock) for name in ("empty", "other"))
    other.activities.add("Plan", terms())
    for into in (empty, other):
        take_in(into, path)
        assert into.activities.all()[-1].timeline == social.timeline
        assert streak(into) == (1, 1)
        assert not run_checks(into.path, clock).wrong
        into.close()
    assert dump(store.path)["commitment"] == dump(tmp_path / "empty.db")["commitment"]
