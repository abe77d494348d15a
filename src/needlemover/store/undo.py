"""The undo history: what each change did to which rows, written in the change's own transaction."""

import sqlite3
from collections.abc import Sequence
from datetime import date
from functools import cache
from typing import Any

from msgspec import Struct, field, json
from sqlalchemy import (
    ColumnClause,
    ColumnElement,
    Connection,
    Table,
    bindparam,
    literal_column,
    select,
    update,
)
from sqlalchemy.sql.dml import ReturningInsert, ReturningUpdate

from ..domain.settings import Moment
from .facts import Facts, Named
from .file import Memory
from .schema.tables import IDENTIFIED, instant_text, new_uid

ALL_ENTRIES = 0  # a batch of all entries of the file, before which nothing was done

RowImage = dict[str, Any]

_SILENT = frozenset({"entry", "timer", "call_block"})  # say nothing of other rows


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

    connection: Connection
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

    def find(self, wanted: ColumnElement[Any], *where: ColumnElement[bool]) -> Any:
        """A value of the first row that fits; None: no row does."""
        return self.connection.execute(select(wanted).where(*where).limit(1)).scalar()

    def insert(self, table: Table, **values: Any) -> int:
        """Add a row; its id."""
        # Handed over beside the statement: within it each value would be looked into.
        result = self.connection.execute(_inserting(table), values)
        return self._added(table, dict(result.one()._mapping))

    def bring(self, table: Table, row: RowImage) -> int:
        """Add a row as SQLite keeps it, with its id or with a new one; its id."""
        return self._added(table, insert_row(self.connection, table.name, row))

    def update(self, table: Table, row_id: int, **values: Any) -> None:
        """Change a row; nothing is recorded where it stays the same, or no value is given."""
        if not values:
            return
        query = f'SELECT * FROM "{table.name}" WHERE id = ?'
        before = dict(self.connection.exec_driver_sql(query, (row_id,)).one()._mapping)
        result = self.connection.execute(_updating(table), {"changed_id": row_id, **values})
        after = dict(result.one()._mapping)
        if before != after:
            self.changed.append(Changed(table.name, row_id, before, after))

    def delete(self, table: Table, row_id: int) -> None:
        """Take a row away."""
        before = delete_row(self.connection, table.name, row_id)
        self.changed.append(Changed(table.name, row_id, before, None))

    def _added(self, table: Table, after: RowImage) -> int:
        self.changed.append(Changed(table.name, after["id"], None, after))
        return int(after["id"])

    def added_batch(self, batch_id: int) -> None:
        """Record that all entries of a batch were added, or `ALL_ENTRIES` of the file."""
        self.changed.append(Changed("entry", batch_id))


def record_step(step: Step) -> None:
    """Write a step into the history; what had been undone can no longer be redone."""
    if not step.changed:
        return
    connection = step.connection
    changed_at = instant_text(step.moment.now)
    with step.memory.not_counted():  # nobody remembers what is in the history
        change = connection.exec_driver_sql(
            "INSERT INTO change (label, changed_at, undone) VALUES (?, ?, 0)",
            (step.label, changed_at),
        )
        connection.exec_driver_sql(
            "INSERT INTO changed_row (change_id, table_name, row_id, before, after) "
            "VALUES (?, ?, ?, ?, ?)",
            [
                (change.lastrowid, item.table, item.row_id, _text(item.before), _text(item.after))
                for item in step.changed
            ],
        )


def insert_row(connection: Connection, table: str, row: RowImage) -> RowImage:
    """Add a row as SQLite keeps it; all of it."""
    if table in IDENTIFIED and row.get("uid") is None:  # as it was kept by an earlier version
        row = row | {"uid": new_uid()}
    names, marks = ", ".join(f'"{name}"' for name in row), ", ".join("?" * len(row))
    result = connection.exec_driver_sql(
        f'INSERT INTO "{table}" ({names}) VALUES ({marks}) RETURNING *', tuple(row.values())
    )
    return dict(result.one()._mapping)


def delete_row(connection: Connection, table: str, row_id: int) -> RowImage | None:
    """Take a row away; as SQLite kept it, so that it can be put back exactly."""
    statement = f'DELETE FROM "{table}" WHERE id = ? RETURNING *'
    found = connection.exec_driver_sql(statement, (row_id,)).first()
    return None if found is None else dict(found._mapping)


_AS_KEPT: ColumnClause[Any] = literal_column("*")  # all columns, as SQLite keeps them


@cache
def _inserting(table: Table) -> ReturningInsert[Any]:
    """Adds a row and gives it back as SQLite keeps it. To make it takes longer than to do it."""
    return table.insert().returning(_AS_KEPT)


@cache
def _updating(table: Table) -> ReturningUpdate[Any]:
    changed = update(table).where(table.c.id == bindparam("changed_id"))
    return changed.returning(_AS_KEPT)


def _text(row: RowImage | None) -> str | None:
    return None if row is None else json.encode(row).decode()
