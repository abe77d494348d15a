"""Loop Habit Tracker's export as CSV: a zip with Habits.csv and a numbered folder a habit.

A folder's name has lost the letters that no file system likes, so it goes by its number alone.
"""

import csv
import io
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

from msgspec import convert

from ...domain.errors import NeedleError
from ...store.promises.activity_changes import MOST_ACTIVITIES
from ...text.format import quoted
from ..files import LARGEST, MOST_ROWS, limited, over, over_size, zip_errors
from ..reading import Reading, Request
from .loop import COLUMNS, Mark, Sheet, read_sheets

_PLACE = re.compile(r"(?:[^/]+/)?(\d{1,6})(?: [^/]*)?/Checkmarks\.csv")
_LIST = re.compile(r"(?:[^/]+/)?Habits\.csv")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_COLUMNS = {
    "name": "name",
    "numrepetitions": "times",
    "frequencynumerator": "times",
    "interval": "days",
    "frequencydenominator": "days",
    "unit": "unit",
    "target value": "target",
    "archived?": "is_archived",
}
"""What a column of Habits.csv says of a habit; older files have fewer."""


def read_loop_zip(request: Request) -> Reading:
    """Read an export."""
    reading = Reading("loop", COLUMNS, ["Reading the export of Loop Habit Tracker (CSV)."])
    with zip_errors(request.path):
        parts = dict(_parts(request.path))
        habits = next((text for name, text in parts.items() if _LIST.fullmatch(name)), None)
        if habits is None:
            raise NeedleError(
                f"{request.path.name} is a zip, but not an export of Loop: it has no Habits.csv. "
                "If it is a spreadsheet, save it as CSV and import that."
            )
        listed = _sheets(habits, request.path)
        sheets = dict(limited(listed, request.path.name, "habits", MOST_ACTIVITIES))
        chosen = []
        for name, text in parts.items():
            if not (place := _PLACE.fullmatch(name)):
                continue
            sheet = sheets.get(int(place[1]))
            if sheet is None:
                reading.said.append(f"Left out, as Habits.csv has no such habit: {quoted(name)}.")
                continue
            sheet.place = f"folder {int(place[1]):03}"
            sheet.marks = list(_marks(text))
            chosen.append(sheet)
    if len(chosen) < len(sheets):
        left = len(sheets) - len(chosen)
        reading.said.append(f"Habits that were not chosen when it was exported: {left}.")
    read_sheets(sorted(chosen, key=lambda sheet: sheet.place), request, reading)
    return reading


def _parts(path: Path) -> Iterator[tuple[str, str]]:
    """The name and the text of each file in a zip that is read, within limits."""
    left, line_ends = LARGEST, 0
    with zipfile.ZipFile(path) as archive:
        for info in archive.infolist():
            name = info.filename.replace("\\", "/")
            if not _LIST.fullmatch(name) and not _PLACE.fullmatch(name):
                continue
            # What the zip says of a size is not believed: no more than the limit is unpacked.
            with archive.open(info) as part:
                content = part.read(left + 1)
            left -= len(content)
            if left < 0:
                raise over_size(path.name, LARGEST, "choose an export of Loop")
            line_ends += content.count(b"\n") + content.count(b"\r")
            if line_ends > 2 * MOST_ROWS:
                raise over(path.name, f"more than {MOST_ROWS:,} marks")
            yield name, content.decode("utf-8-sig", "replace")


def _sheets(text: str, path: Path) -> Iterator[tuple[int, Sheet]]:
    """Every habit of Habits.csv with its number."""
    for cells in csv.DictReader(io.StringIO(text, newline=""), restkey="more", restval=""):
        row = {
            name.strip().casefold(): cell.strip()
            for name, cell in cells.items()
            if isinstance(cell, str)
        }
        said = {_COLUMNS[name]: cell for name, cell in row.items() if cell and name in _COLUMNS}
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


def _marks(text: str) -> Iterator[Mark]:
    """The marks of a folder; older exports have no header and no notes."""
    reader = csv.reader(io.StringIO(text, newline=""))
    for cells in reader:
        if any(cells) and (reader.line_num > 1 or _DAY.match(cells[0])):
            day, value, note = [*cells, "", ""][:3]
            yield Mark(reader.line_num, day, value, note)
