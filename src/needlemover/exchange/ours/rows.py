"""What an export of ours holds, proved row by row before it is taken in."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime

from ...domain.errors import NeedleError
from ...store.care import sections
from ...store.care.rules import FaultError, RawRow, Rules, row_reader
from ...store.care.sections import Data, Row, Section, Value
from ...store.promises.activity_rows import MOST_ACTIVITIES
from ...text.settings import KEYS
from ..files import MOST_ROWS, Item, limited

FORMAT = "needlemover export"
VERSION = 5  # it goes up whenever a section or a field is added, renamed or understood otherwise
_WITH_OFFERS = 2  # in 1 the amount of an ask was money received
_UNIQUE: Mapping[str, tuple[str, ...]] = {
    "activities": ("name",),
    "commitments": ("activity_id", "start", "set_on"),
    "settings": ("key",),
    "missed_reasons": ("day",),
    "skipped_days": ("day",),
    "forgotten_keys": ("source", "source_key"),
}
"""What no two rows of a section share, beside their ids. Keys of entries the data file proves."""
Place = Callable[[str, int, str], str]  # names the place of a field in a file: `entries[17].day`


def refused(file_name: str, why: str) -> NeedleError:
    """The error that says why a file cannot be imported."""
    then = "Correct it or export it again; nothing was changed."
    return NeedleError(f"{file_name} cannot be imported: {why}. {then}")


def must_be_ours(file_name: str, name: object, version: object, newest: int = VERSION) -> bool:
    """Refuse what is of another program, a newer version, or none; whether it knows offers."""
    if name != FORMAT:
        raise refused(file_name, "it is from another program")
    if isinstance(version, bool) or not isinstance(version, int) or version < 1:
        raise refused(file_name, "its version is not a number")
    if version > newest:
        versions = f"(export version {version}, this one knows {newest})"
        why = f"This was exported by a newer version of Needlemover {versions}."
        raise NeedleError(f"{why} Update Needlemover; nothing was changed.")
    return version - newest >= _WITH_OFFERS - VERSION


def kept_rows(rows: Iterable[Item], section: str, file_name: str) -> Iterator[Item]:
    """The rows of a section that is kept in memory; refused as soon as they are too many."""
    most = MOST_ACTIVITIES if section == "activities" else MOST_ROWS
    return limited(rows, file_name, f"rows of {section}", most, "take some of them out")


class Checker:
    """Proves rows, in the order of the sections: what they refer to has been seen before."""

    def __init__(self, place: Place, file_name: str, now: datetime) -> None:
        self._place = place
        self._file_name = file_name
        self._sales: set[Value] = set()
        self._rules = Rules(now, self._sales)
        self._ids: dict[str, set[Value]] = {}
        self.knows_offers = True

    def refused(self, section: str, number: int, name: str, why: str) -> NeedleError:
        """The error that says what is wrong in which place."""
        return refused(self._file_name, f"{self._place(section, number, name)} {why}")

    def data(self, found: Mapping[str, Iterable[RawRow]], entries: Iterable[RawRow]) -> Data:
        """All data of a file; the entries are proved one by one as they are asked for."""
        small = {it.name: list(self._rows(it, found.get(it.name, ()))) for it in sections.SMALL}
        for number, row in enumerate(small["settings"]):
            if row["key"] not in KEYS:
                raise self.refused("settings", number, "key", "is not a setting")
        try:
            sections.settings_in(small["settings"])
        except NeedleError as error:
            why = f"{self._file_name} cannot be imported, as a setting in it cannot be: {error}"
            raise NeedleError(why) from error
        return Data(small, self._rows(sections.ENTRIES, entries), self.knows_offers)

    def _rows(self, section: Section, found: Iterable[RawRow]) -> Iterator[Row]:
        """The rows of a section, one after the other, with what they leave out."""
        name, read = section.name, row_reader(section.name)
        references = [(item.name, item.refers_to) for item in section.fields if item.refers_to]
        ids = self._ids[name] = set[Value]()
        unique, seen = _UNIQUE.get(name, ()), set[tuple[Value, ...]]()
        for number, item in enumerate(found):
            try:
                row = read(item)
            except FaultError as error:
                raise self.refused(name, number, *error.fault) from None
            for field, other in references:
                if row[field] is not None and row[field] not in self._ids[other]:
                    why = f"refers to none of the {other} before it"
                    raise self.refused(name, number, field, why)
            if row["id"] in ids:
                raise self.refused(name, number, "id", "is there twice")
            ids.add(row["id"])
            values = tuple([row[field] for field in unique])
            if values in seen and None not in values:
                raise self.refused(name, number, unique[-1], "is there twice")
            if unique:
                seen.add(values)
            if fault := self._rules.fault(name, row):
                raise self.refused(name, number, *fault)
            if name == "activities" and row["is_sales"]:
                self._sales.add(row["id"])
            yield row
