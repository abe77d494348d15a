"""Our own JSON: all data in one object, a list a section, a line a row.

The same data always give the same bytes. Everything is as the database has it: days in ISO 8601,
instants in UTC, durations in seconds, money in minor units.
"""

import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO

from ...domain.errors import NeedleError
from ...store.care.sections import ENTRIES, SECTIONS, Data, Row
from ...text.format import quoted, shown
from ...text.plain import CONTROL
from ..csv_shape import must_be_a_file, said_plainly
from .json_stream import DamagedJsonError, JsonStream
from .needle_rows import FORMAT, VERSION, Checker, must_be_known

_SAFE = {code: f"\\u{code:04x}" for code in CONTROL}


def write_json(data: Data, file: BinaryIO) -> int:
    """Write all data; how many entries."""
    file.write(f'{{\n"format": "{FORMAT}",\n"version": {VERSION}'.encode())
    encoder = json.JSONEncoder(ensure_ascii=False)
    written = 0
    for section in SECTIONS.values():
        rows = data.entries if section is ENTRIES else data.sections[section.name]
        file.write(f',\n"{section.name}": ['.encode())
        comma = b"\n"
        written = 0
        for row in rows:
            # No sign is left that a terminal would obey.
            line = encoder.encode(row).translate(_SAFE)
            file.write(comma + line.encode())
            comma = b",\n"
            written += 1
        file.write(b"\n]" if written else b"]")
    file.write(b"\n}\n")
    return written


@contextmanager
def opened_json(path: Path) -> Iterator[Data]:
    """All data of a file; the entries are read and proved as they are asked for.

    Raises:
        NeedleError: when it cannot be read, or is no export of ours.
    """
    with said_plainly(path), _damage_said(path):
        must_be_a_file(path)
        with path.open(encoding="utf-8-sig", newline="") as file:
            data = _Reader(JsonStream(file), path.name).data()
            yield Data(data.sections, _said(path, data.entries))


def _said(path: Path, entries: Iterable[Row]) -> Iterator[Row]:
    """The entries; what goes wrong with the file meanwhile is not taken for the data's own."""
    with said_plainly(path), _damage_said(path):
        yield from entries


class _Reader:
    def __init__(self, stream: JsonStream, file_name: str) -> None:
        self._stream = stream
        self._members = stream.members()
        self._file_name = file_name
        self._checker = Checker(_place, file_name)
        self._seen: set[str] = set()

    def data(self) -> Data:
        self._must_be_ours()
        found: dict[str, list[Any]] = {}
        for name in self._members:
            self._must_be_new(name)
            if not self._stream.starts_a_list():
                raise self._refused(f"{name} is no list")
            if name == ENTRIES.name:
                break
            found[name] = list(self._stream.items())
        else:
            raise self._refused(f"{ENTRIES.name} is missing")
        sections = self._checker.sections(found)
        return Data(sections, self._checker.entries(self._entries()))

    def _must_be_ours(self) -> None:
        for expected in ("format", "version"):
            if next(self._members, None) != expected:
                raise self._refused(f"{expected} does not stand at its beginning")
            value = self._stream.value()
            if expected == "version":
                must_be_known(value)
            elif value != FORMAT:
                raise self._refused("it is of another program")

    def _must_be_new(self, name: str) -> None:
        if name in self._seen or name not in SECTIONS:
            why = "is there twice" if name in self._seen else "is unknown"
            raise self._refused(f"{quoted(name)} {why}")
        self._seen.add(name)

    def _entries(self) -> Iterator[Any]:
        yield from self._stream.items()
        for name in self._members:
            raise self._refused(f"{quoted(name)} stands behind the entries, which come last")

    def _refused(self, why: str) -> NeedleError:
        return NeedleError(
            f"{shown(self._file_name)} cannot be imported: {why}. Export it again; nothing was "
            "changed."
        )


def _place(section: str, number: int, name: str) -> str:
    return f"{section}[{number}]{f'.{name}' if name else ''}"


@contextmanager
def _damage_said(path: Path) -> Iterator[None]:
    try:
        yield
    except DamagedJsonError as error:
        raise NeedleError(
            f"{shown(path.name)} {error}. Export it again; nothing was changed."
        ) from error
    except UnicodeDecodeError as error:
        raise NeedleError(
            f"{shown(path.name)} is damaged: it holds what is no text in UTF-8. Export it again; "
            "nothing was changed."
        ) from error
