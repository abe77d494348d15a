"""What every subject of the store shares: the file, the clock, the settings."""

from collections.abc import Iterator
from contextlib import contextmanager

from msgspec import json
from sqlalchemy import Connection

from .facts import Facts
from .file import Database
from .last_use import note_use
from .memory import facts_of, memory_of
from .moment import Moment
from .schema.bookkeeping import KEPT_PAST, write_only_row
from .undo import Step, named_in, record_step


class Session:
    """A database and a clock."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.clock = database.clock

    def moment(self, connection: Connection) -> Moment:
        """Now, by the clock and the settings."""
        return self.moment_of(facts_of(connection))

    def moment_of(self, facts: Facts) -> Moment:
        """The same, given what the file says."""
        return Moment(self.clock.now(), self.clock.zone(), facts.today, facts.settings)

    @contextmanager
    def change(self, label: str) -> Iterator[Step]:
        """One change of the user's, in one transaction, that can be undone.

        The label is what the undo history calls it; a step may rename itself.
        """
        with self.writing() as connection:
            step = Step(connection, self.moment(connection), label)
            yield step
            record_step(step)
            # Whoever shows the change needs no other transaction.
            memory_of(connection).days(named_in(step.changed))

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """One transaction that writes. Every change goes through here.

        Where it is done, and what the days before today come to, is kept first, while it is known:
        what then changes one of those days drops it (`schema.steps`).
        """
        with self.database.writing() as connection:
            note_use(connection, self.moment(connection))
            _keep_past(connection)
            yield connection


class Subject:
    """What the store does and answers of one subject, through its session."""

    def __init__(self, session: Session) -> None:
        self._session = session


def _keep_past(connection: Connection) -> None:
    days = memory_of(connection).days()
    before = days.before
    if before is not days.facts.before:
        facts = json.encode(before).decode()
        write_only_row(connection, KEPT_PAST, day=before.day, facts=facts)
