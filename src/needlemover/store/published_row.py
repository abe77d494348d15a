"""The row that `needlemover.published` reads, written in the transaction that makes it true."""

from collections.abc import Sequence

from msgspec import DecodeError
from sqlalchemy import Connection

from ..domain.today.snapshot import DaySnapshot
from ..published.shape import as_snapshots, as_text


def is_published(
    connection: Connection, snapshot: DaySnapshot, ahead: Sequence[DaySnapshot] | None = None
) -> bool:
    """Whether the row says this already.

    Args:
        connection: to the file.
        snapshot: what Today shows.
        ahead: what it will show on the next days; None: whatever the row says of them.
    """
    text = connection.exec_driver_sql("SELECT facts FROM published").scalar()
    if text is None:
        return False
    try:
        next_days = as_snapshots(text)[1:] if ahead is None else ahead
    except DecodeError:  # another version of the program wrote it
        return False
    return bool(text == as_text(snapshot, next_days))


def publish(
    connection: Connection, snapshot: DaySnapshot, ahead: Sequence[DaySnapshot] = ()
) -> None:
    """Write what Today shows, and what it will show on the next days if nothing happens."""
    connection.exec_driver_sql(
        "INSERT OR REPLACE INTO published (id, day, facts) VALUES (1, ?, ?)",
        (snapshot.day.isoformat(), as_text(snapshot, ahead)),
    )


def withdraw(connection: Connection) -> None:
    """Take the row away: it may no longer be true."""
    connection.exec_driver_sql("DELETE FROM published")
