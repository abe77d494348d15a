"""The tables, their steps, and what marks a file as ours: that loads without the rest."""

import sqlite3

APPLICATION_ID = 0x4E45454C  # in the file's header: no other database is taken for ours

SCHEMA_VERSION = 14  # of the tables; each version has its step in `steps`

SCHEMA_MARK = "fe748acc58aa3fb206c5106901ff0dfc"  # of its tables, views and triggers

Schema = dict[tuple[str, str], str]  # the statements that make what is in a file, by kind and name


def schema_of(connection: sqlite3.Connection) -> Schema:
    """What the file says is in it."""
    rows = connection.execute(
        "SELECT type, name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite!_%' ESCAPE '!'"
    )
    return {(str(kind), str(name)): str(text or "") for kind, name, text in rows}


def mark_of(schema: Schema) -> str:
    """What only files with the same tables, views and triggers have."""
    from hashlib import sha256  # not for a command that a prompt runs

    plain = sorted((kind, name, plain_sql(text)) for (kind, name), text in schema.items())
    return sha256(repr(plain).encode("utf-8", "replace")).hexdigest()[:32]


def plain_sql(statement: str) -> str:
    """A statement without what only lays it out, which the tools of earlier versions did."""
    return "".join(statement.replace('"', "").split())
