"""What must hold of rows that edits on two machines left at odds.

A mend is an edit whose clock follows from those of what made it necessary: so it is the same on
every machine, and what a person edits later wins.
"""

import sqlite3
from collections.abc import Iterable

from ...domain.sync.state import WHOLE
from ..buyers.next_steps import DROPPED
from ..care.rules import FOLLOWS_NO_EARLIER
from ..derived import fill_quotas

EDIT = "INSERT OR REPLACE INTO edit (tbl, row, field, clock) VALUES (?, ?, ?, ?)"
_BECOMES_SALES = """
    UPDATE activity SET is_sales = 1 WHERE id = ? AND NOT is_sales
    AND id IN (SELECT activity_id FROM entry WHERE outcome IS NOT NULL)
"""
_LIMITS = """
    SELECT commitment.id FROM commitment JOIN activity ON activity.id = activity_id
    WHERE activity_id = ? AND is_sales AND at_most
"""
_TOO_EARLY = f"SELECT entry.id, entry.follows {FOLLOWS_NO_EARLIER}"
_FREED = """
    UPDATE entry SET follows = NULL, count = iif(outcome IS NULL, 0, max(count, 1)) WHERE id = ?
"""
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
    driver.execute(EDIT, (table, row_id, group, clock))
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
    """Mend it; `unsure` are activities that may have become sales, or be none any more."""
    for activity_id in unsure:
        _mend_sales(driver, activity_id)
    _mend_never(driver)
    for entry_id, follows in driver.execute(_TOO_EARLY).fetchall():
        driver.execute(_FREED, (entry_id,))
        fill_quotas(driver, "entry.id = ?", entry_id)
        clocks = newest_of(driver, "entry", entry_id), newest_of(driver, "entry", follows, "day")
        edited(driver, "entry", entry_id, "outcome", max(clocks) + 1)
    _mend_ranks(driver)


def _mend_sales(driver: sqlite3.Connection, activity_id: int) -> None:
    """An activity with calls is a sales activity; what its entries fill follows."""
    if driver.execute(_BECOMES_SALES, (activity_id,)).rowcount:
        newest = newest_of(driver, "activity", activity_id, "is_sales")
        edited(driver, "activity", activity_id, "is_sales", newest + 1)
    for (row_id,) in driver.execute(_LIMITS, (activity_id,)).fetchall():
        driver.execute("UPDATE commitment SET at_most = 0 WHERE id = ?", (row_id,))
        edited(driver, "commitment", row_id, WHOLE, newest_of(driver, "commitment", row_id) + 1)
    fill_quotas(driver, "activity_id = ?", activity_id)


def _mend_never(driver: sqlite3.Connection) -> None:
    """Who asked not to be called stays so under each name, and nothing is promised to it."""
    for contact_id, kept_id, day in driver.execute(_OUTLIVED).fetchall():
        driver.execute("UPDATE contact SET never_since = ? WHERE id = ?", (day, kept_id))
        clocks = (newest_of(driver, "contact", it, "never_since") for it in (contact_id, kept_id))
        edited(driver, "contact", kept_id, "never_since", max(clocks) + 1)
    for step_id, contact_id, day in driver.execute(_UNPLEASANT).fetchall():
        ended = "UPDATE next_step SET ended_on = ?, ended_by = ? WHERE id = ?"
        driver.execute(ended, (day, DROPPED, step_id))
        never = newest_of(driver, "contact", contact_id, "never_since")
        newest = max(never, newest_of(driver, "next_step", step_id))
        edited(driver, "next_step", step_id, "ended_on", newest + 1)


def _mend_ranks(driver: sqlite3.Connection) -> None:
    """Ranks go from 1 on, each once: of two that share one, the place is that of the newer edit."""
    ranked = driver.execute(_RANKED).fetchall()
    newest = max((clock for _, _, clock, _ in ranked), default=0)
    for place, (activity_id, rank, _, _) in enumerate(ranked, start=1):
        if rank != place:
            driver.execute("UPDATE activity SET rank = ? WHERE id = ?", (place, activity_id))
            edited(driver, "activity", activity_id, "rank", newest + 1)
