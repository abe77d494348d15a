"""What the days before a day hand on to it. It is expensive, so it is carried on day by day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING

from msgspec import Struct, field
from msgspec.structs import replace

from ..day import ONE_DAY, Weeks, days_between
from ..promises.marks import NOT_DUE, Streak, whole_day_marks
from ..promises.status import StripDay

if TYPE_CHECKING:
    from .history import History
    from .snapshot import DaySnapshot

STRIP_WEEKS = 12


class Past(Struct, frozen=True):
    """What the days before a day hand on to it."""

    day: date
    overall: Streak
    streaks: Mapping[int, Streak]
    yesterday_seconds: int  # with buyers
    week_seconds: int  # with buyers, in the days of the same week before the day
    week_quota_seconds: int  # what those days asked for
    open_asks: int
    week_streaks: Mapping[int, Streak] = field(default_factory=dict)
    """In weeks, before the week of the day."""
    strip: tuple[StripDay, ...] = ()  # before today: the last twelve weeks, up to yesterday


def before_today(history: History, today: date, weeks: Weeks, open_asks: int) -> Past:
    """What the days before today hand on to it, with a look at all of them."""
    strip = strip_before(history, today, weeks)
    return replace(past_of(history, today, weeks, open_asks), strip=strip)


def carried_on(history: History, past: Past, today: date, weeks: Weeks, new_asks: int) -> Past:
    """The same answer, given what it was on an earlier day, and the open `new_asks` since.

    The history must hold the days from the first one of that day's week on.
    """
    strip = strip_before(history, today, weeks, past.strip)
    for day in days_between(past.day, today - ONE_DAY):
        past = past_after(history, past, day, weeks, past.open_asks)
    return replace(past, open_asks=past.open_asks + new_asks, strip=strip)


def strip_before(
    history: History, today: date, weeks: Weeks, known: Sequence[StripDay] = ()
) -> tuple[StripDay, ...]:
    """The last twelve weeks, up to yesterday. Days that are known the history need not hold."""
    first = weeks.start(today) - timedelta(weeks=STRIP_WEEKS - 1)
    found = {item.day: item for item in known}
    return tuple(
        found.get(day) or StripDay(day, history.status(day, history.dues(day, today), today))
        for day in days_between(first, today - ONE_DAY)
    )


def past_of(history: History, day: date, weeks: Weeks, open_asks: int) -> Past:
    """What the days before one that is not to come hand on to it, with their `open_asks`."""
    overall, streaks = history.streaks(day - ONE_DAY)
    in_weeks = history.week_streaks(weeks, weeks.start(day))
    return _past(history, day, weeks, overall, streaks, in_weeks, open_asks, day)


def past_after(history: History, past: Past, day: date, weeks: Weeks, open_asks: int) -> Past:
    """What a day that is over hands on to the next one, given what was handed on to it.

    The same answer as `past_of` gives for the next day, of a history that holds the days from the
    first one of the day's week on. `open_asks` are those of the day and before.
    """
    marks = history.marks(day, day)
    streaks = dict(past.streaks)
    for key, row in marks.items():
        streaks[key] = streaks.get(key, Streak()).after(row[0], day)
    in_weeks, week = dict(past.week_streaks), weeks.of(day)
    if week.last == day:
        in_weeks |= history.after_week(in_weeks, week)
    overall = past.overall.after(max(whole_day_marks(marks.values()), default=NOT_DUE), day)
    after = day + ONE_DAY
    return _past(history, after, weeks, overall, streaks, in_weeks, open_asks, after)


def _past(
    history: History,
    day: date,
    weeks: Weeks,
    overall: Streak,
    streaks: Mapping[int, Streak],
    in_weeks: Mapping[int, Streak],
    open_asks: int,
    today: date,
) -> Past:
    yesterday, week = day - ONE_DAY, weeks.start(day)

    def with_buyers(first: date) -> int:
        return sum(history.progress(item.id, first, yesterday).seconds for item in history.sales)

    return Past(
        day=day,
        overall=overall.alone,
        streaks={key: streak.alone for key, streak in streaks.items()},
        yesterday_seconds=with_buyers(yesterday),
        week_seconds=with_buyers(week),
        week_quota_seconds=sum(
            seconds_due(history, on, today) for on in days_between(week, yesterday)
        ),
        open_asks=open_asks,
        week_streaks={key: streak.alone for key, streak in in_weeks.items()},
    )


def past_ahead(history: History, current: DaySnapshot, day: date) -> Past:
    """What today, as it stands, hands on to a day to come, with a history from its week on."""
    streaks, in_weeks = (
        {item.id: item.streak for item in lines} for lines in (current.activities, current.weekly)
    )
    weeks, asks = current.settings.weeks, current.open_asks
    return _past(history, day, weeks, current.streak, streaks, in_weeks, asks, current.day)


def seconds_due(history: History, day: date, today: date) -> int:
    """The minutes with buyers that a day asks for, in seconds."""
    dues = (history.due(item, day, history.progress(item.id, day), today) for item in history.sales)
    return sum(due.quota_seconds for due in dues)
