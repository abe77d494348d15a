"""The command line: its commands, each loaded only when called, and what several of them share."""

import os
import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from contextlib import redirect_stderr, suppress
from datetime import date, time
from importlib import import_module
from typing import TYPE_CHECKING, Annotated, Any, Concatenate, ParamSpec, TypeVar

import typer
from typer.main import get_command

from ..domain.calls.entry import Outcome
from ..domain.errors import NeedleError, WrongUsageError
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


_MODULES = (  # in the order in which they are listed
    ("today", "today"),
    ("calls", "start stop log tick untick earn"),
    ("buyers", "next due callback contact"),
    ("care", "undo redo"),
    ("promises", "activity off"),
    ("today", "status"),
    ("reminders", "remind"),
    ("progress", "streaks progress review"),
    ("numbers", "numbers worth goal"),
    ("delegation", "park problems"),
    ("settings", "settings"),
    ("imports", "import"),
    ("exports", "export"),
    ("care", "backup restore check where"),
    ("opening", "demo"),
)
COMMANDS = {name: module for module, names in _MODULES for name in names.split()}
_WITH_FILES = ("import", "export", "backup", "restore")
_NEGATIVE = re.compile(r"-[\d.,$€£¥]")


def run(arguments: Sequence[str], database: str | None) -> int:
    """Run a command, on the file that was chosen with --db; its exit code."""
    # A negative number is no option, nor is the name of a file that begins like one.
    before = "./" if arguments and arguments[0] in _WITH_FILES else " "
    arguments = [f"{before}{item}" if _NEGATIVE.match(item) else item for item in arguments]
    command = get_command(application(arguments[0] if arguments else None))
    try:
        code = command.main(args=arguments, prog_name="needle", obj=database, standalone_mode=False)
    except typer.TyperException as error:
        context = getattr(error, "ctx", None)
        named = " ".join(["needle", *(item for item in arguments[:1] if item in COMMANDS)])
        see = f"(see {context.command_path if context is not None else named} --help)"
        raise WrongUsageError(f"{error.format_message().rstrip('.')} {see}.") from error
    except typer.Abort:
        raise KeyboardInterrupt from None
    return code if isinstance(code, int) else 0


def application(only: str | None = None) -> typer.Typer:
    """The commands: one, or all where none of that name exists."""
    app = typer.Typer(
        name="needle",
        # What only the whole line has is left out, because typer loads pydantic to read it.
        add_completion=only not in COMMANDS,
        add_help_option=only not in COMMANDS,
        context_settings={"help_option_names": ["-h", "--help"]},
        pretty_exceptions_enable=False,
        rich_markup_mode=None,
    )
    # With a callback its name is typed before it, also where there is only one command.
    app.callback()((lambda: None) if only in COMMANDS else _options)
    for name in [only] if only in COMMANDS else COMMANDS:
        module = import_module(f".{COMMANDS[name]}", __package__)
        # Some would have the name of something else, or one that Python keeps for itself.
        command = getattr(module, f"{name}_command", None) or getattr(module, name)
        if isinstance(command, typer.Typer):
            app.add_typer(command, name=name)
        else:
            app.command(name)(command)
    return app


def _options(
    db: Annotated[
        Typed, option("PATH", "Use another data file (or set NEEDLE_DB).", "--db")
    ] = None,
    version: Annotated[bool, flag("--version", "Show the version and exit.")] = False,
) -> None:
    """Do, every single day, the few things that make the money.

    With no command it opens the app.

    Example: needle log 12 --with "Acme Corp" --outcome meeting_set
    """
    # Both are taken off the front of the line before; here they are only explained.
