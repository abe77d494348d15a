"""The files of Loop Habit Tracker: its backup, its export as CSV, and one table out of that.

The backup is a SQLite file with the tables Habits and Repetitions; the export a zip with Habits.csv
and a numbered folder a habit, whose name has lost the letters that no file system likes. Beside
the folders lies Checkmarks.csv, with a day a row and a habit a column.
"""

import csv
import io
import re
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
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
_PLACE = re.compile(r"(?:[^/]+/)?(\d{1,6})(?: [^/]*)?/Checkmarks\.csv")
_LIST = re.compile(r"(?:[^/]+/)?Habits\.csv")
_PART = re.compile(f"{_LIST.pattern}|{_PLACE.pattern}")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_SAID = {  # what a column of a backup or of Habits.csv says of a habit; older files have fewer
    "name": "name",
    "uuid": "uuid",
    "unit": "unit",
    **dict.fromkeys(("freq_num", "frequencynumerator", "numrepetitions"), "times"),
    **dict.fromkeys(("freq_den", "frequencydenominator", "interval"), "days"),
    **dict.fromkeys(("target_value", "target value"), "target"),
    **dict.fromkeys(("archived", "archived?"), "is_archived"),
    **dict.fromkeys(("target_type", "target type"), "is_at_most"),
    "type": "is_measured",
}
_YES = ("1", "TRUE", "AT_MOST", "NUMERICAL")


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
        order = "position, id" if "position" in columns["habits"] else "id"
        found = connection.execute(f"SELECT * FROM habits ORDER BY {order}")
        rows = ({key.casefold(): row[key] for key in row.keys()} for row in found)  # noqa: SIM118
        habits = ((row["id"], _sheet(row, f"habit {row['id']}")) for row in rows)
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
    return {row["name"].casefold() for row in connection.execute(f"PRAGMA table_info({table})")}


def _sheet(row: Mapping[str, object], place: str = "") -> Sheet:
    """The habit of a row, by its columns in lower case; a `ValueError` where it cannot be."""
    filled = [name for name in _SAID if row.get(name) not in (None, "")]
    said = {_SAID[name]: row[name] for name in filled}
    flags = {name: str(said[name]).upper() in _YES for name in said if name.startswith("is_")}
    return convert({**said, **flags, "place": place}, Sheet, strict=False)


def _kept_marks(connection: sqlite3.Connection, columns: set[str]) -> Iterable[sqlite3.Row]:
    # Before there was a value, every mark was one by hand.
    value = "value" if "value" in columns else "2"
    notes = "notes" if "notes" in columns else "''"
    # A timestamp is midnight UTC of the local day, in milliseconds; of another type it is no day.
    day = "CASE typeof(timestamp) WHEN 'integer' THEN date(timestamp / 1000, 'unixepoch') END"
    return connection.execute(
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
            why = f"{request.path.name} is a zip, but not an export of Loop: it has no Habits.csv."
            raise NeedleError(f"{why} If it is a spreadsheet, save it as CSV and import that.")
        listed = _listed_sheets(habits, request.path)
        sheets = dict(files.limited(listed, request.path.name, "habits", MOST_ACTIVITIES))
        chosen = []
        for name, text in parts.items():
            if not (place := _PLACE.fullmatch(name)):
                continue
            if (sheet := sheets.get(int(place[1]))) is None:
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
    rows = csv.reader(io.StringIO(text, newline=""))
    header = [name.strip().casefold() for name in next(rows, [])]
    for cells in filter(None, rows):
        row = dict(zip(header, map(str.strip, cells), strict=False))
        try:
            yield int(row["position"]), _sheet(row)
        except (KeyError, ValueError) as error:
            at = quoted(row.get("name", ""))
            why = f"Habits.csv in {path.name} is damaged at {at}: export it again."
            raise NeedleError(why) from error
