"""What must hold of rows that edits on two machines left at odds.

A mend is an edit whose clock follows from those of what made it necessary: so it is the same on
every machine, and what a person edits later wins.
"""

import sqlite3
from collections.abc import Iterable

from ...domain.calls.entry import count_alone, fills_quota
from ...domain.errors import NeedleError
from ...domain.sync.state import WHOLE
from ..buyers.next_steps import DROPPED
from ..care.rules import SET_RULES, contradictions

_UNPLEASANT = """
    SELECT next_step.id, contact.id, never_since
    FROM next_step JOIN contact ON contact_id = contact.id
    WHERE never_since IS NOT NULL AND ended_on IS NULL
"""
_OUTLIVED = """
    SELECT gone.id, kept.id, gone.never_since FROM contact AS gone
    JOIN contact AS kept ON kept.name_key = gone.same_as
    WHERE gone.never_since IS NOT NULL AND kept.never_since IS NULL
"""
_RANKED = """
    SELECT activity.id, rank, coalesce(max(clock), 0), coalesce(uid, '') FROM activity
    LEFT JOIN edit ON tbl = 'activity' AND row = activity.id AND field IN ('rank', '')
    GROUP BY activity.id ORDER BY 2, 3 DESC, 4
"""


def edited(driver: sqlite3.Connection, table: str, row_id: int, group: str, clock: int) -> None:
    """Keep that a group of fields was edited, and tell the others of the row."""
    values = table, row_id, group, clock
    driver.execute(
        "INSERT OR REPLACE INTO edit (tbl, row, field, clock) VALUES (?, ?, ?, ?)", values
    )
    tell(driver, table, row_id)


def tell(driver: sqlite3.Connection, table: str, row_id: int) -> None:
    """Let the other machines be told of a row."""
    told = "INSERT OR IGNORE INTO outbox (tbl, row) SELECT ?, ? FROM sync WHERE folder IS NOT NULL"
    driver.execute(told, (table, row_id))


def newest_of(driver: sqlite3.Connection, table: str, row_id: int, *groups: str) -> int:
    """The newest clock of groups of a row, or of all of it; 0: it is as it was made."""
    which = f"AND field IN ({', '.join('?' * len(groups))}, '')" if groups else ""
    query = f"SELECT coalesce(max(clock), 0) FROM edit WHERE tbl = ? AND row = ? {which}"
    return int(driver.execute(query, (table, row_id, *groups)).fetchone()[0])


def mend(driver: sqlite3.Connection, unsure: Iterable[int]) -> None:
    """Mend it; a `NeedleError` where something does not hold even then.

    `unsure` are activities that may have become sales activities, or be none any more.
    """
    for activity_id in unsure:
        _mend_sales(driver, activity_id)
    for contact_id, kept_id, day in driver.execute(_OUTLIVED).fetchall():
        driver.execute("UPDATE contact SET never_since = ? WHERE id = ?", (day, kept_id))
        clocks = (newest_of(driver, "contact", it, "never_since") for it in (contact_id, kept_id))
        edited(driver, "contact", kept_id, "never_since", max(clocks) + 1)
    for step_id, contact_id, day in driver.execute(_UNPLEASANT).fetchall():
        ended = "UPDATE next_step SET ended_on = ?, ended_by = ? WHERE id = ?"
        driver.execute(ended, (day, DROPPED, step_id))
        never = newest_of(driver, "contact", contact_id, "never_since")
        edited(
            driver,
            "next_step",
            step_id,
            "ended_on",
            max(never, newest_of(driver, "next_step", step_id)) + 1,
        )
    for entry_id, _ in driver.execute(SET_RULES[0][1]).fetchall():
        _free(driver, entry_id)
    ranked = driver.execute(_RANKED).fetchall()
    newest = max((clock for _, _, clock, _ in ranked), default=0)
    for place, (activity_id, rank, _, _) in enumerate(ranked, start=1):
        if rank != place:
            driver.execute("UPDATE activity SET rank = ? WHERE id = ?", (place, activity_id))
            edited(driver, "activity", activity_id, "rank", newest + 1)
    for sentence in contradictions(driver):
        raise NeedleError(sentence)


def _mend_sales(driver: sqlite3.Connection, activity_id: int) -> None:
    """An activity with calls is a sales activity; what its entries fill follows."""
    query = "SELECT is_sales FROM activity WHERE id = ?"
    found = driver.execute(query, (activity_id,)).fetchone()
    if found is None:
        return
    is_sales = bool(found[0])
    called = "SELECT max(id) FROM entry WHERE activity_id = ? AND outcome IS NOT NULL"
    (call,) = driver.execute(called, (activity_id,)).fetchone()
    if call is not None and not is_sales:
        is_sales = True
        driver.execute("UPDATE activity SET is_sales = 1 WHERE id = ?", (activity_id,))
        newest = newest_of(driver, "activity", activity_id, "is_sales")
        edited(driver, "activity", activity_id, "is_sales", newest + 1)
    if is_sales:
        limits = "SELECT id FROM commitment WHERE activity_id = ? AND at_most"
        for (row_id,) in driver.execute(limits, (activity_id,)).fetchall():
            driver.execute("UPDATE commitment SET at_most = 0 WHERE id = ?", (row_id,))
            edited(driver, "commitment", row_id, WHOLE, newest_of(driver, "commitment", row_id) + 1)
    entries = driver.execute(
        "SELECT id, outcome, seconds, count, follows IS NOT NULL, fills_quota FROM entry "
        "WHERE activity_id = ?",
        (activity_id,),
    ).fetchall()
    for entry_id, outcome, seconds, count, follows, fills in entries:
        should = fills_quota(outcome, seconds, count, is_sales=is_sales, follows=bool(follows))
        if should != bool(fills):
            driver.execute("UPDATE entry SET fills_quota = ? WHERE id = ?", (should, entry_id))


def _free(driver: sqlite3.Connection, entry_id: int) -> None:
    """An answer to an ask that is not before it any more becomes a call of its own."""
    outcome, count, seconds, follows, is_sales = driver.execute(
        "SELECT outcome, count, seconds, follows, coalesce(is_sales, 0) FROM entry "
        "LEFT JOIN activity ON activity.id = activity_id WHERE entry.id = ?",
        (entry_id,),
    ).fetchone()
    count = count_alone(outcome, count)
    fills = fills_quota(outcome, seconds, count, is_sales=bool(is_sales))
    driver.execute(
        "UPDATE entry SET follows = NULL, count = ?, fills_quota = ? WHERE id = ?",
        (count, fills, entry_id),
    )
    clocks = newest_of(driver, "entry", entry_id), newest_of(driver, "entry", follows, "day")
    edited(driver, "entry", entry_id, "outcome", max(clocks) + 1)
