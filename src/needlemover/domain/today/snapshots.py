"""The frozen facts that a view shows. None of them moves with the clock."""

from datetime import date, datetime
from enum import StrEnum
from typing import Literal

from msgspec import Struct

from ..calls.entry import Outcome, fills_quota, is_dial
from ..day import week_start
from ..promises.commitment import Progress, Terms, Timeline
from ..promises.quota import Week
from ..promises.status import DayOff, Due, Status, seconds_to_win
from ..promises.streak import Streak
from ..promises.weekly import WeekDue
from ..settings import Settings


class Newness(StrEnum):
    """Whether a conversation was the first one with its contact."""

    NEW = "new"
    KNOWN = "known"


class ActivityFact(Struct, frozen=True):
    """A high-value activity and what was promised for it."""

    id: int
    name: str
    is_sales: bool
    rank: int
    timeline: Timeline


class EntryFact(Struct, frozen=True):
    """Something that happened."""

    id: int
    activity_id: int | None
    activity: str
    is_sales: bool
    day: date
    started_at: datetime | None
    """UTC; None when only the day is known."""
    utc_offset: int | None
    """Seconds east of UTC at that moment."""
    seconds: int
    count: int
    outcome: Outcome | None
    contact: str
    amount: int | None
    """Money received, in minor units; negative for a refund."""
    note: str
    came_from: int | None
    follows: int | None
    late: bool
    """Entered by hand on a later day than its own."""
    newness: Newness | None = None
    answer: Outcome | None = None
    """How a later entry settled this ask."""
    problem_id: int | None = None
    problem: str = ""
    """The title of the problem that the time was put into."""

    @property
    def is_leak(self) -> bool:
        """Whether its time was put into a problem."""
        return self.problem_id is not None

    @property
    def subject(self) -> str:
        """The name of the activity, or the title of the problem; empty: money of neither."""
        return self.activity or self.problem

    @property
    def is_dial(self) -> bool:
        """Whether it was a try at reaching a buyer."""
        return self.is_sales and is_dial(self.outcome, follows=self.follows is not None)

    @property
    def fills_quota(self) -> bool:
        """Whether it counts towards what its activity promises."""
        return not self.is_leak and fills_quota(
            is_sales=self.is_sales,
            outcome=self.outcome,
            follows=self.follows is not None,
            seconds=self.seconds,
            count=self.count,
        )

    @property
    def is_open_ask(self) -> bool:
        """Whether the buyer was asked to buy and has not answered yet."""
        return self.outcome is Outcome.ASKED and self.answer is None


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
        """What is promised on this day."""
        return self.due.terms

    @property
    def progress(self) -> Progress:
        """What was done on this day."""
        return self.due.progress


class WeeklyDay(Struct, frozen=True):
    """One line of what is promised by the week, as its whole week stands."""

    activity: ActivityFact
    due: WeekDue
    streak: Streak
    """In weeks."""

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
        """What is promised for this week."""
        return self.due.terms

    @property
    def progress(self) -> Progress:
        """What was done in this week."""
        return self.due.progress


class SalesDay(Struct, frozen=True):
    """All sales activities of a day together."""

    seconds: int
    quota_seconds: int | None
    conversations: int
    quota_conversations: int | None
    dials: int
    new_buyers: int
    yesterday_seconds: int
    week: Week


class Running(Struct, frozen=True):
    """The timer that runs."""

    activity_id: int | None
    name: str
    """Of the activity, or the title of the problem."""
    is_sales: bool
    contact: str
    started_at: datetime
    last_seen: datetime | None
    """When an app last saw it run; None: it was started by a command and no app has."""
    day: date
    problem_id: int | None = None
    """Where it is set there is no activity."""

    @property
    def kind(self) -> Literal["activity", "problem"]:
        """What it runs on."""
        return "activity" if self.problem_id is None else "problem"


class ProblemAsk(Struct, frozen=True):
    """A problem about which it was promised to ask again on a day."""

    problem_id: int
    title: str
    day: date


class StripDay(Struct, frozen=True):
    """One day of the strip of the last weeks."""

    day: date
    status: Status


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
    weekly: tuple[WeeklyDay, ...] = ()
    """What is promised by the week on this day; it never decides whether the day is won."""
    asks: tuple[ProblemAsk, ...] = ()
    """The problems to ask about again, if it is today."""

    @property
    def is_today(self) -> bool:
        """Whether it is the day that runs now."""
        return self.day == self.today

    @property
    def is_this_week(self) -> bool:
        """Whether it lies in the week that runs now."""
        first_weekday = self.settings.first_weekday
        return week_start(self.day, first_weekday) == week_start(self.today, first_weekday)

    @property
    def due(self) -> tuple[ActivityDay, ...]:
        """The activities due on this day."""
        return tuple(item for item in self.activities if item.due.due)

    @property
    def seconds_to_win(self) -> int:
        """The least seconds with which the day, where it is today, can still be won."""
        return seconds_to_win(item.due for item in self.activities)


class StreakReport(Struct, frozen=True):
    """All streaks as of a day; in weeks for what is promised by the week on that day."""

    as_of: date
    overall: Streak
    activities: tuple[tuple[ActivityFact, Streak], ...]


class MissedDay(Struct, frozen=True):
    """A day since the last use on which something due was not met."""

    day: date
    activities: tuple[ActivityDay, ...]
    """Those that were due and not met."""
