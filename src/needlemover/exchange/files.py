"""Files that are imported: whether they can be read, and how much of them is taken in."""

import csv
import json
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any, AnyStr, Generic, TypeVar

from ..domain.errors import NeedleError

LARGEST = 64 << 20  # bytes or characters read as a whole; no diary of one person comes near it
LARGEST_TABLE = 1 << 30  # bytes of what is read row by row, or comes out of a pipe
LONGEST_ROW = 4 << 20  # bytes or characters
MOST_ROWS = 1_000_000  # more takes more memory than there may be, and no life has so many
MOST_COLUMNS = 1_000
_BRACKETS_OF_A_ROW = 2  # its own and those of its tags
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


class LimitedLines(Generic[AnyStr]):
    """The lines of a file; refused as soon as a row of them, or all, are too long."""

    def __init__(self, file: IO[AnyStr], file_name: str, most: int | None = None) -> None:
        self.row: list[AnyStr] = []  # those read since it was last cleared
        self.have_ended = False
        self._row_size = self._size = 0
        self._most = most  # bytes or characters; None: any number
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


@contextmanager
def file_errors(path: Path) -> Iterator[None]:
    """Say in a plain sentence why a file cannot be read."""
    try:
        if path.is_dir():
            raise NeedleError(f"{path} is a folder: name a file in it.")
        if not path.exists():
            raise NeedleError(f"There is no file {path}: look at its name.")
        if not path.is_file():
            raise NeedleError(f"{path} is not an ordinary file: save its content in one.")
        yield
    except OSError as error:
        raise NeedleError(f"{path} cannot be read: {error.strerror or error}.") from error
    except UnicodeError as error:
        raise not_text(path) from error


@contextmanager
def zip_errors(path: Path) -> Iterator[None]:
    """The same of a zip."""
    try:
        with file_errors(path):
            yield
    except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, csv.Error) as error:
        why = "a damaged zip: export it again"
        if "password" in str(error):
            why = "locked with a password: unpack it and pack it without one"
        raise NeedleError(f"{path.name} is {why}.") from error


def zip_texts(
    path: Path, is_wanted: Callable[[str], object], what: str, most: int = LARGEST
) -> Iterator[tuple[str, str]]:
    """The name and the text of each wanted file of a zip; all together have at most `most`."""
    left, line_ends = most, 0
    with zip_errors(path), zipfile.ZipFile(path) as archive:
        for info in archive.infolist():
            name = info.filename.replace("\\", "/")
            if not is_wanted(name):
                continue
            # What the zip says of a size is not believed: no more than the limit is unpacked.
            with archive.open(info) as part:
                content = part.read(min(left, LARGEST) + 1)
            left -= len(content)
            if left < 0 or len(content) > LARGEST:
                raise over_size(path.name, most, "choose another export")
            line_ends += content.count(b"\n") + content.count(b"\r")
            if line_ends > 2 * MOST_ROWS:
                raise over(path.name, f"more than {MOST_ROWS:,} {what}")
            yield name, content.decode("utf-8-sig", "replace")


def copy_of_pipe(path: Path, folder: Path) -> Path:
    """All that comes out of a pipe, or of standard input (-), as a file that can be read again."""
    copy = folder / "standard input"
    with (
        open(0, "rb", closefd=False) if str(path) == "-" else path.open("rb") as source,
        copy.open("wb") as target,
    ):
        while block := source.read(1 << 20):
            target.write(block)
            if target.tell() > LARGEST_TABLE:
                raise over_size("What came in", LARGEST_TABLE, "import it as a file")
    return copy


def not_text(path: Path) -> NeedleError:
    """The error of a file that is not text."""
    return NeedleError(f"{path} is not a text file: save it as CSV in UTF-8 and import that.")


def read_text(path: Path) -> str:
    """All of a file in UTF-8, unless it is far too large for what it should be."""
    with file_errors(path):
        with path.open("rb") as file:
            content = file.read(LARGEST + 1)
        if len(content) > LARGEST:
            raise over_size(path.name, LARGEST)
        if content.count(b"\n") > MOST_ROWS:
            raise over(path.name, f"more than {MOST_ROWS:,} lines")
        return content.decode("utf-8-sig")


def numbered_lines(text: str) -> list[tuple[int, str]]:
    """The lines of a text that are not blank, with their numbers."""
    lines = enumerate(text.split("\n"), start=1)
    return [(number, line.rstrip("\r")) for number, line in lines if line.strip()]


def json_list(path: Path) -> list[Any]:
    """The list that a JSON file is."""
    text = read_text(path)
    # Before it is taken apart, which takes far more memory than its text.
    if text.count("[") + text.count("{") > _BRACKETS_OF_A_ROW * MOST_ROWS:
        raise over(path.name, f"more than {MOST_ROWS:,} rows")
    try:
        content = json.loads(text)
    except (ValueError, RecursionError) as error:
        where = f" (line {error.lineno})" if isinstance(error, json.JSONDecodeError) else ""
        why = f"{path.name} is damaged, or not JSON{where}: export it again."
        raise NeedleError(why) from error
    if not isinstance(content, list):
        raise NeedleError(f"{path.name} is not a list of frames or intervals: choose such a file.")
    return content


def json_cells(value: object) -> tuple[str]:
    """What stands in a list, or a line, for the file of bad rows."""
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return (text[:10_000],)
