"""What became of a day or a week: what was due, what was met, and the word for a day."""

from collections.abc import Collection, Iterable
from datetime import date
from enum import StrEnum

from msgspec import Struct

from ..day import Week, days_between
from .commitment import NOTHING, Done, Terms, Timeline, begins_in, first_days, terms_on, week_terms
from .marks import KEPT, MET, MISSED, NOT_DUE


class Status(StrEnum):
    """The word for a day."""

    WON = "won"
    PART = "part"
    MISSED = "missed"
    REST = "rest"
    OFF = "off"
    OPEN = "open"
    AHEAD = "ahead"
    UNTRACKED = "untracked"

    @property
    def mark(self) -> int:
        """The mark of a day with this word: a day that is not decided yet has none."""
        if self is Status.WON:
            return MET
        return MISSED if self in (Status.PART, Status.MISSED) else NOT_DUE


class StripDay(Struct, frozen=True):
    """One day of the strip of the last weeks."""

    day: date
    status: Status


class DayOff(Struct, frozen=True):
    """Days on which nothing is due, of one activity or of all (no activity)."""

    start: date
    end: date
    activity_id: int | None = None
    reason: str = ""
    said_on: date | None = None  # the local day on which it was entered
    id: int = 0

    @property
    def said_afterwards(self) -> bool:
        """Whether it was entered when it had already begun."""
        return self.said_on is not None and self.said_on > self.start

    def covers(self, day: date, activity_id: int | None = None) -> bool:
        """Whether a day is off for an activity, or for everything when none is given."""
        return self.start <= day <= self.end and self.activity_id in (None, activity_id)


def is_off(days_off: Iterable[DayOff], day: date, activity_id: int | None = None) -> bool:
    """Whether a day is off for an activity, or for everything when none is given."""
    return any(item.covers(day, activity_id) for item in days_off)


class Due(Struct, frozen=True):
    """What one activity asked on a day, and what it got."""

    terms: Terms | None
    due: bool = False
    met: bool = False
    begins: bool = False  # whether the promise begins on this day
    progress: Done = NOTHING
    taken_off: bool = False  # whether it would have been due but for days off
    is_limit: bool = False
    """Whether an upper limit held. It is due once it is decided: when it was passed, or, kept, when
    a day is over on which anything was logged."""

    @property
    def holds(self) -> bool:
        """Whether it is due, or an upper limit held."""
        return self.due or self.is_limit

    @property
    def over_limit(self) -> bool:
        """Whether it is an upper limit that was not kept."""
        return self.is_limit and not self.met

    @property
    def is_open(self) -> bool:
        """Whether something is due that could still be done."""
        return self.due and not self.met and not self.is_limit

    @property
    def mark(self) -> int:
        """`MET`, `KEPT`, `MISSED` (which may still change while the day runs) or `NOT_DUE`."""
        if not self.due:
            return NOT_DUE
        return MISSED if not self.met else KEPT if self.is_limit else MET

    @property
    def quota_seconds(self) -> int:
        """The time it asked for; 0: none, or it was not due."""
        return self.terms.seconds or 0 if self.terms and self.due and not self.is_limit else 0

    @property
    def quota_count(self) -> int:
        """The conversations or counts it asked for; 0: none, or it was not due."""
        return self.terms.count or 0 if self.terms and self.due else 0


def due_on(
    timeline: Timeline,
    day: date,
    done: Done = NOTHING,
    *,
    off: bool,
    today: date,
    used: bool = False,
) -> Due:
    """What an activity asks on a day; `used`: whether anything at all was logged on it.

    On its first day it is due while that lasts, then only if it was met: nobody begins with a miss.
    """
    terms = terms_on(timeline, day)
    if terms is None or day.weekday() not in terms.weekdays:
        return Due(terms, progress=done)
    if off:
        return Due(terms, progress=done, taken_off=True)
    met = terms.met_by(done)
    first = any(item.start == day for item in timeline) and day in first_days(timeline)
    if terms.at_most:
        due = day < today and used if met else not first
        return Due(terms, due, met, first, done, is_limit=True)
    return Due(terms, met or not first or day >= today, met, first, done)


def status_of(day: date, dues: Iterable[Due], *, today: date, tracked: bool, off: bool) -> Status:
    """The word for a day; `tracked`: any commitment had begun by then; `off`: it was a day off."""
    dues = list(dues)
    due = [item for item in dues if item.mark in (MET, MISSED)]
    asked = _asked_today(due) if day == today else due
    if not tracked:
        return Status.UNTRACKED
    if day > today:
        return Status.AHEAD
    if off or (not due and any(item.taken_off for item in dues)):
        return Status.OFF
    if not asked:
        return Status.REST
    if all(item.met for item in asked):
        return Status.WON
    if day == today:
        return Status.OPEN
    some = any(item.progress.done for item in due if not item.is_limit)
    return Status.PART if some else Status.MISSED


def seconds_to_win(dues: Iterable[Due]) -> int:
    """The least seconds that still win today: ticks, counts and upper limits take none."""
    return sum(
        min(max(0, seconds - item.progress.seconds) for seconds, _ in item.terms.ways)
        for item in _asked_today([item for item in dues if item.due])
        if item.terms is not None
    )


def _asked_today(due: list[Due]) -> list[Due]:
    """What decides whether today is won: nothing on its first day, where others are due."""
    return [item for item in due if not item.begins] or due


class WeekDue(Due, frozen=True):
    """What one activity asked of a week, and what it got."""

    days_left: int = 0  # the days of the week from today on that are not off
    today_or_never: bool = False  # whether it is not met, and today is the last such day
    is_over: bool = False


def week_due(
    timeline: Timeline, week: Week, done: Done, *, free: Collection[tuple[date, date]], today: date
) -> WeekDue:
    """What an activity asks of a calendar week.

    The first week of a promise, and a short one, count like a first day; one with all days off (in
    the ranges that are `free`, both ends included) is not due.
    """
    terms = week_terms(timeline, week)
    is_over = week.last < today
    if terms is None:
        return WeekDue(None, progress=done, is_over=is_over)
    days = days_between(week.first, week.last)
    working = [day for day in days if not any(start <= day <= end for start, end in free)]
    if not working:
        return WeekDue(terms, progress=done, taken_off=True, is_over=is_over)
    left = [day for day in working if day >= today]
    met = terms.met_by(done)
    begins = week.is_short or begins_in(timeline, week)
    return WeekDue(
        terms,
        due=met or not begins or not is_over,
        met=met,
        begins=begins,
        progress=done,
        days_left=len(left),
        today_or_never=not met and left == [today],
        is_over=is_over,
    )
