"""A grid: the columns and rows of a table, whatever file they come from.

What is read as a table of calls (see `table.opened_table`) is given as a function that opens the
grid; it is called twice, for the look at all rows before the first one is read and for the reading.
Cells are texts as a CSV file has them: dates in ISO 8601, numbers with a decimal point. A row
without a fault has as many cells as there are columns. What cannot be read is a `NeedleError`.
"""

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from msgspec import Struct


class TableRow(Struct, frozen=True):
    """A row under the header."""

    line: int  # the line on which it begins
    cells: list[str]
    fault: str = ""  # why it cannot be used; where not even taken apart, its text is one cell


class KeptGrid(Struct):
    """A table whose file was read as a whole."""

    path: Path
    columns: list[str]
    rows: Iterable[TableRow]
    delimiter: str = ","
    encoding: str = "utf-8"
    size: int = 0  # it has been read already
    bytes_read: Callable[[], int] = lambda: 0
    close: Callable[[], None] = lambda: None

    def __iter__(self) -> Iterator[TableRow]:
        return iter(self.rows)
