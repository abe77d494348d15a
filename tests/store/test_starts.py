"""When an activity is meant to begin: it is kept beside it, and decides nothing about any day."""

from datetime import time
from pathlib import Path

import pytest

from needlemover.domain.promises.commitment import ActivityFact
from needlemover.store.store import Store

from ..conftest import SetClock, terms
from ..exchange.moving import content, export, take_in
from .conftest import sql

NINE = time(9)


def starts(store: Store) -> list[tuple[str, time | None]]:
    return [(item.name, item.starts_at) for item in store.activities.all()]


def test_a_start_is_kept_until_it_is_dropped(store: Store, film: ActivityFact) -> None:
    assert film.starts_at is None
    assert store.activities.edit(film.id, starts_at=NINE).starts_at == NINE
    assert store.activities.edit(film.id, name="Film two").starts_at == NINE
    assert sql(store.path, "SELECT starts_at FROM activity") == [("09:00:00",)]
    assert store.activities.edit(film.id, starts_at=None).starts_at is None
    news = store.activities.add("Newsletter", terms(), starts_at=time(17, 30))
    assert news.starts_at == time(17, 30)


def test_it_can_be_undone_and_redone(store: Store, film: ActivityFact) -> None:
    store.activities.edit(film.id, starts_at=NINE)
    store.activities.edit(film.id, starts_at=None)
    store.journal.undo()
    assert starts(store) == [("Film one video", NINE)]
    store.journal.undo()
    assert starts(store) == [("Film one video", None)]
    store.journal.redo()
    assert starts(store) == [("Film one video", NINE)]


def test_no_day_becomes_another_by_it(store: Store, film: ActivityFact, clock: SetClock) -> None:
    store.entries.tick(film.id)
    clock.pass_by(days=2)
    before = store.day()
    store.activities.edit(film.id, starts_at=NINE)
    after = store.day()
    assert (after.status, after.streak, after.strip) == (before.status, before.streak, before.strip)


@pytest.mark.parametrize("kind", ["json", "csv"])
def test_it_goes_along_into_an_empty_file_and_into_one_with_data(
    store: Store, film: ActivityFact, tmp_path: Path, clock: SetClock, kind: str
) -> None:
    store.activities.edit(film.id, starts_at=NINE)
    path = tmp_path / f"all.{'json' if kind == 'json' else 'zip'}"
    export(store, path, kind)
    empty, other = (Store(tmp_path / f"{name}.db", clock) for name in ("empty", "other"))
    take_in(empty, path)
    assert content(empty) == content(store)
    other.activities.add("Plan", terms())
    take_in(other, path)
    assert starts(other) == [("Plan", None), ("Film one video", NINE)]
    empty.close()
    other.close()
