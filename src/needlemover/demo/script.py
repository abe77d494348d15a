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

PROMISES = {
    FILM: ("Film one video", Terms(MONDAY_TO_FRIDAY)),
    SALES: ("Sales conversations", Terms(MONDAY_TO_FRIDAY, 3600, 10)),
    MASTERMIND: ("Manage the mastermind", Terms(MONDAY_TO_FRIDAY, 1800)),
    NEWSLETTER: ("Newsletter", Terms(frozenset({0, 2}))),
    REFERRALS: ("Ask for referrals", Terms(frozenset({4}), count=3)),
    WEBINAR: ("Invite to the webinar", Terms(count=3).a_week),
}
SLOW_TERMS = Terms(MONDAY_TO_FRIDAY, count=3)  # for the calls in the slow months before
LENGTHS = {FILM: (2100, 3300), NEWSLETTER: (1800, 2700)}  # seconds: at least, at most

ORIGINS = (None, FILM, None, FILM, REFERRALS, None, FILM, None)  # of who bought; None: the calls
BROUGHT = {"Foo GmbH": FILM}  # of whom it is told
SMALL = 5  # who comes from a film buys for so many times less
INVITATION_DAYS = frozenset({0, 2, 4})  # to the webinar, when it goes well
ANSWERED_AFTER = 20 * ONE_DAY  # every ask that is older has its answer
MASTERMIND_DAYS = 3  # it was promised only so many working days ago

DAYS_OFF = {  # the reason, and how long after the day it was said (or, negative, before)
    "s": ("Sick", ONE_DAY),
    "f": ("Trade fair", -10 * ONE_DAY),
    "h": ("Holiday", -60 * ONE_DAY),
}

# What became of the working days, latest first: won, part, missed, or a day off from above.
KINDS = (
    14 * "w"  # the streak that is alive
    + "mwwmwwspwwwpmmwwpwwwmp"  # a rough month
    + (20 * "w" + "f" + 11 * "w")  # the best streak: a day off does not break it
    + "pwwmpww"
)
_SLOW = "wwwpwwmwwwwwwmwpwwwwwmw"
SLOW_KINDS = 3 * _SLOW + 10 * "h" + 6 * _SLOW  # those before them, when little was promised

REACHED = {  # how often calls end so, of a hundred
    Outcome.TALKED: 70,
    Outcome.MEETING_SET: 15,
    Outcome.ASKED: 7,
    Outcome.LOST: 5,
    Outcome.WON: 3,
}
NOT_REACHED = {Outcome.NO_ANSWER: 65, Outcome.VOICEMAIL: 22, Outcome.GATEKEEPER: 13}

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


STORY = msgspec.toml.decode(Path(__file__).with_name("story.toml").read_bytes(), type=Story)
