"""What happened and was promised day by day, and the streaks that it makes."""

from collections.abc import Container, Iterator, Mapping, Sequence
from datetime import date

from msgspec import Struct

from ..calls.entry import EntryFact
from ..day import ONE_DAY, ONE_WEEK, week_start
from ..promises.commitment import NOTHING, ActivityFact, Done, tracked_from
from ..promises.marks import DayTotal, done_between, marks, whole_day_marks
from ..promises.status import DayOff, Due, Status, due_on, is_off, status_of
from ..promises.streak import Streak, streak_of
from ..promises.weekly import WeekDue, week_due


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

    def progress(self, activity_id: int, first: date, last: date | None = None) -> Done:
        """What was done for an activity on a day before today, or from that day to another."""
        return done_between(self.totals.get(activity_id, ()), first, last or first)

    def due(self, activity: ActivityFact, day: date, progress: Done, today: date) -> Due:
        """What an activity asks on a day."""
        return self._due(activity, day, progress, today, self._off_on(day))

    def _off_on(self, day: date) -> Container[int | None]:
        """The activities for which a day is off; None among them: it is off for everything."""
        return {item.activity_id for item in self.days_off if item.start <= day <= item.end}

    def _due(
        self,
        activity: ActivityFact,
        day: date,
        progress: Done,
        today: date,
        off: Container[int | None],
    ) -> Due:
        if day in self.skipped:
            return Due(None, due=False, met=False, progress=progress)
        is_off = None in off or activity.id in off
        return due_on(activity.timeline, day, progress, off=is_off, today=today)

    def dues(
        self, day: date, today: date, done: Mapping[int, Done] | None = None
    ) -> dict[int, Due]:
        """What each activity asks on a day, by its id; `done` None: as it is known here."""
        off = self._off_on(day)
        return {
            item.id: self._due(
                item,
                day,
                self.progress(item.id, day) if done is None else done.get(item.id, NOTHING),
                today,
                off,
            )
            for item in self.activities
        }

    def status(self, day: date, dues: Mapping[int, Due], today: date) -> Status:
        """The word for a day on which the activities asked this."""
        start, off = self.tracked_from, is_off(self.days_off, day)
        tracked = start is not None and start <= day
        return status_of(day, dues.values(), today=today, tracked=tracked, off=off)

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
        return streak_of(whole_day_marks(rows.values()), first), streaks

    def marks(self, first: date, last: date) -> dict[int, bytearray]:
        """One mark a day for each activity (see `marks.marks`); none before all commitments."""
        start = self.tracked_from
        if start is None or start > last:
            return {}
        return {
            item.id: marks(
                item.timeline, self.totals.get(item.id, ()), self.free(item.id), first, last
            )
            for item in self.activities
        }

    def week_due(self, activity: ActivityFact, first: date, progress: Done, today: date) -> WeekDue:
        """What an activity asks of the week that begins on a day."""
        free = self.free(activity.id)
        return week_due(activity.timeline, first, progress, free=free, today=today)

    def week_streaks(self, first: date) -> dict[int, Streak]:
        """The streaks in weeks, before the week that begins on a day."""
        found = {}
        for item, begin in self.weekly_before(first):
            row = self.marks_of_weeks(item, begin, (first - begin).days // 7)
            found[item.id] = streak_of(row, begin, 7)
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
        timeline, free = activity.timeline, self.free(activity.id)
        found = bytearray()
        for number in range(weeks):
            start, end = first + number * ONE_WEEK, first + (number + 1) * ONE_WEEK
            progress = self.progress(activity.id, start, end - ONE_DAY)
            found.append(week_due(timeline, start, progress, free=free, today=end).mark)
        return found


def progress_of(entries: Sequence[EntryFact]) -> dict[int, Done]:
    """What the entries of a day, in any order, add up to for each activity."""
    done: dict[int, Done] = {}
    for entry in entries:
        if entry.activity_id is not None and entry.fills_quota:
            so_far = done.get(entry.activity_id, NOTHING)
            done[entry.activity_id] = Done(
                so_far.seconds + entry.seconds, so_far.count + entry.times, done=True
            )
    return done
