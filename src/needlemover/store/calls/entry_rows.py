"""Entries that come from an export, as rows."""

from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import islice

from sqlalchemy import Connection

from ...domain.calls.entry import Outcome, contact_key, fills_quota
from ..care.sections import Row
from ..schema.tables import ENTRY

_AT_A_TIME = 2000
_COLUMNS = tuple(column.name for column in ENTRY.columns)
_INSERT = f"""
    INSERT INTO entry ({", ".join(f'"{name}"' for name in _COLUMNS)})
    VALUES ({", ".join("?" * len(_COLUMNS))})
"""
_key = lru_cache(maxsize=1 << 15)(contact_key)


def with_what_follows(row: Row, *, is_sales: bool) -> Row:
    """An entry with the columns that follow from its others."""
    outcome, contact = row["outcome"], row["contact"]
    row["contact_key"] = None if contact is None else _key(str(contact)) or None
    row["fills_quota"] = row["problem_id"] is None and fills_quota(
        is_sales=is_sales,
        outcome=None if outcome is None else Outcome(str(outcome)),
        follows=row["follows"] is not None,
        seconds=int(row["seconds"] or 0),
        count=int(row["count"] or 0),
    )
    return row


def add_entries(connection: Connection, rows: Iterable[Row]) -> int:
    """Write entries, complete ones; how many."""
    added, values = 0, _values(rows)
    while chunk := list(islice(values, _AT_A_TIME)):
        connection.exec_driver_sql(_INSERT, chunk)
        added += len(chunk)
    return added


def _values(rows: Iterable[Row]) -> Iterator[tuple[object, ...]]:
    for row in rows:
        yield tuple([row[name] for name in _COLUMNS])
