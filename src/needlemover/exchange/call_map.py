"""How a table of calls is to be read, and what is asked of it; answers are options, as typed."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from msgspec import Struct

from ..domain.errors import WrongUsageError
from ..text.format import joined, quoted, wrong
from ..text.parse.values import parse_outcome

_OWN = "day time started_at seconds minutes hours outcome contact phone amount note id"
USUAL = {name: (name,) for name in _OWN.split()}
"""Somebody's own columns are called like the fields."""
LENGTHS = ("seconds", "minutes", "hours", "milliseconds", "duration")
"""Of the last one nobody said what it counts in."""
FIELDS = (*USUAL, "milliseconds", "duration", "activity", "ended_at", "end_day", "end_time",
          "direction")  # fmt: skip
_COLUMNS_NAMED = 30
_KNOWN = {"length": ("m:ss", "h:mm"), "decimal": (",", "."), "doubles": ("skip", "add")}

Pair = tuple[str, str]
"""An option and its value: `("map", "day=Datum")`; the value of a flag is empty."""


class Question(Struct, frozen=True):
    """What has to be known before a file can be read."""

    words: str  # a whole sentence
    choices: Mapping[str, Pair]  # answers in words; what is proposed stands first
    takes_many: bool = False


class Preview(Struct, frozen=True):
    """The first rows of a table under the fields that were recognised."""

    columns: tuple[str, ...]  # as the file calls them
    fields: tuple[str, ...]  # what each is read as; empty: it is not read
    rows: tuple[Sequence[str], ...]  # as they stand in the file
    outcomes: tuple[tuple[str, int, str | None], ...] = ()
    """Texts with how often each stands there and what it means; empty: left out; None: unknown."""


class QuestionsError(WrongUsageError):
    """A file cannot be read before the questions about it are answered."""

    def __init__(
        self, asked: Sequence[Question], said: Sequence[str] = (), preview: Preview | None = None
    ) -> None:
        """Ask all that is open at once; `said` are sentences on what is known."""
        self.questions, self.said, self.preview = asked, said, preview
        super().__init__(" ".join(question.words for question in asked))


class CallMap(Struct, frozen=True):
    """How a table of calls is to be read."""

    columns: Mapping[str, str] = {}  # by field; an empty one: the field is not read
    values: Mapping[str, Mapping[str, str]] = {}  # by field and text (trimmed, case-folded)
    date_format: str | None = None  # as for `strptime`; None: found out
    length: str = ""  # what `1:30` is: "m:ss" or "h:mm"; empty: found out
    decimal: str = ""  # what parts the decimals of a number: "," or "."; empty: found out
    sheet: str = ""  # of a workbook; empty: the only one
    tags: tuple[str, ...] = ()  # those of Timewarrior that are activities
    has_header: bool = True  # without one the columns are called 1, 2, 3 …
    only: Mapping[str, frozenset[str]] = {}  # texts by column (case-folded): no other rows
    without: Mapping[str, frozenset[str]] = {}  # rows with one of them are left out
    doubles: str = ""  # what looks like an entry that is here: "skip" or "add"; empty: asked
    options: tuple[Pair, ...] = ()  # what it was made of

    def after(self, remembered: Iterable[Pair]) -> "CallMap":
        """What was typed, and for the rest what was answered before."""
        here = set(map(_about, self.options))
        old = [option for option in remembered if _about(option) not in here]
        return call_map((*old, *self.options)) if old else self

    def places(
        self, columns: Sequence[str], usual: Mapping[str, Sequence[str]] = USUAL
    ) -> dict[str, int]:
        """Where each field is, in its named or first usual column."""
        typed = {name: column for name, column in self.columns.items() if column.strip()}
        found = {name: place_of(column, columns) for name, column in typed.items()}
        taken = set(found.values())
        for name, place in usual_places(columns, usual).items():
            if name not in self.columns:
                place = place_of(column_key(columns[place]), columns)
                if place not in taken:
                    found[name] = place
        return found


def call_map(options: Iterable[Pair]) -> CallMap:
    """Read options as they are typed, answered or remembered.

    They are map FIELD=COLUMN, value FIELD:TEXT=VALUE (TEXT may hold =), date-format as for
    `strptime`, length m:ss|h:mm, decimal ,|., sheet, tag, no-header, only and without
    COLUMN=VALUE, doubles skip|add.
    """
    options = tuple(options)
    last = dict(options)
    typed: dict[str, list[str]] = defaultdict(list)
    for name, value in options:
        typed[name].append(value)
    for name, known in _KNOWN.items():
        if last.get(name) and last[name] not in known:
            raise wrong(last[name], f"cannot be understood: {name} is {' or '.join(known)}.")
    columns: dict[str, str] = {}
    for each in typed["map"]:
        name, sign, column = each.partition("=")
        if not sign:
            raise _not_like(each, "FIELD=COLUMN")
        name = _field(name)
        if columns.setdefault(name, column) != column:
            raise WrongUsageError(f"Two columns are named for {name}: name one.")
    values: dict[str, dict[str, str]] = {}
    for each in typed["value"]:
        name, text, value = _value_parts(each)
        if name == "outcome" and value.strip():  # empty: such rows are left out
            value = parse_outcome(value).value
        if values.setdefault(name, {}).setdefault(text, value.strip()) != value.strip():
            raise wrong(text, "cannot stand for two things: say one.")
    return CallMap(
        columns,
        values,
        _date_format(last.get("date-format")),
        last.get("length", ""),
        last.get("decimal", ""),
        last.get("sheet", ""),
        tuple(typed["tag"]),
        "no-header" not in last,
        _filters(typed["only"]),
        _filters(typed["without"]),
        last.get("doubles", ""),
        options,
    )


def _value_parts(typed: str) -> tuple[str, str, str]:
    name, colon, rest = typed.partition(":")
    text, sign, value = rest.rpartition("=")
    if not colon or not sign:
        raise _not_like(typed, "FIELD:TEXT=VALUE")
    return _field(name), text.strip().casefold(), value


def _filters(typed: Iterable[str]) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for each in typed:
        column, sign, value = each.partition("=")
        if not sign or not column.strip():
            raise _not_like(each, "COLUMN=VALUE")
        found[column].add(value.strip().casefold())
    return {column: frozenset(values) for column, values in found.items()}


def _about(option: Pair) -> tuple[str, ...]:
    """What an option is about: of two about the same the typed one holds."""
    name, value = option
    if name == "map":
        field = _field(value.partition("=")[0])
        if field in LENGTHS:
            return name, "length"
        return name, "day" if field == "started_at" else field
    if name == "value":
        return name, *_value_parts(value)[:2]
    return (name,)


def _date_format(typed: str | None) -> str | None:
    """A format that was typed; one with which no whole date can be read is refused."""
    if typed is None:
        return None
    example = datetime(2021, 12, 30, 16, 45)
    try:
        told = typed.replace("%%", "")
        is_whole = re.search("%[YyGcx]", told) and "%Z" not in told  # no name of a zone is read
        found = datetime.strptime(example.strftime(typed), typed) if is_whole else None
    except (ValueError, re.error):
        found = None
    if found is None or found.date() != example.date():
        why = "is not a format of a whole date: give one like %d.%m.%Y or %m/%d/%y %H:%M."
        raise wrong(typed, why)
    return typed


def columns_named(columns: Sequence[str]) -> str:
    """Columns in quotes, cut where they are many."""
    return joined([quoted(column) for column in columns], most=_COLUMNS_NAMED)


def _not_like(typed: str, shape: str) -> WrongUsageError:
    return wrong(typed, f"cannot be understood: type it like {shape}.")


def _field(name: str) -> str:
    name = name.strip().casefold()
    if name not in FIELDS:
        raise WrongUsageError(f"There is no field {quoted(name)}: there are {', '.join(FIELDS)}.")
    return name


def place_of(column: str, columns: Sequence[str]) -> int:
    """Where a column is; a `WrongUsageError` where it is not, or there twice."""
    exact = [place for place, name in enumerate(columns) if name == column.strip()]
    alike = [place for place, name in enumerate(columns) if column_key(name) == column_key(column)]
    if not (found := exact or alike):
        why = f"There is no column {quoted(column)}. The columns are {columns_named(columns)}."
        raise WrongUsageError(why)
    if len(found) > 1:
        then = "give them different names in the first line of the file."
        raise WrongUsageError(f"{len(found)} columns are called {quoted(column)}: {then}")
    return found[0]


def usual_places(columns: Sequence[str], usual: Mapping[str, Sequence[str]]) -> dict[str, int]:
    """Where the first of the usual columns of each field is, of those that are there."""
    keys = list(map(column_key, columns))
    there = {name: [column for column in names if column in keys] for name, names in usual.items()}
    return {name: keys.index(found[0]) for name, found in there.items() if found}


def column_key(name: str) -> str:
    """The name of a column, as columns are compared."""
    return name.strip().casefold()
