"""A snapshot is written as text and read as it was."""

from datetime import UTC
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec import DecodeError
from msgspec.structs import fields

from needlemover.domain.calls.entry import EntryFact
from needlemover.domain.calls.timer import Running
from needlemover.domain.promises.commitment import Terms
from needlemover.domain.promises.status import DayOff, Due
from needlemover.domain.promises.streak import Streak
from needlemover.domain.promises.weekly import WeekDue
from needlemover.domain.promises.working_day import WorkingDay
from needlemover.domain.settings import AssumedRate, NextWorth, Settings
from needlemover.domain.today.snapshot import DaySnapshot, Week
from needlemover.published import shape
from needlemover.published.shape import as_snapshots, as_text

INSTANTS = st.datetimes(timezones=st.just(UTC))


def built(kind: type[Any], **chosen: Any) -> st.SearchStrategy[Any]:
    """Values of a class, with those fields filled in too that need not be."""
    names = [field.name for field in fields(kind)]
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


@settings(max_examples=60, suppress_health_check=[HealthCheck.data_too_large])
@given(st.lists(SNAPSHOTS, min_size=1, max_size=2))
def test_what_was_written_is_read_as_it_was(snapshots: list[DaySnapshot]) -> None:
    assert as_snapshots(as_text(snapshots[0], snapshots[1:])) == tuple(snapshots)


@settings(max_examples=30)
@given(SNAPSHOTS)
def test_words_and_instants_are_of_their_kinds_again(snapshot: DaySnapshot) -> None:
    (read,) = as_snapshots(as_text(snapshot))
    for entry, before in zip(read.entries, snapshot.entries, strict=True):
        assert type(entry.outcome) is type(before.outcome)
        assert type(entry.newness) is type(before.newness)
        assert entry.started_at is None or entry.started_at.tzinfo is UTC
    assert read.running is None or read.running.started_at.tzinfo is UTC


@settings(max_examples=30)
@given(SNAPSHOTS, st.data())
def test_a_text_that_was_cut_off_is_not_read(snapshot: DaySnapshot, data: st.DataObject) -> None:
    text = as_text(snapshot)
    with pytest.raises(DecodeError):
        as_snapshots(text[: data.draw(st.integers(0, len(text) - 1))])


@settings(max_examples=5)
@given(SNAPSHOTS)
def test_a_text_of_another_format_is_not_read(snapshot: DaySnapshot) -> None:
    text = as_text(snapshot)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(shape, "FORMAT", shape.FORMAT + 1)
        assert as_snapshots(text) == ()
