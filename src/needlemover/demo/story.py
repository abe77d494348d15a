"""What the sample data tells, read from `story.toml`."""

from datetime import time
from pathlib import Path

import msgspec
from msgspec import Struct

from ..domain.buyers.contact import StepKind
from ..domain.calls.entry import Outcome
from ..domain.delegation.problem import CostPer, Every, ProblemState


class Told(Struct, frozen=True, array_like=True):
    """A call that is told of."""

    ago: int
    """Working days."""
    clock: time
    seconds: int
    outcome: Outcome
    contact: str
    note: str = ""
    """`{day}` is the name of today."""
    amount: int | None = None


class Promised(Struct, frozen=True, array_like=True):
    """What was promised, and is open."""

    ahead: int
    """Working days; below 0 for what is late."""
    contact: str
    kind: StepKind
    at: time | None = None


class Parked(Struct, frozen=True):
    """A problem."""

    title: str
    parked: int
    """How many days ago."""
    seconds: int | None = None
    every: Every | None = None
    cost: int | None = None
    cost_per: CostPer | None = None
    handover_seconds: int | None = None
    candidate: str | None = None
    note: str | None = None
    state: ProblemState = ProblemState.PARKED
    since: int | None = None
    """How many days ago it came to its state; None: it was parked in it."""
    delegated_to: str | None = None
    activity_id: int | None = None
    leaks: tuple[tuple[int, int], ...] = ()
    """How many days ago, and minutes."""


class Story(Struct, frozen=True):
    """All of it."""

    first_words: tuple[str, ...]
    second_words: tuple[str, ...]
    people: tuple[str, ...]
    notes: tuple[str, ...]
    ask_notes: tuple[str, ...]
    told: tuple[Told, ...]
    promised: tuple[Promised, ...]
    problems: tuple[Parked, ...]


STORY = msgspec.toml.decode(Path(__file__).with_suffix(".toml").read_bytes(), type=Story)
