"""What a connection remembers of tables that seldom change, so that each command need not ask."""

from collections.abc import Callable
from typing import TypeVar

from sqlalchemy import Connection

T = TypeVar("T")

_PLACE = "remembered"


def remembered(
    connection: Connection, tables: tuple[str, ...], read: Callable[[Connection], T]
) -> T:
    """What was read last, as long as none of the tables it was read from has changed."""
    known: dict[tuple[str, ...], T] = connection.info.setdefault(_PLACE, {})
    if tables not in known:
        known[tables] = read(connection)
    return known[tables]


def has_changed(connection: Connection, table: str | None = None) -> None:
    """Let go of what was read from a table; None: of everything."""
    known = connection.info.get(_PLACE, {})
    for tables in [key for key in known if table is None or table in key]:
        del known[tables]
