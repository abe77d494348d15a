"""What a connection remembers of the tables, so that each command need not ask again."""

from collections.abc import Callable
from typing import Any, TypeVar, TypeVarTuple

from msgspec import Struct
from sqlalchemy import Connection

Asked = TypeVarTuple("Asked")
T = TypeVar("T")

_PLACE = "remembered"


class _Known(Struct, frozen=True):
    tables: tuple[str, ...]
    values: tuple[object, ...]
    found: Any


def remembered(
    connection: Connection,
    tables: tuple[str, ...],
    read: Callable[[Connection, *Asked], T],
    *values: *Asked,
) -> T:
    """What was read last, as long as none of the tables it was read from has changed.

    Args:
        connection: to the file.
        tables: from which it is read.
        read: what reads it; of each only the last answer is remembered.
        values: what it is asked.
    """
    known: dict[object, _Known] = connection.info.setdefault(_PLACE, {})
    if read not in known or known[read].values != values:
        known[read] = _Known(tables, values, read(connection, *values))
    found: T = known[read].found
    return found


def has_changed(connection: Connection, table: str | None = None) -> None:
    """Let go of what was read from a table; None: of everything."""
    known: dict[object, _Known] = connection.info.get(_PLACE, {})
    for read in [key for key, item in known.items() if table is None or table in item.tables]:
        del known[read]
