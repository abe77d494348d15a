"""Undo and redo: one history for all processes."""

import sqlite3
from datetime import datetime

from msgspec import Struct, json
from sqlmodel import SQLModel

from ..domain.errors import NeedleError, OlderError
from ..text.format import long_day
from .derived import RANK, fill_quotas
from .schema.tables import ACTIVITY, CALL_BLOCK, CONTACT, ENTRY, IDENTITY, TIMER, instant_text
from .session import ALL_ENTRIES, Changed, RowImage, Subject, delete_row, insert_row, named_in

_CHANGE = """
    SELECT json_object('id', id, 'label', label, 'changed_at', changed_at, 'undone', undone)
    FROM change
"""
_CHANGED = """
    SELECT table_name, row_id, before, after FROM changed_row WHERE change_id = ? ORDER BY id
"""
_IMAGE = json.Decoder(RowImage | None)
_KNOWN_BY = {
    "missed_reason": ("day",),
    "forgotten_key": ("source", "source_key"),
    "import_answer": ("header",),
}
"""What tells a row without a uid from others."""
_NOW = """
    SELECT this.id FROM changed_row JOIN {} AS this
        ON this.uid IN (json_extract(after, '$.uid'), json_extract(before, '$.uid'))
    WHERE table_name = ? AND row_id = ? LIMIT 1
"""
"""The id of a row that came back with another than it had."""
_SILENCE = "UPDATE sync SET merging = {}"
# Entries of an undone import whose ids have others by now, or that came back on another way.
_IS_HERE = """EXISTS (SELECT 1 FROM entry WHERE entry.uid = undone_entry.uid
    OR (entry.source = undone_entry.source AND entry.source_key = undone_entry.source_key))"""
_CLASHING = f"""
    SELECT 1 FROM undone_entry
    WHERE ({{}}) AND ({_IS_HERE} OR id IN (SELECT id FROM entry)) LIMIT 1
"""
_NEWEST = "(SELECT max(id) FROM entry)"
_MAKE_ROOM = (
    f"DELETE FROM undone_entry WHERE ({{0}}) AND {_IS_HERE}",
    f"UPDATE undone_entry AS entry SET uid = {IDENTITY} WHERE ({{0}}) AND source_key IS NULL",
    f"""UPDATE undone_entry SET follows = follows + {_NEWEST}
    WHERE ({{0}}) AND follows IN (SELECT id FROM undone_entry WHERE {{0}})""",
    f"UPDATE undone_entry SET id = id + {_NEWEST} WHERE {{0}}",
)


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

        An `OlderError` when it is of another day and may not be; a `NeedleError` for none.
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
        with self._session.writing() as driver:
            moment = self._session.moment()
            which = "NOT undone ORDER BY id DESC" if undo else "undone ORDER BY id"
            found = driver.execute(f"{_CHANGE} WHERE {which} LIMIT 1").fetchone()
            if found is None:
                raise NeedleError("There is nothing to undo." if undo else "Nothing to redo.")
            change = _DECODER.decode(found[0])
            day, label = moment.day_of(change.changed_at), change.label
            if day != moment.today:
                if not older:
                    command = "undo" if undo else "redo"
                    sentence = f"The next change to {command} was made on {long_day(day)}: {label}."
                    raise OlderError(sentence, "older", command=command)
                label += f" ({long_day(day)})"
            changed = [
                Changed(table, row, _IMAGE.decode(before or "null"), _IMAGE.decode(after or "null"))
                for table, row, before, after in driver.execute(_CHANGED, (change.id,))
            ]
            driver.execute("PRAGMA defer_foreign_keys = ON")
            in_order = reversed(changed) if undo else changed
            done = [_put_back(driver, item, moment.now, undo=undo) for item in in_order]
            if not all(done):
                label += " (but for what was changed elsewhere since)"
            if any(item.table == ACTIVITY.name for item in changed):
                driver.execute(RANK)  # others may have come or moved
            driver.execute("UPDATE change SET undone = ? WHERE id = ?", (undo, change.id))
            self._session.memory.days(named_in(changed))
            return label


def _put_back(driver: sqlite3.Connection, item: Changed, now: datetime, *, undo: bool) -> bool:
    """Put back what the change itself changed; whether that could be.

    What came from elsewhere since stays: another row in the place of one, other columns of it.
    """
    if item.is_batch:
        _move_batch(driver, item.row_id, undo=undo)
        return True
    wanted, other = (item.before, item.after) if undo else (item.after, item.before)
    row_id = _row_of(driver, item)
    if wanted is None:
        if row_id is not None and _is_referred_to(driver, item.table, row_id):
            return False
        if row_id is not None:
            # What was never told to anybody is not told to be gone.
            driver.execute(_SILENCE.format("folder IS NULL" if undo else 0))
            delete_row(driver, item.table, row_id)
            driver.execute(_SILENCE.format(0))
        return True
    runs = item.table == TIMER.name or (item.table == CALL_BLOCK.name and not wanted["ended_at"])
    if runs and wanted["last_seen"] is not None:
        # What runs on when it comes back: the time it was away is not a gap.
        wanted["last_seen"] = instant_text(now)
    try:
        if other is None:
            if row_id is None:
                taken = f'SELECT id FROM "{item.table}" WHERE id = ?'
                if driver.execute(taken, (item.row_id,)).fetchone():
                    wanted["id"] = None
                if not _find_others(driver, item.table, wanted):
                    return False
                insert_row(driver, item.table, wanted)
            return True
        if item.table == TIMER.name:
            wanted.pop("draft", None)  # it is typed outside the history
        new = {name: value for name, value in wanted.items() if other.get(name) != value}
        if not _find_others(driver, item.table, new):
            return False
        columns = ", ".join(f'"{name}" = ?' for name in new) or "id = id"
        driver.execute(f'UPDATE "{item.table}" SET {columns} WHERE id = ?', (*new.values(), row_id))
    except sqlite3.IntegrityError:
        return False
    if item.table == ENTRY.name:  # other columns of it may have changed elsewhere
        fill_quotas(driver, "entry.id = ?", row_id)
    return row_id is not None


def _find_others(driver: sqlite3.Connection, table: str, row: RowImage) -> bool:
    """Have a row name others by the ids that they have now; False: one of them is not there."""
    for key in SQLModel.metadata.tables[table].foreign_keys:
        name, target = key.parent.name, key.column.table.name
        is_here = f"SELECT id FROM {target} WHERE id = ?"
        if row.get(name) and not driver.execute(is_here, (row[name],)).fetchone():
            row[name] = _id_now(driver, target, row[name])
            if row[name] is None:
                return False
    return True


def _id_now(driver: sqlite3.Connection, table: str, row_id: int) -> int | None:
    found = driver.execute(_NOW.format(table), (table, row_id)).fetchone()
    return found and int(found[0])


def _row_of(driver: sqlite3.Connection, item: Changed) -> int | None:
    """The id that the row of a change has now: another where it was away; None: it is not there."""
    images = [image for image in (item.before, item.after) if image is not None]
    image = {"id": item.row_id, "source_key": None} | images[-1]
    by = _KNOWN_BY.get(item.table, ("id",))
    if item.table == ENTRY.name:
        by = ("id", "logged_at") if image["source_key"] is None else ("source", "source_key")
    if image.get("uid") is not None:
        by = ("uid",)
    by = tuple(name for name in by if name in image)  # earlier versions kept what was changed alone
    which, values = " AND ".join(f"{name} = ?" for name in by), [image[name] for name in by]
    if item.table == CONTACT.name and by != ("uid",):  # it gets one with its first other name
        which, values = "name_key IN (?, ?) OR uid = ?", [each["name_key"] for each in images]
        values = [values[0], values[-1], values[0]]
    statement = f'SELECT id FROM "{item.table}" WHERE {which} ORDER BY id <> ? LIMIT 1'
    found = driver.execute(statement, (*values, item.row_id)).fetchone()
    return found and int(found[0])


def _is_referred_to(driver: sqlite3.Connection, table: str, row_id: int) -> bool:
    """Whether other rows hold the id of one: its own go before it."""
    return any(
        driver.execute(
            f'SELECT 1 FROM "{key.parent.table}" WHERE "{key.parent.name}" = ? LIMIT 1', (row_id,)
        ).fetchone()
        for other in SQLModel.metadata.tables.values()
        for key in other.foreign_keys
        if key.column.table.name == table
    )


_COLUMNS = ", ".join(column.name for column in ENTRY.columns)


def _move_batch(driver: sqlite3.Connection, batch_id: int, *, undo: bool) -> None:
    """Take the entries of an import away, as they are, for the case of a redo; or bring them back.

    Of all entries of the file, those of undone imports, too, stay away: they have no batch.
    """
    source, target = ("entry", "undone_entry") if undo else ("undone_entry", "entry")
    here = _id_now(driver, "batch", batch_id) or batch_id
    which, renamed = f"batch_id = {here}", "UPDATE undone_entry SET batch_id = ? WHERE batch_id = ?"
    if not undo and here != batch_id:
        driver.execute(renamed, (here, batch_id))
    if batch_id == ALL_ENTRIES:
        which = "TRUE" if undo else "batch_id IS NULL OR batch_id IN (SELECT id FROM batch)"
    if undo:
        driver.execute(_SILENCE.format("folder IS NULL"))
    elif driver.execute(_CLASHING.format(which)).fetchone():
        for statement in _MAKE_ROOM:
            driver.execute(statement.format(which))
    moved = f"INSERT INTO {target} ({_COLUMNS}) SELECT {_COLUMNS} FROM {source} WHERE {which}"
    driver.execute(moved)
    driver.execute(f"DELETE FROM {source} WHERE {which}")
    driver.execute(_SILENCE.format(0))
    if undo and here != batch_id:
        driver.execute(renamed, (batch_id, here))
    if undo:  # what was left out as the double of one of them is new then
        driver.execute("DELETE FROM double_key")
