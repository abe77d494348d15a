"""Which column of a table is for what, by the names of its columns and by what stands in them."""

import re
from collections.abc import Collection, Iterable, Sequence
from contextlib import suppress

from msgspec import Struct

from ...domain.calls.entry import Outcome
from ...domain.errors import WrongUsageError
from ...text.format import quoted
from ...text.parse.values import is_phone
from ..call_map import LENGTHS, CallMap, Pair, Question, columns_named
from ..reading import UnreadableError
from . import words
from .dates import date_shape, read_time
from .lengths import CLOCKS, read_length
from .preset import OWN, Preset

_MOST_OUTCOMES = 40  # different ones; what has more is free text
_LEAST_OF_PHONE = 6  # digits
_DOTTED = re.compile(r"\d{1,2}\.[0-5]\d")  # a time of day, where its column is called so
_SEEN = 100  # texts of a column that tell its shape
_MOST = 0.8  # of them
_WHEN = {"datetime": "started_at", "date": "day", "clock": "time"}  # the field by the shape
_UNTIL = {"datetime": "ended_at", "date": "end_day", "clock": "end_time"}
_WHOLE = ("datetime", "date")
_LONG = ("clock", "length", "number", "phone")  # the shapes of lengths
_FAMILIES = {  # what a column is in which these shapes stand
    "number": {"number", "phone"},
    "length": {"clock", "length", "number"},
    "datetime": {"date", "datetime"},
}
_OF_CALLS = frozenset(("outcome", "phone", "direction", "from_phone", "to_phone"))
_SOME = 0.25  # of the texts: so many outcomes that are known make it a column of them
_TOLD = {text for text, meaning in words.OUTCOMES.items() if meaning in set(Outcome)}
_WORDS_OF_LENGTH = {word for name in words.COLUMNS["length"] for word in name.split()}


class Column(Struct, frozen=True):
    """A column as it looks in the first rows."""

    place: int
    name: str
    keys: tuple[str, str]
    unit: str  # of a length, as its name has it
    texts: tuple[str, ...]  # of the first rows, without blank ones
    shape: str  # date, datetime, clock, length, number, phone, text; empty: nothing stands there

    @property
    def clock(self) -> str:
        """What 1:30 is in it, as far as its name says; empty: it does not."""
        return CLOCKS.get(self.unit, "")

    @property
    def shown(self) -> str:
        """The column with what stands in it, for people."""
        return f"{quoted(self.name)} ({quoted(self.texts[0])})" if self.texts else quoted(self.name)

    def rank(self, kind: str) -> int | None:
        """How well its name fits, the best 0; None: it does not."""
        known = words.COLUMNS[kind]
        whole, without_brackets = self.keys
        if whole in known:
            return known[whole]
        is_unit = kind == "length" and self.unit and not without_brackets
        fits = is_unit or without_brackets in known
        return len(known) + known.get(without_brackets, 0) if fits else None

    def holds(self, known: Collection[str], least: float = _MOST) -> bool:
        """Whether most of its texts, or at least a share of them, are of these."""
        texts = self.texts[:_SEEN]
        found = sum(words.key(text) in known for text in texts)
        return bool(texts) and found >= least * len(texts)

    @property
    def can_be_outcome(self) -> bool:
        """Whether it has few different texts."""
        is_text = self.shape in ("text", "") or self.holds(words.YES)
        return is_text and len(set(self.texts)) <= _MOST_OUTCOMES


def looked_at(names: Sequence[str], rows: Sequence[Sequence[str]]) -> list[Column]:
    """The columns, as they look in the first rows."""
    found = []
    for place, name in enumerate(names):
        texts = tuple(text for row in rows if (text := words.text_of(row[place])))
        shapes = [_shape_of(text) for text in texts[:_SEEN]]
        shape = max(shapes, key=shapes.count, default="")
        if shapes.count(shape) < _MOST * len(shapes):
            families = (what for what, family in _FAMILIES.items() if family.issuperset(shapes))
            shape = next(families, "text")
        found.append(Column(place, name, *words.header(name), texts, shape))
    return found


def _ways(field: str, columns: Iterable[Column]) -> dict[str, Pair]:
    """The columns as answers to the question which of them holds a field."""
    return {column.shown: ("map", f"{field}={column.name}") for column in columns}


def _shape_of(text: str) -> str:
    if shape := date_shape(text):
        return shape
    with suppress(UnreadableError):
        if not _DOTTED.fullmatch(text):
            read_time(text)
            return "clock"
    if is_phone(text) and sum(map(str.isdecimal, text)) >= _LEAST_OF_PHONE:
        return "phone"
    with suppress(UnreadableError):
        read_length(text, decimal=".")
        return "number" if text.replace(".", "").replace(",", "").isdecimal() else "length"
    return "text"


class Layout:
    """Finds where everything is: what was said, what a preset knows, what names and texts tell."""

    def __init__(self, columns: Sequence[Column], calls: CallMap, preset: Preset) -> None:
        """A `WrongUsageError` where what was said cannot be, or no column can hold the day."""
        names = [column.name for column in columns]
        self.questions: list[Question] = []
        self.is_answered = False  # whether the outcome is a yes or no of whether it was answered
        self.references: Sequence[Column] = ()  # other columns of lengths, to compare with
        self.ends: dict[str, int] = {}  # where the end is, also where the length is read
        self._columns = columns
        self._said = calls.columns
        self._is_nameless = not calls.has_header
        self.places = calls.places(names, preset.usual(calls))
        """By field; some serve only to understand the others."""
        if preset is OWN:
            self._find_when()
            self._find_length()
            self._find_who()
            self._find_outcome()
            self._find_rest()
        one = f"name one of {columns_named(names)}."
        if not self.places.keys() & {"day", "started_at"} and not self.questions:
            why = f"No column holds the day: which of {columns_named(names)}, or is it a list?"
            as_list = {"it is a list of buyers to call": ("as", "list")}
            self.questions.append(Question(why, as_list | _ways("day", columns)))
        lengths = [name for name in LENGTHS if name in self.places]
        if len(lengths) > 1 and "duration" in lengths:  # of which the unit was said
            lengths.remove("duration")
        if len(lengths) > 1:
            why, (first, second, *_) = "Two columns hold the length: leave one out.", lengths
            raise WrongUsageError(why, "leave out length", first=first, second=second)
        for name in (name for name in calls.values if name not in self.places):
            raise WrongUsageError(f"No column holds the {name}: {one}", "name column", field=name)
        self.length = lengths[0] if lengths else ""
        self.length_column = columns[self.places[self.length]] if lengths else None

        for column in self._best("totals", shapes=("number",)):
            if any(map(str.isdecimal, column.texts)) and not {"1", "0"}.issuperset(column.texts):
                why = f"{column.shown} counts calls, so the rows are totals: bring the calls, a row"
                raise WrongUsageError(f"{why} each, or leave that column out of the file.")

    def _best(self, *kinds: str, shapes: Collection[str] = ()) -> list[Column]:
        """The columns that are called so and are not taken, the best first."""
        taken = set(self.places.values())
        free = [column for column in self._columns if column.place not in taken]
        fits = [column for column in free if not shapes or column.shape in shapes]
        tried = ((number, it.rank(kind), it) for number, kind in enumerate(kinds) for it in fits)
        ranked = [(number, rank, it.place) for number, rank, it in tried if rank is not None]
        return [self._columns[place] for _, _, place in sorted(ranked)]

    def _take(self, name: str, found: Iterable[Column]) -> None:
        """Take the best one, unless the field was said, or said to be left out."""
        best = next(iter(found), None)
        if best is not None and name not in self._said and name not in self.places:
            self.places[name] = best.place

    def _find_when(self) -> None:
        own = self.places.get("time")
        if own is not None and "time" not in self._said and self._columns[own].shape in _WHOLE:
            del self.places["time"]
        starts = self._best("start", "created", "from", shapes=(*_WHEN, "number"))
        dotted = {item.place for item in starts if all(map(_DOTTED.fullmatch, item.texts))}
        clocks = [item for item in starts if item.shape == "clock" or item.place in dotted]
        if not self.places.keys() & {"day", "started_at"} and not self._said.keys() & {"day"}:
            whole = [column for column in self._columns if column.shape in _WHOLE]
            found = [column for column in starts if column.shape in _WHOLE] or whole
            if found and (len(found) == 1 or starts):
                # A day beside its time of day is as good as both in one.
                is_parted = found[0].shape == "date" and clocks
                full = [column for column in found if column.shape == "datetime"]
                best = found[0] if is_parted or not full else full[0]
                self._take(_WHEN[best.shape], [best])
            elif found:
                self.questions.append(Question("Which column holds the day?", _ways("day", found)))
        if self._is_nameless:
            clocks = [column for column in self._columns if column.shape == "clock"][:1]
        if "day" in self.places and self._columns[self.places["day"]].shape != "datetime":
            self._take("time", clocks)
        for column in self._best("end", "to", shapes=tuple(_UNTIL)):
            self.ends.setdefault(_UNTIL[column.shape], column.place)
        if "ended_at" in self.ends:
            self.ends = {"ended_at": self.ends["ended_at"]}

    def _find_length(self) -> None:
        found = self._best("length", shapes=_LONG)
        known = {*LENGTHS, *_UNTIL.values()} & (self.places.keys() | self._said.keys())
        starts = "started_at" in self.places or {"day", "time"} <= self.places.keys()
        if known:
            pass
        elif found:
            self._take(found[0].unit if found[0].unit in LENGTHS else "duration", found)
        elif starts and self.ends.keys() & {"ended_at", "end_time"}:
            self.places |= self.ends
        elif likely := [column for column in self._columns if self._is_likely_length(column)]:
            ways = _ways("duration", likely) | {"none of them": ("map", "duration=")}
            self.questions.append(Question("Which column holds the length?", ways))
        self.references = [item for item in found if item.place not in self.places.values()]

    def _is_likely_length(self, column: Column) -> bool:
        is_called_so = column.unit or not _WORDS_OF_LENGTH.isdisjoint(column.keys[0].split())
        is_free = column.place not in self.places.values() and column.shape in _LONG
        is_clear = column.shape == "length" or (self._is_nameless and column.shape != "phone")
        return is_free and bool(is_called_so or is_clear)

    def _find_who(self) -> None:
        halves = ("first_name", "last_name")
        parted = {name: self._best(name, shapes=("text", "")) for name in halves}
        if all(parted.values()) and not self._said.keys() & {"contact"}:
            for name, columns in parted.items():
                self._take(name, columns)
        else:
            self._take("contact", self._best("contact", shapes=("text", "phone", "")))
        self._take("phone", self._best("phone", shapes=("phone", "")))
        kinds = self._best("kind")
        directions = [column for column in kinds if column.holds(words.DIRECTIONS)]
        self._take("direction", self._best("direction") + directions)
        for column in kinds:  # one that tells calls from other things
            keys = set(map(words.key, column.texts))
            if keys & words.CALLS and not keys <= words.CALLS:
                self._take("kind", [column])
        shapes = ("phone", "text", "number")
        sides = {side: self._best(side, shapes=shapes) for side in ("to", "from")}
        if {"phone", "contact"} <= self.places.keys() or "first_name" in self.places:
            return
        fields = {"phone": "phone", "number": "phone", "text": "contact"}  # by the shape
        if not any(sides.values()) and not {"phone", "contact"} & self.places.keys():
            taken = self.places.values()
            phones = [item for item in self._columns if item.shape == "phone"]
            self._take("phone", [item for item in phones if item.place not in taken])
        if not all(sides.values()):
            for column in sides["to"] + sides["from"]:
                self._take(fields[column.shape], [column])
        elif "direction" in self.places:
            for side, found in sides.items():
                for column in found:
                    if fields[column.shape] not in self.places:
                        self._take(f"{side}_{fields[column.shape]}", [column])
        elif not {"phone", "contact"} & self.places.keys():
            both = [found[0] for found in sides.values()]
            ways = _ways(fields[both[0].shape], both)
            self.questions.append(Question("Which column holds whom you talked to?", ways))

    def _find_outcome(self) -> None:
        found = [column for column in self._best("outcome") if column.can_be_outcome]
        found.sort(key=lambda column: not column.texts)
        found += [column for column in self._best("kind") if column.holds(words.OUTCOMES)]
        answered = [column for column in self._best("answered") if column.can_be_outcome]
        if not found + answered:  # by what stands there alone
            free = (each for each in self._columns if each.place not in self.places.values())
            found = [each for each in free if each.can_be_outcome and each.holds(_TOLD, _SOME)][:1]
        self.is_answered = not found and bool(answered) and "outcome" not in self.places
        self._take("outcome", found or answered)
        taken = self.places.get("outcome")
        self._take("status", [item for item in found + answered if item.place != taken])

    def _find_rest(self) -> None:
        self._take("note", self._best("note"))
        self._take("person", self._best("agent"))
        ids = self._best("id")
        self._take("id", [item for item in ids if len(set(item.texts)) == len(item.texts) > 0])
        if not self.places.keys() & _OF_CALLS:
            self._take("activity", [item for item in self._best("activity") if item.texts])
        amounts = [column for column in self._best("amount") if column.texts]
        if amounts and "amount" not in self.places and "amount" not in self._said:
            asked = "Which column holds money that you received?"
            ways = _ways("amount", amounts[:1]) | {"none of them": ("map", "amount=")}
            self.questions.append(Question(asked, ways))
