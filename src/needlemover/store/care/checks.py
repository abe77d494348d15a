"""The checks of the data file: that it is whole, and that what is in it keeps the rules."""

import os
import shutil
import sqlite3
import stat
from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime, timedelta
from itertools import islice
from pathlib import Path

from msgspec import Struct

from ...clock import Clock
from ...domain.calls.entry import Outcome, contact_key
from ...domain.day import ONE_DAY
from ...domain.errors import DamagedError, NoDataError
from ...paths import backup_folder
from ...text.format import file_size, long_day
from ..derived import wrong_contacts, wrong_quotas, wrong_sums
from ..entry_facts import sql_list
from ..facts import read_settings, wrong_settings
from ..schema import SCHEMA_VERSION
from ..schema.steps import differences, must_be_usual, version_of
from ..schema.tables import SETTINGS, instant_text
from .backups import Backups
from .data_file import must_have_our_mark, read_only
from .rules import AFTER_NOW, SET_RULES, SLACK, FaultError, Rules, row_reader
from .sections import IDENTITIES, SECTIONS, rows_of

SHOWN = 5  # of what one check found
_LEAST_SPACE = 20_000_000  # bytes
_WITHOUT_BACKUP = timedelta(days=3)
_NAMED = """
    SELECT 'Activity ' || id || ' is not found by its name.', name, name_key FROM activity
    UNION ALL
    SELECT 'The contact of entry ' || min(id) || ' is not found by its name.', contact, contact_key
    FROM entry WHERE contact IS NOT NULL OR contact_key IS NOT NULL GROUP BY contact, contact_key
"""
_LOST_EDITS = """
    SELECT row FROM (SELECT tbl, row FROM edit UNION SELECT ltrim(tbl, '>'), row FROM outbox)
    WHERE tbl = '{0}' AND row NOT IN (SELECT id FROM "{0}")
"""
"""The rows of a table that are not there any more and have left something to tell."""


class OpenFile(Struct, frozen=True):
    """A file that is checked: each of its methods is a check, and says what is wrong."""

    connection: sqlite3.Connection  # reads only, one state of the data
    path: Path
    now: datetime  # UTC
    version: int  # of the file's tables

    def tables(self) -> Iterator[str]:
        """What is missing, and what another program has put into the file."""
        if self.version <= SCHEMA_VERSION:
            must_be_usual(self.connection, self.version, self.path)
            for sentence in differences(self.connection, self.version):
                yield f"{sentence[0].upper()}{sentence[1:]}."

    def integrity(self) -> tuple[str, ...]:
        """What SQLite finds in its pages."""
        ((said,),) = self.connection.execute("PRAGMA quick_check(1)")
        if said != "ok":
            raise DamagedError(" ".join(said.replace("*", "").split()))
        return ()

    def indexes(self) -> Iterator[str]:
        """What is found only where each index is compared with its table."""
        for (said,) in self.connection.execute("PRAGMA integrity_check(20)"):
            if said != "ok":
                yield " ".join(said.replace("*", "").split()) + "."

    def newer(self) -> Iterator[str]:
        """A newer one can be read by nobody but the version that made it."""
        if self.version > SCHEMA_VERSION:
            yield (
                f"It was made by a newer version of Needlemover (data version {self.version}, this "
                f"one knows {SCHEMA_VERSION}): update Needlemover."
            )

    def space(self) -> Iterator[str]:
        """Less than a backup and a large import need."""
        free = shutil.disk_usage(self.path.parent).free
        if free < max(_LEAST_SPACE, 3 * self.path.stat().st_size):
            yield f"Only {file_size(free)} are free on the disk: make room."

    def backups(self) -> Iterator[str]:
        """A folder in which none can be made, and changes that have long been in none."""
        folder = backup_folder(self.path)
        if folder.exists() and not folder.is_dir():
            yield f"No backup can be made in {folder}: it is not a folder."
            return
        if folder.exists() and not os.access(folder, os.R_OK | os.W_OK | os.X_OK):
            yield f"No backup can be made in {folder}: change its permissions."
            return
        days = [item.day for item in Backups(self.path, Clock()).all() if item.day and item.size]
        today = self.now.date()
        newest = max((day for day in days if day <= today + ONE_DAY), default=date.min)
        query = "SELECT min(changed_at) FROM change WHERE changed_at >= ?"
        ((first,),) = self.connection.execute(query, (f"{newest + ONE_DAY}",))
        if first is not None and today - date.fromisoformat(first[:10]) > _WITHOUT_BACKUP:
            yield f"What was done since {long_day(date.fromisoformat(first[:10]))} is in no backup."

    def permissions(self) -> Iterator[str]:
        """Who else may read it, and what keeps it from being written."""
        for path in (self.path, self.path.parent):
            if not os.access(path, os.W_OK):
                yield f"{path} cannot be written to: change its permissions."
        if os.name == "posix" and stat.S_IMODE(self.path.stat().st_mode) & 0o077:
            yield f"Others on this computer may read {self.path}: type chmod 600 and its name."

    def clock(self) -> Iterator[str]:
        """What was logged later than now."""
        query = "SELECT count(*), max(logged_at) FROM entry WHERE logged_at > ?"
        ((many, last),) = self.connection.execute(query, (instant_text(self.now + SLACK),))
        if many:
            when, what = datetime.fromisoformat(last), "entry was" if many == 1 else "entries were"
            yield (
                f"{many:,} {what} logged after now, the last at {when:%Y-%m-%d %H:%M} UTC: set the "
                "clock of this computer, or correct their day."
            )

    def quotas(self) -> Iterator[str]:
        """Entries that count though they should not, or the other way round."""
        known = f"outcome IS NULL OR outcome IN ({sql_list(frozenset(Outcome))})"
        for row, day, should in wrong_quotas(self.connection, known):
            yield f"Entry {row} of {day} {'should fill' if should else 'should not fill'} a quota."

    def rows(self) -> Iterator[str]:
        """What no import would let in. What is logged after now, the check of the clock says."""
        activities = rows_of(self.connection, SECTIONS["activities"])
        rules = Rules(self.now, {row["id"] for row in activities if row["is_sales"]})
        for name, section in SECTIONS.items():
            read = row_reader(name)
            for row in rows_of(self.connection, section) if section.table is not SETTINGS else ():
                try:
                    fault = rules.fault(name, read(row))
                except FaultError as error:
                    fault = error.fault
                if fault is not None and fault != AFTER_NOW:
                    field, why = fault
                    yield f"Row {row['id']} of {section.table.name}: its {field} {why}."

    def names(self) -> Iterator[str]:
        """Activities and contacts that would not be found by their name."""
        for sentence, name, key in self.connection.execute(_NAMED):
            if name is None or contact_key(name) != key:
                yield sentence

    def told(self) -> Iterator[str]:
        """What is told of rows that are not there, and rows that others take for one."""
        if self.connection.execute("SELECT 1 FROM sync").fetchone() is None:
            yield "When fields were edited is not kept: the next change mends that."
        for table, identity in IDENTITIES.items():
            for (row,) in self.connection.execute(_LOST_EDITS.format(table.name)):
                yield f"Row {row} of {table.name} was edited but is not there."
            query = f"SELECT min(id) FROM {table.name} GROUP BY {identity.format(table.name)}"
            for (row,) in self.connection.execute(f"{query} HAVING count(*) > 1"):
                yield f"Row {row} of {table.name} has the uid of another one."


Finder = Callable[[OpenFile], Iterable[str]]  # a sentence for each thing that is wrong


def _rule(statement: str, sentence: str) -> Finder:
    """Says a sentence of each row that a statement finds."""
    return lambda file: (sentence.format(*row) for row in file.connection.execute(statement))


_REFERS = "PRAGMA foreign_key_check", "Row {1} of {0} refers to a row of {2} that is not there."
_LOST_STEPS = (
    """
    SELECT id FROM changed_row WHERE EXISTS (
        SELECT 1 FROM (SELECT "before" AS image UNION ALL SELECT "after")
        WHERE image IS NOT NULL AND iif(json_valid(image), json_type(image), '') <> 'object'
    )
    """,
    "Step {} of the undo history cannot be read.",
)


class Check(Struct, frozen=True):
    """One thing that must hold."""

    name: str  # what holds where nothing is found, as a line of `needle check`
    find: Finder
    quick: bool = False  # whether it takes so little time that each opening makes it as well
    reads: bool = True  # whether it reads tables, and so needs a file of this version


CHECKS = (
    Check("Its tables are ours, and all are there", OpenFile.tables, quick=True, reads=False),
    Check("The file is whole", OpenFile.integrity, quick=True, reads=False),
    Check("Every index has what its table has", OpenFile.indexes, reads=False),
    Check("It is of this version", OpenFile.newer, quick=True, reads=False),
    Check("Nothing refers to what is gone", _rule(*_REFERS), quick=True),
    Check("There is room on the disk", OpenFile.space, quick=True, reads=False),
    Check("What was done is in a backup", OpenFile.backups),
    Check("Only you can read it, and you can write", OpenFile.permissions, quick=True, reads=False),
    Check("The clock has not run backwards", OpenFile.clock, quick=True),
    *(Check(name, _rule(*found)) for name, *found in SET_RULES),
    Check("Entries fill their quotas as the rule says", OpenFile.quotas),
    Check("Each row keeps the rules", OpenFile.rows),
    Check("Names are compared as they read", OpenFile.names),
    Check("What is kept of each day adds up to its entries", lambda it: wrong_sums(it.connection)),
    Check("Each buyer in the log is a contact", lambda it: wrong_contacts(it.connection)),
    Check("The settings can be read", lambda it: wrong_settings(read_settings(it.connection))),
    Check("Every change can be undone", _rule(*_LOST_STEPS)),
    Check("Other machines can tell its rows apart", OpenFile.told),
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
            if wanted and not (check.reads and file.version != SCHEMA_VERSION):
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
