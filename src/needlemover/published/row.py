"""The row itself, read by the standard library alone."""

import os
import sqlite3
from collections.abc import Sequence

from ..schema import APPLICATION_ID, SCHEMA_VERSION

_PATIENCE = 0.1
"""Seconds to wait for a file that another process holds."""


def read_row(path: str, query: str, values: Sequence[object] = ()) -> list[tuple[str, str]]:
    """What a query finds in a file of this version of the program; nothing in any other.

    Args:
        path: the file's absolute path.
        query: of the table `published`.
        values: for the query.

    Raises:
        sqlite3.Error: when there is no file, or it cannot be read.
    """
    connection = sqlite3.connect(_address(path), uri=True, timeout=_PATIENCE, isolation_level=None)
    try:
        connection.execute("BEGIN")  # all of it is read from one state of the file
        ours = [
            connection.execute(f"PRAGMA {name}").fetchone()[0]
            for name in ("application_id", "user_version")
        ]
        if ours != [APPLICATION_ID, SCHEMA_VERSION]:
            return []
        return connection.execute(query, values).fetchall()
    finally:
        connection.close()


def _address(path: str) -> str:
    """A read-only address (sqlite.org/uri.html), without loading urllib for it."""
    for sign in "%?#":
        path = path.replace(sign, f"%{ord(sign):x}")
    if os.name == "nt":
        path = "/" + path.replace("\\", "/")
    return f"file://{path}?mode=ro"
