"""What must hold of each row: no import lets in what `needle check` would refuse."""

import re
import sqlite3
from collections.abc import Callable, Container, Iterator, Mapping
from datetime import date, datetime, timedelta
from functools import cache
from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta, Raw

from ...domain.calls.entry import contact_key
from ...domain.day import ONE_DAY
from ...text.format import quoted
from ...text.parse.values import LONGEST_NAME, MOST_MONEY
from .sections import SECTIONS, ExportField, Kind, Row, Section, Value

SLACK = timedelta(minutes=2)  # so far two clocks may be apart
_TIME = re.compile(r"([01]\d|2[0-3]):[0-5]\d:[0-5]\d", re.ASCII)
_NOON = 12  # the local day begins before noon, whatever the setting was
_MOST_COUNT = 10**9
LONGEST = 366 * 86_400
"""Seconds. Files hold timers that ran on for weeks; what is longer than a year is not a length."""
_BOUNDS = {
    "id": (1, MOST_MONEY),
    "seconds": (0, LONGEST),
    "count": (0, _MOST_COUNT),
    "weekdays": (0, 0b1111111),
    "utc_offset": (-86_399, 86_399),
    "planned": (1, LONGEST),
}  # of some whole numbers; sums of any stay within 64 bits
_DAY = "(19|2[0-9])[0-9]{2}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])"
_INSTANT = f"{_DAY}T([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]Z"
_day, _instant = (Annotated[str, Meta(pattern=rf"^{form}\Z")] for form in (_DAY, _INSTANT))
_TYPES: Mapping[Kind, tuple[Any, str]] = {
    Kind.YES_NO: (bool, "yes or no (in JSON true or false)"),
    Kind.TEXT: (str, "text"),
    Kind.MONEY: (int, "an amount of money"),
    Kind.DAY: (_day, "a day like 2026-11-24"),
    Kind.INSTANT: (_instant, "a time like 2026-11-24T14:40:00Z"),
}
_WRONG = re.compile(r"(missing|unknown)[\w ]* field `(.*)`|at `\$\.(\w+)", re.DOTALL)  # of msgspec

FOLLOWS_NO_EARLIER = """
    FROM entry JOIN entry AS ask ON ask.id = entry.follows
    WHERE ask.day > entry.day OR ask.id = entry.id
        OR (ask.follows IS NOT NULL AND ask.outcome IS NULL)
"""
# Each finds rows that contradict others, and says it of them.
SET_RULES = (
    (
        "An answer or a payment follows an earlier entry",
        f"SELECT entry.id, entry.day {FOLLOWS_NO_EARLIER}",
        "Entry {} of {} follows one that is not before it.",
    ),
    (
        "Ranks go from 1 on, each once",
        """
        SELECT 1 FROM activity GROUP BY NULL
        HAVING count(DISTINCT rank) < count(*) OR min(rank) <> 1 OR max(rank) <> count(*)
        """,
        "The ranks leave a place out or share one: rank any activity.",
    ),
    (
        "Undone changes are the last ones",
        """
        SELECT count(*) FROM change
        WHERE undone AND id < (SELECT max(id) FROM change WHERE NOT undone)
        GROUP BY NULL
        """,
        "{} undone changes stand before others that were not undone.",
    ),
    (
        "Nothing is promised to who asked not to be called",
        """
        SELECT contact.id FROM contact JOIN next_step ON contact_id = contact.id
        WHERE never_since IS NOT NULL AND ended_on IS NULL
        """,
        "Contact {} asked not to be called, and something is promised to it.",
    ),
)

Fault = tuple[str, str]  # a field, and what is wrong with it, as it follows the field's name
AFTER_NOW: Fault = "logged_at", "is still to come"
RawRow = bytes | Raw | Row  # a row as it is in a file: JSON, or values by name


class FaultError(Exception):
    """A row cannot be read; `fault` says why."""

    def __init__(self, field: str, why: str) -> None:
        super().__init__(field, why)
        self.fault: Fault = field, why


@cache
def row_reader(name: str) -> Callable[[RawRow], Row]:
    """Reads a row of a section, with what it leaves out; a `FaultError` where it is none."""
    section = SECTIONS[name]
    fields = [
        (item.name, _type(item)) if item.is_needed else (item.name, _type(item), item.default)
        for item in section.fields
    ]
    kind = msgspec.defstruct(name, fields, kw_only=True, forbid_unknown_fields=True)
    decode = msgspec.json.Decoder(kind).decode
    days = [item.name for item in section.fields if item.kind in (Kind.DAY, Kind.INSTANT)]

    def read(raw: RawRow) -> Row:
        try:
            row = msgspec.convert(raw, kind) if isinstance(raw, dict) else decode(raw)
        except (ValueError, RecursionError) as error:
            raise FaultError(*_said(section, error)) from None
        values = msgspec.structs.asdict(row)
        for day in filter(values.get, days):
            try:
                date.fromisoformat(values[day][:10])
            except ValueError:
                raise FaultError(day, "is not a day of the calendar") from None
        return values

    return read


def _type(field: ExportField) -> Any:
    if field.kind in (Kind.WHOLE, Kind.MONEY):
        least, most = _bounds(field)
        kind: Any = Annotated[int, Meta(ge=least, le=most)]
    else:
        kind = _TYPES[field.kind][0]
    if field.choices:
        kind = Literal[tuple(field.choices)]
    return kind | None if field.is_optional else kind


def _bounds(field: ExportField) -> tuple[int, int]:
    """The least and the largest number that a field can hold."""
    least = -MOST_MONEY if field.kind is Kind.MONEY else 0
    return _BOUNDS.get(field.name, (least, MOST_MONEY))


def _said(section: Section, error: Exception) -> Fault:
    """What msgspec found: the name of the field, and what is wrong with it."""
    found = _WRONG.search(str(error)) if isinstance(error, msgspec.ValidationError) else None
    if found is None:
        return "", "is damaged, or not a row of names and values"
    how, other, name = found.groups()
    if how is not None:
        return (quoted(other), "is unknown") if how == "unknown" else (other, "is missing")
    (field,) = (field for field in section.fields if field.name == name)
    if field.choices:
        return name, f"must be one of {', '.join(sorted(field.choices))}"
    if field.kind is Kind.WHOLE:
        least, most = _bounds(field)
        return name, f"must be a whole number from {least:,} to {most:,}"
    return name, f"must be {_TYPES[field.kind][1]}"


class Rules:
    """What must hold of rows at a moment."""

    def __init__(self, now: datetime, sales: Container[Value]) -> None:
        """Take the moment (UTC) and the ids of the sales activities."""
        self._latest = f"{now + SLACK:%Y-%m-%dT%H:%M:%SZ}"
        self._last_day = f"{now + ONE_DAY:%Y-%m-%d}"  # it may be tomorrow already in another zone
        self._sales = sales

    def fault(self, section: str, row: Row) -> Fault | None:
        """What is wrong with a row whose fields are of their types; None: it keeps the rules."""
        match section:
            case "entries":
                return self._fault_of_entry(row)
            case "timer":
                return self._fault_of_start(row)
            case "call_blocks":
                is_wrong = str(row["ended_at"] or row["started_at"]) < str(row["started_at"])
                fault = ("ended_at", "is before the start") if is_wrong else None
                return fault or self._fault_of_start(row)
            case "activities":
                return _fault_of_name(row, "name") or _fault_of_time(row, "starts_at")
            case "contacts":
                name = str(row["same_as"] or "")
                wrong = ("same_as", "must be in small letters, as names are compared")
                return _fault_of_name(row, "name") or (wrong if contact_key(name) != name else None)
            case "problems":
                return _fault_of_name(row, "title")
            case "next_steps":
                return _fault_of_time(row, "at")
            case "commitments":
                is_limit = row["seconds"] and not row["weekly"] and row["count"] is None
                if row["at_most"] and (not is_limit or row["activity_id"] in self._sales):
                    return "at_most", "is for minutes a day alone, with no buyers"
                if row["weekly"] and row["weekdays"]:
                    return "weekdays", "must be 0 by the week"
                quotas = [name for name in ("seconds", "count") if row[name] == 0]
                return (quotas[0], "must be above 0, or left out") if quotas else None
            case "days_off":
                return ("end", "is before the start") if row["end"] < row["start"] else None  # type: ignore[operator]
        return None

    def _fault_of_entry(self, row: Row) -> Fault | None:
        if row["outcome"] is not None and row["activity_id"] not in self._sales:
            return "outcome", "needs a sales activity"
        is_only_money = not row["seconds"] and not row["count"] and row["amount"] is not None
        if row["activity_id"] is None and row["problem_id"] is None and not is_only_money:
            return "activity_id", "is missing, and only money has none"
        if row["activity_id"] is not None and row["problem_id"] is not None:
            return "problem_id", "cannot stand beside an activity"
        if row["contact"] is not None and not contact_key(str(row["contact"])):
            return "contact", "is empty"
        if str(row["day"]) > self._last_day:
            return "day", "is still to come"
        if str(row["logged_at"]) > self._latest:
            return AFTER_NOW
        return self._fault_of_start(row)

    def _fault_of_start(self, row: Row) -> Fault | None:
        """The local date at the start is the day, or before its boundary the next one."""
        if row["started_at"] is None:
            return None
        if str(row["started_at"]) > self._latest:
            return "started_at", "is still to come"
        start = datetime.fromisoformat(str(row["started_at"]))
        local = start + timedelta(seconds=int(row["utc_offset"] or 0))
        behind = local.date() - date.fromisoformat(str(row["day"]))
        if behind and not (behind == ONE_DAY and local.hour < _NOON):
            return "started_at", f"is on {local:%Y-%m-%d at %H:%M}, the day is {row['day']}"
        return None


def _fault_of_time(row: Row, field: str) -> Fault | None:
    is_time = row[field] is None or _TIME.fullmatch(str(row[field]))
    return None if is_time else (field, "must be a time like 14:00:00")


def _fault_of_name(row: Row, field: str) -> Fault | None:
    name = str(row[field])
    if len(name) > LONGEST_NAME:
        return field, f"is longer than {LONGEST_NAME:,} characters"
    return None if contact_key(name) else (field, "is empty")


def contradictions(connection: sqlite3.Connection) -> Iterator[str]:
    """A sentence for each row that contradicts others."""
    for _, statement, sentence in SET_RULES:
        for row in connection.execute(statement):
            yield sentence.format(*row)
