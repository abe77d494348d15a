"""Exporting and importing as the commands do, without the commands."""

import sqlite3
from collections import defaultdict
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Any

from needlemover.exchange.formats import OURS, format_of
from needlemover.exchange.ours.csv_zip import write_csv
from needlemover.exchange.ours.json_file import write_json
from needlemover.store.buyer_rows import IS_THERE
from needlemover.store.imports.content import ImportResult
from needlemover.store.schema.tables import IDENTITY
from needlemover.store.store import Store

from ..conftest import SetClock
from ..store.conftest import dump

UIDS = defaultdict(lambda: "{0}.uid", contact="coalesce({0}.uid, {0}.name_key)", entry=IDENTITY)
REFERS = {"came_from": "activity", "follows": "entry"} | {
    f"{name}_id": name for name in ("activity", "problem", "contact", "batch")
}
APART = {"kept_past", "undone_entry", "last_use", "import_answer", "double_key"}
NOW = datetime(2026, 11, 24, 15, 40)


def new_store(path: Path) -> Store:
    return Store(path, SetClock(NOW))


def export(store: Store, path: Path, name: str = "json") -> bytes:
    """All data of a file; what was written."""
    write = write_csv if name == "csv" else write_json
    with path.open("wb") as file, store.exports.reading() as data:
        write(data, file)
    return path.read_bytes()


def take_in(store: Store, path: Path, *, dry_run: bool = False) -> ImportResult:
    with OURS[format_of(path)](path, store.clock.now()) as data:
        return store.exports.add(data, file_name=path.name, dry_run=dry_run)


def content(store: Store) -> dict[str, list[tuple[Any, ...]]]:
    """All rows that are no history and no cache, and that undo does not leave alone.

    What tells a row from all others, whatever its id is, stands in the place of that. Settings of
    which none is chosen any more are as if they had never been.
    """
    found = {}
    with closing(sqlite3.connect(store.path)) as connection:
        for name in dump(store.path).keys() - APART:
            columns = [row[1] for row in connection.execute(f"PRAGMA table_info({name})")]
            said = [_said(name, column) for column in columns]
            which = IS_THERE if name == "contact" else True
            rows = connection.execute(f"SELECT {', '.join(said)} FROM {name} WHERE {which}")
            found[name] = sorted(rows, key=repr)
    found["settings"] = [row for row in found["settings"] if set(row) != {None}]
    return found


def _said(table: str, column: str) -> str:
    """What a column says, whatever the ids are."""
    if column == "uid":
        return UIDS[table].format(table)
    of = "entry" if table == "old_offer" and column == "id" else REFERS.get(column)
    if of is not None:
        uid = UIDS[of].format("it").replace("entry.", "it.")
        return f'(SELECT {uid} FROM {of} AS it WHERE it.id = {table}."{column}")'
    return "NULL" if column in ("id", "last_seen") else f'{table}."{column}"'
