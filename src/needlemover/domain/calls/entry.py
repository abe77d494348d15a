"""What happened, and what runs: outcomes, which entries fill a quota, timers that are in doubt."""

import unicodedata
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Literal

from msgspec import Struct


class Outcome(StrEnum):
    """How a call or a meeting with a buyer ended."""

    NO_ANSWER = "no_answer"
    VOICEMAIL = "voicemail"
    GATEKEEPER = "gatekeeper"
    TALKED = "talked"
    MEETING_SET = "meeting_set"
    ASKED = "asked"
    WON = "won"
    LOST = "lost"

    @property
    def reached(self) -> bool:
        """Whether it was a conversation with a buyer."""
        return self not in NOT_REACHED

    @property
    def words(self) -> str:
        """As it is written on screen."""
        return self.value.replace("_", " ")


NOT_REACHED = frozenset({Outcome.NO_ANSWER, Outcome.VOICEMAIL, Outcome.GATEKEEPER})
ASKS = frozenset({Outcome.ASKED, Outcome.WON, Outcome.LOST})
ANSWERS = frozenset({Outcome.WON, Outcome.LOST})  # the outcomes that settle an ask
LET_GO_TRIES = 6  # dials without a conversation after which it is asked once whether to let go


def fills_quota(
    outcome: str | None,
    seconds: int,
    count: int,
    follows: int | None = None,
    problem_id: int | None = None,
    *,
    is_sales: bool,
) -> bool:
    """Whether an entry counts towards what its activity promises for the day.

    A sales entry does when it was a conversation of its own, not the answer to an earlier ask, or a
    plain tick; any other when it was ticked or timed; time put into a problem never.
    """
    if problem_id:
        return False
    if not is_sales:
        return bool(seconds or count)
    if outcome is not None:
        return outcome not in NOT_REACHED and not follows
    return bool(count)


def to_come(start: datetime | None, seconds: int, now: datetime) -> Literal["start", "end"] | None:
    """What of an entry, typed in whole minutes, cannot have been yet; None: all of it may."""
    if start is None:
        return None
    if start > now:
        return "start"
    return "end" if seconds > (now - start).total_seconds() + 60 else None


def count_alone(outcome: str | None, count: int) -> int:
    """The count of what followed an entry that is gone: an answer is a call of its own."""
    return 0 if outcome is None else max(1, count)


def contact_key(name: str) -> str:
    """What makes two spellings of a contact the same: trimmed, case-folded, accents composed."""
    return unicodedata.normalize("NFC", " ".join(name.split()).casefold())


class Newness(StrEnum):
    """Whether a conversation was the first one with its contact."""

    NEW = "new"
    KNOWN = "known"


class EntryFact(Struct, frozen=True):
    """Something that happened."""

    id: int
    activity_id: int | None
    activity: str
    is_sales: bool
    day: date
    started_at: datetime | None  # UTC; None when only the day is known
    placed_at: datetime  # UTC; in the order of this, and of their ids, the entries of a day stand
    utc_offset: int | None  # seconds east of UTC at that moment
    seconds: int
    count: int
    outcome: Outcome | None
    contact: str
    amount: int | None  # in minor units: an offer, or else money received; negative for a refund
    note: str
    came_from: int | None
    follows: int | None
    late: bool  # entered by hand on a later day than its own
    newness: Newness | None = None
    answer: Outcome | None = None  # how this ask was settled: by its answer, or a later call
    problem_id: int | None = None
    problem: str = ""  # the title of the problem that the time was put into

    @property
    def is_leak(self) -> bool:
        """Whether its time was put into a problem."""
        return self.problem_id is not None

    @property
    def subject(self) -> str:
        """The name of the activity, or the title of the problem; empty: money of neither."""
        return self.activity or self.problem

    @property
    def is_dial(self) -> bool:
        """Whether it was a try at reaching a buyer."""
        return self.is_sales and self.outcome is not None and self.follows is None

    @property
    def fills_quota(self) -> bool:
        """Whether it counts towards what its activity promises."""
        how = (self.outcome, self.seconds, self.count, self.follows, self.problem_id)
        return fills_quota(*how, is_sales=self.is_sales)

    @property
    def is_tick(self) -> bool:
        """Whether it only says that it was done, perhaps several times."""
        return self.outcome is None and not self.seconds and self.count > 0

    @property
    def times(self) -> int:
        """What it adds to a count: a tick of a sales activity is no conversation."""
        return 0 if self.is_sales and self.outcome is None else self.count

    @property
    def offer(self) -> int | None:
        """What was asked for, in minor units: no money received, and gone when it is settled."""
        is_offer = self.outcome is Outcome.ASKED and (self.amount or 0) > 0
        return self.amount if is_offer else None

    @property
    def is_open_ask(self) -> bool:
        """Whether the buyer was asked to buy and has not answered yet."""
        return self.outcome is Outcome.ASKED and self.answer is None


GAP = timedelta(seconds=90)  # unseen for longer, a timer was alone: an app sees it each 30 seconds


class Running(Struct, frozen=True):
    """The timer that runs."""

    activity_id: int | None
    name: str  # of the activity, or the title of the problem
    is_sales: bool
    contact: str
    started_at: datetime
    day: date
    problem_id: int | None = None  # where it is set there is no activity
    utc_offset: int | None = None  # seconds east of UTC where it was started
    draft: str = ""  # of its note, as far as it is typed

    @property
    def kind(self) -> Literal["activity", "problem"]:
        """What it runs on."""
        return "activity" if self.problem_id is None else "problem"

    def is_too_long(self, now: datetime, call_cap: int) -> bool:
        """Whether it is longer than the `call_cap`, in seconds."""
        return now - self.started_at > timedelta(seconds=call_cap)

    def was_left_alone(self, last_seen: datetime | None, now: datetime, call_cap: int) -> bool:
        """Whether it ran unseen; one that no app has seen yet: longer than `call_cap` seconds."""
        return self.is_too_long(now, call_cap) if last_seen is None else now - last_seen > GAP

    def is_in_doubt(self, last_seen: datetime | None, now: datetime, call_cap: int) -> bool:
        """Whether it is to be asked what is true before the timer is stopped."""
        return self.is_too_long(now, call_cap) or self.was_left_alone(last_seen, now, call_cap)


def running_seconds(started_at: datetime, now: datetime) -> int:
    """How long a timer has run; 0 when the clock was set back."""
    return max(0, int((now - started_at).total_seconds()))


class Block(Struct, frozen=True):
    """A call block that is open."""

    day: date
    started_at: datetime  # UTC
    planned: int  # seconds
    dials: int = 0  # that began in it so far
    conversations: int = 0

    @property
    def ends_at(self) -> datetime:
        """When it is planned to end (UTC)."""
        return self.started_at + timedelta(seconds=self.planned)

    def seconds_left(self, now: datetime) -> int:
        """Until its planned end; 0 after it."""
        return max(0, int((self.ends_at - now).total_seconds()))

    def was_left(self, last_seen: datetime | None) -> bool:
        """Whether no app was there when it ended as planned: then nobody knows how it did."""
        return (last_seen or self.started_at) + GAP < self.ends_at
