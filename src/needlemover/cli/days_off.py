"""needle off."""

from typing import Annotated

import typer

from ..domain.errors import WrongUsageError
from ..domain.promises.status import DayOff
from ..text.format import quoted, short_day, shown
from ..text.parse import parse_day
from . import completion
from .opening import opened
from .output import give, say


def off(
    context: typer.Context,
    start: Annotated[
        str | None, typer.Argument(metavar="FROM", help="The first day: 2026-12-24, tomorrow.")
    ] = None,
    end: Annotated[
        str | None, typer.Argument(metavar="TO", help="The last day, if there are several.")
    ] = None,
    reason: Annotated[str | None, typer.Option("--reason", metavar="TEXT", help="Why.")] = None,
    activity: Annotated[
        str | None,
        typer.Option(
            "--activity",
            metavar="ACTIVITY",
            help="For this activity only.",
            autocompletion=completion.activity_names,
        ),
    ] = None,
    remove: Annotated[bool, typer.Option("--remove", help="Work on these days after all.")] = False,
) -> None:
    """Take days off, now or afterwards: nothing is due then. With no day, list them.

    Example: needle off 2026-12-24 2027-01-01 --reason Holidays
    """
    if start is None:
        if remove or reason is not None or activity is not None:
            raise WrongUsageError("Say which days: type the first one, like 2026-12-24.")
        _list(context)
        return
    with opened(context) as store:
        today = store.today
        first = parse_day(start, today)
        last = parse_day(end, today) if end is not None else first
        fact = store.activities.find(activity) if activity is not None else None
        whose = fact.id if fact else None
        if remove:
            store.days_off.remove(first, last, activity_id=whose)
        else:
            store.days_off.add(first, last, reason=reason or "", activity_id=whose)
    days = short_day(first) if first == last else f"{short_day(first)} to {short_day(last)}"
    what = "no longer off" if remove else "off"
    say(f"{days}: {what}{f' for {quoted(fact.name)}' if fact else ''}.")


def _list(context: typer.Context) -> None:
    with opened(context) as store:
        names = {item.id: item.name for item in store.activities.all(archived=True)}
        found = store.days_off.all()
    for item in found:
        give(_line(item, names))
    if not found:
        say("There are no days off: take some with needle off FROM TO.")


def _line(item: DayOff, names: dict[int, str]) -> str:
    whose = "everything" if item.activity_id is None else quoted(names[item.activity_id])
    parts = [f"{item.start} to {item.end}", whose]
    if item.reason:
        parts.append(shown(item.reason))
    if item.said_afterwards:
        parts.append("said afterwards")
    return "  ".join(parts)
