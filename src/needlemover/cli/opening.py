"""Opens the data for a command."""

from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from ..paths import database_path
from .clock import system_clock

if TYPE_CHECKING:
    from ..store.store import Store


def chosen_file(context: typer.Context) -> Path:
    """The data file. A shell that asks what to offer has --db still on the line."""
    return database_path(context.find_root().params.get("db") or context.obj)


def open_store(context: typer.Context, *, only_reads: bool = False) -> "closing[Store]":
    """The store on the chosen file, closed when the command is done.

    Where it only reads, no file is made either.
    """
    from ..store.store import Store

    return closing(Store(chosen_file(context), system_clock(), only_reads=only_reads))
