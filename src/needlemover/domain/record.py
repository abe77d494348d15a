"""The days as they were kept: what was due, met and done on each, for one activity or for all."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from .history import History
from .settings import Settings
from .status import DayOff, Status


@dataclass(frozen=True, slots=True)
class ProgressSnapshot:
    """All that Progress is worked out of. It does not move with the clock."""

    history: History
    """Its totals hold today's too, unlike those that Today is worked out of."""
    today: date
    settings: Settings
    late: frozenset[tuple[int, date]] = frozenset()
    """The activities and days of which something was entered by hand on a later day."""
    reasons: Mapping[date, str] | None = None
    """What was noted on missed days."""


@dataclass(frozen=True, slots=True)
class DayRecord:
    """A day of one activity, or of all of them together.

    Of all together, the seconds and the count are those with buyers: of every sales activity; the
    quotas those of the sales activities that were due.
    """

    day: date
    status: Status
    due: int
    """How many activities were due."""
    met: int
    """How many of them were met."""
    share: float
    """How much of what was due was done, 0 to 1: the mean over the activities that were due."""
    seconds: int
    count: int
    quota_seconds: int | None
    """What the commitment in force asked on this very day; None: nothing, or it was not due."""
    quota_count: int | None
    late: bool
    """Whether something of it was entered by hand on a later day."""
    reason: str
    """Why it was missed, where that was noted."""
    day_off: DayOff | None
    """The day off that covers it; of all together also one of a single activity that was all that
    would have been due. A day to come keeps the status `ahead`."""

    @property
    def is_settled(self) -> bool:
        """Whether it was a due day that was kept or not; an open today is neither."""
        return self.status in (Status.WON, Status.PART, Status.MISSED)

    @property
    def is_met(self) -> bool:
        """Whether all that was due was met."""
        return self.status is Status.WON


def record(
    snapshot: ProgressSnapshot, first: date, last: date, activity_id: int | None = None
) -> tuple[DayRecord, ...]:
    """Every day from the first to the last, both included, past or to come.

    Args:
        snapshot: what is known.
        first: the first day.
        last: the last day; before the first: there are none.
        activity_id: of which activity; None: of all together.
    """
    raise NotImplementedError
