"""The JSON of needle progress and streaks.

The `unit` says what a streak, `kept`, and the `due` and `met` of a week count: days or weeks.
"""

from datetime import date

from msgspec import Struct

from ...domain.progress.quota_history import QuotaBar
from ...domain.progress.record import DayRecord
from ...domain.progress.summary import StreakCard, StreakReport, WeekdayKept
from ...domain.promises.commitment import ActivityFact, is_archived, is_weekly
from . import JsonView, Part, pick, view

_DONE = "seconds count quota_seconds quota_count due met"


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


class ProgressView(JsonView, frozen=True):
    """A window of days as `needle progress --json` gives it."""

    version: int
    since: date
    until: date
    activity: str | None
    unit: str
    streak: Part
    kept: dict[str, Part]
    days: list[Part]
    weeks: list[Part]
    weekdays: list[WeekdayKept]


class StreaksView(JsonView, frozen=True):
    """All streaks as `needle streaks --json` gives them."""

    version: int
    as_of: date
    overall: Part
    activities: list[Part]


def progress_view(found: ProgressReport) -> ProgressView:
    """How a window of days was kept."""
    return view(
        ProgressView,
        found,
        activity=found.activity.name if found.activity else None,
        unit=found.card.unit,
        streak=pick(found.card, "current best to_go still_due") | {"runs": found.card.streak.runs},
        kept={str(item.days): pick(item, "met due") for item in found.card.kept},
        days=list(map(_day, found.days)),
        weeks=[
            pick(item, f"start end {_DONE}") | {"unit": _unit(weekly=item.is_weekly)}
            for item in found.weeks
        ],
    )


def streaks_view(report: StreakReport) -> StreaksView:
    """The streaks of what is not archived."""
    activities = [
        pick(streak, "current best runs")
        | {"name": fact.name, "unit": _unit(weekly=is_weekly(fact.timeline, report.as_of))}
        for fact, streak in report.activities
        if not is_archived(fact.timeline, report.as_of)
    ]
    overall = pick(report.overall, "current best runs")
    return view(StreaksView, report, overall=overall, activities=activities)


def _day(item: DayRecord) -> Part:
    off = item.day_off.reason if item.day_off else ""
    reasons = {"reason": item.reason or None, "off_reason": off or None}
    return pick(item, f"day status late {_DONE}") | {"share": round(item.share, 4)} | reasons


def _unit(*, weekly: bool) -> str:
    return "week" if weekly else "day"
