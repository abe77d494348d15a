"""The commands, each loaded only when it is called."""

import re
from collections.abc import Sequence
from importlib import import_module
from typing import Annotated

import typer
from typer.main import get_command

from ..domain.errors import WrongUsageError
from .options import Typed, flag, option

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
