"""Reads a day straight from the tables, with plain SQL over the standard library's `sqlite3`.

It is the only reader of a day: of the first picture, `needle status` and `today`, and the store.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import date, datetime, tzinfo
from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

from msgspec import ValidationError, json
from msgspec.structs import replace

from ..domain.calls.entry import EntryFact
from ..domain.day import ONE_DAY, ONE_WEEK, Weeks
from ..domain.errors import DamagedError
from ..domain.promises.commitment import Done, is_weekly
from ..domain.promises.marks import DayTotal
from ..domain.promises.status import Status, StripDay
from ..domain.today.history import YEAR_WEEKS, History, Past
from .entry_facts import OPEN_ASK, read_day
from .facts import Facts, read_facts
from .schema import APPLICATION_ID, SCHEMA_VERSION

if TYPE_CHECKING:
    from ..domain.buyers.next_calls import Candidates
    from ..domain.numbers.goal import Goal
    from ..domain.today.snapshot import DaySnapshot

T = TypeVar("T")

LONGEST_CARRIED = 31  # days; to work an older past out anew takes no longer
_PATIENCE = 0.1  # seconds to wait for a file that another process holds

# Answered in order from the index `entry_filling` alone, activity by activity.
_TOTALS = """
    SELECT id, (
        SELECT json_group_array(json_array(day, seconds, count)) FROM (
            SELECT day, sum(seconds) AS seconds,
                sum(iif(activity.is_sales AND outcome IS NULL, 0, count)) AS count FROM entry
            WHERE fills_quota = 1 AND activity_id = activity.id AND day >= ? AND day < ?
            GROUP BY day
        )
    ) FROM activity
"""
_USED = "SELECT DISTINCT day FROM day_sum WHERE day >= ? AND day < ?"
Totals = dict[int, list[DayTotal]]  # of each activity
_DAY_TOTALS = json.Decoder(list[DayTotal])


class DayReader:
    """The days as the file says at one moment; what is asked for twice is read once."""

    def __init__(
        self,
        connection: sqlite3.Connection,
        facts: Facts,
        totals: Totals | None = None,
        candidates: Candidates | None = None,
    ) -> None:
        self._connection = connection
        self.facts = facts
        self.totals = totals  # of all days before today; None: they are not read yet
        self.candidates = candidates  # None: they are not read yet

    @cached_property
    def history(self) -> History:
        """All days before today."""
        if self.totals is None:
            self.totals = read_totals(self._connection, date.min, self.facts.today)
        return self._with(self.totals, date.min)

    @cached_property
    def before(self) -> Past:
        """What the days before today hand on to it."""
        kept, today = self.facts.before, self.facts.today
        if kept is None or not 0 <= (today - kept.day).days <= LONGEST_CARRIED:
            asks = self._open_asks(date.min, today)
            return self.history.before_today(today, asks)
        if kept.day == today:
            return kept
        first = self._weeks.start(kept.day)
        history = self._with(read_totals(self._connection, first, today), first)
        asks = kept.open_asks + self._open_asks(kept.day, today)
        return history.before_today(today, asks, kept)

    @cached_property
    def year(self) -> tuple[StripDay, ...]:
        """The last 52 weeks, up to yesterday, which only a wide window has room for."""
        return self.history.strip(self.facts.today, self.before.strip, YEAR_WEEKS)

    @cached_property
    def today(self) -> DaySnapshot:
        """All that the Today view shows of today."""
        facts = self.facts
        found = self._snapshot(self._activities, self.before, facts.today, facts.entries)
        if found.status is not Status.WON:
            return found
        return replace(found, talks_week_ago=self._talks_on(facts.today - ONE_WEEK))

    @cached_property
    def goal(self) -> Goal | None:
        """How far it is; None: there is none."""
        if self.facts.settings.goal is None:
            return None
        from .number_rows import read_goal  # who has none does not need it

        return read_goal(self._connection, self.facts)

    @cached_property
    def today_with_candidates(self) -> DaySnapshot:
        """The same, the goal, who may be called next, what is known of who is talked to."""
        found = replace(self.today, goal=self.goal) if self.goal is not None else self.today
        query = "SELECT 1 FROM contact LIMIT 1"
        if self.candidates is None and not self._connection.execute(query).fetchone():
            return found
        from .buyer_rows import read_candidates, read_talk  # who calls nobody does not need them

        if self.candidates is None:
            self.candidates = read_candidates(self._connection, self.facts.today)
        running = self.facts.running
        talk = read_talk(self._connection, running.contact) if running and running.contact else None
        return replace(found, candidates=self.candidates, talk=talk)

    def day(self, day: date, *, with_candidates: bool = False) -> DaySnapshot:
        """The same of any day; on request with those who may be called next, if it is today."""
        if day == self.facts.today:
            return self.today_with_candidates if with_candidates else self.today
        entries = read_day(self._connection, day)
        if day > self.facts.today:
            week = read_totals(self._connection, self._weeks.start(day), day)
            past = self.today.past_ahead(self._with(week), day)
            return self._snapshot(self._activities, past, day, entries)
        asks = self.before.open_asks - self._open_asks(day, self.facts.today)
        past = self.history.past(day, asks)
        return self._snapshot(self.history, past, day, entries)

    def _snapshot(
        self, history: History, past: Past, day: date, entries: tuple[EntryFact, ...]
    ) -> DaySnapshot:
        # Not at the top, as a command that writes shows no day.
        from ..domain.today.assembly import day_snapshot
        from ..domain.today.snapshot import ProblemAsk

        facts, asks = self.facts, tuple[ProblemAsk, ...]
        done: dict[int, Done] = {}
        if any(is_weekly(item.timeline, day) for item in facts.activities):
            week = self._weeks.of(day)
            totals = read_totals(self._connection, week.first, week.last + ONE_DAY)
            of_week = self._with(totals)
            done = {key: of_week.progress(key, week.first, week.last) for key in totals}
        found = day_snapshot(
            history=history,
            past=past,
            day=day,
            today=facts.today,
            entries=entries,
            running=facts.running,
            strip=self.before.strip if day == facts.today else self.today.strip,
            settings=facts.settings,
            done_in_week=done,
            asks=json.decode(facts.asks, type=asks) if day == facts.today else (),
        )
        return found if facts.block is None else replace(found, block=facts.block)

    @cached_property
    def _activities(self) -> History:
        """The history without what was done in it, which today is not needed."""
        return self._with({})

    def _with(self, totals: Totals, since: date | None = None) -> History:
        """A history; on which days since one anything was logged, upper limits ask alone."""
        facts, used = self.facts, frozenset[date]()
        promised = (each.terms for item in facts.activities for each in item.timeline)
        if since is not None and any(terms is not None and terms.at_most for terms in promised):
            rows = self._connection.execute(_USED, (since.isoformat(), facts.today.isoformat()))
            used = frozenset(date.fromisoformat(day) for (day,) in rows)
        rest = facts.days_off, facts.skipped, used, facts.settings.weeks
        return History(facts.activities, totals, *rest)

    @property
    def _weeks(self) -> Weeks:
        return self.facts.settings.weeks

    def _talks_on(self, day: date) -> int:
        query = "SELECT coalesce(sum(conversations), 0) FROM day_sum WHERE day = ?"
        return int(self._connection.execute(query, (day.isoformat(),)).fetchone()[0])

    def _open_asks(self, since: date, before: date) -> int:
        """How many asks from a day on, before another, have no answer."""
        found = self._connection.execute(
            f"SELECT count(*) FROM entry WHERE {OPEN_ASK} AND day >= ? AND day < ?",
            (since.isoformat(), before.isoformat()),
        )
        return int(found.fetchone()[0])


def read_totals(connection: sqlite3.Connection, since: date, before: date) -> Totals:
    """What the entries of each activity add up to on each day from one on, before another."""
    rows = connection.execute(_TOTALS, (since.isoformat(), before.isoformat()))
    return {activity_id: found for activity_id, text in rows if (found := _DAY_TOTALS.decode(text))}


def read_file(path: str, now: datetime, zone: tzinfo, ask: Callable[[DayReader], T]) -> T | None:
    """What the days of a file say at an instant (UTC), which is only read.

    None where there is no file of this version, or it cannot be read: why, the store will say when
    it opens it.
    """
    try:
        if not os.path.isfile(path):  # a pipe would be waited for
            return None
        with closing(
            sqlite3.connect(_address(path), uri=True, timeout=_PATIENCE, isolation_level=None)
        ) as connection:
            connection.execute("PRAGMA trusted_schema = OFF")
            connection.execute("PRAGMA query_only = ON")
            connection.execute("BEGIN")  # all of it is read from one state of the file
            ours = [
                connection.execute(f"PRAGMA {name}").fetchone()[0]
                for name in ("application_id", "user_version")
            ]
            # A view that is not ours could run something; a trigger does not for who only reads.
            query = "SELECT 1 FROM sqlite_master WHERE type = 'view' AND name <> 'entry_sum'"
            if ours != [APPLICATION_ID, SCHEMA_VERSION] or connection.execute(query).fetchone():
                return None
            return ask(DayReader(connection, read_facts(connection, now, zone)))
    except (sqlite3.Error, OSError, DamagedError, ValidationError):
        return None


def _address(path: str) -> str:
    """The address (sqlite.org/uri.html) of a file that is there, without loading urllib for it.

    Who only may read leaves what SQLite makes beside a file in use; so it is opened to be changed.
    """
    for sign in "%?#":
        path = path.replace(sign, f"%{ord(sign):x}")
    if os.name == "nt":
        path = "/" + path.replace("\\", "/")
    return f"file://{path}?mode=rw"
