"""What Progress asks: the days as they were kept, why some were missed, and what a period held."""

from datetime import date

from msgspec import Struct
from msgspec.structs import replace
from sqlalchemy import Connection, func, select

from ...domain.errors import NeedleError, WrongUsageError
from ...domain.progress.record import ProgressSnapshot, record
from ...domain.progress.review import Period, PeriodTotals, Review, period_of, review
from ...domain.promises.status import DayTotal, Status
from ...text.format import short_day
from ..days import Days
from ..file import plain_rows
from ..schema.tables import ACTIVITY, BY_HAND, ENTRY, MISSED_REASON
from ..session import Moment, Session

LONGEST_REASON = 10_000
"""Characters, as of a note."""

# Answered from the index `entry_late` alone.
_LATE = f"""
    SELECT DISTINCT activity_id, day FROM entry
    WHERE source = '{BY_HAND}' AND logged_on > day AND activity_id IS NOT NULL
"""


class _Notes(Struct, frozen=True):
    """What stands beside the totals. It holds until a day before today changes."""

    key: object
    late: frozenset[tuple[int, date]]
    reasons: dict[date, str]


class Progress:
    """The record of the days, reviews, and the reasons of missed days."""

    def __init__(self, session: Session, days: Days) -> None:
        self._session = session
        self._days = days
        self._notes: _Notes | None = None

    def record(self) -> ProgressSnapshot:
        """All that Progress is worked out of; only today is read anew when only today changed."""
        with self._session.database.reading() as connection:
            return self._snapshot(connection, self._session.moment(connection))

    def review(self, period: Period, of: date | None = None) -> Review:
        """Look back on the week or month that a day (None: today) lies in."""
        with self._session.database.reading() as connection:
            moment = self._session.moment(connection)
            snapshot = self._snapshot(connection, moment)
            of = of or moment.today
            first, last = period_of(period, of, moment.settings.first_weekday)
            return review(snapshot, period, of, _totals(connection, first, last))

    def note_reason(self, day: date, reason: str) -> None:
        """Note why a day was missed; an empty text removes what was noted.

        Raises:
            NeedleError: when the day was not missed.
        """
        reason = reason.strip()
        if len(reason) > LONGEST_REASON:
            raise WrongUsageError(
                f"The reason is longer than {LONGEST_REASON:,} characters: type a shorter one."
            )
        with self._session.change(f"Noted why {day} was missed") as (step, moment):
            found = step.connection.execute(
                select(MISSED_REASON.c.id).where(MISSED_REASON.c.day == day)
            ).scalar()
            if reason:
                _must_be_missed(self._snapshot(step.connection, moment), day)
            else:
                step.label = f"Removed why {day} was missed"
            if found is None:
                if reason:
                    step.insert(MISSED_REASON, day=day, reason=reason)
            elif reason:
                step.update(MISSED_REASON, found, reason=reason)
            else:
                step.delete(MISSED_REASON, found)

    def _snapshot(self, connection: Connection, moment: Moment) -> ProgressSnapshot:
        before = self._days.history(connection, moment)
        notes = self._read_notes(connection, moment)
        totals = dict(before.totals)
        for activity_id, total in _read_today(connection, moment.today):
            totals[activity_id] = [*totals.get(activity_id, ()), total]
        return ProgressSnapshot(
            history=replace(before, totals=totals),
            today=moment.today,
            settings=moment.settings,
            late=notes.late,
            reasons=notes.reasons,
        )

    def _read_notes(self, connection: Connection, moment: Moment) -> _Notes:
        key = (self._session.version_of_the_past(connection), moment.today)
        if self._notes is None or self._notes.key != key:
            late = plain_rows(connection, _LATE)
            reasons = connection.execute(select(MISSED_REASON.c.day, MISSED_REASON.c.reason))
            self._notes = _Notes(
                key,
                frozenset((activity_id, date.fromisoformat(day)) for activity_id, day in late),
                {row.day: row.reason for row in reasons},
            )
        return self._notes


def _must_be_missed(snapshot: ProgressSnapshot, day: date) -> None:
    if day > snapshot.today:
        raise NeedleError(
            f"{short_day(day)} is to come: a reason is noted on a day that was missed."
        )
    (found,) = record(snapshot, day, day)
    if found.status is Status.OPEN:
        raise NeedleError("Today is not over: a reason is noted from tomorrow on, if it is missed.")
    if found.status not in (Status.MISSED, Status.PART):
        raise NeedleError(
            f"{short_day(day)} was not missed ({found.status.value}): a reason is noted on a "
            "missed day."
        )


def _read_today(connection: Connection, today: date) -> list[tuple[int, DayTotal]]:
    query = (
        select(ENTRY.c.activity_id, func.sum(ENTRY.c.seconds), func.sum(ENTRY.c.count))
        .where(ENTRY.c.day == today, ENTRY.c.fills_quota, ENTRY.c.activity_id.is_not(None))
        .group_by(ENTRY.c.activity_id)
    )
    return [(row[0], (today, row[1], row[2])) for row in connection.execute(query)]


def _totals(connection: Connection, first: date, last: date) -> PeriodTotals:
    in_period = ENTRY.c.day.between(first, last)
    money = connection.execute(select(func.sum(ENTRY.c.amount)).where(in_period)).scalar()
    dials = connection.execute(
        select(func.count())
        .select_from(ENTRY.join(ACTIVITY, ENTRY.c.activity_id == ACTIVITY.c.id))
        .where(
            in_period, ACTIVITY.c.is_sales, ENTRY.c.outcome.is_not(None), ENTRY.c.follows.is_(None)
        )
    ).scalar()
    return PeriodTotals(dials=dials or 0, money=money or 0)
