"""The list of all contacts, of which a line is read of each, and one of them whole."""

import sqlite3
from collections.abc import Mapping
from datetime import date
from itertools import chain
from operator import itemgetter
from typing import Any

from msgspec import convert
from msgspec.structs import replace

from ...domain.buyers.contact import BuyerRow, BuyersSnapshot, Standing, standing_on
from ...domain.calls.entry import contact_key
from ..buyer_rows import LISTED, buyer_of
from ..entry_facts import OPEN_ASK, read_entries
from ..memory import Memory
from ..schema.buyer_steps import IS_THERE

_STEPS = "SELECT contact_id, day, at FROM next_step WHERE ended_on IS NULL"
_ASKS = f"""SELECT contact_key, max(day) FROM entry
    WHERE {OPEN_ASK} AND contact_key IS NOT NULL GROUP BY contact_key"""
# A `BuyerRow`, its place on the list, and whether it is never to be called, or on the list.
_CONTACTS = f"""
    SELECT id, name, name_key, '{Standing.NOTHING.value}', NULL, NULL, tries, touched_on, position,
        never_since IS NOT NULL, {LISTED}
    FROM contact WHERE {IS_THERE} ORDER BY touched_on DESC, id DESC
"""


def read_snapshot(
    driver: sqlite3.Connection, memory: Memory, typed: str, chosen: int | None
) -> BuyersSnapshot:
    """The contacts whose names have in them what was typed, and one of them, else the first."""
    facts, key = memory.days().facts, contact_key(typed)
    counts, rows = memory.recall("buyers", lambda: _read_list(driver, facts.today))
    rows = tuple(row for row in rows if key in row.key) if key else rows
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
    """A line of each contact; there are thousands, and with most of them nothing comes next."""
    steps = {contact_id: when for contact_id, *when in driver.execute(_STEPS)}
    asked, iso = dict(driver.execute(_ASKS)), today.isoformat()
    found: dict[str, list[Any]] = {standing.value: [] for standing in Standing}
    for row in driver.execute(_CONTACTS):
        contact_id, name, key, standing, *_, never, listed = row
        when, ask = steps.get(contact_id), asked.get(key)
        if when or ask or never or listed:
            day, at = when or (None, None)
            standing = standing_on(iso, never, day, ask, listed).value
            row = (contact_id, name, key, standing, day or ask, at, *row[6:])
        found[standing].append(row)
    for promised in (Standing.LATE, Standing.TODAY, Standing.LATER):
        found[promised.value].sort(key=lambda row: (row[4], row[5] or "", row[2]))
    found[Standing.WAITING.value].sort(key=itemgetter(4), reverse=True)
    found[Standing.LIST.value].sort(key=itemgetter(6, 8))
    rows = convert([*chain.from_iterable(found.values())], tuple[BuyerRow, ...])
    return {standing: len(found[standing.value]) for standing in Standing}, rows
