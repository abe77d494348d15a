"""Whether the promise is kept: streaks, due days met, weekdays, and each promise in its time."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from msgspec import Struct

from ..day import ONE_DAY
from ..promises.commitment import ActivityFact, Terms, is_archived, tracked_from, was_weekly
from ..promises.marks import MISSED, NOT_DUE, Streak
from .record import DayRecord, ProgressSnapshot, WeekRecord, day_marks, kept, record, week_records

KEPT_WINDOWS = (7, 30, 90)  # days
_LEAST_DUE = 5  # days by which a weekday may be called the best or the worst


class DaysKept(Struct, frozen=True):
    """How many of the due days in the last so many days were met, or of the weeks that ended."""

    days: int
    due: int  # today, or the week that runs, is among them only once it is met
    met: int


class StreakReport(Struct, frozen=True):
    """All streaks as of a day; in weeks for what is promised by the week on that day."""

    as_of: date
    overall: Streak
    activities: tuple[tuple[ActivityFact, Streak], ...]


class StreakCard(Struct, frozen=True):
    """The streak of an activity, or the overall one."""

    activity: ActivityFact | None  # None: overall
    streak: Streak
    kept: tuple[DaysKept, ...]  # one for each of `KEPT_WINDOWS`
    still_due: int = 0
    """Things to do today or the current streak ends, a promise by the week when it is today or
    never (not of the overall card); 0 when none stands."""
    is_weekly: bool = False  # whether all its numbers, runs and `kept` too, are in weeks

    @property
    def unit(self) -> str:
        """What its numbers count: `day` or `week`."""
        return "week" if self.is_weekly else "day"

    @property
    def to_go(self) -> int:
        """Due days, or weeks, until the record is equalled (best − current); 0: this is it."""
        return self.streak.best - self.streak.current


class WeekdayKept(Struct, frozen=True):
    """How a weekday is kept."""

    weekday: int  # Monday is 0
    due: int
    met: int


class PromiseKept(Struct, frozen=True):
    """A commitment of an activity, and how it was kept while it held."""

    activity: ActivityFact
    start: date
    end: date | None  # its last day; None: it is still in force
    terms: Terms
    due: int
    """Due days or weeks; the one that runs counts only once it is met. A week belongs to the
    commitment that holds on its last day."""
    met: int


def streak_report(snapshot: ProgressSnapshot, as_of: date) -> StreakReport:
    """All streaks at the end of a day, to which what is open still neither adds nor breaks."""
    history, today = snapshot.history, snapshot.today
    overall, streaks = history.streaks(min(as_of, today - ONE_DAY))
    if as_of == today:
        dues = history.dues(today, today)
        overall = overall.after(history.status(today, dues, today).mark, today)
        for key, due in dues.items():
            streaks[key] = streaks.get(key, Streak()).after(due.mark, today, is_over=False)
    in_weeks = history.week_streaks(history.weeks.start(as_of))
    for item in history.activities:
        if was_weekly(item.timeline, as_of):
            streak = in_weeks.get(item.id, Streak())
            for week in week_records(snapshot, item, as_of, as_of):
                streak = streak.after(week.due.mark, week.start, week.end, is_over=week.due.is_over)
            streaks[item.id] = streak
    lines = tuple((item, streaks.get(item.id, Streak())) for item in history.activities)
    return StreakReport(as_of, overall, lines)


def streak_cards(
    snapshot: ProgressSnapshot, as_of: date | None = None, *, archived: bool = False
) -> tuple[StreakCard, ...]:
    """The overall streak first, then each activity's, by rank; `archived`: of all put away too."""
    today = snapshot.today
    as_of = min(as_of or today, today)
    report = streak_report(snapshot, as_of)
    dues = snapshot.history.dues(today, today)
    # What begins today can end no streak, neither that of all nor one of its own.
    to_do = {key for key, due in dues.items() if due.is_open and not due.begins}
    if as_of < today:
        to_do = set()
    cards = [_card(snapshot, None, report.overall, as_of, len(to_do))]
    for activity, streak in report.activities:
        if archived or not is_archived(activity.timeline, as_of):
            cards.append(_card(snapshot, activity, streak, as_of, int(activity.id in to_do)))
    return tuple(cards)


def _card(
    snapshot: ProgressSnapshot, activity: ActivityFact | None, streak: Streak, day: date, to_do: int
) -> StreakCard:
    first = day - timedelta(days=max(KEPT_WINDOWS))
    is_weekly = activity is not None and was_weekly(activity.timeline, day)
    ended: list[tuple[date, DayRecord | WeekRecord]]
    if activity is not None and is_weekly:
        weeks = week_records(snapshot, activity, first, day)
        asked = any(item.due.today_or_never and not item.due.begins for item in weeks)
        to_do = int(day == snapshot.today and asked)
        ended = [(item.end, item) for item in weeks]
    else:
        days = record(snapshot, first, day, None if activity is None else activity.id)
        ended = [(item.day, item) for item in days]
    windows = tuple(
        DaysKept(days, *kept([item for end, item in ended if end > day - timedelta(days=days)]))
        for days in KEPT_WINDOWS
    )
    return StreakCard(activity, streak, windows, to_do if streak.current else 0, is_weekly)


def weekdays_kept(records: Sequence[DayRecord], first_weekday: int) -> tuple[WeekdayKept, ...]:
    """All seven weekdays, in the order of the week."""
    order = [(first_weekday + number) % 7 for number in range(7)]
    return tuple(
        WeekdayKept(weekday, *kept([item for item in records if item.day.weekday() == weekday]))
        for weekday in order
    )


def best_and_worst(days: Sequence[WeekdayKept]) -> tuple[WeekdayKept, WeekdayKept] | None:
    """The weekdays kept best and worst, of five due days or more, of equals with more; or None."""
    due = [item for item in days if item.due >= _LEAST_DUE]
    if len({item.met / item.due for item in due}) < 2:
        return None
    best = max(due, key=lambda item: (item.met / item.due, item.due))
    worst = max(due, key=lambda item: (-item.met / item.due, item.due))
    return best, worst


def promises_kept(snapshot: ProgressSnapshot) -> Iterator[PromiseKept]:
    """Every activity's commitments, archived ones included, by rank and by rising start."""
    for activity in snapshot.history.activities:
        start = tracked_from(activity.timeline)
        if start is None:
            continue
        days = day_marks(snapshot, activity, start, snapshot.today)
        following = (*(item.start for item in activity.timeline[1:]), None)
        for item, after in zip(activity.timeline, following, strict=True):
            if item.terms is None or item.start == after:
                continue  # put away, or decided anew before it ever held
            stop = len(days) if after is None else (after - start).days
            held = days[(item.start - start).days : stop]
            end = None if after is None else after - ONE_DAY
            due = len(held) - held.count(NOT_DUE)
            met = due - held.count(MISSED)
            if item.terms.weekly:
                weeks = week_records(snapshot, activity, item.start, end or snapshot.today)
                due, met = kept([week for week in weeks if end is None or week.end <= end])
            yield PromiseKept(activity, item.start, end, item.terms, due, met)
