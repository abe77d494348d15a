"""needle import: calls from somebody's file."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ..domain.errors import NeedleError, WrongUsageError
from ..text.format import plural, quoted, shown
from . import completion
from .opening import opened
from .output import say

if TYPE_CHECKING:
    from ..exchange.calls_csv import CallRows
    from ..exchange.csv_file import CsvFile
    from ..exchange.records import BadRow
    from ..exchange.rejects import Rejects
    from ..store import Imported, ImportedEntry

FORMATS = ("csv",)
_ROWS_A_STEP = 500


def import_command(
    context: typer.Context,
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help="A call log with a header, one row a call.")
    ],
    format_name: Annotated[
        str | None, typer.Option("--as", metavar="FORMAT", help="csv; found out when not given.")
    ] = None,
    mapped: Annotated[
        list[str] | None,
        typer.Option(
            "--map",
            metavar="FIELD=COLUMN",
            help="The column of a field: day, time, started_at, seconds or minutes, outcome, "
            "contact, amount, note, id. A column called like a field is taken by itself; "
            "FIELD= leaves it out.",
        ),
    ] = None,
    values: Annotated[
        list[str] | None,
        typer.Option(
            "--value", metavar="FIELD:TEXT=VALUE", help="What a text stands for: outcome:yes=won."
        ),
    ] = None,
    activity: Annotated[
        str | None,
        typer.Option(
            "--activity",
            metavar="NAME",
            help="Where the calls go, when not to the highest-ranked sales activity.",
            autocompletion=completion.activity_names,
        ),
    ] = None,
    source: Annotated[
        str,
        typer.Option(
            "--source",
            metavar="NAME",
            help="Whose file it is: rows of one source are added once, however often they come.",
        ),
    ] = "csv",
    date_format: Annotated[
        str | None,
        typer.Option(
            "--date-format", metavar="FORMAT", help="How dates are written, if not ISO: %d.%m.%Y."
        ),
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Only say what would be added.")
    ] = False,
    strict: Annotated[
        bool, typer.Option("--strict", help="Stop at the first bad row and change nothing.")
    ] = False,
) -> None:
    """Import calls from a file. One undo takes them back; the same rows are never added twice.

    Example: needle import calls.csv --map day=date --map seconds=duration --value outcome:yes=won
    """
    if format_name is not None and format_name.casefold() not in FORMATS:
        raise WrongUsageError(
            f"There is no format {quoted(format_name)}: there is {', '.join(FORMATS)}."
        )
    from ..exchange.call_map import call_map
    from ..exchange.calls_csv import CallRows
    from ..exchange.csv_file import CsvFile
    from ..exchange.rejects import Rejects

    wanted = call_map(mapped or (), values or (), date_format)
    with (
        CsvFile(file, wanted.names) as table,
        opened(context) as store,
        Rejects(table.columns, table.delimiter) as rejects,
    ):
        rows = CallRows(table.columns, wanted, store.moment())
        _say_how_it_is_read(table, rows)
        with _progress(table) as step:
            done = store.imports.add(
                _good(rows.read(table), rejects, step, strict=strict),
                source=source,
                file_name=shown(file.name),
                activity=activity,
                dry_run=dry_run,
            )
        _say_what_is_bad(rejects, file, dry_run=dry_run)
        _say_what_was_done(done, rejects.count, file, dry_run=dry_run)


def _good(
    records: "Iterator[ImportedEntry | BadRow]",
    rejects: "Rejects",
    step: Callable[[], None],
    *,
    strict: bool,
) -> "Iterator[ImportedEntry]":
    from ..exchange.records import BadRow

    for number, record in enumerate(records):
        if number % _ROWS_A_STEP == 0:
            step()
        if not isinstance(record, BadRow):
            yield record
        elif strict:
            raise NeedleError(
                f"Line {record.line}: {record.why}. Nothing was changed: correct it, or leave "
                "--strict out."
            )
        else:
            rejects.add(record)


@contextmanager
def _progress(table: "CsvFile") -> Iterator[Callable[[], None]]:
    """A bar by the bytes read, where somebody looks."""
    if sys.stderr is None or not sys.stderr.isatty():
        yield lambda: None
        return
    with typer.progressbar(length=table.size, label="Reading", file=sys.stderr) as bar:
        yield lambda: bar.update(table.bytes_read - bar.pos)
        bar.update(table.size - bar.pos)


def _say_how_it_is_read(table: "CsvFile", rows: "CallRows") -> None:
    if table.encoding == "cp1252":
        say(
            f"{shown(table.path.name)} is not UTF-8 and was read as Windows-1252: where names look "
            "wrong, undo, save it as UTF-8 and import it again."
        )
    from ..exchange.call_map import columns_named

    read = (f"{name} from {quoted(table.columns[place])}" for name, place in rows.places.items())
    places = set(rows.places.values())
    left = [name for place, name in enumerate(table.columns) if place not in places]
    not_read = f" Not read: {columns_named(left)}." if left else ""
    say(f"Reading {', '.join(read)}.{not_read}")


def _say_what_is_bad(rejects: "Rejects", file: Path, *, dry_run: bool) -> None:
    for bad in rejects.first:
        say(f"line {bad.line}: {bad.why}.")
    if rejects.count > len(rejects.first):
        say(f"… and {rejects.count - len(rejects.first):,} more.")
    if not rejects.count or dry_run:
        return
    where = rejects.save(file)
    rows = f"{rejects.count:,} bad {plural(rejects.count, 'row')}"
    if where is None:
        say(
            f"The {rows} could be written neither beside the file nor into the current folder: "
            "change to a folder that can be written to and import again to have them."
        )
    else:
        say(f"The {rows} can be corrected in {shown(str(where))} and imported from there.")


def _say_what_was_done(done: "Imported", bad: int, file: Path, *, dry_run: bool) -> None:
    if bad and not (done.added or done.known):
        raise NeedleError(
            f"No row of {shown(file.name)} can be read ({bad:,} bad): nothing was added."
        )
    added = f"{'Would add' if dry_run else 'Added'} {done.added:,} " + plural(
        done.added, "entry", "entries"
    )
    if done.added:
        added += f" to {quoted(done.activity)}{', which is new' if done.created_activity else ''}"
    say(f"{added}; {done.known:,} already here, {bad:,} bad.")
    if done.without_outcome:
        say(f"Without an outcome, counted as talked: {done.without_outcome:,}.")
    if not done.added:
        say("There was nothing new in it, so nothing was changed.")
    elif not dry_run:
        say("To take them back: needle undo.")
