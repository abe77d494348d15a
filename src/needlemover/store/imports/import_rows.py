"""The entries of an import on their way in: the rows that they become."""

import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import Any

from msgspec import json

from ...domain.buyers.contact import phone_key
from ...domain.calls.entry import Outcome, contact_key, fills_quota
from ...domain.errors import NeedleError
from ...domain.promises.commitment import ActivityFact
from ...text.format import quoted
from ...text.parse.values import is_phone
from ..buyer_rows import other_names
from ..buyers.next_steps import follow_batch, id_of
from ..care.sections import Row
from ..derived import added_together
from ..schema.tables import BATCH, CONTACT, ENTRY, instant_text
from ..session import Session, Step
from .content import Figures, ImportedEntry
from .known_rows import Keyed

# New keys fall all over their index: with too few pages at hand each would be fetched again. What
# is sorted may take as much memory again.
_LARGE_CACHE = "PRAGMA cache_size = -16384"
_FILLING = ("outcome", "seconds", "count", "follows", "problem_id")
_COLUMNS = tuple(column.name for column in ENTRY.columns)
_INSERT = f"""
    INSERT INTO entry ({", ".join(f'"{name}"' for name in _COLUMNS)})
    VALUES ({", ".join("?" * len(_COLUMNS))})
"""
_WITH_PHONE = "SELECT name_key FROM contact WHERE phone IS NOT NULL"
_OWNERS = "SELECT phone_key, name FROM contact WHERE phone_key IS NOT NULL"
_FIGURES = """
    SELECT json_object('calls', count(outcome), 'seconds', coalesce(sum(seconds), 0),
        'conversations', count(iif(fills_quota, outcome, NULL)),
        'amount', sum(iif(outcome = 'asked', NULL, amount)), 'first', min(day), 'last', max(day),
        'days', count(DISTINCT day))
    FROM entry WHERE batch_id = ?
"""
_key = lru_cache(maxsize=1 << 15)(contact_key)


@contextmanager
def import_change(session: Session, *, dry_run: bool) -> Iterator[Step]:
    """A change that takes in thousands of entries; of a trial run nothing stays."""
    with session.change("", dry_run=dry_run) as step:
        step.driver.execute(_LARGE_CACHE)
        with added_together(step.driver):
            yield step
        for batch_id in [item.row_id for item in step.changed if item.is_batch]:
            follow_batch(step, batch_id)


def add_batch(step: Step, source: str, file_name: str) -> int:
    """Begin a batch; its id."""
    return step.insert(BATCH, source=source, file_name=file_name, imported_at=step.moment.now)


def record_batch(step: Step, batch_id: int, *, added: int, changed_anything: bool) -> None:
    """Record what a batch added; of one that changed nothing no trace is left."""
    if added:
        step.added_batch(batch_id)
    elif not changed_anything:
        step.driver.execute("DELETE FROM batch WHERE id = ?", (batch_id,))
        step.changed.clear()


def with_what_follows(row: Row, *, is_sales: bool) -> Row:
    """An entry with the columns that follow from its others."""
    contact = row["contact"]
    said: list[Any] = [row[name] for name in _FILLING]
    row.setdefault("uid", None)
    row["contact_key"] = None if contact is None else _key(str(contact)) or None
    row["fills_quota"] = fills_quota(*said, is_sales=is_sales)
    return row


def add_entries(driver: sqlite3.Connection, rows: Iterable[Row]) -> int:
    """Write entries, complete ones; how many."""
    values = (tuple([row[name] for name in _COLUMNS]) for row in rows)
    return driver.executemany(_INSERT, values).rowcount


class Batch:
    """The entries of one import, and what they come to."""

    def __init__(self, step: Step, source: str, batch_id: int) -> None:
        self.without_outcome = 0
        self.unclear: dict[str, None] = {}  # phones that several contacts have, as they are written
        self._phones: dict[str, tuple[str, str]] = {}  # of those whom the file names, with the name
        self._names = other_names(step.driver)
        self._owners: dict[str, list[str]] = {}  # the names of those who have a phone
        for key, name in step.driver.execute(_OWNERS):
            self._owners.setdefault(key, []).append(name)
        self._source = source
        self._step = step
        self._batch_id = batch_id

    def add(self, found: Iterable[Keyed], goes_to: Callable[[ImportedEntry], ActivityFact]) -> int:
        """Add new entries, each with its key; how many. `goes_to` tells the activity of each.

        A `NeedleError` when one has an outcome and its activity is not a sales activity.
        """
        rows = (self._row(entry, key, goes_to(entry)) for entry, key in found)
        added = add_entries(self._step.driver, rows)
        have_one = {key for (key,) in self._step.driver.execute(_WITH_PHONE)}
        for key, (name, phone) in self._phones.items():
            if key not in have_one:
                contact_id = id_of(self._step, name)
                self._step.update(CONTACT, contact_id, phone=phone, phone_key=phone_key(phone))
        return added

    def figures(self) -> Figures:
        """What all that was added comes to."""
        ((text,),) = self._step.driver.execute(_FIGURES, (self._batch_id,))
        return json.decode(text, type=Figures)

    def _contact(self, entry: ImportedEntry) -> str | None:
        """Whose call it is: the one named, else the only one who has the phone, else the phone."""
        name, phone = (" ".join(text.split()) for text in (entry.contact, entry.phone))
        name = self._names.get(_key(name), name)
        if name and not is_phone(name):
            if is_phone(phone):
                self._phones.setdefault(_key(name), (name, phone))
            return name
        owners = self._owners.get(phone_key(phone or name) or "", ())
        if len(owners) > 1:
            self.unclear[phone or name] = None
        return owners[0] if len(owners) == 1 else name or phone or None

    def _row(self, entry: ImportedEntry, key: str, target: ActivityFact) -> Row:
        outcome, started_at = self._outcome(entry, target), entry.started_at
        row: Row = dict.fromkeys(_COLUMNS)
        row |= {
            "activity_id": target.id,
            "day": entry.day.isoformat(),
            "started_at": None if started_at is None else instant_text(started_at),
            "utc_offset": entry.utc_offset,
            "seconds": entry.seconds,
            "count": entry.count,
            "outcome": outcome and outcome.value,
            "contact": self._contact(entry),
            "amount": entry.amount,
            "note": entry.note.strip() or None,
            "source": self._source,
            "batch_id": self._batch_id,
            "source_key": key,
            "logged_at": instant_text(self._step.moment.now),
            "logged_on": self._step.moment.today.isoformat(),
        }
        return with_what_follows(row, is_sales=target.is_sales)

    def _outcome(self, entry: ImportedEntry, target: ActivityFact) -> Outcome | None:
        if entry.outcome is not None and not target.is_sales:
            raise NeedleError(
                f"{quoted(target.name)} is not a sales activity, so its entries have no outcome: "
                "leave the outcome out, or name a sales activity.",
                "leave out outcome",
            )
        if entry.outcome is None and (entry.is_tick or not target.is_sales):
            return None
        if entry.outcome is None and entry.is_unanswered:
            return Outcome.NO_ANSWER
        self.without_outcome += entry.outcome is None
        return entry.outcome or Outcome.TALKED
