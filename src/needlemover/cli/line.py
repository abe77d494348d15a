"""The command line: its commands, each loaded only when called, and what several of them share."""

import os
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import redirect_stderr, suppress
from datetime import date, time
from importlib import import_module
from typing import TYPE_CHECKING, Annotated, Any, Concatenate, ParamSpec, TypeVar

import typer
from typer.main import get_command

from ..domain.calls.entry import Outcome
from ..domain.errors import NeedleError, WrongUsageError
from ..paths import database_path
from ..text.format import shown, wrong
from .opening import open_store

if TYPE_CHECKING:
    from ..store.store import Store


P = ParamSpec("P")
T = TypeVar("T")
Typed = str | None  # a text that was typed; None: none was


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
    """The activities, each by its first word where that tells it apart."""

    def names(store: "Store") -> Iterator[str]:
        found = [item.name for item in store.activities.all()]
        count = Counter(name.split()[0].casefold() for name in found)
        for name in found:
            first = name.split()[0]
            is_enough = count[first.casefold()] == 1 and " " not in incomplete
            yield first if is_enough else name

    return _offered(context, incomplete, names)


def contact_names(context: typer.Context, incomplete: str) -> list[str]:
    """The buyers by their whole names, last called first."""
    return _offered(context, incomplete, lambda store: store.contacts.names(incomplete))


def machine_names(context: typer.Context, incomplete: str) -> list[str]:
    """The other machines that are synced with."""
    return _offered(context, incomplete, lambda it: [peer.name for peer in it.sync.status().peers])


class _Quoted(str):
    """A name as a shell takes it, that typer would leave out: it begins unlike what was typed."""

    def startswith(self, *_: object) -> bool:
        return True


def _offered(
    context: typer.Context, incomplete: str, read: "Callable[[Store], Iterable[str]]"
) -> list[str]:
    """The names that begin with what was typed, each as one word of the shell that asks."""
    found: list[str] = []
    # The shell has --db still on the line.
    path = database_path(context.find_root().params.get("db"))
    with suppress(NeedleError), redirect_stderr(None), open_store(path, only_reads=True) as it:
        found = [name for name in read(it) if shown(name) == name]
    beginning, shell = incomplete.casefold(), os.environ.get("_NEEDLE_COMPLETE", "")
    fits = [name for name in found if name.casefold().startswith(beginning)]
    names = [incomplete + name[len(incomplete) :] for name in fits]
    if shell.endswith("bash"):
        return [_Quoted(_in_bash(name, incomplete)) for name in names]
    if shell.endswith(("powershell", "pwsh")):
        return [_Quoted("'" + name.replace("'", "''") + "'") for name in names]
    # fish and zsh quote what they insert, but typer's script would give these to zsh as code.
    return [name for name in names if not (shell.endswith("zsh") and {*name} & {*"\"'\\`$"})]


def _in_bash(name: str, incomplete: str) -> str:
    """A name as it goes on in bash: within the quotes that were opened, or each sign quoted."""
    quote = os.environ.get("COMP_WORDS", "").removesuffix(incomplete)[-1:]
    if quote == "'":
        return name.replace("'", "'\\''")
    return re.sub(r'(["$`\\])' if quote == '"' else r"([\s!-$&-*;<=>?\[-^`{-~])", r"\\\1", name)


_OUTCOMES = f"How a call ended: {', '.join(Outcome)}."
Activity = Annotated[str, argument("ACTIVITY", "Its name, or a beginning.", offers=activity_names)]
SalesActivity = Annotated[Typed, argument("ACTIVITY", "Else that of the calls.", activity_names)]
Day = Annotated[Typed, option("DAY", "Another day than today: yesterday, fri, -3, 24 nov.")]
With = Annotated[Typed, option("NAME", "The buyer it was with.", "--with", offers=contact_names)]
OutcomeOption = Annotated[Typed, option("OUTCOME", _OUTCOMES, offers=offer(Outcome))]
Contact = Annotated[str, argument("NAME", "The buyer, or a beginning.", offers=contact_names)]
Amount = Annotated[Typed, option("AMOUNT", "Money received with it, or asked for: 1200.50.")]
CameFrom = Annotated[Typed, option("ACTIVITY", "What brought the buyer.", offers=activity_names)]
Note = Annotated[Typed, option("TEXT", "A note about it.")]
ForActivity = Annotated[Typed, option("ACTIVITY", "For this only.", offers=activity_names)]
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
    ("numbers", "settings"),
    ("imports", "import"),
    ("care", "export"),
    ("sync", "sync"),
    ("care", "backup restore check where"),
    ("opening", "demo"),
    ("serve", "serve"),
    ("help", "keys help"),
)
COMMANDS = {name: module for module, names in _MODULES for name in names.split()}
_WITH_FILES = ("import", "export", "backup", "restore", "sync")
_NEGATIVE = re.compile(r"-[\d.,$€£¥]")


def run(arguments: Sequence[str]) -> int:
    """Run a command; its exit code."""
    # A negative number is no option, nor is the name of a file that begins like one.
    before = "./" if arguments and arguments[0] in _WITH_FILES else " "
    arguments = [f"{before}{item}" if _NEGATIVE.match(item) else item for item in arguments]
    if arguments and (arguments[0] == "help" or arguments[0] not in COMMANDS):
        from .topics import TOPICS, instead_of

        after_help = arguments[0] == "help" and not {*arguments} & {*TOPICS, "--help", "-h"}
        if after_help:
            arguments = [*arguments[1:], "--help"]  # help log: log --help
        if instead := instead_of(arguments[0]):
            raise wrong(arguments[0], f"is no command: type {instead} (see needle --help).")
        if after_help and arguments[0] not in COMMANDS and arguments[0][:1] != "-":
            topics = ", ".join(TOPICS)
            raise wrong(arguments[0], f"is no topic: type needle help and a command, or {topics}.")
    command = get_command(application(arguments[0] if arguments else None))
    try:
        code = command.main(args=arguments, prog_name="needle", standalone_mode=False)
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
    db: Annotated[Typed, option("PATH", "Another data file (or set NEEDLE_DB).")] = None,
    config: Annotated[Typed, option("PATH", "Another config file (or NEEDLE_CONFIG).")] = None,
    version: Annotated[bool, flag("--version", "Show the version and exit.")] = False,
) -> None:
    """Do, every single day, the few things that make the money.

    With no command it opens the app. needle help TOPIC reads about one of these: commands, keys,
    files, sync, import, export, prompt, remind, serve, json.

    Example: needle log 12 --with "Acme Corp" --outcome meeting_set
    """
    # All are taken off the front of the line before; here they are only explained.
