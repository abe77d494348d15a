"""What a prompt shows of today: the plainest part of the published day.

A dictionary, not a dataclass: to load those takes as long as all that `needle status` does.
"""

from __future__ import annotations

import json
import sqlite3
from datetime import datetime, time, tzinfo

from ..domain.day import local_day
from . import FORMAT
from .row import published_text

TYPE_CHECKING = False  # the one of `typing` would load it
if TYPE_CHECKING:
    from typing import TypedDict

    from ..domain.snapshots import DaySnapshot, Running, SalesDay

    class Sales(TypedDict):
        """All sales activities together; lengths in seconds."""

        seconds: int
        quota_seconds: int | None
        conversations: int
        quota_conversations: int | None
        dials: int
        new_buyers: int
        yesterday_seconds: int
        week_seconds: int
        week_quota_seconds: int | None

    class Timer(TypedDict):
        """The timer that runs."""

        kind: str
        name: str
        contact: str | None
        started_at: str

    class Glance(TypedDict):
        """Today in short; nothing in it moves with the clock."""

        day: str
        status: str
        current: int
        """The streak of days."""
        best: int
        done: int
        due: int
        seconds_to_win: int
        sales: Sales | None
        running: Timer | None
        day_starts_at: str
        working_day: list[str]
        """When it begins and ends."""


def read_glance(path: str, now: datetime, zone: tzinfo) -> Glance | None:
    """Today as it was published; None where that does not serve, as with `read_published`."""
    try:
        text = published_text(path)
        glance = None if text is None else as_glance(text)
        if glance is None:
            return None
        today = local_day(now, zone, time.fromisoformat(glance["day_starts_at"]))
    except (sqlite3.Error, OSError, ValueError, LookupError, TypeError, AttributeError):
        return None
    return glance if glance["day"] == today.isoformat() else None


def as_glance(text: str) -> Glance | None:
    """The part of a published text that a prompt shows; None when it has another format.

    Raises:
        ValueError, LookupError, TypeError: when the text is damaged.
    """
    facts = json.loads(text)
    if facts["format"] != FORMAT:
        return None
    glance: Glance = facts["glance"]
    return glance


def glance_of(snapshot: DaySnapshot) -> Glance:
    """What a prompt shows of a day."""
    due, working = snapshot.due, snapshot.settings.working_day
    return {
        "day": snapshot.day.isoformat(),
        "status": snapshot.status.value,
        "current": snapshot.streak.current,
        "best": snapshot.streak.best,
        "done": sum(item.due.met for item in due),
        "due": len(due),
        "seconds_to_win": snapshot.seconds_to_win,
        "sales": sales_of(snapshot.sales) if snapshot.sales else None,
        "running": _timer(snapshot.running) if snapshot.running else None,
        "day_starts_at": snapshot.settings.day_starts_at.isoformat(),
        "working_day": [working.start.isoformat(), working.end.isoformat()],
    }


def sales_of(sales: SalesDay) -> Sales:
    """The time with buyers as JSON gives it."""
    return {
        "seconds": sales.seconds,
        "quota_seconds": sales.quota_seconds,
        "conversations": sales.conversations,
        "quota_conversations": sales.quota_conversations,
        "dials": sales.dials,
        "new_buyers": sales.new_buyers,
        "yesterday_seconds": sales.yesterday_seconds,
        "week_seconds": sales.week.seconds,
        "week_quota_seconds": sales.week.quota_seconds or None,
    }


def _timer(running: Running) -> Timer:
    return {
        "kind": running.kind,
        "name": running.name,
        "contact": running.contact or None,
        "started_at": running.started_at.isoformat(),
    }
