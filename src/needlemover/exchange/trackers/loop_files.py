"""The files of Loop Habit Tracker: its backup, its export as CSV, and one table out of that.

The backup is a SQLite file with the tables Habits and Repetitions; the export a zip with Habits.csv
and a numbered folder a habit, whose name has lost the letters that no file system likes. Beside
the folders lies Checkmarks.csv, with a day a row and a habit a column.
"""

import csv
import io
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from msgspec import ValidationError, convert

from ...domain.errors import NeedleError
from ...store.promises.activity_rows import MOST_ACTIVITIES
from ...text.format import quoted
from .. import files
from ..reading import Reading, Request
from .loop import COLUMNS, Mark, Sheet, read_sheets

_LONGEST_VALUE = 1 << 20
_NEEDED = {"habits": {"id", "name", "freq_num", "freq_den"}, "repetitions": {"habit", "timestamp"}}
_SAID = {  # what a column says of a habit; older backups have fewer
    "name": "CAST(name AS TEXT) AS name",
    "freq_num": "CAST(freq_num AS INTEGER) AS times",
    "freq_den": "CAST(freq_den AS INTEGER) AS days",
    "type": "type = 1 AS is_measured",
    "target_value": "CAST(target_value AS REAL) AS target",
    "target_type": "target_type = 1 AS is_at_most",
    "unit": "CAST(unit AS TEXT) AS unit",
    "archived": "archived <> 0 AS is_archived",
    "uuid": "CAST(uuid AS TEXT) AS uuid",
}
_PLACE = re.compile(r"(?:[^/]+/)?(\d{1,6})(?: [^/]*)?/Checkmarks\.csv")
_LIST = re.compile(r"(?:[^/]+/)?Habits\.csv")
_PART = re.compile(f"{_LIST.pattern}|{_PLACE.pattern}")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
LISTED = {  # what a column of Habits.csv says of a habit; older files have fewer
    "name": "name",
    "numrepetitions": "times",
    "frequencynumerator": "times",
    "interval": "days",
    "frequencydenominator": "days",
    "unit": "unit",
    "target value": "target",
    "archived?": "is_archived",
}


def read_loop(request: Request) -> Reading:
    """Read what Loop wrote: a backup, an export, or the marks out of one."""
    readers = {b"SQLite": _read_backup, b"PK": _read_export, b"Date,": _read_marks}
    with files.file_errors(request.path), request.path.open("rb") as file:
        head = file.read(6)
    for start, read in readers.items():
        if head.startswith(start):
            return read(request)
    raise NeedleError(f"{request.path.name} is not of Loop: choose the zip or the backup it made.")


def _read_backup(request: Request) -> Reading:
    said = ["Reading the backup of Loop Habit Tracker."]
    reading = Reading("loop", COLUMNS, said, row_word="mark")
    with _opened(request.path) as connection:
        columns = {table: _columns_of(connection, table) for table in _NEEDED}
        for table, needed in _NEEDED.items():
            if not needed <= columns[table]:
                why = f"{request.path.name} is a database, but not a backup of Loop: choose one."
                raise NeedleError(why)
        name = request.path.name
        habits = _kept_sheets(connection, columns["habits"])
        sheets = dict(files.limited(habits, name, "habits", MOST_ACTIVITIES))
        for row in files.limited(_kept_marks(connection, columns["repetitions"]), name, "marks"):
            if sheet := sheets.get(row["habit"]):
                sheet.marks.append(Mark(row["number"], row["day"], row["value"], row["notes"]))
            else:
                reading.left_out["marks of habits that were deleted in Loop"] += 1
    read_sheets(sheets.values(), request, reading)
    return reading


def _read_marks(request: Request) -> Reading:
    said = "Reading the marks of Loop Habit Tracker. They do not say what is due how often, so "
    reading = Reading("loop", COLUMNS, [f"{said}nothing is promised."])
    name, text = request.path.name, files.read_text(request.path)
    if text.count(",") > files.MOST_ROWS:
        raise files.over(name, f"more than {files.MOST_ROWS:,} marks")
    try:
        (_, *names), *rows = filter(None, csv.reader(io.StringIO(text, newline="")))
        sheets = [Sheet(name, times=0, place=f"column {quoted(name)}") for name in names]
        for line, (day, *values) in enumerate(rows, start=2):
            # A comma in a name is not told from one between two names.
            for sheet, value in zip(sheets, values, strict=True):
                sheet.marks.append(Mark(line, day, value, ""))
    except (csv.Error, ValueError) as error:
        why = f"{name} is damaged: import the zip that Loop exported, or its backup."
        raise NeedleError(why) from error
    read_sheets([sheet for sheet in sheets if sheet.name], request, reading)
    return reading


@contextmanager
def _opened(path: Path) -> Iterator[sqlite3.Connection]:
    """The file, opened so that nothing in it is run and nothing beside it is touched."""
    with files.file_errors(path):
        if path.stat().st_size > files.LARGEST_TABLE:
            raise files.over_size(path.name, files.LARGEST_TABLE, "choose a backup of Loop")
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


def _columns_of(connection: sqlite3.Connection, table: str) -> set[str]:
    """The columns of an ordinary table in lower case; of a view, or where there is none: none."""
    query = "SELECT sql FROM sqlite_master WHERE type = 'table' AND lower(name) = ?"
    found = connection.execute(query, (table,)).fetchone()
    if found is None or "virtual" in str(found[0]).casefold()[:40]:
        return set()
    return {
        str(row["name"]).casefold() for row in connection.execute(f"PRAGMA table_info({table})")
    }


def _kept_sheets(connection: sqlite3.Connection, columns: set[str]) -> Iterator[tuple[int, Sheet]]:
    said = ", ".join(sql for column, sql in _SAID.items() if column in columns)
    order = "position, id" if "position" in columns else "id"
    for row in connection.execute(f"SELECT {said}, id FROM habits ORDER BY {order}"):
        known = {name: row[name] for name in row.keys() if row[name] is not None}  # noqa: SIM118
        yield row["id"], convert({**known, "place": f"habit {row['id']}"}, Sheet, strict=False)


def _kept_marks(connection: sqlite3.Connection, columns: set[str]) -> Iterator[sqlite3.Row]:
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


def _read_export(request: Request) -> Reading:
    reading = Reading("loop", COLUMNS, ["Reading the export of Loop Habit Tracker (CSV)."])
    with files.zip_errors(request.path):
        parts = dict(files.zip_texts(request.path, _PART.fullmatch, "marks"))
        habits = next((text for name, text in parts.items() if _LIST.fullmatch(name)), None)
        if habits is None:
            raise NeedleError(
                f"{request.path.name} is a zip, but not an export of Loop: it has no Habits.csv. "
                "If it is a spreadsheet, save it as CSV and import that."
            )
        listed = _listed_sheets(habits, request.path)
        sheets = dict(files.limited(listed, request.path.name, "habits", MOST_ACTIVITIES))
        chosen = []
        for name, text in parts.items():
            if not (place := _PLACE.fullmatch(name)):
                continue
            sheet = sheets.get(int(place[1]))
            if sheet is None:
                reading.said.append(f"Left out, as Habits.csv has no such habit: {quoted(name)}.")
                continue
            sheet.place = f"folder {int(place[1]):03}"
            reader = csv.reader(io.StringIO(text, newline=""))
            for cells in reader:  # older exports have no header and no notes
                if any(cells) and (reader.line_num > 1 or _DAY.match(cells[0])):
                    sheet.marks.append(Mark(reader.line_num, *[*cells, "", ""][:3]))
            chosen.append(sheet)
    if len(chosen) < len(sheets):
        left = len(sheets) - len(chosen)
        reading.said.append(f"Habits that were not chosen when it was exported: {left}.")
    read_sheets(sorted(chosen, key=lambda sheet: sheet.place), request, reading)
    return reading


def _listed_sheets(text: str, path: Path) -> Iterator[tuple[int, Sheet]]:
    """Every habit of Habits.csv with its number."""
    for cells in csv.DictReader(io.StringIO(text, newline=""), restkey="more", restval=""):
        row = {
            name.strip().casefold(): cell.strip()
            for name, cell in cells.items()
            if isinstance(cell, str)
        }
        said = {LISTED[name]: cell for name, cell in row.items() if cell and name in LISTED}
        try:
            number, sheet = int(row["position"]), convert(said, Sheet, strict=False)
        except (KeyError, ValueError) as error:
            at = quoted(row.get("name", ""))
            why = f"Habits.csv in {path.name} is damaged at {at}: export it again."
            raise NeedleError(why) from error
        if kind := row.get("type"):
            sheet.is_measured = kind.upper() == "NUMERICAL"
        sheet.is_at_most = row.get("target type", "").upper() == "AT_MOST"
        yield number, sheet
