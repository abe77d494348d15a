"""When to ask more of oneself, and when honestly less: two stated rules with their numbers."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from enum import StrEnum

from msgspec import Struct

from ..promises.commitment import ActivityFact, Terms, terms_on, tracked_from
from ..promises.marks import NOT_DUE
from .record import DayRecord, ProgressSnapshot, WeekRecord, day_marks, record, week_records

DUE_DAYS = 20  # so many due days (or weeks) are looked at; nothing is said before there are as many
_MET_TO_RAISE = 19  # 95 % of them
REACHED = 18  # so many of them reached what a quota is raised to
_MET_TO_KEEP = 10  # half of them


class Advice(StrEnum):
    """What to do with a quota."""

    RAISE = "raise"
    LOWER = "lower"


class Measure(StrEnum):
    """What a quota counts in."""

    SECONDS = "seconds"
    COUNT = "count"


class Suggestion(Struct, frozen=True):
    """A quota to raise or to lower, with the numbers that say so."""

    activity: ActivityFact
    advice: Advice
    measure: Measure
    met: int  # of the last due days, or weeks, how many were met
    of: int  # how many due days, or weeks, were looked at
    asked: int  # the quota now, in seconds or a count
    reached: int  # what 18 of those days reached, or half of them where it is lowered; in the same
    to: int  # what to set it to
    is_weekly: bool = False  # whether it is a quota of the week, and weeks were looked at


def suggestions(snapshot: ProgressSnapshot, as_of: date) -> tuple[Suggestion, ...]:
    """What the last due days, or weeks, up to a day (today at the latest) speak for, by rank.

    Raise: met on at least 95 % of the last 20; to what 18 of them reached, rounded down to whole 5
    minutes (a whole count), where that is more: of days that stay alike 18 of 21 reach it, as the
    third lowest of 20 leaves 18 of 21 equally likely places above it (H. A. David and H. N.
    Nagaraja, "Order Statistics", third edition, 2003, section 7.3). Lower: met on less than 50 % of
    them; to the median of what was done, rounded down likewise, but at least 5 minutes (1), and
    only where that is less. Never of an upper limit.
    """
    found: list[Suggestion] = []
    for activity in snapshot.history.activities:
        terms = terms_on(activity.timeline, as_of)
        if terms is None or terms.is_plain or terms.at_most:
            continue
        settled = _last_due(snapshot, activity, terms, as_of)
        if len(settled) == DUE_DAYS:
            found += _of_measure(activity, terms, settled, Measure.SECONDS)
            found += _of_measure(activity, terms, settled, Measure.COUNT)
    return tuple(found)


def _last_due(
    snapshot: ProgressSnapshot, activity: ActivityFact, terms: Terms, as_of: date
) -> Sequence[DayRecord | WeekRecord]:
    records: Sequence[DayRecord | WeekRecord]
    start = tracked_from(activity.timeline) or as_of
    if terms.weekly:
        records = week_records(snapshot, activity, start, as_of)
    else:
        marks = day_marks(snapshot, activity, start, as_of)
        due = [number for number, mark in enumerate(marks) if mark != NOT_DUE][-DUE_DAYS:]
        first = start + timedelta(days=min(due, default=0))
        records = record(snapshot, first, as_of, activity.id)
    return [item for item in records if item.is_settled][-DUE_DAYS:]


def _of_measure(
    activity: ActivityFact,
    terms: Terms,
    settled: Sequence[DayRecord | WeekRecord],
    measure: Measure,
) -> Iterator[Suggestion]:
    asked = terms.seconds if measure is Measure.SECONDS else terms.count
    if asked is None:
        return
    done = sorted(item.seconds if measure is Measure.SECONDS else item.count for item in settled)
    step = 300 if measure is Measure.SECONDS else 1
    met, of = sum(item.is_met for item in settled), len(settled)
    if met >= _MET_TO_RAISE:
        advice, reached = Advice.RAISE, done[of - REACHED]
        to = reached // step * step
        changes = to > asked
    else:
        advice, reached = Advice.LOWER, (done[(of - 1) // 2] + done[of // 2]) // 2
        to = max(reached // step * step, step)
        changes = met < _MET_TO_KEEP and to < asked
    if changes:
        yield Suggestion(activity, advice, measure, met, of, asked, reached, to, terms.weekly)
