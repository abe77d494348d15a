"""The JSON that the commands write: what each answer holds, with its type; first that of today.

Money is in minor units, durations in seconds, days are YYYY-MM-DD. What is read from a value of the
domain has its name there; its key is the same but for a leading `is_`, unless it is named.
"""

from datetime import UTC, date, datetime
from typing import TypeVar

import msgspec

from ...domain.calls.entry import Running, running_seconds
from ...domain.promises.status import Status
from ...domain.settings import Moment
from ...domain.today.snapshot import ActivityDay, DaySnapshot
from ..output import JSON_VERSION

T = TypeVar("T", bound="JsonView")
Part = dict[str, object]  # an object within an answer


def _key(name: str) -> str:
    return name.removeprefix("is_")


class JsonView(msgspec.Struct, frozen=True, rename=_key):
    """An answer, or an object that several have."""


def view(kind: type[T], *sources: object, **given: object) -> T:
    """Fill a view: with what is given by name, else from the first source that has the name."""
    given.setdefault("version", JSON_VERSION)
    for name in {*kind.__struct_fields__} - given.keys():
        given[name] = next(getattr(item, name) for item in sources if hasattr(item, name))
    return kind(**{name: given[name] for name in kind.__struct_fields__})


def listing(**parts: object) -> msgspec.Struct:
    """An answer of which only the version, and what is given by name, is to be told."""
    kind = msgspec.defstruct("Listing", ("version", *parts), frozen=True)
    return kind(JSON_VERSION, *parts.values())


def pick(source: object, names: str = "", **keys: str) -> Part:
    """What a value of the domain says under these names; `key="name"` gives one another key."""
    named = {_key(name): name for name in names.split()} | keys
    return {key: getattr(source, name) for key, name in named.items()}


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


def _activity(item: ActivityDay) -> Part:
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
