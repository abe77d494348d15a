"""What became of a day: what was due on it, what was met, and the word for the whole."""

from bisect import bisect_left
from collections.abc import Collection, Iterable, Sequence
from datetime import date, timedelta
from enum import StrEnum
from itertools import pairwise

from msgspec import Struct

from .commitment import NOTHING, Commitment, Progress, Terms, Timeline, first_days, terms_on

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


class Due(Struct, frozen=True):
    """What one activity asked on a day, and what it got."""

    terms: Terms | None
    due: bool
    met: bool
    first_day: bool = False
    progress: Progress = NOTHING
    taken_off: bool = False
    """Whether it would have been due but for a day off."""


def due_on(
    timeline: Timeline, day: date, progress: Progress = NOTHING, *, off: bool, today: date
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
    """The word for a day.

    Args:
        day: the local day.
        dues: one for each activity.
        today: the local day now.
        tracked: whether any commitment had begun by then.
        off: whether the whole day was a day off.
    """
    if not tracked:
        return Status.UNTRACKED
    if day > today:
        return Status.AHEAD
    dues = list(dues)
    due = [item for item in dues if item.due]
    if off or (not due and any(item.taken_off for item in dues)):
        return Status.OFF
    if not due:
        return Status.REST
    if day == today:
        return Status.WON if all(item.met for item in _asked_today(due)) else Status.OPEN
    if all(item.met for item in due):
        return Status.WON
    return Status.PART if any(item.progress.done for item in due) else Status.MISSED


def seconds_to_win(dues: Iterable[Due]) -> int:
    """The least seconds with which today can still be won; ticks and counts take none."""
    return sum(
        min(max(0, seconds - item.progress.seconds) for seconds, _ in item.terms.ways)
        for item in _asked_today([item for item in dues if item.due])
        if item.terms is not None and not item.met
    )


def _asked_today(due: list[Due]) -> list[Due]:
    """What decides whether today is won, of what is due.

    An activity on its first day cannot take the day away from those that were there before.
    """
    return [item for item in due if not item.first_day] or due


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
        free: ranges (both ends included) on which it was not due: days off, dates that travel
            skipped.
        first: the first day.
        last: the last day.
    """
    size = (last - first).days + 1
    found = bytearray(max(0, size))
    if size <= 0 or not timeline:
        return found

    def place(day: date) -> int:
        return min(max((day - first).days, 0), size)

    after_last = last + timedelta(days=1)
    periods = [(item, following.start) for item, following in pairwise(timeline)]
    periods.append((timeline[-1], max(after_last, timeline[-1].start)))
    for commitment, end in periods:
        begin, stop = place(commitment.start), place(end)
        if commitment.terms is not None and begin < stop:
            weekday = (first.weekday() + begin) % 7
            week = bytes(
                MISSED if (weekday + number) % 7 in commitment.terms.weekdays else NOT_DUE
                for number in range(7)
            )
            found[begin:stop] = (week * ((stop - begin) // 7 + 1))[: stop - begin]
    for start, end in free:
        begin, stop = place(start), place(end + timedelta(days=1))
        found[begin:stop] = bytes(stop - begin)
    for commitment, end in periods:
        within = _between(totals, max(first, commitment.start), min(after_last, end))
        _mark_what_was_met(found, commitment, within, first)
    for day in first_days(timeline):
        if first <= day <= last and found[place(day)] == MISSED:
            found[place(day)] = NOT_DUE
    return found


def _between(totals: Sequence[DayTotal], first: date, end: date) -> Sequence[DayTotal]:
    return totals[bisect_left(totals, (first,)) : bisect_left(totals, (end,))]


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


def whole_day_marks(activities: Sequence[bytes | bytearray]) -> bytes:
    """The marks of the whole days: missed where anything was, met where all that was due was."""
    if not activities:
        return b""
    return bytes(map(max, *activities)) if len(activities) > 1 else bytes(activities[0])
