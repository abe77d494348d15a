"""What each check looks for: in the file itself, then the rules that the schema cannot express."""

import os
import shutil
import sqlite3
import stat
from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

from msgspec import Struct

from ....clock import Clock
from ....domain.calls.entry import Outcome, contact_key
from ....domain.day import ONE_DAY
from ....domain.errors import DamagedError
from ....paths import backup_folder
from ....text.format import file_size, long_day
from ...derived import wrong_quotas
from ...entry_facts import sql_list
from ...schema import SCHEMA_VERSION
from ...schema.steps import differences, must_be_usual
from ...schema.tables import SETTINGS
from ..backups import Backups
from ..rules import AFTER_NOW, SLACK, FaultError, Rules, row_reader
from ..sections import IDENTITIES, SECTIONS, rows_of

_LEAST_SPACE = 20_000_000  # bytes
_WITHOUT_BACKUP = timedelta(days=3)


class OpenFile(Struct, frozen=True):
    """What a check is handed."""

    connection: sqlite3.Connection  # reads only, one state of the data
    path: Path
    now: datetime  # UTC
    version: int  # of the file's tables


def tables(file: OpenFile) -> Iterator[str]:
    """What is missing, and what another program has put into the file."""
    if file.version <= SCHEMA_VERSION:
        must_be_usual(file.connection, file.version, file.path)
        for sentence in differences(file.connection, file.version):
            yield f"{sentence[0].upper()}{sentence[1:]}."


def integrity(file: OpenFile) -> Iterator[str]:
    """What SQLite finds in its pages."""
    ((said,),) = file.connection.execute("PRAGMA quick_check(1)")
    if said != "ok":
        raise DamagedError(" ".join(said.replace("*", "").split()))
    return iter(())


def indexes(file: OpenFile) -> Iterator[str]:
    """What is found only where each index is compared with its table."""
    for (said,) in file.connection.execute("PRAGMA integrity_check(20)"):
        if said != "ok":
            yield " ".join(said.replace("*", "").split()) + "."


def version(file: OpenFile) -> Iterator[str]:
    """A newer one can be read by nobody but the version that made it."""
    if file.version > SCHEMA_VERSION:
        yield (
            f"It was made by a newer version of Needlemover (data version {file.version}, this "
            f"one knows {SCHEMA_VERSION}): update Needlemover."
        )


def foreign_keys(file: OpenFile) -> Iterator[str]:
    """Rows whose activity, entry or import is not there."""
    for table, row, parent, _ in file.connection.execute("PRAGMA foreign_key_check"):
        yield f"Row {row} of {table} refers to a row of {parent} that is not there."


def space(file: OpenFile) -> Iterator[str]:
    """Less than a backup and a large import need."""
    free = shutil.disk_usage(file.path.parent).free
    if free < max(_LEAST_SPACE, 3 * file.path.stat().st_size):
        yield f"Only {file_size(free)} are free on the disk: make room."


def backups(file: OpenFile) -> Iterator[str]:
    """A folder in which none can be made, and changes that have long been in none."""
    folder = backup_folder(file.path)
    if folder.exists() and not folder.is_dir():
        yield f"No backup can be made in {folder}: it is not a folder."
        return
    if folder.exists() and not os.access(folder, os.R_OK | os.W_OK | os.X_OK):
        yield f"No backup can be made in {folder}: change its permissions."
        return
    days = [item.day for item in Backups(file.path, Clock()).all() if item.day and item.size]
    today = file.now.date()
    newest = max((day for day in days if day <= today + ONE_DAY), default=date.min)
    ((first,),) = file.connection.execute(
        "SELECT min(changed_at) FROM change WHERE changed_at >= ?", (f"{newest + ONE_DAY}",)
    )
    if first is not None and today - date.fromisoformat(first[:10]) > _WITHOUT_BACKUP:
        yield f"What was done since {long_day(date.fromisoformat(first[:10]))} is in no backup."


def permissions(file: OpenFile) -> Iterator[str]:
    """Who else may read it, and what keeps it from being written."""
    for path in (file.path, file.path.parent):
        if not os.access(path, os.W_OK):
            yield f"{path} cannot be written to: change its permissions."
    if os.name == "posix" and stat.S_IMODE(file.path.stat().st_mode) & 0o077:
        yield f"Others on this computer may read {file.path}: type chmod 600 and its name."


def clock(file: OpenFile) -> Iterator[str]:
    """What was logged later than now."""
    latest = f"{file.now + SLACK:%Y-%m-%dT%H:%M:%SZ}"
    ((many, last),) = file.connection.execute(
        "SELECT count(*), max(logged_at) FROM entry WHERE logged_at > ?", (latest,)
    )
    if many:
        when = datetime.fromisoformat(last)
        yield (
            f"{many:,} {'entry was' if many == 1 else 'entries were'} logged after now, the last "
            f"at {when:%Y-%m-%d %H:%M} UTC: set the clock of this computer, or correct their day."
        )


Finder = Callable[[OpenFile], Iterable[str]]  # a sentence for each thing that is wrong


def rule(statement: str, sentence: str) -> Finder:
    """Says a sentence of each row that a statement finds."""
    return lambda file: (sentence.format(*row) for row in file.connection.execute(statement))


def quotas(file: OpenFile) -> Iterator[str]:
    """Entries that count though they should not, or the other way round."""
    known = f"outcome IS NULL OR outcome IN ({sql_list(frozenset(Outcome))})"
    for row, day, should in wrong_quotas(file.connection, known):
        yield f"Entry {row} of {day} {'should fill' if should else 'should not fill'} a quota."


def rows(file: OpenFile) -> Iterator[str]:
    """What no import would let in. What is logged after now, the check of the clock says."""
    activities = rows_of(file.connection, SECTIONS["activities"])
    rules = Rules(file.now, {row["id"] for row in activities if row["is_sales"]})
    for name, section in SECTIONS.items():
        read = row_reader(section)
        for row in rows_of(file.connection, section) if section.table is not SETTINGS else ():
            try:
                fault = rules.fault(name, read(row))
            except FaultError as error:
                fault = error.fault
            if fault is not None and fault != AFTER_NOW:
                field, why = fault
                yield f"Row {row['id']} of {section.table.name}: its {field} {why}."


def names(file: OpenFile) -> Iterator[str]:
    """Activities and contacts that would not be found by their name."""
    for row, name, key in file.connection.execute("SELECT id, name, name_key FROM activity"):
        if contact_key(name) != key:
            yield f"Activity {row} is not found by its name."
    rows = file.connection.execute(
        "SELECT min(id), contact, contact_key FROM entry "
        "WHERE contact IS NOT NULL OR contact_key IS NOT NULL GROUP BY contact, contact_key"
    )
    for row, contact, key in rows:
        if contact is None or contact_key(contact) != key:
            yield f"The contact of entry {row} is not found by its name."


def told(file: OpenFile) -> Iterator[str]:
    """What is told of rows that are not there, and rows that others take for one."""
    if file.connection.execute("SELECT 1 FROM sync").fetchone() is None:
        yield "When fields were edited is not kept: the next change mends that."
    for table, identity in IDENTITIES.items():
        for (row,) in file.connection.execute(LOST_EDITS.format(table.name)):
            yield f"Row {row} of {table.name} was edited but is not there."
        query = f"SELECT min(id) FROM {table.name} GROUP BY {identity.format(table.name)}"
        for (row,) in file.connection.execute(f"{query} HAVING count(*) > 1"):
            yield f"Row {row} of {table.name} has the uid of another one."


LOST_EDITS = """
    SELECT row FROM (SELECT tbl, row FROM edit UNION SELECT ltrim(tbl, '>'), row FROM outbox)
    WHERE tbl = '{0}' AND row NOT IN (SELECT id FROM "{0}")
"""
"""The rows of a table that are not there any more and have left something to tell."""
LOST_STEPS = rule(
    """
    SELECT id FROM changed_row WHERE EXISTS (
        SELECT 1 FROM (SELECT "before" AS image UNION ALL SELECT "after")
        WHERE image IS NOT NULL AND iif(json_valid(image), json_type(image), '') <> 'object'
    )
    """,
    "Step {} of the undo history cannot be read.",
)
