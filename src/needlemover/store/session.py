"""What every subject of the store shares: the file, the clock, and changes that can be undone."""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import date, datetime
from functools import cache
from typing import Any, ClassVar

import sqlalchemy as sa
from msgspec import Struct, field, json, to_builtins

from ..clock import zone_name
from ..domain.settings import Moment
from .facts import Facts, LastUse, Named
from .file import Database, Memory
from .schema.tables import IDENTIFIED, instant_text, new_uid

ALL_ENTRIES = 0  # a batch of all entries of the file, before which nothing was done
RowImage = dict[str, Any]
_SILENT = {"entry", "timer", "call_block", "forgotten_key"}  # say nothing of other rows


class Changed(Struct):
    """A row as it was and as it became, or of one that was changed some of its columns.

    Both empty: all entries of the batch `row_id`, or all that the file had after its first step.
    """

    table: str
    row_id: int
    before: RowImage | None = None
    after: RowImage | None = None

    @property
    def is_batch(self) -> bool:
        """Whether it stands for many entries."""
        return self.before is None and self.after is None


def named_in(changed: Sequence[Changed]) -> Named | None:
    """The entries that a change may concern; None: any."""
    if not changed or any(item.table not in _SILENT or item.is_batch for item in changed):
        return None
    entries = [item for item in changed if item.table == "entry"]
    rows = [row for item in entries for row in (item.before, item.after) if row is not None]
    followed = [row["follows"] for row in rows if row.get("follows")]
    contacts = [row["contact_key"] for row in rows if row.get("contact_key")]
    days = (date.fromisoformat(row["day"]) if "day" in row else date.min for row in rows)
    return Named(
        [item.row_id for item in entries] + followed,
        contacts,
        since=min(days, default=date.max),
        are_of_buyers=bool(followed or contacts),
    )


class Step(Struct):
    """A change under way. It keeps each row as it was and as it becomes."""

    connection: sa.Connection
    memory: Memory
    moment: Moment
    label: str  # what it does, as the undo history names it
    changed: list[Changed] = field(default_factory=list)

    @property
    def driver(self) -> sqlite3.Connection:
        """The connection of the standard library, in the same transaction."""
        return self.memory.driver

    @property
    def facts(self) -> Facts:
        """What the file says now, with what the change did to it so far."""
        return self.memory.days(named_in(self.changed)).facts

    def find(self, wanted: sa.ColumnElement[Any], *where: sa.ColumnElement[bool]) -> Any:
        """A value of the first row that fits; None: no row does."""
        return self.connection.execute(sa.select(wanted).where(*where).limit(1)).scalar()

    def insert(self, table: sa.Table, **values: Any) -> int:
        """Add a row; its id."""
        # Handed over beside the statement: within it each value would be looked into.
        result = self.connection.execute(_statements(table)[0], values)
        return self._added(table, dict(result.one()._mapping))

    def bring(self, table: sa.Table, row: RowImage) -> int:
        """Add a row as SQLite keeps it, with its id or with a new one; its id."""
        return self._added(table, insert_row(self.driver, table.name, row))

    def update(self, table: sa.Table, row_id: int, **values: Any) -> None:
        """Change a row; nothing is recorded where it stays the same, or no value is given."""
        if not values:
            return
        query = f'SELECT * FROM "{table.name}" WHERE id = ?'
        before = row_of(self.driver.execute(query, (row_id,)))
        result = self.connection.execute(_statements(table)[1], {"changed_id": row_id, **values})
        after = dict(result.one()._mapping)
        if before != after:
            self.changed.append(Changed(table.name, row_id, before, after))

    def delete(self, table: sa.Table, row_id: int) -> None:
        """Take a row away."""
        before = delete_row(self.driver, table.name, row_id)
        self.changed.append(Changed(table.name, row_id, before, None))

    def _added(self, table: sa.Table, after: RowImage) -> int:
        self.changed.append(Changed(table.name, after["id"], None, after))
        return int(after["id"])

    def added_batch(self, batch_id: int) -> None:
        """Record that all entries of a batch were added, or `ALL_ENTRIES` of the file."""
        self.changed.append(Changed("entry", batch_id))


def record_step(step: Step) -> None:
    """Write a step into the history; what had been undone can no longer be redone."""
    if not step.changed:
        return
    changed_at = instant_text(step.moment.now)
    with step.memory.not_counted():  # nobody remembers what is in the history
        change = step.driver.execute(
            "INSERT INTO change (label, changed_at, undone) VALUES (?, ?, 0)",
            (step.label, changed_at),
        )
        step.driver.executemany(
            "INSERT INTO changed_row (change_id, table_name, row_id, before, after) "
            "VALUES (?, ?, ?, ?, ?)",
            [
                (change.lastrowid, item.table, item.row_id, _text(item.before), _text(item.after))
                for item in step.changed
            ],
        )


def row_of(found: sqlite3.Cursor) -> RowImage | None:
    """The next row of a query, by the names of its columns; None: there is none."""
    values = found.fetchone()
    return values and dict(zip((name for name, *_ in found.description), values, strict=True))


def insert_row(driver: sqlite3.Connection, table: str, row: RowImage) -> RowImage:
    """Add a row as SQLite keeps it; all of it."""
    if table in IDENTIFIED and row.get("uid") is None:  # as it was kept by an earlier version
        row = row | {"uid": new_uid()}
    names, marks = ", ".join(f'"{name}"' for name in row), ", ".join("?" * len(row))
    statement = f'INSERT INTO "{table}" ({names}) VALUES ({marks}) RETURNING *'
    return row_of(driver.execute(statement, tuple(row.values()))) or {}


def delete_row(driver: sqlite3.Connection, table: str, row_id: int) -> RowImage | None:
    """Take a row away; as SQLite kept it, so that it can be put back exactly."""
    return row_of(driver.execute(f'DELETE FROM "{table}" WHERE id = ? RETURNING *', (row_id,)))


@cache
def _statements(table: sa.Table) -> tuple[sa.Executable, sa.Executable]:
    """What adds and what changes a row, and gives it back as SQLite keeps it: slow to make."""
    changed = table.update().where(table.c.id == sa.bindparam("changed_id"))
    as_kept: list[sa.ColumnClause[Any]] = [sa.column(each.name) for each in table.c]  # of no type
    return table.insert().returning(*as_kept), changed.returning(*as_kept)


def _text(row: RowImage | None) -> str | None:
    return None if row is None else json.encode(row).decode()


# The clock of a change: always later than that of the change before, whatever the time is.
_TICK = """
    INSERT INTO sync (id, clock, merging) VALUES (1, ?1 << 20, 0) ON CONFLICT (id)
    DO UPDATE SET clock = (max((clock >> 20) + 1, ?1) << 20) | (clock & 0xFFFFF)
"""
_USE = """
    INSERT OR REPLACE INTO last_use (id, day, at, utc_offset, zone, asked_on)
    VALUES (1, :day, :at, :utc_offset, :zone, :asked_on)
"""
_KEEP_PAST = "INSERT OR REPLACE INTO kept_past (id, day, facts) VALUES (1, ?, ?)"


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
        with suppress(_OnlyTriedError), self.writing():
            step = Step(self.database.connection, self.memory, self.moment(), label)
            yield step
            if dry_run:
                raise _OnlyTriedError
            record_step(step)
            # Whoever shows the change needs no other transaction.
            self.memory.days(named_in(step.changed))

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """One transaction that writes, in plain SQL. Every change goes through here.

        Where it is done, and what the days before today come to, is kept first, while it is known:
        what then changes one of those days drops it (`schema.steps`).
        """
        with self.database.writing():
            driver = self.memory.driver
            with self.memory.not_counted():
                now = int(self.clock.now().timestamp() * 1000)
                driver.execute(_TICK, (now,))
            self.note_use()
            days = self.memory.days()
            before = days.before
            if before is not days.facts.before:
                driver.execute(_KEEP_PAST, (before.day.isoformat(), json.encode(before).decode()))
            yield driver

    def note_use(self, asked_on: date | None = None) -> None:
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
        driver, skipped = self.memory.driver, [(day.isoformat(),) for day in facts.skipped]
        driver.executemany("INSERT OR IGNORE INTO skipped_day (day) VALUES (?)", skipped)
        driver.execute(_USE, to_builtins(use) | {"at": instant_text(moment.now)})


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
        seen = f"UPDATE {self._table} SET last_seen = ? WHERE {self._fits}"
        with self._session.writing() as driver, self._session.memory.not_counted():
            driver.execute(seen, (instant_text(self._session.clock.now()),))
