"""Loop Habit Tracker's backup: a SQLite file with the tables Habits and Repetitions."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from ...domain.errors import NeedleError
from ..reading import Reading, Request
from ..text_file import LARGEST, file_errors
from .loop import Mark, Sheet, read_sheets

_LONGEST_VALUE = 1 << 20
_MOST_MARKS = 2_000_000
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_NEEDED = {"habits": {"id", "name", "freq_num", "freq_den"}, "repetitions": {"habit", "timestamp"}}


def read_loop_db(request: Request) -> Reading:
    """Read a backup.

    Raises:
        NeedleError: when it is not one, or is damaged.
    """
    reading = Reading("Loop Habit Tracker", "loop", columns=("habit", "date", "value", "note"))
    reading.row_word = "mark"
    reading.said.append("Reading the backup of Loop Habit Tracker.")
    with _opened(request.path) as connection:
        columns = {table: _columns(connection, table) for table in _NEEDED}
        for table, needed in _NEEDED.items():
            if not needed <= columns[table]:
                raise NeedleError(
                    f"{request.path.name} is a database, but not a backup of Loop: choose one."
                )
        sheets = {row["id"]: _sheet(row) for row in _habits(connection, columns["habits"])}
        lost = 0
        for row in _marks(connection, columns["repetitions"], request.path):
            sheet = sheets.get(row["habit"])
            if sheet is None:
                lost += 1
                continue
            day, value, note = _day(row["timestamp"]), str(row["value"]), _text(row["notes"])
            sheet.marks.append(Mark(int(row["number"]), day, value, note))
    if lost:
        reading.left_out["marks of habits that were deleted in Loop"] += lost
    read_sheets(sheets.values(), request, reading)
    return reading


@contextmanager
def _opened(path: Path) -> Iterator[sqlite3.Connection]:
    """The file, opened so that nothing in it is run and nothing beside it is touched."""
    with file_errors(path):
        if path.stat().st_size > LARGEST * 4:
            raise NeedleError(f"{path.name} is far larger than a backup of Loop: nothing was read.")
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
    except (sqlite3.Error, OverflowError) as error:
        raise NeedleError(
            f"{path.name} is damaged: make the backup again in Loop, or export it as CSV."
        ) from error


def _columns(connection: sqlite3.Connection, table: str) -> set[str]:
    """The columns of an ordinary table in lower case; of a view, or where there is none: none."""
    query = "SELECT sql FROM sqlite_master WHERE type = 'table' AND lower(name) = ?"
    found = connection.execute(query, (table,)).fetchone()
    if found is None or "virtual" in _text(found[0]).casefold()[:40]:
        return set()
    return {
        str(row["name"]).casefold() for row in connection.execute(f"PRAGMA table_info({table})")
    }


def _habits(connection: sqlite3.Connection, columns: set[str]) -> Iterator[sqlite3.Row]:
    chosen = ", ".join(
        name if name in columns else f"NULL AS {name}"
        for name in ("id", "name", "freq_num", "freq_den", "type", "target_value", "target_type",
                     "unit", "archived", "position")
    )  # fmt: skip
    yield from connection.execute(f"SELECT {chosen} FROM habits ORDER BY position, id")


def _marks(connection: sqlite3.Connection, columns: set[str], path: Path) -> Iterator[sqlite3.Row]:
    # Before there was a value, every mark was one by hand.
    value = "value" if "value" in columns else "2"
    notes = "notes" if "notes" in columns else "''"
    rows = connection.execute(
        f"SELECT rowid AS number, habit, timestamp, {value} AS value, {notes} AS notes "
        "FROM repetitions ORDER BY timestamp, rowid"
    )
    for number, row in enumerate(rows):
        if number == _MOST_MARKS:
            raise NeedleError(f"{path.name} holds more marks than a life has days.")
        yield row


def _sheet(row: sqlite3.Row) -> Sheet:
    target = row["target_value"]
    return Sheet(
        place=f"habit {row['id']}",
        name=_text(row["name"]),
        times=_number(row["freq_num"]),
        days=_number(row["freq_den"]),
        is_measured=_number(row["type"]) == 1,
        target=float(target) if isinstance(target, int | float) else 0.0,
        is_at_most=_number(row["target_type"]) == 1,
        unit=_text(row["unit"]),
        is_archived=_number(row["archived"]) != 0,
    )


def _day(value: Any) -> str:
    """The day of a timestamp in milliseconds, which is midnight UTC of the local day."""
    if not isinstance(value, int):
        return _text(value)
    try:
        return (_EPOCH + timedelta(milliseconds=value)).date().isoformat()
    except OverflowError:
        return str(value)


def _text(value: Any) -> str:
    return value if isinstance(value, str) else "" if value is None else str(value)


def _number(value: Any) -> int:
    return value if isinstance(value, int) else 0
