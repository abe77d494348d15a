"""What is promised for an activity from a day on, and what a change of it may do to today."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from .day import ONE_DAY, week_start
from .errors import NeedleError, WrongUsageError

EVERY_DAY = frozenset(range(7))
MONDAY_TO_FRIDAY = frozenset(range(5))


class Rule(StrEnum):
    """Whether both quotas must be filled, or one of them is enough."""

    ALL = "all"
    ANY = "any"


@dataclass(frozen=True, slots=True)
class Progress:
    """What was done for an activity on a day, or in a week.

    For a sales activity only its conversations count.
    """

    seconds: int = 0
    count: int = 0
    done: bool = False
    """Whether anything was ticked or logged at all (money alone is nothing)."""

    def __add__(self, other: "Progress") -> "Progress":
        """What was done both times."""
        return Progress(
            self.seconds + other.seconds, self.count + other.count, self.done or other.done
        )


NOTHING = Progress()


@dataclass(frozen=True, slots=True)
class Terms:
    """The weekdays on which an activity is due and its quota; with no quota it is a plain tick.

    Weekly terms are due on no weekday: they ask for their quota once in the calendar week.
    """

    weekdays: frozenset[int] = MONDAY_TO_FRIDAY
    """Monday is 0."""
    seconds: int | None = None
    count: int | None = None
    rule: Rule = Rule.ALL
    weekly: bool = False

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
        would fill the other one too. A promise by the week and one by the day are never compared.
        """
        return (
            self.weekly == other.weekly
            and self.weekdays >= other.weekdays
            and all(
                any(
                    seconds >= least_seconds and count >= least_count
                    for least_seconds, least_count in other.ways
                )
                for seconds, count in self.ways
            )
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


def week_terms(timeline: Timeline, first: date) -> Terms | None:
    """What is asked of a calendar week: the weekly terms that hold on its last day, if any.

    So what is raised in the middle of a week holds for all of it.

    Args:
        timeline: the commitments.
        first: the first day of the week.
    """
    terms = terms_on(timeline, first + timedelta(days=6))
    return terms if terms is not None and terms.weekly else None


def first_days(timeline: Timeline) -> frozenset[date]:
    """The days on which the activity begins by the day, or begins again after it was archived.

    A day stays a first day when an earlier start is decided afterwards: it must not become a miss.
    """
    return frozenset(item.start for item in _beginnings(timeline, weekly=False))


def first_weeks(timeline: Timeline, first_weekday: int) -> frozenset[date]:
    """The first days of the weeks in which the activity begins by the week, or begins again."""
    return frozenset(
        week_start(item.start, first_weekday) for item in _beginnings(timeline, weekly=True)
    )


def _beginnings(timeline: Timeline, *, weekly: bool) -> Iterator[Commitment]:
    before: Commitment | None = None
    for item, following in zip(timeline, (*timeline[1:], None), strict=False):
        if following is not None and following.start == item.start:
            continue  # it never held
        if (
            item.terms is not None
            and item.terms.weekly is weekly
            and (
                before is None
                or before.terms is None
                or before.terms.weekly is not weekly
                or before.set_on > item.set_on
            )
        ):
            yield item
        before = item


def as_the_day_began(timeline: Timeline, today: date) -> Timeline:
    """The commitments without what was decided today, or on a later day."""
    return tuple(item for item in timeline if item.set_on < today)


def change(
    timeline: Timeline,
    terms: Terms | None,
    today: date,
    start: date | None = None,
    first_weekday: int = 0,
) -> Timeline:
    """The commitments after a change decided today.

    What asks at least as much as today's bar did when the day began, and this week's when the week
    began, holds from today. What asks less of the day, archiving included, holds from tomorrow;
    what asks less of the week, from the first day of the next one. A promise that is still to
    begin keeps its first day. No day or week before today is ever altered, but for days before the
    first commitment.

    Args:
        timeline: the commitments so far.
        terms: the new terms; None archives the activity.
        today: the local day.
        start: the day asked for; None lets the rule choose.
        first_weekday: of a week; Monday is 0.

    Raises:
        NeedleError: when the day asked for would rewrite the past, or lower today's or a week's
            bar, or the terms ask for nothing.
    """
    _must_ask_something(terms)
    if start is not None and start < today:
        return _begin_earlier(timeline, terms, today, start)
    week = week_start(today, first_weekday)
    asked = _asked_when_it_began(timeline, week, today)
    holds = _holds_from(timeline, terms, today, week, asked)
    begins = start or holds
    if start is None and terms is not None and timeline and timeline[0].start > today:
        begins = timeline[0].start
    if start is not None:
        asked_week = week_start(start, first_weekday)
        bar = asked if asked_week == week else week_terms(timeline, asked_week)
        _must_not_ease(terms, start, holds, bar, asked_week, week)
    # What was decided today (or, of a week, in it) can be edited freely, but a change that is
    # asked for a later day leaves the days before it alone.
    is_final = start is not None and start > today
    free_from = week if asked is not None else today
    kept = tuple(
        item
        for item in timeline
        if (item.start < begins and (is_final or item.set_on < free_from or item.start < today))
        or (item.start == today and item.set_on < today)
    )
    if asked is not None and start is None and begins > today:
        raised = week_terms(kept, week)
        if raised is not None and raised != asked:
            kept = (*kept, Commitment(today, asked, today))
    if kept and kept[-1].terms == terms:
        return kept
    return (*kept, Commitment(begins, terms, today))


def _asked_when_it_began(timeline: Timeline, week: date, today: date) -> Terms | None:
    """What this week asked when it began; nothing while no promise has begun at all."""
    if not timeline or timeline[0].start > today:
        return None
    return week_terms(as_the_day_began(timeline, week), week)


def _holds_from(
    timeline: Timeline, terms: Terms | None, today: date, week: date, asked: Terms | None
) -> date:
    """The first day on which terms can hold that are decided today.

    Args:
        timeline: the commitments so far.
        terms: the new terms.
        today: the local day.
        week: the first day of this week.
        asked: what this week asked when it began.
    """
    if asked is not None and not _asks_at_least(terms, asked):
        return week + timedelta(weeks=1)
    bar = terms_on(as_the_day_began(timeline, today), today)
    if bar is not None and not bar.weekly and not _asks_at_least(terms, bar):
        return today + ONE_DAY
    return today


def _asks_at_least(terms: Terms | None, bar: Terms) -> bool:
    return terms is not None and terms.asks_at_least(bar)


def _must_not_ease(
    terms: Terms | None, start: date, holds: date, bar: Terms | None, week: date, this_week: date
) -> None:
    """Refuse a day asked for that would ease today, or a week from its middle.

    Args:
        terms: the new terms.
        start: the day asked for.
        holds: the first day on which they can hold.
        bar: what its week asks so far.
        week: the first day of its week.
        this_week: the first day of the present week.
    """
    is_within = start > week or week == this_week
    if bar is not None and is_within and not _asks_at_least(terms, bar):
        raise NeedleError(
            "That asks less than the commitment of the week, so it can only begin with a week: "
            f"leave the day out, or give {(week + timedelta(weeks=1)).isoformat()}."
        )
    if start < holds:
        raise NeedleError(
            "That asks less than today's commitment, so it can hold from tomorrow at the earliest: "
            "leave the day out, or give a later one."
        )


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
    if terms.weekly and (terms.weekdays or terms.is_plain):
        raise WrongUsageError("What is promised by the week needs minutes or a count: give one.")
    if not terms.weekly and not terms.weekdays:
        raise WrongUsageError("It must be due on some day of the week: choose at least one.")
    if any(quota is not None and quota < 1 for quota in (terms.seconds, terms.count)):
        raise WrongUsageError(
            "A quota asks for something: give at least 1, or leave it out for a plain tick."
        )
