"""What happened and was promised day by day, and what the days before a day hand on to it.

That is expensive, so it is carried on from day to day.
"""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING

from msgspec import Struct, field
from msgspec.structs import replace

from ..calls.entry import EntryFact
from ..day import ONE_DAY, Week, Weeks, days_between
from ..promises.commitment import NOTHING, ActivityFact, Done, tracked_from, was_weekly
from ..promises.marks import NOT_DUE, DayTotal, Streak, between, marks, streak_of, whole_day_marks
from ..promises.status import DayOff, Due, Status, StripDay, WeekDue, due_on, status_of, week_due

if TYPE_CHECKING:
    from .snapshot import DaySnapshot

STRIP_WEEKS, YEAR_WEEKS = 12, 52


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


def before_today(history: History, today: date, weeks: Weeks, open_asks: int) -> Past:
    """What the days before today hand on to it, with a look at all of them."""
    strip = strip_before(history, today, weeks)
    return replace(past_of(history, today, weeks, open_asks), strip=strip)


def carried_on(history: History, past: Past, today: date, weeks: Weeks, new_asks: int) -> Past:
    """The same answer, given what it was on an earlier day, and the open `new_asks` since.

    The history must hold the days from the first one of that day's week on.
    """
    strip = strip_before(history, today, weeks, past.strip)
    for day in days_between(past.day, today - ONE_DAY):
        past = past_after(history, past, day, weeks, past.open_asks)
    return replace(past, open_asks=past.open_asks + new_asks, strip=strip)


def strip_before(
    history: History,
    today: date,
    weeks: Weeks,
    known: Sequence[StripDay] = (),
    number: int = STRIP_WEEKS,
) -> tuple[StripDay, ...]:
    """So many last weeks, up to yesterday. Days that are known the history need not hold."""
    first = weeks.start(today) - timedelta(weeks=number - 1)
    found = {item.day: item for item in known}
    return tuple(
        found.get(day) or StripDay(day, history.status(day, history.dues(day, today), today))
        for day in days_between(first, today - ONE_DAY)
    )


def past_of(history: History, day: date, weeks: Weeks, open_asks: int) -> Past:
    """What the days before one that is not to come hand on to it, with their `open_asks`."""
    overall, streaks = history.streaks(day - ONE_DAY)
    in_weeks = history.week_streaks(weeks, weeks.start(day))
    return _past(history, day, weeks, overall, streaks, in_weeks, open_asks, day)


def past_after(history: History, past: Past, day: date, weeks: Weeks, open_asks: int) -> Past:
    """What a day that is over hands on to the next one, given what was handed on to it.

    The same answer as `past_of` gives for the next day, of a history that holds the days from the
    first one of the day's week on. `open_asks` are those of the day and before.
    """
    marks = history.marks(day, day)
    streaks = dict(past.streaks)
    for key, row in marks.items():
        streaks[key] = streaks.get(key, Streak()).after(row[0], day)
    in_weeks, week = dict(past.week_streaks), weeks.of(day)
    if week.last == day:
        in_weeks |= history.after_week(in_weeks, week)
    overall = past.overall.after(max(whole_day_marks(marks.values()), default=NOT_DUE), day)
    after = day + ONE_DAY
    return _past(history, after, weeks, overall, streaks, in_weeks, open_asks, after)


def _past(
    history: History,
    day: date,
    weeks: Weeks,
    overall: Streak,
    streaks: Mapping[int, Streak],
    in_weeks: Mapping[int, Streak],
    open_asks: int,
    today: date,
) -> Past:
    yesterday, week = day - ONE_DAY, weeks.start(day)

    def with_buyers(first: date) -> int:
        return sum(history.progress(item.id, first, yesterday).seconds for item in history.sales)

    return Past(
        day=day,
        overall=overall.alone,
        streaks={key: streak.alone for key, streak in streaks.items()},
        yesterday_seconds=with_buyers(yesterday),
        week_seconds=with_buyers(week),
        week_quota_seconds=sum(
            seconds_due(history, on, today) for on in days_between(week, yesterday)
        ),
        open_asks=open_asks,
        week_streaks={key: streak.alone for key, streak in in_weeks.items()},
    )


def past_ahead(history: History, current: DaySnapshot, day: date) -> Past:
    """What today, as it stands, hands on to a day to come, with a history from its week on."""
    streaks, in_weeks = (
        {item.id: item.streak for item in lines} for lines in (current.activities, current.weekly)
    )
    weeks, asks = current.settings.weeks, current.open_asks
    return _past(history, day, weeks, current.streak, streaks, in_weeks, asks, current.day)


def seconds_due(history: History, day: date, today: date) -> int:
    """The minutes with buyers that a day asks for, in seconds."""
    dues = (history.due(item, day, history.progress(item.id, day), today) for item in history.sales)
    return sum(due.quota_seconds for due in dues)
