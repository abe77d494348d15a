"""Whether the tables, views and triggers of a file are ours. Nothing of them is run to tell."""

import sqlite3
from contextlib import closing
from pathlib import Path

from msgspec import Struct

from ...domain.errors import DamagedError
from ...text.format import quoted
from . import SCHEMA_MARK, SCHEMA_VERSION, Schema, mark_of, plain_sql, schema_of


class Difference(Struct, frozen=True):
    """What in a file is not as we make it."""

    sentence: str
    is_harmless: bool


def usual_schema(version: int) -> Schema:
    """What is in every file of a version."""
    from . import steps  # a file like all others is known by its mark

    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        steps.run_steps(connection, steps.STEPS[:version])
        return schema_of(connection)


def differences(connection: sqlite3.Connection, version: int) -> list[Difference]:
    """How a file differs from those that we make of the version that it says it is of."""
    there = schema_of(connection)
    if version == SCHEMA_VERSION and mark_of(there) == SCHEMA_MARK:
        return []
    usual = usual_schema(version)
    found = []
    for (kind, name), statement in usual.items():
        if (kind, name) not in there:
            found.append(Difference(f"the {kind} {name} is missing", kind == "index"))
        elif plain_sql(statement) != plain_sql(there[kind, name]):
            lost = _lost_column(connection, name, statement) if kind == "table" else None
            sentence = f"the {kind} {name} is not the one that Needlemover makes"
            if lost is not None:
                sentence = f"the column {lost} of the table {name} is missing"
            found.append(Difference(sentence, is_harmless=False))
    for kind, name in there.keys() - usual.keys():
        sentence = f"the {kind} {quoted(name)} belongs to another program"
        found.append(Difference(sentence, kind in ("table", "index")))
    return found


def must_be_usual(connection: sqlite3.Connection, version: int, path: Path) -> None:
    """Refuse (`DamagedError`) a file that would run something else, or lacks what is needed."""
    for item in differences(connection, version):
        if not item.is_harmless:
            raise DamagedError(f"{path} is damaged: {item.sentence}.")


def _lost_column(connection: sqlite3.Connection, table: str, statement: str) -> str | None:
    """The first column that a table should have and has not."""
    with closing(sqlite3.connect(":memory:")) as usual:
        usual.execute(statement)
        wanted, there = (
            [row[1] for row in it.execute(f'PRAGMA table_info("{table}")')]
            for it in (usual, connection)
        )
    return next((name for name in wanted if name not in there), None)
