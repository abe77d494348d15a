"""Exporting and importing as the commands do, without the commands."""

from datetime import datetime
from pathlib import Path
from typing import Any

from needlemover.exchange.formats import OURS, format_of
from needlemover.exchange.ours.csv_zip import write_csv
from needlemover.exchange.ours.json_file import write_json
from needlemover.store.imports.content import ImportResult
from needlemover.store.store import Store

from ..conftest import SetClock
from ..store.conftest import dump

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

    Settings of which none is chosen any more are as if they had never been.
    """
    tables = {name: rows for name, rows in dump(store.path).items() if name not in APART}
    tables["settings"] = [row for row in tables["settings"] if set(row[1:]) != {None}]
    return tables
