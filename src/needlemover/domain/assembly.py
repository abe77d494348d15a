"""Puts the facts of a day together from what the days before and the day itself hold."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from msgspec import Struct, field

from .commitment import NOTHING, Progress, is_archived, is_weekly
from .day import ONE_DAY, days_between, week_start
from .history import History, after_week, progress_of
from .quota import Week
from .settings import Settings
from .snapshots import (
    ActivityDay,
    ActivityFact,
    DaySnapshot,
    EntryFact,
    Newness,
    ProblemAsk,
    Running,
    SalesDay,
    StripDay,
    WeeklyDay,
)
from .status import Due, Status
from .streak import Streak

STRIP_WEEKS = 12


class Past(Struct, frozen=True):
    """What the days before a day hand on to it."""

    overall: Streak
    streaks: Mapping[int, Streak]
    yesterday_seconds: int
    """With buyers."""
    week_seconds: int
    """With buyers, in the days of the same week before the day."""
    week_quota_seconds: int
    """What those days asked for."""
    open_asks: int
    week_streaks: Mapping[int, Streak] = field(default_factory=dict)
    """In weeks, before the week of the day."""


def past_of(history: History, day: date, first_weekday: int, open_asks: int) -> Past:
    """What the days before a day, which is not to come, hand on to it.

    Args:
        history: the days before today; those from the day on are not looked at.
        day: the local day.
        first_weekday: of a week; Monday is 0.
        open_asks: asks of the days before that have no answer.
    """
    overall, streaks = history.streaks(day - ONE_DAY)
    week = week_start(day, first_weekday)
    before = tuple(days_between(week, day - ONE_DAY))

    def with_buyers(on: date) -> int:
        return sum(history.progress(item.id, on).seconds for item in history.sales)

    return Past(
        overall=overall.alone,
        streaks={key: streak.alone for key, streak in streaks.items()},
        yesterday_seconds=with_buyers(day - ONE_DAY),
        week_seconds=sum(map(with_buyers, before)),
        week_quota_seconds=sum(_seconds_due(history, on, day) for on in before),
        open_asks=open_asks,
        week_streaks={key: streak.alone for key, streak in history.week_streaks(week).items()},
    )


def past_ahead(history: History, current: DaySnapshot, day: date) -> Past:
    """What today, as it stands, hands on to a day that is to come."""
    first = week_start(day, current.settings.first_weekday)
    seconds = week_seconds = 0
    week_quota = sum(
        _seconds_due(history, on, current.day)
        for on in days_between(max(first, current.day + ONE_DAY), day - ONE_DAY)
    )
    if current.sales is not None:
        if day == current.day + ONE_DAY:
            seconds = current.sales.seconds
        if first <= current.day:
            week_seconds = current.sales.week.seconds
            week_quota += current.sales.week.quota_before + (current.sales.quota_seconds or 0)
    return Past(
        overall=current.streak,
        streaks={item.id: item.streak for item in current.activities},
        yesterday_seconds=seconds,
        week_seconds=week_seconds,
        week_quota_seconds=week_quota,
        open_asks=current.open_asks,
        week_streaks={item.id: item.streak for item in current.weekly},
    )


def strip_before(history: History, today: date, first_weekday: int) -> tuple[StripDay, ...]:
    """The last twelve weeks, from the first day of the first to yesterday."""
    first = week_start(today, first_weekday) - timedelta(weeks=STRIP_WEEKS - 1)
    return tuple(
        StripDay(day, history.status(day, history.dues(day, today), today))
        for day in days_between(first, today - ONE_DAY)
    )


def day_snapshot(
    *,
    history: History,
    past: Past,
    day: date,
    today: date,
    entries: tuple[EntryFact, ...],
    running: Running | None,
    strip: tuple[StripDay, ...],
    settings: Settings,
    done_in_week: Mapping[int, Progress] | None = None,
    asks: tuple[ProblemAsk, ...] = (),
) -> DaySnapshot:
    """All that the Today view shows of a day.

    Args:
        history: the days before today.
        past: what the days before the day hand on.
        day: the local day to show.
        today: the local day now.
        entries: of the day, in order.
        running: the timer, if one runs.
        strip: the last twelve weeks; where it ends yesterday, the day is put behind it.
        settings: what the numbers depend on.
        done_in_week: what was done in the whole week of the day, by activity; it is only needed
            for those that are promised by the week.
        asks: the problems to ask about again, if the day is today.
    """
    dues = history.dues(day, today, progress_of(entries))
    weekly = _weekly(history, past, day, today, done_in_week or {}, settings.first_weekday)
    status = history.status(day, dues, today)
    overall, streaks = past.overall, dict(past.streaks)
    if day <= today:
        overall = _carried(
            overall, day, today, status is Status.WON, status in (Status.MISSED, Status.PART)
        )
        for key, due in dues.items():
            streak = streaks.get(key, Streak())
            streaks[key] = _carried(
                streak, day, today, due.due and due.met, due.due and not due.met
            )
    return DaySnapshot(
        day=day,
        today=today,
        status=status,
        streak=overall,
        activities=tuple(
            ActivityDay(item, dues[item.id], streaks.get(item.id, Streak()))
            for item in history.activities
            if not is_weekly(item.timeline, day) and _is_shown(item, dues[item.id], day)
        ),
        sales=_sales(history, past, day, today, dues, weekly, entries, settings),
        entries=entries,
        running=running,
        strip=(*strip, StripDay(day, status)) if day == today else strip,
        open_asks=past.open_asks + sum(item.is_open_ask for item in entries),
        settings=settings,
        day_off=next((item for item in history.days_off if item.covers(day)), None),
        weekly=weekly,
        asks=asks,
    )


def _weekly(
    history: History,
    past: Past,
    day: date,
    today: date,
    done: Mapping[int, Progress],
    first_weekday: int,
) -> tuple[WeeklyDay, ...]:
    week = week_start(day, first_weekday)
    found = []
    for item in history.activities:
        if is_weekly(item.timeline, day):
            due = history.week_due(item, week, done.get(item.id, NOTHING), today)
            streak = past.week_streaks.get(item.id, Streak())
            if day <= today:  # what is to come is handed the streak of today, as it stands
                streak = after_week(streak, week, due)
            found.append(WeeklyDay(item, due, streak))
    return tuple(found)


def _is_shown(activity: ActivityFact, due: Due, day: date) -> bool:
    """Whether an activity stands on the checklist: not before it begins, nor when put away."""
    if due.terms is not None or due.progress.done:
        return True
    timeline = activity.timeline
    return not timeline or (timeline[0].start <= day and not is_archived(timeline, day))


def _carried(streak: Streak, day: date, today: date, met: bool, missed: bool) -> Streak:
    if met:
        return streak.with_day_met(day)
    if missed and day < today:
        return Streak(0, streak.runs, streak.best)
    return streak


def _sales(
    history: History,
    past: Past,
    day: date,
    today: date,
    dues: Mapping[int, Due],
    weekly: Sequence[WeeklyDay],
    entries: Sequence[EntryFact],
    settings: Settings,
) -> SalesDay | None:
    sales = history.sales
    if not sales:
        return None
    due = [dues[item.id].terms for item in sales if dues[item.id].due]
    seconds = sum(dues[item.id].progress.seconds for item in sales)
    end = week_start(day, settings.first_weekday) + timedelta(days=6)
    before = past.week_quota_seconds
    on_the_day = sum(terms.seconds or 0 for terms in due if terms)
    after = sum(_seconds_due(history, on, today) for on in days_between(day + ONE_DAY, end))
    by_week = sum(
        item.terms.seconds or 0
        for item in weekly
        if item.activity.is_sales and item.due.due and item.terms
    )
    return SalesDay(
        seconds=seconds,
        quota_seconds=on_the_day or None,
        conversations=sum(dues[item.id].progress.count for item in sales),
        quota_conversations=sum(terms.count or 0 for terms in due if terms) or None,
        dials=sum(item.is_dial for item in entries),
        new_buyers=sum(item.newness is Newness.NEW for item in entries),
        yesterday_seconds=past.yesterday_seconds,
        week=Week(past.week_seconds + seconds, before + on_the_day + after + by_week, before),
    )


def _seconds_due(history: History, day: date, today: date) -> int:
    """The minutes with buyers that a day asks for, in seconds."""
    dues = (history.due(item, day, history.progress(item.id, day), today) for item in history.sales)
    return sum(due.terms.seconds or 0 for due in dues if due.due and due.terms)
