"""needle progress."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import TYPE_CHECKING, Annotated

import typer
from msgspec import Struct

from ..domain.errors import WrongUsageError
from ..domain.progress.quota_history import QuotaBar, ThisWeek, WeekPace, this_week, week_bars
from ..domain.progress.record import DayRecord, ProgressSnapshot, record
from ..domain.progress.summary import StreakCard, WeekdayKept, streak_cards, weekdays_kept
from ..domain.promises.status import Status
from ..text.format import long_day, minutes, short_day
from ..text.parse import parse_day
from ..text.progress.words import kept_words, record_words, stake_words, week_words, weekday_words
from . import completion
from .opening import opened
from .options import AsJson
from .output import give, give_json
from .progress_shape import progress_shape
from .words import COLUMNS, fitted

if TYPE_CHECKING:
    from ..domain.promises.activity import ActivityFact

DAYS_SHOWN = timedelta(days=30)
LONGEST = timedelta(days=36525)
LISTED_BY_DAY = 31
"""Longer windows are listed by week."""


class ProgressReport(Struct, frozen=True):
    """What the command tells of a window of days, for one activity or for all together."""

    since: date
    until: date
    activity: "ActivityFact | None"
    card: StreakCard
    """As of the end of the window, or today when it ends later."""
    days: tuple[DayRecord, ...]
    weeks: tuple[QuotaBar, ...]
    """Whole weeks, those at the ends of the window too."""
    weekdays: tuple[WeekdayKept, ...]


def progress(
    context: typer.Context,
    since: Annotated[
        str | None,
        typer.Option("--since", metavar="DAY", help="From this day on; else 30 days back."),
    ] = None,
    until: Annotated[
        str | None, typer.Option("--until", metavar="DAY", help="Up to this day; else today.")
    ] = None,
    activity: Annotated[
        str | None,
        typer.Option(
            "--activity",
            metavar="ACTIVITY",
            help="Of this activity only.",
            autocompletion=completion.activity_names,
        ),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Show whether you keep your word: streaks, days met, quotas by day or week.

    Example: needle progress --since 2026-09-01 --activity sales
    """
    with opened(context) as store:
        moment = store.moment()
        snapshot = store.progress.record()
        fact = store.activities.find(activity) if activity is not None else None
    last = parse_day(until, moment.today) if until is not None else moment.today
    first = parse_day(since, moment.today) if since is not None else last - DAYS_SHOWN
    if last < first:
        raise WrongUsageError("The window ends before it begins: swap --since and --until.")
    if last - first > LONGEST:
        raise WrongUsageError("The window is longer than a hundred years: choose a shorter one.")
    found = report(snapshot, first, last, fact)
    if as_json:
        give_json(progress_shape(found))
        return
    week = this_week(snapshot, fact.id if fact else None)
    pace = week.pace(moment.now, moment.zone, moment.settings.working_day)
    for line in _lines(found, week, pace):
        give(fitted(line, COLUMNS).rstrip())


def report(
    snapshot: ProgressSnapshot, first: date, last: date, fact: "ActivityFact | None"
) -> ProgressReport:
    """All that the command tells."""
    key = fact.id if fact else None
    days = record(snapshot, first, last, key)
    cards = streak_cards(snapshot, last, archived=True)
    return ProgressReport(
        since=first,
        until=last,
        activity=fact,
        card=next(item for item in cards if item.activity == fact),
        days=days,
        weeks=week_bars(snapshot, first, last, key),
        weekdays=weekdays_kept(days, snapshot.settings.first_weekday),
    )


def _lines(found: ProgressReport, week: ThisWeek, pace: WeekPace) -> Iterator[str]:
    whose = found.activity.name if found.activity else "All activities"
    yield f"{whose}: {long_day(found.since)} to {long_day(found.until)}"
    yield f"Streak     {record_words(found.card)}"
    if stake := stake_words(found.card):
        yield f"           {stake}"
    for item in found.card.kept:
        words = kept_words(item.due, item.met, is_weekly=found.card.is_weekly)
        yield f"{f'{item.days} days':<10} {words}"
    counted = "conversation" if found.activity is None or found.activity.is_sales else "time"
    if words := week_words(week, pace, counted) if found.until >= week.today else "":
        yield f"This week  {words}"
    due = [item for item in found.weekdays if item.due]
    for label, part in (("Weekdays", due[:4]), ("", due[4:])):
        if part:
            yield f"{label:<10} " + " · ".join(map(weekday_words, part))
    yield ""
    if len(found.days) <= LISTED_BY_DAY:
        tracked = [item for item in found.days if item.status is not Status.UNTRACKED]
        yield from map(_day_line, tracked)
    else:
        yield from map(_week_line, found.weeks)


def _day_line(item: DayRecord) -> str:
    done = f"{item.met} of {item.due}" if item.due else ""
    words = f"{short_day(item.day):<11}{item.status.value:<10}{done:<9}{_numbers(item)}"
    if item.late:
        words += "  late"
    reason = item.reason or (item.day_off.reason if item.day_off else "")
    return f"{words}  {reason}" if reason else words


def _week_line(item: QuotaBar) -> str:
    words = kept_words(item.due, item.met, is_weekly=item.is_weekly)
    return f"{item.start.isoformat()}  {words:<20}{_numbers(item)}"


def _numbers(item: DayRecord | QuotaBar) -> str:
    time, count = minutes(item.seconds), str(item.count)
    if item.quota_seconds is not None:
        time += f" of {minutes(item.quota_seconds)}"
    if item.quota_count is not None:
        count += f" of {item.quota_count}"
    return f"{time:<24}{count:<10}"
