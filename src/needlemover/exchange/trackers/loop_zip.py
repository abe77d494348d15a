"""Loop Habit Tracker's export as CSV: a zip with Habits.csv and a numbered folder a habit.

A folder's name has lost the letters that no file system likes, so it goes by its number alone.
"""

import csv
import io
import re
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ...domain.errors import NeedleError
from ...text.format import quoted, shown
from ..reading import Reading, Request
from ..text_file import must_be_a_file, zip_errors
from .loop import Mark, Sheet, read_sheets

_LARGEST_PART = 32 << 20
_LARGEST = 256 << 20
_MOST_PARTS = 20_000
_PLACE = re.compile(r"(?:[^/]+/)?(\d{1,6})(?: [^/]*)?/Checkmarks\.csv")
_LIST = re.compile(r"(?:[^/]+/)?Habits\.csv")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")


def read_loop_zip(request: Request) -> Reading:
    """Read an export.

    Raises:
        NeedleError: when it is none, or is damaged or far too large.
    """
    reading = Reading("Loop Habit Tracker", "loop", columns=("habit", "date", "value", "note"))
    with _opened(request.path) as parts:
        habits = parts.text(_LIST)
        if habits is None:
            raise NeedleError(
                f"{shown(request.path.name)} is a zip without Habits.csv, so it is no export of "
                "Loop: unpack it and import what is in it."
            )
        sheets = dict(_sheets(habits, request.path))
        chosen = []
        for number, name, content in parts.numbered(_PLACE):
            sheet = sheets.get(number)
            if sheet is None:
                reading.said.append(
                    f"The folder {quoted(name)} is left out: Habits.csv has no habit number "
                    f"{number}."
                )
                continue
            sheet.place = f"folder {number:03}"
            sheet.marks = list(_marks(content))
            chosen.append(sheet)
    reading.said.insert(0, "Reading the export of Loop Habit Tracker (CSV).")
    if len(chosen) < len(sheets):
        left = len(sheets) - len(chosen)
        reading.said.append(f"Habits that were not chosen when it was exported: {left}.")
    read_sheets(sorted(chosen, key=lambda sheet: sheet.place), request, reading)
    return reading


class _Parts:
    """The files within a zip, each read into memory within limits and never written anywhere."""

    def __init__(self, archive: zipfile.ZipFile, path: Path) -> None:
        self._archive = archive
        self._path = path
        self._left = _LARGEST
        self._infos = archive.infolist()
        if len(self._infos) > _MOST_PARTS:
            raise self._too_large()

    def text(self, name: re.Pattern[str]) -> str | None:
        """The first file of such a name."""
        for info in self._infos:
            if name.fullmatch(info.filename.replace("\\", "/")):
                return self._read(info)
        return None

    def numbered(self, name: re.Pattern[str]) -> Iterator[tuple[int, str, str]]:
        """The number, the name and the text of each file of such a name."""
        for info in self._infos:
            if found := name.fullmatch(info.filename.replace("\\", "/")):
                yield int(found[1]), info.filename, self._read(info)

    def _read(self, info: zipfile.ZipInfo) -> str:
        # What the zip says of a size is not believed: no more than the limit is unpacked.
        limit = min(_LARGEST_PART, self._left)
        with self._archive.open(info) as part:
            content = part.read(limit + 1)
        if len(content) > limit:
            raise self._too_large()
        self._left -= len(content)
        return content.decode("utf-8-sig", "replace")

    def _too_large(self) -> NeedleError:
        return NeedleError(
            f"{shown(self._path.name)} unpacks to far more than an export of Loop: nothing was "
            "read from it."
        )


@contextmanager
def _opened(path: Path) -> Iterator[_Parts]:
    with zip_errors(path):
        must_be_a_file(path)
        with zipfile.ZipFile(path) as archive:
            yield _Parts(archive, path)


def _sheets(text: str, path: Path) -> Iterator[tuple[int, Sheet]]:
    """Every habit of Habits.csv with its number; older ones have fewer columns."""
    for cells in _rows(text):
        row = {name.strip().casefold(): (cells.get(name) or "").strip() for name in cells}
        name, kind = row.get("name", ""), row.get("type", "").upper()
        try:
            times = int(row.get("frequencynumerator") or row.get("numrepetitions") or 1)
            days = int(row.get("frequencydenominator") or row.get("interval") or 1)
            number = int(row["position"])
            target = float(row.get("target value") or 0)
        except (KeyError, ValueError) as error:
            raise NeedleError(
                f"Habits.csv in {shown(path.name)} has a row that cannot be read "
                f"({quoted(name)}): export it again."
            ) from error
        yield (
            number,
            Sheet(
                place="",
                name=name,
                times=times,
                days=days,
                is_measured=kind == "NUMERICAL" if kind else None,
                target=target,
                is_at_most=row.get("target type", "").upper() == "AT_MOST",
                unit=row.get("unit", ""),
                is_archived=row.get("archived?", "").casefold() == "true",
            ),
        )


def _rows(text: str) -> Iterator[dict[str, str]]:
    try:
        for row in csv.DictReader(io.StringIO(text, newline=""), restkey="more", restval=""):
            yield {name: cell for name, cell in row.items() if isinstance(cell, str)}
    except csv.Error as error:
        raise NeedleError("Habits.csv of the export is damaged: export it again.") from error


def _marks(text: str) -> Iterator[Mark]:
    """The marks of a folder; older exports have no header and no notes."""
    reader = csv.reader(io.StringIO(text, newline=""))
    try:
        for cells in reader:
            if not any(cells) or (reader.line_num == 1 and not _DAY.match(cells[0])):
                continue
            day, value, note = [*cells, "", ""][:3]
            yield Mark(reader.line_num, day, value, note)
    except csv.Error as error:
        raise NeedleError("Checkmarks.csv of the export is damaged: export it again.") from error
