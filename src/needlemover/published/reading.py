"""Reads the published day with the standard library alone."""

import sqlite3
from contextlib import closing
from datetime import datetime, tzinfo
from pathlib import Path

from ..domain.day import local_day
from ..domain.snapshots import DaySnapshot
from ..schema import APPLICATION_ID, SCHEMA_VERSION
from .shape import as_snapshot

_PATIENCE = 0.1
"""Seconds to wait for a file that another process holds."""


def read_published(path: Path, now: datetime, zone: tzinfo) -> DaySnapshot | None:
    """Today as it was published.

    None where it does not serve: there is no such file or row, it is of another day, version or
    program, or it cannot be read. Why, the store will say when it opens the file.
    """
    try:
        text = _published_text(path)
        snapshot = None if text is None else as_snapshot(text)
    except (sqlite3.Error, OSError, ValueError, LookupError, TypeError, AttributeError):
        return None
    if snapshot is None:
        return None
    today = local_day(now, zone, snapshot.settings.day_starts_at)
    return snapshot if snapshot.day == snapshot.today == today else None


def _published_text(path: Path) -> str | None:
    place = f"{path.absolute().as_uri()}?mode=ro"
    with closing(
        sqlite3.connect(place, uri=True, timeout=_PATIENCE, isolation_level=None)
    ) as connection:
        connection.execute("BEGIN")  # all of it is read from one state of the file
        ours = [
            connection.execute(f"PRAGMA {name}").fetchone()[0]
            for name in ("application_id", "user_version")
        ]
        if ours != [APPLICATION_ID, SCHEMA_VERSION]:
            return None
        row = connection.execute("SELECT facts FROM published").fetchone()
    return None if row is None else row[0]
