"""needle where, needle demo, needle status: what is answered or opened without the store."""

from typing import Annotated

import typer

from . import places, screen
from . import status as light_status
from .options import AsJson


def where(context: typer.Context) -> None:
    """Show where the data and the configuration live.

    Example: needle where
    """
    places.show_places(context.obj)


def demo() -> int:
    """Open the app on generated sample data in a throwaway file.

    Example: needle demo
    """
    return screen.open_demo()


def status(
    context: typer.Context,
    form: Annotated[
        str | None,
        typer.Option("--format", metavar="TEXT", help="What to write, with placeholders."),
    ] = None,
    as_json: AsJson = False,
) -> int:
    """Show today in one line, for a prompt: it only reads, and at once.

    Placeholders: {streak} {best} {status} {done} {due}; {minutes} {quota} {left} {pace} in minutes;
    {conversations} {quota_conversations} {dials}; {running}, how long the timer has run;
    {contact} and {activity}, with whom and on what. Each is empty where there is none.

    The exit code is 0 when the day is won or nothing is due, 3 while it is open, 4 when what is
    left no longer fits into it, 1 when there is no data, 2 for wrong usage.

    Example: needle status --format "{streak} d, {left} min to go"
    """
    return light_status.show_status(form, context.obj, as_json=as_json)
