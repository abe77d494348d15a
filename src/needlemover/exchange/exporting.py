"""All data into one file, as the command and the app do it."""

import os
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

from ..domain.errors import NeedleError, WrongUsageError
from ..files import written_whole
from ..store.imports.content import in_words
from ..store.store import Store
from ..text.format import quoted
from .ours.csv_zip import write_csv
from .ours.json_file import write_json


def format_of(file: str, chosen: str | None) -> str:
    """The format that was chosen, or that the name shows; refused where it does not fit to it."""
    ending = Path(file).suffix.casefold()
    name = (chosen or ("csv" if ending in (".zip", ".csv") else "json")).strip().casefold()
    if name not in ("json", "csv"):
        raise WrongUsageError(f"There is no format {quoted(chosen or '')}: there are json and csv.")
    if name == "csv" and file == "-":
        raise WrongUsageError("Standard output takes JSON: for CSV give the name of a zip.")
    if name == "csv" and ending == ".csv":
        raise WrongUsageError("CSV is exported as a zip: give a name like needle.zip.")
    return name


def must_take_a_file(path: Path, data: Path) -> None:
    """Refuse a place where no file can be, and the data file: that is never written over."""
    if os.path.isdir(path):  # which asks of any name, however long
        raise NeedleError(f"{path} is a folder: give the name of a file in it.")
    if not os.path.isdir(path.parent):
        raise NeedleError(f"There is no folder {path.parent}: make it first.")
    if not os.path.exists(path):
        return
    with suppress(OSError):
        beside = [data, *(data.with_name(data.name + end) for end in ("-wal", "-shm"))]
        if any(other.exists() and path.samefile(other) for other in beside):
            raise NeedleError(f"{path} holds your data: give another name.")
    if not path.is_file():
        raise NeedleError(f"{path} is not an ordinary file: give another name.", "standard output")


def export(store: Store, path: Path, name: str, *, replaces: bool) -> str:
    """Write all data into a file, whole or not at all (an `OSError`); how much, in words."""
    try:
        with written_whole(path, replaces=replaces) as partial, partial.open("wb") as target:
            return write(store, name, target)
    except OSError as error:
        raise OSError(error.errno, error.strerror, str(path)) from error


def write(store: Store, name: str, target: BinaryIO) -> str:
    """Write all data in a format; how much that was, in words."""
    entries, failed = 0, None
    with store.exports.reading() as data:
        try:
            entries = write_csv(data, target) if name == "csv" else write_json(data, target)
            target.flush()
        except OSError as error:  # within the store it would read as one of the data file
            failed = error
        except UnicodeEncodeError as error:
            why = "The data hold a broken character, so they cannot be exported as they are."
            raise NeedleError(why) from error
    if failed is not None:
        raise failed
    return in_words(entries, {section: len(rows) for section, rows in data.sections.items()})
