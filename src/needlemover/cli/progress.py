"""needle progress, streaks, review."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Annotated

from msgspec import Struct

from ..domain.errors import WrongUsageError
from ..domain.progress import summary
from ..domain.progress.quota_history import QuotaBar, ThisWeek, WeekPace, this_week, week_bars
from ..domain.progress.record import DayRecord, record
from ..domain.progress.review import Period
from ..domain.promises.commitment import ActivityFact, is_archived, is_weekly
from ..domain.promises.status import Status
from ..text import progress as words
from ..text.format import WEEKDAYS, days_from_to, in_lines, long_day, minutes, plain_day, short_day
from .line import AsJson, ForActivity, Typed, day_given, flag, if_given, option
from .opening import open_store
from .output import Part, columns, fit, give_answer, listing, pick

DAYS_SHOWN = timedelta(days=30)
LONGEST = timedelta(days=36525)
LISTED_BY_DAY = 31  # longer windows are listed by week
_DONE = "seconds count quota_seconds quota_count due met"


class ProgressReport(Struct, frozen=True):
    """What the command tells of a window of days, for one activity or for all together."""

    since: date
    until: date
    activity: ActivityFact | None
    card: summary.StreakCard  # as of the end of the window, or today when it ends later
    days: tuple[DayRecord, ...]
    weeks: tuple[QuotaBar, ...]  # whole weeks, those at the ends of the window too
    weekdays: tuple[summary.WeekdayKept, ...]


def progress(
    since: Annotated[Typed, option("DAY", "From this day on; else 30 days back.")] = None,
    until: Annotated[Typed, option("DAY", "Up to this day; else today.")] = None,
    activity: ForActivity = None,
    as_json: AsJson = False,
) -> None:
    """Show whether you keep your word: streaks, days met, quotas.

    Example: needle progress --since 2026-09-01 --activity sales
    """
    with open_store(only_reads=True) as store:
        moment = store.moment()
        snapshot = store.progress.record()
        fact = if_given(store.activities.find, activity)
    last = day_given(until, moment.today) or moment.today
    first = day_given(since, moment.today) or last - DAYS_SHOWN
    if last < first:
        raise WrongUsageError("The window ends before it begins: swap --since and --until.")
    if last - first > LONGEST:
        raise WrongUsageError("The window is longer than a hundred years: choose a shorter one.")
    key = fact.id if fact else None
    cards = summary.streak_cards(snapshot, last, archived=True)
    card = next(item for item in cards if item.activity == fact)
    days, weeks = record(snapshot, first, last, key), week_bars(snapshot, first, last, key)
    weekdays = summary.weekdays_kept(days, moment.settings.weeks.start(last).weekday())
    found = ProgressReport(first, last, fact, card, days, weeks, weekdays)
    week = this_week(snapshot, key)
    pace = week.pace(moment.now, moment.zone, moment.settings.working_day)
    lines = (fit(line, columns()).rstrip() for line in _lines(found, week, pace))
    give_answer(_progress_answer(found), lines, as_json=as_json)


def _lines(found: ProgressReport, week: ThisWeek, pace: WeekPace) -> Iterator[str]:
    whose = found.activity.name if found.activity else "All activities"
    yield f"{whose}: {long_day(found.since)} to {long_day(found.until)}"
    yield f"Streak     {words.record_words(found.card)}"
    if stake := words.stake_words(found.card):
        yield f"           {stake}"
    for item in found.card.kept:
        told = words.kept_words(item.due, item.met, is_weekly=found.card.is_weekly)
        yield f"{f'{item.days} days':<10} {told}"
    counted = "conversation" if found.activity is None or found.activity.is_sales else "time"
    if told := words.week_words(week, pace, counted) if found.until >= week.today else "":
        yield from in_lines(f"This week  {told}", columns(), " " * 11)
    due = (item for item in found.weekdays if item.due)
    days = ", ".join(f"{WEEKDAYS[item.weekday][:3]} {item.met} of {item.due}" for item in due)
    yield from in_lines(f"Weekdays   {days}" if days else "", columns(), " " * 11)
    yield ""
    if len(found.days) <= LISTED_BY_DAY:
        for day in found.days:
            if day.status is Status.UNTRACKED:
                continue
            done = f"{day.met} of {day.due}" if day.due else ""
            told = f"{short_day(day.day):<11}{day.status.value:<10}{done:<9}{_numbers(day)}"
            reason = day.reason or (day.day_off.reason if day.day_off else "")
            yield told + "  late" * day.late + (f"  {reason}" if reason else "")
    else:
        for week_bar in found.weeks:
            told = words.kept_words(week_bar.due, week_bar.met, is_weekly=week_bar.is_weekly)
            yield f"{plain_day(week_bar.start):<13}{told:<20}{_numbers(week_bar)}"


def _numbers(item: DayRecord | QuotaBar) -> str:
    time, count = minutes(item.seconds), f"{item.count:,}"
    if item.quota_seconds is not None:
        time += f" of {minutes(item.quota_seconds)}"
    if item.quota_count is not None:
        count += f" of {item.quota_count:,}"
    return f"{time:<24}{count:<10}"


def streaks(
    as_of: Annotated[Typed, option("DAY", "As they stood at the end of this day.")] = None,
    as_json: AsJson = False,
) -> None:
    """Show the streaks, current and best. In days, or in weeks of what is promised by the week.

    Example: needle streaks --as-of 2026-11-24
    """
    with open_store(only_reads=True) as store:
        found = store.progress.streaks(day_given(as_of, store.today))
    shown = [("Overall", found.overall, "day")]
    for fact, streak in found.activities:
        if not is_archived(fact.timeline, found.as_of):
            unit = "week" if is_weekly(fact.timeline, found.as_of) else "day"
            shown.append((fact.name, streak, unit))
    parts = [
        pick(it, "current best runs") | {"name": name, "unit": unit} for name, it, unit in shown
    ]
    overall, activities = pick(found.overall, "current best runs"), parts[1:]
    answer = listing(as_of=found.as_of, overall=overall, activities=activities)
    lines, size = [long_day(found.as_of)], min(32, max(len(name) for name, _, _ in shown))
    for name, streak, unit in shown:
        current, best = streak.current_run, streak.best_run
        since = f" since {plain_day(current.start)}" if current else ""
        told = f"{streak.current:>4} {unit[0]}{since:<18}"
        if best:
            told += f"  best {streak.best:>4} {unit[0]} {days_from_to(best.start, best.end)}"
        lines.append(f"{fit(name, size)} {told}".rstrip())
    give_answer(answer, lines, as_json=as_json)


def review(
    week: Annotated[bool, flag("--week", "Of a week, as when left out.")] = False,
    month: Annotated[bool, flag("--month", "Of a calendar month.")] = False,
    of: Annotated[Typed, option("DAY", "The one with this day; else today's.")] = None,
    as_json: AsJson = False,
) -> None:
    """Write what a week or a month came to, as Markdown.

    Example: needle review --month --of 2026-10-31 > october.md
    """
    if week and month:
        raise WrongUsageError("A review is of a week or of a month: leave one of them out.")
    with open_store(only_reads=True) as store:
        moment = store.moment()
        day = day_given(of, moment.today) or moment.today
        found = store.progress.review(Period.MONTH if month else Period.WEEK, day)
    lines = words.review_markdown(found, moment.settings.currency)
    answer = listing(
        **pick(found, "period start end due met seconds conversations"),
        **pick(found.totals, "dials", revenue="money"),
        activities=[
            pick(item.activity, "name") | pick(item, "due met seconds count")
            for item in (*found.activities, *found.weekly)
        ],
    )
    give_answer(answer, lines, as_json=as_json)


def _progress_answer(found: ProgressReport) -> Part:
    return listing(
        **pick(found, "since until"),
        activity=found.activity.name if found.activity else None,
        unit=found.card.unit,
        streak=pick(found.card.streak, "current best runs") | pick(found.card, "to_go still_due"),
        kept={str(item.days): pick(item, "met due") for item in found.card.kept},
        days=list(map(_day_part, found.days)),
        weeks=[
            pick(item, f"start end {_DONE}") | {"unit": "week" if item.is_weekly else "day"}
            for item in found.weeks
        ],
        weekdays=found.weekdays,
    )


def _day_part(item: DayRecord) -> Part:
    off = item.day_off.reason if item.day_off else ""
    reasons = {"reason": item.reason or None, "off_reason": off or None}
    return pick(item, f"day status late {_DONE}") | {"share": round(item.share, 4)} | reasons
