"""Reading a file of another program as the command does, without the command."""

import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from needlemover.exchange.call_map import CallMap, Pair, call_map
from needlemover.exchange.formats import opened_file
from needlemover.exchange.reading import BadRow, Reading, Request
from needlemover.store.imports.content import ImportedEntry, ImportSummary
from needlemover.store.store import Store

DATA = Path(__file__).parents[1] / "data"


@dataclass(frozen=True)
class Read:
    """A file, read."""

    reading: Reading
    entries: list[ImportedEntry]
    bad: list[BadRow]

    @property
    def promises(self) -> dict[str, object]:
        """What each activity promises."""
        return {item.name: item.terms for item in self.reading.activities}

    @property
    def flags(self) -> list[tuple[int, str]]:
        return self.reading.flags()

    def of(self, activity: str) -> list[ImportedEntry]:
        return [entry for entry in self.entries if entry.activity == activity]


def options(
    mapped: Iterable[str] = (), values: Iterable[str] = (), date_format: str | None = None
) -> CallMap:
    """What the options of a command come to."""
    typed = [("map", each) for each in mapped] + [("value", each) for each in values]
    return call_map(typed if date_format is None else [*typed, ("date-format", date_format)])


def request(
    store: Store,
    path: Path,
    *,
    mapped: tuple[str, ...] = (),
    values: tuple[str, ...] = (),
    date_format: str | None = None,
    format_name: str | None = None,
    answers: tuple[Pair, ...] = (),
) -> Request:
    return Request(
        path,
        store.moment(),
        call_map((*options(mapped, values, date_format).options, *answers)),
        format_name,
        activity_names=tuple(item.name for item in store.activities.all(archived=True)),
    )


def read(store: Store, path: Path, **how: object) -> Read:
    """Read a file to its end."""
    with opened_file(request(store, path, **how)) as reading:  # type: ignore[arg-type]
        records = list(reading.records)
    entries = [record for record in records if isinstance(record, ImportedEntry)]
    bad = [record for record in records if isinstance(record, BadRow)]
    return Read(reading, entries, bad)


def bring_in(store: Store, path: Path, **how: object) -> ImportSummary:
    """Read a file and add what it holds."""
    found = read(store, path, **how)
    return store.imports.add(
        found.entries,
        source=found.reading.source,
        file_name=path.name,
        activities=found.reading.activities,
        days_off=found.reading.days_off,
        promised=found.reading.promised,
    )


def packed(folder: Path, into: Path) -> Path:
    """A folder as a zip."""
    with zipfile.ZipFile(into, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                archive.write(path, path.relative_to(folder).as_posix())
    return into
