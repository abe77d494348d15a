"""The JSON that the commands write. Days are YYYY-MM-DD, durations seconds."""

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from ...domain.calls.timer import Running
from ...domain.progress.streaks import StreakReport
from ...domain.promises.commitment import is_archived, is_weekly
from ...domain.promises.pace import pace, running_seconds
from ...domain.promises.quota import expected_share
from ...domain.promises.streak import Streak
from ...domain.today.snapshot import ActivityDay, DaySnapshot, SalesDay, WeeklyDay
from ...published.glance import sales_of

if TYPE_CHECKING:
    from ...store.session import Moment

Shape = dict[str, Any]


def today_shape(snapshot: DaySnapshot, moment: "Moment") -> Shape:
    """A day as `needle today --json` gives it."""
    return {
        "day": snapshot.day.isoformat(),
        "status": snapshot.status.value,
        "streak": _streak(snapshot.streak),
        "activities": [_activity(item) for item in snapshot.activities],
        "weekly": [_weekly(item) for item in snapshot.weekly],
        "sales": _sales(snapshot.sales, snapshot, moment) if snapshot.sales else None,
        "running": _running(snapshot.running, moment.now) if snapshot.running else None,
        "open_asks": snapshot.open_asks,
        "asks": [{"title": item.title, "day": item.day.isoformat()} for item in snapshot.asks],
    }


def streaks_shape(report: StreakReport) -> Shape:
    """All streaks as `needle streaks --json` gives them."""
    return {
        "as_of": report.as_of.isoformat(),
        "overall": _runs(report.overall),
        "activities": [
            {
                "name": fact.name,
                "unit": "week" if is_weekly(fact.timeline, report.as_of) else "day",
                **_runs(streak),
            }
            for fact, streak in report.activities
            if not is_archived(fact.timeline, report.as_of)
        ],
    }


def pace_seconds(snapshot: DaySnapshot, moment: "Moment") -> int | None:
    """Seconds with buyers ahead of (or, negative, behind) today's quota by now.

    None on other days and with no quota.
    """
    sales = snapshot.sales
    if sales is None or sales.quota_seconds is None or not snapshot.is_today:
        return None
    working = snapshot.settings.working_day
    share = expected_share(moment.now, snapshot.day, moment.zone, working)
    return pace(sales.seconds, sales.quota_seconds, share)


def _activity(item: ActivityDay | WeeklyDay) -> Shape:
    terms = item.terms
    return {
        "name": item.name,
        "rank": item.activity.rank,
        "due": item.due.due,
        "met": item.due.met if item.due.due else None,
        "seconds": item.progress.seconds,
        "count": item.progress.count,
        "quota_seconds": terms.seconds if terms else None,
        "quota_count": terms.count if terms else None,
        "rule": terms.rule.value if terms else None,
        "streak": _streak(item.streak),
    }


def _weekly(item: WeeklyDay) -> Shape:
    """The same for the whole week; its streak is in weeks."""
    return {
        **_activity(item),
        "days_left": item.due.days_left,
        "today_or_never": item.due.today_or_never,
    }


def _sales(sales: SalesDay, snapshot: DaySnapshot, moment: "Moment") -> Shape:
    return {**sales_of(sales), "pace_seconds": pace_seconds(snapshot, moment)}


def _running(running: Running, now: datetime) -> Shape:
    return {
        "kind": running.kind,
        "name": running.name,
        "contact": running.contact or None,
        "started_at": f"{running.started_at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}",
        "seconds": running_seconds(running.started_at, now),
    }


def _streak(streak: Streak) -> Shape:
    return {"current": streak.current, "best": streak.best}


def _runs(streak: Streak) -> Shape:
    return {
        **_streak(streak),
        "runs": [
            {"start": run.start.isoformat(), "end": run.end.isoformat(), "days": run.days}
            for run in streak.runs
        ],
    }
