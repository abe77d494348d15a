"""A CSV file of any length: its encoding, its delimiter, its columns, and row after row.

Whatever else is read as a table of calls (see `table.opened_table`) is a `Grid` like it: cells are
texts as a CSV file has them, dates in ISO 8601, numbers with a decimal point; a row without a fault
has as many as there are columns. What cannot be read is a `NeedleError`.
"""

import codecs
import csv
import io
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import suppress
from itertools import chain, islice
from pathlib import Path
from typing import IO

from msgspec import Struct

from ...domain.errors import NeedleError
from ...text.format import counted
from .. import files

DELIMITERS = (",", ";", "\t", "|")
_SAMPLE = 1 << 16
_BLOCK = 1 << 20
_POLISH = re.compile("[a-z][³¹¿][a-zê]|£[a-zó]")  # ł, ą, ż and Ł, read as Windows-1252
_MOST_TITLES = 20  # rows that are looked at for the header


class TableRow(Struct, frozen=True):
    """A row under the header."""

    line: int  # the line on which it begins
    cells: list[str]
    fault: str = ""  # why it cannot be used; where not even taken apart, its text is one cell


class Grid(Struct):
    """A table, opened: its rows come one at a time, in one pass, without the blank ones."""

    path: Path
    columns: list[str]
    rows: Iterable[TableRow]
    delimiter: str = ","
    encoding: str = "utf-8"
    size: int = 0  # bytes; 0: it has been read already
    bytes_read: Callable[[], int] = lambda: 0
    close: Callable[[], None] = lambda: None


def open_csv(path: Path, known: Collection[str] = (), *, has_header: bool = True) -> Grid:
    """Open a CSV file and read its header; columns that are known help to find the delimiter.

    Titles and `sep=;` above the header are skipped. Without one, columns are called 1, 2, 3.
    """
    with files.file_errors(path):
        size = path.stat().st_size
        if size > files.LARGEST_TABLE:
            raise files.over_size(path.name, files.LARGEST_TABLE)
        encoding = _encoding_of(path)
        sample = _sample_of(path, encoding)
        delimiter = _delimiter_of(sample, known)
        titles = _titles_above(_rows_of(sample, delimiter))
        binary = path.open("rb")
    text, columns = io.TextIOWrapper(binary, encoding, newline=""), list[str]()
    rows = _read(path, text, delimiter, columns)
    try:
        first = _header(path, next(islice(rows, titles, None), None))
    except BaseException:
        text.close()
        raise
    if has_header:
        columns += map(str.strip, first.cells)
    else:
        columns += map(str, range(1, len(first.cells) + 1))
        rows = chain([first], rows)
    return Grid(path, columns, rows, delimiter, encoding, size, binary.tell, text.close)


def _header(path: Path, row: TableRow | None) -> TableRow:
    if row is None:
        raise NeedleError(f"{path} is empty: there is nothing to import.")
    if row.fault:
        why = f"The first line of {path}, which names the columns, is broken: {row.fault}."
        raise NeedleError(why)
    if len(row.cells) > files.MOST_COLUMNS:
        what = f"more than {files.MOST_COLUMNS:,} columns"
        raise files.over(path.name, what, "leave out those that are not needed")
    return row


def _read(path: Path, text: IO[str], delimiter: str, columns: list[str]) -> Iterator[TableRow]:
    """Every row; those that are read when the columns are known have to be as wide."""
    lines = files.LimitedLines(text, path.name)
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    with files.file_errors(path):
        while True:
            lines.row.clear()
            line = reader.line_num + 1
            try:
                cells = next(reader)
            except StopIteration:
                return
            except csv.Error as error:
                what = ""  # after which the rows cannot be told apart any more
                if lines.have_ended:
                    what = "a quote is opened and never closed"
                elif "field limit" in str(error):
                    what = "a cell is too long, mostly because a quote is not closed"
                if what:
                    why = f"In line {line} of {path} {what}: close it and import again."
                    raise NeedleError(f"{why} Nothing was changed.") from error
                last = reader.line_num
                where = f" in one of the lines to {last}" if last > line else ""
                fault = f"a quote stands in the middle of a cell{where}"
                yield TableRow(line, ["".join(lines.row)], fault)
                continue
            if not any(map(str.strip, cells)):
                continue
            fault = ""
            if "\0" in "".join(cells):
                fault = "it holds a NUL byte, which is not text"
            elif columns and len(cells) != len(columns):
                fault = f"it has {counted(len(cells), 'column')}, the header has {len(columns)}"
            yield TableRow(line, cells, fault)


def _encoding_of(path: Path) -> str:
    """UTF-8 where all of the file can be that, UTF-16 where it says so, else one of Windows."""
    with path.open("rb") as file:
        start = file.read(2)
    is_utf_16 = start in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
    for encoding in ("utf-16",) if is_utf_16 else ("utf-8-sig", "cp1252", "cp1250"):
        with suppress(UnicodeError), path.open(encoding=encoding) as text:
            lines = 0
            while block := text.read(_BLOCK):
                lines += block.count("\n")
                if encoding == "cp1252" and _POLISH.search(block):
                    raise UnicodeError
                if lines > files.MOST_ROWS:
                    raise files.over(path.name, f"more than {files.MOST_ROWS:,} lines")
            return encoding
    raise files.not_text(path)


def _sample_of(path: Path, encoding: str) -> str:
    with path.open(encoding=encoding, newline="") as file:
        sample = file.read(_SAMPLE)
        if len(sample) == _SAMPLE:
            sample = sample[: sample.rfind("\n") + 1] or sample
    if "\0" in sample.lstrip().partition("\n")[0]:
        raise files.not_text(path)
    return sample


def _rows_of(sample: str, delimiter: str) -> list[list[str]]:
    found = csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter)
    return [row for row in found if any(map(str.strip, row))]


def _titles_above(rows: Sequence[Sequence[str]]) -> int:
    """How many rows stand above the header: it is the first that fills half of the columns."""
    widths = [len(row) for row in rows[:_MOST_TITLES]]
    width = max(widths, key=widths.count, default=1)
    filled = [sum(map(bool, map(str.strip, row))) for row in rows[:_MOST_TITLES]]
    fits = (place for place, cells in enumerate(filled) if cells > 1 and 2 * cells >= width)
    return next(fits, 0) if width > 1 else 0


def _delimiter_of(sample: str, known: Collection[str]) -> str:
    """The one that shows most of the known columns, then makes most rows as long as the header."""
    if sample[:4].casefold() == "sep=" and sample[4:5] in DELIMITERS:
        return sample[4]
    expected = {name.casefold() for name in known}

    def fitness(delimiter: str) -> tuple[int, bool, float, int]:
        rows = _rows_of(sample, delimiter)
        rows = rows[_titles_above(rows) :] or [[]]
        header, width = {cell.strip().casefold() for cell in rows[0]}, len(rows[0])
        alike = sum(len(row) == width for row in rows) / len(rows)
        return len(header & expected), width > 1, alike, width

    return max(DELIMITERS, key=fitness)
