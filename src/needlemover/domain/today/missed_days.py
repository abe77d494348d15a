"""The days since the last use on which something due was not met."""

from datetime import date

from ..day import ONE_DAY, days_between
from ..promises.streak import Streak
from .history import History
from .snapshot import ActivityDay, MissedDay


def missed_days(history: History, since: date, today: date, at_most: int) -> tuple[MissedDay, ...]:
    """The latest `at_most` days, from the last use on, on which something due was not met.

    The day of the last use may have been left half done.
    """
    found = []
    for day in days_between(since, today - ONE_DAY):
        dues = history.dues(day, today)
        lines = tuple(
            ActivityDay(item, dues[item.id], Streak())
            for item in history.activities
            if dues[item.id].due and not dues[item.id].met
        )
        if lines:
            found.append(MissedDay(day, lines))
    return tuple(found[-at_most:])
