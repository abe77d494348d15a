"""needle export: all data in one file."""

import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from ..domain.errors import NeedleError
from .line import Typed, argument, flag, option
from .opening import open_store
from .output import say


def export_command(
    context: typer.Context,
    file: Annotated[str, argument("FILE", "Where to; - is standard output (JSON).")],
    format_name: Annotated[Typed, option("FORMAT", "json, or csv: a zip.", "--as")] = None,
    force: Annotated[bool, flag("--force", "Write over a file that is there already.")] = False,
) -> None:
    """Write all your data into a file. It comes back with needle import, as it was.

    Example: needle export needle.json
    """
    from ..exchange.exporting import export, format_of, must_take_a_file, write

    name = format_of(file, format_name)
    with open_store(context, only_reads=True) as store:
        if file == "-":
            if sys.stdout is not None:
                sys.stdout.flush()
                write(store, name, sys.stdout.buffer)
            return
        path = Path(os.path.expanduser(file))
        must_take_a_file(path, store.path)
        if path.exists() and not force:
            raise NeedleError(f"{path} is there already: choose another name, or add --force.")
        say(f"Exported {export(store, path, name, replaces=force)} to {path}.")
