"""needle backup, needle restore."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ..domain.errors import NeedleError
from ..paths import database_path
from ..text.format import file_size, shown
from .opening import opened
from .output import give, say

if TYPE_CHECKING:
    from ..store.care.backups import Backups


def backup(
    context: typer.Context,
    file: Annotated[
        Path | None,
        typer.Argument(
            metavar="FILE", help="Where to; else beside the data, in the place of today's."
        ),
    ] = None,
    list_: Annotated[
        bool, typer.Option("--list", help="Show the backups, newest first, and make none.")
    ] = False,
) -> None:
    """Make a backup of the data and check it. The app makes one every day by itself.

    Kept are the last 7 days, 4 weeks and 12 months.

    Example: needle backup
    """
    if list_:
        _list(_backups(context))
        return
    with opened(context) as store:
        if file is None:
            made = store.backups.make(store.today)
        else:
            made = file.expanduser().absolute()
            store.backups.write(made)
    give(shown(str(made)))
    say("Backed up and checked.")


def restore(
    context: typer.Context,
    file: Annotated[
        Path,
        typer.Argument(metavar="FILE", help="A backup, or the day of one: 2026-11-24."),
    ],
) -> None:
    """Go back to a backup. The present data are kept as a backup first; an open app follows.

    Example: needle restore 2026-11-24
    """
    backups = _backups(context)
    done = backups.restore(_chosen(backups, file))
    say(f"Gone back to {shown(str(file))}.")
    if done.kept is not None:
        what = "The damaged file is kept in" if done.was_damaged else "What it replaced is in"
        say(f"{what} {shown(str(done.kept))}.")


def _backups(context: typer.Context) -> "Backups":
    """The backups, also of data that cannot be opened."""
    from ..clock import SystemClock
    from ..store.care.backups import Backups

    return Backups(database_path(context.obj), SystemClock())


def _chosen(backups: "Backups", file: Path) -> Path:
    """The file meant: one of this name, or else the backup of this day or name."""
    path = file.expanduser().absolute()
    if path.exists():
        return path
    for known in backups.all():
        if str(file) in (known.path.name, known.day.isoformat() if known.day else None):
            return known.path
    raise NeedleError(
        f"There is no file {shown(str(file))} and no backup of that day: needle backup --list "
        "shows those there are."
    )


def _list(backups: "Backups") -> None:
    from ..clock import SystemClock

    zone = SystemClock().zone()
    known = backups.all()
    for item in known:
        made = f"{item.made_at.astimezone(zone):%Y-%m-%d %H:%M}"
        give(f"{made}  {file_size(item.size):>8}  {item.kind.value:<20}  {shown(str(item.path))}")
    if not known:
        say("There is no backup yet: needle backup makes one.")
