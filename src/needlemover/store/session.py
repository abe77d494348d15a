"""What every subject of the store shares: the file, the clock, the settings, the last use."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import date, datetime
from typing import ClassVar

from msgspec import json
from msgspec.structs import asdict
from sqlalchemy import Connection

from ..clock import zone_name
from ..domain.settings import Moment
from .facts import Facts, LastUse
from .file import Database
from .schema.tables import KEPT_PAST, LAST_USE, SKIPPED_DAY, instant_text
from .undo import Step, named_in, record_step

# The clock of a change: always later than that of the change before, whatever the time is.
_TICK = """
    INSERT INTO sync (id, clock, merging) VALUES (1, ?1 << 20, 0) ON CONFLICT (id)
    DO UPDATE SET clock = (max((clock >> 20) + 1, ?1) << 20) | (clock & 0xFFFFF)
"""


class _OnlyTriedError(Exception):
    """Ends a trial run, so that the transaction is rolled back."""


class Session:
    """A database and a clock."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.clock = database.clock
        self.memory = database.memory
        self.reading = database.reading

    @property
    def facts(self) -> Facts:
        """What the file says that today is made of."""
        return self.database.ask(lambda days: days.facts)

    def moment(self) -> Moment:
        """Now, by the clock and the settings."""
        facts = self.facts
        return Moment(self.clock.now(), self.clock.zone(), facts.today, facts.settings)

    @contextmanager
    def change(self, label: str, *, dry_run: bool = False) -> Iterator[Step]:
        """One change of the user's, in one transaction, that can be undone.

        The label is what the undo history calls it, and may change. Of a trial run nothing stays.
        """
        with suppress(_OnlyTriedError), self.writing() as connection:
            step = Step(connection, self.memory, self.moment(), label)
            yield step
            if dry_run:
                raise _OnlyTriedError
            record_step(step)
            # Whoever shows the change needs no other transaction.
            self.memory.days(named_in(step.changed))

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """One transaction that writes. Every change goes through here.

        Where it is done, and what the days before today come to, is kept first, while it is known:
        what then changes one of those days drops it (`schema.steps`).
        """
        with self.database.writing() as connection:
            with self.memory.not_counted():
                now = int(self.clock.now().timestamp() * 1000)
                self.memory.driver.execute(_TICK, (now,))
            self.note_use(connection)
            days = self.memory.days()
            before = days.before
            if before is not days.facts.before:
                facts = json.encode(before).decode()
                kept = KEPT_PAST.insert().prefix_with("OR REPLACE")
                connection.execute(kept.values(id=1, day=before.day, facts=facts))
            yield connection

    def note_use(self, connection: Connection, asked_on: date | None = None) -> None:
        """Note that the data are used, in a transaction that writes.

        A date skipped until now rests. `asked_on` is the day on which the app asks about missed
        days; None: as before.
        """
        moment, facts = self.moment(), self.facts
        last = facts.last_use
        use = LastUse(
            day=moment.today if last is None else max(last.day, moment.today),
            utc_offset=moment.offset_at(moment.now),
            zone=zone_name(moment.zone) or None,
            asked_on=last.asked_on if asked_on is None and last is not None else asked_on,
        )
        if use == last:
            return
        for day in facts.skipped:
            connection.execute(SKIPPED_DAY.insert().prefix_with("OR IGNORE").values(day=day))
        used = LAST_USE.insert().prefix_with("OR REPLACE")
        connection.execute(used.values(id=1, at=moment.now, **asdict(use)))


class Subject:
    """What the store does and answers of one subject, through its session."""

    def __init__(self, session: Session) -> None:
        self._session = session


class Watched(Subject):
    """What an app sees running: a row of a table, as long as it fits."""

    _table: ClassVar[str]
    _fits: ClassVar[str] = "TRUE"

    def last_seen(self) -> datetime | None:
        """When an app last saw it run; None: it was started by a command and no app has."""
        with self._session.reading() as driver:
            query = f"SELECT last_seen FROM {self._table} WHERE {self._fits}"
            found = driver.execute(query).fetchone()
        return datetime.fromisoformat(found[0]) if found and found[0] else None

    def seen(self) -> None:
        """Write that an app sees it run. It is no change of the user's."""
        with self._session.writing() as connection:
            seen_at = instant_text(self._session.clock.now())
            with self._session.memory.not_counted():  # nobody remembers it
                connection.exec_driver_sql(
                    f"UPDATE {self._table} SET last_seen = ? WHERE {self._fits}", (seen_at,)
                )
