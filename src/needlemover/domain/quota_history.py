"""What was done against the quota in force at the time, by day and by week."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo

from .day import week_start
from .progress import kept
from .quota import Week, WorkingDay, expected_share
from .record import DayRecord, ProgressSnapshot, record


@dataclass(frozen=True, slots=True)
class QuotaBar:
    """A day or a week: what was done, and what the commitments in force then asked."""

    start: date
    """The first day of the period."""
    end: date
    """The last day; of a bar of one day the same."""
    seconds: int
    count: int
    quota_seconds: int | None
    """The sum over the due days of the period, those to come included; None: nothing was asked."""
    quota_count: int | None
    due: int
    """Due days that are over; today is among them only once it is met."""
    met: int


@dataclass(frozen=True, slots=True)
class Average:
    """What was done on average in the periods that count."""

    periods: int
    """Due days that are over, or weeks that are over and had a due day."""
    seconds: int | None
    """A period; None: there was no such period."""
    count: float | None
    due: int
    """Due days of all bars."""
    met: int


@dataclass(frozen=True, slots=True)
class WeekPace:
    """Ahead of (or, negative, behind) what the week's due days ask by now; None: no such quota."""

    seconds: int | None
    count: int | None


@dataclass(frozen=True, slots=True)
class ThisWeek:
    """The week that runs now: done, asked, and what is left for each due day that remains."""

    today: date
    bar: QuotaBar
    """The whole week."""
    seconds_before: int
    """What its due days before today asked."""
    count_before: int
    seconds_today: int
    """What today asks."""
    count_today: int
    days_left: int
    """Due days with a quota from today on; today is among them while its quota is not filled."""
    seconds_a_day: int | None
    """What is left, spread over those days, rounded up to whole minutes; None: no such day or no
    such quota."""
    count_a_day: int | None

    def pace(self, now: datetime, zone: tzinfo, working: WorkingDay) -> WeekPace:
        """How the week stands by the clock."""
        share = expected_share(now, self.today, zone, working)
        bar = self.bar
        seconds = Week(bar.seconds, bar.quota_seconds or 0, self.seconds_before)
        count = Week(bar.count, bar.quota_count or 0, self.count_before)
        return WeekPace(
            None if bar.quota_seconds is None else seconds.pace(self.seconds_today, share),
            None if bar.quota_count is None else count.pace(self.count_today, share),
        )


def day_bars(records: Sequence[DayRecord]) -> tuple[QuotaBar, ...]:
    """One bar a day."""
    return tuple(_bar([item]) for item in records)


def week_bars(
    snapshot: ProgressSnapshot, first: date, last: date, activity_id: int | None = None
) -> tuple[QuotaBar, ...]:
    """One bar a calendar week: every whole week that has a day from the first to the last."""
    first_weekday = snapshot.settings.first_weekday
    start = week_start(first, first_weekday)
    end = week_start(last, first_weekday) + timedelta(days=6)
    records = record(snapshot, start, end, activity_id)
    return tuple(_bar(records[place : place + 7]) for place in range(0, len(records), 7))


def average(bars: Sequence[QuotaBar], today: date) -> Average:
    """What was done in a due day (of bars of days), or in a week (of bars of weeks).

    A week counts when it is over and had a due day, a day when it was due and is over or met.
    """
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
    start = week_start(today, snapshot.settings.first_weekday)
    records = record(snapshot, start, start + timedelta(days=6), activity_id)
    bar, before = _bar(records), _bar([item for item in records if item.day < today])
    now = next(item for item in records if item.day == today)
    days_left = sum(item.day >= today and _is_to_fill(item) for item in records)
    return ThisWeek(
        today=today,
        bar=bar,
        seconds_before=before.quota_seconds or 0,
        count_before=before.quota_count or 0,
        seconds_today=now.quota_seconds or 0,
        count_today=now.quota_count or 0,
        days_left=days_left,
        seconds_a_day=_a_day(bar.quota_seconds, bar.seconds, days_left, unit=60),
        count_a_day=_a_day(bar.quota_count, bar.count, days_left, unit=1),
    )


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


def _is_to_fill(item: DayRecord) -> bool:
    """Whether a day asks for time or conversations that it does not have yet."""
    short = item.seconds < (item.quota_seconds or 0) or item.count < (item.quota_count or 0)
    return short and not item.is_met


def _a_day(quota: int | None, done: int, days: int, unit: int) -> int | None:
    if quota is None or not days:
        return None
    return -(-max(0, quota - done) // (days * unit)) * unit
