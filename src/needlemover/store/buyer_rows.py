"""Contacts with what their calls and promises come to, read with plain SQL."""

import sqlite3
from collections.abc import Set
from datetime import date
from itertools import chain

from msgspec import json
from msgspec.structs import replace

from ..domain.buyers.contact import LET_GO, Buyer, BuyerRow, BuyersSnapshot, Standing, Talk
from ..domain.buyers.next_calls import Candidates, Kept, Promised, kept
from ..domain.calls.entry import NOT_REACHED, contact_key
from ..domain.day import ONE_WEEK
from ..domain.errors import GoneError
from .entry_facts import OPEN_ASK, read_entries, sql_list
from .facts import Facts

SAID = """(
    coalesce(contact.phone, contact.note, contact.never_since, contact.position) IS NOT NULL
    OR EXISTS (SELECT 1 FROM next_step WHERE contact_id = contact.id)
)"""
"""The condition of a contact of whom more is known than what the log says."""
# One stays when its last entry goes, so that undo finds it; then nobody sees it any more.
IS_THERE = f"(contact.touched_on IS NOT NULL OR {SAID})"  # the condition of one that is shown
_LAST_ASK = f"""(
    SELECT entry.{{}} FROM entry WHERE entry.contact_key = contact.name_key AND {OPEN_ASK}
    ORDER BY entry.day DESC, entry.id DESC LIMIT 1
)"""
"""A column of the last ask of a contact that waits for its answer."""
_WITH_STEPS = """contact
    LEFT JOIN next_step ON next_step.contact_id = contact.id AND next_step.ended_on IS NULL"""
"""The contacts, each with its open next step."""
_BUYERS = f"""
SELECT json_object(
    'contact', json_object('id', contact.id, 'name', contact.name,
        'phone', coalesce(contact.phone, ''), 'note', coalesce(contact.note, ''),
        'never_since', contact.never_since, 'position', contact.position),
    'step', iif(next_step.id IS NULL, NULL, json_object('contact_id', contact.id,
        'kind', next_step.kind, 'day', next_step.day, 'at', next_step.at,
        'note', coalesce(next_step.note, ''), 'set_on', next_step.set_on)),
    'tries', contact.tries, 'last_dial', contact.touched_on, 'last_talk', contact.talked_on,
    'asked_on', ask.day, 'offer', ask.amount, 'asked_note', coalesce(ask.note, ''))
FROM {_WITH_STEPS} LEFT JOIN entry AS ask ON ask.id = {_LAST_ASK.format("id")}
"""
# All in one text, which is decoded at once: rows of the driver take three times as long.
_ROWS = f"""
    SELECT json_group_array(json_array(
        contact.id, name, name_key, never_since, next_step.day, next_step.at,
        {_LAST_ASK.format("day")},
        iif(talked_on IS NULL OR position = {LET_GO}, position, NULL), tries, touched_on,
        coalesce(phone, ''), coalesce(next_step.note, '')))
    FROM {_WITH_STEPS} WHERE {IS_THERE}
"""
# In one term: for two SQLite would take the index of all that are touched, ten times as long.
_UNTOUCHED = "contact.never_since IS NULL AND coalesce(contact.touched_on, '') < :today"
_LISTED = f"position > {LET_GO} AND talked_on IS NULL AND {_UNTOUCHED}"
# Those who may be called without a promise: cut off before, a list could be full of the others.
_FREE = f"""{_UNTOUCHED} AND NOT EXISTS (SELECT 1 FROM next_step AS other
        WHERE other.contact_id = contact.id AND other.ended_on IS NULL)"""
# All who were promised something, the last asks but those of a week, and the first of the list.
_CANDIDATES = f"""contact.never_since IS NULL AND contact.id IN (
    SELECT contact_id FROM next_step WHERE ended_on IS NULL AND day <= :today
    UNION ALL
    SELECT * FROM (
        SELECT contact.id FROM entry CROSS JOIN contact ON name_key = contact_key
        WHERE entry.outcome = 'asked' AND entry.day < :week_ago AND {_FREE}
        AND entry.id = {_LAST_ASK.format("id")}
        ORDER BY entry.day DESC, entry.id DESC LIMIT :at_most
    )
    UNION ALL
    SELECT * FROM (
        SELECT id FROM contact WHERE {_LISTED} AND {_FREE}
        ORDER BY tries, position LIMIT :at_most
    )
)"""
# The few who were promised something are taken away: to look for it with each takes three times as
# long.
_COUNT_LISTED = f"""
    SELECT (SELECT count(*) FROM contact WHERE {_LISTED}) - (
        SELECT count(*) FROM next_step CROSS JOIN contact ON contact.id = contact_id
        WHERE ended_on IS NULL AND {_LISTED})
"""
_PROMISED = """
    SELECT json_group_array(json_object('kind', kind, 'day', day, 'set_on', set_on,
        'ended_on', ended_on, 'outcome', iif(ended_by IN ('moved', 'dropped'), NULL, ended_by)))
    FROM next_step WHERE day BETWEEN ? AND ?
"""
_TELLING = f"""entry.contact_key = ? AND (
    entry.note IS NOT NULL OR entry.outcome NOT IN ({sql_list(NOT_REACHED)})
)"""
# Which name goes for one that nobody has any more: by the names between, where there are some.
_OTHER_NAMES = f"""
    WITH RECURSIVE other (name_key, now) AS (
        SELECT name_key, same_as FROM contact
        WHERE same_as IS NOT NULL AND NOT {IS_THERE} AND {{which}}
        UNION
        SELECT other.name_key, contact.same_as FROM other JOIN contact ON contact.name_key = now
        WHERE contact.same_as IS NOT NULL AND NOT {IS_THERE}
    )
    SELECT other.name_key, contact.name FROM other JOIN contact ON contact.name_key = now
    WHERE {IS_THERE}
"""
_DECODER = json.Decoder(Buyer)


class AllBuyers:
    """A line of each contact, in the order of what comes next."""

    def __init__(self, connection: sqlite3.Connection, today: date) -> None:
        found: dict[Standing, list[BuyerRow]] = {standing: [] for standing in Standing}
        ((text,),) = connection.execute(_ROWS)
        for row in reversed(json.decode(text, type=list[BuyerRow])):
            found[row.standing(today)].append(row)
        for promised in (Standing.LATE, Standing.TODAY, Standing.LATER):
            found[promised].sort(key=lambda row: (row.promised, str(row.at or ""), row.key))
        found[Standing.LIST].sort(key=lambda row: (row.tries, row.position))
        for last_first in (Standing.WAITING, Standing.NOTHING, Standing.LET_GO, Standing.NEVER):
            rows = found[last_first]
            rows.sort(key=lambda row: row.asked_on or row.last_touch or date.min, reverse=True)
        self._counts = {standing: len(rows) for standing, rows in found.items()}
        self._rows = tuple(chain.from_iterable(found.values()))
        self._found = "", self._rows  # what was typed last, and who has it in the name

    def snapshot(
        self, connection: sqlite3.Connection, facts: Facts, typed: str, chosen: int | None
    ) -> BuyersSnapshot:
        """Those with what was typed in the name or the phone, and one of them whole."""
        key, (before, rows) = contact_key(typed), self._found
        phones = _with_phone(connection, typed)
        # With one letter more it is looked for among those that were found before.
        among = rows if before in key else self._rows
        if phones:
            rows = tuple([row for row in self._rows if key in row.key or row.id in phones])
        else:
            rows = tuple([row for row in among if key in row.key]) if key else self._rows
        self._found = key, rows
        found = BuyersSnapshot(facts.today, facts.settings, self._counts, rows)
        if not rows:
            return found
        place = next((place for place, row in enumerate(rows) if row.id == chosen), 0)
        which, row = "entry.contact_key = ?", rows[place]
        touches = read_entries(connection, which, row.key, newest_first=True, at_most=200)
        return replace(found, place=place, buyer=buyer_of(connection, row.id), touches=touches)


# From the index alone.
_WITH_DIGITS = """
    SELECT id FROM contact WHERE phone_key IS NOT NULL AND phone_key LIKE ?
    UNION ALL SELECT contact.id FROM json_each(?)
    JOIN contact ON phone_key IS NOT NULL AND phone_key BETWEEN value AND value || ':'
"""


def _with_phone(connection: sqlite3.Connection, typed: str) -> Set[int]:
    """The contacts with these digits in the phone, where five or more and no letters are typed."""
    digits = "".join(filter(str.isdecimal, typed)).lstrip("0")[-14:]
    if len(digits) < 5 or typed.strip("+-()/. 0123456789"):
        return frozenset()
    # The key has the last digits alone, so what is typed may begin before it.
    ends = [digits[first:] for first in range(1, len(digits) - 4)]
    found = connection.execute(_WITH_DIGITS, (f"%{digits}%", json.encode(ends).decode()))
    return {contact_id for (contact_id,) in found}


def read_buyers(
    connection: sqlite3.Connection,
    where: str = IS_THERE,
    *,
    order: str = "contact.touched_on DESC, contact.position, contact.id",
    **values: object,
) -> tuple[Buyer, ...]:
    """The contacts that fit, last touched first; `where` is SQL with names for the values."""
    rows = connection.execute(f"{_BUYERS} WHERE {where} ORDER BY {order}", values)
    return tuple(_DECODER.decode(text) for (text,) in rows)


def read_candidates(connection: sqlite3.Connection, today: date, at_most: int = 20) -> Candidates:
    """Who may be called next: at most so many who owe an answer, and so many of the list."""
    days = {"today": today.isoformat(), "week_ago": (today - ONE_WEEK).isoformat()}
    found = read_buyers(connection, _CANDIDATES, **days, at_most=at_most)
    ((listed,),) = connection.execute(_COUNT_LISTED, days)
    return Candidates(found, listed)


def read_talk(connection: sqlite3.Connection, name: str, at_most: int = 3) -> Talk | None:
    """What is known of a contact, with so many touches that tell something; None: nothing is."""
    key = contact_key(name)
    for buyer in read_buyers(connection, "contact.name_key = :key", key=key):
        touches = read_entries(connection, _TELLING, key, newest_first=True, at_most=at_most)
        return Talk(buyer, touches)
    return None


def read_kept(connection: sqlite3.Connection, first: date, last: date, today: date) -> Kept:
    """How many of the callbacks and meetings of a range of days were kept."""
    days = (first.isoformat(), last.isoformat())
    ((text,),) = connection.execute(_PROMISED, days)
    return kept(json.decode(text, type=list[Promised]), today)


def other_names(connection: sqlite3.Connection) -> dict[str, str]:
    """By key, the names that were joined or renamed and are nobody's now, with what each became."""
    return dict(connection.execute(_OTHER_NAMES.format(which="TRUE")).fetchall())


def name_now(connection: sqlite3.Connection, name: str) -> str:
    """The name of a contact that had another one; any other name as it is."""
    key = contact_key(name)
    found = connection.execute(_OTHER_NAMES.format(which="name_key = ?"), (key,)).fetchone()
    return found[1] if found else name


def buyer_of(connection: sqlite3.Connection, contact_id: int, where: str = "TRUE") -> Buyer:
    """One contact; a `GoneError` when it is gone, or does not fit: see `read_buyers`."""
    for buyer in read_buyers(connection, f"contact.id = :id AND {where}", id=contact_id):
        return buyer
    raise GoneError("contact")
