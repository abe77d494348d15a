"""Reads the time and the zone. Nothing else does."""

import os
import time
from datetime import UTC, datetime, timedelta, tzinfo
from typing import Protocol


class Clock(Protocol):
    """What tells the time."""

    def now(self) -> datetime:
        """The present instant, in UTC."""

    def zone(self) -> tzinfo:
        """The local zone at present."""


class SystemClock:
    """The computer's clock and its zone, followed when the traveller changes it."""

    def __init__(self) -> None:
        self._seen: object = None

    def now(self) -> datetime:
        """The present instant, in UTC."""
        return datetime.now(UTC)

    def zone(self) -> tzinfo:
        """The local zone at present."""
        seen = (os.environ.get("TZ"), _zone_file())
        if seen != self._seen:
            self._seen = seen
            if hasattr(time, "tzset"):  # Windows has none: there it is the zone of the start
                time.tzset()
        return _LocalZone()


class _LocalZone(tzinfo):
    """What the system says of each moment: Python asks it for every time that has no zone."""

    def utcoffset(self, moment: datetime | None) -> timedelta | None:
        return None if moment is None else moment.replace(tzinfo=None).astimezone().utcoffset()

    def dst(self, moment: datetime | None) -> timedelta | None:
        return None

    def tzname(self, moment: datetime | None) -> str | None:
        return None

    def fromutc(self, moment: datetime) -> datetime:
        return moment.replace(tzinfo=UTC).astimezone().replace(tzinfo=self)


def _zone_file() -> object:
    try:
        found = os.stat("/etc/localtime")
    except OSError:
        return None
    return (found.st_ino, found.st_mtime_ns)
