"""The commands, each loaded only when it is called."""

import re
from collections.abc import Sequence
from importlib import import_module
from typing import Annotated

import typer
from typer.main import get_command

from ..domain.errors import WrongUsageError

COMMANDS = {
    "today": "today:today",
    "start": "calls:start",
    "stop": "calls:stop",
    "log": "calls:log",
    "tick": "calls:tick",
    "untick": "calls:untick",
    "earn": "calls:earn",
    "next": "buyers:next_command",
    "due": "buyers:due",
    "callback": "buyers:callback",
    "contact": "buyers:contact",
    "undo": "care:undo",
    "redo": "care:redo",
    "activity": "promises:activity",
    "off": "days_off:off",
    "status": "today:status",
    "streaks": "progress:streaks",
    "progress": "progress:progress",
    "review": "progress:review",
    "numbers": "numbers:numbers",
    "worth": "numbers:worth",
    "goal": "numbers:goal",
    "park": "delegation:park",
    "problems": "delegation:problems",
    "settings": "settings:settings",
    "import": "imports:import_command",
    "export": "exports:export_command",
    "backup": "care:backup",
    "restore": "care:restore",
    "check": "care:check",
    "where": "care:where",
    "demo": "program:demo",
}
"""Where each command is: its module in this package, and its name there."""

_WITH_FILES = ("import", "export", "backup", "restore")
_NEGATIVE = re.compile(r"-[\d.,$€£¥]")


def run(arguments: Sequence[str], database: str | None) -> int:
    """Run a command, on the file that was chosen with --db; its exit code."""
    # A negative number is no option, nor is the name of a file that begins like one.
    before = "./" if arguments and arguments[0] in _WITH_FILES else " "
    arguments = [f"{before}{item}" if _NEGATIVE.match(item) else item for item in arguments]
    command = get_command(application(arguments[0] if arguments else None))
    try:
        result = command.main(
            args=arguments, prog_name="needle", obj=database, standalone_mode=False
        )
    except typer.TyperException as error:
        raise WrongUsageError(_sentence(error, arguments)) from error
    except typer.Abort:
        raise KeyboardInterrupt from None
    return result if isinstance(result, int) else 0


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
    app.callback()(_nothing_chosen if only in COMMANDS else _options)
    for name in [only] if only in COMMANDS else COMMANDS:
        module, _, function = COMMANDS[name].partition(":")
        command = getattr(import_module(f".{module}", __package__), function)
        if isinstance(command, typer.Typer):
            app.add_typer(command, name=name)
        else:
            app.command(name)(command)
    return app


def _nothing_chosen() -> None:
    """Do, every single day, the few things that make the money."""


def _options(
    db: Annotated[
        str | None,
        typer.Option("--db", metavar="PATH", help="Use another data file (or set NEEDLE_DB)."),
    ] = None,
    version: Annotated[bool, typer.Option("--version", help="Show the version and exit.")] = False,
) -> None:
    """Do, every single day, the few things that make the money.

    With no command it opens the app.

    Example: needle log 12 --with "Acme Corp" --outcome meeting_set
    """
    # Both are taken off the front of the line before; here they are only explained.
    if version:
        from .program import show_version

        show_version()
        raise typer.Exit


def _sentence(error: typer.TyperException, arguments: Sequence[str]) -> str:
    context = getattr(error, "ctx", None)
    named = [item for item in arguments[:1] if item in COMMANDS]
    command = context.command_path if context is not None else " ".join(["needle", *named])
    return f"{error.format_message().rstrip('.')} (see {command} --help)."
