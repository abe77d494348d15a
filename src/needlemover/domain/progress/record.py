"""The days as they were kept: what was due, met and done on each, for one activity or for all."""

from collections.abc import Mapping, Sequence
from datetime import date

from msgspec import Struct, field

from ..day import ONE_DAY, days_between
from ..promises.commitment import NOTHING, ActivityFact, Done, Terms, tracked_from
from ..promises.marks import MET, MISSED, NOT_DUE, between, marks
from ..promises.status import DayOff, Status, status_from
from ..settings import Settings
from ..today.history import History


class ProgressSnapshot(Struct, frozen=True):
    """All that Progress is worked out of. It does not move with the clock."""

    history: History
    """Its totals hold today's too, unlike those that Today is worked out of."""
    today: date
    settings: Settings
    late: frozenset[tuple[int, date]] = frozenset()
    """The activities and days of which something was entered by hand on a later day."""
    reasons: Mapping[date, str] = field(default_factory=dict)
    """What was noted on missed days."""


class DayRecord(Struct, frozen=True):
    """A day of one activity, or of all of them together.

    Of all together, the seconds and the count are those with buyers: of every sales activity; the
    quotas those of the sales activities that were due.
    """

    day: date
    status: Status
    due: int
    """How many activities were due."""
    met: int
    """How many of them were met."""
    share: float
    """How much of what was due was done, 0 to 1: the mean over the activities that were due."""
    seconds: int
    count: int
    quota_seconds: int | None
    """What the commitment in force asked on this very day; None: nothing, or it was not due."""
    quota_count: int | None
    late: bool
    """Whether something of it was entered by hand on a later day."""
    reason: str
    """Why it was missed, where that was noted."""
    day_off: DayOff | None
    """The day off that covers it; of all together also one of a single activity that was all that
    would have been due. A day to come keeps the status `ahead`."""

    @property
    def is_settled(self) -> bool:
        """Whether it was a due day that was kept or not; an open today is neither."""
        return self.status.mark != NOT_DUE

    @property
    def is_open(self) -> bool:
        """Whether it is today, and asks for something still."""
        return self.status is Status.OPEN

    @property
    def is_met(self) -> bool:
        """Whether all that was due was met."""
        return self.status is Status.WON


def record(
    snapshot: ProgressSnapshot, first: date, last: date, activity_id: int | None = None
) -> tuple[DayRecord, ...]:
    """Every day from the first to the last, past or to come; of all activities together (None)."""
    history = snapshot.history
    chosen = [item for item in history.activities if activity_id in (None, item.id)]
    rows = [_row(snapshot, item, first, last) for item in chosen]
    days = _Days(snapshot, chosen, activity_id, first, last)
    return tuple(
        days.record(day, number, rows) for number, day in enumerate(days_between(first, last))
    )


def settled_marks(
    snapshot: ProgressSnapshot, activity: ActivityFact, first: date, last: date
) -> bytearray:
    """One mark a day up to today (see `marks.marks`), which counts only once met."""
    found = _marks(snapshot, activity, first, last)
    if first <= last == snapshot.today and found[-1] == MISSED:
        found[-1] = NOT_DUE
    return found


class _Row(Struct, frozen=True):
    """An activity in a window of days."""

    is_sales: bool
    marks: bytearray
    """From today on `MISSED` says: still to do."""
    terms: list[Terms | None]
    done: Mapping[date, Done]
    """Only where something was done."""


def _marks(
    snapshot: ProgressSnapshot, activity: ActivityFact, first: date, last: date
) -> bytearray:
    history, today = snapshot.history, snapshot.today
    past, totals = min(last, today - ONE_DAY), history.totals.get(activity.id, ())
    free = history.free(activity.id, first, past)
    found = marks(activity.timeline, totals, free, first, past)
    for day in days_between(max(first, today), last):
        due = history.due(activity, day, history.progress(activity.id, day), today)
        found.append(due.mark)
    return found


def _row(snapshot: ProgressSnapshot, activity: ActivityFact, first: date, last: date) -> _Row:
    found = _marks(snapshot, activity, first, last)
    totals = between(snapshot.history.totals.get(activity.id, ()), first, last)
    terms: list[Terms | None] = [None] * len(found)
    for item in activity.timeline:
        place = max(0, (item.start - first).days)
        terms[place:] = [item.terms] * len(terms[place:])
    done = {day: Done(seconds, count, done=True) for day, seconds, count in totals}
    return _Row(activity.is_sales, found, terms, done)


class _Days:
    """What holds for the days of a window whatever was done on them."""

    def __init__(
        self,
        snapshot: ProgressSnapshot,
        chosen: Sequence[ActivityFact],
        activity_id: int | None,
        first: date,
        last: date,
    ) -> None:
        self._snapshot = snapshot
        self._is_all = activity_id is None
        starts = (tracked_from(item.timeline) for item in chosen)
        self._start = min((start for start in starts if start is not None), default=None)
        self._late = {day for key, day in snapshot.late if activity_id in (None, key)}
        self._off: dict[date, DayOff] = {}
        # Off for some activity, where all together are asked for.
        self._partly_off: set[date] = set()
        for item in snapshot.history.days_off:
            for day in days_between(max(item.start, first), min(item.end, last)):
                if item.activity_id in (None, activity_id):
                    self._off.setdefault(day, item)
                elif self._is_all:
                    self._partly_off.add(day)

    def record(self, day: date, number: int, rows: Sequence[_Row]) -> DayRecord:
        """The day that is the number-th of the window."""
        due = [row for row in rows if row.marks[number] != NOT_DUE]
        met = sum(row.marks[number] == MET for row in due)
        shares = sum(
            terms.share_of(row.done.get(day, NOTHING))
            for row in due
            if (terms := row.terms[number])
        )
        counted = [row for row in rows if row.is_sales] if self._is_all else rows
        asked = [
            terms
            for row in counted
            if row.marks[number] != NOT_DUE and (terms := row.terms[number])
        ]
        done = [row.done[day] for row in counted if day in row.done]
        day_off = self._off.get(day)
        if day_off is None and not due and day in self._partly_off:
            day_off = self._taken_off(day)
        return DayRecord(
            day=day,
            status=self._status(day, number, due, day_off),
            due=len(due),
            met=met,
            share=shares / len(due) if due else 0.0,
            seconds=sum(item.seconds for item in done),
            count=sum(item.count for item in done),
            quota_seconds=sum(item.seconds or 0 for item in asked) or None,
            quota_count=sum(item.count or 0 for item in asked) or None,
            late=day in self._late,
            reason=self._snapshot.reasons.get(day, ""),
            day_off=day_off,
        )

    def _status(
        self, day: date, number: int, due: Sequence[_Row], day_off: DayOff | None
    ) -> Status:
        history, today = self._snapshot.history, self._snapshot.today
        if self._is_all and day == today:
            # An activity on its first day may leave the day won (see `status_of`).
            return history.status(day, history.dues(day, day), day)
        return status_from(
            day,
            today,
            tracked=self._start is not None and self._start <= day,
            off=day_off is not None,
            asked=[row.marks[number] == MET for row in due],
            done=any(day in row.done for row in due),
        )

    def _taken_off(self, day: date) -> DayOff | None:
        """The day off of an activity that would else have been due."""
        history = self._snapshot.history
        dues = history.dues(day, self._snapshot.today)
        taken = {key for key, due in dues.items() if due.taken_off}
        covering = (item for item in history.days_off if item.start <= day <= item.end)
        return next((item for item in covering if item.activity_id in taken), None)
