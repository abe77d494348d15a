"""The checks there are, and what they find. A new one is a function with `@check`."""

import sqlite3
from collections.abc import Callable, Iterable
from datetime import datetime
from itertools import islice
from pathlib import Path

from msgspec import Struct

from ....clock import Clock
from ....domain.errors import DamagedError, NoDataError
from ...schema import SCHEMA_VERSION
from ...schema.steps import version_of
from ..data_file import must_have_our_mark, read_only

SHOWN = 5  # of what one check found


class OpenFile(Struct, frozen=True):
    """What a check is handed."""

    connection: sqlite3.Connection  # reads only, one state of the data
    path: Path
    now: datetime  # UTC
    version: int  # of the file's tables


Finder = Callable[[OpenFile], Iterable[str]]  # a sentence for each thing that is wrong


class Check(Struct, frozen=True):
    """One thing that must hold."""

    name: str  # what holds where nothing is found, as a line of `needle check`
    find: Finder
    is_quick: bool  # whether it takes so little time that it is made at each opening as well
    is_of_rows: bool  # whether it reads tables, and so needs a file of this version


CHECKS: list[Check] = []  # all checks, in the order in which they are made


def check(name: str, *, quick: bool = False, of_rows: bool = True) -> Callable[[Finder], Finder]:
    """Add a check; see `Check`."""

    def add(find: Finder) -> Finder:
        CHECKS.append(Check(name, find, quick, of_rows))
        return find

    return add


class Finding(Struct, frozen=True):
    """What one check found."""

    name: str
    sentences: tuple[str, ...] = ()
    is_damage: bool = False  # whether the check could not even read the file


class Report(Struct, frozen=True):
    """What the checks found."""

    path: Path
    found: tuple[Finding, ...]  # each check that was made
    is_behind: bool  # whether the file is of an older version: the app will bring it up

    @property
    def wrong(self) -> tuple[Finding, ...]:
        """The checks that found something."""
        return tuple(item for item in self.found if item.sentences)

    @property
    def damage(self) -> DamagedError | None:
        """What says that the file cannot be read as it should; None: it can."""
        for item in self.found:
            if item.is_damage:
                return DamagedError(f"{self.path}: {item.sentences[0]}")
        return None


def run_checks(path: Path, clock: Clock, *, quick: bool = False) -> Report:
    """Make the checks up to the first damage; a `NeedleError` when there are no data of ours."""
    found: list[Finding] = []
    if not path.exists():
        raise NoDataError(path)
    with read_only(path) as connection:
        must_have_our_mark(connection, path)
        file = OpenFile(connection, path, clock.now(), version_of(connection))
        for check in CHECKS:
            wanted = check.is_quick or not quick
            if wanted and not (check.is_of_rows and file.version != SCHEMA_VERSION):
                found.append(_made(check, file))
            if found and found[-1].is_damage:
                break
    return Report(path, tuple(found), is_behind=file.version < SCHEMA_VERSION)


def _made(check: Check, file: OpenFile) -> Finding:
    try:
        sentences = iter(check.find(file))
        first = list(islice(sentences, SHOWN))
        more = sum(1 for _ in sentences)
    except (DamagedError, sqlite3.DatabaseError) as error:
        why = str(error).removeprefix(f"{file.path} is damaged: ").rstrip(".")
        return Finding(check.name, (f"It is damaged: {why}.",), is_damage=True)
    except (ValueError, TypeError):  # what is wrong with it, another check says
        return Finding(
            check.name, ("It cannot be checked: the file holds a value that is not allowed.",)
        )
    if more:
        first.append(f"And {more:,} more.")
    return Finding(check.name, tuple(first))
