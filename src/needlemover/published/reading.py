"""Reads the published day without the database layer."""

import sqlite3
from datetime import datetime, tzinfo
from pathlib import Path

from msgspec import DecodeError

from ..domain.day import local_day
from ..domain.today.snapshot import DaySnapshot
from .row import read_row
from .shape import as_snapshots


def read_published(path: Path, now: datetime, zone: tzinfo) -> DaySnapshot | None:
    """Today as it was published, today or on a day before.

    None where it does not serve: there is no such file or row, it is of another day, version or
    program, or it cannot be read. Why, the store will say when it opens the file.
    """
    try:
        rows = read_row(str(path.absolute()), "SELECT facts, day FROM published")
        snapshots = as_snapshots(rows[0][0]) if rows else ()
    except (sqlite3.Error, OSError, DecodeError):
        return None
    if not snapshots:
        return None
    today = local_day(now, zone, snapshots[0].settings.day_starts_at)
    return next((item for item in snapshots if item.day == item.today == today), None)
