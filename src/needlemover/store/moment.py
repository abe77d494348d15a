"""Now, as one command takes it."""

from datetime import date, datetime, time, timedelta, tzinfo

from msgspec import Struct

from ..domain.day import ONE_DAY, instant_on, local_day
from ..domain.settings import Settings

_LATELY = timedelta(hours=4)
"""Further back, a time that is still to come is taken for a slip."""


class Moment(Struct, frozen=True):
    """Now, as the commands of one transaction take it."""

    now: datetime
    """UTC."""
    zone: tzinfo
    today: date
    settings: Settings

    @property
    def starts_at(self) -> time:
        """When the local day begins."""
        return self.settings.day_starts_at

    @property
    def local(self) -> datetime:
        """Now, on the local clock."""
        return self.now.astimezone(self.zone)

    def day_of(self, instant: datetime) -> date:
        """The local day of another instant."""
        return local_day(instant, self.zone, self.starts_at)

    def offset_at(self, instant: datetime) -> int:
        """Seconds east of UTC at an instant."""
        offset = instant.astimezone(self.zone).utcoffset() or timedelta()
        return int(offset.total_seconds())

    def lately_at(self, clock_time: time) -> datetime:
        """The instant of a time of day today; where that is to come, of a few hours ago."""
        today, before = (self.at(day, clock_time) for day in (self.today, self.today - ONE_DAY))
        return before if today > self.now and self.now - before <= _LATELY else today

    def at(self, day: date, clock_time: time) -> datetime:
        """The instant of a time of day within a local day."""
        return instant_on(day, clock_time, self.zone, self.starts_at)
