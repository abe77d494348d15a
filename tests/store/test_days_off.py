"""Days off in the file: taken, taken afterwards, and given back."""

from datetime import date, timedelta

import pytest

from needlemover.domain.errors import NeedleError, WrongUsageError
from needlemover.domain.promises.commitment import ActivityFact
from needlemover.domain.promises.status import Status
from needlemover.store.store import Store

from ..conftest import terms
from .conftest import dump

TODAY = date(2026, 11, 24)
YESTERDAY = TODAY - timedelta(days=1)


def november(day: int) -> date:
    return date(2026, 11, day)


def ranges(store: Store) -> list[tuple[int, int, str]]:
    return sorted((item.start.day, item.end.day, item.reason) for item in store.days_off.all())


def test_a_day_off_afterwards_saves_the_streak_and_says_so(store: Store) -> None:
    film = store.activities.add("Film", terms(), start=november(20))
    for day in (20, 21, 22, 24):
        store.entries.tick(film.id, november(day))
    assert store.day().streak.current == 1
    taken = store.days_off.add(YESTERDAY, reason=" Sick ")
    assert (taken.reason, taken.said_afterwards) == ("Sick", True)
    assert store.day().streak.current == 4
    yesterday = store.day(YESTERDAY)
    assert (yesterday.status, yesterday.day_off) == (Status.OFF, taken)


def test_a_day_off_ahead_is_not_said_afterwards(store: Store) -> None:
    assert not store.days_off.add(TODAY, november(30)).said_afterwards


def test_a_day_off_of_one_activity_leaves_the_others_due(
    store: Store, film: ActivityFact, calls: ActivityFact
) -> None:
    store.days_off.add(TODAY, activity_id=calls.id)
    assert [item.due.due for item in store.day().activities] == [True, False]


def test_an_end_before_the_start_is_refused(store: Store) -> None:
    with pytest.raises(WrongUsageError, match="before the first"):
        store.days_off.add(TODAY, YESTERDAY)


def test_days_that_are_off_already_are_refused(store: Store, film: ActivityFact) -> None:
    store.days_off.add(november(23), november(27))
    with pytest.raises(NeedleError, match="off already"):
        store.days_off.add(november(24), november(25))
    store.days_off.add(november(26), november(29))
    store.days_off.add(november(24), activity_id=film.id)


def test_days_are_given_back_from_the_middle_of_a_range(store: Store) -> None:
    store.days_off.add(november(20), november(28), reason="Holiday")
    before = dump(store.path)
    assert store.days_off.remove(november(23), november(24)) == 1
    assert ranges(store) == [(20, 22, "Holiday"), (25, 28, "Holiday")]
    store.journal.undo()
    assert dump(store.path) == before


def test_days_of_several_ranges_are_given_back_at_once(store: Store, film: ActivityFact) -> None:
    store.days_off.add(november(2), november(4), reason="a")
    store.days_off.add(november(6), november(8), reason="b")
    store.days_off.add(november(7), reason="film", activity_id=film.id)
    assert store.days_off.remove(november(4), november(6)) == 2
    assert ranges(store) == [(2, 3, "a"), (7, 7, "film"), (7, 8, "b")]
    assert store.days_off.remove(november(7), activity_id=film.id) == 1
    assert ranges(store) == [(2, 3, "a"), (7, 8, "b")]


def test_giving_back_what_was_not_off_is_refused(store: Store) -> None:
    store.days_off.add(november(20))
    with pytest.raises(NeedleError, match="nothing to remove"):
        store.days_off.remove(november(21), november(22))
    assert ranges(store) == [(20, 20, "")]


def test_one_day_off_is_named_once_in_the_history_and_when_it_is_off_already(
    store: Store,
) -> None:
    store.days_off.add(TODAY)
    store.days_off.add(november(27), november(30))
    assert [step.label for step in store.journal.steps()] == [
        "Took 27 Nov – 30 Nov 2026 off",
        "Took 24 Nov 2026 off",
    ]
    with pytest.raises(NeedleError, match=r"^24 Nov 2026 is off already"):
        store.days_off.add(TODAY)
    store.days_off.remove(TODAY)
    assert store.journal.undo() == "Took back the days off 24 Nov 2026"
