"""The weeks: on which weekday they begin, from a day on."""

from collections.abc import Iterator
from datetime import date, timedelta

from msgspec import Struct
from msgspec.structs import replace

from .day import ONE_DAY, ONE_WEEK


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

    first_weekday: int = 0
    """On which the weeks begin before any turn; Monday is 0."""
    turns: tuple[date, ...] = ()
    """The days, earliest first, from which weeks begin on their weekday. The week before such a
    day ends with it, however short it then is."""

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

        The days that lie between are a short week of their own: no week that is over or runs is
        ever cut anew.
        """
        end = self.of(today).last + ONE_DAY
        begin = next(week.first for week in others.between(end, date.max) if week.first >= end)
        found = Weeks(self.first_weekday, tuple(turn for turn in self.turns if turn <= end))
        for turn in (begin, *(turn for turn in others.turns if turn > begin)):
            found = found.turned(turn)
        return found


USUAL_WEEKS = Weeks()
"""From Monday to Sunday, as long as nobody chose."""
