"""A preset: how the tables of one program are to be read, as data."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from msgspec import Struct, field
from msgspec.structs import replace

from .call_map import FIELDS, LENGTHS, MORE_FIELDS, CallMap

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
    when: Mapping[str, frozenset[str]] = field(default_factory=dict)
    unless: Mapping[str, frozenset[str]] = field(default_factory=dict)


class Preset(Struct, frozen=True):
    """How the tables of one program are to be read."""

    name: str
    title: str
    known_by: tuple[frozenset[str], ...]
    """Sets of columns, in lower case; a table that has all of one of them is of this program."""
    columns: Mapping[str, tuple[str, ...]]
    """By field, the columns that can hold it, the first one there is taken. Fields that no table
    of calls has (`direction`, `person` …) are there for the rules."""
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    otherwise: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """By field and text in lower case, the outcome of a row whose own is blank."""
    left_out: tuple[LeftOut, ...] = ()
    utc_columns: frozenset[str] = frozenset()
    """Those that hold times of UTC without saying so."""
    said: tuple[str, ...] = ()
    hints: "tuple[Hint, ...]" = ()

    def is_of(self, columns: Sequence[str]) -> bool:
        """Whether a table with these columns is of this program."""
        there = set(map(_key, columns))
        return any(needed <= there for needed in self.known_by)

    def place(self, name: str, columns: Sequence[str]) -> int | None:
        """Where one of its fields stands in a table; None: nowhere."""
        keys = list(map(_key, columns))
        for column in self.columns.get(name, ()):
            if column in keys:
                return keys.index(column)
        return None

    def is_utc(self, calls: CallMap) -> bool:
        """Whether times are read from a column that holds them in UTC without saying so."""
        return _key(calls.columns.get("started_at", "")) in self.utc_columns

    def call_map(self, typed: CallMap, columns: Sequence[str]) -> CallMap:
        """What was typed, and for the rest the preset."""
        read: dict[str, str] = {}
        for name in self.columns:
            place = self.place(name, columns)
            if name in _READ and place is not None:
                read[name] = columns[place]
        typed_lengths = [name for name in LENGTHS if typed.columns.get(name, "").strip()]
        if typed_lengths:
            for name in (*LENGTHS, "ended_at", "end_day", "end_time"):
                read.pop(name, None)
        if {"day", "started_at"} & set(typed.columns):
            for name in ("day", "time", "started_at"):
                read.pop(name, None)
        read.update(typed.columns)
        read_fields = {name for name, column in read.items() if column.strip()}
        values = {name: dict(meant) for name, meant in typed.values.items()}
        for name, meant in self.values.items():
            if name in read_fields:
                values[name] = {**meant, **values.get(name, {})}
        return replace(typed, columns=read, values=values, only_named=True)


class Rules:
    """What a preset says of rows beyond their fields, for one table."""

    def __init__(self, preset: Preset, columns: Sequence[str], calls: CallMap) -> None:
        """Find out where everything stands."""
        self._preset = preset
        self._places = {
            name: place
            for name in preset.columns
            if (place := preset.place(name, columns)) is not None
        }
        self.is_utc = preset.is_utc(calls)

    def why_left_out(self, cells: Sequence[str]) -> str | None:
        """What a row is that is left out; None: it is not."""
        for rule in self._preset.left_out:
            tested = {*rule.when, *rule.unless}
            if (
                tested <= self._places.keys()
                and all(self._text(name, cells) in texts for name, texts in rule.when.items())
                and not any(self._text(name, cells) in texts for name, texts in rule.unless.items())
            ):
                return rule.what
        return None

    def incoming_contact(self, cells: Sequence[str]) -> str | None:
        """Who called, when somebody did."""
        if self._text("direction", cells) != "inbound" or "incoming_contact" not in self._places:
            return None
        return cells[self._places["incoming_contact"]].strip()

    def outcome_otherwise(self, cells: Sequence[str]) -> str:
        """The outcome of a row whose own is blank; empty: nothing tells it."""
        for name, outcomes in self._preset.otherwise.items():
            if found := outcomes.get(self._text(name, cells)):
                return found
        return ""

    def person(self, cells: Sequence[str]) -> str:
        """Whose row it is; empty: it does not say."""
        place = self._places.get("person")
        return "" if place is None else cells[place].strip()

    def _text(self, name: str, cells: Sequence[str]) -> str:
        place = self._places.get(name)
        return "" if place is None else cells[place].strip().casefold()


def _key(column: str) -> str:
    return column.strip().casefold()
