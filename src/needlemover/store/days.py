"""What the views and reports ask about days. History is added up by the database, never loaded."""

from datetime import date, timedelta

from sqlalchemy import select

from ..domain.day import skipped_days
from ..domain.progress.streaks import StreakReport, streak_report
from ..domain.today.history import progress_of
from ..domain.today.missed_days import missed_days
from ..domain.today.snapshot import MissedDay
from .schema.bookkeeping import LAST_USE, SKIPPED_DAY, write_only_row
from .session import Session
from .today import DayReader

MISSED_DAYS_ASKED = 7
_LOOKED_BACK = timedelta(days=60)
"""Further back than this nobody remembers what was done."""


class Days:
    """Streaks, and the missed days."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def streaks(self, as_of: date | None = None) -> StreakReport:
        """All streaks at the end of a day (None: today)."""

        def report(days: DayReader) -> StreakReport:
            facts, done_today = days.facts, progress_of(days.facts.entries)
            until, first_weekday = as_of or facts.today, facts.settings.first_weekday
            return streak_report(
                days.history, min(until, facts.today), facts.today, done_today, first_weekday
            )

        return self._session.database.ask(report)

    def begin_use(self) -> tuple[MissedDay, ...]:
        """Note that the app is used today; the missed days to ask about, once a day.

        Dates that travel skipped since the last use are noted as days of rest.
        """
        with self._session.writing() as connection:
            moment = self._session.moment(connection)
            last = connection.execute(
                select(LAST_USE.c.day, LAST_USE.c.at, LAST_USE.c.asked_on)
            ).first()
            if last is not None:
                for day in skipped_days(last.day, last.at, moment.today, moment.now):
                    connection.execute(
                        SKIPPED_DAY.insert().prefix_with("OR IGNORE").values(day=day)
                    )
            write_only_row(
                connection, LAST_USE, day=moment.today, at=moment.now, asked_on=moment.today
            )
        if last is None or last.asked_on == moment.today:
            return ()
        since = max(last.day, moment.today - _LOOKED_BACK)
        return self._session.database.ask(
            lambda days: missed_days(days.history, since, moment.today, MISSED_DAYS_ASKED)
        )
