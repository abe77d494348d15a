"""The frozen facts that a view shows. None of them moves with the clock."""

from __future__ import annotations

from datetime import date, datetime, tzinfo
from typing import TYPE_CHECKING

from msgspec import Struct

from ..calls.entry import Block, EntryFact, Running, running_seconds
from ..promises.commitment import ActivityFact, Done, Terms
from ..promises.marks import Streak
from ..promises.status import DayOff, Due, Status, StripDay, WeekDue
from ..settings import Settings, expected_share, pace

if TYPE_CHECKING:
    from ..buyers.contact import Talk
    from ..buyers.next_calls import Candidates


class ActivityDay(Struct, frozen=True):
    """One line of the checklist."""

    activity: ActivityFact
    due: Due
    streak: Streak

    @property
    def id(self) -> int:
        """The activity's."""
        return self.activity.id

    @property
    def name(self) -> str:
        """The activity's."""
        return self.activity.name

    @property
    def terms(self) -> Terms | None:
        """What is promised."""
        return self.due.terms

    @property
    def progress(self) -> Done:
        """What was done."""
        return self.due.progress


class WeeklyDay(ActivityDay, frozen=True):
    """One line of what is promised by the week, as its whole week stands; its streak in weeks."""

    due: WeekDue


class SalesDay(Struct, frozen=True):
    """All sales activities of a day together."""

    seconds: int
    quota_seconds: int | None
    conversations: int
    quota_conversations: int | None
    dials: int
    new_buyers: int
    yesterday_seconds: int
    week_seconds: int  # of the calendar week
    week_quota_seconds: int  # of all its due days, and what is promised by the week


class ProblemAsk(Struct, frozen=True):
    """A problem about which it was promised to ask again on a day."""

    problem_id: int
    title: str
    day: date


class GoalLine(Struct, frozen=True):
    """The money wanted, in one line."""

    received: int  # so far, in minor units
    wanted: int
    wins: int | None  # still needed at the average; None where that is not known well enough
    is_assumed: bool = False  # whether what a win brings is assumed


class DaySnapshot(Struct, frozen=True):
    """All that the Today view shows of one day."""

    day: date
    today: date
    status: Status
    streak: Streak
    activities: tuple[ActivityDay, ...]
    sales: SalesDay | None
    entries: tuple[EntryFact, ...]
    running: Running | None
    strip: tuple[StripDay, ...]
    open_asks: int
    settings: Settings
    day_off: DayOff | None = None
    weekly: tuple[WeeklyDay, ...] = ()  # promised by the week: it never decides whether it is won
    asks: tuple[ProblemAsk, ...] = ()  # the problems to ask about again, if it is today
    talks_week_ago: int | None = None  # the conversations a week before, if it is today and won
    block: Block | None = None  # the call block that is open
    goal: GoalLine | None = None  # the money wanted, if it is today, that was asked for
    candidates: Candidates | None = None  # who may be called next, if that was asked for
    talk: Talk | None = None  # the same of who is talked to, where a contact is named that is known

    @property
    def is_today(self) -> bool:
        """Whether it is the day that runs now."""
        return self.day == self.today

    @property
    def is_talking(self) -> bool:
        """Whether it is today, and a call runs."""
        return self.is_today and self.running is not None and self.running.is_sales

    @property
    def is_this_week(self) -> bool:
        """Whether it lies in the week that runs now."""
        weeks = self.settings.weeks
        return weeks.of(self.day) == weeks.of(self.today)

    @property
    def due(self) -> tuple[ActivityDay, ...]:
        """The activities due on this day."""
        return tuple(item for item in self.activities if item.due.due)

    def over_limits(self, now: datetime) -> tuple[ActivityDay, ...]:
        """The activities whose upper limit is passed, by what a timer measured so far, too."""
        limits = ((item, item.terms) for item in self.activities if item.due.is_limit)
        return tuple(
            item for item, terms in limits if terms and not terms.met_by(self.done_by(item, now))
        )

    def done_by(self, item: ActivityDay, now: datetime) -> Done:
        """What is done for an activity, with what a timer that began on this day has by now."""
        running = self.running
        if running is None or (running.activity_id, running.day) != (item.id, self.day):
            return item.progress
        return item.progress + Done(running_seconds(running.started_at, now))

    @property
    def asked(self) -> tuple[ActivityDay, ...]:
        """What decides whether today is won: none on its first day, unless all are."""
        return tuple(item for item in self.due if not item.due.begins) or self.due

    def pace(self, now: datetime, zone: tzinfo) -> int | None:
        """Seconds with buyers ahead of (negative: behind) the quota; None: none, or another day."""
        if not self.is_today or self.sales is None or self.sales.quota_seconds is None:
            return None
        share = expected_share(now, self.day, zone, self.settings.working_day)
        return pace(self.sales.seconds, self.sales.quota_seconds, share)


class MissedDay(Struct, frozen=True):
    """A day since the last use on which something due was not met."""

    day: date
    activities: tuple[ActivityDay, ...]  # those that were due and not met
