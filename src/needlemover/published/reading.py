"""Reads the published day without the database layer."""

import sqlite3
from datetime import datetime, tzinfo
from pathlib import Path

from msgspec import DecodeError

from ..domain.day import local_day
from ..domain.snapshots import DaySnapshot
from .row import read_row
from .shape import as_snapshot


def read_published(path: Path, now: datetime, zone: tzinfo) -> DaySnapshot | None:
    """Today as it was published.

    None where it does not serve: there is no such file or row, it is of another day, version or
    program, or it cannot be read. Why, the store will say when it opens the file.
    """
    try:
        rows = read_row(str(path.absolute()), "SELECT facts, day FROM published")
        snapshot = as_snapshot(rows[0][0]) if rows else None
    except (sqlite3.Error, OSError, DecodeError):
        return None
    if snapshot is None:
        return None
    today = local_day(now, zone, snapshot.settings.day_starts_at)
    return snapshot if snapshot.day == snapshot.today == today else None
