"""A contact, its one open next step, and what a dial leaves of that."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from msgspec import Struct

from ..calls.entry import EntryFact, Outcome, contact_key
from ..day import days_between
from ..promises.status import DayOff
from ..settings import Settings, is_working_day

EARLIEST = timedelta(hours=1)  # before the time of a meeting its conversation may begin
LET_GO = 0  # for the place on the list: it was let go, and no list brings it back


def phone_key(phone: str) -> str | None:
    """The last nine digits of a phone, behind the country and the trunk; None: it has fewer."""
    digits = "".join(str(int(sign)) for sign in phone if sign.isdecimal())
    return digits[-9:] if len(digits) >= 9 else None


class Contact(Struct, frozen=True):
    """A person or firm that is called."""

    id: int
    name: str
    phone: str = ""
    note: str = ""
    never_since: date | None = None  # the day on which the contact asked not to be called
    position: int | None = None  # on the list, as it came, or `LET_GO`; None: it never stood there


class StepKind(StrEnum):
    """What is to be done next with a contact."""

    CALL = "call"
    MEETING = "meeting"


class NextStep(Struct, frozen=True):
    """The one open next step of a contact: a callback, or a meeting."""

    contact_id: int
    kind: StepKind
    day: date
    at: time | None = None  # the local time that was agreed; None: at any time of the day
    note: str = ""
    set_on: date | None = None  # the local day of the promise; calls before it do not settle it

    def has_come(self, now: datetime) -> bool:
        """Whether its moment, or the beginning of its day, is not after a local one."""
        return datetime.combine(self.day, self.at or time.min) <= now.replace(tzinfo=None)

    def is_over(self, now: datetime, evening: time) -> bool:
        """Whether it is a meeting to ask about: from its evening on, or its time where later."""
        asked_from = datetime.combine(self.day, max(evening, self.at or evening))
        return self.kind is StepKind.MEETING and asked_from <= now.replace(tzinfo=None)


class Dial(Struct, frozen=True):
    """A try at reaching a contact, and how it ended."""

    day: date
    outcome: Outcome
    at: time | None = None  # on the local clock; None: only its day is known


def retry_day(tries: int, day: date, settings: Settings, days_off: Sequence[DayOff]) -> date:
    """The day worked on to which a dial without an answer moves the callback; `tries` from 1."""
    waits, working = settings.retry_days, settings.working_day
    earliest = day + timedelta(days=waits[min(tries, len(waits)) - 1])
    within_a_year = days_between(earliest, earliest + timedelta(days=366))
    return next((on for on in within_a_year if is_working_day(on, working, days_off)), earliest)


def step_after(
    step: NextStep, dial: Dial, tries: int, settings: Settings, days_off: Sequence[DayOff]
) -> NextStep | None:
    """The next step of a contact after a dial; None: a conversation has settled it.

    What was promised for later stands: a dial without an answer moves only what has come, and a
    conversation before the day of a meeting, or an hour before its time, is not the meeting. A
    missed meeting becomes a call.
    """
    if step.set_on is not None and dial.day < step.set_on:
        return step
    began = datetime.combine(dial.day, dial.at or time.max)
    if dial.outcome.reached:
        is_before = dial.day < step.day or not step.has_come(began + EARLIEST)
        return step if step.kind is StepKind.MEETING and is_before else None
    if not step.has_come(began):
        return step
    day = retry_day(tries, dial.day, settings, days_off)
    return NextStep(step.contact_id, StepKind.CALL, day, note=step.note, set_on=dial.day)


class Standing(StrEnum):
    """What comes next with a contact, in the order in which it is looked at."""

    LATE = "late"
    TODAY = "today"
    LATER = "later"
    WAITING = "waiting"  # for the answer to an ask
    LIST = "list"
    NOTHING = "nothing"
    LET_GO = "let go"
    NEVER = "never"


def standing_on(
    today: date, never: date | None, promised: date | None, asked: date | None, position: int | None
) -> Standing:
    """What comes next with a contact, given the days of what holds of it, and its place."""
    if never is not None:
        return Standing.NEVER
    if promised is not None:
        if promised == today:
            return Standing.TODAY
        return Standing.LATE if promised < today else Standing.LATER
    if asked is not None:
        return Standing.WAITING
    if position == LET_GO:
        return Standing.LET_GO
    return Standing.NOTHING if position is None else Standing.LIST


class Buyer(Struct, frozen=True):
    """A contact with what its calls and promises come to."""

    contact: Contact
    step: NextStep | None = None
    tries: int = 0  # dials since the last conversation
    last_dial: date | None = None  # answered or not
    last_talk: date | None = None
    asked_on: date | None = None  # the day of the last ask that waits for its answer
    offer: int | None = None  # its amount, in minor units
    asked_note: str = ""

    @property
    def key(self) -> str:
        """Its name as names are compared; no two contacts have the same."""
        return contact_key(self.contact.name)

    @property
    def is_on_list(self) -> bool:
        """Whether it is on the list: to be called, and never reached yet."""
        return self.contact.position not in (None, LET_GO) and self.last_talk is None

    def standing(self, today: date) -> Standing:
        """What comes next with it."""
        promised = self.step.day if self.step is not None else None
        never, position = self.contact.never_since, self.contact.position
        if self.last_talk is not None and position != LET_GO:
            position = None
        return standing_on(today, never, promised, self.asked_on, position)


class Talk(Struct, frozen=True):
    """What is known of the one who is talked to."""

    buyer: Buyer
    touches: tuple[EntryFact, ...]
    """The last conversations, and whatever else has a note, newest first."""


class OpenOffers(Struct, frozen=True):
    """What was asked for and has no answer yet."""

    amount: int = 0  # in minor units
    asks: int = 0  # those that name an amount
    oldest_days: int | None = None  # the age of the oldest one of them; None without any


class OfferNews(Struct, frozen=True):
    """Amounts on asks that were money received, until they were taken for offers."""

    asks: tuple[EntryFact, ...]  # newest first
    after: int  # all money received, without them, in minor units

    @property
    def before(self) -> int:
        """All money received, with them, in minor units."""
        return self.after + sum(ask.offer or 0 for ask in self.asks)


class BuyerRow(Struct, frozen=True, array_like=True, gc=False):
    """A contact as a line of the list says it."""

    id: int
    name: str
    key: str
    never_since: date | None
    promised: date | None
    at: time | None
    asked_on: date | None  # the day of the last ask that waits for its answer
    position: int | None  # on the list, or `LET_GO`; None: it does not stand there
    tries: int
    last_touch: date | None
    phone: str = ""
    note: str = ""  # with what was promised

    def standing(self, today: date) -> Standing:
        """What comes next with it."""
        return standing_on(today, self.never_since, self.promised, self.asked_on, self.position)


class BuyersSnapshot(Struct, frozen=True):
    """The contacts whose names have in them what was typed, and one of them whole."""

    today: date
    settings: Settings
    counts: Mapping[Standing, int]  # of all contacts
    rows: tuple[BuyerRow, ...]
    place: int = 0  # of the one who is chosen
    buyer: Buyer | None = None
    touches: tuple[EntryFact, ...] = ()  # what happened with the buyer, newest first
