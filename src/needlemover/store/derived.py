"""What follows from the rows and is kept beside them, so that history costs no time.

The sums of each day and what the days before today come to. Triggers (`schema.steps`) keep the one
and drop the other, in the transaction that changes what they follow from, whoever changes it: undo
and redo, an import, another program. Answers that follow an ask turn what another day holds; they
are few, and the sums leave them to whoever reads.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection

from .schema.bookkeeping import KEPT_PAST
from .schema.trigger_steps import ADDED_TO, GROUPED, KEY, SUMMED_UP, each_sum

_ADD_NEW = f"{SUMMED_UP} WHERE id > ? {GROUPED} {ADDED_TO}"

# Both sides in one pass; what is equal cancels out.
_DIFFERENCES = f"""
    SELECT DISTINCT day FROM (
        SELECT day FROM (
            SELECT {KEY}, {each_sum("{0}")} FROM entry_sum
            UNION ALL SELECT {KEY}, {each_sum("-{0}")} FROM day_sum
        )
        {GROUPED} HAVING {each_sum("sum({0})").replace(", ", " OR ")}
    )
    ORDER BY day
"""

REBUILD = ("DELETE FROM day_sum", f"{SUMMED_UP} {GROUPED}")
"""Adds all up anew."""


@contextmanager
def added_together(connection: Connection) -> Iterator[None]:
    """A block that adds new entries by the thousand: what is kept of them is made when it ends.

    A trigger for each would take as long as the rest of an import. When the block fails, the
    transaction must: that puts the trigger back.
    """
    newest = connection.exec_driver_sql("SELECT coalesce(max(id), 0) FROM entry").scalar()
    trigger = connection.exec_driver_sql(
        "SELECT sql FROM sqlite_master WHERE name = 'entry_comes'"
    ).scalar_one()
    connection.exec_driver_sql("DROP TRIGGER entry_comes")
    yield
    connection.exec_driver_sql(_ADD_NEW, (newest,))
    connection.execute(KEPT_PAST.delete())
    connection.exec_driver_sql(trigger)


def wrong_sums(connection: sqlite3.Connection) -> list[str]:
    """A sentence for each day whose sums are not those of its entries; none when all is well."""
    rows = connection.execute(_DIFFERENCES)
    return [f"What is kept of {day} does not add up to its entries." for (day,) in rows]
