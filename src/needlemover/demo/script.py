"""How the sample data came about: the promises, the story, and what happened day by day."""

import random
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct, field

from ..domain.buyers.contact import StepKind
from ..domain.calls.entry import Outcome, contact_key, fills_quota
from ..domain.day import ONE_DAY
from ..domain.promises.commitment import MONDAY_TO_FRIDAY, Terms
from ..domain.settings import Moment

WEEKS = 50
SEED = 20261125
GOAL = 3_000_000  # the money wanted in every month, in minor units
GOAL_ROOM = timedelta(days=6)  # that are left at least for it
LATER_WORTH, LATER = 24_000, 21 * ONE_DAY  # declared for an hour, and how long from now it holds
FILM, SALES, MASTERMIND, NEWSLETTER, REFERRALS, WEBINAR = 1, 2, 3, 4, 5, 6  # activities by rank

SLOW_TERMS = Terms(MONDAY_TO_FRIDAY, count=3)  # for the calls in the slow months before
# In seconds: at least, at most.
LENGTHS = {FILM: (2100, 3300), NEWSLETTER: (1800, 2700), MASTERMIND: (1800, 2300)}

ORIGINS = (None, FILM, None, FILM, REFERRALS, None, FILM, None)  # of who bought; None: the calls
BROUGHT = {"Foo GmbH": FILM}  # of whom it is told
SMALL = 5  # who comes from a film buys for so many times less
INVITATION_DAYS = frozenset({0, 2, 4})  # to the webinar, when it goes well
ANSWERED_AFTER = 20 * ONE_DAY  # every ask that is older has its answer
MASTERMIND_DAYS = 3  # it was promised only so many working days ago

LISTED = 40  # so many are on the list of those to call
ASKED_NEVER = 3  # the place on the list of the one that asked not to be called


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


_SELDOM = ("outcome", "contact", "amount", "note", "came_from", "follows", "problem_id")


class Diary(Struct):
    """Writes down what happened; what would be later than now is left out."""

    moment: Moment
    chance: random.Random = field(default_factory=lambda: random.Random(SEED))
    origins: dict[str, int | None] = field(default_factory=lambda: dict(BROUGHT))
    """What brought each buyer who bought."""
    rows: list[dict[str, Any]] = field(default_factory=list)
    leads: list[str] = field(default_factory=list)  # the list of those to call
    strangers: list[str] = field(default_factory=list)  # buyers that nobody has talked to yet
    buyers: list[str] = field(default_factory=list)
    asked: list[tuple[date, int, str]] = []  # asks that will be answered: when, which, whose

    def __post_init__(self) -> None:
        told = {call.contact for call in STORY.told if call.ago}
        names = [f"{one} {two}" for one in STORY.first_words for two in STORY.second_words]
        self.strangers += [name for name in (*names, *STORY.people) if name not in told]
        self.chance.shuffle(self.strangers)
        self.leads = [self.strangers.pop() for _ in range(LISTED)]

    def write(self, activity_id: int | None, at: datetime, seconds: int = 0, **values: Any) -> None:
        """Write down an entry, of an activity or, with its id among the values, of a problem."""
        ended_at = at + timedelta(seconds=seconds)
        if ended_at > self.moment.now:
            return
        day = self.moment.day_of(at)
        row: dict[str, Any] = {
            "id": len(self.rows) + 1, "activity_id": activity_id, "day": day, "started_at": at,
            "utc_offset": self.moment.offset_at(at), "seconds": seconds, "count": 1,
            "logged_at": ended_at, "logged_on": day,
        }  # fmt: skip
        row |= dict.fromkeys(_SELDOM) | values
        if row["outcome"] is Outcome.ASKED:
            row["amount"] = (8 + len(self.rows) % 52) * 5_000  # what was asked for
        row["contact_key"] = contact_key(row["contact"] or "") or None
        row["fills_quota"] = fills_quota(
            row["outcome"], seconds, row["count"], row["follows"], row["problem_id"],
            is_sales=activity_id == SALES,
        )  # fmt: skip
        self.rows.append(row)

    def working_day(self, day: date, *, won: bool, mastermind: bool) -> None:
        """Write down all that was done on a day."""
        self._timed(FILM, self.moment.at(day, time(7, self.chance.randrange(10, 50))))
        self._calls(day, 10 if won else self.chance.randrange(3, 7), 3600 if won else 0)
        if won and day.weekday() in STORY.promises[NEWSLETTER][1].weekdays:
            self._timed(NEWSLETTER, self.moment.at(day, time(15, self.chance.randrange(40, 59))))
        if won and day.weekday() in INVITATION_DAYS:
            self.write(WEBINAR, self.moment.at(day, time(13, 40)))
        if mastermind:
            self._timed(MASTERMIND, self.moment.at(day, time(17, 5)))
        if won and day.weekday() in STORY.promises[REFERRALS][1].weekdays:
            for minute in (2, 20, 45):
                self.write(REFERRALS, self.moment.at(day, time(16, minute)))
        self._answers(day)

    def slow_day(self, day: date, *, won: bool) -> None:
        """Write down all that was done on a day when little was promised."""
        self._timed(FILM, self.moment.at(day, time(7, self.chance.randrange(10, 50))))
        self._calls(day, 3 if won else 1, 0)
        self._answers(day)

    def _timed(self, activity_id: int, at: datetime) -> None:
        self.write(activity_id, at, self.chance.randrange(*LENGTHS[activity_id]))

    def _bought(self, contact: str) -> dict[str, Any]:
        """What a buyer paid, and what brought them: the same each time."""
        price = self.chance.randrange(8, 60) * 5_000
        origin = self.origins.setdefault(contact, ORIGINS[len(self.origins) % len(ORIGINS)])
        return {"came_from": origin, "amount": price // SMALL if origin == FILM else price}

    def _calls(self, day: date, enough: int, long_enough: int) -> None:
        """Write down the calls of a day: so many conversations at least, and so many seconds."""
        at = self.moment.at(day, time(9, self.chance.randrange(15)))
        noon = self.moment.at(day, time(12))
        talked = seconds = 0
        while talked < enough or seconds < long_enough:
            for _ in range(self.chance.choice((0, 1, 1, 1, 2, 2))):
                at = self._later(self.dial_in_vain(at), noon)
            length = self.chance.randrange(90, 780)
            outcome = self._pick(STORY.reached)
            if self.strangers and (len(self.buyers) < 12 or self.chance.random() < 0.3):
                self.buyers.append(self.strangers.pop())
                contact = self.buyers[-1]
            else:
                contact = self.chance.choice(self.buyers)
            bought = self._bought(contact) if outcome is Outcome.WON else {}
            notes = STORY.ask_notes if outcome is Outcome.ASKED else STORY.notes
            is_noted = outcome is Outcome.ASKED or self.chance.random() < 0.25
            note = self.chance.choice(notes) if is_noted else None
            self.write(SALES, at, length, outcome=outcome, contact=contact, **bought, note=note)
            is_old = self.moment.now - at > ANSWERED_AFTER
            if outcome is Outcome.ASKED and (is_old or self.chance.random() < 0.6):
                answer_on = self.moment.day_of(at) + timedelta(days=self.chance.randrange(2, 10))
                self.asked.append((answer_on, len(self.rows), contact))
            talked, seconds = talked + 1, seconds + length
            at = self._later(at + timedelta(seconds=length), noon)

    def _later(self, at: datetime, noon: datetime) -> datetime:
        """When the next call begins: some minutes on, and not over lunch."""
        at += timedelta(seconds=self.chance.randrange(60, 660))
        return at + timedelta(hours=1) if noon <= at < noon + timedelta(minutes=50) else at

    def dial_in_vain(self, at: datetime) -> datetime:
        """Write down a call that reached nobody; when it ended."""
        outcome = self._pick(STORY.not_reached)
        length = self.chance.randrange(20, 75)
        contact = self.chance.choice(self.buyers or self.leads)
        self.write(SALES, at, length, outcome=outcome, contact=contact)
        return at + timedelta(seconds=length)

    def _answers(self, day: date) -> None:
        for ask in [item for item in self.asked if item[0] <= day]:
            self.asked.remove(ask)
            outcome = Outcome.WON if self.chance.random() < 0.4 else Outcome.LOST
            at = self.moment.at(day, time(16, self.chance.randrange(30, 59)))
            bought = self._bought(ask[2]) if outcome is Outcome.WON else {}
            whose = {"contact": ask[2], "follows": ask[1], **bought}
            self.write(SALES, at, count=0, outcome=outcome, **whose)

    def _pick(self, shares: dict[Outcome, int]) -> Outcome:
        return self.chance.choices(list(shares), list(shares.values()))[0]
