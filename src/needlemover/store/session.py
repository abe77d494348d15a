"""What every subject of the store shares: the file, the clock, the settings."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta, tzinfo

from msgspec import Struct
from sqlalchemy import Connection

from ..clock import Clock
from ..domain.day import instant_on, local_day
from ..domain.settings import Settings
from .file import Database, driver_of
from .kept_past import forget
from .published_row import withdraw
from .remembered import has_changed, remembered
from .schema.tables import SETTINGS
from .settings_row import read_settings
from .undo import Changed, Step, record, touches_the_past


def _read_settings(connection: Connection) -> Settings:
    return read_settings(driver_of(connection))


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

    def day_of(self, instant: datetime) -> date:
        """The local day of another instant."""
        return local_day(instant, self.zone, self.starts_at)

    def offset_at(self, instant: datetime) -> int:
        """Seconds east of UTC at an instant."""
        offset = instant.astimezone(self.zone).utcoffset() or timedelta()
        return int(offset.total_seconds())

    def at(self, day: date, clock_time: time) -> datetime:
        """The instant of a time of day within a local day."""
        return instant_on(day, clock_time, self.zone, self.starts_at)


class Session:
    """A database and a clock."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self.database = database
        self.clock = clock
        self.publish: Callable[[Connection, Moment], None] = lambda connection, moment: None
        """Publishes what Today shows after a change; set by the subject that knows it."""
        self._changes = 0
        self._changes_of_the_past = 0

    def moment(self, connection: Connection) -> Moment:
        """Now, by the clock and the settings."""
        settings = remembered(connection, (SETTINGS.name,), _read_settings)
        now, zone = self.clock.now(), self.clock.zone()
        return Moment(now, zone, local_day(now, zone, settings.day_starts_at), settings)

    @contextmanager
    def change(self, label: str) -> Iterator[tuple[Step, Moment]]:
        """One change of the user's, in one transaction, that can be undone.

        Args:
            label: what it does, as the undo history names it; a step may rename itself.
        """
        with self.writing() as connection:
            moment = self.moment(connection)
            step = Step(connection, label)
            yield step, moment
            record(step, moment.now)
            self.note(connection, step.changed, moment)

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """One transaction that writes; what was worked out in one that fails holds no longer."""
        try:
            with self.database.writing() as connection:
                yield connection
        except BaseException:
            self._changes += 1
            raise

    def note(self, connection: Connection, changed: Sequence[Changed], moment: Moment) -> None:
        """Take notice of what a change of our own does; what it makes untrue is let go of."""
        if touches_the_past(changed, moment.today):
            self.note_past(connection)
        elif changed:
            forget(connection, after=moment.today)
            self.note_today(connection, moment)

    def note_past(self, connection: Connection) -> None:
        """Take notice that the days before today, or what is due on all days, have changed.

        What that makes of today takes a look at all of them, so it is not published here.
        """
        self._changes += 1
        self._changes_of_the_past += 1
        has_changed(connection)
        forget(connection)
        withdraw(connection)

    def note_today(self, connection: Connection, moment: Moment) -> None:
        """Take notice that nothing but what happened today has changed."""
        self._changes += 1
        self.publish(connection, moment)

    def version(self, connection: Connection) -> tuple[int, int]:
        """What stays the same as long as nothing changes."""
        return self.database.version, self._changes

    def version_of_the_past(self, connection: Connection) -> tuple[int, int]:
        """What stays the same as long as nothing but our own entries of today changes."""
        return self.database.version, self._changes_of_the_past
