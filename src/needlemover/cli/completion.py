"""What a shell offers when Tab is pressed."""

from collections import Counter

import typer

from ..domain.errors import NeedleError
from ..paths import database_path


def activity_names(context: typer.Context, incomplete: str) -> list[str]:
    """The activities, by their first word where it is enough to tell them apart.

    One word needs no quotes in any shell.
    """
    path = database_path(context.find_root().params.get("db") or context.obj)
    if not path.is_file():
        return []
    from ..clock import SystemClock
    from ..store.store import Store

    try:
        store = Store(path, SystemClock())
        try:
            words = [(item.name.split() or [""])[0] for item in store.activities.all()]
        finally:
            store.close()
    except NeedleError:
        return []
    count = Counter(word.casefold() for word in words)
    beginning = incomplete.casefold()
    return [
        incomplete + word[len(incomplete) :]
        for word in words
        if word.isalnum() and count[word.casefold()] == 1 and word.casefold().startswith(beginning)
    ]


def outcomes(incomplete: str) -> list[str]:
    """The outcomes of a call."""
    from ..domain.calls.entry import Outcome

    return [item for item in Outcome if item.startswith(incomplete)]


def rules(incomplete: str) -> list[str]:
    """The rules for two quotas."""
    from ..domain.promises.commitment import Rule

    return [item for item in Rule if item.startswith(incomplete)]


def days(incomplete: str) -> list[str]:
    """When a promise can be due."""
    return [item for item in ("daily", "mon-fri", "weekly") if item.startswith(incomplete)]


def every(incomplete: str) -> list[str]:
    """How often a problem comes back."""
    from ..domain.delegation.problem import Every

    return [item for item in Every if item.startswith(incomplete)]


def cost_per(incomplete: str) -> list[str]:
    """What a price is paid for."""
    from ..domain.delegation.problem import CostPer

    return [item for item in CostPer if item.startswith(incomplete)]


def settings(incomplete: str) -> list[str]:
    """The names of the settings."""
    from ..store.settings import KEYS

    return [item for item in KEYS if item.startswith(incomplete)]
