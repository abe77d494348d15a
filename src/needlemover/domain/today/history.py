"""What happened and was promised day by day, and the streaks and missed days that it makes."""

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from msgspec import Struct

from ..calls.entry import EntryFact
from ..day import ONE_DAY, week_start
from ..promises.activity import ActivityFact
from ..promises.commitment import NOTHING, Progress, tracked_from
from ..promises.status import (
    DayOff,
    DayTotal,
    Due,
    Status,
    due_on,
    marks,
    status_of,
    whole_day_marks,
)
from ..promises.streak import Streak, streak_of
from ..promises.weekly import DAYS_OF_A_WEEK, WeekDue, week_due, week_marks


class History(Struct, frozen=True):
    """The activities, and what was done for them on every day before today."""

    activities: tuple[ActivityFact, ...]
    """By rank."""
    totals: Mapping[int, Sequence[DayTotal]]
    """By activity, by rising day."""
    days_off: tuple[DayOff, ...] = ()
    skipped: frozenset[date] = frozenset()
    """Local dates that travel skipped."""

    @property
    def tracked_from(self) -> date | None:
        """The first day of the first commitment."""
        starts = (tracked_from(item.timeline) for item in self.activities)
        return min((start for start in starts if start is not None), default=None)

    @property
    def sales(self) -> tuple[ActivityFact, ...]:
        """The sales activities."""
        return tuple(item for item in self.activities if item.is_sales)

    def is_off(self, day: date, activity_id: int | None = None) -> bool:
        """Whether a day is off for an activity, or for everything when none is given."""
        return any(item.covers(day, activity_id) for item in self.days_off)

    def progress(self, activity_id: int, day: date) -> Progress:
        """What was done for an activity on a day before today."""
        totals = self.totals.get(activity_id, ())
        place = bisect_left(totals, (day,))
        if place < len(totals) and totals[place][0] == day:
            _, seconds, count = totals[place]
            return Progress(seconds, count, done=True)
        return NOTHING

    def due(self, activity: ActivityFact, day: date, progress: Progress, today: date) -> Due:
        """What an activity asks on a day."""
        if day in self.skipped:
            return Due(None, due=False, met=False, progress=progress)
        off = self.is_off(day, activity.id)
        return due_on(activity.timeline, day, progress, off=off, today=today)

    def dues(
        self, day: date, today: date, done: Mapping[int, Progress] | None = None
    ) -> dict[int, Due]:
        """What each activity asks on a day, by its id.

        Args:
            day: the local day.
            today: the local day now.
            done: what was done on the day, by activity; None: as the history knows it.
        """
        return {
            item.id: self.due(
                item,
                day,
                self.progress(item.id, day) if done is None else done.get(item.id, NOTHING),
                today,
            )
            for item in self.activities
        }

    def status(self, day: date, dues: Mapping[int, Due], today: date) -> Status:
        """The word for a day on which the activities asked this."""
        start = self.tracked_from
        tracked = start is not None and start <= day
        return status_of(day, dues.values(), today=today, tracked=tracked, off=self.is_off(day))

    def free(self, activity_id: int) -> list[tuple[date, date]]:
        """The ranges on which nothing of an activity is due."""
        found = [
            (item.start, item.end)
            for item in self.days_off
            if item.activity_id in (None, activity_id)
        ]
        return found + [(day, day) for day in self.skipped]

    def streaks(self, last: date) -> tuple[Streak, dict[int, Streak]]:
        """The streaks, overall and by activity, at the end of a day before today."""
        first = self.tracked_from
        if first is None:
            return Streak(), {}
        rows = self.marks(first, last)
        streaks = {key: streak_of(row, first) for key, row in rows.items()}
        return streak_of(whole_day_marks(list(rows.values())), first), streaks

    def marks(self, first: date, last: date) -> dict[int, bytearray]:
        """One mark a day for each activity (see `status.marks`); none before all commitments."""
        start = self.tracked_from
        if start is None or start > last:
            return {}
        return {
            item.id: marks(
                item.timeline, self.totals.get(item.id, ()), self.free(item.id), first, last
            )
            for item in self.activities
        }

    def week_due(
        self, activity: ActivityFact, first: date, progress: Progress, today: date
    ) -> WeekDue:
        """What an activity asks of the week that begins on a day."""
        free = self.free(activity.id)
        return week_due(activity.timeline, first, progress, free=free, today=today)

    def week_progress(self, activity_id: int, first: date, last: date) -> Progress:
        """What was done for an activity from a day to a day, both before today."""
        totals = self.totals.get(activity_id, ())
        found = totals[bisect_left(totals, (first,)) : bisect_left(totals, (last + ONE_DAY,))]
        seconds, count = sum(total[1] for total in found), sum(total[2] for total in found)
        return Progress(seconds, count, done=bool(found))

    def week_streaks(self, first: date) -> dict[int, Streak]:
        """The streaks in weeks of what was ever promised by the week.

        Args:
            first: the first day of a week; the weeks before it, all of them over, are counted.
        """
        found = {}
        for item, begin in self.weekly_before(first):
            row = self.marks_of_weeks(item, begin, (first - begin).days // DAYS_OF_A_WEEK)
            found[item.id] = streak_of(row, begin, DAYS_OF_A_WEEK)
        return found

    def weekly_before(self, first: date) -> Iterator[tuple[ActivityFact, date]]:
        """What was promised by the week before the week that begins on a day, and since which."""
        for item in self.activities:
            starts = (
                commitment.start
                for commitment in item.timeline
                if commitment.terms is not None and commitment.terms.weekly
            )
            start = next(starts, None)
            if start is not None and start < first:
                yield item, week_start(start, first.weekday())

    def marks_of_weeks(self, activity: ActivityFact, first: date, weeks: int) -> bytearray:
        """One mark a week, for weeks that are over, from the one that begins on a day on."""
        totals = self.totals.get(activity.id, ())
        return week_marks(activity.timeline, totals, self.free(activity.id), first, weeks)


def progress_of(entries: Sequence[EntryFact]) -> dict[int, Progress]:
    """What the entries of a day, in any order, add up to for each activity."""
    done: dict[int, Progress] = {}
    for entry in entries:
        if entry.activity_id is not None and entry.fills_quota:
            so_far = done.get(entry.activity_id, NOTHING)
            done[entry.activity_id] = Progress(
                so_far.seconds + entry.seconds, so_far.count + entry.count, done=True
            )
    return done
