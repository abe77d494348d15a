"""Makes the checks and says what they found."""

import sqlite3
from itertools import islice
from pathlib import Path

from msgspec import Struct

from ....clock import Clock
from ....domain.errors import DamagedError
from ....schema import SCHEMA_VERSION
from ...schema.steps import version_of
from ..data_file import must_be_ours, read_only
from .registry import CHECKS, Check, Looked

SHOWN = 5
"""Of what one check found."""


class Found(Struct, frozen=True):
    """What one check found."""

    name: str
    sentences: tuple[str, ...] = ()
    is_damage: bool = False
    """Whether the check could not even read the file."""


class Report(Struct, frozen=True):
    """What the checks found."""

    path: Path
    found: tuple[Found, ...]
    """Each check that was made."""
    is_behind: bool
    """Whether the file is of an older version: the app will bring it up."""

    @property
    def wrong(self) -> tuple[Found, ...]:
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
    """Make the checks, or the quick ones, on a connection of their own.

    A file that is damaged is not looked into any further.

    Raises:
        NeedleError: when the file is not there, cannot be read, or is not ours.
    """
    found: list[Found] = []
    with read_only(path) as connection:
        must_be_ours(connection, path)
        looked = Looked(connection, path, clock.now(), version_of(connection))
        for check in CHECKS:
            wanted = check.is_quick or not quick
            if wanted and not (check.is_of_rows and looked.version != SCHEMA_VERSION):
                found.append(_made(check, looked))
            if found and found[-1].is_damage:
                break
    return Report(path, tuple(found), is_behind=looked.version < SCHEMA_VERSION)


def _made(check: Check, looked: Looked) -> Found:
    try:
        sentences = iter(check.find(looked))
        first = list(islice(sentences, SHOWN))
        more = sum(1 for _ in sentences)
    except (DamagedError, sqlite3.DatabaseError) as error:
        return Found(check.name, (f"It is damaged: {error}".rstrip(".") + ".",), is_damage=True)
    except (ValueError, TypeError):  # what is wrong with it, another check says
        return Found(
            check.name, ("It cannot be checked: the file holds a value that is not allowed.",)
        )
    if more:
        first.append(f"And {more:,} more.")
    return Found(check.name, tuple(first))
