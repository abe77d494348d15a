"""Loop Habit Tracker's backup: a SQLite file with the tables Habits and Repetitions."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from msgspec import ValidationError, convert

from ...domain.errors import NeedleError
from ...store.promises.activity_changes import MOST_ACTIVITIES
from ..files import LARGEST_TABLE, file_errors, limited, over_size
from ..reading import Reading, Request
from .loop import COLUMNS, Mark, Sheet, read_sheets

_LONGEST_VALUE = 1 << 20
_NEEDED = {"habits": {"id", "name", "freq_num", "freq_den"}, "repetitions": {"habit", "timestamp"}}
_SAID = {
    "name": "CAST(name AS TEXT) AS name",
    "freq_num": "CAST(freq_num AS INTEGER) AS times",
    "freq_den": "CAST(freq_den AS INTEGER) AS days",
    "type": "type = 1 AS is_measured",
    "target_value": "CAST(target_value AS REAL) AS target",
    "target_type": "target_type = 1 AS is_at_most",
    "unit": "CAST(unit AS TEXT) AS unit",
    "archived": "archived <> 0 AS is_archived",
}
"""What a column says of a habit; older backups have fewer."""


def read_loop_db(request: Request) -> Reading:
    """Read a backup."""
    said = ["Reading the backup of Loop Habit Tracker."]
    reading = Reading("loop", COLUMNS, said, row_word="mark")
    with _opened(request.path) as connection:
        columns = {table: _columns(connection, table) for table in _NEEDED}
        for table, needed in _NEEDED.items():
            if not needed <= columns[table]:
                why = f"{request.path.name} is a database, but not a backup of Loop: choose one."
                raise NeedleError(why)
        name = request.path.name
        habits = _sheets(connection, columns["habits"])
        sheets = dict(limited(habits, name, "habits", MOST_ACTIVITIES))
        for row in limited(_marks(connection, columns["repetitions"]), name, "marks"):
            if sheet := sheets.get(row["habit"]):
                sheet.marks.append(Mark(row["number"], row["day"], row["value"], row["notes"]))
            else:
                reading.left_out["marks of habits that were deleted in Loop"] += 1
    read_sheets(sheets.values(), request, reading)
    return reading


@contextmanager
def _opened(path: Path) -> Iterator[sqlite3.Connection]:
    """The file, opened so that nothing in it is run and nothing beside it is touched."""
    with file_errors(path):
        if path.stat().st_size > LARGEST_TABLE:
            raise over_size(path.name, LARGEST_TABLE, "choose a backup of Loop")
        uri = f"{path.resolve().as_uri()}?mode=ro&immutable=1"
    try:
        with closing(sqlite3.connect(uri, uri=True)) as connection:
            connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _LONGEST_VALUE)
            connection.setlimit(sqlite3.SQLITE_LIMIT_ATTACHED, 0)
            connection.execute("PRAGMA trusted_schema = OFF")
            connection.execute("PRAGMA query_only = ON")
            connection.execute("PRAGMA cell_size_check = ON")
            connection.row_factory = sqlite3.Row
            connection.text_factory = lambda content: content.decode("utf-8", "replace")
            yield connection
    except (sqlite3.Error, ValidationError) as error:
        why = f"{path.name} is damaged: make the backup again in Loop, or export it as CSV."
        raise NeedleError(why) from error


def _columns(connection: sqlite3.Connection, table: str) -> set[str]:
    """The columns of an ordinary table in lower case; of a view, or where there is none: none."""
    query = "SELECT sql FROM sqlite_master WHERE type = 'table' AND lower(name) = ?"
    found = connection.execute(query, (table,)).fetchone()
    if found is None or "virtual" in str(found[0]).casefold()[:40]:
        return set()
    return {
        str(row["name"]).casefold() for row in connection.execute(f"PRAGMA table_info({table})")
    }


def _sheets(connection: sqlite3.Connection, columns: set[str]) -> Iterator[tuple[int, Sheet]]:
    """Every habit with its id."""
    said = ", ".join(sql for column, sql in _SAID.items() if column in columns)
    order = "position, id" if "position" in columns else "id"
    for row in connection.execute(f"SELECT {said}, id FROM habits ORDER BY {order}"):
        known = {name: row[name] for name in row.keys() if row[name] is not None}  # noqa: SIM118
        yield row["id"], convert({**known, "place": f"habit {row['id']}"}, Sheet, strict=False)


def _marks(connection: sqlite3.Connection, columns: set[str]) -> Iterator[sqlite3.Row]:
    # Before there was a value, every mark was one by hand.
    value = "value" if "value" in columns else "2"
    notes = "notes" if "notes" in columns else "''"
    # A timestamp is midnight UTC of the local day, in milliseconds; of another type it is no day.
    day = "CASE typeof(timestamp) WHEN 'integer' THEN date(timestamp / 1000, 'unixepoch') END"
    yield from connection.execute(
        f"SELECT rowid AS number, habit, coalesce({day}, CAST(timestamp AS TEXT), '') AS day, "
        f"coalesce(CAST({value} AS TEXT), '') AS value, "
        f"coalesce(CAST({notes} AS TEXT), '') AS notes FROM repetitions ORDER BY timestamp, rowid"
    )
