"""The JSON of needle today."""

from datetime import UTC, datetime

from ...domain.calls.entry import Running, running_seconds
from ...domain.settings import Moment
from ...domain.today.snapshot import ActivityDay, DaySnapshot, WeeklyDay
from . import Part, pick, versioned


def today_view(snapshot: DaySnapshot, moment: Moment) -> Part:
    """How a day stands."""
    return versioned(
        **pick(snapshot, "day status open_asks"),
        streak=pick(snapshot.streak, "current best"),
        activities=list(map(_activity, snapshot.activities)),
        weekly=[
            _activity(item) | pick(item.due, "days_left today_or_never") for item in snapshot.weekly
        ],
        sales=sales_part(snapshot, moment),
        running=running_part(snapshot.running, moment.now),
        asks=[pick(item, "title day") for item in snapshot.asks],
    )


def sales_part(snapshot: DaySnapshot, moment: Moment) -> Part | None:
    """All sales activities of a day together; None where there is none."""
    sales = snapshot.sales
    if sales is None:
        return None
    return {
        **pick(sales, "seconds quota_seconds conversations quota_conversations dials"),
        **pick(sales, "new_buyers yesterday_seconds"),
        "week_seconds": sales.week.seconds,
        "week_quota_seconds": sales.week.quota_seconds or None,
        "pace_seconds": snapshot.pace(moment.now, moment.zone),
    }


def running_part(running: Running | None, now: datetime) -> Part | None:
    """The timer that runs; None where none does."""
    if running is None:
        return None
    return {
        **pick(running, "kind name"),
        "contact": running.contact or None,
        "started_at": f"{running.started_at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}",
        "seconds": running_seconds(running.started_at, now),
    }


def _activity(item: ActivityDay | WeeklyDay) -> Part:
    terms = item.terms
    return {
        **pick(item.activity, "name rank"),
        **pick(item.progress, "seconds count"),
        "due": item.due.due,
        "met": item.due.met if item.due.due else None,
        "quota_seconds": terms and terms.seconds,
        "quota_count": terms and terms.count,
        "rule": terms and terms.rule,
        "streak": pick(item.streak, "current best"),
    }
