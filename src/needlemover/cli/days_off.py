"""needle off."""

from typing import Annotated

import typer

from ..domain.day import ONE_DAY
from ..domain.errors import WrongUsageError
from ..text.format import quoted, short_day
from ..text.parse.days import parse_day
from .opening import open_store
from .options import ForActivity, argument, if_given, option
from .output import give, say


def off(
    context: typer.Context,
    start: Annotated[str | None, argument("FROM", "The first day: 2026-12-24, tomorrow.")] = None,
    end: Annotated[str | None, argument("TO", "The last day, if there are several.")] = None,
    reason: Annotated[str | None, option("TEXT", "Why.")] = None,
    activity: ForActivity = None,
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
    with open_store(context) as store:
        today = store.today
        first = parse_day(start, today, ahead=True)
        last = if_given(parse_day, end, today, ahead=True, after=first - ONE_DAY) or first
        fact = if_given(store.activities.find, activity)
        whose = fact.id if fact else None
        if remove:
            store.days_off.remove(first, last, activity_id=whose)
        else:
            store.days_off.add(first, last, reason=reason or "", activity_id=whose)
    days = " to ".join(short_day(day, today) for day in dict.fromkeys((first, last)))
    what = "no longer off" if remove else "off"
    say(f"{days}: {what}{f' for {quoted(fact.name)}' if fact else ''}.")


def _list(context: typer.Context) -> None:
    with open_store(context, only_reads=True) as store:
        names = {item.id: item.name for item in store.activities.all(archived=True)}
        found = store.days_off.all()
    for item in found:
        whose = "everything" if item.activity_id is None else quoted(names[item.activity_id])
        afterwards = "said afterwards" if item.said_afterwards else ""
        days = str(item.start) if item.start == item.end else f"{item.start} to {item.end}"
        parts = (days, whose, item.reason, afterwards)
        give("  ".join(filter(None, parts)))
    if not found:
        say("There are no days off: take some with needle off FROM TO.")
