"""What an export of ours holds, proved row by row before it is taken in."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime

from ...domain.errors import NeedleError
from ...store.care.sections import ENTRIES, SMALL, Field, Kind, Row, Section, Value
from ...store.settings import KEYS, read_settings
from ...text.format import quoted, shown
from ...text.parse import MOST_MONEY

FORMAT = "needlemover export"
VERSION = 1
"""It goes up whenever a section or a field is added, renamed or understood otherwise."""

_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", re.ASCII)
_SURROGATE = re.compile("[\ud800-\udfff]")
_BOUNDS = {
    "id": (1, MOST_MONEY),
    "seconds": (0, MOST_MONEY),
    "count": (0, MOST_MONEY),
    "handover_seconds": (0, MOST_MONEY),
    "weekdays": (0, 0b1111111),
    "utc_offset": (-86_399, 86_399),
}
_YEARS = (1900, 2999)
_ONCE = {
    "activities": ("name",),
    "commitments": ("activity_id", "start", "set_on"),
    "settings": ("key",),
    "missed_reasons": ("day",),
    "skipped_days": ("day",),
    "forgotten_keys": ("source", "source_key"),
}
"""What no two rows of a section share, beside their ids."""

Place = Callable[[str, int, str], str]
"""Names the place of a field in a file: `entries[17].day`."""


def must_be_known(version: object) -> None:
    """Refuse an export that cannot be understood.

    Raises:
        NeedleError: when it is of a newer version, or of none.
    """
    if isinstance(version, bool) or not isinstance(version, int) or version < 1:
        raise NeedleError("The version of this export is no number: export it again.")
    if version > VERSION:
        raise NeedleError(
            f"This was exported by a newer version of Needlemover (export version {version}, this "
            f"one knows {VERSION}). Update Needlemover; nothing was changed."
        )


class Checker:
    """Proves rows, in the order of the sections: what they refer to has been seen before."""

    def __init__(self, place: Place, file_name: str) -> None:
        self._place = place
        self._file_name = file_name
        self._ids: dict[str, set[Value]] = {}
        self._sales: set[Value] = set()
        self._keys: set[tuple[Value, Value]] = set()

    def refuse(self, section: str, number: int, name: str, why: str) -> NeedleError:
        """The error that says what is wrong in which place."""
        where = self._place(section, number, name)
        return NeedleError(
            f"{shown(self._file_name)} cannot be imported: {where} {why}. Correct it or export it "
            "again; nothing was changed."
        )

    def sections(self, found: Mapping[str, Iterable[object]]) -> dict[str, list[Row]]:
        """All sections but the entries; those that are missing are empty."""
        proved = {
            section.name: list(self.rows(section, found.get(section.name, ()))) for section in SMALL
        }
        self._sales = {row["id"] for row in proved["activities"] if row["is_sales"]}
        for section in SMALL:
            self._must_differ(section.name, proved[section.name])
        self._must_be_settings(proved["settings"])
        return proved

    def entries(self, found: Iterable[object]) -> Iterator[Row]:
        """The entries, one after the other."""
        for number, row in enumerate(self.rows(ENTRIES, found)):
            self._must_be_an_entry(number, row)
            yield row

    def rows(self, section: Section, found: Iterable[object]) -> Iterator[Row]:
        """The rows of a section, one after the other, with what they leave out."""
        ids = self._ids.setdefault(section.name, set())
        known = {field.name for field in section.fields}
        for number, item in enumerate(found):
            if not isinstance(item, dict):
                raise self.refuse(section.name, number, "", "is no row of names and values")
            row: Row = {}
            for field in section.fields:
                try:
                    row[field.name] = self._value(field, item)
                except _WrongError as wrong:
                    raise self.refuse(section.name, number, field.name, str(wrong)) from None
            if len(item) != len(row) and (more := sorted(set(item) - known)):
                raise self.refuse(section.name, number, quoted(more[0]), "is unknown")
            if row["id"] in ids:
                raise self.refuse(section.name, number, "id", "is there twice")
            ids.add(row["id"])
            yield row

    def _value(self, field: Field, item: Mapping[str, object]) -> Value:
        if field.name not in item:
            if field.is_needed:
                raise _WrongError("is missing")
            return field.default
        value = item[field.name]
        if value is None:
            if not field.is_optional:
                raise _WrongError("is empty")
            return None
        proved = _PROOFS[field.kind](value)
        if field.choices and proved not in field.choices:
            raise _WrongError(f"is none of {', '.join(sorted(field.choices))}")
        if field.name in _BOUNDS:
            least, most = _BOUNDS[field.name]
            if not least <= int(proved or 0) <= most:
                raise _WrongError(f"is not from {least:,} to {most:,}")
        if field.refers_to is not None and proved not in self._ids.get(field.refers_to, ()):
            raise _WrongError(f"is the id of none of the {field.refers_to} before it")
        return proved

    def _must_differ(self, name: str, rows: list[Row]) -> None:
        fields = _ONCE.get(name, ())
        seen: set[tuple[Value, ...]] = set()
        for number, row in enumerate(rows):
            values = tuple(row[field] for field in fields)
            if fields and values in seen:
                raise self.refuse(name, number, fields[-1], "is there twice")
            seen.add(values)
            if name == "timer" and (row["id"] != 1 or not _one_of(row)):
                raise self.refuse(name, number, "id", "is no timer of one activity or problem")
            if name == "last_use" and row["id"] != 1:
                raise self.refuse(name, number, "id", "is not 1")

    def _must_be_settings(self, rows: list[Row]) -> None:
        for number, row in enumerate(rows):
            if row["key"] not in KEYS:
                raise self.refuse("settings", number, "key", "is no setting")
        try:
            read_settings({str(row["key"]): str(row["value"]) for row in rows})
        except NeedleError as error:
            raise NeedleError(
                f"{shown(self._file_name)} cannot be imported, as a setting in it cannot be: "
                f"{error}"
            ) from error

    def _must_be_an_entry(self, number: int, row: Row) -> None:
        if row["outcome"] is not None and row["activity_id"] not in self._sales:
            raise self.refuse("entries", number, "outcome", "is that of no sales activity")
        if row["activity_id"] is not None and row["problem_id"] is not None:
            raise self.refuse("entries", number, "problem_id", "stands beside an activity")
        if row["source_key"] is not None:
            key = row["source"], row["source_key"]
            if key in self._keys:
                raise self.refuse("entries", number, "source_key", "is there twice")
            self._keys.add(key)


def _one_of(row: Row) -> bool:
    return (row["activity_id"] is None) != (row["problem_id"] is None)


class _WrongError(Exception):
    """A value cannot be; the text follows its place."""


def _whole(value: object) -> Value:
    if isinstance(value, bool) or not isinstance(value, int):
        raise _WrongError("is no whole number")
    if abs(value) > MOST_MONEY:
        raise _WrongError("is too large a number")
    return value


def _yes_no(value: object) -> Value:
    if not isinstance(value, bool):
        raise _WrongError("is neither true nor false")
    return value


def _text(value: object) -> Value:
    if not isinstance(value, str):
        raise _WrongError("is no text")
    if not value.isascii() and _SURROGATE.search(value):
        raise _WrongError("holds a sign that is broken")
    return value


def _must_be_near(day: date) -> None:
    least, most = _YEARS
    if not least <= day.year <= most:
        raise _WrongError(f"is not from {least} to {most}")


def _day(value: object) -> Value:
    try:
        if not isinstance(value, str) or not _DAY.fullmatch(value):
            raise ValueError
        _must_be_near(date.fromisoformat(value))
    except ValueError:
        raise _WrongError("is no day like 2026-11-24") from None
    return value


def _instant(value: object) -> Value:
    try:
        if not isinstance(value, str) or not _INSTANT.fullmatch(value):
            raise ValueError
        _must_be_near(datetime.fromisoformat(value))
    except ValueError:
        raise _WrongError("is no time like 2026-11-24T14:40:00Z") from None
    return value


_PROOFS: Mapping[Kind, Callable[[object], Value]] = {
    Kind.WHOLE: _whole,
    Kind.MONEY: _whole,
    Kind.YES_NO: _yes_no,
    Kind.TEXT: _text,
    Kind.DAY: _day,
    Kind.INSTANT: _instant,
}
