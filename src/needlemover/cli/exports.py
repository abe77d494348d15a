"""needle export: all data in one file."""

import os
import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, BinaryIO

import typer

from ..domain.errors import NeedleError, WrongUsageError
from ..text.format import quoted
from .line import Typed, argument, flag, option
from .opening import open_store
from .output import say

if TYPE_CHECKING:
    from ..store.store import Store


def export_command(
    context: typer.Context,
    file: Annotated[str, argument("FILE", "Where to; - is standard output (JSON).")],
    format_name: Annotated[Typed, option("FORMAT", "json, or csv: a zip.", "--as")] = None,
    force: Annotated[bool, flag("--force", "Write over a file that is there already.")] = False,
) -> None:
    """Write all your data into a file that needle import reads back as it was.

    Example: needle export needle.json
    """
    from ..files import written_whole
    from ..store.imports.content import in_words

    name = _format(file, format_name)
    with open_store(context, only_reads=True) as store:
        if file == "-":
            if sys.stdout is not None:
                sys.stdout.flush()
                _write(store, name, sys.stdout.buffer)
            return
        path = Path(os.path.expanduser(file))
        _must_be_free(path, force=force, data=store.path)
        try:
            with written_whole(path, replaces=force) as partial, partial.open("wb") as target:
                entries, rows = _write(store, name, target)
        except OSError as error:
            raise OSError(error.errno, error.strerror, str(path)) from error
        say(f"Exported {in_words(entries, rows)} to {path}.")


def _format(file: str, typed: str | None) -> str:
    """The format that was chosen, or that the name shows; refused where it does not fit to it."""
    ending = Path(file).suffix.casefold()
    name = (typed or ("csv" if ending in (".zip", ".csv") else "json")).strip().casefold()
    if name not in ("json", "csv"):
        raise WrongUsageError(f"There is no format {quoted(typed or '')}: there are json and csv.")
    if name == "csv" and file == "-":
        raise WrongUsageError("Standard output takes JSON: for CSV give the name of a zip.")
    if name == "csv" and ending == ".csv":
        raise WrongUsageError("CSV is exported as a zip: give a name like needle.zip.")
    return name


def _must_be_free(path: Path, *, force: bool, data: Path) -> None:
    """Refuse a place that is taken, unless it is forced; the data file is never written over."""
    if path.is_dir():
        raise NeedleError(f"{path} is a folder: give the name of a file in it.")
    if not path.parent.is_dir():
        raise NeedleError(f"There is no folder {path.parent}: make it first.")
    if not path.exists():
        return
    with suppress(OSError):
        beside = [data, *(data.with_name(data.name + end) for end in ("-wal", "-shm"))]
        if any(other.exists() and path.samefile(other) for other in beside):
            raise NeedleError(f"{path} holds your data: give another name.")
    if not path.is_file():
        raise NeedleError(f"{path} is not an ordinary file: for standard output type - instead.")
    if not force:
        raise NeedleError(f"{path} is there already: choose another name, or add --force.")


def _write(store: "Store", name: str, target: BinaryIO) -> tuple[int, dict[str, int]]:
    """Write all data; how many entries, and how many rows of the other sections."""
    from ..exchange.ours.csv_zip import write_csv
    from ..exchange.ours.json_file import write_json

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
    return entries, {section: len(rows) for section, rows in data.sections.items()}
