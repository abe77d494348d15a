"""The checks of the data file: that it is whole, and that what is in it keeps the rules."""

import sqlite3
from itertools import islice
from pathlib import Path

from msgspec import Struct

from ....clock import Clock
from ....domain.errors import DamagedError, NoDataError
from ...derived import wrong_contacts, wrong_sums
from ...facts import read_settings, wrong_settings
from ...schema import SCHEMA_VERSION
from ...schema.steps import version_of
from ..data_file import must_have_our_mark, read_only
from ..rules import SET_RULES
from . import finders as find
from .finders import Finder, OpenFile

SHOWN = 5  # of what one check found


class Check(Struct, frozen=True):
    """One thing that must hold."""

    name: str  # what holds where nothing is found, as a line of `needle check`
    find: Finder
    quick: bool = False  # whether it takes so little time that each opening makes it as well
    needs_rows: bool = True  # whether it reads tables, and so needs a file of this version


CHECKS = (
    Check("Its tables are ours, and all are there", find.tables, quick=True, needs_rows=False),
    Check("The file is whole", find.integrity, quick=True, needs_rows=False),
    Check("Every index has what its table has", find.indexes, needs_rows=False),
    Check("It is of this version", find.version, quick=True, needs_rows=False),
    Check("Nothing refers to what is gone", find.foreign_keys, quick=True),
    Check("There is room on the disk", find.space, quick=True, needs_rows=False),
    Check("What was done is in a backup", find.backups),
    Check(
        "Only you can read it, and you can write", find.permissions, quick=True, needs_rows=False
    ),
    Check("The clock has not run backwards", find.clock, quick=True),
    *(Check(name, find.rule(*found)) for name, *found in SET_RULES),
    Check("Entries fill their quotas as the rule says", find.quotas),
    Check("Each row keeps the rules", find.rows),
    Check("Names are compared as they read", find.names),
    Check("What is kept of each day adds up to its entries", lambda it: wrong_sums(it.connection)),
    Check("Each buyer in the log is a contact", lambda it: wrong_contacts(it.connection)),
    Check("The settings can be read", lambda it: wrong_settings(read_settings(it.connection))),
    Check("Every change can be undone", find.LOST_STEPS),
    Check("Other machines can tell its rows apart", find.told),
)
"""All checks, in the order in which they are made."""


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
            wanted = check.quick or not quick
            if wanted and not (check.needs_rows and file.version != SCHEMA_VERSION):
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
        why = "It cannot be checked: the file holds a value that is not allowed."
        return Finding(check.name, (why,))
    if more:
        first.append(f"And {more:,} more.")
    return Finding(check.name, tuple(first))
