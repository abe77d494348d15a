"""What follows from the rows and is kept beside them, so that history costs no time.

The sums of each day, the contacts whom entries name, and what the days before today come to.
Triggers (`schema.steps`) keep the first two and drop the last, in the transaction that changes what
they follow from, whoever changes it: undo and redo, an import, another program. Answers that follow
an ask turn what another day holds; they are few, and the sums leave them to whoever reads.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection

from ..text.format import shown
from .schema.buyer_steps import COUNTED, COUNTED_ANEW, NAMED_SINCE, SUMS
from .schema.tables import KEPT_PAST
from .schema.trigger_steps import GROUPED, KEY, each_sum, into_sums

_ADD_NEW = into_sums("sum({0})", f"WHERE id > ? {GROUPED}")

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

_MISCOUNTED = f"SELECT name FROM contact WHERE ({COUNTED}) IS NOT {SUMS} ORDER BY id"
_UNKNOWN = """
    SELECT contact FROM entry
    WHERE contact_key IS NOT NULL AND contact_key NOT IN (SELECT name_key FROM contact)
    GROUP BY contact_key
"""

_ADD_ALL = into_sums("sum({0})", GROUPED)
REBUILD = {"day_sum": ("DELETE FROM day_sum", _ADD_ALL), "contact": COUNTED_ANEW}  # adds up anew


@contextmanager
def added_together(connection: Connection) -> Iterator[None]:
    """A block that adds new entries by the thousand: what is kept of them is made when it ends.

    A trigger for each would take as long as the rest of an import. When the block fails, the
    transaction must: that puts the triggers back.
    """
    newest = connection.exec_driver_sql("SELECT coalesce(max(id), 0) FROM entry").scalar()
    triggers = connection.exec_driver_sql(
        "SELECT name, sql FROM sqlite_master WHERE name IN ('entry_comes', 'contact_comes')"
    ).all()
    for name, _ in triggers:
        connection.exec_driver_sql(f"DROP TRIGGER {name}")
    yield
    connection.exec_driver_sql(_ADD_NEW, (newest,))
    for statement in NAMED_SINCE:
        connection.exec_driver_sql(statement, {"newest": newest})
    connection.execute(KEPT_PAST.delete())
    for _, statement in triggers:
        connection.exec_driver_sql(statement)


def wrong_sums(connection: sqlite3.Connection) -> list[str]:
    """A sentence for each day whose sums are not those of its entries; none when all is well."""
    rows = connection.execute(_DIFFERENCES)
    return [f"What is kept of {day} does not add up to its entries." for (day,) in rows]


def wrong_contacts(connection: sqlite3.Connection) -> Iterator[str]:
    """A sentence for each contact that is not what its entries say; none when all is well."""
    for (name,) in connection.execute(_MISCOUNTED):
        yield f"What is kept of {shown(name)} does not add up to its entries."
    for (name,) in connection.execute(_UNKNOWN):
        yield f"{shown(name)} is named in the log but is not a contact."
