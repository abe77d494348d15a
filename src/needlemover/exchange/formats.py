"""The formats that can be imported, and which of them a file is (`kinds.toml`)."""

import csv
import re
import subprocess
import sys
import zipfile
from codecs import BOM_UTF8
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, nullcontext
from datetime import datetime
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from msgspec import Struct, toml
from msgspec.structs import replace

from ..domain.errors import NeedleError, WrongUsageError
from ..store.care.sections import Data
from ..text.format import quoted
from .calendar import opened_calendar
from .call_map import Question, QuestionsError
from .files import file_errors, zip_errors
from .ours.csv_zip import opened_csv
from .ours.json_file import opened_json
from .reading import Reading, Request
from .tables.preset import PRESETS
from .tables.table import opened_table
from .trackers import harsh, loop_files, phones, timewarrior, watson

_SAMPLE = 1 << 16
_WRONG = {  # by how the reader of sheets ends; with 3 where it needs the name of one
    4: "is a workbook that is damaged, or another file of Office: save its table as .xlsx or CSV",
    5: "is locked with a password: save it without one",
    6: "has no sheet with rows: choose another file",
}


class _Kind(Struct, frozen=True):
    """A kind of file, which is told by how it begins or by what a zip holds."""

    shape: str = ""
    holds: str = ""
    format: str = ""  # empty: it cannot be imported
    what: str = ""
    then: str = ""


@contextmanager
def _opened_sheet(request: Request) -> Iterator[Reading]:
    """The sheet that was named, or the only one with rows, as CSV; of several it is asked which."""
    path, none = request.path, subprocess.DEVNULL
    with TemporaryDirectory() as folder:
        copy = Path(folder) / path.name
        with file_errors(path), copy.open("wb") as rows:
            command = [sys.executable, "-m", "needlemover.exchange.sheet_rows"]
            command += [str(path.resolve()), request.calls.sheet]
            code = subprocess.run(command, stdin=none, stdout=rows, stderr=none).returncode
        if code == 3:
            with copy.open(encoding="utf-8", newline="") as names:
                choices = {quoted(name): ("sheet", name) for (name,) in csv.reader(names)}
            raise QuestionsError([Question("Which sheet of the workbook is it?", choices)])
        if code:
            why = _WRONG.get(code, "is too large or damaged: save the sheet as CSV")
            raise NeedleError(f"{path.name} {why}.")
        with opened_table(replace(request, path=copy)) as reading:
            yield reading


_WHOLE: Mapping[str, Callable[[Request], Reading]] = {
    "loop": loop_files.read_loop,
    "harsh": harsh.read_harsh,
    "watson": watson.read_watson,
    "timewarrior": timewarrior.read_timewarrior,
}
Opened = Callable[[Path, datetime], AbstractContextManager[Data]]
OURS: Mapping[str, Opened] = {"needle-json": opened_json, "needle-csv": opened_csv}
"""What needle export writes: all data, not only what happened."""
LIST = "list"  # buyers to call, which is only read where it is named
FORMATS = ("csv", *_WHOLE, *PRESETS, *OURS, LIST)  # all of them, as they are typed
_TABLES: Mapping[str, Callable[[Request], AbstractContextManager[Reading]]] = {
    "sheet": _opened_sheet,
    "ics": opened_calendar,
    "sms-backup": partial(opened_table, open_grid=phones.open_calls),
    "google-voice": partial(opened_table, open_grid=phones.open_voice),
    "asterisk": partial(opened_table, open_grid=phones.open_records),
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
    with file_errors(path), path.open("rb") as file:
        head = file.read(_SAMPLE).removeprefix(BOM_UTF8)
    names = []
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        with zip_errors(path), zipfile.ZipFile(path) as archive:
            names = [name.replace("\\", "/") for name in archive.namelist()]
    content = Path(__file__).with_name("kinds.toml").read_bytes()
    text = head.decode("latin-1")
    for kind in toml.decode(content, type=dict[str, tuple[_Kind, ...]])["kinds"]:
        is_so = kind.shape and re.match(kind.shape, text, re.MULTILINE | re.DOTALL)
        if is_so or any(re.fullmatch(kind.holds, name) for name in names if kind.holds):
            if kind.format:
                return kind.format
            raise NeedleError(f"{path.name} is {kind.what}: {kind.then}.")
    return "harsh" if harsh.kind_of(head.decode("utf-8", "replace")) else "csv"


def files_of(path: Path) -> list[Path]:
    """What is imported: the file itself, or the files of a folder."""
    if not path.is_dir() or any(phones.pages_in(path)):
        return [path]
    files = [item for item in sorted(path.iterdir()) if item.is_file() and item.name[0] != "."]
    return [item for item in files if ".rejects" not in item.name] or [path]


def opened_file(request: Request) -> AbstractContextManager[Reading]:
    """A file in the format that was named, or else in the one that its content shows."""
    typed = request.format_name
    found = typed if typed and typed in _WHOLE else format_of(request.path)
    if found in _WHOLE and typed in (None, found):
        return nullcontext(_WHOLE[found](request))
    return _TABLES.get(found, opened_table)(request)
