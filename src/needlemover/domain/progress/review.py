"""A week or a month looked back on."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from enum import StrEnum

from msgspec import Struct

from ..buyers.next_calls import Kept
from ..day import Weeks, month_of
from ..promises.commitment import ActivityFact, Terms, terms_on, tracked_from
from ..promises.marks import MET, MISSED, NOT_DUE
from ..promises.status import DayOff
from .record import DayRecord, ProgressSnapshot, WeekRecord, day_marks, kept, record, week_records

DUE_DAYS = 20  # so many due days (or weeks) are looked at; nothing is said before there are as many
_MET_TO_RAISE = 19  # 95 % of them
REACHED = 18  # so many of them reached what a quota is raised to
_MET_TO_KEEP = 10  # half of them


class Advice(StrEnum):
    """What to do with a quota."""

    RAISE = "raise"
    LOWER = "lower"


class Measure(StrEnum):
    """What a quota counts in."""

    SECONDS = "seconds"
    COUNT = "count"


class Suggestion(Struct, frozen=True):
    """A quota to raise or to lower, with the numbers that say so."""

    activity: ActivityFact
    advice: Advice
    measure: Measure
    met: int  # of the last due days, or weeks, how many were met
    of: int  # how many due days, or weeks, were looked at
    asked: int  # the quota now, in seconds or a count
    reached: int  # what 18 of those days reached, or half of them where it is lowered; in the same
    to: int  # what to set it to
    is_weekly: bool = False  # whether it is a quota of the week, and weeks were looked at


def suggestions(snapshot: ProgressSnapshot, as_of: date) -> tuple[Suggestion, ...]:
    """What the last due days, or weeks, up to a day (today at the latest) speak for, by rank.

    Raise: met on at least 95 % of the last 20; to what 18 of them reached, rounded down to whole 5
    minutes (a whole count), where that is more: of days that stay alike 18 of 21 reach it, as the
    third lowest of 20 leaves 18 of 21 equally likely places above it (H. A. David and H. N.
    Nagaraja, "Order Statistics", third edition, 2003, section 7.3). Lower: met on less than 50 % of
    them; to the median of what was done, rounded down likewise, but at least 5 minutes (1), and
    only where that is less. Never of an upper limit.
    """
    found: list[Suggestion] = []
    for activity in snapshot.history.activities:
        terms = terms_on(activity.timeline, as_of)
        if terms is None or terms.is_plain or terms.at_most:
            continue
        records: Sequence[DayRecord | WeekRecord]
        start = tracked_from(activity.timeline) or as_of
        if terms.weekly:
            records = week_records(snapshot, activity, start, as_of)
        else:
            marks = day_marks(snapshot, activity, start, as_of)
            due = [number for number, mark in enumerate(marks) if mark != NOT_DUE][-DUE_DAYS:]
            first = start + timedelta(days=min(due, default=0))
            records = record(snapshot, first, as_of, activity.id)
        settled = [item for item in records if item.mark != NOT_DUE][-DUE_DAYS:]
        if len(settled) == DUE_DAYS:
            found += _of_measure(activity, terms, settled, Measure.SECONDS)
            found += _of_measure(activity, terms, settled, Measure.COUNT)
    return tuple(found)


def _of_measure(
    activity: ActivityFact, terms: Terms, ended: Sequence[DayRecord | WeekRecord], measure: Measure
) -> Iterator[Suggestion]:
    asked = terms.seconds if measure is Measure.SECONDS else terms.count
    if asked is None:
        return
    done = sorted(item.seconds if measure is Measure.SECONDS else item.count for item in ended)
    step = 300 if measure is Measure.SECONDS else 1
    met, of = sum(item.mark == MET for item in ended), len(ended)
    if met >= _MET_TO_RAISE:
        advice, reached = Advice.RAISE, done[of - REACHED]
        to = reached // step * step
        changes = to > asked
    else:
        advice, reached = Advice.LOWER, (done[(of - 1) // 2] + done[of // 2]) // 2
        to = max(reached // step * step, step)
        changes = met < _MET_TO_KEEP and to < asked
    if changes:
        yield Suggestion(activity, advice, measure, met, of, asked, reached, to, terms.weekly)


class Period(StrEnum):
    """What is looked back on."""

    WEEK = "week"
    MONTH = "month"


class PeriodTotals(Struct, frozen=True):
    """What the entries of a period add up to beyond the quotas."""

    dials: int = 0
    money: int = 0  # received, in minor units, refunds taken off
    kept: Kept = Kept()  # of what was promised to buyers


class ActivityReview(Struct, frozen=True):
    """An activity in the period; a week belongs, whole, to the period in which it ends."""

    activity: ActivityFact
    due: int  # due days, or weeks; the one that runs is among them only once it is met
    met: int
    seconds: int
    count: int
    missed: tuple[WeekRecord, ...] = ()  # the weeks that were due and not met
    is_open: bool = False  # whether the day or week that runs asks for something still


class Miss(Struct, frozen=True):
    """A day that was not won."""

    record: DayRecord  # of all activities together
    activities: tuple[ActivityFact, ...]  # those that were due and not met


class Review(Struct, frozen=True):
    """What a week or a month came to."""

    period: Period
    start: date
    end: date
    due: int  # due days; today is among them only once it is met
    met: int
    activities: tuple[ActivityReview, ...]
    """By rank: what was due by the day, or of which something was done and is not in `weekly`."""
    misses: tuple[Miss, ...]
    seconds: int  # with buyers
    conversations: int
    totals: PeriodTotals
    best_day: DayRecord | None  # by time with buyers, then conversations, then the earlier
    days_off: tuple[DayOff, ...]  # those that reach into the period
    suggestions: tuple[Suggestion, ...]  # as of the end of the period, or today when it is not over
    weekly: tuple[ActivityReview, ...] = ()  # by rank: by the week, due or with something done


def period_of(period: Period, of: date, weeks: Weeks) -> tuple[date, date]:
    """The first and the last day of the week or month that a day lies in."""
    if period is Period.WEEK:
        week = weeks.of(of)
        return week.first, week.last
    return month_of(of)


def review(snapshot: ProgressSnapshot, period: Period, of: date, totals: PeriodTotals) -> Review:
    """Look back on the week or month that a day lies in."""
    history, today = snapshot.history, snapshot.today
    start, end = period_of(period, of, snapshot.settings.weeks)
    whole = record(snapshot, start, end)
    by_activity = [(item, record(snapshot, start, end, item.id)) for item in history.activities]
    due, met = kept(whole)
    reviews = (_activity_review(item, days) for item, days in by_activity)
    weekly = _weekly(snapshot, start, end)
    by_week = {item.activity.id for item in weekly}
    talked = [item for item in whole if item.seconds or item.count]
    return Review(
        period=period,
        start=start,
        end=end,
        due=due,
        met=met,
        activities=tuple(
            item
            for item in reviews
            if item.due or ((item.seconds or item.count) and item.activity.id not in by_week)
        ),
        misses=tuple(
            Miss(day, tuple(item for item, days in by_activity if days[number].mark == MISSED))
            for number, day in enumerate(whole)
            if day.mark == MISSED
        ),
        seconds=sum(item.seconds for item in whole),
        conversations=sum(item.count for item in whole),
        totals=totals,
        best_day=max(talked, key=lambda item: (item.seconds, item.count), default=None),
        days_off=tuple(off for off in history.days_off if off.start <= end and start <= off.end),
        suggestions=suggestions(snapshot, min(end, today)),
        weekly=weekly,
    )


def _weekly(snapshot: ProgressSnapshot, start: date, end: date) -> tuple[ActivityReview, ...]:
    found = []
    for item in snapshot.history.activities:
        weeks = [week for week in week_records(snapshot, item, start, end) if week.end <= end]
        missed = tuple(week for week in weeks if week.mark == MISSED)
        found.append(_activity_review(item, weeks, missed))
    return tuple(item for item in found if item.due or item.seconds or item.count)


def _activity_review(
    activity: ActivityFact,
    records: Sequence[DayRecord | WeekRecord],
    missed: tuple[WeekRecord, ...] = (),
) -> ActivityReview:
    due, met = kept(records)
    seconds, count = sum(item.seconds for item in records), sum(item.count for item in records)
    is_open = any(item.is_open for item in records)
    return ActivityReview(activity, due, met, seconds, count, missed, is_open)
