"""What the days before today come to: the one expensive thing, so it is carried on day by day."""

from collections.abc import Sequence
from datetime import date, timedelta

from msgspec import Struct
from msgspec.structs import replace

from ..day import ONE_DAY, days_between, week_start
from .history import History
from .past import Past, past_after, past_of
from .snapshot import StripDay

STRIP_WEEKS = 12


class Before(Struct, frozen=True):
    """What the days before a day come to."""

    day: date
    past: Past
    """What they hand on to it."""
    strip: tuple[StripDay, ...]
    """The last twelve weeks, up to the day before it."""


def before_today(history: History, today: date, first_weekday: int, open_asks: int) -> Before:
    """What the days before today come to, with a look at all of them.

    Args:
        history: the days before today.
        today: the local day now.
        first_weekday: of a week; Monday is 0.
        open_asks: asks of the days before that have no answer.
    """
    past = past_of(history, today, first_weekday, open_asks)
    return Before(today, past, strip_before(history, today, first_weekday))


def carried_on(
    history: History, before: Before, today: date, first_weekday: int, new_asks: int
) -> Before:
    """The same answer, given what it was on an earlier day.

    Args:
        history: the days from the first one of that day's week on.
        before: what the days before that day came to.
        today: the local day now.
        first_weekday: of a week; Monday is 0.
        new_asks: asks since that day that have no answer.
    """
    past, open_asks = before.past, before.past.open_asks + new_asks
    for day in days_between(before.day, today - ONE_DAY):
        past = past_after(history, past, day, first_weekday, open_asks)
    strip = strip_before(history, today, first_weekday, before.strip)
    return Before(today, replace(past, open_asks=open_asks), strip)


def strip_before(
    history: History, today: date, first_weekday: int, known: Sequence[StripDay] = ()
) -> tuple[StripDay, ...]:
    """The last twelve weeks, from the first day of the first to yesterday.

    Args:
        history: the days before today; those that are known it need not hold.
        today: the local day now.
        first_weekday: of a week; Monday is 0.
        known: what became of some of the days.
    """
    first = week_start(today, first_weekday) - timedelta(weeks=STRIP_WEEKS - 1)
    found = {item.day: item for item in known}
    return tuple(
        found.get(day) or StripDay(day, history.status(day, history.dues(day, today), today))
        for day in days_between(first, today - ONE_DAY)
    )
