"""What was said unasked today, by the app or by `needle remind`: in a small file of its own.

It stands beside the data file, behind all links, so that a thing is said once; no copy has it.
"""

import os
import sqlite3
from contextlib import closing, suppress
from datetime import date

_PATIENCE = 0.5  # seconds to wait for another process


def note_said(database: str, day: date, key: str) -> bool:
    """Note what is said on a day; whether it may be: it was not before, and that can be kept."""
    path = f"{os.path.realpath(database)}.said"
    for _ in range(2):
        try:
            return _note(path, day.isoformat(), key)
        except sqlite3.OperationalError:
            return False
        except sqlite3.DatabaseError:  # it is none of ours any more; nothing is lost with it
            with suppress(OSError):
                os.unlink(path)
    return False


def _note(path: str, day: str, key: str) -> bool:
    with suppress(OSError):  # what SQLite says is what is told
        os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
    with closing(sqlite3.connect(path, timeout=_PATIENCE, isolation_level=None)) as connection:
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("CREATE TABLE IF NOT EXISTS said (day, key, PRIMARY KEY (day, key))")
        connection.execute("DELETE FROM said WHERE day < date(?, '-7 days')", (day,))
        found = connection.execute("INSERT OR IGNORE INTO said VALUES (?, ?)", (day, key))
        connection.execute("COMMIT")
        return found.rowcount == 1
