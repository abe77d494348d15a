"""needle streaks."""

from collections.abc import Iterator
from typing import Annotated

import typer

from ..domain.progress.streaks import StreakReport
from ..domain.promises.commitment import is_archived, is_weekly
from ..domain.promises.streak import Streak
from ..text.format import long_day, shown
from ..text.parse import parse_day
from .opening import opened
from .options import AsJson
from .output import give, give_json
from .shapes import streaks_shape
from .words import fitted


def streaks(
    context: typer.Context,
    as_of: Annotated[
        str | None,
        typer.Option("--as-of", metavar="DAY", help="As they stood at the end of this day."),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Show the streaks, current and best: in days, or in weeks of what is promised by the week.

    Example: needle streaks --as-of 2026-11-24
    """
    with opened(context) as store:
        report = store.streaks(parse_day(as_of, store.today) if as_of is not None else None)
    if as_json:
        give_json(streaks_shape(report))
        return
    for line in _lines(report):
        give(line)


_LONGEST_NAME = 32


def _lines(report: StreakReport) -> Iterator[str]:
    yield long_day(report.as_of)
    lines = [("Overall", report.overall, "d")]
    for fact, streak in report.activities:
        if not is_archived(fact.timeline, report.as_of):
            unit = "w" if is_weekly(fact.timeline, report.as_of) else "d"
            lines.append((fact.name, streak, unit))
    size = min(_LONGEST_NAME, max(len(shown(name)) for name, _, _ in lines))
    for name, streak, unit in lines:
        yield _line(name, streak, unit, size)


def _line(name: str, streak: Streak, unit: str, size: int) -> str:
    current, best = streak.current_run, streak.best_run
    since = f" since {current.start}" if current else ""
    words = f"{streak.current:>4} {unit}{since:<17}"
    if best:
        words += f"  best {streak.best:>4} {unit} {best.start} to {best.end}"
    return f"{fitted(name, size)} {words}".rstrip()
