"""Workbooks (.xlsx, .ods, .xls): the rows of a sheet, written as CSV and read like any table."""

import csv
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from msgspec.structs import replace

from ..domain.errors import NeedleError
from ..text.format import quoted
from .files import file_errors
from .questions import Question, QuestionsError
from .reading import Reading, Request
from .tables.table import opened_table

_READER = (sys.executable, "-m", "needlemover.exchange.sheet_rows")
_UNCLEAR = 3  # how it ends where it needs the name of a sheet
_WRONG = {
    4: "is a workbook that is damaged, or another file of Office: save its table as .xlsx or CSV",
    5: "is locked with a password: save it without one",
    6: "has no sheet with rows: choose another file",
}


@contextmanager
def opened_sheet(request: Request) -> Iterator[Reading]:
    """The sheet that was named, or the only one with rows; which one is asked where several are."""
    path, none = request.path, subprocess.DEVNULL
    with TemporaryDirectory() as folder:
        copy = Path(folder) / path.name
        with file_errors(path), copy.open("wb") as rows:
            command = [*_READER, str(path.resolve()), request.calls.sheet]
            code = subprocess.run(command, stdin=none, stdout=rows, stderr=none).returncode
        if code == _UNCLEAR:
            with copy.open(encoding="utf-8", newline="") as names:
                choices = {quoted(name): ("sheet", name) for (name,) in csv.reader(names)}
            raise QuestionsError([Question("Which sheet of the workbook is it?", choices)])
        if code:
            why = _WRONG.get(code, "is too large or damaged: save the sheet as CSV")
            raise NeedleError(f"{path.name} {why}.")
        with opened_table(replace(request, path=copy)) as reading:
            yield reading
