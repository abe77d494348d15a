"""What follows from the rows and is kept beside them, so that history costs no time.

The sums of each day, the contacts whom entries name, and what the days before today come to:
triggers (`schema.steps`) keep the first two and drop the last, in the transaction that changes what
they follow from, whoever changes it: undo and redo, an import, another program. Answers that follow
an ask turn what another day holds; they are few, and the sums leave them to whoever reads.
"""

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from ..domain.calls.entry import fills_quota
from ..text.format import shown
from .schema.tables import IDENTITY

_KEY = "day, activity_id, hour"
_SUMS = (
    "entries", "seconds", "dials", "conversations", "conversation_seconds", "unnamed", "asks",
    "wins",
)  # fmt: skip


def _each(form: str, between: str = ", ") -> str:
    """Something in SQL for each of the sums of a day, with its name in the place of `{0}`."""
    return between.join(form.format(name) for name in _SUMS)


_ADD = f"""INSERT INTO day_sum ({_KEY}, {_each("{0}")})
    SELECT {_KEY}, {_each("sum({0})")} FROM entry_sum WHERE {{which}} GROUP BY {_KEY}
    ON CONFLICT ({_KEY}) DO UPDATE SET {_each("{0} = {0} + excluded.{0}")}"""
# Both sides in one pass; what is equal cancels out.
_DIFFERENCES = f"""
    SELECT DISTINCT day FROM (
        SELECT day FROM (
            SELECT {_KEY}, {_each("{0}")} FROM entry_sum
            UNION ALL SELECT {_KEY}, {_each("-{0}")} FROM day_sum
        )
        GROUP BY {_KEY} HAVING {_each("sum({0})", " OR ")}
    )
    ORDER BY day
"""
_FILLING = """
    SELECT entry.id, entry.day, fills_quota, coalesce(is_sales, FALSE), outcome, seconds, count,
        follows, problem_id
    FROM entry LEFT JOIN activity ON activity.id = activity_id
"""
# The days of a contact's last entry and of its last conversation, and the dials since that.
_COUNTED = "touched_on, talked_on, tries"
_COUNTS = """(
    SELECT substr(max(place), 1, 10), substr(max(talked_at), 1, 10),
        coalesce(sum(is_dial AND place > coalesce(talked_at, '')), 0)
    FROM (
        SELECT is_dial, place, max(iif(is_talk, place, NULL)) OVER () AS talked_at FROM (
            SELECT outcome IS NOT NULL AND follows IS NULL AS is_dial,
                outcome IS NOT NULL AND follows IS NULL AND fills_quota AS is_talk,
                day || coalesce(started_at, logged_at) || printf('%020d', id) AS place
            FROM entry WHERE contact_key = contact.name_key
        )
    )
)"""
_NAME = """INSERT OR IGNORE INTO contact (name, name_key, tries)
    SELECT contact, contact_key, 0 FROM entry WHERE contact_key IS NOT NULL AND {which}
    GROUP BY contact_key ORDER BY min(id)"""
_COUNT = f"UPDATE contact SET ({_COUNTED}) = {_COUNTS} WHERE {{which}}"
_MISCOUNTED = f"SELECT name FROM contact WHERE ({_COUNTED}) IS NOT {_COUNTS} ORDER BY id"
_UNKNOWN = """
    SELECT contact FROM entry
    WHERE contact_key IS NOT NULL AND contact_key NOT IN (SELECT name_key FROM contact)
    GROUP BY contact_key
"""
RANK = """
    UPDATE activity SET rank = place FROM (
        SELECT id AS placed, row_number() OVER (ORDER BY rank = 0, rank, id) AS place FROM activity
    ) WHERE id = placed AND rank <> place
"""
"""Has ranks go from 1 on, each once; those that have none yet (0) come last."""
REBUILD = ("DELETE FROM day_sum", *(each.format(which="TRUE") for each in (_ADD, _NAME, _COUNT)))
"""Works all of it out anew, in a file of this version."""
_SINCE = (
    _ADD.format(which="id > :newest"),
    _NAME.format(which="id > :newest"),
    _COUNT.format(which="name_key IN (SELECT contact_key FROM entry WHERE id > :newest)"),
    f"""INSERT OR REPLACE INTO edit (tbl, row, field, clock) SELECT 'entry', id, '', clock
    FROM (SELECT clock FROM sync WHERE NOT merging AND EXISTS (SELECT 1 FROM gone)), entry
    WHERE id > :newest AND {IDENTITY} IN (SELECT uid FROM gone WHERE tbl = 'entry')""",
    f"""DELETE FROM gone WHERE (SELECT NOT merging FROM sync) AND tbl = 'entry'
    AND uid IN (SELECT {IDENTITY} FROM entry WHERE id > :newest)""",
    """INSERT OR IGNORE INTO outbox (tbl, row) SELECT 'entry', entry.id
    FROM (SELECT 1 FROM sync WHERE NOT merging AND folder IS NOT NULL), entry
    WHERE entry.id > :newest""",
)
_OF_EACH = """
    SELECT name, sql FROM sqlite_master WHERE name IN ('entry_comes', 'contact_comes', 'entry_made')
"""


@contextmanager
def added_together(connection: sqlite3.Connection) -> Iterator[None]:
    """A block that adds new entries by the thousand: what is kept of them is made when it ends.

    A trigger for each would take as long as the rest of an import. When the block fails, the
    transaction must: that puts the triggers back.
    """
    newest = newest_entry(connection)
    triggers = connection.execute(_OF_EACH).fetchall()
    for name, _ in triggers:
        connection.execute(f"DROP TRIGGER {name}")
    yield
    for statement in (*_SINCE, "DELETE FROM kept_past"):
        connection.execute(statement, {"newest": newest})
    for _, statement in triggers:
        connection.execute(statement)


def newest_entry(connection: sqlite3.Connection) -> int:
    """The highest id of an entry; 0: there is none."""
    return int(connection.execute("SELECT coalesce(max(id), 0) FROM entry").fetchone()[0])


def count_contacts(connection: sqlite3.Connection, keys: Iterable[str]) -> None:
    """Work out anew what entries say of contacts, by key; one that only they name is made."""
    for statement in (_NAME.format(which="contact_key = ?"), _COUNT.format(which="name_key = ?")):
        connection.executemany(statement, [(key,) for key in keys])


def wrong_quotas(
    connection: sqlite3.Connection, which: str, *values: object
) -> Iterator[tuple[int, str, bool]]:
    """Of entries, those that fill a quota and should not, or the other way round.

    `which` is a condition in SQL. Of each entry the id, the day, and whether it should fill one.
    """
    rows = connection.execute(f"{_FILLING} WHERE {which}", values).fetchall()
    for row_id, day, fills, is_sales, *said in rows:
        should = fills_quota(*said, is_sales=is_sales)
        if should != bool(fills):
            yield row_id, day, should


def fill_quotas(connection: sqlite3.Connection, which: str, *values: object) -> None:
    """Let entries fill their quotas as the rule says. `which` is a condition in SQL."""
    wrong = [(should, row_id) for row_id, _, should in wrong_quotas(connection, which, *values)]
    connection.executemany("UPDATE entry SET fills_quota = ? WHERE id = ?", wrong)


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
