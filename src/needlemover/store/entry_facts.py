"""Entries with what others say of them, in plain SQL, so that little loads for a light command."""

import sqlite3
from datetime import date

from msgspec import json

from ..domain.calls.entry import ANSWERS, NOT_REACHED, EntryFact, Outcome
from ..domain.errors import GoneError


def sql_list(outcomes: frozenset[Outcome]) -> str:
    """Outcomes as a statement lists them."""
    return ", ".join(f"'{outcome.value}'" for outcome in sorted(outcomes))


def was_conversation(table: str) -> str:
    """The condition of a row of `entry` that is a conversation of its own."""
    return (
        f"{table}.outcome IS NOT NULL AND {table}.outcome NOT IN ({sql_list(NOT_REACHED)}) "
        f"AND {table}.follows IS NULL"
    )


# Whether an earlier conversation with the same contact exists.
_KNOWN = f"""EXISTS (
    SELECT 1 FROM entry AS earlier
    WHERE earlier.contact_key = entry.contact_key AND {was_conversation("earlier")}
    AND earlier.day <= entry.day
    AND (earlier.day, coalesce(earlier.started_at, earlier.logged_at), earlier.id)
        < (entry.day, coalesce(entry.started_at, entry.logged_at), entry.id)
)"""
_ANSWERS = f"SELECT outcome FROM entry AS answer WHERE answer.outcome IN ({sql_list(ANSWERS)})"
# A later call of its own with the same contact, for the index `entry_answer`.
_LATER_CALL = f"""{_ANSWERS} AND answer.contact_key = entry.contact_key
    AND answer.follows IS NULL AND answer.day >= entry.day
    AND (answer.day, coalesce(answer.started_at, answer.logged_at), answer.id)
        > (entry.day, coalesce(entry.started_at, entry.logged_at), entry.id)"""
_ANSWERED = f"""coalesce(
    ({_ANSWERS} AND answer.follows = entry.id
        ORDER BY answer.day DESC, answer.logged_at DESC, answer.outcome DESC LIMIT 1),
    iif(entry.outcome IS '{Outcome.ASKED.value}',
        ({_LATER_CALL} ORDER BY answer.day, answer.id), NULL)
)"""
# Written out, because only then the index of asks is sure to be used.
OPEN_ASK = f"""entry.outcome = '{Outcome.ASKED.value}'
    AND NOT EXISTS ({_ANSWERS} AND answer.follows = entry.id) AND NOT EXISTS ({_LATER_CALL})"""
ASKED_AGAIN = f"""entry.outcome = '{Outcome.ASKED.value}'
    AND NOT EXISTS ({_ANSWERS} AND answer.follows = entry.id) AND EXISTS ({_LATER_CALL}
    AND answer.day <= :until)"""
"""Of an ask that a later call answered up to a day, which counts as an ask itself."""
OFFERED = f"entry.outcome IS '{Outcome.ASKED.value}' AND entry.amount > 0"
RECEIVED = f"entry.amount IS NOT NULL AND NOT ({OFFERED})"
"""Conditions of a row of `entry`: its amount is an `EntryFact.offer`, or came in or went back."""
FACT = f"""json_object(
    'id', entry.id, 'activity_id', entry.activity_id, 'activity', coalesce(activity.name, ''),
    'is_sales', coalesce(activity.is_sales, 0), 'day', entry.day,
    'started_at', entry.started_at, 'placed_at', coalesce(entry.started_at, entry.logged_at),
    'utc_offset', entry.utc_offset, 'seconds', entry.seconds,
    'count', entry.count, 'outcome', entry.outcome, 'contact', coalesce(entry.contact, ''),
    'amount', entry.amount, 'note', coalesce(entry.note, ''), 'came_from', entry.came_from,
    'follows', entry.follows, 'late', entry.source = 'hand' AND entry.logged_on > entry.day,
    'newness', CASE WHEN entry.contact <> '' AND {was_conversation("entry")}
        THEN iif({_KNOWN}, 'known', 'new') END,
    'answer', {_ANSWERED}, 'problem_id', entry.problem_id, 'problem', coalesce(problem.title, '')
)"""
"""An `EntryFact` as JSON; of the rows of `entry` with the names of `SUBJECTS`."""
SUBJECTS = """
    LEFT JOIN activity ON activity.id = entry.activity_id
    LEFT JOIN problem ON problem.id = entry.problem_id
"""
IN_ORDER = "entry.day, coalesce(entry.started_at, entry.logged_at), entry.id"  # as entries happened
_NEWEST_FIRST = "entry.day DESC, coalesce(entry.started_at, entry.logged_at) DESC, entry.id DESC"
_DECODER = json.Decoder(EntryFact, strict=False)


def read_entries(
    connection: sqlite3.Connection,
    where: str,
    *values: object,
    newest_first: bool = False,
    at_most: int = -1,
) -> tuple[EntryFact, ...]:
    """The entries that fit SQL with question marks, as they happened; `at_most` below 0: all."""
    rows = connection.execute(
        f"SELECT {FACT} FROM entry {SUBJECTS} WHERE {where} "
        f"ORDER BY {_NEWEST_FIRST if newest_first else IN_ORDER} LIMIT ?",
        (*values, at_most),
    )
    return tuple(_DECODER.decode(text) for (text,) in rows)


def read_day(connection: sqlite3.Connection, day: date) -> tuple[EntryFact, ...]:
    """The entries of a day."""
    return read_entries(connection, "entry.day = ?", day.isoformat())


def read_entry(connection: sqlite3.Connection, entry_id: int) -> EntryFact:
    """One entry; a `GoneError` where there is none any more."""
    found = read_entries(connection, "entry.id = ?", entry_id)
    if not found:
        raise GoneError("entry")
    return found[0]
