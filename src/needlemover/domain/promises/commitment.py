"""What is promised for an activity from a day on, and what fills it."""

from collections.abc import Iterator
from datetime import date, time
from enum import StrEnum

from msgspec import Struct
from msgspec.structs import replace

from ..day import Week

EVERY_DAY = frozenset(range(7))
MONDAY_TO_FRIDAY = frozenset(range(5))


class Rule(StrEnum):
    """Whether both quotas must be filled, or one of them is enough."""

    ALL = "all"
    ANY = "any"


class Done(Struct, frozen=True):
    """What was done for an activity on a day, or in a week; of a sales one, its conversations."""

    seconds: int = 0
    count: int = 0
    done: bool = False  # whether anything was ticked or logged at all (money alone is nothing)

    def __add__(self, other: "Done") -> "Done":
        return Done(self.seconds + other.seconds, self.count + other.count, self.done or other.done)


NOTHING = Done()


class Terms(Struct, frozen=True):
    """The weekdays on which an activity is due and its quota; with no quota it is a plain tick.

    Weekly terms are due on no weekday: they ask for their quota once in the calendar week.
    """

    weekdays: frozenset[int] = MONDAY_TO_FRIDAY  # Monday is 0
    seconds: int | None = None
    count: int | None = None
    rule: Rule = Rule.ALL
    weekly: bool = False
    at_most: bool = False  # whether the seconds are an upper limit, met as long as it is kept

    @property
    def a_week(self) -> "Terms":
        """The same quota for a calendar week; of a plain tick, one."""
        count = 1 if self.is_plain else self.count
        return replace(self, weekdays=frozenset(), count=count, weekly=True)

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

    def met_by(self, done: Done) -> bool:
        """Whether what was done fills the quota, or keeps the upper limit."""
        if self.at_most:
            return done.seconds <= (self.seconds or 0)
        if self.is_plain:
            return done.done
        return any(done.seconds >= seconds and done.count >= count for seconds, count in self.ways)

    def share_of(self, progress: Done) -> float:
        """How much of the quota is filled, 0 to 1; where both are asked, of the emptier one."""
        if self.is_plain or self.at_most:
            return 1.0 if self.met_by(progress) else 0.0
        return max(
            min(_share(progress.seconds, seconds), _share(progress.count, count))
            for seconds, count in self.ways
        )

    def asks_at_least(self, other: "Terms") -> bool:
        """Whether these terms are on no weekday and in no quota easier than others.

        A promise by the week, one by the day and an upper limit are never compared.
        """
        is_like = (self.weekly, self.at_most) == (other.weekly, other.at_most)
        if not is_like or not self.weekdays >= other.weekdays:
            return False
        if self.at_most:
            return (self.seconds or 0) <= (other.seconds or 0)
        return all(
            any(
                seconds >= least_seconds and count >= least_count
                for least_seconds, least_count in other.ways
            )
            for seconds, count in self.ways
        )


def _share(done: int, asked: int) -> float:
    return min(1.0, done / asked) if asked else 1.0


class Commitment(Struct, frozen=True):
    """The terms in force from a day on; no terms: archived from that day on."""

    start: date
    terms: Terms | None
    set_on: date  # the local day on which it was decided


# Of two with the same start the later decided one holds; the other says what the bar was before.
Timeline = tuple[Commitment, ...]  # of one activity, earliest start first


class ActivityFact(Struct, frozen=True):
    """A high-value activity and what was promised for it."""

    id: int
    name: str
    is_sales: bool
    rank: int
    timeline: Timeline
    starts_at: time | None = None  # local, when it is meant to begin; it decides nothing of a day


def in_force(timeline: Timeline, day: date) -> Commitment | None:
    """The commitment that holds on a day; None before the first."""
    held = None
    for item in timeline:  # asked for each day of ten years
        if item.start > day:
            break
        held = item
    return held


def terms_on(timeline: Timeline, day: date) -> Terms | None:
    """The terms that hold on a day; None before the first commitment and when archived."""
    commitment = in_force(timeline, day)
    return commitment.terms if commitment else None


def is_weekly(timeline: Timeline, day: date) -> bool:
    """Whether what is promised on this day is promised by the week."""
    terms = terms_on(timeline, day)
    return terms is not None and terms.weekly


def was_weekly(timeline: Timeline, day: date) -> bool:
    """Whether it is promised by the week on this day, or was last when it was put away."""
    held = [item.terms for item in timeline if item.start <= day and item.terms is not None]
    return bool(held) and held[-1].weekly


def is_archived(timeline: Timeline, day: date) -> bool:
    """Whether the activity has been put away by this day."""
    commitment = in_force(timeline, day)
    return commitment is not None and commitment.terms is None


def tracked_from(timeline: Timeline) -> date | None:
    """The day from which anything is promised."""
    return next((item.start for item in timeline if item.terms is not None), None)


def week_terms(timeline: Timeline, week: Week) -> Terms | None:
    """What is asked of all of a week: the weekly terms that hold on its last day."""
    terms = terms_on(timeline, week.last)
    return terms if terms is not None and terms.weekly else None


def first_days(timeline: Timeline) -> frozenset[date]:
    """The days on which the activity begins by the day, or begins again after it was archived.

    A day stays a first day when an earlier start is decided afterwards: it must not become a miss.
    """
    return frozenset(item.start for item in _beginnings(timeline, weekly=False))


def begins_in(timeline: Timeline, week: Week) -> bool:
    """Whether the activity begins by the week, or begins again, in this one."""
    begins = (item.start for item in _beginnings(timeline, weekly=True))
    return any(week.first <= day <= week.last for day in begins)


def _beginnings(timeline: Timeline, *, weekly: bool) -> Iterator[Commitment]:
    before: Commitment | None = None
    for item, following in zip(timeline, (*timeline[1:], None), strict=False):
        if following is not None and following.start == item.start:
            continue  # it never held
        goes_on = before is not None and _asks(before, weekly) and before.set_on <= item.set_on
        if _asks(item, weekly) and not goes_on:
            yield item
        before = item


def _asks(item: Commitment, weekly: bool) -> bool:
    return item.terms is not None and item.terms.weekly is weekly
