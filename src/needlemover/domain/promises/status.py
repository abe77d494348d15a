"""What became of a day: what was due on it, what was met, and the word for the whole."""

from bisect import bisect_left
from collections.abc import Collection, Iterable, Sequence
from datetime import date
from enum import StrEnum
from itertools import pairwise

from msgspec import Struct

from ..day import ONE_DAY
from .commitment import NOTHING, Commitment, Done, Terms, Timeline, first_days, terms_on

NOT_DUE, MET, MISSED = 0, 1, 2
"""The marks of an activity on a day. Of several activities the highest mark is the whole day's."""


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


DayTotal = tuple[date, int, int]
"""What the entries of an activity that fill its quota add up to on a day: the day, the seconds, and
the conversations (of a sales activity) or counts. It exists only where something was done. A plain
tuple, because ten years hold thirty thousand of them."""


class DayOff(Struct, frozen=True):
    """Days on which nothing is due, of one activity or of all (no activity)."""

    start: date
    end: date
    activity_id: int | None = None
    reason: str = ""
    said_on: date | None = None
    """The local day on which it was entered."""
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
    due: bool
    met: bool
    begins: bool = False
    """Whether the promise begins on this day."""
    progress: Done = NOTHING
    taken_off: bool = False
    """Whether it would have been due but for days off."""

    @property
    def mark(self) -> int:
        """`MET`, `MISSED` (which may still change while the day runs) or `NOT_DUE`."""
        return (MET if self.met else MISSED) if self.due else NOT_DUE

    @property
    def quota_seconds(self) -> int:
        """The time it asked for; 0: none, or it was not due."""
        return self.terms.seconds or 0 if self.terms and self.due else 0

    @property
    def quota_count(self) -> int:
        """The conversations or counts it asked for; 0: none, or it was not due."""
        return self.terms.count or 0 if self.terms and self.due else 0


def due_on(
    timeline: Timeline, day: date, progress: Done = NOTHING, *, off: bool, today: date
) -> Due:
    """What an activity asks on a day.

    On its first day an activity counts when it is met; when it is not, it was never due, so that
    nobody begins with a miss. As long as that day lasts it stands on the list.
    """
    terms = terms_on(timeline, day)
    if terms is None or day.weekday() not in terms.weekdays:
        return Due(terms, due=False, met=False, progress=progress)
    if off:
        return Due(terms, due=False, met=False, progress=progress, taken_off=True)
    met = terms.met_by(progress)
    first = day in first_days(timeline)
    return Due(terms, met or not first or day >= today, met, first, progress)


def status_of(day: date, dues: Iterable[Due], *, today: date, tracked: bool, off: bool) -> Status:
    """The word for a day, of which each activity asked something.

    Args:
        day: the local day.
        dues: one for each activity.
        today: the local day now.
        tracked: whether any commitment had begun by then.
        off: whether the whole day was a day off.
    """
    dues = list(dues)
    due = [item for item in dues if item.due]
    return status_from(
        day,
        today,
        tracked=tracked,
        off=off or (not due and any(item.taken_off for item in dues)),
        asked=[item.met for item in (_asked_today(due) if day == today else due)],
        done=any(item.progress.done for item in due),
    )


def status_from(
    day: date, today: date, *, tracked: bool, off: bool, asked: Collection[bool], done: bool
) -> Status:
    """The word for a day, from what is known of it.

    Args:
        day: the local day.
        today: the local day now.
        tracked: whether any commitment had begun by then.
        off: whether it was a day off, for everything or for all that would have been due.
        asked: of each activity that decides about the day, whether it was met.
        done: whether anything was done for what was due.
    """
    if not tracked:
        return Status.UNTRACKED
    if day > today:
        return Status.AHEAD
    if off:
        return Status.OFF
    if not asked:
        return Status.REST
    if all(asked):
        return Status.WON
    if day == today:
        return Status.OPEN
    return Status.PART if done else Status.MISSED


def seconds_to_win(dues: Iterable[Due]) -> int:
    """The least seconds with which today can still be won; ticks and counts take none."""
    return sum(
        min(max(0, seconds - item.progress.seconds) for seconds, _ in item.terms.ways)
        for item in _asked_today([item for item in dues if item.due])
        if item.terms is not None
    )


def _asked_today(due: list[Due]) -> list[Due]:
    """What decides whether today is won, of what is due.

    An activity on its first day cannot take the day away from those that were there before.
    """
    return [item for item in due if not item.begins] or due


def marks(
    timeline: Timeline,
    totals: Sequence[DayTotal],
    free: Collection[tuple[date, date]],
    first: date,
    last: date,
) -> bytearray:
    """One mark a day for an activity, from the first day to the last (all of them past).

    The same answer as `due_on` gives for each day, for thousands of days at once.

    Args:
        timeline: the activity's commitments.
        totals: what was done, by rising day.
        free: ranges on which it was not due: days off, dates that travel skipped.
        first: the first day.
        last: the last day.
    """
    size = max(0, (last - first).days + 1)
    found = bytearray(size)
    if not timeline:
        return found
    periods = [(item, following.start) for item, following in pairwise(timeline)]
    periods.append((timeline[-1], max(last + ONE_DAY, timeline[-1].start)))
    for commitment, end in periods:
        begin, stop = place_of(commitment.start, first, size), place_of(end, first, size)
        if commitment.terms is not None:
            weekday = (first.weekday() + begin) % 7
            week = bytes(
                MISSED if (weekday + number) % 7 in commitment.terms.weekdays else NOT_DUE
                for number in range(7)
            )
            found[begin:stop] = (week * size)[: stop - begin]
    for start, end in free:
        begin, stop = place_of(start, first, size), place_of(end + ONE_DAY, first, size)
        found[begin:stop] = bytes(stop - begin)
    for commitment, end in periods:
        within = between(totals, max(first, commitment.start), min(last, end - ONE_DAY))
        _mark_what_was_met(found, commitment, within, first)
    for day in first_days(timeline):
        if first <= day <= last and found[(day - first).days] == MISSED:
            found[(day - first).days] = NOT_DUE
    return found


def place_of(day: date, first: date, size: int) -> int:
    """Where a day stands in a row of so many days; at its beginning or end when it is in none."""
    return min(max((day - first).days, 0), size)


def between(totals: Sequence[DayTotal], first: date, last: date) -> Sequence[DayTotal]:
    """The totals of the days from the first to the last, of those by rising day."""
    return totals[bisect_left(totals, (first,)) : bisect_left(totals, (last + ONE_DAY,))]


def done_between(totals: Sequence[DayTotal], first: date, last: date) -> Done:
    """What was done from the first to the last day."""
    found = between(totals, first, last)
    seconds, count = sum(total[1] for total in found), sum(total[2] for total in found)
    return Done(seconds, count, done=bool(found))


def _mark_what_was_met(
    found: bytearray, commitment: Commitment, totals: Sequence[DayTotal], first: date
) -> None:
    origin = first.toordinal()
    for least_seconds, least_count in commitment.terms.ways if commitment.terms else ():
        for day, seconds, count in totals:
            if seconds >= least_seconds and count >= least_count:
                place = day.toordinal() - origin
                if found[place] == MISSED:
                    found[place] = MET


def whole_day_marks(activities: Iterable[bytes | bytearray]) -> bytes:
    """The marks of the whole days: missed where anything was, met where all that was due was."""
    return bytes(map(max, zip(*activities, strict=True)))
