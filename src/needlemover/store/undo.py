"""The undo history: what each change did to which rows, written in the change's own transaction."""

import json
from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING, Any

from msgspec import Struct, field
from sqlalchemy import (
    ColumnElement,
    Connection,
    Table,
    Update,
    bindparam,
    delete,
    func,
    literal_column,
    or_,
    select,
    true,
    update,
)
from sqlalchemy.sql.dml import ReturningInsert

from ..domain.errors import NeedleError
from .memory import memory_of
from .schema.bookkeeping import BATCH, CHANGE, CHANGED_ROW, UNDONE_ENTRY
from .schema.tables import ENTRY, TIMER, Instant

if TYPE_CHECKING:
    from .session import Session

_ALL = 0
"""Stands for a batch where all entries of the file were added."""

Row = dict[str, Any]


class Changed(Struct):
    """A row as it was and as it became, or of one that was changed some of its columns.

    Both empty: all entries of the batch `row_id`, or all that the file had after its first step.
    """

    table: str
    row_id: int
    before: Row | None = None
    after: Row | None = None


class Step(Struct):
    """A change under way. It keeps each row as it was and as it becomes."""

    connection: Connection
    label: str
    changed: list[Changed] = field(default_factory=list)

    def insert(self, table: Table, **values: Any) -> int:
        """Add a row; its id."""
        # Handed over beside the statement: within it each value would be looked into.
        result = self.connection.execute(_inserting(table), values)
        after = dict(result.one()._mapping)
        self.changed.append(Changed(table.name, after["id"], None, after))
        return int(after["id"])

    def update(self, table: Table, row_id: int, **values: Any) -> None:
        """Change a row; nothing is recorded where it stays the same."""
        before = _row(self.connection, table.name, row_id)
        self.connection.execute(_updating(table), {"changed_id": row_id, **values})
        after = _row(self.connection, table.name, row_id)
        if before != after:
            self.changed.append(Changed(table.name, row_id, before, after))

    def delete(self, table: Table, row_id: int) -> None:
        """Take a row away."""
        before = _row(self.connection, table.name, row_id)
        _delete(self.connection, table.name, row_id)
        self.changed.append(Changed(table.name, row_id, before, None))

    def bring(self, table: Table, row: Row) -> int:
        """Add a row as SQLite keeps it, with its id or with a new one; its id."""
        row_id = _insert(self.connection, table.name, row)
        self.changed.append(
            Changed(table.name, row_id, None, _row(self.connection, table.name, row_id))
        )
        return row_id

    def added_batch(self, batch_id: int) -> None:
        """Record that all entries of a batch were added."""
        self.changed.append(Changed("entry", batch_id))

    def added_all(self) -> None:
        """Record that all entries of the file were added, before which nothing had been done."""
        self.changed.append(Changed("entry", _ALL))


class RecordedStep(Struct, frozen=True):
    """A step of the undo history."""

    id: int
    label: str
    changed_at: datetime
    undone: bool


class Journal:
    """Undo and redo, one history for all processes."""

    def __init__(self, session: "Session") -> None:
        self._session = session

    def undo(self) -> str:
        """Take back the last change; what it was.

        Raises:
            NeedleError: when there is none.
        """
        return self._apply(undo=True)

    def redo(self) -> str:
        """Do the change again that was last taken back; what it was.

        Raises:
            NeedleError: when there is none.
        """
        return self._apply(undo=False)

    def steps(self, at_most: int = 50) -> tuple[RecordedStep, ...]:
        """The history, last change first."""
        with self._session.database.reading() as connection:
            rows = connection.execute(select(CHANGE).order_by(CHANGE.c.id.desc()).limit(at_most))
            return tuple(RecordedStep(*row) for row in rows)

    def _apply(self, *, undo: bool) -> str:
        with self._session.writing() as connection:
            moment = self._session.moment(connection)
            extreme = func.max(CHANGE.c.id) if undo else func.min(CHANGE.c.id)
            found = connection.execute(
                select(CHANGE.c.id, CHANGE.c.label).where(
                    CHANGE.c.id
                    == select(extreme).where(CHANGE.c.undone.is_(not undo)).scalar_subquery()
                )
            ).first()
            if found is None:
                raise NeedleError("There is nothing to undo." if undo else "Nothing to redo.")
            changed = _recorded(connection, found.id)
            connection.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
            for item in reversed(changed) if undo else changed:
                _put_back(connection, item, moment.now, undo=undo)
            connection.execute(update(CHANGE).where(CHANGE.c.id == found.id).values(undone=undo))
            return str(found.label)


def record(step: Step, now: datetime) -> None:
    """Write a step into the history; what had been undone can no longer be redone."""
    if not step.changed:
        return
    with memory_of(step.connection).not_counted():  # nobody remembers what is in the history
        result = step.connection.execute(
            CHANGE.insert(), {"label": step.label, "changed_at": now, "undone": False}
        )
        assert result.inserted_primary_key is not None
        change_id = result.inserted_primary_key[0]
        step.connection.execute(
            CHANGED_ROW.insert(),
            [
                {
                    "change_id": change_id,
                    "table_name": item.table,
                    "row_id": item.row_id,
                    "before": _as_text(item.before),
                    "after": _as_text(item.after),
                }
                for item in step.changed
            ],
        )


def _recorded(connection: Connection, change_id: int) -> list[Changed]:
    rows = connection.execute(
        select(
            CHANGED_ROW.c.table_name,
            CHANGED_ROW.c.row_id,
            CHANGED_ROW.c.before,
            CHANGED_ROW.c.after,
        )
        .where(CHANGED_ROW.c.change_id == change_id)
        .order_by(CHANGED_ROW.c.id)
    )
    return [Changed(row[0], row[1], _as_row(row[2]), _as_row(row[3])) for row in rows]


def _put_back(connection: Connection, item: Changed, now: datetime, *, undo: bool) -> None:
    if item.before is None and item.after is None:
        _move_batch(connection, item.row_id, undo=undo)
        return
    wanted = item.before if undo else item.after
    if wanted is None:
        _delete(connection, item.table, item.row_id)
        return
    if item.table == TIMER.name and wanted["last_seen"] is not None:
        # A timer that comes back runs on: the time it was away is no gap.
        wanted["last_seen"] = Instant().process_bind_param(now, connection.dialect)
    if item.before is None or item.after is None:
        _insert(connection, item.table, wanted)
        return
    columns = ", ".join(f'"{name}" = ?' for name in wanted)
    connection.exec_driver_sql(
        f'UPDATE "{item.table}" SET {columns} WHERE id = ?', (*wanted.values(), item.row_id)
    )


def _move_batch(connection: Connection, batch_id: int, *, undo: bool) -> None:
    source, target = (ENTRY, UNDONE_ENTRY) if undo else (UNDONE_ENTRY, ENTRY)
    names = [column.name for column in ENTRY.columns]
    moved = _of_batch(source, batch_id, undo=undo)
    rows = select(*(source.c[name] for name in names)).where(moved)
    connection.execute(target.insert().from_select(names, rows))
    connection.execute(delete(source).where(moved))


def _of_batch(source: Table, batch_id: int, *, undo: bool) -> ColumnElement[bool]:
    if batch_id != _ALL:
        return source.c.batch_id == batch_id
    if undo:  # every later step is undone already: only these are left
        return true()
    # Imports that were undone as well have no batch yet.
    return or_(source.c.batch_id.is_(None), source.c.batch_id.in_(select(BATCH.c.id)))


def _row(connection: Connection, table: str, row_id: int) -> Row | None:
    """A row as SQLite keeps it, so that it can be put back exactly."""
    found = connection.exec_driver_sql(f'SELECT * FROM "{table}" WHERE id = ?', (row_id,)).first()
    return None if found is None else dict(found._mapping)


def _insert(connection: Connection, table: str, row: Row) -> int:
    names, marks = ", ".join(f'"{name}"' for name in row), ", ".join("?" * len(row))
    result = connection.exec_driver_sql(
        f'INSERT INTO "{table}" ({names}) VALUES ({marks})', tuple(row.values())
    )
    return int(result.lastrowid)


def _delete(connection: Connection, table: str, row_id: int) -> None:
    connection.exec_driver_sql(f'DELETE FROM "{table}" WHERE id = ?', (row_id,))


@cache
def _inserting(table: Table) -> ReturningInsert[Any]:
    """Adds a row and gives it back as SQLite keeps it. To make it takes longer than to do it."""
    return table.insert().returning(literal_column("*"))


@cache
def _updating(table: Table) -> Update:
    return update(table).where(table.c.id == bindparam("changed_id"))


def _as_text(row: Row | None) -> str | None:
    return None if row is None else json.dumps(row, ensure_ascii=False)


def _as_row(text: str | None) -> Row | None:
    return None if text is None else json.loads(text)
