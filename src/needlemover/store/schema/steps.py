"""The steps that bring a file of any version up to this one, and what a file of each is made of.

An empty file takes them all. Nothing that a file brings is run to tell whether it is ours.

A step that people's files have behind them is never changed: a new version is one more file in
`versions`, one more in `SCHEMA_VERSION`, and another `SCHEMA_MARK`. A table with constraints is
made anew rather than given a column, so that it has the same text in every file.
"""

import sqlite3
from collections.abc import Callable, Iterable
from contextlib import closing
from pathlib import Path

from ...domain.errors import DamagedError, NeedleError
from ...text.format import quoted
from . import APPLICATION_ID, SCHEMA_MARK, SCHEMA_VERSION, Schema, mark_of, plain_sql, schema_of

_FILES = sorted(Path(__file__).with_name("versions").glob("*.sql"))
STEPS = tuple(path.read_text("utf-8") for path in _FILES)
"""Each leads from the version that is its place, 0 of an empty file, to the next."""

_OF_THE_STEP = {sqlite3.SQLITE_ERROR, sqlite3.SQLITE_CONSTRAINT}  # unlike a full disk


def bring_up(connection: sqlite3.Connection, copy: Callable[[int], object] | None = None) -> None:
    """Run the steps that a file lacks, all or none, on a connection in no transaction.

    `copy` is called first, with the version of a file that has tables. A `NeedleError` when a step
    fails; a `sqlite3.Error` when the file cannot be written.
    """
    connection.execute("PRAGMA foreign_keys = OFF")  # so that a table can be made anew
    try:
        with connection:
            connection.execute("BEGIN IMMEDIATE")
            # Another process may have been faster, and none can be from here on.
            version = version_of(connection)
            if copy is not None and 0 < version < len(STEPS):
                copy(version)
            try:
                run_steps(connection, STEPS[version:])
                lost = connection.execute("PRAGMA foreign_key_check").fetchone()
            except sqlite3.Error as error:
                # The driver's own errors have no code.
                code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR)
                if code & 0xFF not in _OF_THE_STEP:
                    raise
                raise _failure(str(error)) from error
            if lost is not None:
                raise _failure(f"row {lost[1]} of {lost[0]} refers to nothing")
            connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            connection.execute(f"PRAGMA user_version = {len(STEPS)}")
    finally:
        connection.execute("PRAGMA foreign_keys = ON")


def run_steps(connection: sqlite3.Connection, steps: Iterable[str]) -> None:
    """Run steps, in a transaction that is under way where there is one."""
    statement = ""  # one after the other: the driver's own way would commit first
    for line in "\n".join(steps).splitlines(keepends=True):
        statement += line
        if line.rstrip().endswith(";") and sqlite3.complete_statement(statement):
            connection.execute(statement)
            statement = ""


def version_of(connection: sqlite3.Connection) -> int:
    """The version of a file; 0 when it is empty."""
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def _failure(reason: str) -> NeedleError:
    return NeedleError(
        f"The data could not be brought up to this version ({reason}). They were not changed: "
        "use the version before, and tell us."
    )


def usual_schema(version: int) -> Schema:
    """What is in every file of a version."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        run_steps(connection, STEPS[:version])
        return schema_of(connection)


def differences(connection: sqlite3.Connection, version: int) -> dict[str, bool]:
    """How a file differs from ours of the version that it says; whether that is harmless."""
    there = schema_of(connection)
    if version == SCHEMA_VERSION and mark_of(there) == SCHEMA_MARK:
        return {}
    usual, found = usual_schema(version), {}
    for (kind, name), statement in usual.items():
        if (kind, name) not in there:
            found[f"the {kind} {name} is missing"] = kind == "index"
        elif plain_sql(statement) != plain_sql(there[kind, name]):
            lost = _lost_column(connection, name, statement) if kind == "table" else None
            sentence = f"the {kind} {name} is not the one that Needlemover makes"
            if lost is not None:
                sentence = f"the column {lost} of the table {name} is missing"
            found[sentence] = False
    for kind, name in there.keys() - usual.keys():
        found[f"the {kind} {quoted(name)} belongs to another program"] = kind in ("table", "index")
    return found


def must_be_usual(connection: sqlite3.Connection, version: int, path: Path) -> None:
    """Refuse (`DamagedError`) a file that would run something else, or lacks what is needed."""
    for sentence, is_harmless in differences(connection, version).items():
        if not is_harmless:
            raise DamagedError(f"{path} is damaged: {sentence}.")


def _lost_column(connection: sqlite3.Connection, table: str, statement: str) -> str | None:
    with closing(sqlite3.connect(":memory:")) as usual:
        usual.execute(statement)
        wanted, there = (
            [row[1] for row in it.execute(f'PRAGMA table_info("{table}")')]
            for it in (usual, connection)
        )
    return next((name for name in wanted if name not in there), None)
