"""The checks that there are. A new one is a function with `@check` in a module beside this one."""

import sqlite3
from collections.abc import Callable, Iterable
from datetime import datetime
from pathlib import Path

from msgspec import Struct


class Looked(Struct, frozen=True):
    """What a check is handed."""

    connection: sqlite3.Connection
    """Reads only, one state of the data."""
    path: Path
    now: datetime
    """UTC."""
    version: int
    """Of the file's tables."""


Finder = Callable[[Looked], Iterable[str]]
"""Says what is wrong, a sentence each; nothing where all is well."""


class Check(Struct, frozen=True):
    """One thing that must hold."""

    name: str
    """What holds where nothing is found."""
    find: Finder
    is_quick: bool
    """Whether it is made at each opening as well."""
    is_of_rows: bool
    """Whether it reads tables, and so needs a file of this version."""


CHECKS: list[Check] = []
"""All checks, in the order in which they are made."""


def check(name: str, *, quick: bool = False, of_rows: bool = True) -> Callable[[Finder], Finder]:
    """Add a check.

    Args:
        name: what holds where nothing is found, as a line of `needle check`.
        quick: whether it takes so little time that it is made at each opening.
        of_rows: whether it reads tables.
    """

    def add(find: Finder) -> Finder:
        CHECKS.append(Check(name, find, quick, of_rows))
        return find

    return add
