"""The JSON of needle progress. Days are YYYY-MM-DD, durations seconds.

The `unit` says what a streak, `kept`, and the `due` and `met` of a week count: days or weeks.
"""

from typing import TYPE_CHECKING, Any

from ...domain.progress.quota_history import QuotaBar
from ...domain.progress.record import DayRecord
from ...domain.progress.summary import StreakCard
from ...domain.promises.streak import Run

if TYPE_CHECKING:
    from ..progress import ProgressReport

Shape = dict[str, Any]


def progress_shape(found: "ProgressReport") -> Shape:
    """A window of days as `needle progress --json` gives it."""
    return {
        "since": found.since.isoformat(),
        "until": found.until.isoformat(),
        "activity": found.activity.name if found.activity else None,
        "unit": found.card.unit,
        "streak": _streak(found.card),
        "kept": {str(item.days): {"met": item.met, "due": item.due} for item in found.card.kept},
        "days": [_day(item) for item in found.days],
        "weeks": [_week(item) for item in found.weeks],
        "weekdays": [
            {"weekday": item.weekday, "met": item.met, "due": item.due} for item in found.weekdays
        ],
    }


def _streak(card: StreakCard) -> Shape:
    return {
        "current": card.current,
        "best": card.best,
        "to_go": card.to_go,
        "still_due": card.still_due,
        "runs": [_run(item) for item in card.streak.runs],
    }


def _run(run: Run) -> Shape:
    return {"start": run.start.isoformat(), "end": run.end.isoformat(), "days": run.days}


def _day(item: DayRecord) -> Shape:
    return {
        "day": item.day.isoformat(),
        "status": item.status.value,
        "due": item.due,
        "met": item.met,
        "share": round(item.share, 4),
        **_numbers(item),
        "late": item.late,
        "reason": item.reason or None,
        "off_reason": (item.day_off.reason or None) if item.day_off else None,
    }


def _week(item: QuotaBar) -> Shape:
    return {
        "start": item.start.isoformat(),
        "end": item.end.isoformat(),
        "unit": "week" if item.is_weekly else "day",
        "due": item.due,
        "met": item.met,
        **_numbers(item),
    }


def _numbers(item: DayRecord | QuotaBar) -> Shape:
    return {
        "seconds": item.seconds,
        "count": item.count,
        "quota_seconds": item.quota_seconds,
        "quota_count": item.quota_count,
    }
