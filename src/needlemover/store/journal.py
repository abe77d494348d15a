"""Undo and redo: one history for all processes."""

from datetime import datetime

from msgspec import Struct, json
from sqlalchemy import Connection

from ..domain.errors import NeedleError, OlderError
from ..text.format import long_day
from .schema.tables import CALL_BLOCK, ENTRY, TIMER, instant_text
from .session import Subject
from .undo import ALL_ENTRIES, Changed, RowImage, delete_row, insert_row, named_in

_CHANGE = """
    SELECT json_object('id', id, 'label', label, 'changed_at', changed_at, 'undone', undone)
    FROM change
"""
_CHANGED = """
    SELECT table_name, row_id, before, after FROM changed_row WHERE change_id = ? ORDER BY id
"""
_IMAGE = json.Decoder(RowImage | None)


class RecordedStep(Struct, frozen=True):
    """A step of the undo history."""

    id: int
    label: str
    changed_at: datetime
    undone: bool


_DECODER = json.Decoder(RecordedStep, strict=False)


class Journal(Subject):
    """Undo and redo, one history for all processes."""

    def undo(self, *, older: bool = True) -> str:
        """Take back the last change; what it was, and its day where that is not today.

        An `OlderError` when it is of another day and may not be; a `NeedleError` when there is
        none.
        """
        return self._apply(undo=True, older=older)

    def redo(self, *, older: bool = True) -> str:
        """Do the change again that was last taken back; the same, and refused alike."""
        return self._apply(undo=False, older=older)

    def steps(self, at_most: int = 50) -> tuple[RecordedStep, ...]:
        """The history, last change first."""
        with self._session.reading() as driver:
            rows = driver.execute(f"{_CHANGE} ORDER BY id DESC LIMIT ?", (at_most,))
            return tuple(_DECODER.decode(text) for (text,) in rows)

    def _apply(self, *, undo: bool, older: bool) -> str:
        with self._session.writing() as connection:
            moment = self._session.moment()
            which = "NOT undone ORDER BY id DESC" if undo else "undone ORDER BY id"
            found = connection.exec_driver_sql(f"{_CHANGE} WHERE {which} LIMIT 1").scalar()
            if found is None:
                raise NeedleError("There is nothing to undo." if undo else "Nothing to redo.")
            change = _DECODER.decode(found)
            day, label = moment.day_of(change.changed_at), change.label
            if day != moment.today:
                if not older:
                    command = "undo" if undo else "redo"
                    sentence = f"The next change to {command} was made on {long_day(day)}: {label}."
                    raise OlderError(sentence, "older", command=command)
                label += f" ({long_day(day)})"
            changed = [
                Changed(table, row, _IMAGE.decode(before or "null"), _IMAGE.decode(after or "null"))
                for table, row, before, after in connection.exec_driver_sql(_CHANGED, (change.id,))
            ]
            connection.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
            for item in reversed(changed) if undo else changed:
                _put_back(connection, item, moment.now, undo=undo)
            done = "UPDATE change SET undone = ? WHERE id = ?"
            connection.exec_driver_sql(done, (undo, change.id))
            self._session.memory.days(named_in(changed))
            return label


def _put_back(connection: Connection, item: Changed, now: datetime, *, undo: bool) -> None:
    if item.is_batch:
        _move_batch(connection, item.row_id, undo=undo)
        return
    wanted = item.before if undo else item.after
    if wanted is None:
        delete_row(connection, item.table, item.row_id)
        return
    runs = item.table == TIMER.name or (item.table == CALL_BLOCK.name and not wanted["ended_at"])
    if runs and wanted["last_seen"] is not None:
        # What runs on when it comes back: the time it was away is not a gap.
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


_COLUMNS = ", ".join(column.name for column in ENTRY.columns)


def _move_batch(connection: Connection, batch_id: int, *, undo: bool) -> None:
    """Take the entries of an import away, as they are, for the case of a redo; or bring them back.

    Of all entries of the file, those of undone imports, too, stay away: they have no batch.
    """
    source, target = ("entry", "undone_entry") if undo else ("undone_entry", "entry")
    which = f"batch_id = {batch_id}"
    if batch_id == ALL_ENTRIES:
        which = "TRUE" if undo else "batch_id IS NULL OR batch_id IN (SELECT id FROM batch)"
    moved = f"INSERT INTO {target} ({_COLUMNS}) SELECT {_COLUMNS} FROM {source} WHERE {which}"
    connection.exec_driver_sql(moved)
    connection.exec_driver_sql(f"DELETE FROM {source} WHERE {which}")
    if undo:  # what was left out as the double of one of them is new then
        connection.exec_driver_sql("DELETE FROM double_key")
