"""How much of a file is taken in. What has more is refused with the limit and what to do."""

from collections.abc import Iterable, Iterator
from typing import IO, AnyStr, Generic, TypeVar

from ..domain.errors import NeedleError

LARGEST = 64 << 20
"""Bytes or characters of what is read as a whole. No diary of one person comes near it."""
LARGEST_TABLE = 1 << 30
"""Bytes of what is read row by row, or comes out of a pipe."""
LONGEST_ROW = 4 << 20
"""Bytes or characters."""
MOST_ROWS = 1_000_000
"""More would take more memory than there may be, and no life has so many."""
MOST_COLUMNS = 1_000

SPLIT = "split it, and import one part after the other"
Item = TypeVar("Item")


def over(file_name: str, what: str, then: str = SPLIT) -> NeedleError:
    """The error of a file that has more than is taken in."""
    return NeedleError(f"{file_name} has {what}: {then}. Nothing was changed.")


def over_size(file_name: str, most: int, then: str = SPLIT) -> NeedleError:
    """The same of bytes or characters."""
    return over(file_name, f"more than {most >> 20:,} MB", then)


def limited(
    items: Iterable[Item], file_name: str, what: str, most: int = MOST_ROWS, then: str = SPLIT
) -> Iterator[Item]:
    """Items; refused as soon as they are too many for memory."""
    for number, item in enumerate(items):
        if number == most:
            raise over(file_name, f"more than {most:,} {what}", then)
        yield item


class Lines(Generic[AnyStr]):
    """The lines of a file; refused as soon as a row of them, or all, are too long."""

    def __init__(self, file: IO[AnyStr], file_name: str, most: int | None = None) -> None:
        """Read no more than so many bytes or characters; None: any number."""
        self.row: list[AnyStr] = []
        """Those read since it was last cleared."""
        self.have_ended = False
        self._row_size = self._size = 0
        self._most = most
        self._file: IO[AnyStr] = file
        self._file_name = file_name

    def __iter__(self) -> Iterator[AnyStr]:
        while line := self._file.readline(LONGEST_ROW + 1):
            self._row_size = len(line) + (self._row_size if self.row else 0)
            self.row.append(line)
            if self._row_size > LONGEST_ROW:
                what = f"a row of more than {LONGEST_ROW >> 20} MB"
                raise over(self._file_name, what, "look whether a quote in it is not closed")
            self._size += len(line)
            if self._most is not None and self._size > self._most:
                raise over_size(self._file_name, self._most)
            yield line
        self.have_ended = True
