"""The list of all contacts, of which a line is read of each, and one of them whole."""

import sqlite3
from collections.abc import Mapping
from datetime import date
from itertools import chain

from msgspec import json
from msgspec.structs import replace

from ...domain.buyers.contact import BuyerRow, BuyersSnapshot, Standing
from ...domain.calls.entry import contact_key
from ..buyer_rows import LISTED, buyer_of
from ..entry_facts import OPEN_ASK, read_entries
from ..memory import Memory
from ..schema.buyer_steps import IS_THERE

# All in one text, which is decoded at once: rows of the driver take three times as long.
_ROWS = f"""
    WITH asked AS MATERIALIZED (
        SELECT contact_key, max(day) AS day FROM entry
        WHERE {OPEN_ASK} AND contact_key IS NOT NULL GROUP BY contact_key
    )
    SELECT json_group_array(json_array(
        contact.id, name, name_key, never_since, next_step.day, next_step.at, asked.day,
        iif({LISTED}, position, NULL), tries, touched_on))
    FROM contact
    LEFT JOIN next_step ON next_step.contact_id = contact.id AND next_step.ended_on IS NULL
    LEFT JOIN asked ON asked.contact_key = name_key
    WHERE {IS_THERE}
"""
_DECODER = json.Decoder(list[BuyerRow])


def read_snapshot(
    driver: sqlite3.Connection, memory: Memory, typed: str, chosen: int | None
) -> BuyersSnapshot:
    """The contacts whose names have in them what was typed, and one of them, else the first."""
    facts, key = memory.days().facts, contact_key(typed)
    counts, rows = memory.recall("buyers", lambda: _read_list(driver, facts.today))
    rows = tuple([row for row in rows if key in row.key]) if key else rows
    found = BuyersSnapshot(facts.today, facts.settings, counts, rows)
    if not rows:
        return found
    place = next((place for place, row in enumerate(rows) if row.id == chosen), 0)
    which, row = "entry.contact_key = ?", rows[place]
    touches = read_entries(driver, which, row.key, newest_first=True, at_most=200)
    return replace(found, place=place, buyer=buyer_of(driver, row.id), touches=touches)


def _read_list(
    driver: sqlite3.Connection, today: date
) -> tuple[Mapping[Standing, int], tuple[BuyerRow, ...]]:
    """A line of each contact, in the order of what comes next, and how many of each there are."""
    found: dict[Standing, list[BuyerRow]] = {standing: [] for standing in Standing}
    for row in _DECODER.decode(driver.execute(_ROWS).fetchone()[0]):
        found[row.standing(today)].append(row)
    for standing, rows in found.items():
        rows.sort(key=_ORDER.get(standing, _touched), reverse=standing not in _ORDER)
    counts = {standing: len(rows) for standing, rows in found.items()}
    return counts, tuple(chain.from_iterable(found.values()))


def _promised(row: BuyerRow) -> tuple[object, ...]:
    return row.promised, str(row.at or ""), row.key


def _touched(row: BuyerRow) -> tuple[object, ...]:
    return row.asked_on or date.min, row.last_touch or date.min, row.id


_ORDER = {
    Standing.LATE: _promised,
    Standing.TODAY: _promised,
    Standing.LATER: _promised,
    Standing.LIST: lambda row: (row.tries, row.position),
}
"""What sorts those with whom something comes next; the others begin with the last ask or touch."""
