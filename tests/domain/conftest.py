"""Builders of activities, entries and days, and a day put together as the store does it."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta

from needlemover.domain.calls.entry import EntryFact, Newness, Outcome
from needlemover.domain.day import USUAL_WEEKS, Weeks
from needlemover.domain.progress.record import ProgressSnapshot
from needlemover.domain.promises.commitment import ActivityFact, Done, Timeline
from needlemover.domain.promises.marks import DayTotal
from needlemover.domain.promises.status import DayOff
from needlemover.domain.settings import Settings
from needlemover.domain.today.assembly import day_snapshot
from needlemover.domain.today.history import History, progress_of
from needlemover.domain.today.snapshot import DaySnapshot

TODAY = date(2026, 11, 24)
"""A Tuesday."""
YESTERDAY, TOMORROW = TODAY - timedelta(days=1), TODAY + timedelta(days=1)


def activity(
    activity_id: int, timeline: Timeline = (), *, name: str = "", is_sales: bool = False
) -> ActivityFact:
    """An activity, ranked by its id."""
    return ActivityFact(
        activity_id, name or f"Activity {activity_id}", is_sales, activity_id, timeline
    )


def entry(
    of: ActivityFact,
    day: date = TODAY,
    *,
    minutes: float = 0,
    count: int = 1,
    outcome: Outcome | None = None,
    newness: Newness | None = None,
    amount: int | None = None,
    follows: int | None = None,
    answer: Outcome | None = None,
) -> EntryFact:
    """An entry; one of a sales activity with an outcome is a call."""
    return EntryFact(
        id=1,
        activity_id=of.id,
        activity=of.name,
        is_sales=of.is_sales,
        day=day,
        started_at=None,
        placed_at=datetime(2026, 11, 24, 9, tzinfo=UTC),
        utc_offset=None,
        seconds=round(minutes * 60),
        count=count,
        outcome=outcome,
        contact="",
        amount=amount,
        note="",
        came_from=None,
        follows=follows,
        late=False,
        newness=newness,
        answer=answer,
    )


def history_of(
    activities: Iterable[ActivityFact],
    entries: Sequence[EntryFact] = (),
    *,
    today: date = TODAY,
    days_off: Iterable[DayOff] = (),
    skipped: Iterable[date] = (),
    weeks: Weeks = USUAL_WEEKS,
) -> History:
    """What the entries before today add up to."""
    totals: dict[int, list[DayTotal]] = {}
    for day in sorted({item.day for item in entries if item.day < today}):
        done = progress_of([item for item in entries if item.day == day])
        for key, progress in done.items():
            totals.setdefault(key, []).append((day, progress.seconds, progress.count))
    used = frozenset(item.day for item in entries if item.day < today)
    return History(tuple(activities), totals, tuple(days_off), frozenset(skipped), used, weeks)


def done_in_week(entries: Sequence[EntryFact], day: date, weeks: Weeks) -> dict[int, Done]:
    """What was done in the week of a day."""
    week = weeks.of(day)
    within = [item for item in entries if week.first <= item.day <= week.last]
    return progress_of(within)


def kept_by(
    activities: Iterable[ActivityFact],
    entries: Sequence[EntryFact] = (),
    *,
    today: date = TODAY,
    days_off: Iterable[DayOff] = (),
    skipped: Iterable[date] = (),
    late: Iterable[tuple[int, date]] = (),
    reasons: Mapping[date, str] | None = None,
    settings: Settings | None = None,
) -> ProgressSnapshot:
    """What Progress is worked out of, today's entries included."""
    until = [item for item in entries if item.day <= today]
    after = today + timedelta(days=1)
    settings = settings or Settings()
    more = {"days_off": days_off, "skipped": skipped, "weeks": settings.weeks}
    history = history_of(activities, until, today=after, **more)
    return ProgressSnapshot(history, today, settings, frozenset(late), reasons or {})


def shown(
    activities: Iterable[ActivityFact],
    entries: Sequence[EntryFact] = (),
    *,
    day: date = TODAY,
    today: date = TODAY,
    days_off: Iterable[DayOff] = (),
    skipped: Iterable[date] = (),
    settings: Settings | None = None,
) -> DaySnapshot:
    """A day as the Today view shows it."""
    settings = settings or Settings()
    more = {"days_off": days_off, "skipped": skipped, "weeks": settings.weeks}
    history = history_of(activities, entries, today=today, **more)
    strip = history.strip(today)

    def snapshot(on: date, current: DaySnapshot | None) -> DaySnapshot:
        if current is not None and on > today:
            until = [item for item in entries if item.day <= today]
            week = history_of(activities, until, today=on, **more)
            past = current.past_ahead(week, on)
        else:
            asks = sum(item.is_open_ask for item in entries if item.day < on)
            past = history.past(on, asks)
        return day_snapshot(
            history=history,
            past=past,
            day=on,
            today=today,
            entries=tuple(item for item in entries if item.day == on),
            running=None,
            strip=current.strip if current else strip,
            settings=settings,
            done_in_week=done_in_week(entries, on, settings.weeks),
        )

    current = snapshot(today, None)
    return current if day == today else snapshot(day, current)
