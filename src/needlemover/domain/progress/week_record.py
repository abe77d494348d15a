"""The calendar weeks as they were kept, of what was promised by the week."""

from collections.abc import Sequence
from datetime import date

from msgspec import Struct

from ..day import ONE_DAY
from ..promises.commitment import ActivityFact, week_terms
from ..promises.status import WeekDue
from .record import DayRecord, ProgressSnapshot


class WeekRecord(Struct, frozen=True):
    """A calendar week that an activity is, or was, promised by."""

    start: date
    end: date
    """The last day."""
    due: WeekDue

    @property
    def is_settled(self) -> bool:
        """Whether it was a due week that was kept or not; a week that runs counts once met."""
        return self.due.due and (self.due.met or self.due.is_over)

    @property
    def is_open(self) -> bool:
        """Whether it runs, and asks for something still."""
        return self.due.due and not self.is_settled

    @property
    def is_met(self) -> bool:
        """Whether it was due and met."""
        return self.due.due and self.due.met

    @property
    def seconds(self) -> int:
        """What was done in it."""
        return self.due.progress.seconds

    @property
    def count(self) -> int:
        """Conversations of a sales activity, or counts."""
        return self.due.progress.count


def week_records(
    snapshot: ProgressSnapshot, activity: ActivityFact, first: date, last: date
) -> tuple[WeekRecord, ...]:
    """The weeks from that of the first day to that of the last, as they stood when the last ended.

    Only those that the activity was promised by are given, none for one that is due by the day. A
    week that the last day does not end is open still.
    """
    history, now = snapshot.history, min(snapshot.today, last + ONE_DAY)
    found = []
    for week in snapshot.settings.weeks.between(first, last):
        if week_terms(activity.timeline, week) is not None:
            progress = history.progress(activity.id, week.first, min(week.last, last))
            due = history.week_due(activity, week, progress, now)
            found.append(WeekRecord(week.first, week.last, due))
    return tuple(found)


def kept(records: Sequence[DayRecord | WeekRecord]) -> tuple[int, int]:
    """How many due days, or weeks, there were, and how many of them were met."""
    settled = [item for item in records if item.is_settled]
    return len(settled), sum(item.is_met for item in settled)
