"""What was done against the quota in force at the time, by day and by week."""

from collections.abc import Sequence
from datetime import date, datetime, tzinfo

from msgspec import Struct
from msgspec.structs import replace

from ..promises.marks import MET
from ..promises.status import WeekDue
from ..settings import WorkingDay, expected_share, pace
from .record import DayRecord, ProgressSnapshot, WeekRecord, kept, record, week_records


class QuotaBar(Struct, frozen=True):
    """A day or a week: what was done, and what the commitments in force then asked."""

    start: date  # the first day of the period
    end: date  # the last day; of a bar of one day the same
    seconds: int
    count: int
    quota_seconds: int | None
    """Of the due days, those to come too, or what the week asks; all together adds that of the
    sales activities; None: nothing was asked."""
    quota_count: int | None
    due: int  # due days that are over; today is among them only once it is met
    met: int
    is_weekly: bool = False  # whether `due` and `met` count the week that is promised, not days


class Average(Struct, frozen=True):
    """What was done on average in the periods that count."""

    periods: int  # due days that are over, or weeks that are over and had a due day
    seconds: int | None  # a period; None: there was no such period
    count: float | None
    due: int  # due days of all bars, or weeks where they are promised by the week
    met: int


class WeekPace(Struct, frozen=True):
    """Ahead of (or, negative, behind) what the week's due days ask by now; None: no such quota."""

    seconds: int | None
    count: int | None


class ThisWeek(Struct, frozen=True):
    """The week that runs now: done, asked, and what is left for each due day that remains."""

    today: date
    bar: QuotaBar  # the whole week
    days_left: int
    """Due days from today on whose quota is not filled; of a promise by the week the days that are
    not off, 0 once it is met."""
    seconds_a_day: int | None  # what is left for each, in whole minutes; None: no day or no quota
    count_a_day: int | None
    seconds_due: tuple[int, int] | None = None  # asked before today and today; None: no day asks
    count_due: tuple[int, int] | None = None
    weekly: WeekDue | None = None  # what the week asks of an activity that is promised by it

    def pace(self, now: datetime, zone: tzinfo, working: WorkingDay) -> WeekPace:
        """How the week stands by the clock."""
        share = expected_share(now, self.today, zone, working)

        def ahead(done: int, asked: tuple[int, int] | None) -> int | None:
            return None if asked is None else pace(done - asked[0], asked[1], share)

        seconds = ahead(self.bar.seconds, self.seconds_due)
        return WeekPace(seconds, ahead(self.bar.count, self.count_due))


def day_bars(records: Sequence[DayRecord]) -> tuple[QuotaBar, ...]:
    """One bar a day."""
    return tuple(_bar([item]) for item in records)


def week_bars(
    snapshot: ProgressSnapshot, first: date, last: date, activity_id: int | None = None
) -> tuple[QuotaBar, ...]:
    """One bar a calendar week: every whole week that has a day from the first to the last."""
    weeks = list(snapshot.settings.weeks.between(first, last))
    start, end = weeks[0].first, weeks[-1].last
    records = record(snapshot, start, end, activity_id)
    asked = _asked_by_the_week(snapshot, start, end, activity_id)
    places = (((week.first - start).days, (week.last - start).days + 1) for week in weeks)
    bars = (_bar(records[begin:stop]) for begin, stop in places)
    return tuple(_with_weeks(bar, asked.get(bar.start, ()), activity_id) for bar in bars)


def average(bars: Sequence[QuotaBar], today: date) -> Average:
    """What was done in a due day that is over or met, or in a week that is over and had one."""
    settled = [item for item in bars if item.due and (item.end < today or item.start == item.end)]
    number = len(settled)
    return Average(
        periods=number,
        seconds=round(sum(item.seconds for item in settled) / number) if number else None,
        count=sum(item.count for item in settled) / number if number else None,
        due=sum(item.due for item in bars),
        met=sum(item.met for item in bars),
    )


def this_week(snapshot: ProgressSnapshot, activity_id: int | None = None) -> ThisWeek:
    """The week of today."""
    today = snapshot.today
    week = snapshot.settings.weeks.of(today)
    records = record(snapshot, week.first, week.last, activity_id)
    by_day = _bar(records)
    before = _bar([item for item in records if item.day < today])
    (now,) = (item for item in records if item.day == today)
    weeks = _asked_by_the_week(snapshot, today, today, activity_id).get(week.first, [])
    bar = _with_weeks(by_day, weeks, activity_id)
    if bar.is_weekly:  # no day of it asks for a share
        due = weeks[0].due
        return ThisWeek(today, bar, 0 if due.met else due.days_left, None, None, weekly=due)
    open_days = [item for item in records if item.day >= today and item.mark != MET]
    days_left = sum(
        item.seconds < (item.quota_seconds or 0) or item.count < (item.quota_count or 0)
        for item in open_days
    )
    return ThisWeek(
        today=today,
        bar=bar,
        days_left=days_left,
        seconds_a_day=_a_day(bar.quota_seconds, bar.seconds, days_left, unit=60),
        count_a_day=_a_day(bar.quota_count, bar.count, days_left, unit=1),
        seconds_due=_so_far(by_day.quota_seconds, before.quota_seconds, now.quota_seconds),
        count_due=_so_far(by_day.quota_count, before.quota_count, now.quota_count),
    )


def _so_far(whole: int | None, before: int | None, today: int | None) -> tuple[int, int] | None:
    return None if whole is None else (before or 0, today or 0)


def _asked_by_the_week(
    snapshot: ProgressSnapshot, start: date, end: date, activity_id: int | None
) -> dict[date, list[WeekRecord]]:
    """The weeks of an activity, or of all sales activities, that are promised by the week."""
    found: dict[date, list[WeekRecord]] = {}
    for item in snapshot.history.activities:
        if item.is_sales if activity_id is None else item.id == activity_id:
            for week in week_records(snapshot, item, start, end):
                found.setdefault(week.start, []).append(week)
    return found


def _with_weeks(bar: QuotaBar, weeks: Sequence[WeekRecord], activity_id: int | None) -> QuotaBar:
    """A bar of a week with what is asked by the week; of one activity nothing else counts then."""
    if not weeks:
        return bar
    seconds = sum(item.due.quota_seconds for item in weeks)
    count = sum(item.due.quota_count for item in weeks)
    if activity_id is None:
        seconds, count = seconds + (bar.quota_seconds or 0), count + (bar.quota_count or 0)
    else:
        due, met = kept(weeks)
        bar = replace(bar, due=due, met=met, is_weekly=True)
    return replace(bar, quota_seconds=seconds or None, quota_count=count or None)


def _bar(records: Sequence[DayRecord]) -> QuotaBar:
    due, met = kept(records)
    return QuotaBar(
        start=records[0].day if records else date.min,
        end=records[-1].day if records else date.min,
        seconds=sum(item.seconds for item in records),
        count=sum(item.count for item in records),
        quota_seconds=sum(item.quota_seconds or 0 for item in records) or None,
        quota_count=sum(item.quota_count or 0 for item in records) or None,
        due=due,
        met=met,
    )


def _a_day(quota: int | None, done: int, days: int, unit: int) -> int | None:
    if quota is None or not days:
        return None
    return -(-max(0, quota - done) // (days * unit)) * unit
