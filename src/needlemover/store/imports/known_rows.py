"""Which rows of a file are new, here already, deleted here, or perhaps entries from elsewhere.

A row that has an id goes by it, or by the id that it had before. Any other goes by what is read of
it (start or day, length, activity, contact, its place among equal ones), so that it is known in a
later file with other cells; and by its cells, so that it is known however they are read. Up to
version 11 the key was a hash of the cells alone: such an entry is known by it, and by what it says.
"""

import re
import sqlite3
from array import array
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from hashlib import blake2b, sha256

from ...domain.buyers.contact import phone_key
from ...domain.calls.entry import contact_key
from ...domain.errors import WrongUsageError
from ...text.format import counted, plural
from ...text.parse.values import is_phone
from ..buyer_rows import other_names
from ..promises.activity_rows import name_key
from ..schema.tables import instant_text
from ..session import Step
from .content import ImportedEntry

_DOUBLES_SHOWN = 5
_MINUTE = len("2026-10-01T09:00")
# Elsewhere the day may begin at another time.
_THERE = """
    SELECT started_at, seconds, coalesce(contact_key, ''), activity_id FROM entry
    WHERE day BETWEEN date(:day, '-1 day') AND date(:day, '+1 day') AND id <= :newest
        AND started_at IS NOT NULL AND follows IS NULL AND source <> :but_of
"""
_ROW = re.compile("row:([0-9a-f]{16}):([0-9a-f]{16})")
_IDS = re.compile("ids:([^ ]+) (.+)", re.DOTALL)
_CELLS = re.compile("([0-9a-f]{16})[0-9a-f]{48}")  # up to version 11
_KEYS = """
    SELECT source_key, activity_id, name_key, coalesce(started_at, day), seconds,
        coalesce(contact_key, '') FROM entry LEFT JOIN activity ON activity.id = activity_id
    WHERE source = :source AND source_key IS NOT NULL
    UNION ALL SELECT source_key, NULL, NULL, NULL, NULL, NULL FROM (
        SELECT source, source_key FROM forgotten_key
        UNION ALL SELECT source, source_key FROM double_key WHERE :doubles <> 'add'
    ) WHERE source = :source
"""
_LEAVE_OUT = "INSERT OR IGNORE INTO double_key (source, source_key) VALUES (?, ?)"

Keyed = tuple[ImportedEntry, str]  # an entry with what tells it from all others of its source


class KnownRows:
    """The rows of a source that are known, and the rows of a file, which it sorts by them."""

    def __init__(
        self, step: Step, source: str, doubles: str, *, are_rest: bool, named: bool
    ) -> None:
        """Look up what is known, for `Imports.add`; `named`: the rows of the file do."""
        self.known = self.repeated = 0
        self.doubles = Doubles(step.driver, doubles, but_of=source if are_rest else "")
        self.stand_in: dict[str, set[int]] = defaultdict(set)
        """By the keys of names in the file, the ids of the activities in which its rows stand."""
        self._driver, self._source, self._are_rest = step.driver, source, are_rest
        self._skips_doubles = doubles == "skip"
        self._times: dict[int, int] = {}
        self._times_of_cells: Counter[bytes] = Counter()
        self._activities: dict[int, int] = {}  # in which rows stand, by their numbers
        self._has_cells = self._has_rows = False  # keys up to version 11; of rows without an id
        self._numbers = [array("Q") for _ in range(256)]  # by their first byte, in order
        there = step.driver.execute(_KEYS, {"source": source, "doubles": doubles})
        for key, activity_id, name, start, seconds, contact in there:
            found = _numbers_of(key)
            self._has_rows |= not key.startswith("id")
            if _CELLS.fullmatch(key):
                self._has_cells = True
                where = name if named else activity_id
                said = f"{start}\0{seconds}\0{where}\0{contact}"
                found += self._read(said)[1:] if start else ()
            for number in found:
                self._numbers[number >> 56].append(number)
            if named and activity_id is not None:
                self._activities.update(dict.fromkeys(found, activity_id))
        self._times.clear()
        for place, numbers in enumerate(self._numbers):
            self._numbers[place] = array("Q", sorted(numbers))

    def __contains__(self, number: int) -> bool:
        numbers = self._numbers[number >> 56]
        place = bisect_left(numbers, number)
        return place < len(numbers) and numbers[place] == number

    def new_of(self, rows: Iterable[ImportedEntry], target: int | None = None) -> Iterator[Keyed]:
        """The new ones, one after the other, each with its key; a `DoublesError` at the end.

        Those that name no activity go to `target`.
        """
        for entry in rows:
            key, is_known, numbers = self._find(entry, target)
            there = [] if is_known else self.doubles.of(entry, key)
            if not is_known and not there:
                yield entry, key
                continue
            self.known += is_known
            there += map(self._activities.get, numbers if is_known else ())
            self.stand_in[name_key(entry.activity or "")].update(filter(None, there))
        if self.doubles.keys and not self._skips_doubles:
            raise DoublesError(len(self.doubles.keys), self.doubles.first)
        left_out = ((self._source, key) for key in self.doubles.keys)
        self._driver.executemany(_LEAVE_OUT, left_out)

    def _find(self, entry: ImportedEntry, target: int | None) -> tuple[str, bool, tuple[int, ...]]:
        """The key of the next row, whether it is known, and the numbers by which it can be."""
        key, numbers = "", tuple[int, ...]()
        if entry.row_id is not None:
            key, numbers = _of_ids(entry.row_id, entry.older_id)
            is_known = self._place(numbers[0]) > 1 or any(number in self for number in numbers)
            if is_known or not self._has_rows:
                return key, is_known, numbers
        # A file that names the activity has it in the row.
        outside = str(target) if entry.activity is None else ""
        where = outside if entry.activity is None else name_key(entry.activity)
        start = instant_text(entry.started_at) if entry.started_at else entry.day.isoformat()
        contact = contact_key(entry.contact or entry.phone)
        first, read = self._read(f"{start}\0{entry.seconds}\0{where}\0{contact}")
        cells = _number(f"{outside}\0{entry.row}")
        is_repeated = bool(entry.started_at and entry.seconds) and read != first
        is_known = read in self or (cells in self and (self._are_rest or first not in self))
        numbers = (*numbers, read, cells)
        if self._has_cells:
            numbers = (*numbers, self._before(entry.row, outside))
            is_known |= numbers[-1] in self
        self.repeated += is_repeated and not is_known and not self._are_rest
        return key or f"row:{read:016x}:{cells:016x}", is_known, numbers

    def _place(self, number: int) -> int:
        place = self._times[number] = self._times.get(number, 0) + 1
        return place

    def _read(self, text: str) -> tuple[int, int]:
        """The numbers of what is read of a row: in the first place, and in its own."""
        first = _number(text)
        found = self._in_place(first)
        while self._are_rest and found in self:
            found = self._in_place(first)
        return first, found

    def _in_place(self, first: int) -> int:
        place = self._place(first)
        return first if place == 1 else _number(f"{first}#{place}")

    def _before(self, row: str, outside: str) -> int:
        """The number of the key up to version 11."""
        cells = sha256(row.encode("utf-8", "surrogatepass")).digest()
        self._times_of_cells[cells] += 1
        rest = f"{outside}\0{self._source}\0{self._times_of_cells[cells]}"
        return int(sha256(cells + rest.encode()).hexdigest()[:16], 16)


def _numbers_of(key: str) -> tuple[int, ...]:
    """The numbers by which the row of a key is known."""
    if found := _ROW.fullmatch(key):
        return int(found[1], 16), int(found[2], 16)
    if found := _IDS.fullmatch(key):
        return _number(f"id:{found[1]}"), _number(f"older:{found[2]}")
    found = _CELLS.fullmatch(key)
    return (int(found[1], 16) if found else _number(key),)


def _of_ids(row_id: str, older_id: str | None) -> tuple[str, tuple[int, ...]]:
    """The key of a row with an id, and the numbers by which it can be known.

    One older id may be of two rows that have newer ones: names of habits are given anew.
    """
    number = _number(f"id:{row_id}")
    if older_id is None:
        return f"id:{row_id}", (number, _number(f"older:{row_id}"))
    return f"ids:{row_id} {older_id}", (number, _number(f"id:{older_id}"))


def _number(text: str) -> int:
    """Of 64 bits: texts that share it are the same, and in every process they do."""
    content = text.encode("utf-8", "surrogatepass")
    return int.from_bytes(blake2b(content, digest_size=8).digest(), "big")


class DoublesError(WrongUsageError):
    """Rows may be entries that are here, and nobody said whether they are."""

    def __init__(self, count: int, first: Sequence[ImportedEntry]) -> None:
        self.count, self.first = count, first
        super().__init__(
            f"{counted(count, 'row')} of the file {plural(count, 'begins', 'begin')} when an entry "
            f"that is here began and {plural(count, 'lasts', 'last')} as long."
        )


class Doubles:
    """Finds the doubles of the entries that were here before an import, `but_of` one source."""

    def __init__(self, driver: sqlite3.Connection, how: str, but_of: str) -> None:
        """Take them for doubles unless they are to be added (`how`)."""
        self.keys: list[str] = []  # of those that were found
        self._driver = driver
        self._names = other_names(driver)
        ((newest,),) = driver.execute("SELECT max(id) FROM entry")
        self._takes_none = newest is None or how == "add"
        self._facts = {"newest": newest, "but_of": but_of}
        self._days: dict[str, dict[tuple[str, int], list[tuple[str, str, int | None]]]] = {}
        self.first: list[ImportedEntry] = []

    def of(self, entry: ImportedEntry, key: str) -> list[int | None]:
        """The ids of the activities of those that a row may be; of a double the key is kept."""
        if entry.started_at is None or self._takes_none:
            return []
        day = entry.day.isoformat()
        if day not in self._days:
            self._days[day] = defaultdict(list)
            for start, seconds, *rest in self._driver.execute(_THERE, self._facts | {"day": day}):
                self._days[day][start[:_MINUTE], seconds].append((start, *rest))
        at = instant_text(entry.started_at)
        there = self._days[day].get((at[:_MINUTE], entry.seconds), ())
        name = contact_key(entry.contact or entry.phone)
        contact = contact_key(self._names.get(name, name))
        found = [
            activity_id
            for start, other, activity_id in there
            # One of them may be written to the minute; many calls of no length begin in one.
            if (start == at or "00Z" in (start[-3:], at[-3:]))
            and (entry.seconds or not _differ(contact, other))
        ]
        if found:
            self.keys.append(key)
            self.first = [*self.first, entry][:_DOUBLES_SHOWN]
        return found


def _differ(one: str, other: str) -> bool:
    """Whether two contacts, as names are compared, are not the same; a phone may be anybody's.

    A number may be written otherwise, a name with more words.
    """
    if not (one and other) or one == other or is_phone(one) != is_phone(other):
        return False
    if is_phone(one):
        return phone_key(one) is None or phone_key(one) != phone_key(other)
    words, others = set(one.split()), set(other.split())
    return not (words <= others or others <= words)
