"""The time and the zone by the system's own rules, for a command that ends at once.

`SystemClock` knows the zone by its name and sees the traveller change it, which takes longer to
load than all that such a command does.
"""

from datetime import UTC, datetime, timedelta, tzinfo


class LightClock:
    """The computer's clock, and the zone in which it was when the program started."""

    def now(self) -> datetime:
        """The present instant, in UTC."""
        return datetime.now(UTC)

    def zone(self) -> tzinfo:
        """The local zone."""
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
