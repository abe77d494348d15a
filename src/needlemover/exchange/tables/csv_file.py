"""A CSV file of any length: its encoding, its delimiter, its columns, and row after row."""

import csv
import io
from collections.abc import Collection, Iterator
from pathlib import Path
from types import TracebackType
from typing import Self, TextIO

from msgspec import Struct

from ...domain.errors import NeedleError
from ...text.format import counted, shown
from ..text_file import file_errors, must_be_a_file
from .csv_shape import delimiter_of, encoding_of, sample_of

LONGEST_LINE = 1_000_000


class TableRow(Struct, frozen=True):
    """A row under the header."""

    line: int
    """The line on which it begins."""
    cells: list[str]
    fault: str = ""
    """Why it cannot be used. Where it could not be taken apart, it has one cell: its text."""


class CsvFile:
    """A CSV file with a header, opened. Rows are read one at a time, in one pass."""

    def __init__(self, path: Path, known: Collection[str] = ()) -> None:
        """Open the file and read its header.

        Args:
            path: of the file.
            known: names of columns that may be expected, which help to find the delimiter.

        Raises:
            NeedleError: when there is no such file, or it is no CSV file.
        """
        self.path = path
        with file_errors(path):
            must_be_a_file(path)
            self.size = path.stat().st_size
            self.encoding = encoding_of(path)
            self.delimiter = delimiter_of(sample_of(path, self.encoding), known)
            self._binary = path.open("rb")
        text = io.TextIOWrapper(self._binary, self.encoding, newline="")
        self._lines = _Lines(text)
        self._reader = csv.reader(self._lines, delimiter=self.delimiter, strict=True)
        self.columns: list[str] = []
        try:
            self.columns = self._header()
        except BaseException:
            self.close()
            raise

    @property
    def bytes_read(self) -> int:
        """How far the reading has come."""
        return self._binary.tell()

    def close(self) -> None:
        """Let go of the file."""
        self._binary.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def __iter__(self) -> Iterator[TableRow]:
        """The rows under the header, without the blank ones.

        Raises:
            NeedleError: when the file cannot be read on, or a quote is never closed.
        """
        with file_errors(self.path):
            while row := self._next():
                yield row

    def _header(self) -> list[str]:
        with file_errors(self.path):
            row = self._next()
        if row is None:
            raise NeedleError(f"{shown(str(self.path))} is empty: there is nothing to import.")
        if row.fault:
            raise NeedleError(
                f"The header of {shown(str(self.path))} cannot be read: {row.fault}. Give each "
                "column a name in the first line."
            )
        return [cell.strip() for cell in row.cells]

    def _next(self) -> TableRow | None:
        while True:
            self._lines.taken.clear()
            line = self._reader.line_num + 1
            try:
                cells = next(self._reader)
            except StopIteration:
                return None
            except csv.Error as error:
                self._stop_where_nothing_can_follow(line, error)
                return TableRow(line, ["".join(self._lines.taken)], self._quote_fault(line))
            if any(map(str.strip, cells)):
                return TableRow(line, cells, self._fault(cells))

    def _fault(self, cells: list[str]) -> str:
        if any("\0" in cell for cell in cells):
            return "it holds a NUL byte, which is no text"
        width = len(self.columns)
        if width and len(cells) != width:
            return f"it has {counted(len(cells), 'column')}, the header has {width}"
        return ""

    def _quote_fault(self, line: int) -> str:
        last = self._reader.line_num
        where = f" in one of the lines to {last}" if last > line else ""
        return f"a quote stands in the middle of a cell{where}"

    def _stop_where_nothing_can_follow(self, line: int, error: csv.Error) -> None:
        """Refuse the file where the rows after this one cannot be told apart any more."""
        if self._lines.ended:
            raise NeedleError(
                f"In line {line} of {shown(str(self.path))} a quote is opened and never closed: "
                "close it and import again. Nothing was changed."
            ) from error
        if "field limit" in str(error):
            raise NeedleError(
                f"In line {line} of {shown(str(self.path))} a cell has more than "
                f"{csv.field_size_limit():,} characters, mostly a sign of a quote that is not "
                "closed: correct it and import again. Nothing was changed."
            ) from error


class _Lines:
    """The lines of a file. Those taken since they were last cleared are kept."""

    def __init__(self, file: TextIO) -> None:
        self._file = file
        self.taken: list[str] = []
        self.ended = False

    def __iter__(self) -> Self:
        return self

    def __next__(self) -> str:
        line = self._file.readline(LONGEST_LINE)
        if not line:
            self.ended = True
            raise StopIteration
        if len(line) == LONGEST_LINE:
            raise NeedleError(
                f"A line of the file is longer than {LONGEST_LINE:,} characters: is it a CSV "
                "file? Nothing was changed."
            )
        self.taken.append(line)
        return line
