"""Our own JSON: all data in one object, a list a section, a line a row.

The same data always give the same bytes. Everything is as the database has it: days in ISO 8601,
instants in UTC, durations in seconds, money in minor units. It is read line by line, so a file of
any length fits; one that another program laid out anew is read as a whole.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import BinaryIO

import msgspec
from msgspec import Raw

from ...store.care.rules import RawRow
from ...store.care.sections import ENTRIES, SECTIONS, WRITTEN, Data, Row
from ...text.format import quoted
from ...text.plain import CONTROL
from ..files import LARGEST, LimitedLines, file_errors, over_size
from .rows import FORMAT, VERSION, Checker, kept_rows, must_be_ours, refused

_ESCAPED = {code: f"\\u{code:04x}" for code in CONTROL}
_OBEYED = re.compile(f"[{''.join(map(re.escape, map(chr, sorted(CONTROL))))}]")
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"
_BY_LINES = re.compile(rb'(\xef\xbb\xbf)?\{\s*\n"format"')
_HEADING = re.compile(rb'"(\w+)": *\[(\],?)?')


def write_json(data: Data, file: BinaryIO) -> int:
    """Write all data; how many entries."""
    file.write(f'{{\n"format": "{FORMAT}",\n"version": {VERSION}'.encode())
    written = 0
    for section in WRITTEN:
        file.write(f',\n"{section.name}": ['.encode())
        written = 0
        for row in data.rows(section):
            file.write((b",\n" if written else b"\n") + _line(row))
            written += 1
        file.write(b"\n]" if written else b"]")
    file.write(b"\n}\n")
    return written


def _line(row: Row) -> bytes:
    """A row in which no sign is left that a terminal would obey."""
    line = msgspec.json.format(msgspec.json.encode(row), indent=0)
    text = line.decode()
    return text.translate(_ESCAPED).encode() if _OBEYED.search(text) else line


@contextmanager
def opened_json(path: Path, now: datetime) -> Iterator[Data]:
    """All data of a file of ours (others are refused); entries are proved as they are asked for."""
    with file_errors(path):
        file = path.open("rb")
    with file:
        yield _data(path, file, now)


def _data(path: Path, file: BinaryIO, now: datetime) -> Data:
    checker = Checker(_place, path.name, now)
    found: dict[str, list[RawRow]] = {}
    kept = 0
    for name, rows in groupby(_rows(checker, path, file), itemgetter(0)):
        if name == ENTRIES.name:
            return checker.data(found, (row for _, row in rows))
        found[name] = []
        for _, row in kept_rows(rows, name, path.name):
            found[name].append(row)
            kept += len(bytes(row))
            if kept > LARGEST:
                raise over_size(path.name, LARGEST, "only its entries may take more")
    return checker.data(found, ())


def _rows(checker: Checker, path: Path, file: BinaryIO) -> Iterator[tuple[str, bytes | Raw]]:
    """Each row as it is in the file, with the name of its section; the entries come last."""
    with file_errors(path):
        by_lines = _BY_LINES.match(file.read(64))
        file.seek(0)
        yield from (_rows_of_lines if by_lines else _rows_of_all)(checker, path, file)


def _rows_of_lines(checker: Checker, path: Path, file: BinaryIO) -> Iterator[tuple[str, bytes]]:
    lines = _lines(path, file)
    head = b"".join(next(lines, b"") for _ in range(3))
    _members(checker, path, head.removesuffix(b",") + b"}")
    seen = [""]
    for line in lines:
        if line == b"}":
            break
        if heading := _HEADING.fullmatch(line):
            name = heading[1].decode()
            if name not in SECTIONS or name in seen or seen[-1] == ENTRIES.name:
                raise refused(path.name, f"{quoted(name)} is unknown or in the wrong place")
            seen.append(name)
        elif line not in (b"]", b"],"):
            if seen[-1] not in SECTIONS:
                raise refused(path.name, "there is a row before the first section")
            yield seen[-1], line.removesuffix(b",")
    else:
        raise refused(path.name, "it is cut off in the middle")
    if any(lines):
        raise refused(path.name, "something follows its end")
    if seen[-1] != ENTRIES.name:
        raise refused(path.name, "its entries are missing")


def _lines(path: Path, file: BinaryIO) -> Iterator[bytes]:
    lines = LimitedLines(file, path.name)
    for line in lines:
        lines.row.clear()
        if stripped := line.rstrip():
            yield stripped


def _rows_of_all(checker: Checker, path: Path, file: BinaryIO) -> Iterator[tuple[str, Raw]]:
    content = file.read(LARGEST + 1)
    if len(content) > LARGEST:
        raise over_size(path.name, LARGEST, "export it again, as another program laid it out anew")
    members = _members(checker, path, content)
    if unknown := members.keys() - SECTIONS:
        raise refused(path.name, f"{quoted(min(unknown))} is unknown")
    if ENTRIES.name not in members:
        raise refused(path.name, "its entries are missing")
    for name in SECTIONS:
        try:
            rows = msgspec.json.decode(members.get(name, b"[]"), type=list[Raw])
        except msgspec.ValidationError:
            raise refused(path.name, f"{name} is not a list") from None
        yield from ((name, row) for row in rows)


def _members(checker: Checker, path: Path, content: bytes) -> dict[str, Raw]:
    """What an object holds beside the name and version of the format, which must be ours."""
    try:
        members = msgspec.json.decode(content.removeprefix(_BYTE_ORDER_MARK), type=dict[str, Raw])
        said = (members.pop(key, b"null") for key in ("format", "version"))
        name, version = map(msgspec.json.decode, said)
    except (ValueError, RecursionError):
        raise refused(path.name, "it is damaged, or not JSON") from None
    checker.knows_offers = must_be_ours(path.name, name, version)
    return members


def _place(section: str, number: int, name: str) -> str:
    return f"{section}[{number}]{f'.{name}' if name else ''}"
