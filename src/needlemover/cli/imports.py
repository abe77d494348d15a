"""needle import: calls, time and habits from other programs' files."""

import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Annotated
from zoneinfo import ZoneInfo

import typer
from msgspec.structs import replace

from ..domain.errors import NeedleError, WrongUsageError
from ..text.format import quoted
from .opening import chosen_file, open_store
from .options import Typed, activity_names, argument, flag, if_given, option
from .output import say

if TYPE_CHECKING:
    from ..exchange.call_map import CallMap
    from ..exchange.tables.cells import AmbiguousDateError
    from ..store.store import Store
    from .import_attempt import Attempt

LARGE = 500  # entries; so many are not added in a terminal before somebody has agreed


def import_command(
    context: typer.Context,
    file: Annotated[Path, argument("FILE", "What another program wrote; - is standard input.")],
    format_name: Annotated[
        Typed,
        option(
            "FORMAT",
            "csv (a call log with a header), loop, harsh, watson, timewarrior, toggl, "
            "clockify, hubspot, aircall, salesforce, needle-json or needle-csv (what needle export "
            "wrote); found out when not given. list: buyers to call (name, phone, company, note).",
            "--as",
        ),
    ] = None,
    mapped: Annotated[
        list[str] | None,
        option(
            "FIELD=COLUMN",
            "The column of a field: day, time, started_at, seconds or minutes, outcome, "
            "contact, phone, amount, note, id, activity. A column called like a field is taken by "
            "itself; FIELD= leaves it out.",
            "--map",
        ),
    ] = None,
    values: Annotated[
        list[str] | None,
        option(
            "FIELD:TEXT=VALUE",
            "What a text stands for: outcome:yes=won, or activity:Acme=Newsletter for a "
            "project, habit or tag (activity:Acme= leaves it out).",
            "--value",
        ),
    ] = None,
    activity: Annotated[
        Typed,
        option(
            "NAME",
            "Where all of it goes: calls go to the highest-ranked sales activity without it, "
            "and what names its activity to that one.",
            offers=activity_names,
        ),
    ] = None,
    source: Annotated[
        Typed,
        option(
            "NAME",
            "Whose file it is: rows of one source are added once, however often they come. "
            "Without it, the format.",
        ),
    ] = None,
    date_format: Annotated[
        Typed, option("FORMAT", "How dates are written, if not ISO: %d.%m.%Y.")
    ] = None,
    zone: Annotated[
        Typed, option("ZONE", "Of times that name none: Europe/Berlin, if not local.")
    ] = None,
    dry_run: Annotated[bool, flag("--dry-run", "Only say what would be added.")] = False,
    strict: Annotated[
        bool, flag("--strict", "Stop at the first bad row and change nothing.")
    ] = False,
) -> None:
    """Import calls, time, habits, buyers or an export. One undo takes it back; none comes twice.

    Example: needle import calls.csv --map day=date --map seconds=duration --value outcome:yes=won
    """
    from ..exchange.call_map import call_map
    from ..exchange.files import copy_of_pipe
    from ..exchange.formats import LIST, OURS, format_of, format_typed
    from ..exchange.reading import Request
    from ..exchange.tables.cells import AmbiguousDateError
    from .import_attempt import attempt_import, attempt_list, attempt_ours

    chosen = if_given(format_typed, format_name)
    calls = call_map(mapped or (), values or (), date_format)
    # Where somebody sees what is asked, and can answer.
    asks = not dry_run and all(stream and stream.isatty() for stream in (sys.stdin, sys.stderr))
    is_piped = str(file) == "-" or file.is_fifo()
    with suppress(OSError):
        if file.samefile(chosen_file(context)):
            raise WrongUsageError(f"{file} is your data file itself: choose another file.")
    with TemporaryDirectory() as name:
        folder = Path(name)
        path = copy_of_pipe(file, folder) if is_piped else file
        # Where there are no data yet, a trial leaves none behind.
        is_tried_alone = dry_run and not chosen_file(context).exists()
        with open_store(context, folder / "trial.db" if is_tried_alone else None) as store:
            found = chosen or format_of(path)
            how = mapped or values or activity or source or date_format or zone or strict
            if how and (found in OURS or found == LIST):
                what = "a list of buyers" if found == LIST else "an export of Needlemover"
                raise WrongUsageError(f"{path.name} is {what}: it takes no option but --dry-run.")
            request = Request(
                path,
                replace(store.moment(), zone=_zone(zone)) if zone else store.moment(),
                _with_names_here(calls, store),
                chosen,
                tuple(item.name for item in store.activities.all(archived=True)),
                is_piped,
            )

            def attempt(trial: bool) -> "Attempt":
                if found == LIST:
                    return attempt_list(store, path, trial)
                if found in OURS:
                    return attempt_ours(store, path, OURS[found], trial)
                return attempt_import(store, request, trial, source, activity, strict=strict)

            try:
                _import(attempt, dry_run, asks)
            except AmbiguousDateError as error:
                if not asks:
                    raise
                request = replace(request, calls=replace(request.calls, date_format=_asked(error)))
                _import(attempt, dry_run, asks)


def _import(attempt: "Callable[[bool], Attempt]", dry_run: bool, asks: bool) -> None:
    """Try it where it is only to be tried, or somebody is to agree to a large one; then do it."""
    is_large = False
    if dry_run or asks:
        trial = attempt(True)
        is_large = trial.size >= LARGE
        if dry_run or is_large:
            trial.tell()
        if dry_run:
            return
        if is_large and not typer.confirm("Import it?", err=True):
            raise NeedleError("It was not imported, and nothing was changed.")
    attempt(False).tell(was_said=is_large)


def _asked(error: "AmbiguousDateError") -> str:
    """The format that somebody chose of two."""
    for number, (_, meant) in enumerate(error.choices, start=1):
        say(f"{number}  {meant}")
    while (number := typer.prompt(f"Which day is {quoted(error.example)}?", err=True)) not in "12":
        say("Type 1 or 2.")
    return error.choices[int(number) - 1][0]


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ValueError, OSError, KeyError):
        why = f"There is no zone {quoted(name)}: type one like Europe/Berlin."
        raise WrongUsageError(why) from None


def _with_names_here(calls: "CallMap", store: "Store") -> "CallMap":
    """What stands for an activity by a beginning of its name, by the whole of it."""
    meant = dict(calls.values.get("activity", {}))
    for text, name in meant.items():
        with suppress(NeedleError):
            meant[text] = store.activities.find(name).name if name else ""
    return replace(calls, values={**calls.values, "activity": meant}) if meant else calls
