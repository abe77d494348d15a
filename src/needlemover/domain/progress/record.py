"""The days and weeks as they were kept: what was due, met and done, for one activity or for all."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date

from msgspec import Struct, field
from msgspec.structs import replace

from ..day import ONE_DAY, days_between
from ..promises.commitment import ActivityFact, Done, week_terms
from ..promises.marks import KEPT, MET, NOT_DUE, between, marks
from ..promises.status import DayOff, Due, Status, WeekDue
from ..settings import Settings
from ..today.history import History


class ProgressSnapshot(Struct, frozen=True):
    """All that Progress is worked out of. It does not move with the clock."""

    history: History  # its totals hold today's too, unlike those that Today is worked out of
    today: date
    settings: Settings
    late: frozenset[tuple[int, date]] = frozenset()  # activities and days of later entries by hand
    reasons: Mapping[date, str] = field(default_factory=dict)  # what was noted on missed days


class DayRecord(Struct, frozen=True):
    """A day of one activity; or of all, with time, count and quotas of the sales activities."""

    day: date
    status: Status
    due: int  # how many activities were due
    met: int  # how many of them were met
    share: float  # how much of what was due was done, 0 to 1: the mean over what was due
    seconds: int
    count: int
    quota_seconds: int | None  # asked on this very day; None: nothing, or it was not due
    quota_count: int | None
    late: bool  # whether something of it was entered by hand on a later day
    reason: str  # why it was missed, where that was noted
    day_off: DayOff | None
    """That covers it; of all together also one of the single activity that would have been due."""

    @property
    def mark(self) -> int:
        """`MET`, `MISSED`, or `NOT_DUE`, as an open today is, too."""
        return self.status.mark

    @property
    def is_open(self) -> bool:
        """Whether it is today, and asks for something still."""
        return self.status is Status.OPEN


def record(
    snapshot: ProgressSnapshot, first: date, last: date, activity_id: int | None = None
) -> tuple[DayRecord, ...]:
    """Every day from the first to the last, past or to come; of all activities together (None)."""
    history, is_all = snapshot.history, activity_id is None
    if not is_all:
        history = _of_one(history, activity_id)
    done: dict[date, dict[int, Done]] = defaultdict(dict)
    for item in history.activities:
        for day, seconds, count in between(history.totals.get(item.id, ()), first, last):
            done[day][item.id] = Done(seconds, count, done=True)
    late = {day for key, day in snapshot.late if activity_id in (None, key)}
    counted = [item.id for item in history.activities if item.is_sales or not is_all]

    def of_day(day: date) -> DayRecord:
        dues = history.dues(day, snapshot.today, done[day])
        due = [item for item in dues.values() if item.due]
        shares = [
            item.terms.share_of(item.progress)
            for item in due
            if item.terms and not (is_all and item.mark == KEPT)
        ]
        asked = [dues[key] for key in counted]
        status = history.status(day, dues, snapshot.today)
        return DayRecord(
            day=day,
            status=status if is_all or not any(item.mark == KEPT for item in due) else Status.WON,
            due=len(due),
            met=sum(item.met for item in due),
            share=sum(shares) / len(shares) if shares else 0.0,
            seconds=sum(item.progress.seconds for item in asked),
            count=sum(item.progress.count for item in asked),
            quota_seconds=sum(item.quota_seconds for item in asked) or None,
            quota_count=sum(item.quota_count for item in asked) or None,
            late=day in late,
            reason=snapshot.reasons.get(day, ""),
            day_off=_day_off(snapshot.history.days_off, day, dues, activity_id),
        )

    return tuple(map(of_day, days_between(first, last)))


def _of_one(history: History, activity_id: int | None) -> History:
    """The history of one activity, as if there were no other: its days off are days off."""
    return replace(
        history,
        activities=tuple(item for item in history.activities if item.id == activity_id),
        days_off=tuple(
            replace(item, activity_id=None)
            for item in history.days_off
            if item.activity_id in (None, activity_id)
        ),
    )


def _day_off(
    days_off: Sequence[DayOff], day: date, dues: Mapping[int, Due], activity_id: int | None
) -> DayOff | None:
    """See `DayRecord.day_off`."""
    whole = next((item for item in days_off if item.covers(day, activity_id)), None)
    if whole is not None or any(due.due for due in dues.values()):
        return whole
    taken = {key for key, due in dues.items() if due.taken_off}
    covering = (item for item in days_off if item.start <= day <= item.end)
    return next((item for item in covering if item.activity_id in taken), None)


def day_marks(snapshot: ProgressSnapshot, item: ActivityFact, first: date, last: date) -> bytearray:
    """One mark a day up to today (see `marks.marks`), which counts only once met."""
    history, today = snapshot.history, snapshot.today
    past, totals = min(last, today - ONE_DAY), history.totals.get(item.id, ())
    free = history.free(item.id, first, past)
    found = marks(item.timeline, totals, free, first, past, history.used)
    if first <= last == today:
        due = history.due(item, today, history.progress(item.id, today), today)
        found.append(MET if due.met and due.due else NOT_DUE)
    return found


class WeekRecord(Struct, frozen=True):
    """A calendar week that an activity is, or was, promised by."""

    start: date
    end: date  # the last day
    due: WeekDue

    @property
    def mark(self) -> int:
        """`MET`, `MISSED`, or `NOT_DUE`, as a week that runs is, too, until it is met."""
        return NOT_DUE if self.is_open else self.due.mark

    @property
    def is_open(self) -> bool:
        """Whether it runs, and asks for something still."""
        return self.due.is_open and not self.due.is_over

    @property
    def seconds(self) -> int:
        """What was done in it."""
        return self.due.progress.seconds

    @property
    def count(self) -> int:
        """Conversations of a sales activity, or counts."""
        return self.due.progress.count


def week_records(
    snapshot: ProgressSnapshot, activity: ActivityFact, first: date, last: date
) -> tuple[WeekRecord, ...]:
    """The weeks with a day of the range that it was promised by, as they stood at its end."""
    history, now = snapshot.history, min(snapshot.today, last + ONE_DAY)
    found = []
    for week in snapshot.settings.weeks.between(first, last):
        if week_terms(activity.timeline, week) is not None:
            progress = history.progress(activity.id, week.first, min(week.last, last))
            due = history.week_due(activity, week, progress, now)
            found.append(WeekRecord(week.first, week.last, due))
    return tuple(found)


def kept(records: Sequence[DayRecord | WeekRecord]) -> tuple[int, int]:
    """How many due days, or weeks, there were, and how many of them were met."""
    found = [item.mark for item in records]
    return len(found) - found.count(NOT_DUE), found.count(MET)
