"""A preset: how the tables of one program are to be read, as data."""

from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING

from msgspec import Struct, field
from msgspec.structs import replace

from ..call_map import FIELDS, LENGTHS, MORE_FIELDS, CallMap, column_key

if TYPE_CHECKING:
    from ...domain.errors import Hint

_READ = frozenset((*FIELDS, *MORE_FIELDS))


class LeftOut(Struct, frozen=True):
    """Rows that are not imported: those of which all of `when` is true and none of `unless`.

    Texts are in lower case, columns are named as in the preset; one that a file does not have says
    nothing.
    """

    what: str
    """As it follows their number: `calls that are still to be made`."""
    when: Mapping[str, Collection[str]] = field(default_factory=dict)
    unless: Mapping[str, Collection[str]] = field(default_factory=dict)


class Preset(Struct, frozen=True):
    """How the tables of one program are to be read."""

    name: str
    title: str
    known_by: tuple[Collection[str], ...]
    """Sets of columns, in lower case; a table that has all of one of them is of this program."""
    columns: Mapping[str, tuple[str, ...]]
    """By field, the columns that can hold it, the first one there is taken. Fields that no table
    of calls has (`direction`, `person` …) are there for the rules."""
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    otherwise: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """By field and text in lower case, the outcome of a row whose own is blank."""
    left_out: tuple[LeftOut, ...] = ()
    utc_columns: Collection[str] = ()
    """Those that hold times of UTC without saying so."""
    said: tuple[str, ...] = ()
    hints: "tuple[Hint, ...]" = ()

    def is_of(self, columns: Sequence[str]) -> bool:
        """Whether a table with these columns is of this program."""
        there = set(map(column_key, columns))
        return any(there.issuperset(needed) for needed in self.known_by)

    def places(self, columns: Sequence[str]) -> dict[str, int]:
        """Where its fields stand in a table; those that it does not have are left out."""
        keys = list(map(column_key, columns))
        found: dict[str, int] = {}
        for name, candidates in self.columns.items():
            there = [keys.index(column) for column in candidates if column in keys]
            if there:
                found[name] = there[0]
        return found

    def call_map(self, typed: CallMap, columns: Sequence[str]) -> CallMap:
        """What was typed, and for the rest the preset."""
        replaced: set[str] = set()
        if any(typed.columns.get(name, "").strip() for name in LENGTHS):
            replaced |= {*LENGTHS, "ended_at", "end_day", "end_time"}
        if {"day", "started_at"} & set(typed.columns):
            replaced |= {"day", "time", "started_at"}
        read = {
            name: columns[place]
            for name, place in self.places(columns).items()
            if name in _READ - replaced
        }
        read |= typed.columns
        values = dict(typed.values)
        for name, meant in self.values.items():
            if read.get(name, "").strip():
                values[name] = {**meant, **values.get(name, {})}
        return replace(typed, columns=read, values=values, only_named=True)


OWN = Preset("csv", "CSV", known_by=(), columns={})
"""Somebody's own call log, of which nothing is known."""


class Rules:
    """What a preset says of rows beyond their fields, for one table."""

    def __init__(self, preset: Preset, columns: Sequence[str], calls: CallMap) -> None:
        """Find out where everything stands."""
        self._preset = preset
        self._places = preset.places(columns)
        self.is_utc = column_key(calls.columns.get("started_at", "")) in preset.utc_columns
        """Whether times are read from a column that holds them in UTC without saying so."""

    def why_left_out(self, cells: Sequence[str]) -> str | None:
        """What a row is that is left out; None: it is not."""
        for rule in self._preset.left_out:
            if (
                self._places.keys() >= {*rule.when, *rule.unless}
                and all(self._text(name, cells) in texts for name, texts in rule.when.items())
                and not any(self._text(name, cells) in texts for name, texts in rule.unless.items())
            ):
                return rule.what
        return None

    def incoming_contact(self, cells: Sequence[str]) -> str | None:
        """Who called, when somebody did."""
        if "incoming_contact" not in self._places or self._text("direction", cells) != "inbound":
            return None
        return self.cell("incoming_contact", cells)

    def outcome_otherwise(self, cells: Sequence[str]) -> str:
        """The outcome of a row whose own is blank; empty: nothing tells it."""
        for name, outcomes in self._preset.otherwise.items():
            if found := outcomes.get(self._text(name, cells)):
                return found
        return ""

    def cell(self, name: str, cells: Sequence[str]) -> str:
        """What a row has in a field; empty: it does not say."""
        place = self._places.get(name)
        return "" if place is None else cells[place].strip()

    def _text(self, name: str, cells: Sequence[str]) -> str:
        return self.cell(name, cells).casefold()
