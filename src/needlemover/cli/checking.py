"""needle check."""

import typer

from ..domain.errors import DamagedError, NeedleError
from ..paths import database_path
from ..text.format import plural, shown
from .output import give, say


def check(context: typer.Context) -> None:
    """Check the data file and what is in it. Nothing is changed.

    Example: needle check
    """
    from ..clock import SystemClock
    from ..store.care.backups import Backups
    from ..store.care.checks import run_checks

    path, clock = database_path(context.obj), SystemClock()
    report = run_checks(path, clock)
    for item in report.found:
        give(f"{'wrong' if item.sentences else 'ok':<7}{item.name}")
        for sentence in item.sentences:
            give(f"{'':<7}{shown(sentence)}")
    if report.damage is not None:
        newest = Backups(path, clock).newest_good()
        way = "Open needle to save what can be read of it."
        if newest is not None:
            way = f"Go back to the newest good backup: needle restore {newest.path.name}"
        raise DamagedError(f"{shown(str(path))} is damaged. {way}")
    if report.wrong:
        many = len(report.wrong)
        raise NeedleError(f"{many} {plural(many, 'check')} found something wrong: see above.")
    if report.is_behind:
        say("It is of an older version: the next command brings it up, with a backup first.")
    say("All is well.")
