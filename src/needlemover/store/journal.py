"""Undo and redo: one history for all processes."""

from datetime import datetime

from msgspec import Struct, json
from sqlalchemy import ColumnElement, Connection, Table, delete, or_, select, true, update

from ..domain.errors import NeedleError, OlderError
from ..text.format import long_day
from .schema.bookkeeping import BATCH, CHANGE, CHANGED_ROW, UNDONE_ENTRY
from .schema.tables import ENTRY, TIMER, instant_text
from .session import Subject
from .undo import ALL_ENTRIES, Changed, RowImage, delete_row, insert_row, named_in

_IMAGE = json.Decoder(RowImage | None)


class RecordedStep(Struct, frozen=True):
    """A step of the undo history."""

    id: int
    label: str
    changed_at: datetime
    undone: bool


class Journal(Subject):
    """Undo and redo, one history for all processes."""

    def undo(self, *, older: bool = True) -> str:
        """Take back the last change; what it was, and its day where that is not today.

        Raises:
            OlderError: when it is of another day and may not be `older`.
            NeedleError: when there is none.
        """
        return self._apply(undo=True, older=older)

    def redo(self, *, older: bool = True) -> str:
        """Do the change again that was last taken back; the same, and refused alike."""
        return self._apply(undo=False, older=older)

    def steps(self, at_most: int = 50) -> tuple[RecordedStep, ...]:
        """The history, last change first."""
        with self._session.database.reading() as connection:
            rows = connection.execute(select(CHANGE).order_by(CHANGE.c.id.desc()).limit(at_most))
            return tuple(RecordedStep(*row) for row in rows)

    def _apply(self, *, undo: bool, older: bool) -> str:
        with self._session.writing() as connection:
            moment = self._session.moment()
            found = connection.execute(
                select(CHANGE.c.id, CHANGE.c.label, CHANGE.c.changed_at)
                .where(CHANGE.c.undone.is_(not undo))
                .order_by(CHANGE.c.id.desc() if undo else CHANGE.c.id)
                .limit(1)
            ).first()
            if found is None:
                raise NeedleError("There is nothing to undo." if undo else "Nothing to redo.")
            day, label = moment.day_of(found.changed_at), str(found.label)
            if day != moment.today:
                if not older:
                    command = "undo" if undo else "redo"
                    sentence = f"The next change to {command} was made on {long_day(day)}: {label}."
                    raise OlderError(sentence, "older", command=command)
                label += f" ({long_day(day)})"
            changed = _recorded(connection, found.id)
            connection.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
            for item in reversed(changed) if undo else changed:
                _put_back(connection, item, moment.now, undo=undo)
            connection.execute(update(CHANGE).where(CHANGE.c.id == found.id).values(undone=undo))
            self._session.memory.days(named_in(changed))
            return label


def _recorded(connection: Connection, change_id: int) -> list[Changed]:
    row = CHANGED_ROW.c
    rows = connection.execute(
        select(row.table_name, row.row_id, row.before, row.after)
        .where(row.change_id == change_id)
        .order_by(row.id)
    )
    return [
        Changed(table, row_id, _IMAGE.decode(before or "null"), _IMAGE.decode(after or "null"))
        for table, row_id, before, after in rows
    ]


def _put_back(connection: Connection, item: Changed, now: datetime, *, undo: bool) -> None:
    if item.is_batch:
        _move_batch(connection, item.row_id, undo=undo)
        return
    wanted = item.before if undo else item.after
    if wanted is None:
        delete_row(connection, item.table, item.row_id)
        return
    if item.table == TIMER.name and wanted["last_seen"] is not None:
        # A timer that comes back runs on: the time it was away is not a gap.
        wanted["last_seen"] = instant_text(now)
    if item.before is None or item.after is None:
        insert_row(connection, item.table, wanted)
        return
    if item.table == TIMER.name:
        wanted.pop("draft", None)  # it is typed outside the history
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
    if batch_id != ALL_ENTRIES:
        return source.c.batch_id == batch_id
    if undo:  # every later step is undone already: only these are left
        return true()
    # Imports that were undone as well have no batch yet.
    return or_(source.c.batch_id.is_(None), source.c.batch_id.in_(select(BATCH.c.id)))
