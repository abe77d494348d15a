"""The row that `needlemover.published` reads, written in the transaction that makes it true."""

from collections.abc import Sequence

from msgspec import DecodeError
from sqlalchemy import Connection

from ..domain.snapshots import DaySnapshot
from ..published.shape import as_snapshots, as_text


def is_published(connection: Connection, snapshot: DaySnapshot) -> bool:
    """Whether the row says this already, whatever it says of the next days."""
    text = connection.exec_driver_sql("SELECT facts FROM published").scalar()
    try:
        return text is not None and bool(text == as_text(snapshot, as_snapshots(text)[1:]))
    except DecodeError:  # another version of the program wrote it
        return False


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
