"""Whatever is done, in whatever order and by whom: what is published is what is worked out."""

import sqlite3
from contextlib import closing, suppress
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from needlemover.domain.errors import NeedleError
from needlemover.domain.today.snapshot import DaySnapshot
from needlemover.published.glance import glance_of, read_glance
from needlemover.published.reading import read_published
from needlemover.store.day_by_day import DAYS_AHEAD
from needlemover.store.store import Store

from ..conftest import SetClock
from .test_properties import Command, begun, changes, pauses, undoing

from_elsewhere = st.booleans()
kept_then = st.booleans()


def published(path: Path, clock: SetClock) -> DaySnapshot | None:
    """What the app and a prompt read; both read the same."""
    found = read_published(path, clock.now(), clock.zone())
    glance = read_glance(str(path), clock.now(), clock.zone())
    assert glance == (None if found is None else glance_of(found))
    return found


def worked_out(path: Path, clock: SetClock) -> DaySnapshot:
    """Today from the entries alone, in a copy of the file."""
    copy = path.with_name("copy.db")
    copy.unlink(missing_ok=True)
    with closing(sqlite3.connect(path)) as source, closing(sqlite3.connect(copy)) as target:
        source.backup(target)
        target.execute("PRAGMA synchronous = OFF")
        target.execute("DELETE FROM kept_past")
        target.commit()
    with closing(Store(copy, clock)) as store:
        return store.day()


@settings(max_examples=12)
@given(
    st.lists(
        st.tuples(st.one_of(changes, changes, changes, pauses, undoing), from_elsewhere, kept_then),
        min_size=3,
        max_size=8,
    )
)
def test_what_is_published_is_what_is_worked_out(
    commands: list[tuple[Command, bool, bool]],
) -> None:
    with begun() as (store, clock), closing(Store(store.path, clock)) as other:
        store.day()
        store.days.keep()
        for act, elsewhere, kept in commands:
            with suppress(NeedleError):
                act(other if elsewhere else store, clock)
            expected = worked_out(store.path, clock)
            assert published(store.path, clock) in (None, expected)
            if kept:
                assert store.day() == expected
                store.days.keep()
                assert published(store.path, clock) == expected


@settings(max_examples=12)
@given(
    st.lists(st.one_of(changes, changes, changes, pauses, undoing), min_size=2, max_size=6),
    st.integers(1, DAYS_AHEAD),
)
def test_the_next_days_begin_as_it_was_published(commands: list[Command], later: int) -> None:
    with begun() as (store, clock):
        for act in commands:
            with suppress(NeedleError):
                act(store, clock)
        store.days.publish_ahead()
        assert published(store.path, clock) == worked_out(store.path, clock)
        clock.pass_by(days=later)
        expected = worked_out(store.path, clock)
        assert published(store.path, clock) == expected
        clock.pass_by(days=DAYS_AHEAD - later + 1)
        assert published(store.path, clock) is None
