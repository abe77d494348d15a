"""Puts the facts of a day together from what the days before and the day itself hold."""

from collections.abc import Mapping, Sequence
from datetime import date

from msgspec import Struct

from ..calls.entry import EntryFact, Newness, Running
from ..day import ONE_DAY, Week, days_between
from ..promises.commitment import NOTHING, Done, Timeline, is_archived, is_weekly
from ..promises.marks import Streak
from ..promises.status import Due, StripDay
from ..settings import Settings
from .history import History, Past, progress_of
from .snapshot import ActivityDay, DaySnapshot, MissedDay, ProblemAsk, SalesDay, WeeklyDay


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
    done_in_week: Mapping[int, Done] | None = None,
    asks: tuple[ProblemAsk, ...] = (),
) -> DaySnapshot:
    """All that the Today view shows of a day, which is put behind a strip that ends yesterday.

    What was done in the whole week of the day is only needed for what is promised by the week.
    """
    dues = history.dues(day, today, progress_of(entries))
    weekly = _weekly(history, past, day, today, done_in_week or {}, settings.weeks.of(day))
    status = history.status(day, dues, today)
    overall, streaks = past.overall, dict(past.streaks)
    if day <= today:
        overall = overall.after(status.mark, day)
        for key, due in dues.items():
            streaks[key] = streaks.get(key, Streak()).after(due.mark, day, is_over=day < today)
    return DaySnapshot(
        day=day,
        today=today,
        status=status,
        streak=overall,
        activities=tuple(
            ActivityDay(item, dues[item.id], streaks.get(item.id, Streak()))
            for item in history.activities
            if not is_weekly(item.timeline, day) and _is_shown(item.timeline, dues[item.id], day)
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
    history: History, past: Past, day: date, today: date, done: Mapping[int, Done], week: Week
) -> tuple[WeeklyDay, ...]:
    found = []
    for item in history.activities:
        if is_weekly(item.timeline, day):
            due = history.week_due(item, week, done.get(item.id, NOTHING), today)
            streak = past.week_streaks.get(item.id, Streak())
            if day <= today:  # what is to come is handed the streak of today, as it stands
                streak = streak.after(due.mark, week.first, week.last, is_over=due.is_over)
            found.append(WeeklyDay(item, due, streak))
    return tuple(found)


def _is_shown(timeline: Timeline, due: Due, day: date) -> bool:
    """Whether an activity stands on the checklist: not before it begins, nor when put away."""
    stands = not timeline or (timeline[0].start <= day and not is_archived(timeline, day))
    return stands or due.progress.done


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
    of_day = [dues[item.id] for item in sales]
    seconds = sum(item.progress.seconds for item in of_day)
    before, on_the_day = past.week_quota_seconds, sum(item.quota_seconds for item in of_day)
    end = settings.weeks.of(day).last
    after = sum(history.seconds_due(on, today) for on in days_between(day + ONE_DAY, end))
    by_week = sum(item.due.quota_seconds for item in weekly if item.activity.is_sales)
    return SalesDay(
        seconds=seconds,
        quota_seconds=on_the_day or None,
        conversations=sum(item.progress.count for item in of_day),
        quota_conversations=sum(item.quota_count for item in of_day) or None,
        dials=sum(item.is_dial for item in entries),
        new_buyers=sum(item.newness is Newness.NEW for item in entries),
        yesterday_seconds=past.yesterday_seconds,
        week_seconds=past.week_seconds + seconds,
        week_quota_seconds=before + on_the_day + after + by_week,
    )


class Fall(Struct, frozen=True):
    """What was left undone since the last use."""

    days: tuple[MissedDay, ...] = ()  # the latest of them
    count: int = 0  # of all such days
    away: tuple[tuple[date, date], ...] = ()  # ranges with nothing done, and something slipped


def fall_since(history: History, since: date, today: date, at_most: int) -> Fall:
    """The days from that of the last use on when something due was missed; the latest are named."""
    found, away = [], list[tuple[date, date]]()
    for day in days_between(since, today - ONE_DAY):
        dues = history.dues(day, today)
        lines = tuple(
            ActivityDay(item, dues[item.id], Streak())
            for item in history.activities
            if dues[item.id].is_open
        )
        if lines:
            found.append(MissedDay(day, lines))
        idle = not any(due.progress.done for due in dues.values())
        if idle and (lines or not any(due.taken_off for due in dues.values())):
            first = away.pop()[0] if away and away[-1][1] == day - ONE_DAY else day
            away.append((first, day))
    slipped = [item.day for item in found]
    away = [gap for gap in away if any(gap[0] <= day <= gap[1] for day in slipped)]
    return Fall(tuple(found[-at_most:]), len(found), tuple(away))
