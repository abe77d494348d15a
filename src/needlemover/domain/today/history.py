"""What happened and was promised day by day, and what days hand on: expensive, so carried on."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from datetime import date, timedelta

from msgspec import Struct, field
from msgspec.structs import replace

from ..calls.entry import EntryFact
from ..day import ONE_DAY, USUAL_WEEKS, Week, Weeks, days_between
from ..promises.commitment import NOTHING, ActivityFact, Done, tracked_from, was_weekly
from ..promises.marks import NOT_DUE, DayTotal, Streak, between, marks, streak_of, whole_day_marks
from ..promises.status import DayOff, Due, Status, StripDay, WeekDue, due_on, status_of, week_due

STRIP_WEEKS, YEAR_WEEKS = 12, 52


class History(Struct, frozen=True):
    """The activities, and what was done for them on every day before today."""

    activities: tuple[ActivityFact, ...]  # by rank
    totals: Mapping[int, Sequence[DayTotal]]  # by activity, by rising day
    days_off: tuple[DayOff, ...] = ()
    skipped: frozenset[date] = frozenset()  # local dates that travel skipped
    used: frozenset[date] = frozenset()  # days on which anything was logged, for an upper limit
    weeks: Weeks = USUAL_WEEKS

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

    def dues(self, on: date, today: date, done: Mapping[int, Done] | None = None) -> dict[int, Due]:
        """What each activity asks on a day, by its id; `done` None: as it is known here."""
        if done is None:
            done = {item.id: self.progress(item.id, on) for item in self.activities}
        off = self._off_on(on)
        return {
            item.id: self.due(item, on, done.get(item.id, NOTHING), today, off)
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

    def week_streaks(self, before: date) -> dict[int, Streak]:
        """The streaks in weeks, before the week that begins on a day."""
        found: dict[int, Streak] = {}
        promised = (each for item in self.activities for each in item.timeline)
        starts = (each.start for each in promised if each.terms and each.terms.weekly)
        for week in self.weeks.between(min(starts, default=before), before - ONE_DAY):
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

    def seconds_due(self, day: date, today: date) -> int:
        """The minutes with buyers that a day asks for, in seconds."""
        dues = (self.due(item, day, self.progress(item.id, day), today) for item in self.sales)
        return sum(due.quota_seconds for due in dues)

    def strip(
        self, today: date, known: Sequence[StripDay] = (), number: int = STRIP_WEEKS
    ) -> tuple[StripDay, ...]:
        """So many last weeks, up to yesterday. Days that are known it need not hold."""
        first = self.weeks.start(today) - timedelta(weeks=number - 1)
        found = {item.day: item for item in known}
        return tuple(
            found.get(day) or StripDay(day, self.status(day, self.dues(day, today), today))
            for day in days_between(first, today - ONE_DAY)
        )

    def before_today(self, today: date, open_asks: int, known: Past | None = None) -> Past:
        """What the days before today hand on to it, the strip too; see `past`."""
        strip = self.strip(today, known.strip if known else ())
        return replace(self.past(today, open_asks, known), strip=strip)

    def past(self, day: date, open_asks: int, known: Past | None = None) -> Past:
        """What the days before one that is not to come hand on to it, with their `open_asks`.

        `known` is what an earlier day was handed; then it need only hold the days from the first
        one of that day's week on.
        """
        if known is None:
            overall, streaks = self.streaks(day - ONE_DAY)
            in_weeks = self.week_streaks(self.weeks.start(day))
        else:
            overall, streaks, in_weeks = known.overall, {**known.streaks}, {**known.week_streaks}
        for over in days_between(known.day, day - ONE_DAY) if known else ():
            marks = self.marks(over, over)
            for key, row in marks.items():
                streaks[key] = streaks.get(key, Streak()).after(row[0], over)
            overall = overall.after(max(whole_day_marks(marks.values()), default=NOT_DUE), over)
            week = self.weeks.of(over)
            if week.last == over:
                in_weeks |= self.after_week(in_weeks, week)
        return self.with_sums(Past(day, overall, streaks, 0, 0, 0, open_asks, in_weeks), day)

    def with_sums(self, past: Past, today: date) -> Past:
        """What is handed on, with what was done with buyers, and without what has ended."""
        last, week = past.day - ONE_DAY, self.weeks.start(past.day)

        def with_buyers(first: date) -> int:
            return sum(self.progress(item.id, first, last).seconds for item in self.sales)

        return replace(
            past,
            overall=past.overall.alone,
            streaks={key: streak.alone for key, streak in past.streaks.items()},
            yesterday_seconds=with_buyers(last),
            week_seconds=with_buyers(week),
            week_quota_seconds=sum(self.seconds_due(on, today) for on in days_between(week, last)),
            week_streaks={key: streak.alone for key, streak in past.week_streaks.items()},
        )


def progress_of(entries: Sequence[EntryFact]) -> dict[int, Done]:
    """What the entries of a day, in any order, add up to for each activity."""
    done: dict[int, Done] = {}
    for entry in entries:
        if entry.activity_id is not None and entry.fills_quota:
            more = Done(entry.seconds, entry.times, done=True)
            done[entry.activity_id] = done.get(entry.activity_id, NOTHING) + more
    return done


class Past(Struct, frozen=True):
    """What the days before a day hand on to it."""

    day: date
    overall: Streak
    streaks: Mapping[int, Streak]
    yesterday_seconds: int  # with buyers
    week_seconds: int  # with buyers, in the days of the same week before the day
    week_quota_seconds: int  # what those days asked for
    open_asks: int
    week_streaks: Mapping[int, Streak] = field(default_factory=dict)
    """In weeks, before the week of the day."""
    strip: tuple[StripDay, ...] = ()  # before today: the last twelve weeks, up to yesterday
