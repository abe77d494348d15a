"""A preset: how the tables of one program are to be read, as data (`presets.toml`)."""

from collections.abc import Collection, Mapping, Sequence
from pathlib import Path

from msgspec import Struct, toml
from msgspec.structs import replace

from ...domain.errors import Hint
from ..call_map import FIELDS, LENGTHS, MORE_FIELDS, USUAL, CallMap, column_key, usual_places

_READ = frozenset((*FIELDS, *MORE_FIELDS))


class LeftOut(Struct, frozen=True):
    """Rows that are not imported: those of which all of `when` is true and none of `unless`.

    Texts are in lower case, columns as the preset calls them; one that is not there says nothing.
    """

    what: str  # as it follows their number: `calls that are still to be made`
    when: Mapping[str, Collection[str]] = {}
    unless: Mapping[str, Collection[str]] = {}


class Preset(Struct, frozen=True):
    """How the tables of one program are to be read."""

    name: str
    title: str
    known_by: tuple[Collection[str], ...]  # in lower case; all columns of one set make it known
    columns: Mapping[str, tuple[str, ...]]  # by field, best first; some fields serve only the rules
    values: Mapping[str, Mapping[str, str]] = {}
    otherwise: Mapping[str, Mapping[str, str]] = {}  # by field and text, for a blank outcome
    left_out: tuple[LeftOut, ...] = ()
    utc_columns: Collection[str] = ()  # those that hold times of UTC without saying so
    said: tuple[str, ...] = ()
    hints: tuple[Hint, ...] = ()

    def is_of(self, columns: Sequence[str]) -> bool:
        """Whether a table with these columns is of this program."""
        there = set(map(column_key, columns))
        return any(there.issuperset(needed) for needed in self.known_by)

    def added_to(self, typed: CallMap) -> CallMap:
        """What was typed, and for the rest what texts of this program stand for."""
        values = {
            name: {**self.values.get(name, {}), **typed.values.get(name, {})}
            for name in {*self.values, *typed.values}
        }
        return replace(typed, values=values)

    def usual(self, typed: CallMap) -> dict[str, tuple[str, ...]]:
        """The columns that can hold a field, but for what was typed in their place."""
        replaced: set[str] = set()
        if self.known_by and any(typed.columns.get(name, "").strip() for name in LENGTHS):
            replaced |= {*LENGTHS, "ended_at", "end_day", "end_time"}
        if self.known_by and typed.columns.keys() & {"day", "started_at"}:
            replaced |= {"day", "time", "started_at"}
        return {name: self.columns[name] for name in self.columns if name in _READ - replaced}


OWN = Preset("csv", "CSV", known_by=(), columns=USUAL)  # somebody's own call log
_KNOWN = toml.decode(
    Path(__file__).with_name("presets.toml").read_bytes(), type=dict[str, tuple[Preset, ...]]
)["presets"]
PRESETS = {item.name: item for item in _KNOWN}
COLUMNS = frozenset(  # all that any of them expects
    column for item in (OWN, *_KNOWN) for names in item.columns.values() for column in names
)


def preset_of(columns: Sequence[str]) -> Preset:
    """The preset of a table with these columns; `OWN`: it is of no program that is known."""
    return next((item for item in _KNOWN if item.is_of(columns)), OWN)


class Rules:
    """What a preset says of rows beyond their fields, for one table."""

    def __init__(self, preset: Preset, columns: Sequence[str], places: Mapping[str, int]) -> None:
        self._preset = preset
        self._places = usual_places(columns, preset.columns)
        start = places.get("started_at")
        self.is_utc = start is not None and column_key(columns[start]) in preset.utc_columns

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
