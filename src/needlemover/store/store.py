"""The one Store that the commands and the app are handed."""

from __future__ import annotations

from datetime import date
from functools import cached_property
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..clock import Clock
from ..domain.settings import Moment
from .calls.entries import Entries, Offers
from .file import Database
from .session import Session

if TYPE_CHECKING:
    from ..domain.promises.status import StripDay
    from ..domain.settings import Settings
    from ..domain.today.assembly import Fall
    from ..domain.today.snapshot import DaySnapshot
    from .buyers.contacts import Contacts
    from .calls.timer import Blocks, Timer
    from .care.backups import Backups
    from .delegation.problems import Problems
    from .exports.exports import Exports
    from .imports.imports import Imports
    from .journal import Journal
    from .numbers.numbers import Numbers
    from .progress.progress import Progress
    from .promises.activities import Activities, DaysOff
    from .settings import Choices
    from .sync.decisions import Decisions
    from .sync.sync import Sync
    from .sync.sync_log import SyncLog


MISSED_DAYS_ASKED = 7


def _subject(module: str, name: str) -> Any:
    """A subject of the store, whose module loads when it is first asked for."""

    def load(store: Store) -> Any:
        return getattr(import_module(module, __package__), name)(store._session)

    return cached_property(load)


class Store:
    """All that can be asked of the data and done, by subject, each loaded when first asked for."""

    activities: Activities = _subject(".promises.activities", "Activities")  # what is promised
    journal: Journal = _subject(".journal", "Journal")  # undo and redo
    contacts: Contacts = _subject(".buyers.contacts", "Contacts")  # buyers, and promises to them
    offers: Offers = _subject(".calls.entries", "Offers")  # asked for, not received
    timer: Timer = _subject(".calls.timer", "Timer")  # the timer that runs, if one does
    blocks: Blocks = _subject(".calls.timer", "Blocks")  # the time that is kept for calling
    days_off: DaysOff = _subject(".promises.activities", "DaysOff")  # on which nothing is due
    choices: Choices = _subject(".settings", "Choices")  # choosing what the numbers depend on
    progress: Progress = _subject(".progress.progress", "Progress")  # how the promises were kept
    numbers: Numbers = _subject(".numbers.numbers", "Numbers")  # what the hours earn
    problems: Problems = _subject(".delegation.problems", "Problems")  # what was parked
    imports: Imports = _subject(".imports.imports", "Imports")  # from other programs
    exports: Exports = _subject(".exports.exports", "Exports")  # everything there is, out and in
    decisions: Decisions = _subject(".sync.decisions", "Decisions")  # what machines leave to us
    sync_log: SyncLog = _subject(".sync.sync_log", "SyncLog")  # what came from other machines
    sync: Sync = _subject(".sync.sync", "Sync")  # what other machines have

    def __init__(self, path: Path, clock: Clock, *, only_reads: bool = False) -> None:
        """Open the file (else a `NeedleError`), or make it unless it is only read."""
        self.path = path
        self.database = Database(path, clock, only_reads=only_reads)
        self.clock = self.database.clock
        self._session = Session(self.database)
        self.entries = Entries(self._session)

    @cached_property
    def backups(self) -> Backups:
        """The backups of the file."""
        from .care.backups import Backups

        return Backups(self.path, self.clock)

    def close(self) -> None:
        """Let go of the file."""
        self.database.close()

    @property
    def is_synced(self) -> bool:
        """Whether the file takes part in a sync folder."""
        with self.database.reading() as driver:
            return driver.execute("SELECT folder FROM sync").fetchone()[0] is not None

    def day(self, day: date | None = None, *, with_candidates: bool = False) -> DaySnapshot:
        """All that the Today view shows of a day (None: today); of today also whom to call next."""
        return self.database.ask(
            lambda days: days.day(day or days.facts.today, with_candidates=with_candidates)
        )

    def year(self) -> tuple[StripDay, ...]:
        """What became of each day of the last 52 weeks, up to yesterday."""
        return self.database.ask(lambda days: days.year)

    @property
    def days_away(self) -> int:
        """How many days ago the data were last used; 0 where that is not known."""
        used = self._session.facts.last_use
        return (self.today - used.day).days if used is not None else 0

    def begin_use(self) -> Fall:
        """Note that the app is used today; what was left undone since, asked once a day."""
        used = self._session.facts.last_use
        with self._session.writing():
            moment, last = self.moment(), self._session.facts.last_use
            asked_on = last.asked_on if last is not None else None
            self._session.note_use(asked_on=moment.today)
        from ..domain.today.assembly import Fall, fall_since  # no command asks

        since = asked_on or (used.day if used is not None else moment.today)
        if since == moment.today:
            return Fall()
        return self.database.ask(
            lambda days: fall_since(days.history, since, moment.today, MISSED_DAYS_ASKED)
        )

    def moment(self) -> Moment:
        """Now, by the clock and the settings."""
        return self._session.moment()

    @property
    def settings(self) -> Settings:
        """What the numbers depend on."""
        return self.moment().settings

    @property
    def today(self) -> date:
        """The local day now."""
        return self.moment().today

    @property
    def version(self) -> object:
        """What stays the same as long as nothing changes, as of the last look at the file."""
        return self.database.memory.version
