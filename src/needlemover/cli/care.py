"""needle backup, restore, check, export, undo, redo, where."""

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from ..domain.errors import NeedleError
from ..paths import database_path
from ..text.format import counted, file_size, local_when
from .line import AsJson, Typed, argument, flag, option
from .opening import open_store, show_places, system_clock
from .output import give, give_answer, listing, pick, say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ..store.care.backups import Backup, Backups

_Older = Annotated[bool, flag("--older", "Also what was done before today.")]


def backup(
    file: Annotated[Path | None, argument("FILE", "Where to; else beside the data.")] = None,
    list_: Annotated[bool, flag("--list", "Show the backups, and make none.")] = False,
    as_json: AsJson = False,
) -> None:
    """Make a backup of the data and check it. The app makes one every day by itself.

    Kept are the last 7 days, 4 weeks and 12 months.

    Example: needle backup
    """
    if list_ or as_json:
        zone, known = system_clock().zone(), _backups().all()
        sizes = ((it, f"{local_when(it.made_at, zone):<19}{file_size(it.size):>8}") for it in known)
        lines = (f"{head}  {it.kind:<20}  {it.path}" for it, head in sizes)
        parts = [pick(it, "kind made_at size day") | {"path": str(it.path)} for it in known]
        give_answer(listing(backups=parts), lines, as_json=as_json)
        say(_size_of(known) if known else "There is no backup yet: needle backup makes one.")
        return
    with open_store(only_reads=True) as store:
        if file is None:
            made = store.backups.make(store.today)
        else:
            made = Path(os.path.expanduser(file)).absolute()
            store.backups.write(made)
    give(str(made))
    say("Backed up and checked.")


def restore(
    file: Annotated[Path, argument("FILE", "A backup, or the day of one: 2026-11-24.")],
) -> None:
    """Go back to a backup. The present data are kept as a backup first; an open app follows.

    Example: needle restore 2026-11-24
    """
    backups = _backups()
    done = backups.restore(_chosen(backups, file))
    say(f"Gone back to {file}.")
    if done.kept is not None:
        what = "The damaged file is kept in" if done.was_damaged else "What it replaced is in"
        say(f"{what} {done.kept}.")


def _backups() -> "Backups":
    """The backups, also of data that cannot be opened."""
    from ..store.care.backups import Backups

    return Backups(database_path(), system_clock())


def _chosen(backups: "Backups", file: Path) -> Path:
    """The file meant: one of this name, or else the backup of this day or name."""
    path = Path(os.path.expanduser(file)).absolute()
    if path.exists():
        return path
    for known in backups.all():
        if str(file) in (known.path.name, known.day.isoformat() if known.day else None):
            return known.path
    raise NeedleError(f"There is no file or backup {file}: needle backup --list shows the backups.")


def check(as_json: AsJson = False) -> None:
    """Check the data file and what is in it. Nothing is changed.

    Example: needle check
    """
    from ..store.care.checks import run_checks

    path, backups = database_path(), _backups()
    report = run_checks(path, system_clock())
    lines = list[str]()
    for item in report.found:
        lines.append(f"{'wrong' if item.sentences else 'ok':<7}{item.name}")
        lines += (f"{'':<7}{sentence}" for sentence in item.sentences)
    known = backups.all()
    checks = [pick(item, "name sentences") for item in report.found]
    answer = listing(checks=checks, behind=report.is_behind, backups=len(known))
    give_answer(answer, lines, as_json=as_json)
    if report.damage is not None:
        newest = backups.newest_good()
        way = "Open needle to save what can be read of it."
        if newest is not None:
            way = f"Go back to the newest good backup: needle restore {newest.path.name}"
        raise NeedleError(f"{path} is damaged. {way}")
    if report.wrong:
        many = len(report.wrong)
        raise NeedleError(f"{counted(many, 'check')} found something wrong: see above.")
    if report.is_behind:
        say("It is of an older version: the next command brings it up, with a backup first.")
    say(f"All is well. {_size_of(known)}" if known else "All is well.")


def export_command(
    file: Annotated[str, argument("FILE", "Where to; - is standard output (JSON).")],
    format_name: Annotated[Typed, option("FORMAT", "json, or csv: a zip.", "--as")] = None,
    force: Annotated[bool, flag("--force", "Write over a file that is there already.")] = False,
) -> None:
    """Write all your data into a file. It comes back with needle import, as it was.

    Example: needle export needle.json
    """
    from ..exchange.exporting import export, format_of, must_take_a_file, write

    name = format_of(file, format_name)
    with open_store(only_reads=True) as store:
        if file == "-":
            if sys.stdout is not None:
                sys.stdout.flush()
                write(store, name, sys.stdout.buffer)
            return
        path = Path(os.path.expanduser(file))
        must_take_a_file(path, store.path)
        if path.exists() and not force:
            raise NeedleError(f"{path} is there already: choose another name, or add --force.")
        say(f"Exported {export(store, path, name, replaces=force)} to {path}.")


def _size_of(backups: "Sequence[Backup]") -> str:
    many, size = len(backups), file_size(sum(item.size for item in backups))
    return f"{counted(many, 'backup')} {'takes' if many == 1 else 'take'} {size}."


def undo(
    list_: Annotated[bool, flag("--list", "Show the history, and undo nothing.")] = False,
    older: _Older = False,
    as_json: AsJson = False,
) -> None:
    """Take back the last change, whichever terminal made it.

    Example: needle undo
    """
    with open_store(only_reads=list_ or as_json) as store:
        if not (list_ or as_json):
            say(f"Undone: {store.journal.undo(older=older)}.")
            return
        zone, steps = store.moment().zone, store.journal.steps()
    told = ((it, local_when(it.changed_at, zone)) for it in steps)
    lines = (f"{when:<17}  {'undone' * it.undone:<6}  {it.label}" for it, when in told)
    changes = [pick(step, "label changed_at undone") for step in steps]
    give_answer(listing(changes=changes), lines, as_json=as_json)
    if not steps:
        say("Nothing has been changed yet.")


def redo(older: _Older = False) -> None:
    """Do the change again that was last undone.

    Example: needle redo
    """
    with open_store() as store:
        label = store.journal.redo(older=older)
    say(f"Done again: {label}.")


def where(as_json: AsJson = False) -> None:
    """Show where the data and the configuration live.

    Example: needle where
    """
    show_places(as_json=as_json)
