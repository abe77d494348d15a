"""The JSON of needle progress and streaks.

The `unit` says what a streak, `kept`, and the `due` and `met` of a week count: days or weeks.
"""

from datetime import date

from msgspec import Struct, field

from ...domain.progress.quota_history import QuotaBar
from ...domain.progress.record import DayRecord
from ...domain.progress.streaks import StreakReport
from ...domain.progress.summary import StreakCard, WeekdayKept
from ...domain.promises.commitment import ActivityFact, is_archived, is_weekly
from ...domain.promises.status import Status
from ...domain.promises.streak import Run
from . import JsonView, view
from .today import StreakView


class ProgressReport(Struct, frozen=True):
    """What the command tells of a window of days, for one activity or for all together."""

    since: date
    until: date
    activity: ActivityFact | None
    card: StreakCard
    """As of the end of the window, or today when it ends later."""
    days: tuple[DayRecord, ...]
    weeks: tuple[QuotaBar, ...]
    """Whole weeks, those at the ends of the window too."""
    weekdays: tuple[WeekdayKept, ...]


class _Streak(StreakView, frozen=True):
    runs: list[Run]


class _Card(_Streak, frozen=True):
    to_go: int
    still_due: int


class _Kept(JsonView, frozen=True):
    met: int
    due: int


class _Done(JsonView, frozen=True):
    seconds: int
    count: int
    quota_seconds: int | None
    quota_count: int | None
    due: int
    met: int


class _Day(_Done, frozen=True):
    day: date
    status: Status
    share: float
    late: bool
    reason: str | None
    off_reason: str | None


class _Week(_Done, frozen=True):
    start: date
    end: date
    unit: str


class ProgressView(JsonView, frozen=True):
    """A window of days as `needle progress --json` gives it."""

    version: int
    since: date
    until: date
    activity: str | None
    unit: str
    card: _Card = field(name="streak")
    kept: dict[str, _Kept]
    days: list[_Day]
    weeks: list[_Week]
    weekdays: list[WeekdayKept]


class _ActivityStreak(_Streak, frozen=True):
    name: str
    unit: str


class StreaksView(JsonView, frozen=True):
    """All streaks as `needle streaks --json` gives them."""

    version: int
    as_of: date
    overall: _Streak
    activities: list[_ActivityStreak]


def progress_view(found: ProgressReport) -> ProgressView:
    """How a window of days was kept."""
    return view(
        ProgressView,
        found,
        activity=found.activity.name if found.activity else None,
        unit=found.card.unit,
        card=view(_Card, found.card, runs=found.card.streak.runs),
        kept={str(item.days): item for item in found.card.kept},
        days=[
            view(
                _Day,
                item,
                share=round(item.share, 4),
                reason=item.reason or None,
                off_reason=(item.day_off.reason or None) if item.day_off else None,
            )
            for item in found.days
        ],
        weeks=[view(_Week, item, unit=_unit(weekly=item.is_weekly)) for item in found.weeks],
    )


def streaks_view(report: StreakReport) -> StreaksView:
    """The streaks of what is not archived."""
    return view(
        StreaksView,
        report,
        activities=[
            view(
                _ActivityStreak,
                *(fact, streak),
                unit=_unit(weekly=is_weekly(fact.timeline, report.as_of)),
            )
            for fact, streak in report.activities
            if not is_archived(fact.timeline, report.as_of)
        ],
    )


def _unit(*, weekly: bool) -> str:
    return "week" if weekly else "day"
