"""What was promised and done on the days, as rows. It is added up by the database."""

from datetime import date, timedelta

from sqlalchemy import Connection, func, literal_column, select

from ...domain.day import week_start
from ...domain.promises.commitment import Progress, is_weekly
from ...domain.promises.status import DayTotal
from ...domain.today.history import History
from ..file import plain_rows
from ..promises.activity_rows import read_activities
from ..promises.days_off import read_days_off
from ..schema.bookkeeping import SKIPPED_DAY
from ..schema.tables import ENTRY

# Answered in order from the index `entry_filling` alone, activity by activity.
_TOTALS = """
    SELECT activity_id, day, sum(seconds), sum(count) FROM entry
    WHERE fills_quota = 1 AND activity_id IN (SELECT id FROM activity)
    AND day >= :since AND day < :before
    GROUP BY activity_id, day
"""


def read_totals(
    connection: Connection, before: date, since: date = date.min
) -> dict[int, list[DayTotal]]:
    """What the entries of each activity add up to on each day before a day, since another."""
    totals: dict[int, list[DayTotal]] = {}
    values = {"since": since.isoformat(), "before": before.isoformat()}
    for activity_id, day, seconds, count in plain_rows(connection, _TOTALS, values):
        total = (date.fromisoformat(day), seconds, count)
        totals.setdefault(activity_id, []).append(total)
    return totals


def read_week(
    connection: Connection, history: History, day: date, first_weekday: int
) -> dict[int, Progress]:
    """What was done in the week of a day for what is promised by the week on it."""
    weekly = [item.id for item in history.activities if is_weekly(item.timeline, day)]
    if not weekly:
        return {}
    first = week_start(day, first_weekday)
    rows = connection.execute(
        select(ENTRY.c.activity_id, func.sum(ENTRY.c.seconds), func.sum(ENTRY.c.count))
        .where(
            # Written out, because only then the index of what fills a quota is sure to be used.
            ENTRY.c.fills_quota == literal_column("1"),
            ENTRY.c.activity_id.in_(weekly),
            ENTRY.c.day.between(first, first + timedelta(days=6)),
        )
        .group_by(ENTRY.c.activity_id)
    )
    return {row[0]: Progress(row[1], row[2], done=True) for row in rows}


def read_history(connection: Connection, totals: dict[int, list[DayTotal]]) -> History:
    """The history, with totals or, for today alone, without."""
    return History(
        activities=read_activities(connection),
        totals=totals,
        days_off=read_days_off(connection),
        skipped=frozenset(row[0] for row in connection.execute(select(SKIPPED_DAY.c.day))),
    )
