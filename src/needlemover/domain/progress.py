"""Whether the promise is kept: streaks, due days met, weekdays, and each promise in its time."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from .commitment import Terms
from .record import DayRecord, ProgressSnapshot
from .snapshots import ActivityFact
from .streak import Run, Streak

KEPT_WINDOWS = (7, 30, 90)
"""Days."""


@dataclass(frozen=True, slots=True)
class Kept:
    """How many of the due days in the last so many calendar days were met."""

    days: int
    due: int
    """Today is among them only once it is met."""
    met: int


@dataclass(frozen=True, slots=True)
class StreakCard:
    """The streak of an activity, or the overall one."""

    activity: ActivityFact | None
    """None: overall."""
    streak: Streak
    kept: tuple[Kept, ...]
    """One for each of `KEPT_WINDOWS`."""
    still_due: int = 0
    """How many things must still be done today or the current streak ends; 0 when none stands."""

    @property
    def current(self) -> int:
        """Due days in a row that were met, up to now."""
        return self.streak.current

    @property
    def best(self) -> int:
        """The record, in days."""
        return self.streak.best

    @property
    def to_go(self) -> int:
        """Due days until the record is equalled (best − current); 0: this streak is the record."""
        return self.streak.best - self.streak.current

    @property
    def runs(self) -> tuple[Run, ...]:
        """All runs, newest first; the first one is the current streak where one stands."""
        return self.streak.runs[::-1]


@dataclass(frozen=True, slots=True)
class WeekdayKept:
    """How a weekday is kept."""

    weekday: int
    """Monday is 0."""
    due: int
    met: int


@dataclass(frozen=True, slots=True)
class PromiseKept:
    """A commitment of an activity, and how it was kept while it held."""

    activity: ActivityFact
    start: date
    end: date | None
    """Its last day; None: it is still in force."""
    terms: Terms
    due: int
    """Due days; today is among them only once it is met."""
    met: int


def streak_cards(snapshot: ProgressSnapshot, as_of: date | None = None) -> tuple[StreakCard, ...]:
    """The overall streak first, then that of each activity that is not archived, by rank.

    Args:
        snapshot: what is known.
        as_of: as they stood at the end of this day; None: as they stand today.
    """
    raise NotImplementedError


def kept(records: Sequence[DayRecord]) -> tuple[int, int]:
    """How many due days there were, and how many of them were met."""
    raise NotImplementedError


def weekdays_kept(records: Sequence[DayRecord], first_weekday: int) -> tuple[WeekdayKept, ...]:
    """All seven weekdays, in the order of the week."""
    raise NotImplementedError


def best_and_worst(days: Sequence[WeekdayKept]) -> tuple[WeekdayKept, WeekdayKept] | None:
    """The weekday that is kept best and the one that slips most; None where none differs.

    Only weekdays with due days count; of equals the one with more due days, then the earlier.
    """
    raise NotImplementedError


def promises_kept(snapshot: ProgressSnapshot) -> tuple[PromiseKept, ...]:
    """Every activity's commitments, archived ones included, by rank and by rising start."""
    raise NotImplementedError
