"""All streaks at the end of a day."""

from collections.abc import Mapping
from datetime import date

from msgspec import Struct

from ..day import ONE_DAY, USUAL_WEEKS, Weeks
from ..promises.commitment import NOTHING, ActivityFact, Done, was_weekly
from ..promises.marks import Streak
from ..today.history import History


class StreakReport(Struct, frozen=True):
    """All streaks as of a day; in weeks for what is promised by the week on that day."""

    as_of: date
    overall: Streak
    activities: tuple[tuple[ActivityFact, Streak], ...]


def streak_report(
    history: History,
    as_of: date,
    today: date,
    done_today: Mapping[int, Done],
    weeks: Weeks = USUAL_WEEKS,
) -> StreakReport:
    """All streaks at the end of a day; an open today, or an open week, neither adds nor breaks.

    Of an activity that is promised by the week on that day, or was last when it was put away, it is
    the streak in weeks.
    """
    overall, streaks = history.streaks(as_of if as_of < today else today - ONE_DAY)
    if as_of >= today:
        dues = history.dues(today, today, done_today)
        overall = overall.after(history.status(today, dues, today).mark, today)
        for key, due in dues.items():
            streaks[key] = streaks.get(key, Streak()).after(due.mark, today, is_over=False)
    streaks |= _streaks_in_weeks(history, as_of, today, done_today, weeks)
    lines = tuple((item, streaks.get(item.id, Streak())) for item in history.activities)
    return StreakReport(as_of, overall, lines)


def _streaks_in_weeks(
    history: History, as_of: date, today: date, done_today: Mapping[int, Done], weeks: Weeks
) -> dict[int, Streak]:
    """The streaks, at the end of a day, of what is, or was last, promised by the week."""
    week = weeks.of(as_of)
    before = history.week_streaks(weeks, week.first)
    found = {}
    for item in history.activities:
        if not was_weekly(item.timeline, as_of):
            continue
        progress = history.progress(item.id, week.first, min(as_of, today - ONE_DAY))
        if as_of >= today:
            progress += done_today.get(item.id, NOTHING)
        now = today if as_of >= today else as_of + ONE_DAY
        due = history.week_due(item, week, progress, now)
        streak = before.get(item.id, Streak())
        found[item.id] = streak.after(due.mark, week.first, week.last, is_over=due.is_over)
    return found
