"""Which column of a table is for what, by the names of its columns and by what stands in them."""

from collections.abc import Callable, Collection, Sequence
from contextlib import suppress

from msgspec import Struct

from ...domain.errors import WrongUsageError
from ...text.format import quoted
from ...text.parse.values import is_phone
from ..call_map import LENGTHS, CallMap, columns_named
from ..questions import Choice, Question
from ..reading import UnreadableError
from . import words
from .dates import date_shape, read_time
from .lengths import CLOCKS, is_length
from .preset import OWN, Preset

_MOST_OUTCOMES = 40  # different ones; what has more is free text
_LEAST_OF_PHONE = 6  # digits
_SEEN = 100  # texts of a column that tell its shape
_MOST = 0.8  # of them
_WHEN = {"datetime": "started_at", "date": "day", "clock": "time"}
_UNTIL = {"datetime": "ended_at", "date": "end_day", "clock": "end_time"}
_LONG = ("clock", "length", "number", "phone")  # the shapes of lengths
_ENDS = frozenset(_UNTIL.values())
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
        if without_brackets in known or (kind == "length" and self.unit and not without_brackets):
            return len(known) + known.get(without_brackets, 0)
        return None

    def holds(self, known: Collection[str]) -> bool:
        """Whether most of its texts are of these."""
        found = sum(words.key(text) in known for text in self.texts[:_SEEN])
        return bool(self.texts) and found >= _MOST * len(self.texts[:_SEEN])


def looked_at(names: Sequence[str], rows: Sequence[Sequence[str]]) -> list[Column]:
    """The columns, as they look in the first rows."""
    found = []
    for place, name in enumerate(names):
        texts = tuple(text for row in rows if (text := row[place].strip()))
        found.append(Column(place, name, *words.header(name), texts, _shape(texts[:_SEEN])))
    return found


def _shape(texts: Sequence[str]) -> str:
    shapes = [_shape_of(text) for text in texts]
    common = max(shapes, key=shapes.count, default="")
    return common if shapes.count(common) >= _MOST * len(shapes) else "text"


def _shape_of(text: str) -> str:
    if shape := date_shape(text):
        return shape
    with suppress(UnreadableError):
        read_time(text)
        return "clock"
    if is_phone(text) and sum(map(str.isdecimal, text)) >= _LEAST_OF_PHONE:
        return "phone"
    if is_length(text):
        return "number" if text.replace(".", "").replace(",", "").isdecimal() else "length"
    return "text"


class Layout:
    """Finds where everything is: what was said, what a preset knows, what names and texts tell."""

    def __init__(self, columns: Sequence[Column], calls: CallMap, preset: Preset) -> None:
        """A `WrongUsageError` where what was said cannot be, or no column can hold the day."""
        self.places: dict[str, int] = {}  # by field; some serve only to understand the others
        self.questions: list[Question] = []
        self.is_answered = False  # whether the outcome is a yes or no of whether it was answered
        self.references: tuple[Column, ...] = ()  # other columns of lengths, to compare with
        self._columns = columns
        self._said = calls.columns
        self.ends: dict[str, int] = {}  # where the end is, also where the length is read
        names = [column.name for column in columns]
        self.places |= calls.places(names, preset.usual(calls))
        if preset is OWN:
            self._own_time_may_be_all()
            self._find_when()
            self._find_lengths()
            self._find_who()
            self._find_outcome()
            self._find_rest()
        self._must_have_day()
        lengths = [name for name in LENGTHS if name in self.places]
        if len(lengths) > 1:
            why, (first, second, *_) = "Two columns hold the length: leave one out.", lengths
            raise WrongUsageError(why, "leave out length", first=first, second=second)
        for name in (name for name in calls.values if name not in self.places):
            one = f"name one of {columns_named(names)}."
            raise WrongUsageError(f"No column holds the {name}: {one}", "name column", field=name)
        self.length = lengths[0] if lengths else ""
        self.length_column = columns[self.places[self.length]] if lengths else None

    def _is_free(self, column: Column) -> bool:
        return column.place not in self.places.values()

    def _best(
        self, kind: str, fits: Callable[[Column], bool] = lambda column: True
    ) -> list[Column]:
        """The columns that are called so and are not taken, the best first."""
        ranks = [(column.rank(kind), column) for column in self._columns]
        found = [(rank, column.place) for rank, column in ranks if rank is not None]
        there = [self._columns[place] for _, place in sorted(found)]
        return [column for column in there if self._is_free(column) and fits(column)]

    def _take(self, name: str, found: Sequence[Column]) -> None:
        if found and name not in self._said and name not in self.places:
            self.places[name] = found[0].place

    def _own_time_may_be_all(self) -> None:
        """Let a column that is called time and holds whole dates be found by what it holds."""
        place = self.places.get("time")
        is_whole = place is not None and self._columns[place].shape in ("date", "datetime")
        if is_whole and "time" not in self._said:
            del self.places["time"]

    def _find_when(self) -> None:
        if "started_at" not in self.places:
            starts = self._best("start") + self._best("created")
            shapes = {shape: [item for item in starts if item.shape == shape] for shape in _WHEN}
            if "day" not in self.places and not self._said.keys() & {"day", "started_at"}:
                dates, whole = shapes["date"], shapes["datetime"]
                if not dates and not whole:
                    any_ = [item for item in self._columns if item.shape in ("date", "datetime")]
                    self._choose("day", [item for item in any_ if self._is_free(item)])
                elif whole and not (dates and shapes["clock"] and starts.index(dates[0]) == 0):
                    self._take("started_at", whole)
                else:
                    self._take("day", dates)
            if "day" in self.places and self._columns[self.places["day"]].shape == "date":
                self._take("time", shapes["clock"])
        for column in self._best("end"):
            if column.shape in _UNTIL:
                self.ends.setdefault(_UNTIL[column.shape], column.place)
        if "ended_at" in self.ends:
            self.ends = {"ended_at": self.ends["ended_at"]}

    def _choose(self, name: str, found: Sequence[Column]) -> None:
        """Take the only one, or ask which it is."""
        if len(found) == 1:
            wholly = name == "day" and found[0].shape == "datetime"
            self._take("started_at" if wholly else name, found)
        elif found:
            choices = tuple(Choice(item.shown, ("map", f"{name}={item.name}")) for item in found)
            self.questions.append(Question(f"Which column holds the {name}?", choices))

    def _find_lengths(self) -> None:
        has_own = any(name in self.places for name in LENGTHS)
        typed_ends = self.places.keys() & _ENDS
        found = self._best("length", lambda column: column.shape in _LONG)
        if not has_own and not typed_ends and not self._said.keys() & set(LENGTHS):
            if found:
                unit = found[0].unit if found[0].unit in LENGTHS else "duration"
                self.places[unit] = found[0].place
            elif not self._all_ends():
                self._ask_for_length()
        if not any(name in self.places for name in LENGTHS) and self._all_ends():
            self.places |= self.ends
        self.references = tuple(column for column in found if self._is_free(column))

    def _all_ends(self) -> bool:
        has_start = "started_at" in self.places or {"day", "time"} <= self.places.keys()
        return has_start and bool(self.ends.keys() & {"ended_at", "end_time"})

    def _ask_for_length(self) -> None:
        likely = [
            column
            for column in self._columns
            if self._is_free(column)
            and column.shape in _LONG
            and (column.unit or set(column.keys[0].split()) & _WORDS_OF_LENGTH or self._is_numbered)
        ]
        if likely:
            choices = [Choice(item.shown, ("map", f"duration={item.name}")) for item in likely]
            choices.append(Choice("none of them", ("map", "duration=")))
            self.questions.append(Question("Which column holds the length?", tuple(choices)))

    @property
    def _is_numbered(self) -> bool:
        """Whether the columns have no names of their own."""
        return [column.name for column in self._columns] == [
            str(number) for number in range(1, len(self._columns) + 1)
        ]

    def _find_who(self) -> None:
        self._take("contact", self._best("contact", lambda column: column.shape != "number"))
        self._take("phone", self._best("phone", lambda column: column.shape in ("phone", "")))
        kinds = self._best("kind")
        directions = self._best("direction") + [
            item for item in kinds if item.holds(words.DIRECTIONS)
        ]
        self._take("direction", directions)
        self._take("kind", [item for item in kinds if _has_calls(item)])
        if "phone" in self.places and "contact" in self.places:
            return
        sides = {side: [item for item in self._best(side) if item.texts] for side in ("from", "to")}
        for side, found in sides.items():
            phones = [item for item in found if item.shape == "phone"]
            names = [item for item in found if item.shape == "text"]
            if "direction" in self.places and sides["from"] and sides["to"]:
                if "phone" not in self.places:
                    self._take(f"{side}_phone", phones)
                if "contact" not in self.places:
                    self._take(f"{side}_contact", names)
        if "direction" in self.places and sides["from"] and sides["to"]:
            return
        if not sides["from"] or not sides["to"]:
            for item in sides["from"] + sides["to"]:
                self._take("phone" if item.shape == "phone" else "contact", [item])
        elif "phone" not in self.places and "contact" not in self.places:
            both = (sides["to"][0], sides["from"][0])
            fields = ["phone" if item.shape == "phone" else "contact" for item in both]
            choices = tuple(
                Choice(item.shown, ("map", f"{name}={item.name}"))
                for name, item in zip(fields, both, strict=True)
            )
            self.questions.append(Question("Who is the other one?", choices))

    def _find_outcome(self) -> None:
        found = self._best("outcome", _is_outcome)
        found = [item for item in found if item.texts] or found
        answered = self._best("answered", _is_outcome)
        if not found and answered and "outcome" not in self._said:
            self.is_answered = True
            found = answered
        self._take("outcome", found)
        self._take("status", [item for item in found + answered if self._is_free(item)])

    def _find_rest(self) -> None:
        self._take("note", self._best("note"))
        self._take("person", self._best("agent"))
        if not self.places.keys() & {"outcome", "phone", "direction", "from_phone", "to_phone"}:
            self._take("activity", self._best("activity", lambda column: bool(column.texts)))
        self._take("id", self._best("id", lambda item: len(set(item.texts)) == len(item.texts) > 0))
        amounts = self._best("amount", lambda column: bool(column.texts))
        if amounts and "amount" not in self.places and "amount" not in self._said:
            name = amounts[0].name
            choices = (Choice("yes", ("map", f"amount={name}")), Choice("no", ("map", "amount=")))
            words_ = f"Is {amounts[0].shown} money that you received?"
            self.questions.append(Question(words_, choices))

    def _must_have_day(self) -> None:
        has_day = self.places.keys() & {"day", "started_at"}
        if not has_day and not any("day" in question.words for question in self.questions):
            one = columns_named([column.name for column in self._columns])
            raise WrongUsageError(f"No column holds the day: name one of {one}.", "name day")


def _has_calls(column: Column) -> bool:
    keys = set(map(words.key, column.texts))
    return bool(keys & words.CALLS) and not keys <= words.CALLS


def _is_outcome(column: Column) -> bool:
    few = len(set(column.texts)) <= _MOST_OUTCOMES
    return (few and column.shape in ("text", "")) or column.holds(words.YES)
