"""A snapshot is written as text and read as it was."""

import dataclasses
from datetime import UTC
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from needlemover.domain.commitment import Terms
from needlemover.domain.quota import Week, WorkingDay
from needlemover.domain.settings import AssumedRate, NextWorth, Settings
from needlemover.domain.snapshots import DaySnapshot, EntryFact, Running
from needlemover.domain.status import DayOff, Due
from needlemover.domain.streak import Streak
from needlemover.domain.weekly import WeekDue
from needlemover.published import shape
from needlemover.published.shape import as_snapshot, as_text

INSTANTS = st.datetimes(timezones=st.just(UTC))


def built(kind: type[Any], **chosen: Any) -> st.SearchStrategy[Any]:
    """Values of a class, with those fields filled in too that need not be."""
    names = [field.name for field in dataclasses.fields(kind)]
    return st.builds(kind, **(dict.fromkeys(names, ...) | chosen))


for kind in (
    AssumedRate,
    DayOff,
    Due,
    NextWorth,
    Settings,
    Streak,
    Terms,
    Week,
    WeekDue,
    WorkingDay,
):
    st.register_type_strategy(kind, built(kind))
ENTRIES = built(EntryFact, started_at=st.none() | INSTANTS)
RUNNING = built(Running, started_at=INSTANTS, last_seen=st.none() | INSTANTS)
SNAPSHOTS = built(
    DaySnapshot,
    entries=st.lists(ENTRIES, max_size=3).map(tuple),
    running=st.none() | RUNNING,
)


@settings(max_examples=60)
@given(SNAPSHOTS)
def test_what_was_written_is_read_as_it_was(snapshot: DaySnapshot) -> None:
    assert as_snapshot(as_text(snapshot)) == snapshot


@settings(max_examples=30)
@given(ENTRIES, RUNNING)
def test_words_and_instants_are_of_their_kinds_again(entry: EntryFact, running: Running) -> None:
    read = shape._entry(shape._entry_values(entry))
    assert (type(read.outcome), type(read.newness)) == (type(entry.outcome), type(entry.newness))
    assert shape._running(shape._running_values(running)).started_at.tzinfo is UTC


@settings(max_examples=5)
@given(SNAPSHOTS)
def test_a_text_of_another_format_is_not_read(snapshot: DaySnapshot) -> None:
    text = as_text(snapshot)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(shape, "FORMAT", shape.FORMAT + 1)
        assert as_snapshot(text) is None
