"""The list of all contacts, of which a line is read of each, and one of them whole."""

import sqlite3
from collections.abc import Mapping
from datetime import date
from itertools import chain

from msgspec import json
from msgspec.structs import replace

from ...domain.buyers.contact import LET_GO, BuyerRow, BuyersSnapshot, Standing
from ...domain.calls.entry import contact_key
from ..buyer_rows import IS_THERE, LAST_ASK, WITH_STEPS, buyer_of
from ..entry_facts import read_entries
from ..file import OF_BUYERS, Memory

# All in one text, which is decoded at once: rows of the driver take three times as long.
_ROWS = f"""
    SELECT json_group_array(json_array(
        contact.id, name, name_key, never_since, next_step.day, next_step.at,
        {LAST_ASK.format("day")},
        iif(talked_on IS NULL OR position = {LET_GO}, position, NULL), tries, touched_on))
    FROM {WITH_STEPS} WHERE {IS_THERE}
"""
_DECODER = json.Decoder(list[BuyerRow])


def read_snapshot(
    driver: sqlite3.Connection, memory: Memory, typed: str, chosen: int | None
) -> BuyersSnapshot:
    """The contacts whose names have in them what was typed, and one of them, else the first."""
    facts, key = memory.days().facts, contact_key(typed)
    counts, rows = memory.recall(OF_BUYERS[0], lambda: _read_list(driver, facts.today))
    if key:
        # With one letter more it is looked for among those that were found before.
        last = memory.recall(OF_BUYERS[1], dict[str, tuple[BuyerRow, ...]])
        before = next((those for part, those in last.items() if part in key), rows)
        rows = tuple([row for row in before if key in row.key])
        last.clear()
        last[key] = rows
    found = BuyersSnapshot(facts.today, facts.settings, counts, rows)
    if not rows:
        return found
    places = (place for place, row in enumerate(rows) if row.id == chosen)
    place = 0 if chosen is None else next(places, 0)
    which, row = "entry.contact_key = ?", rows[place]
    touches = read_entries(driver, which, row.key, newest_first=True, at_most=200)
    return replace(found, place=place, buyer=buyer_of(driver, row.id), touches=touches)


def _read_list(
    driver: sqlite3.Connection, today: date
) -> tuple[Mapping[Standing, int], tuple[BuyerRow, ...]]:
    """A line of each contact, in the order of what comes next, and how many of each there are."""
    found: dict[Standing, list[BuyerRow]] = {standing: [] for standing in Standing}
    ((text,),) = driver.execute(_ROWS)
    for row in reversed(_DECODER.decode(text)):
        found[row.standing(today)].append(row)
    for promised in (Standing.LATE, Standing.TODAY, Standing.LATER):
        found[promised].sort(key=lambda row: (row.promised, str(row.at or ""), row.key))
    found[Standing.LIST].sort(key=lambda row: (row.tries, row.position))
    for last_first in (Standing.WAITING, Standing.NOTHING, Standing.LET_GO, Standing.NEVER):
        rows = found[last_first]
        rows.sort(key=lambda row: row.asked_on or row.last_touch or date.min, reverse=True)
    counts = {standing: len(rows) for standing, rows in found.items()}
    return counts, tuple(chain.from_iterable(found.values()))
