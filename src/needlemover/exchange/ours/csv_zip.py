"""Our own CSV: a zip with a file a section, for spreadsheets, from which all can be read back.

UTF-8 with a byte order mark, by which spreadsheets know it; lines end with CR LF. Yes and no are
words, money is in major units with its currency beside. An empty cell is none, `'` an empty text.
The same sign stands where a spreadsheet would take what follows for a formula (at the beginning,
behind what some take for the end of a cell) and before itself there. In version 1 it stands at the
beginning only, and up to version 2 the amount of an ask was money received.
"""

import csv
import io
import re
import zipfile
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from decimal import Decimal
from itertools import chain
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from ...store.care import sections
from ...store.care.sections import Data, ExportField, Kind, Section, Value
from ...text.format import counted, minor_digits, plain_money, quoted
from ..files import LARGEST, LimitedLines, zip_errors
from .rows import FORMAT, Checker, kept_rows, must_be_ours, refused

MARK = "needlemover.csv"  # the file of the zip that says what it is
_SIGN = "'"
_VERSION = 6
_CELL_ENDS = r"(^|[;|\t\r\n])"
_UNSEEN = r"[\s\x00-\x1f\xad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]*"
_FORMULA = re.compile(rf"{_CELL_ENDS}(?={_UNSEEN}['=+\-@＝＋－＠﹦﹢﹣﹫])")
_GUARDED = re.compile(rf"{_CELL_ENDS}'")
_NUMBER = re.compile(r"-?\d{1,20}", re.ASCII)
_MONEY = re.compile(r"-?\d{1,18}(\.\d{1,3})?", re.ASCII)


def write_csv(data: Data, file: BinaryIO) -> int:
    """Write all data; how many entries."""
    currency = sections.settings_in(data.sections["settings"]).currency
    written = 0
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        with _part(archive, MARK) as part:
            csv.writer(part).writerows([("format", "version"), (FORMAT, _VERSION)])
        for section in sections.WRITTEN:
            written = 0
            with _part(archive, f"{section.name}.csv") as part:
                writer = csv.writer(part)
                writer.writerow(_header(section))
                for row in data.rows(section):
                    cells = (_cells(field, row[field.name], currency) for field in section.fields)
                    writer.writerow(chain.from_iterable(cells))
                    written += 1
    return written


@contextmanager
def _part(archive: zipfile.ZipFile, name: str) -> Iterator[io.TextIOWrapper]:
    """A file of the zip, with no time of its own, so that the same data give the same bytes."""
    info = zipfile.ZipInfo(name)
    info.compress_type = zipfile.ZIP_DEFLATED
    info.external_attr = 0o600 << 16
    with (
        archive.open(info, "w", force_zip64=True) as binary,
        io.TextIOWrapper(binary, "utf-8-sig", newline="") as text,
    ):
        yield text


def _columns(field: ExportField) -> tuple[str, ...]:
    """The cells of a field: money has its currency beside it."""
    return (field.name, f"{field.name}_currency") if field.kind is Kind.MONEY else (field.name,)


def _header(section: Section) -> list[str]:
    return [name for field in section.fields for name in _columns(field)]


def _cells(field: ExportField, value: Value, currency: str) -> tuple[str, ...]:
    if value is None:
        return ("",) * len(_columns(field))
    match field.kind:
        case Kind.TEXT:
            text = str(value)
            is_empty = not text and field.is_optional
            return (_SIGN if is_empty else _FORMULA.sub(rf"\1{_SIGN}", text),)
        case Kind.MONEY:
            return plain_money(int(value), currency), currency
        case Kind.YES_NO:
            return ("yes" if value else "no",)
        case _:
            return (str(value),)


@contextmanager
def opened_csv(path: Path, now: datetime) -> Iterator[Data]:
    """All data of a zip of ours (others are refused); entries are proved as they are asked for."""
    with zip_errors(path):
        archive = zipfile.ZipFile(path)
    with archive:
        yield _Reader(archive, path, now).data()


class _Reader:
    def __init__(self, archive: zipfile.ZipFile, path: Path, now: datetime) -> None:
        self._archive = archive
        # By the name within its folder, without what some systems pack beside each file.
        infos = {PurePosixPath(it.filename.replace("\\", "/")): it for it in archive.infolist()}
        self._infos = {path.name: infos[path] for path in infos if "__MACOSX" not in path.parts}
        self._path = path
        self._now = now
        self._checker = Checker(_place, path.name, now)
        self._currency = ""
        self._version: object = _VERSION

    def data(self) -> Data:
        if MARK not in self._infos:
            raise refused(self._path.name, f"{MARK} is missing")
        rows = list(self._lines(MARK))
        if [len(row) for row in rows] != [2, 2]:
            raise refused(self._path.name, f"{MARK} was changed")
        name, version = rows[1]
        self._version = int(version) if _NUMBER.fullmatch(version) else version
        self._checker.knows_offers = must_be_ours(self._path.name, name, self._version, _VERSION)
        found = {}
        for section in sections.SMALL:
            if f"{section.name}.csv" in self._infos:
                kept = kept_rows(self._rows(section), section.name, self._path.name)
                found[section.name] = list(kept)
                if section.name == "settings":
                    proved = Checker(_place, self._path.name, self._now).data(found, ())
                    self._currency = sections.settings_in(proved.sections["settings"]).currency
        if f"{sections.ENTRIES.name}.csv" not in self._infos:
            raise refused(self._path.name, f"{sections.ENTRIES.name}.csv is missing")
        return self._checker.data(found, self._rows(sections.ENTRIES))

    def _lines(self, name: str) -> Iterator[list[str]]:
        with (
            zip_errors(self._path),
            self._archive.open(self._infos[name]) as binary,
            io.TextIOWrapper(binary, "utf-8-sig", newline="") as text,
        ):
            most = None if name == f"{sections.ENTRIES.name}.csv" else LARGEST
            lines = LimitedLines(text, self._path.name, most)
            for row in csv.reader(lines, strict=True):
                lines.row.clear()
                yield row

    def _rows(self, section: Section) -> Iterator[dict[str, Value]]:
        lines = self._lines(f"{section.name}.csv")
        header = next(lines, [])
        if more := Counter(header) - Counter(_header(section)):
            column = quoted(min(more))
            why = f"{section.name}.csv has a column that is unknown or there twice: {column}"
            raise refused(self._path.name, why)
        for number, cells in enumerate(lines):
            if len(cells) != len(header):
                why = f"has {counted(len(cells), 'cell')}, the header {len(header)}"
                raise self._checker.refused(section.name, number, "", why)
            yield self._row(section, number, dict(zip(header, cells, strict=True)))

    def _row(self, section: Section, number: int, cells: dict[str, str]) -> dict[str, Value]:
        """The row as it is proved: what cannot be read stays a text, which is refused there."""
        row: dict[str, Value] = {}
        for field in (field for field in section.fields if field.name in cells):
            row[field.name] = self._value(field, cells[field.name])
            beside = _columns(field)[-1]
            is_money = field.kind is Kind.MONEY and row[field.name] is not None
            if is_money and cells.get(beside, self._currency) != self._currency:
                why = f"is not {self._currency}"
                raise self._checker.refused(section.name, number, beside, why)
        return row

    def _value(self, field: ExportField, cell: str) -> Value:
        if not cell and (field.is_optional or field.kind is not Kind.TEXT):
            return None
        match field.kind:
            case Kind.TEXT:
                if self._version == 1:
                    return cell.removeprefix(_SIGN)
                return _GUARDED.sub(r"\1", cell)
            case Kind.YES_NO:
                return {"yes": True, "no": False}.get(cell, cell)
            case Kind.MONEY:
                if not _MONEY.fullmatch(cell):
                    return cell
                minor = Decimal(cell).scaleb(minor_digits(self._currency))
                return int(minor) if minor == minor.to_integral_value() else cell
            case Kind.WHOLE:
                return int(cell) if _NUMBER.fullmatch(cell) else cell
            case _:
                return cell


def _place(section: str, number: int, name: str) -> str:
    row = f"{section}.csv, row {number + 2}"  # under the header
    return f"{row}, {name}" if name else row
