"""Which rows of a file are here already, or were and were deleted: their keys tell.

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
from collections.abc import Mapping
from hashlib import blake2b, sha256

from msgspec import Struct

from ...domain.calls.entry import contact_key
from ..promises.activity_rows import name_key
from ..schema.tables import instant_text
from .content import ImportedEntry

_ROW = re.compile("row:([0-9a-f]{16}):([0-9a-f]{16})")
_IDS = re.compile("ids:([^ ]+) (.+)", re.DOTALL)
_CELLS = re.compile("([0-9a-f]{16})[0-9a-f]{48}")  # up to version 11
_KEYS = """
    SELECT source_key FROM entry WHERE source = :source AND source_key IS NOT NULL
    UNION ALL SELECT source_key FROM forgotten_key WHERE source = :source
    UNION ALL SELECT source_key FROM double_key WHERE source = :source AND NOT :adds_doubles
"""
_SAID = """
    SELECT coalesce(started_at, day), seconds, activity_id, coalesce(contact_key, '') FROM entry
    WHERE source = ? AND length(source_key) = 64 AND instr(source_key, ':') = 0
"""
_STAND = "SELECT source_key, activity_id FROM entry WHERE source = ? AND source_key IS NOT NULL"


class Found(Struct, frozen=True):
    """A row of a file, looked up."""

    key: str  # what tells it from all others of its source
    is_known: bool
    numbers: tuple[int, ...]  # those by which it is known


class KnownRows:
    """The rows of a source that are known, and the places of those of a file among equal ones."""

    def __init__(
        self,
        driver: sqlite3.Connection,
        source: str,
        names: Mapping[int, str] | None,
        *,
        adds_doubles: bool,
        are_rest: bool,
    ) -> None:
        """Look up what is known.

        `names` are those of the activities here, by id, where the file names its own. Rows that
        were left out as doubles are unknown to who adds doubles (`adds_doubles`). `are_rest`: an
        earlier import left all rows of the file out, so none is known for what is read of it.
        """
        self._driver = driver
        self._source = source
        self._are_rest = are_rest
        self._times: dict[int, int] = {}
        self._times_of_cells: Counter[bytes] = Counter()
        self._has_cells = self._has_rows = False  # keys up to version 11; of rows without an id
        numbers = array("Q")
        for (key,) in driver.execute(_KEYS, {"source": source, "adds_doubles": adds_doubles}):
            numbers.extend(numbers_of(key))
            is_cells = _CELLS.fullmatch(key) is not None
            self._has_cells |= is_cells
            self._has_rows |= is_cells or key.startswith("row:")
        self._numbers = array("Q")
        for start, seconds, activity_id, contact in driver.execute(_SAID, (source,)):
            where = str(activity_id) if names is None else name_key(names.get(activity_id, ""))
            numbers.append(self._read(start, seconds, where, contact)[1])
        self._times.clear()
        self._numbers = array("Q", sorted(numbers))

    def __contains__(self, number: int) -> bool:
        """Whether one of the numbers of a row is of one that is known."""
        place = bisect_left(self._numbers, number)
        return place < len(self._numbers) and self._numbers[place] == number

    def find(self, entry: ImportedEntry, target_id: int | None) -> Found:
        """Look the next row of the file up; `target_id` is where it goes if it does not say."""
        key, numbers = "", tuple[int, ...]()
        if entry.row_id is not None:
            key, numbers = _of_ids(entry.row_id, entry.older_id)
            is_known = self._place(numbers[0]) > 1 or any(number in self for number in numbers)
            if is_known or not self._has_rows:
                return Found(key, is_known, numbers)
        # A file that names the activity has it in the row.
        outside = "" if entry.activity is not None else str(target_id)
        where = outside if entry.activity is None else name_key(entry.activity)
        day, at = entry.day.isoformat(), entry.started_at
        contact = contact_key(entry.contact or entry.phone)
        start = day if at is None else instant_text(at)
        first, read = self._read(start, entry.seconds, where, contact)
        cells = _number(f"{outside}\0{entry.row}")
        is_known = read in self or (cells in self and (self._are_rest or first not in self))
        if self._has_cells:
            before = self._key_before(entry.row, outside)
            numbers = (*numbers, before)
            is_known |= before in self
        return Found(key or f"row:{read:016x}:{cells:016x}", is_known, (*numbers, read, cells))

    def stand_in(self, names: Mapping[int, str]) -> dict[str, set[int | None]]:
        """The ids of the activities in which rows stand, by the name told for their numbers."""
        found: dict[str, set[int | None]] = defaultdict(set)
        if names:
            for key, activity_id in self._driver.execute(_STAND, (self._source,)):
                for name in filter(None, map(names.get, numbers_of(key))):
                    found[name].add(activity_id)
        return found

    def _place(self, number: int) -> int:
        place = self._times[number] = self._times.get(number, 0) + 1
        return place

    def _read(self, start: str, seconds: int, where: str, contact: str) -> tuple[int, int]:
        """The numbers of what is read of a row: in the first place, and in its own."""
        first = _number(f"{start}\0{seconds}\0{where}\0{contact}")
        found = _in_place(first, self._place(first))
        while self._are_rest and found in self:
            found = _in_place(first, self._place(first))
        return first, found

    def _key_before(self, row: str, outside: str) -> int:
        """The number of the key up to version 11."""
        cells = sha256(row.encode("utf-8", "surrogatepass")).digest()
        self._times_of_cells[cells] += 1
        rest = f"{outside}\0{self._source}\0{self._times_of_cells[cells]}"
        return int(sha256(cells + rest.encode()).hexdigest()[:16], 16)


def numbers_of(key: str) -> tuple[int, ...]:
    """The numbers by which the row of a key is known."""
    if found := _ROW.fullmatch(key):
        return int(found[1], 16), int(found[2], 16)
    if found := _IDS.fullmatch(key):
        return _number(f"id:{found[1]}"), _number(f"older:{found[2]}")
    found = _CELLS.fullmatch(key)
    return (int(found[1], 16) if found else _number(key),)


def _of_ids(row_id: str, older_id: str | None) -> tuple[str, tuple[int, ...]]:
    """The key of a row with an id, and the numbers by which it can be known.

    An older id is not that of a row whose newer one is another: names of habits are given anew.
    """
    number = _number(f"id:{row_id}")
    if older_id is None:
        return f"id:{row_id}", (number, _number(f"older:{row_id}"))
    return f"ids:{row_id} {older_id}", (number, _number(f"id:{older_id}"))


def _in_place(first: int, place: int) -> int:
    return first if place == 1 else _number(f"{first}#{place}")


def _number(text: str) -> int:
    """Of 64 bits: what so few texts share that it is the same text, in every process."""
    content = text.encode("utf-8", "surrogatepass")
    return int.from_bytes(blake2b(content, digest_size=8).digest(), "big")
