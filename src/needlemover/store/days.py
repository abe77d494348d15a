"""What the views and reports ask about days. History is added up by the database, never loaded."""

from datetime import date, timedelta

from ..domain.progress.streaks import StreakReport, streak_report
from ..domain.today.history import progress_of
from ..domain.today.past import missed_days
from ..domain.today.snapshot import MissedDay
from .memory import facts_of
from .session import Subject, note_use
from .today import DayReader

MISSED_DAYS_ASKED = 7
_LOOKED_BACK = timedelta(days=60)
"""Further back than this nobody remembers what was done."""


class Days(Subject):
    """Streaks, and the missed days."""

    def streaks(self, as_of: date | None = None) -> StreakReport:
        """All streaks at the end of a day (None: today)."""

        def report(days: DayReader) -> StreakReport:
            facts, done_today = days.facts, progress_of(days.facts.entries)
            today, weeks = facts.today, facts.settings.weeks
            return streak_report(days.history, min(as_of or today, today), today, done_today, weeks)

        return self._session.database.ask(report)

    def begin_use(self) -> tuple[MissedDay, ...]:
        """Note that the app is used today; the missed days to ask about, once a day.

        Where only commands have used the file so far, those since the last of them.
        """
        used = self._session.database.ask(lambda days: days.facts.last_use)
        with self._session.writing() as connection:
            moment = self._session.moment(connection)
            last = facts_of(connection).last_use
            asked_on = last.asked_on if last is not None else None
            note_use(connection, moment, asked_on=moment.today)
        since = asked_on or (used.day if used is not None else moment.today)
        if since == moment.today:
            return ()
        since = max(since, moment.today - _LOOKED_BACK)
        return self._session.database.ask(
            lambda days: missed_days(days.history, since, moment.today, MISSED_DAYS_ASKED)
        )
