"""What happened and was promised day by day, and the streaks that it makes."""

from collections.abc import Container, Mapping, Sequence
from datetime import date

from msgspec import Struct

from ..calls.entry import EntryFact
from ..day import ONE_DAY, Week, Weeks
from ..promises.commitment import NOTHING, ActivityFact, Done, tracked_from, was_weekly
from ..promises.marks import DayTotal, Streak, between, marks, streak_of, whole_day_marks
from ..promises.status import DayOff, Due, Status, WeekDue, due_on, status_of, week_due


class History(Struct, frozen=True):
    """The activities, and what was done for them on every day before today."""

    activities: tuple[ActivityFact, ...]  # by rank
    totals: Mapping[int, Sequence[DayTotal]]  # by activity, by rising day
    days_off: tuple[DayOff, ...] = ()
    skipped: frozenset[date] = frozenset()  # local dates that travel skipped
    used: frozenset[date] = frozenset()  # days on which anything was logged, for an upper limit

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
        found = between(self.totals.get(activity_id, ()), first, last or first)
        seconds, count = sum(total[1] for total in found), sum(total[2] for total in found)
        return Done(seconds, count, done=bool(found))

    def due(
        self,
        activity: ActivityFact,
        day: date,
        progress: Done,
        today: date,
        off: Container[int | None] | None = None,
    ) -> Due:
        """What an activity asks on a day; `off` are those that are off, where that is known."""
        if day in self.skipped:
            return Due(None, progress=progress)
        off = self._off_on(day) if off is None else off
        is_off = None in off or activity.id in off
        used = day in self.used
        return due_on(activity.timeline, day, progress, off=is_off, today=today, used=used)

    def _off_on(self, day: date) -> Container[int | None]:
        """The activities for which a day is off; None among them: it is off for everything."""
        return {item.activity_id for item in self.days_off if item.start <= day <= item.end}

    def dues(
        self, day: date, today: date, done: Mapping[int, Done] | None = None
    ) -> dict[int, Due]:
        """What each activity asks on a day, by its id; `done` None: as it is known here."""
        if done is None:
            done = {item.id: self.progress(item.id, day) for item in self.activities}
        off = self._off_on(day)
        return {
            item.id: self.due(item, day, done.get(item.id, NOTHING), today, off)
            for item in self.activities
        }

    def status(self, day: date, dues: Mapping[int, Due], today: date) -> Status:
        """The word for a day on which the activities asked this."""
        promised = (each for item in self.activities for each in item.timeline)
        tracked = any(each.terms is not None and each.start <= day for each in promised)
        off = None in self._off_on(day)
        return status_of(day, dues.values(), today=today, tracked=tracked, off=off)

    def free(self, activity_id: int, first: date, last: date) -> list[tuple[date, date]]:
        """The ranges that reach between two days and on which nothing of an activity is due."""
        found = [
            (item.start, item.end)
            for item in self.days_off
            if item.start <= last and first <= item.end and item.activity_id in (None, activity_id)
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
        found = {}
        for item in self.activities:
            totals, free = self.totals.get(item.id, ()), self.free(item.id, first, last)
            found[item.id] = marks(item.timeline, totals, free, first, last, self.used)
        return found

    def week_due(self, activity: ActivityFact, week: Week, progress: Done, today: date) -> WeekDue:
        """What an activity asks of a week."""
        free = self.free(activity.id, week.first, week.last)
        return week_due(activity.timeline, week, progress, free=free, today=today)

    def week_streaks(self, weeks: Weeks, before: date) -> dict[int, Streak]:
        """The streaks in weeks, before the week that begins on a day."""
        found: dict[int, Streak] = {}
        promised = (each for item in self.activities for each in item.timeline)
        starts = (each.start for each in promised if each.terms and each.terms.weekly)
        for week in weeks.between(min(starts, default=before), before - ONE_DAY):
            found |= self.after_week(found, week)
        return found

    def after_week(self, streaks: Mapping[int, Streak], week: Week) -> dict[int, Streak]:
        """The streaks of what was promised by the week by the end of one that is over, after it."""
        found, today = {}, week.last + ONE_DAY
        for item in self.activities:
            if was_weekly(item.timeline, week.last):
                progress = self.progress(item.id, week.first, week.last)
                mark = self.week_due(item, week, progress, today).mark
                found[item.id] = streaks.get(item.id, Streak()).after(mark, week.first, week.last)
        return found


def progress_of(entries: Sequence[EntryFact]) -> dict[int, Done]:
    """What the entries of a day, in any order, add up to for each activity."""
    done: dict[int, Done] = {}
    for entry in entries:
        if entry.activity_id is not None and entry.fills_quota:
            more = Done(entry.seconds, entry.times, done=True)
            done[entry.activity_id] = done.get(entry.activity_id, NOTHING) + more
    return done
