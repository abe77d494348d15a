"""What is promised for an activity from a day on, and what a change of it may do to today."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from .day import ONE_DAY
from .errors import NeedleError, WrongUsageError

EVERY_DAY = frozenset(range(7))
MONDAY_TO_FRIDAY = frozenset(range(5))


class Rule(StrEnum):
    """Whether both quotas must be filled, or one of them is enough."""

    ALL = "all"
    ANY = "any"


@dataclass(frozen=True, slots=True)
class Progress:
    """What was done for an activity on a day.

    For a sales activity only its conversations count.
    """

    seconds: int = 0
    count: int = 0
    done: bool = False
    """Whether anything was ticked or logged at all (money alone is nothing)."""


NOTHING = Progress()


@dataclass(frozen=True, slots=True)
class Terms:
    """The weekdays on which an activity is due and its quota; with no quota it is a plain tick."""

    weekdays: frozenset[int] = MONDAY_TO_FRIDAY
    """Monday is 0."""
    seconds: int | None = None
    count: int | None = None
    rule: Rule = Rule.ALL

    @property
    def is_plain(self) -> bool:
        """Whether a tick is all that is asked."""
        return self.seconds is None and self.count is None

    @property
    def ways(self) -> tuple[tuple[int, int], ...]:
        """The least (seconds, count) that fill the quota, one for each way to fill it."""
        if self.rule is Rule.ANY and self.seconds is not None and self.count is not None:
            return ((self.seconds, 0), (0, self.count))
        return ((self.seconds or 0, self.count or 0),)

    def met_by(self, progress: Progress) -> bool:
        """Whether what was done fills the quota."""
        if self.is_plain:
            return progress.done
        return any(
            progress.seconds >= seconds and progress.count >= count for seconds, count in self.ways
        )

    def share_of(self, progress: Progress) -> float:
        """How much of the quota is filled, 0 to 1; where both are asked, of the emptier one."""
        if self.is_plain:
            return 1.0 if progress.done else 0.0
        return max(
            min(
                min(1.0, progress.seconds / seconds) if seconds else 1.0,
                min(1.0, progress.count / count) if count else 1.0,
            )
            for seconds, count in self.ways
        )

    def asks_at_least(self, other: "Terms") -> bool:
        """Whether these terms are on no weekday and in no quota easier than others.

        True when they are due on every weekday that the others are, and whatever fills this quota
        would fill the other one too.
        """
        return self.weekdays >= other.weekdays and all(
            any(
                seconds >= least_seconds and count >= least_count
                for least_seconds, least_count in other.ways
            )
            for seconds, count in self.ways
        )


@dataclass(frozen=True, slots=True)
class Commitment:
    """The terms in force from a day on; no terms: archived from that day on."""

    start: date
    terms: Terms | None
    set_on: date
    """The local day on which it was decided."""


Timeline = tuple[Commitment, ...]
"""The commitments of one activity, earliest start first.

Of two with the same start the one decided later holds. The other one is kept because it says
what the bar was when that day began.
"""


def in_force(timeline: Timeline, day: date) -> Commitment | None:
    """The commitment that holds on a day; None before the first."""
    found = None
    for commitment in timeline:
        if commitment.start > day:
            break
        found = commitment
    return found


def terms_on(timeline: Timeline, day: date) -> Terms | None:
    """The terms that hold on a day; None before the first commitment and when archived."""
    commitment = in_force(timeline, day)
    return commitment.terms if commitment else None


def is_archived(timeline: Timeline, day: date) -> bool:
    """Whether the activity has been put away by this day."""
    commitment = in_force(timeline, day)
    return commitment is not None and commitment.terms is None


def tracked_from(timeline: Timeline) -> date | None:
    """The day from which anything is promised."""
    return next((item.start for item in timeline if item.terms is not None), None)


def first_days(timeline: Timeline) -> frozenset[date]:
    """The days on which the activity begins, or begins again after it was archived.

    A day stays a first day when an earlier start is decided afterwards: it must not become a miss.
    """
    found = set()
    before: Commitment | None = None
    for item, following in zip(timeline, (*timeline[1:], None), strict=True):
        if following is not None and following.start == item.start:
            continue  # it never held
        begins = before is None or before.terms is None or before.set_on > item.set_on
        if begins and item.terms is not None:
            found.add(item.start)
        before = item
    return frozenset(found)


def as_the_day_began(timeline: Timeline, today: date) -> Timeline:
    """The commitments without what was decided today."""
    return tuple(item for item in timeline if item.set_on < today)


def change(
    timeline: Timeline, terms: Terms | None, today: date, start: date | None = None
) -> Timeline:
    """The commitments after a change decided today.

    What asks at least as much as today's bar did when the day began holds from today; anything
    else, archiving included, from tomorrow. A promise that is still to begin keeps its first day.
    No day before today is ever altered, but for days before the first commitment.

    Args:
        timeline: the commitments so far.
        terms: the new terms; None archives the activity.
        today: the local day.
        start: the day asked for; None lets the rule choose.

    Raises:
        NeedleError: when the day asked for would rewrite the past, or lower today's bar, or the
            terms ask for nothing.
    """
    _must_ask_something(terms)
    if start is not None and start < today:
        return _begin_earlier(timeline, terms, today, start)
    bar = terms_on(as_the_day_began(timeline, today), today)
    holds_today = bar is None or (terms is not None and terms.asks_at_least(bar))
    if start == today and not holds_today:
        raise NeedleError(
            "That asks less than today's commitment, so it can hold from tomorrow at the earliest: "
            "leave the day out, or give a later one."
        )
    begins = start or (today if holds_today else today + ONE_DAY)
    if start is None and terms is not None and timeline and timeline[0].start > today:
        begins = timeline[0].start
    # What was decided today can be edited freely, but a change that is asked for a later day
    # leaves the days before it alone.
    is_final = start is not None and start > today
    kept = tuple(
        item
        for item in timeline
        if (item.start < begins and (is_final or item.set_on < today or item.start < today))
        or (item.start == today and item.set_on < today)
    )
    if kept and kept[-1].terms == terms:
        return kept
    return (*kept, Commitment(begins, terms, today))


def _begin_earlier(timeline: Timeline, terms: Terms | None, today: date, start: date) -> Timeline:
    began = as_the_day_began(timeline, today)
    if terms is None or (began and start >= began[0].start):
        raise NeedleError(
            "A commitment can only start in the past before the activity's first one: past days "
            "stay as they were promised."
        )
    first = Commitment(start, terms, today)
    if not began:
        return (first,)
    return (first, *(item for item in timeline if item.start >= began[0].start))


def _must_ask_something(terms: Terms | None) -> None:
    if terms is None:
        return
    if not terms.weekdays:
        raise WrongUsageError("It must be due on some day of the week: choose at least one.")
    if any(quota is not None and quota < 1 for quota in (terms.seconds, terms.count)):
        raise WrongUsageError(
            "A quota asks for something: give at least 1, or leave it out for a plain tick."
        )
