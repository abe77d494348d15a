"""The words for what happened: outcomes, and which entries fill a quota."""

import unicodedata
from datetime import date, datetime
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
ANSWERS = frozenset({Outcome.WON, Outcome.LOST})
"""The outcomes that settle an ask."""


def fills_quota(
    outcome: str | None,
    seconds: int,
    count: int,
    *,
    is_sales: bool,
    follows: bool = False,
    is_leak: bool = False,
) -> bool:
    """Whether an entry counts towards what its activity promises for the day.

    A sales entry does when it was a conversation of its own (one that settles an earlier ask, or
    only brings its money, is not) or a plain tick; any other entry when it was ticked or timed.
    Time that was put into a problem never does.
    """
    if is_leak:
        return False
    if not is_sales:
        return bool(seconds or count)
    if outcome is not None:
        return outcome not in NOT_REACHED and not follows
    return count > 0


def still_to_come(
    start: datetime | None, seconds: int, now: datetime
) -> Literal["start", "end"] | None:
    """What of an entry cannot have been yet; None: all of it may have happened.

    A start and a length are typed in whole minutes, so the end may be a minute ahead.
    """
    if start is None:
        return None
    if start > now:
        return "start"
    return "end" if seconds > (now - start).total_seconds() + 60 else None


def count_alone(outcome: str | None, count: int) -> int:
    """The count of what followed an entry that is gone: an answer is a call of its own."""
    return 0 if outcome is None else max(1, count)


def contact_key(name: str) -> str:
    """What makes two spellings of a contact the same one: trimmed and case-folded.

    Letters typed with a separate accent are the same as those that bring it along.
    """
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
    started_at: datetime | None
    """UTC; None when only the day is known."""
    utc_offset: int | None
    """Seconds east of UTC at that moment."""
    seconds: int
    count: int
    outcome: Outcome | None
    contact: str
    amount: int | None
    """Money received, in minor units; negative for a refund."""
    note: str
    came_from: int | None
    follows: int | None
    late: bool
    """Entered by hand on a later day than its own."""
    newness: Newness | None = None
    answer: Outcome | None = None
    """How a later entry settled this ask."""
    problem_id: int | None = None
    problem: str = ""
    """The title of the problem that the time was put into."""

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
        return fills_quota(
            self.outcome,
            self.seconds,
            self.count,
            is_sales=self.is_sales,
            follows=self.follows is not None,
            is_leak=self.is_leak,
        )

    @property
    def is_tick(self) -> bool:
        """Whether it only says that it was done, perhaps several times."""
        return self.outcome is None and not self.seconds and self.count > 0

    @property
    def times(self) -> int:
        """What it adds to a count: a tick of a sales activity is no conversation."""
        return 0 if self.is_sales and self.outcome is None else self.count

    @property
    def is_open_ask(self) -> bool:
        """Whether the buyer was asked to buy and has not answered yet."""
        return self.outcome is Outcome.ASKED and self.answer is None
