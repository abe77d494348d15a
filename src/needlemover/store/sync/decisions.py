"""What only a person can decide: asked, and decided."""

import sqlite3

from msgspec import Struct, convert

from ...domain.buyers.contact import NextStep
from ...domain.calls.entry import ANSWERS, EntryFact
from ...domain.errors import GoneError
from ...domain.sync.state import State
from ...text.calls import entry_words
from ...text.format import quoted
from ..buyer_rows import buyer_of
from ..buyers.next_steps import MOVED, end_promise, insert_promise
from ..calls.new_entry import delete_entry
from ..entry_facts import read_entries, read_entry, sql_list
from ..session import Subject
from .rows import decode_state, find_row

_ANSWERS_TO = f"entry.follows = ? AND entry.outcome IN ({sql_list(ANSWERS)})"
_ANSWERED_TWICE = f"""
    SELECT follows FROM entry WHERE follows IS NOT NULL AND outcome IN ({sql_list(ANSWERS)})
    GROUP BY follows HAVING count(*) > 1 AND (SELECT folder IS NOT NULL FROM sync)
"""


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
    """What two machines leave to a person."""

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


def _two_promises(driver: sqlite3.Connection, uid: str, held: State) -> TwoPromises | None:
    """The question of a promise that waits; None: it waits for something else."""
    contact_id = find_row(driver, "contact", str(held.f["contact_id"]))
    is_here = find_row(driver, "next_step", uid) is not None
    if contact_id is None or is_here or held.f.get("ended_on"):
        return None
    buyer = buyer_of(driver, contact_id)
    if buyer.step is None:
        return None
    other = convert(held.f | {"contact_id": contact_id}, NextStep)
    return TwoPromises(buyer.contact.name, uid, buyer.step, other)
