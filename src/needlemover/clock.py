"""Reads the time and the zone. Nothing else does."""

import os
from datetime import UTC, datetime, tzinfo
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
        self._zone: tzinfo | None = None
        self._seen: object = None

    def now(self) -> datetime:
        """The present instant, in UTC."""
        return datetime.now(UTC)

    def zone(self) -> tzinfo:
        """The local zone at present."""
        seen = (os.environ.get("TZ"), _zone_file())
        if self._zone is None or seen != self._seen:
            import tzlocal

            self._zone, self._seen = tzlocal.reload_localzone(), seen
        return self._zone


def _zone_file() -> object:
    try:
        found = os.stat("/etc/localtime")
    except OSError:
        return None
    return (found.st_ino, found.st_mtime_ns)
