"""needle settings."""

from typing import Annotated

import typer

from ..domain.errors import WrongUsageError
from ..text.format import quoted
from ..text.settings import KEYS
from .line import Typed, argument, offer
from .opening import open_store
from .output import give, say


def settings(
    context: typer.Context,
    key: Annotated[Typed, argument("KEY", "Which setting; else all.", offer(KEYS))] = None,
    value: Annotated[list[str] | None, argument("VALUE", "What it is to be.")] = None,
) -> None:
    """Show or choose what the numbers depend on.

    Among them are the currency, the time at which a day starts, and the working day.

    Example: needle settings working_day 09:00-17:00 mon-fri
    """
    with open_store(context, only_reads=not value) as store:
        if key is not None and value:
            before = store.settings.currency
            chosen = store.choices.set(key, " ".join(value))
            say(f"{key} is {chosen} now.")
            if key == "first_weekday" and " from " in chosen:
                weeks = chosen.rpartition(", ")[2].capitalize()
                say(f"Weeks begin on {weeks}; a short one before breaks no streak.")
            if store.settings.currency != before and store.choices.hold_money():
                say(f"Amounts in {before} are not converted: the same numbers are {chosen} now.")
            return
        values = store.choices.typed()
    if key is None:
        for name, typed in values.items():
            give(f"{name:<17} {typed}")
    elif key in values:
        give(values[key])
    else:
        raise WrongUsageError(f"There is no setting {quoted(key)}: there are {', '.join(values)}.")
