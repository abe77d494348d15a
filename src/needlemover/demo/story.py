"""What the sample data tells, read from `story.toml`."""

from datetime import time
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct

from ..domain.buyers.contact import StepKind
from ..domain.calls.entry import Outcome


class Told(Struct, frozen=True, array_like=True):
    """A call that is told of."""

    ago: int  # working days
    clock: time
    seconds: int
    outcome: Outcome
    contact: str
    note: str = ""  # `{day}` is the name of today
    amount: int | None = None


class Promised(Struct, frozen=True, array_like=True):
    """What was promised, and is open."""

    ahead: int  # working days; below 0 for what is late
    contact: str
    kind: StepKind
    at: time | None = None


class Parked(Struct, frozen=True):
    """A problem."""

    parked: int  # how many days ago
    details: dict[str, Any]  # what stands in its row beside the days
    since: int | None = None  # how many days ago it came to its state; None: it was parked in it
    leaks: tuple[tuple[int, int], ...] = ()  # how many days ago, and minutes


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
