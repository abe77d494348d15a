"""Activities in the file, and a look into it past the store."""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from needlemover.domain.promises.commitment import ActivityFact
from needlemover.store.buyer_rows import IS_THERE
from needlemover.store.facts import COLUMNS
from needlemover.store.store import Store

from ..conftest import terms

CHOSEN = f"coalesce({', '.join(COLUMNS)}) IS NOT NULL"
HISTORY = {"change", "changed_row"}
SYNC = {"sync", "edit", "gone", "outbox", "same", "held", "peer", "seen", "sync_note"}
"""What other machines are told, which knows every change, undone ones, too."""


def dump(path: Path) -> dict[str, list[tuple[Any, ...]]]:
    """All rows of all tables but those of the history and of the other machines, by what they say.

    Left out are contacts that nobody sees, and settings of which none is chosen. A contact that got
    its first name back keeps its uid.
    """
    with closing(sqlite3.connect(path)) as connection:
        names = [
            row[0]
            for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
            if row[0] not in HISTORY | SYNC
        ]
        found = {}
        for name in names:
            info = connection.execute(f"PRAGMA table_info({name})")
            said = ", ".join(f'"{row[1]}"' for row in info)
            if name == "contact":
                said = said.replace('"uid"', "coalesce(uid, name_key)")
            which = {"contact": IS_THERE, "settings": CHOSEN}.get(name, "TRUE")
            if name == "settings" and any(f'"{column}"' not in said for column in COLUMNS):
                which = "TRUE"  # in a file of an earlier version
            rows = connection.execute(f'SELECT {said} FROM "{name}" WHERE {which} ORDER BY 1')
            found[name] = rows.fetchall()
        return found


def sql(path: Path, statement: str, *values: object) -> list[tuple[Any, ...]]:
    """What another program would read or do."""
    with closing(sqlite3.connect(path)) as connection, connection:
        return connection.execute(statement, values).fetchall()


def add_activities(path: Path, first: int = 0) -> None:
    """Fill the file with activities, up to 300: one after the other they would take seconds."""
    sql(
        path,
        """
        WITH RECURSIVE numbers (number) AS (
            SELECT ? UNION ALL SELECT number + 1 FROM numbers WHERE number < 299
        )
        INSERT INTO activity (name, name_key, is_sales, rank)
        SELECT 'Activity ' || number, 'activity ' || number, 0, number + 1 FROM numbers
        """,
        first,
    )


def keep(store: Store) -> None:
    """Write something that changes nothing, with which what is kept of the past is kept."""
    store.timer.seen()


@pytest.fixture
def film(store: Store) -> ActivityFact:
    """A plain tick, every day."""
    return store.activities.add("Film one video", terms())


@pytest.fixture
def calls(store: Store) -> ActivityFact:
    """An hour and ten conversations, every day."""
    return store.activities.add("Sales conversations", terms(60, 10), is_sales=True)
