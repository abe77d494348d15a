"""The formats that can be imported, and which of them a file is."""

import re
import zipfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from datetime import datetime
from functools import partial
from pathlib import Path

from ..domain.errors import NeedleError, WrongUsageError
from ..store.care.sections import Data
from ..text.format import quoted
from .files import file_errors, zip_errors
from .kinds import must_not_be_named
from .meetings import CALENDAR, opened_calendar
from .ours.csv_zip import MARK, opened_csv
from .ours.json_file import opened_json
from .ours.rows import FORMAT
from .reading import Reading, Request
from .sheets import opened_sheet
from .tables.grid import KeptGrid
from .tables.preset import PRESETS
from .tables.table import opened_table
from .trackers import harsh, loop_files, phones, timewarrior, watson

_SAMPLE = 1 << 16
_MIMETYPE = 100  # bytes, in which an OpenDocument says what it is
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_SQLITE = b"SQLite format 3\0"
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_SHAPES = {  # how the content of a file begins
    "watson": re.compile(watson.SHAPE),
    "timewarrior": re.compile(rf'\s*\[\s*\{{\s*"|{timewarrior.DATA}', re.MULTILINE),
    "loop": re.compile(loop_files.TABLE),
    "needle-json": re.compile(rf'\s*\{{\s*"format"\s*:\s*"{FORMAT}"'),
    "sms-backup": re.compile(phones.CALLS),
    "ics": re.compile(CALENDAR, re.IGNORECASE),
}
_IN_ZIP = {  # the name of a file in a zip
    "needle-csv": re.compile(rf"(?:.*/)?{re.escape(MARK)}"),
    "sheet": re.compile(r"xl/workbook\.(?:xml|bin)"),
    "google-voice": phones.PAGE,
    "loop": loop_files.LIST,
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


@contextmanager
def _opened_calls(open_grid: Callable[[Request], KeptGrid], request: Request) -> Iterator[Reading]:
    grid = open_grid(request)
    with opened_table(request, lambda _: grid) as reading:
        yield reading


_TABLES: Mapping[str, Callable[[Request], AbstractContextManager[Reading]]] = {
    "sheet": opened_sheet,
    "ics": opened_calendar,
    "sms-backup": partial(_opened_calls, phones.open_calls),
    "google-voice": partial(_opened_calls, phones.open_voice),
}
"""What becomes a table before it is read."""


def format_typed(typed: str) -> str:
    """A format by its name; one that there is not is refused."""
    name = typed.strip().casefold()
    if name not in FORMATS:
        why = f"There is no format {quoted(typed)}: there are {', '.join(FORMATS)}."
        raise WrongUsageError(why)
    return name


def format_of(path: Path) -> str:
    """The format that the content of a file shows; what is no list of calls is refused by name."""
    if path.is_dir() and any(phones.pages_in(path)):
        return "google-voice"
    head = _head(path)
    if head.startswith(_ZIP):
        return _format_of_zip(path, head)
    if head.startswith((_SQLITE, _OLD_OFFICE)):
        return "loop" if head.startswith(_SQLITE) else "sheet"
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
    must_not_be_named(path, head)
    return "harsh" if harsh.kind_of(text) else "csv"


def _format_of_zip(path: Path, head: bytes) -> str:
    with zip_errors(path), zipfile.ZipFile(path) as archive:
        names = [name.replace("\\", "/") for name in archive.namelist()] or [""]
    for found, shape in _IN_ZIP.items():
        if any(map(shape.fullmatch, names)):
            return found
    if b"opendocument.spreadsheet" in head[:_MIMETYPE]:
        return "sheet"
    must_not_be_named(path, head, names)
    return "loop"


@contextmanager
def opened_file(request: Request) -> Iterator[Reading]:
    """A file in the format that was named, or else in the one that its content shows."""
    typed = request.format_name
    found = typed if typed and typed in _WHOLE else format_of(request.path)
    if found in _WHOLE and typed in (None, found):
        yield _WHOLE[found](request)
    else:
        with _TABLES.get(found, opened_table)(request) as reading:
            yield reading


def _head(path: Path) -> bytes:
    with file_errors(path), path.open("rb") as file:
        return file.read(_SAMPLE)
