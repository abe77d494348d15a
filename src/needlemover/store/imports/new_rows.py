"""Which rows of a file are new: not known, and no doubles of what is here."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping

from ..promises.activity_rows import name_key
from ..undo import Step
from .content import ImportedEntry
from .doubles import Doubles, DoublesError
from .known_rows import Found, KnownRows

_SHOWN = 5
_LEAVE_OUT = "INSERT OR IGNORE INTO double_key (source, source_key) VALUES (?, ?)"

Keyed = tuple[ImportedEntry, str]  # an entry with what tells it from all others of its source


class NewRows:
    """Tells the new rows of one file from the others, and counts these."""

    def __init__(
        self,
        step: Step,
        source: str,
        names: Mapping[int, str] | None,
        doubles: str,
        *,
        are_rest: bool,
    ) -> None:
        """Look up what is known: see `KnownRows`. `doubles` as for `Imports.add`."""
        self.known = 0
        self.doubles: list[str] = []  # the keys of those that were left out
        self._step = step
        self._source = source
        self._with_doubles = doubles
        adds = doubles == "add"
        self._rows = KnownRows(step.driver, source, names, adds_doubles=adds, are_rest=are_rest)
        # Rows of one file are no doubles of each other.
        self._doubles = Doubles(step.driver, source if are_rest else "")
        self._first: list[ImportedEntry] = []
        self._stand_in: dict[str, set[int | None]] = defaultdict(set)
        self._names_of: dict[int, str] = {}

    def of(
        self,
        entries: Iterable[ImportedEntry],
        target_id: int | None = None,
        missing: Collection[str] = (),
    ) -> Iterator[Keyed]:
        """The new ones, one after the other, each with its key; a `DoublesError` at the end.

        Those that name no activity go to `target_id`. `missing` are the keys of the names that no
        activity here has: `stand_in` tells of them.
        """
        for entry in entries:
            found = self._rows.find(entry, target_id)
            looks = not found.is_known and self._with_doubles != "add"
            there = self._doubles.of(entry) if looks else []
            if not found.is_known and not there:
                yield entry, found.key
                continue
            self._count(entry, found)
            if missing and (name := name_key(entry.activity or "")) in missing:
                self._stand_in[name].update(there)
                self._names_of.update(dict.fromkeys(found.numbers, name))
        if self.doubles and not self._with_doubles:
            raise DoublesError(len(self.doubles), self._first)
        left_out = [(self._source, key) for key in self.doubles]
        self._step.driver.executemany(_LEAVE_OUT, left_out)

    def stand_in(self) -> Mapping[str, set[int | None]]:
        """By the key of a missing name, the ids of the activities in which its known rows stand."""
        for name, ids in self._rows.stand_in(self._names_of).items():
            self._stand_in[name] |= ids
        return self._stand_in

    def _count(self, entry: ImportedEntry, found: Found) -> None:
        """Count a row that is known, or else a double."""
        if found.is_known:
            self.known += 1
            return
        self.doubles.append(found.key)
        if len(self._first) < _SHOWN:
            self._first.append(entry)
