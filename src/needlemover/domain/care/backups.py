"""Which backups are kept: fewer and fewer, the further back they lie."""

from collections.abc import Callable, Hashable, Iterable
from datetime import date

_PERIODS: tuple[tuple[Callable[[date], Hashable], int], ...] = (
    (lambda day: day, 7),
    (lambda day: day.isocalendar()[:2], 4),
    (lambda day: (day.year, day.month), 12),
)
"""What makes two days the same one, week or month, and how many of these are kept."""


def days_to_keep(days: Iterable[date]) -> frozenset[date]:
    """Of the days that have a backup, those whose backup is kept.

    The newest of each of the last 7 days, 4 weeks (from Monday on) and 12 months that have one.
    Days without use count for nothing, so that a long absence takes no backup away.
    """
    newest_first = sorted(set(days), reverse=True)
    kept: set[date] = set()
    for period_of, many in _PERIODS:
        newest: dict[Hashable, date] = {}
        for day in newest_first:
            newest.setdefault(period_of(day), day)
        kept.update(list(newest.values())[:many])
    return frozenset(kept)
