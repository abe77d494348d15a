"""The options that several commands share, and what a shell offers for them when Tab is pressed.

All are read as text, by `text.parse`.
"""

from collections import Counter
from collections.abc import Callable, Iterable
from typing import Annotated, Any, Concatenate, ParamSpec, TypeVar

import typer

from ..domain.calls.entry import Outcome
from ..domain.errors import NeedleError
from .opening import chosen_file, open_store

P = ParamSpec("P")
T = TypeVar("T")


def if_given(
    read: Callable[Concatenate[str, P], T], typed: str | None, *more: P.args, **named: P.kwargs
) -> T | None:
    """What was typed, as it is read; None where nothing was."""
    return read(typed, *more, **named) if typed is not None else None


def option(
    metavar: str, words: str, *names: str, offers: Callable[..., list[str]] | None = None
) -> Any:
    """An option whose value is typed; without names it is typed as its parameter is called."""
    return typer.Option(*names, metavar=metavar, help=words, autocompletion=offers)


def argument(metavar: str, words: str, offers: Callable[..., list[str]] | None = None) -> Any:
    """An argument, likewise."""
    return typer.Argument(metavar=metavar, help=words, autocompletion=offers)


def offer(words: Iterable[str]) -> Callable[[str], list[str]]:
    """Offers those of some words that begin with what was typed."""

    def beginning(incomplete: str) -> list[str]:
        return [item for item in words if item.startswith(incomplete)]

    return beginning


def activity_names(context: typer.Context, incomplete: str) -> list[str]:
    """The activities, by their first word where it is enough to tell them apart.

    One word needs no quotes in any shell.
    """
    if not chosen_file(context).is_file():
        return []
    try:
        with open_store(context, only_reads=True) as store:
            words = [(item.name.split() or [""])[0] for item in store.activities.all()]
    except NeedleError:
        return []
    count = Counter(word.casefold() for word in words)
    beginning = incomplete.casefold()
    return [
        incomplete + word[len(incomplete) :]
        for word in words
        if word.isalnum() and count[word.casefold()] == 1 and word.casefold().startswith(beginning)
    ]


_ACTIVITY = "Its name, or a beginning that only it has"
Activity = Annotated[str, argument("ACTIVITY", f"{_ACTIVITY}.", offers=activity_names)]
SalesActivity = Annotated[
    str | None,
    argument(
        "ACTIVITY", f"{_ACTIVITY}; else the highest-ranked sales activity.", offers=activity_names
    ),
]
Day = Annotated[str | None, option("DAY", "Another day than today: yesterday, fri, -3, 24 nov.")]
With = Annotated[str | None, option("NAME", "The buyer it was with.", "--with")]
OutcomeOption = Annotated[
    str | None,
    option(
        "OUTCOME",
        "How a call ended, when not talked: no_answer, voicemail, gatekeeper, meeting_set, "
        "asked, won, lost.",
        offers=offer(Outcome),
    ),
]
Contact = Annotated[str, argument("NAME", "The buyer: its name, or a beginning of it.")]
Amount = Annotated[str | None, option("AMOUNT", "Money received with it: 1200.50.")]
CameFrom = Annotated[
    str | None,
    option(
        "ACTIVITY",
        "The activity that brought the buyer: the money counts as its return.",
        offers=activity_names,
    ),
]
Note = Annotated[str | None, option("TEXT", "A note about it.")]
ForActivity = Annotated[
    str | None, option("ACTIVITY", "For this activity only.", "--activity", offers=activity_names)
]
AsJson = Annotated[bool, typer.Option("--json", help="Write one line of JSON.")]
