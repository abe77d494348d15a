"""needle undo, needle redo."""

from typing import Annotated

import typer

from ..text.format import shown
from .opening import opened
from .output import give, say


def undo(
    context: typer.Context,
    list_: Annotated[
        bool, typer.Option("--list", help="Show the history, last change first, and undo nothing.")
    ] = False,
) -> None:
    """Take back the last change, whichever terminal made it.

    Example: needle undo
    """
    if list_:
        _list(context)
        return
    with opened(context) as store:
        label = store.journal.undo()
    say(f"Undone: {shown(label)}.")


def redo(context: typer.Context) -> None:
    """Do the change again that was last undone.

    Example: needle redo
    """
    with opened(context) as store:
        label = store.journal.redo()
    say(f"Done again: {shown(label)}.")


def _list(context: typer.Context) -> None:
    with opened(context) as store:
        zone = store.moment().zone
        steps = store.journal.steps()
    for step in steps:
        when = f"{step.changed_at.astimezone(zone):%Y-%m-%d %H:%M}"
        give(f"{when}  {'undone' if step.undone else '      '}  {shown(step.label)}")
    if not steps:
        say("Nothing has been changed yet.")
