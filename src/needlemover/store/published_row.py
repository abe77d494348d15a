"""The row that `needlemover.published` reads, written in the transaction that makes it true."""

from sqlalchemy import Connection

from ..domain.snapshots import DaySnapshot
from ..published.shape import as_text


def is_published(connection: Connection, snapshot: DaySnapshot) -> bool:
    """Whether the row says this already."""
    return connection.exec_driver_sql("SELECT facts FROM published").scalar() == as_text(snapshot)


def publish(connection: Connection, snapshot: DaySnapshot) -> None:
    """Write what Today shows."""
    connection.exec_driver_sql(
        "INSERT OR REPLACE INTO published (id, day, facts) VALUES (1, ?, ?)",
        (snapshot.day.isoformat(), as_text(snapshot)),
    )


def withdraw(connection: Connection) -> None:
    """Take the row away: it may no longer be true."""
    connection.exec_driver_sql("DELETE FROM published")
