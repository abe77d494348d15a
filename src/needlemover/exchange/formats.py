"""The formats that can be imported, and which of them a file is."""

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from datetime import datetime
from pathlib import Path

from ..domain.errors import NeedleError, WrongUsageError
from ..store.care.sections import Data
from ..text.format import quoted
from .files import file_errors
from .ours.csv_zip import is_needle_csv, opened_csv
from .ours.json_file import opened_json
from .ours.rows import FORMAT
from .reading import Reading, Request
from .tables.preset import PRESETS
from .tables.table import opened_table
from .trackers import harsh, loop_files, timewarrior, watson

_SAMPLE = 1 << 16
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_SQLITE = b"SQLite format 3\0"
_SHAPES = {  # how the content of a file begins
    "watson": re.compile(watson.SHAPE),
    "timewarrior": re.compile(rf'\s*\[\s*\{{\s*"|{timewarrior.DATA}', re.MULTILINE),
    "loop": re.compile(loop_files.TABLE),
    "needle-json": re.compile(rf'\s*\{{\s*"format"\s*:\s*"{FORMAT}"'),
}
_OTHER_JSON = re.compile(r'\s*\{\s*"')


def _read_loop(request: Request) -> Reading:
    """Read what Loop Habit Tracker wrote, a backup or an export."""
    head = _head(request.path)
    if head.startswith(_SQLITE):
        return loop_files.read_loop_db(request)
    if head.startswith(_ZIP):
        return loop_files.read_loop_zip(request)
    if _SHAPES["loop"].match(head.decode("utf-8-sig", "replace")):
        return loop_files.read_loop_table(request)
    raise NeedleError(f"{request.path.name} is not of Loop: choose the zip or the backup it made.")


_WHOLE: Mapping[str, Callable[[Request], Reading]] = {
    "loop": _read_loop,
    "harsh": harsh.read_harsh,
    "watson": watson.read_watson,
    "timewarrior": timewarrior.read_timewarrior,
}
Opened = Callable[[Path, datetime], AbstractContextManager[Data]]
OURS: Mapping[str, Opened] = {"needle-json": opened_json, "needle-csv": opened_csv}
"""What needle export writes: all data, not only what happened."""
LIST = "list"  # buyers to call, which is only read where it is named
FORMATS = ("csv", *_WHOLE, *PRESETS, *OURS, LIST)  # all of them, as they are typed


def format_typed(typed: str) -> str:
    """A format by its name; one that there is not is refused."""
    name = typed.strip().casefold()
    if name not in FORMATS:
        why = f"There is no format {quoted(typed)}: there are {', '.join(FORMATS)}."
        raise WrongUsageError(why)
    return name


def format_of(path: Path) -> str:
    """The format that the content of a file shows."""
    head = _head(path)
    if head.startswith((*_ZIP, _SQLITE)):
        return "needle-csv" if head.startswith(_ZIP) and is_needle_csv(path) else "loop"
    text = head.decode("utf-8-sig", "replace")
    if len(head) == _SAMPLE:
        text = text[: text.rfind("\n") + 1] or text
    for name, shape in _SHAPES.items():
        if shape.match(text):
            return name
    if _OTHER_JSON.match(text):
        raise NeedleError(
            f"{path.name} is JSON, but not of Needlemover, Timewarrior or Watson, so it is unknown."
        )
    return "harsh" if harsh.kind_of(text) else "csv"


@contextmanager
def opened_file(request: Request) -> Iterator[Reading]:
    """A file in the format that was named, or else in the one that its content shows."""
    reader = _WHOLE.get(request.format_name or format_of(request.path))
    if reader is not None:
        yield reader(request)
    else:
        with opened_table(request) as reading:
            yield reading


def _head(path: Path) -> bytes:
    with file_errors(path), path.open("rb") as file:
        return file.read(_SAMPLE)
