"""What a prompt shows of today: the plainest part of the published day.

Names and plain values that SQLite itself takes out of the row: to load typed values, or only what
reads JSON, takes longer than the rest of `needle status`.
"""

import sqlite3
from datetime import date, datetime, time, tzinfo

from ..domain.day import local_day
from . import FORMAT
from .row import read_row

TYPE_CHECKING = False  # the one of `typing` would load it
if TYPE_CHECKING:
    from typing import Any

    from ..domain.today.snapshot import DaySnapshot, SalesDay

Glance = dict[str, "Any"]
"""As `glance_of` makes it; without its second or third part where there is none."""

_QUERY = """
    SELECT key, value FROM published, json_each(facts, '$.days[' || ? || '].glance')
    WHERE json_extract(facts, '$.format') = ?
"""


def read_glance(path: str, now: datetime, zone: tzinfo) -> Glance | None:
    """Today as it was published; None where that does not serve, as with `read_published`.

    Args:
        path: the file's absolute path.
        now: the instant.
        zone: the local zone.
    """
    try:
        glance: Glance = dict(read_row(path, _QUERY, (0, FORMAT)))
        today = local_day(now, zone, time.fromisoformat(glance["day_starts_at"]))
        later = (today - date.fromisoformat(glance["day"])).days
        if later > 0:  # it may have been published how today begins
            glance = dict(read_row(path, _QUERY, (later, FORMAT)))
        return glance if glance["day"] == today.isoformat() else None
    except (sqlite3.Error, OSError, ValueError, LookupError, TypeError):
        return None


def glance_of(snapshot: "DaySnapshot") -> Glance:
    """What a prompt shows of a day. Nothing in it moves with the clock; lengths are in seconds."""
    due, settings, running = snapshot.due, snapshot.settings, snapshot.running
    glance: Glance = {
        "day": snapshot.day.isoformat(),
        "day_starts_at": settings.day_starts_at.isoformat(),
        "work_starts_at": settings.working_day.start.isoformat(),
        "work_ends_at": settings.working_day.end.isoformat(),
        "status": snapshot.status.value,
        "streak": snapshot.streak.current,
        "best": snapshot.streak.best,
        "done": sum(item.due.met for item in due),
        "due": len(due),
        "seconds_to_win": snapshot.seconds_to_win,
    }
    if snapshot.sales is not None:
        glance |= sales_of(snapshot.sales)
    if running is not None:
        glance |= {
            "kind": running.kind,
            "name": running.name,
            "contact": running.contact or None,
            "started_at": running.started_at.isoformat(),
        }
    return glance


def sales_of(sales: "SalesDay") -> dict[str, int | None]:
    """All sales activities together, as JSON gives them but for the pace."""
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
