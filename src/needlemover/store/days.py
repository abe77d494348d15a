"""What the views and reports ask about days. History is added up by the database, never loaded."""

from datetime import date, datetime, timedelta

from msgspec import Struct, field
from msgspec.structs import replace
from sqlalchemy import Connection, select

from ..domain.day import skipped_days
from ..domain.progress.streaks import StreakReport, streak_report
from ..domain.today.assembly import day_snapshot, strip_before
from ..domain.today.history import History, progress_of
from ..domain.today.missed_days import missed_days
from ..domain.today.past import Past, past_ahead, past_of
from ..domain.today.snapshot import DaySnapshot, MissedDay, StripDay
from .calls.entry_facts import count_open_asks, entries_on
from .calls.timer import read_running
from .day_by_day import carried_on, days_ahead
from .delegation.problem_rows import read_asks
from .kept_past import Kept, keep, read_kept
from .progress.history_rows import read_history, read_totals, read_week
from .published_row import is_published, publish, withdraw
from .schema.bookkeeping import LAST_USE, SKIPPED_DAY, write_only_row
from .session import Moment, Session

MISSED_DAYS_ASKED = 7
_LOOKED_BACK = timedelta(days=60)
"""Further back than this nobody remembers what was done."""


class _Before(Struct, frozen=True):
    """What was worked out of the days before today. It holds until one of them changes."""

    key: object
    history: History
    is_whole: bool
    """Whether the history has all its totals; for today alone they are not needed."""
    is_kept: bool
    """Whether it is in the file."""
    strip: tuple[StripDay, ...]
    pasts: dict[date, Past] = field(default_factory=dict)


class Days:
    """Snapshots of days, streaks, and the missed days."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._before: _Before | None = None
        self._today: tuple[object, DaySnapshot] | None = None
        """Today as it was last worked out, and the version of the data of which it is true."""
        self._must_keep = True
        self._ahead_of: object = None
        """Of which data, and of which day, the next days are published."""
        self._looked_at: object = None
        session.publish = self._publish

    def snapshot(self, day: date | None = None) -> DaySnapshot:
        """All that the Today view shows of a day (None: today)."""
        with self._session.database.reading() as connection:
            moment = self._session.moment(connection)
            current = self._show_today(connection, moment)
            if day is None or day == moment.today:
                return current
            return self._show(connection, moment, day, current)

    def streaks(self, as_of: date | None = None) -> StreakReport:
        """All streaks at the end of a day (None: today)."""
        with self._session.database.reading() as connection:
            moment = self._session.moment(connection)
            history = self._whole(connection, moment).history
            entries = entries_on(connection, moment.today)
            as_of = min(as_of or moment.today, moment.today)
            first_weekday = moment.settings.first_weekday
            done_today = progress_of(entries)
            return streak_report(history, as_of, moment.today, done_today, first_weekday)

    def history(self, connection: Connection, moment: Moment) -> History:
        """The days before today, kept until one of them changes."""
        return self._whole(connection, moment).history

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
                self._note_skipped(connection, moment, last.day, last.at)
            write_only_row(
                connection, LAST_USE, day=moment.today, at=moment.now, asked_on=moment.today
            )
        if last is None or last.asked_on == moment.today:
            return ()
        with self._session.database.reading() as connection:
            history = self._whole(connection, moment).history
            since = max(last.day, moment.today - _LOOKED_BACK)
            return missed_days(history, since, moment.today, MISSED_DAYS_ASKED)

    def _note_skipped(
        self, connection: Connection, moment: Moment, last_day: date, last_at: datetime
    ) -> None:
        for day in skipped_days(last_day, last_at, moment.today, moment.now):
            connection.execute(SKIPPED_DAY.insert().prefix_with("OR IGNORE").values(day=day))
            self._session.note_past(connection)

    def keep(self) -> None:
        """Keep and publish what was worked out, unless something has changed since."""
        before = self._before
        if before is None or not self._must_keep:
            return
        self._must_keep = False
        if before.is_kept and self._is_published():
            return
        with self._session.writing() as connection:
            moment = self._session.moment(connection)
            if before.key == self._key(connection, moment):
                if not before.is_kept:
                    kept = self._handed_on(connection, moment)
                    keep(connection, kept, moment.settings.first_weekday)
                publish(connection, self._show_today(connection, moment))

    def look_ahead(self) -> None:
        """Publish the next days when nothing has changed since this was last called."""
        with self._session.database.reading() as connection:
            now = self._session.version(connection), self._session.moment(connection).today
            is_quiet = now == self._looked_at and read_running(connection) is None
        self._looked_at = now
        if is_quiet:
            self.publish_ahead()

    def publish_ahead(self) -> None:
        """Publish how the next days will begin if nothing happens, unless that is done."""
        with self._session.database.reading() as connection:
            moment = self._session.moment(connection)
            now = self._session.version(connection), moment.today
            if now == self._ahead_of:
                return
            today = self._show_today(connection, moment)
            ahead = tuple(days_ahead(connection, moment, self._handed_on(connection, moment)))
            # Nothing is written twice: another app that sees a change would do all this, too.
            is_done = is_published(connection, today, ahead)
        if not is_done:
            with self._session.writing() as connection:
                if self._session.version(connection) == now[0]:
                    publish(connection, today, ahead)
        self._ahead_of = now

    def _is_published(self) -> bool:
        with self._session.database.reading() as connection:
            moment = self._session.moment(connection)
            return is_published(connection, self._show_today(connection, moment))

    def _publish(self, connection: Connection, moment: Moment) -> None:
        """Publish today, unless that would take a look at all days before it."""
        if self._at_hand(connection, moment) is None:
            withdraw(connection)
        else:
            publish(connection, self._show_today(connection, moment))

    def _show_today(self, connection: Connection, moment: Moment) -> DaySnapshot:
        key = self._session.version(connection), moment.today
        if self._today is None or self._today[0] != key:
            before = self._today[1] if self._today is not None else None
            found = self._show(connection, moment, moment.today, None)
            self._today = key, found if before is None else _sharing_entries(found, before)
        return self._today[1]

    def _show(
        self, connection: Connection, moment: Moment, day: date, current: DaySnapshot | None
    ) -> DaySnapshot:
        """A day; for another day than today, with today as it stands."""
        if current is None:
            before = self._before_today(connection, moment)
            past = before.pasts[day]
        elif day > moment.today:
            before = self._before_today(connection, moment)
            past = past_ahead(before.history, current, day)
        else:
            before = self._whole(connection, moment)
            past = self._past(connection, moment, before, day)
        return day_snapshot(
            history=before.history,
            past=past,
            day=day,
            today=moment.today,
            entries=entries_on(connection, day),
            running=read_running(connection) if current is None else current.running,
            strip=before.strip if current is None else current.strip,
            settings=moment.settings,
            done_in_week=read_week(connection, before.history, day, moment.settings.first_weekday),
            asks=read_asks(connection, day) if day == moment.today else (),
        )

    def _handed_on(self, connection: Connection, moment: Moment) -> Kept:
        """What the days before today hand on to it."""
        before = self._before_today(connection, moment)
        return Kept(moment.today, before.pasts[moment.today], before.strip)

    def _past(self, connection: Connection, moment: Moment, before: _Before, day: date) -> Past:
        if day not in before.pasts:
            first_weekday, asks = moment.settings.first_weekday, count_open_asks(connection, day)
            before.pasts[day] = past_of(before.history, day, first_weekday, asks)
        return before.pasts[day]

    def _key(self, connection: Connection, moment: Moment) -> object:
        version = self._session.version_of_the_past(connection)
        return version, moment.today, moment.settings.first_weekday

    def _before_today(self, connection: Connection, moment: Moment) -> _Before:
        """What today needs of the days before: as it was kept, or else worked out."""
        return self._at_hand(connection, moment) or self._whole(connection, moment)

    def _at_hand(self, connection: Connection, moment: Moment) -> _Before | None:
        """What today needs of the days before, where it need not be worked out."""
        key = self._key(connection, moment)
        if self._before is not None and self._before.key == key:
            return self._before
        first_weekday = moment.settings.first_weekday
        kept = read_kept(connection, first_weekday)
        carried = kept and carried_on(connection, kept, moment.today, first_weekday)
        if not kept or not carried:
            return None
        history, today = carried
        is_kept = kept.day == today.day
        pasts = {today.day: today.past}
        self._before = _Before(key, history, False, is_kept, today.strip, pasts)
        self._must_keep = self._must_keep or not is_kept
        return self._before

    def _whole(self, connection: Connection, moment: Moment) -> _Before:
        """The same with the totals of all days."""
        key, first_weekday = self._key(connection, moment), moment.settings.first_weekday
        if self._before is not None and self._before.key == key and self._before.is_whole:
            return self._before
        totals = read_totals(connection, moment.today)
        if self._before is not None and self._before.key == key:
            # All but the totals is there already.
            history = replace(self._before.history, totals=totals)
            self._before = replace(self._before, history=history, is_whole=True)
            return self._before
        history = read_history(connection, totals)
        strip = strip_before(history, moment.today, first_weekday)
        self._before = _Before(key, history, True, False, strip)
        self._past(connection, moment, self._before, moment.today)
        self._must_keep = True
        return self._before


def _sharing_entries(snapshot: DaySnapshot, before: DaySnapshot) -> DaySnapshot:
    """The same with the very entries of an earlier one where they are equal.

    What is the same object need not be compared nor laid out again, by any that show it.
    """
    known = {entry.id: entry for entry in before.entries}
    entries = (
        known[entry.id] if known.get(entry.id) == entry else entry for entry in snapshot.entries
    )
    return replace(snapshot, entries=tuple(entries))
