"""How the sample data came about: the activities, the promises, the days and calls, the story."""

from datetime import date, time
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct

from ..domain.buyers.contact import StepKind
from ..domain.calls.entry import Outcome
from ..domain.day import ONE_DAY
from ..domain.promises.commitment import MONDAY_TO_FRIDAY, Terms

WEEKS = 50
SEED = 20261125
GOAL = 3_000_000  # the money wanted in every month, in minor units
LATER_WORTH, LATER = 24_000, 21 * ONE_DAY  # declared for an hour, and how long from now it holds
FILM, SALES, MASTERMIND, NEWSLETTER, REFERRALS, WEBINAR = 1, 2, 3, 4, 5, 6  # activities by rank

SLOW_TERMS = Terms(MONDAY_TO_FRIDAY, count=3)  # for the calls in the slow months before
LENGTHS = {FILM: (2100, 3300), NEWSLETTER: (1800, 2700)}  # seconds: at least, at most

ORIGINS = (None, FILM, None, FILM, REFERRALS, None, FILM, None)  # of who bought; None: the calls
BROUGHT = {"Foo GmbH": FILM}  # of whom it is told
SMALL = 5  # who comes from a film buys for so many times less
INVITATION_DAYS = frozenset({0, 2, 4})  # to the webinar, when it goes well
ANSWERED_AFTER = 20 * ONE_DAY  # every ask that is older has its answer
MASTERMIND_DAYS = 3  # it was promised only so many working days ago

LISTED = 40  # so many are on the list of those to call
ASKED_NEVER = 3  # the place on the list of the one that asked not to be called


def weekdays_near(today: date, weekdays: frozenset[int] = MONDAY_TO_FRIDAY) -> frozenset[int]:
    """Weekdays moved on until today is not after Friday: also on a Sunday something is due."""
    return frozenset((day + max(0, today.weekday() - 4)) % 7 for day in weekdays)


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
    promises: dict[int, tuple[str, Terms]]  # by activity
    kinds: str  # what became of the working days, latest first; before them little was promised
    slow_kinds: str
    days_off: dict[str, tuple[str, int]]  # by kind: the reason, and how many days later it was said
    reached: dict[Outcome, int]  # how often calls end so, of a hundred
    not_reached: dict[Outcome, int]


STORY = msgspec.toml.decode(Path(__file__).with_name("story.toml").read_bytes(), type=Story)
