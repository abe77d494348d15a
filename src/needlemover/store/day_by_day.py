"""The past carried on from day to day, and how the next days will begin if nothing happens."""

from collections.abc import Iterator
from datetime import date, timedelta

from sqlalchemy import Connection

from ..domain.day import ONE_DAY, week_start
from ..domain.today.assembly import day_snapshot, strip_before
from ..domain.today.history import History
from ..domain.today.past import past_after
from ..domain.today.snapshot import DaySnapshot
from .calls.entry_facts import count_open_asks
from .calls.timer import read_running
from .delegation.problem_rows import read_asks
from .kept_past import Kept
from .progress.history_rows import read_history, read_totals, read_week
from .session import Moment

DAYS_AHEAD = 4
"""A weekend and a day off at each end: who comes back later waits as long as with a new file."""

_LONGEST = timedelta(days=31)
"""What was kept longer ago is worked out anew, which then takes no longer."""


def carried_on(
    connection: Connection, kept: Kept, day: date, first_weekday: int
) -> tuple[History, Kept] | None:
    """What the days before a day hand on to it, given what was kept of an earlier one.

    The history holds only the days since then. None where that is too long ago.
    """
    if kept.day == day:
        return read_history(connection, {}), kept
    if not kept.day < day <= kept.day + _LONGEST:
        return None
    history = _history_since(connection, kept.day, day, first_weekday)
    while kept.day < day:
        kept = _next(connection, history, kept, first_weekday)
    return history, kept


def days_ahead(connection: Connection, moment: Moment, kept: Kept) -> Iterator[DaySnapshot]:
    """What Today will show on the next days, given what was handed on to today."""
    first_weekday = moment.settings.first_weekday
    last = kept.day + timedelta(days=DAYS_AHEAD)
    history = _history_since(connection, kept.day, last, first_weekday)
    while kept.day < last:
        kept = _next(connection, history, kept, first_weekday)
        yield day_snapshot(
            history=history,
            past=kept.past,
            day=kept.day,
            today=kept.day,
            entries=(),
            running=read_running(connection),
            strip=kept.strip,
            settings=moment.settings,
            done_in_week=read_week(connection, history, kept.day, first_weekday),
            asks=read_asks(connection, kept.day),
        )


def _history_since(connection: Connection, day: date, before: date, first_weekday: int) -> History:
    since = week_start(day, first_weekday)
    return read_history(connection, read_totals(connection, before, since))


def _next(connection: Connection, history: History, kept: Kept, first_weekday: int) -> Kept:
    day = kept.day + ONE_DAY
    asks = count_open_asks(connection, day)
    return Kept(
        day,
        past_after(history, kept.past, kept.day, first_weekday, asks),
        strip_before(history, day, first_weekday, kept.strip),
    )
