"""The tables, their steps, and what marks a file as ours: that loads without the rest."""

import sqlite3

APPLICATION_ID = 0x4E45454C  # in the file's header: no other database is taken for ours

SCHEMA_VERSION = 14  # of the tables; each version has its step in `steps`

SCHEMA_MARK = "5501e841afef08d179c28a28cbac736d"  # of its tables, views and triggers

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

    said = "\1".join(sorted(f"{kind}\0{name}\0{text}" for (kind, name), text in schema.items()))
    plain = said.encode("utf-8", "replace").translate(None, b' \t\n\r\f\v"')
    return sha256(plain).hexdigest()[:32]


def plain_sql(statement: str) -> str:
    """A statement without what only lays it out, which the tools of earlier versions did."""
    return "".join(statement.replace('"', "").split())
