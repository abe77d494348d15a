"""What Progress asks: the days as they were kept, why some were missed, and what a period held."""

import sqlite3
from datetime import date

from msgspec.structs import replace

from ...domain.errors import NeedleError
from ...domain.progress.record import ProgressSnapshot, record
from ...domain.progress.review import Period, PeriodTotals, Review, period_of, review
from ...domain.progress.summary import StreakReport, streak_report
from ...domain.promises.status import Status
from ...domain.today.history import progress_of
from ...text.format import short_day
from ...text.parse.values import parse_note
from ..buyer_rows import read_kept
from ..entry_facts import RECEIVED
from ..file import Memory
from ..schema.tables import BY_HAND, MISSED_REASON
from ..session import Subject
from ..today import DayReader

# Answered from the index `entry_late` alone.
_LATE = f"""
    SELECT DISTINCT activity_id, day FROM entry
    WHERE source = '{BY_HAND}' AND logged_on > day AND activity_id IS NOT NULL
"""
_TOTALS = f"""
    SELECT (SELECT coalesce(sum(dials), 0) FROM day_sum WHERE day BETWEEN ?1 AND ?2),
        (SELECT coalesce(sum(amount), 0) FROM entry WHERE day BETWEEN ?1 AND ?2 AND {RECEIVED})
"""


class Progress(Subject):
    """The record of the days, reviews, and the reasons of missed days."""

    def record(self) -> ProgressSnapshot:
        """All that Progress is worked out of."""
        with self._session.reading():
            return _snapshot(self._session.memory)

    def streaks(self, as_of: date | None = None) -> StreakReport:
        """All streaks at the end of a day (None: today)."""
        snapshot = self.record()
        return streak_report(snapshot, min(as_of or snapshot.today, snapshot.today))

    def review(self, period: Period, of: date | None = None) -> Review:
        """Look back on the week or month that a day (None: today) lies in."""
        with self._session.reading() as driver:
            snapshot = _snapshot(self._session.memory)
            of = of or snapshot.today
            days = period_of(period, of, snapshot.settings.weeks)
            values = [day.isoformat() for day in days]
            dials, money = driver.execute(_TOTALS, values).fetchone()
            kept = read_kept(driver, *days, snapshot.today)
            return review(snapshot, period, of, PeriodTotals(dials, money, kept))

    def note_reason(self, reason: str, *days: date) -> None:
        """Note why days were missed (else a `NeedleError`); an empty text removes the reason."""
        noted = parse_note(reason, "reason")
        missed = f"{days[0]} was missed" if len(days) == 1 else f"{len(days)} days were missed"
        with self._session.change(f"{'Noted' if noted else 'Removed'} why {missed}") as step:
            for day in days:
                found = step.find(MISSED_REASON.c.id, MISSED_REASON.c.day == day)
                if noted:
                    _must_be_missed(_snapshot(step.memory), day)
                if found is None and noted:
                    step.insert(MISSED_REASON, day=day, reason=noted)
                elif noted:
                    step.update(MISSED_REASON, found, reason=noted)
                elif found is not None:
                    step.delete(MISSED_REASON, found)


def _snapshot(memory: Memory) -> ProgressSnapshot:
    """All that Progress is worked out of; remembered as long as nothing changes."""
    return memory.recall(ProgressSnapshot, lambda: _read(memory.driver, memory.days()))


def _read(driver: sqlite3.Connection, days: DayReader) -> ProgressSnapshot:
    facts, history = days.facts, days.history
    totals = dict(history.totals)
    for activity_id, done in progress_of(facts.entries).items():
        total = (facts.today, done.seconds, done.count)
        totals[activity_id] = [*totals.get(activity_id, ()), total]
    late = driver.execute(_LATE)
    reasons = driver.execute("SELECT day, reason FROM missed_reason")
    return ProgressSnapshot(
        history=replace(history, totals=totals),
        today=facts.today,
        settings=facts.settings,
        late=frozenset((activity_id, date.fromisoformat(day)) for activity_id, day in late),
        reasons={date.fromisoformat(day): reason for day, reason in reasons},
    )


def _must_be_missed(snapshot: ProgressSnapshot, day: date) -> None:
    if day > snapshot.today:
        why = f"{short_day(day)} is to come: a reason is noted on a day that was missed."
        raise NeedleError(why)
    (found,) = record(snapshot, day, day)
    if found.status is Status.OPEN:
        raise NeedleError("Today is not over: a reason is noted from tomorrow on, if it is missed.")
    if found.status not in (Status.MISSED, Status.PART):
        raise NeedleError(
            f"{short_day(day)} was not missed ({found.status.value}): a reason is noted on a "
            "missed day."
        )
