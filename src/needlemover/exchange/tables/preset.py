"""A preset: how the tables of one program are to be read, as data (`presets.toml`)."""

from collections.abc import Collection, Mapping, Sequence
from pathlib import Path

from msgspec import Struct, toml

from ...domain.errors import Hint
from ...text.format import quoted
from ..call_map import FIELDS, LENGTHS, USUAL, CallMap, column_key, place_of, usual_places
from . import words
from .dates import date_shape

_READ = frozenset(FIELDS)


class LeftOut(Struct, frozen=True):
    """Rows that are not imported: those of which all of `when` is true and none of `unless`.

    Texts are in lower case, columns as the preset calls them; one that is not there is blank.
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
    day_first: bool | None = None  # in dates that can be read in two ways; None: it is asked
    said: tuple[str, ...] = ()
    hints: tuple[Hint, ...] = ()

    def is_of(self, columns: Sequence[str]) -> bool:
        """Whether a table with these columns is of this program."""
        there = set(map(column_key, columns))
        return any(there.issuperset(needed) for needed in self.known_by)

    def usual(self, typed: CallMap) -> dict[str, tuple[str, ...]]:
        """The columns that can hold a field, but for what was typed in their place."""
        replaced: set[str] = set()
        if self.known_by and any(typed.columns.get(name, "").strip() for name in LENGTHS):
            replaced |= {*LENGTHS, "ended_at", "end_day", "end_time"}
        if self.known_by and typed.columns.keys() & {"day", "started_at"}:
            replaced |= {"day", "time", "started_at"}
        return {name: self.columns[name] for name in self.columns if name in _READ - replaced}


OWN = Preset("csv", "CSV", known_by=(), columns=USUAL)  # somebody's own call log
_FILE = Path(__file__).with_name("presets.toml").read_bytes()
KNOWN = toml.decode(_FILE, type=dict[str, tuple[Preset, ...]])["presets"]
PRESETS = {item.name: item for item in KNOWN}
COLUMNS = frozenset[str]().union(*(names for it in (OWN, *KNOWN) for names in it.columns.values()))
"""All that any of them expects."""


def is_sum(cells: Sequence[str]) -> bool:
    """Whether a row only sums up others: it is called so, and is of no day."""
    first = next((text for cell in cells if (text := words.text_of(cell))), "")
    if first[:3].casefold() not in words.BEGIN_SUMS or words.key(first) not in words.SUMS:
        return False
    return not any(map(date_shape, cells))


class Rules:
    """What is known of the rows of one table beyond their fields."""

    def __init__(
        self, preset: Preset, columns: Sequence[str], places: Mapping[str, int], calls: CallMap
    ) -> None:
        """`places` are those of the fields, and of what serves only to understand them."""
        self.preset, self._columns = preset, columns
        self._filters = [
            (place_of(column, columns), texts, is_only)
            for filters, is_only in ((calls.only, True), (calls.without, False))
            for column, texts in filters.items()
        ]
        more = {name: place for name, place in places.items() if name not in _READ}
        self.places = {**usual_places(columns, preset.columns), **more}
        if "direction" in places:
            self.places["direction"] = places["direction"]
        self.is_own = preset is OWN
        start = places.get("started_at")
        said_of_start = [] if start is None else words.plain(columns[start]).split()
        self.is_utc = not words.UTC.isdisjoint(said_of_start)

    def why_left_out(self, cells: Sequence[str]) -> str | None:
        """What a row is that is left out; None: it is not."""
        if is_sum(cells):
            return "totals of other rows"
        for place, texts, is_only in self._filters:
            if (cells[place].strip().casefold() in texts) is not is_only:
                column = quoted(self._columns[place])
                return f"rows that have another {column}" if is_only else f"rows by their {column}"
        if self.is_own:
            if "kind" in self.places and words.key(self._cell("kind", cells)) not in words.CALLS:
                return "rows that are not calls"
            return "calls among yourselves" if self.direction(cells) == "internal" else None
        for rule in self.preset.left_out:
            when, unless = (
                [self._cell(name, cells).casefold() in texts for name, texts in known.items()]
                for known in (rule.when, rule.unless)
            )
            if all(when) and not any(unless):
                return rule.what
        return None

    def direction(self, cells: Sequence[str]) -> str:
        """inbound, outbound, internal, or missed (inbound and not taken); empty: nothing tells."""
        return words.DIRECTIONS.get(words.key(self._cell("direction", cells)), "")

    def other_one(self, what: str, cells: Sequence[str]) -> str | None:
        """The contact or phone of who called or was called; None: no columns tell both."""
        if what == "contact" and "first_name" in self.places:
            return f"{self._cell('first_name', cells)} {self._cell('last_name', cells)}".strip()
        is_incoming = self.direction(cells) in ("inbound", "missed")
        if f"incoming_{what}" in self.places:
            return self._cell(f"incoming_{what}", cells) if is_incoming else None
        name = f"{'from' if is_incoming else 'to'}_{what}"
        return self._cell(name, cells) if name in self.places else None

    def outcome_otherwise(self, cells: Sequence[str]) -> str:
        """The outcome of a row whose own is blank; empty: nothing tells it."""
        for name, outcomes in self.preset.otherwise.items():
            if found := outcomes.get(self._cell(name, cells).casefold()):
                return found
        return self._cell("status", cells) if self.is_own else ""

    def _cell(self, name: str, cells: Sequence[str]) -> str:
        place = self.places.get(name)
        return "" if place is None else words.text_of(cells[place])
