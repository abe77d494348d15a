"""The JSON of needle today."""

from datetime import UTC, date, datetime

from ...domain.calls.entry import Running, running_seconds
from ...domain.promises.status import Status
from ...domain.settings import Moment
from ...domain.today.snapshot import ActivityDay, DaySnapshot, WeeklyDay
from . import JsonView, Part, pick, view


class SalesView(JsonView, frozen=True):
    """All sales activities of a day together."""

    seconds: int
    quota_seconds: int | None
    conversations: int
    quota_conversations: int | None
    dials: int
    new_buyers: int
    yesterday_seconds: int
    week_seconds: int
    week_quota_seconds: int | None
    pace_seconds: int | None


class RunningView(JsonView, frozen=True):
    """The timer that runs."""

    kind: str
    name: str
    contact: str | None
    started_at: str
    seconds: int


class TodayView(JsonView, frozen=True):
    """A day as `needle today --json` gives it."""

    version: int
    day: date
    status: Status
    streak: Part
    activities: list[Part]
    weekly: list[Part]
    sales: SalesView | None
    running: RunningView | None
    open_asks: int
    asks: list[Part]


def today_view(snapshot: DaySnapshot, moment: Moment) -> TodayView:
    """How a day stands."""
    return view(
        TodayView,
        snapshot,
        activities=list(map(_activity, snapshot.activities)),
        weekly=[
            _activity(item) | pick(item.due, "days_left today_or_never") for item in snapshot.weekly
        ],
        sales=sales_view(snapshot, moment),
        running=running_view(snapshot.running, moment.now),
        asks=[pick(item, "title day") for item in snapshot.asks],
        streak=pick(snapshot.streak, "current best"),
    )


def sales_view(snapshot: DaySnapshot, moment: Moment) -> SalesView | None:
    """All sales activities of a day together; None where there is none."""
    sales = snapshot.sales
    if sales is None:
        return None
    return view(
        SalesView,
        sales,
        week_seconds=sales.week.seconds,
        week_quota_seconds=sales.week.quota_seconds or None,
        pace_seconds=snapshot.pace(moment.now, moment.zone),
    )


def running_view(running: Running | None, now: datetime) -> RunningView | None:
    """The timer that runs; None where none does."""
    if running is None:
        return None
    return view(
        RunningView,
        running,
        contact=running.contact or None,
        started_at=f"{running.started_at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}",
        seconds=running_seconds(running.started_at, now),
    )


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
        "at_most": item.due.is_limit,
        "streak": pick(item.streak, "current best"),
    }
