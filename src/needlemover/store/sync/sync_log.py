"""What came from where and what it took the place of: noted, told, and taken back."""

import sqlite3
from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from typing import Any

from msgspec import convert, json, to_builtins
from msgspec.structs import replace
from sqlalchemy.exc import IntegrityError
from sqlmodel import SQLModel

from ...domain.calls.entry import EntryFact
from ...domain.delegation.problem import ProblemState
from ...domain.errors import GoneError, NeedleError
from ...domain.promises.commitment import Terms
from ...domain.sync.state import DELETED, NEW, TAG, SyncNote, Value, clock_of
from ...text.format import quoted
from ...text.sync import row_word
from ..buyers.contacts import Contacts
from ..buyers.next_steps import MOVED, end_promise
from ..calls.entries import Entries
from ..care.sections import Kind as Holds
from ..delegation.problems import Problems
from ..entry_facts import read_entry
from ..promises.activities import Activities
from ..schema.tables import CONTACT, instant_text
from ..session import Step, Subject
from ..settings import Choices
from .merge import Came
from .places import Places, Row
from .rows import KINDS, Kind, find_row, read_state

_KEPT = timedelta(days=90)
_NAMED = 20  # rows of a table at a time, new or gone, that have a note each
_CALLED: Mapping[str, str] = {
    "activity": "name",
    "contact": "name",
    "problem": "title",
    "commitment": "(SELECT name FROM activity WHERE id = activity_id)",
    "next_step": "(SELECT name FROM contact WHERE id = contact_id)",
    "entry": "coalesce(nullif(contact, ''), (SELECT name FROM activity WHERE id = activity_id), '')"
    " || ', ' || day",
    "day_off": "start",
    "missed_reason": "day",
    "call_block": "day",
}
"""What a row is called, in SQL, of the tables of which new and deleted rows are told."""
_SAID = ("name", "title", "contact", "start", "day")  # the same, in a row that is gone
_NOT_ALONE = frozenset(
    {"follows", "problem_id", "batch_id", "same_as", "file_name", "imported_at"}
    | {"source", "source_key", "logged_at", "logged_on"}
)
_READ = {Holds.DAY: date.fromisoformat, Holds.INSTANT: datetime.fromisoformat}
_NOTE = """
    SELECT json_object('id', id, 'at', at, 'machine', machine, 'table', tbl, 'uid', uid,
        'about', '', 'field', field, 'was', json(was), 'is_now', json(is_now), 'overrode', overrode)
    FROM sync_note
"""
_NOTE_DECODER = json.Decoder(SyncNote, strict=False)


def keep_notes(
    driver: sqlite3.Connection, came: Came, machine: str, now: datetime, is_own: int
) -> None:
    """Keep what came of a machine, and forget what is long ago.

    `is_own`: what the last bits of a clock are where this machine made it, of `TAG`.
    """
    at = instant_text(now)
    driver.executemany(
        "INSERT INTO sync_note (at, machine, tbl, uid, field, was, is_now, overrode) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (at, machine, table, uid, field, *(json.encode(it).decode() for it in said), overrode)
            for table, uid, field, *said, overrode in _notes(came, is_own)
        ],
    )
    driver.execute("DELETE FROM sync_note WHERE at < ?", (instant_text(now - _KEPT),))


def _notes(came: Came, own: int) -> Iterator[tuple[Any, ...]]:
    """A row of the log for each row that is new or gone, and each group of fields that changed.

    Of many that are new or gone there is one with their number.
    """

    def is_own(clock: int) -> bool:
        return clock > 0 and clock & TAG == own

    if came.left:
        yield ("row", "", "left out", came.left[0], len(came.left), False)
    for table in _CALLED:
        new, gone = came.new[table], [it for it in came.deleted if it.t == table]
        named = new if len(new) <= _NAMED else []
        yield from ((table, uid, NEW, None, None, False) for uid in named)
        said = [it for it in gone if len(gone) <= _NAMED or is_own(it.newest)]
        yield from ((table, it.u, DELETED, it.f, None, is_own(it.newest)) for it in said)
        for what, left in ((NEW, len(new) - len(named)), (DELETED, len(gone) - len(said))):
            if left:
                yield (table, "", what, None, left, False)
    for was, now in came.changed:
        kind, groups = KINDS[was.t], defaultdict[str, list[str]](list)
        for field in sorted(was.f.keys() | now.f.keys()):
            if was.f.get(field) != now.f.get(field):
                groups[kind.group_of(field)].append(field)
        for group, fields in groups.items():
            both: list[Any] = [{name: it.f.get(name) for name in fields} for it in (was, now)]
            name = group
            if len(fields) == 1:
                (name,), both = fields, [each[fields[0]] for each in both]
            yield (was.t, was.u, name, *both, is_own(clock_of(was.c, group)))


class SyncLog(Subject):
    """What came from other machines in the last 90 days."""

    def notes(self, at_most: int = -1) -> tuple[SyncNote, ...]:
        """What came, newest first; `at_most` below 0: all."""
        with self._session.reading() as driver:
            rows = driver.execute(f"{_NOTE} ORDER BY id DESC LIMIT ?", (at_most,)).fetchall()
            notes = [_NOTE_DECODER.decode(text) for (text,) in rows]
            return tuple(replace(it, about=_called(driver, it)) for it in notes)

    def take_back(self, note_id: int) -> str:
        """Give fields, or a row that was deleted, what it was, as a change that undo knows.

        It is done by the rules of any change: of a promise from today or tomorrow on. Answered is
        what it was; a `NeedleError` says why it cannot be.
        """
        with self._session.reading() as driver:
            found = driver.execute(f"{_NOTE} WHERE id = ?", (note_id,)).fetchone()
            if found is None:
                raise GoneError("note")
            note: SyncNote = _NOTE_DECODER.decode(found[0])
            if not note.uid:
                raise NeedleError("Of these nothing but the number is kept.")
            kind = KINDS[note.table]
            was = note.was if isinstance(note.was, dict) else {note.field: note.was}
            row_id = find_row(driver, note.table, note.uid)
            here = {} if row_id is None else read_state(driver, kind, row_id).f
            about = _called(driver, note)
            label = f"Took back {row_word(note.table)}{about and f' {quoted(about)}'}"
            _must_be_there(note, row_id, was)
            values = Places(driver).values(kind, here | was)
            if values is None:
                raise NeedleError("What it belongs to is gone: take that back first.")
        changed = {name: values[name] for name in was}
        if note.table == "commitment":
            self._promise(values)
        elif row_id is None or not self._edit(note.table, row_id, changed, values):
            table = SQLModel.metadata.tables[note.table]
            with self._session.change(label) as step:
                if not values.get("ended_on", True) and (row_id is None or here.get("ended_on")):
                    _make_room(step, values["contact_id"])
                try:
                    if row_id is None:
                        step.bring(table, Places(step.driver).new_row(kind, note.uid, values))
                    else:
                        step.update(table, row_id, **_typed(kind, changed))
                except IntegrityError as error:
                    raise NeedleError("Something else has its place by now.") from error
        return label

    def _edit(self, table: str, row_id: int, was: Row, row: Row) -> bool:
        """Change a row as a person would, where more follows from that; whether it does.

        `row` is all of it with what was.
        """
        match table:
            case "entry":
                with self._session.reading() as driver:
                    fact = to_builtins(read_entry(driver, row_id))
                texts = {name: was[name] or "" for name in was.keys() & {"contact", "note"}}
                wanted = convert(fact | was | texts, EntryFact, strict=False)
                changes = {name: getattr(wanted, name) for name in was if name != "utc_offset"}
                Entries(self._session).edit(row_id, **changes)
            case "contact" if "never_since" in was:
                Contacts(self._session).never(row_id, on=was["never_since"] is not None)
            case "contact" if was.keys() & {"name", "phone", "note"}:
                Contacts(self._session).edit(row_id, **{name: it or "" for name, it in was.items()})
            case "problem" if "state" in was:
                state, on = ProblemState(row["state"]), date.fromisoformat(row["state_on"])
                to = row["delegated_to"] or ""
                Problems(self._session).set_state(row_id, state, on=on, to=to)
            case "activity" if "starts_at" not in was:
                Activities(self._session).edit(row_id, **was)
            case "settings":
                Choices(self._session).put_back(was)
            case _:
                return False
        return True

    def _promise(self, row: Row) -> None:
        """Promise again what was promised."""
        activities, days = Activities(self._session), row["weekdays"]
        if days is None:
            activities.archive(row["activity_id"])
        else:
            row |= {"weekdays": [day for day in range(7) if days >> day & 1]}
            activities.edit(row["activity_id"], terms=convert(row, Terms, strict=False))


def _must_be_there(note: SyncNote, row_id: int | None, was: Mapping[str, Value]) -> None:
    """Refuse (`NeedleError`) what cannot be taken back by itself."""
    what = row_word(note.table)
    if note.field == NEW:
        raise NeedleError("What came new takes no place: delete it where it stands.")
    if note.field == DELETED and row_id is not None:
        raise NeedleError(f"This {what} is here again.")
    if note.field != DELETED and row_id is None:
        raise GoneError(what)
    if note.field != DELETED and was.keys() & _NOT_ALONE:
        raise NeedleError("This cannot be taken back by itself: change it where it stands.")


def _make_room(step: Step, contact_id: int) -> None:
    """End what is promised to a contact, in the place of which another promise comes."""
    if step.find(CONTACT.c.never_since, CONTACT.c.id == contact_id) is not None:
        raise NeedleError("This buyer asked not to be called.")
    end_promise(step, contact_id, MOVED)


def _typed(kind: Kind, columns: Row) -> Row:
    """Columns as they are given to the tables."""
    reads = {it.name: _READ[it.kind] for it in kind.section.fields if it.kind in _READ}  # type: ignore[union-attr]
    return {name: it and reads.get(name, lambda it: it)(it) for name, it in columns.items()}


def _called(driver: sqlite3.Connection, note: SyncNote) -> str:
    """What a row is called here; empty: by nothing, or it is gone."""
    row_id = find_row(driver, note.table, note.uid) if note.uid else None
    if note.field == DELETED and isinstance(note.was, dict):
        said = [str(note.was[name]) for name in _SAID if note.was.get(name)]
        return ", ".join(said[:2])
    if row_id is None or note.table not in _CALLED:
        return ""
    query = f"SELECT {_CALLED[note.table]} FROM {note.table} WHERE id = ?"
    return str(driver.execute(query, (row_id,)).fetchone()[0] or "")
