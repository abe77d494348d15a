"""needle import of what needle export wrote."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from ..domain.errors import NeedleError
from ..text.format import plural, quoted, shown
from .output import say

if TYPE_CHECKING:
    from ..store.care.import_result import ImportResult
    from ..store.store import Store

_LISTED = 10


def import_ours(
    store: "Store", path: Path, format_name: str, *, dry_run: bool, asks: bool, large: int
) -> None:
    """Take in all data of an export.

    Args:
        store: into which.
        path: of the export.
        format_name: which of ours it is.
        dry_run: only say what would be added.
        asks: whether somebody is there to agree to a large one.
        large: rows from which on they are asked.

    Raises:
        NeedleError: when it cannot be taken in, or was not agreed to.
    """
    attempt = _attempts(store, path, format_name)
    if dry_run or asks:
        found = attempt(True)
        is_large = found.size >= large
        if dry_run or is_large:
            _say_what_it_means(found, path)
            _say_what_was_done(found, is_trial=True)
        if dry_run:
            return
        if is_large and not typer.confirm("Import it?", err=True):
            raise NeedleError("It was not imported, and nothing was changed.")
    done = attempt(False)
    if not asks or not is_large:
        _say_what_it_means(done, path)
    _say_what_was_done(done, is_trial=False)


def _attempts(store: "Store", path: Path, format_name: str) -> "Callable[[bool], ImportResult]":
    from ..exchange.formats import opened_ours

    def attempt(dry_run: bool) -> "ImportResult":
        with opened_ours(path, format_name) as data:
            return store.exports.add(data, file_name=shown(path.name), dry_run=dry_run)

    return attempt


def _say_what_it_means(result: "ImportResult", path: Path) -> None:
    say(f"{shown(path.name)} is an export of Needlemover.")
    if result.is_whole:
        say("There is no data here yet, so everything comes as it was, settings included.")
        return
    say("What is here stays as it is, settings and promises included; only what is new is added.")
    if result.same_activities:
        names = ", ".join(map(quoted, result.same_activities[:_LISTED]))
        more = len(result.same_activities) - _LISTED
        say(f"The same activity here and there: {names}{f' and {more} more' if more > 0 else ''}.")
    if result.other_settings:
        say(f"Chosen otherwise in the file: {', '.join(result.other_settings)}.")
    if result.left_timer:
        say("The timer that ran when it was exported is left out.")


def _say_what_was_done(result: "ImportResult", *, is_trial: bool) -> None:
    known = f"{result.known:,} {plural(result.known, 'entry is', 'entries are')} here already"
    said = f"{'Would add' if is_trial else 'Added'} {result.words}"
    say(f"{said}." if result.is_whole else f"{said}; {known}.")
    if not result.changed_anything:
        say("There was nothing new in it, so nothing was changed.")
    elif not is_trial:
        say("To take them back: needle undo.")
