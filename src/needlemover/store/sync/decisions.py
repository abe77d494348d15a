"""What only a person can decide, and what came from where: asked, told, taken back."""

import sqlite3
from collections.abc import Mapping
from typing import Any

from msgspec import Struct, convert, json
from msgspec.structs import replace

from ...domain.buyers.contact import NextStep
from ...domain.calls.entry import ANSWERS, EntryFact, Outcome
from ...domain.errors import GoneError, NeedleError
from ...domain.sync.state import State, SyncNote
from ...text.calls import entry_words
from ...text.format import quoted
from ..buyers.contacts import Contacts
from ..buyers.next_steps import MOVED, end_promise, insert_promise
from ..calls.entries import Entries, delete_entry
from ..delegation.problems import Problems
from ..entry_facts import read_entries, read_entry, sql_list
from ..promises.activities import Activities
from ..session import Subject
from .rows import decode_state, find_row

_ANSWERS_TO = f"entry.follows = ? AND entry.outcome IN ({sql_list(ANSWERS)})"
_ANSWERED_TWICE = f"""
    SELECT follows FROM entry WHERE follows IS NOT NULL AND outcome IN ({sql_list(ANSWERS)})
    GROUP BY follows HAVING count(*) > 1 AND (SELECT folder IS NOT NULL FROM sync)
"""
_EDITED_ALONE: Mapping[str, tuple[str, ...]] = {
    "entry": ("note", "amount", "seconds", "contact", "outcome"),
    "contact": ("name", "phone", "note"),
    "problem": ("title", "note", "candidate", "seconds", "handover_seconds"),
    "activity": ("name",),
}
_CALLED: Mapping[str, str] = {
    "activity": "name",
    "contact": "name",
    "problem": "title",
    "commitment": "(SELECT name FROM activity WHERE id = activity_id)",
    "next_step": "(SELECT name FROM contact WHERE id = contact_id)",
    "entry": "coalesce(nullif(contact, ''), (SELECT name FROM activity WHERE id = activity_id), '')"
    " || ', ' || day",
}
"""What a row is called, in SQL."""
_NOTE = """
    SELECT json_object('id', id, 'at', at, 'machine', machine, 'table', tbl, 'uid', uid,
        'about', '', 'field', field, 'was', json(was), 'is_now', json(is_now), 'overrode', overrode)
    FROM sync_note
"""
_NOTE_DECODER = json.Decoder(SyncNote, strict=False)


class TwoAnswers(Struct, frozen=True):
    """An ask that was settled on two machines."""

    ask: EntryFact
    answers: tuple[EntryFact, ...]  # as they happened


class TwoPromises(Struct, frozen=True):
    """What was promised to one contact on two machines, which can have one promise that is open."""

    contact: str
    uid: str  # of the one that waits
    here: NextStep
    other: NextStep


class Decisions(Subject):
    """What two machines leave to a person, and what each of them overrode."""

    def questions(self) -> tuple[TwoAnswers | TwoPromises, ...]:
        """What only a person can decide."""
        with self._session.reading() as driver:
            asks = driver.execute(_ANSWERED_TWICE).fetchall()
            answers = (
                TwoAnswers(read_entry(driver, ask), read_entries(driver, _ANSWERS_TO, ask))
                for (ask,) in asks
            )
            held = driver.execute("SELECT uid, state FROM held WHERE tbl = 'next_step'").fetchall()
            promises = (_two_promises(driver, uid, decode_state(text)) for uid, text in held)
            return (*answers, *(item for item in promises if item is not None))

    def keep_answer(self, entry_id: int) -> str:
        """Let one of several answers to an ask hold, and delete the others; the change's label."""
        with self._session.change("") as step:
            kept = read_entry(step.driver, entry_id)
            for answer in read_entries(step.driver, _ANSWERS_TO, kept.follows):
                if answer.id != entry_id:
                    delete_entry(step, answer)
            step.label = f"Kept {entry_words(kept, step.moment.settings.currency, short=True)}"
            return step.label

    def keep_promise(self, uid: str, *, other: bool) -> str:
        """Let one of two promises to a contact hold; the change's label.

        `other`: the one that waits, `uid`. A `GoneError` where it waits no more.
        """
        with self._session.change("") as step:
            query = "SELECT state FROM held WHERE tbl = 'next_step' AND uid = ?"
            found = step.driver.execute(query, (uid,)).fetchone()
            question = found and _two_promises(step.driver, uid, decode_state(found[0]))
            if not question:
                raise GoneError("promise")
            if other:
                end_promise(step, question.here.contact_id, MOVED)
            insert_promise(step, question.other, uid, ended_by=None if other else MOVED)
            step.label = f"Kept what was promised to {quoted(question.contact)}"
            return step.label

    def take_back(self, note_id: int) -> str:
        """Give a field the value that it had before, as a change that undo knows; what it was.

        A `GoneError` where the row is gone; a `NeedleError` where the field is none that is edited
        alone.
        """
        with self._session.reading() as driver:
            found = driver.execute(f"{_NOTE} WHERE id = ?", (note_id,)).fetchone()
            note = found and _NOTE_DECODER.decode(found[0])
            if note is None or note.field not in _EDITED_ALONE.get(note.table, ()):
                raise NeedleError("This cannot be taken back by itself: change it where it stands.")
            row_id = find_row(driver, note.table, note.uid)
        if row_id is None:
            raise GoneError(note.table)
        was: Any = note.was
        match note.table:
            case "entry":
                if note.field == "outcome" and was is not None:
                    was = Outcome(was)
                is_text = note.field in ("note", "contact")
                changes = {note.field: was or "" if is_text else was}
                Entries(self._session).edit(row_id, **changes)
            case "contact":
                Contacts(self._session).edit(row_id, **{note.field: str(was or "")})
            case "problem":
                Problems(self._session).edit(row_id, **{note.field: was})
            case _:
                Activities(self._session).edit(row_id, name=str(was))
        return f"Took back {note.field}"

    def notes(self, at_most: int = 500) -> tuple[SyncNote, ...]:
        """The fields that came from other machines, newest first."""
        with self._session.reading() as driver:
            rows = driver.execute(f"{_NOTE} ORDER BY id DESC LIMIT ?", (at_most,)).fetchall()
            notes = [_NOTE_DECODER.decode(text) for (text,) in rows]
            return tuple(replace(it, about=_called(driver, it.table, it.uid)) for it in notes)


def _called(driver: sqlite3.Connection, table: str, uid: str) -> str:
    """What a row is called here; empty: by nothing, or it is gone."""
    row_id = find_row(driver, table, uid)
    if row_id is None or table not in _CALLED:
        return ""
    query = f"SELECT {_CALLED[table]} FROM {table} WHERE id = ?"
    return str(driver.execute(query, (row_id,)).fetchone()[0] or "")


def _two_promises(driver: sqlite3.Connection, uid: str, held: State) -> TwoPromises | None:
    """The question of a promise that waits; None: it waits for something else."""
    contact_id = find_row(driver, "contact", str(held.f["contact_id"]))
    row = driver.execute(
        "SELECT kind, day, at, coalesce(next_step.note, ''), set_on, name FROM next_step "
        "JOIN contact ON contact.id = contact_id WHERE contact_id = ? AND ended_on IS NULL "
        "AND NOT EXISTS (SELECT 1 FROM next_step WHERE uid = ?)",
        (contact_id, uid),
    ).fetchone()
    if row is None or held.f.get("ended_on"):
        return None
    names = ("kind", "day", "at", "note", "set_on")
    here = dict(zip(names, row, strict=False))
    other = {name: held.f.get(name) for name in names} | {"note": held.f.get("note") or ""}
    promises = (convert({"contact_id": contact_id, **it}, NextStep) for it in (here, other))
    return TwoPromises(row[5], uid, *promises)
