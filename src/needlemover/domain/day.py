"""Days and weeks: which local day an instant belongs to, and how the days are cut into weeks."""

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from msgspec import Struct
from msgspec.structs import replace

ONE_DAY = timedelta(days=1)
ONE_WEEK = timedelta(weeks=1)
WINDOW_DAYS = 90  # how far back what is earned is looked at, unless told otherwise
HALF_A_DAY = timedelta(hours=12)
_LONGEST_GAP = 3  # dates without use among which travel may have skipped one: a weekend and a day


def day_start(day: date, zone: tzinfo, starts_at: time) -> datetime:
    """The instant (UTC) at which a local day begins.

    Of two such times the first is meant; where clocks skip it, the offset before counts.
    """
    return datetime.combine(day, starts_at, tzinfo=zone).astimezone(UTC)


def local_day(instant: datetime, zone: tzinfo, starts_at: time) -> date:
    """The local day that an instant belongs to. It never runs backwards in one zone."""
    day = instant.astimezone(zone).date()
    while day_start(day, zone, starts_at) > instant:
        day -= ONE_DAY
    while day_start(day + ONE_DAY, zone, starts_at) <= instant:
        day += ONE_DAY
    return day


def seconds_left(instant: datetime, day: date, zone: tzinfo, starts_at: time) -> int:
    """Seconds from an instant to the end of a local day; 0 when it is over."""
    end = day_start(day + ONE_DAY, zone, starts_at)
    return max(0, int((end - instant).total_seconds()))


def skipped_day(
    last_day: date, last_offset: int, today: date, now: datetime, zone: tzinfo, starts_at: time
) -> date | None:
    """The local date that travel skipped since the last use; None: it skipped none.

    Whose clock jumps forward by 12 hours or more has at most 12 hours of one of the dates between:
    nothing can be due on it. Which one it was is only known where the zone's own rules left it out;
    else the last is taken, of no more than a weekend and one day: in a longer gap there was time to
    use the data. `last_day`, the latest of any use so far, is never skipped; `last_offset` is in
    seconds east of UTC, then.
    """
    offset = now.astimezone(zone).utcoffset() or timedelta()
    if offset - timedelta(seconds=last_offset) < HALF_A_DAY:
        return None
    between = tuple(days_between(last_day + ONE_DAY, today - ONE_DAY))
    was_here = datetime.combine(last_day, starts_at, zone).utcoffset()
    for day in between if was_here == timedelta(seconds=last_offset) else ():
        if day_start(day + ONE_DAY, zone, starts_at) - day_start(day, zone, starts_at) < HALF_A_DAY:
            return day
    return between[-1] if 0 < len(between) <= _LONGEST_GAP else None


def month_of(day: date) -> tuple[date, date]:
    """The first and the last day of a day's month."""
    first = day.replace(day=1)
    return first, (first + timedelta(days=31)).replace(day=1) - ONE_DAY


def days_between(first: date, last: date) -> Iterator[date]:
    """Every date from the first to the last, both included."""
    for number in range((last - first).days + 1):
        yield first + timedelta(days=number)


def days_without(
    first: date, last: date, off: Iterable[tuple[date, date]]
) -> Iterator[tuple[date, date]]:
    """What is left of a range of days, as ranges, when others are cut out of it."""
    for start, end in sorted(off):
        if first < start and first <= last:
            yield first, min(last, start - ONE_DAY)
        first = max(first, end + ONE_DAY)
    if first <= last:
        yield first, last


def instant_on(day: date, clock_time: time, zone: tzinfo, starts_at: time) -> datetime:
    """The instant (UTC) of a time of a local day; before its beginning: of the following night."""
    return day_start(day if clock_time >= starts_at else day + ONE_DAY, zone, clock_time)


class Week(Struct, frozen=True):
    """A calendar week."""

    first: date
    last: date

    @property
    def is_short(self) -> bool:
        """Whether it is what lies between the weeks of one first weekday and those of another."""
        return self.last - self.first < ONE_WEEK - ONE_DAY


class Weeks(Struct, frozen=True):
    """How the days are cut into weeks. Each day lies in exactly one."""

    first_weekday: int = 0  # on which the weeks begin before any turn; Monday is 0
    turns: tuple[date, ...] = ()  # days, earliest first, from which weeks begin on their weekday

    def of(self, day: date) -> Week:
        """The week that a day lies in."""
        begun = [turn.weekday() for turn in self.turns if turn <= day]
        weekday = begun[-1] if begun else self.first_weekday
        first = day - timedelta(days=(day.weekday() - weekday) % 7)
        ends = (turn - ONE_DAY for turn in self.turns if turn > day)
        return Week(first, min((first + ONE_WEEK - ONE_DAY, *ends)))

    def start(self, day: date) -> date:
        """The first day of the week that a day lies in."""
        return self.of(day).first

    def between(self, first: date, last: date) -> Iterator[Week]:
        """Every week that has a day from the first to the last."""
        while first <= last:
            week = self.of(first)
            yield week
            first = week.last + ONE_DAY

    def turned(self, day: date) -> "Weeks":
        """The same weeks up to a day, from which on they begin on its weekday."""
        before = Weeks(self.first_weekday, tuple(turn for turn in self.turns if turn < day))
        return before if before.start(day) == day else replace(before, turns=(*before.turns, day))

    def then(self, others: "Weeks", today: date) -> "Weeks":
        """These weeks up to the end of the one that runs, and from its end on others.

        The days between are a short week: no week that is over or runs is ever cut anew.
        """
        end = self.of(today).last + ONE_DAY
        begin = next(week.first for week in others.between(end, date.max) if week.first >= end)
        found = Weeks(self.first_weekday, tuple(turn for turn in self.turns if turn <= end))
        for turn in (begin, *(turn for turn in others.turns if turn > begin)):
            found = found.turned(turn)
        return found


USUAL_WEEKS = Weeks()  # from Monday to Sunday, as long as nobody chose
