"""Opens the data for a command."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import typer

from ..paths import database_path

if TYPE_CHECKING:
    from ..store.store import Store


@contextmanager
def opened(context: typer.Context) -> "Iterator[Store]":
    """The store on the chosen file, closed when the command is done.

    Raises:
        NeedleError: when the file cannot be opened.
    """
    from ..clock import SystemClock
    from ..store.store import Store

    store = Store(database_path(context.obj), SystemClock())
    try:
        yield store
    finally:
        store.close()
