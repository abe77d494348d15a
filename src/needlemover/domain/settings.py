"""The settings, which the user chooses, the working day, and now, as one command takes it."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta, tzinfo

from msgspec import Struct, field

from .day import ONE_DAY, USUAL_WEEKS, Weeks, day_start, days_between, instant_on, local_day
from .promises.commitment import MONDAY_TO_FRIDAY
from .promises.status import DayOff, is_off


class WorkingDay(Struct, frozen=True):
    """The hours of work that pace is measured against."""

    start: time = time(9)
    end: time = time(17)  # at or before the start: on the next morning
    weekdays: frozenset[int] = MONDAY_TO_FRIDAY  # Monday is 0

    @property
    def evening(self) -> time:
        """When it is over; of one that ends on the next morning, the end of its date."""
        return self.end if self.end > self.start else time.max


def expected_share(now: datetime, day: date, zone: tzinfo, working: WorkingDay) -> float:
    """The share (0 to 1) of a day's quota due by now, evenly over working hours, on any weekday."""
    begins, ends = working_hours(day, zone, working)
    return min(1.0, max(0.0, (now - begins) / (ends - begins)))


def working_hours(day: date, zone: tzinfo, working: WorkingDay) -> tuple[datetime, datetime]:
    """When the hours of work of a day begin and end (UTC)."""
    end_day = day if working.end > working.start else day + ONE_DAY
    return day_start(day, zone, working.start), day_start(end_day, zone, working.end)


def pace(done: int, quota: int, share: float) -> int:
    """What is done beyond (or, negative, short of) the share of the quota due by now."""
    return done - round(quota * share)


def working_days(first: date, last: date, working: WorkingDay, days_off: Sequence[DayOff]) -> int:
    """On how many days of a range (both ends included) work is done."""
    return sum(is_working_day(day, working, days_off) for day in days_between(first, last))


def is_working_day(day: date, working: WorkingDay, days_off: Sequence[DayOff]) -> bool:
    """Whether work is done on a day; on a day off of a single activity it is."""
    return day.weekday() in working.weekdays and not is_off(days_off, day)


def seconds_a_day(working: WorkingDay) -> int:
    """How long a working day is by the clock; one that ends when it started takes 24 hours."""
    length = datetime.combine(date.min, working.end) - datetime.combine(date.min, working.start)
    return int((length % ONE_DAY or ONE_DAY).total_seconds())


class NextWorth(Struct, frozen=True):
    """A declared worth that holds from a day on."""

    value: int  # of an hour, in minor units
    start: date


class AssumedRate(Struct, frozen=True):
    """A win rate that the user assumes."""

    wins: int
    conversations: int


class Settings(Struct, frozen=True):
    """The settings kept with the data, with their values before anyone chose."""

    currency: str = "USD"  # ISO 4217 code
    day_starts_at: time = time(4)
    weeks: Weeks = USUAL_WEEKS
    working_day: WorkingDay = field(default_factory=WorkingDay)
    call_cap: int = 7200  # seconds after which a running call is asked about at hang-up
    retry_days: tuple[int, ...] = (1, 3, 6, 30)  # until the next try, by tries; the last for more
    hourly_worth: int | None = None  # the declared worth of an hour in minor units
    hourly_worth_next: NextWorth | None = None  # a second declared worth, for a day to come or past
    goal: int | None = None  # money wanted in a month, or by `goal_by`, in minor units
    goal_by: date | None = None  # the last day of the goal; None: the end of each month
    goal_since: date | None = None  # from then money counts for `goal_by`; None: from this month's
    assumed_win_rate: AssumedRate | None = None
    assumed_win: int | None = None  # what a win is assumed to bring, in minor units

    def declared_worth(self, day: date) -> int | None:
        """The worth of an hour that is declared for a day, in minor units."""
        following = self.hourly_worth_next
        if following is not None and following.start <= day:
            return following.value
        return self.hourly_worth


_LATELY = timedelta(hours=4)  # further back, a time that is still to come is taken for a slip


class Moment(Struct, frozen=True):
    """Now, as the commands of one transaction take it."""

    now: datetime  # UTC
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
