"""The options that several commands share, read as text, and what a shell offers at Tab."""

import os
import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from contextlib import redirect_stderr, suppress
from datetime import date, time
from typing import TYPE_CHECKING, Annotated, Any, Concatenate, ParamSpec, TypeVar

import typer

from ..domain.calls.entry import Outcome
from ..domain.errors import NeedleError
from .opening import open_store

if TYPE_CHECKING:
    from ..store.store import Store

P = ParamSpec("P")
T = TypeVar("T")
Typed = str | None  # a text that was typed; None: none was
_PLAIN = re.compile(r"\w[\w .,+-]*")


def if_given(
    read: Callable[Concatenate[str, P], T], typed: str | None, *more: P.args, **named: P.kwargs
) -> T | None:
    """What was typed, as it is read; None where nothing was."""
    return read(typed, *more, **named) if typed is not None else None


def day_given(typed: str | None, today: date, *, ahead: bool = False) -> date | None:
    """The day that was typed; None where none was."""
    if typed is None:
        return None
    from ..text.parse.days import parse_day  # most lines say no day

    return parse_day(typed, today, ahead=ahead)


def time_given(typed: str | None) -> time | None:
    """The time of day that was typed; None where none was."""
    if typed is None:
        return None
    from ..text.parse.days import parse_time

    return parse_time(typed)


def option(
    metavar: str, words: str, *names: str, offers: Callable[..., list[str]] | None = None
) -> Any:
    """An option whose value is typed; without names it is typed as its parameter is called."""
    return typer.Option(*names, metavar=metavar, help=words, autocompletion=offers)


def argument(metavar: str, words: str, offers: Callable[..., list[str]] | None = None) -> Any:
    """An argument, likewise."""
    return typer.Argument(metavar=metavar, help=words, autocompletion=offers)


def flag(name: str, words: str) -> Any:
    """An option that is given or not."""
    return typer.Option(name, help=words)


def offer(words: Iterable[str]) -> Callable[[str], list[str]]:
    """Offers those of some words that begin with what was typed."""
    return lambda incomplete: [item for item in words if item.startswith(incomplete)]


def activity_names(context: typer.Context, incomplete: str) -> list[str]:
    """The activities, each by its first word (one needs no quotes) where that tells it apart."""
    facts = _read(context, lambda store: store.activities.all())
    words = [(item.name.split() or [""])[0] for item in facts]
    count = Counter(word.casefold() for word in words)
    beginning = incomplete.casefold()
    return [
        incomplete + word[len(incomplete) :]
        for word in words
        if word.isalnum() and count[word.casefold()] == 1 and word.casefold().startswith(beginning)
    ]


def contact_names(context: typer.Context, incomplete: str) -> list[str]:
    """The buyers by their whole names, last called first; not those that a shell would obey."""
    names = _read(context, lambda store: store.contacts.names(incomplete))
    is_bash = os.environ.get("_NEEDLE_COMPLETE") == "complete_bash"
    found = [incomplete + name[len(incomplete) :] for name in names if _PLAIN.fullmatch(name)]
    # The other shells put what is offered into quotes themselves.
    return [name.replace(" ", "\\ ") if is_bash else name for name in found]


def _read(context: typer.Context, read: "Callable[[Store], Sequence[T]]") -> Sequence[T]:
    """What there is to offer of the data; nothing where they cannot be read."""
    with suppress(NeedleError), redirect_stderr(None), open_store(context, only_reads=True) as it:
        return read(it)
    return ()


_ACTIVITY = "Its name, or a beginning that only it has"
Activity = Annotated[str, argument("ACTIVITY", f"{_ACTIVITY}.", offers=activity_names)]
SalesActivity = Annotated[
    Typed,
    argument("ACTIVITY", f"{_ACTIVITY}; else the highest-ranked sales activity.", activity_names),
]
Day = Annotated[Typed, option("DAY", "Another day than today: yesterday, fri, -3, 24 nov.")]
With = Annotated[Typed, option("NAME", "The buyer it was with.", "--with", offers=contact_names)]
OutcomeOption = Annotated[
    Typed,
    option(
        "OUTCOME",
        "How a call ended, when not talked: no_answer, voicemail, gatekeeper, meeting_set, "
        "asked, won, lost.",
        offers=offer(Outcome),
    ),
]
Contact = Annotated[
    str, argument("NAME", "The buyer: its name, or a beginning of it.", offers=contact_names)
]
Amount = Annotated[Typed, option("AMOUNT", "Money received with it, or asked for: 1200.50.")]
CameFrom = Annotated[
    Typed,
    option(
        "ACTIVITY",
        "The activity that brought the buyer: the money counts as its return.",
        offers=activity_names,
    ),
]
Note = Annotated[Typed, option("TEXT", "A note about it.")]
ForActivity = Annotated[
    Typed, option("ACTIVITY", "For this activity only.", "--activity", offers=activity_names)
]
AsJson = Annotated[bool, flag("--json", "Write one line of JSON.")]
