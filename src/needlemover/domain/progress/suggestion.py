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
    average: float  # what was done on those days on average, in the same
    to: int  # what to set it to
    is_weekly: bool = False  # whether it is a quota of the week, and weeks were looked at


def suggestions(snapshot: ProgressSnapshot, as_of: date) -> tuple[Suggestion, ...]:
    """What the last due days, or weeks, up to a day (today at the latest) speak for, by rank.

    Raise: met on at least 95 % of the last 20, and done on average at least 20 % more than is asked
    now; to the average, rounded down to whole 5 minutes (a whole count), but at least one minute
    (one) more. Lower: met on less than 50 % of them; to the median of what was done, rounded down
    likewise, but at least 5 minutes (1), and only where that is less. Never of an upper limit.
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
    step, one = (300, 60) if measure is Measure.SECONDS else (1, 1)
    met, of = sum(item.is_met for item in settled), len(settled)

    def advice(what: Advice, to: int) -> Suggestion:
        average = sum(done) / of
        return Suggestion(activity, what, measure, met, of, asked, average, to, terms.weekly)

    # The average is at least 120 % of what is asked.
    if met >= _MET_TO_RAISE and sum(done) * 100 >= asked * of * 120:
        yield advice(Advice.RAISE, max(sum(done) // of // step * step, asked + one))
    elif met < _MET_TO_KEEP:
        median = (done[(of - 1) // 2] + done[of // 2]) // 2
        to = max(median // step * step, step)
        if to < asked:
            yield advice(Advice.LOWER, to)
