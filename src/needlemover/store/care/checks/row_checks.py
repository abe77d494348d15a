"""Checks of what is in the tables: the rules that the schema cannot express."""

import json
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress

from ....domain.calls.entry import Outcome, contact_key, fills_quota
from ...schema.tables import SETTINGS
from ..rules import Rules, bounds
from ..sections import SECTIONS, ExportField, Kind, rows_of
from .file_checks import OpenFile

_TWO, _DAY = "[0-9][0-9]", "[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]"
_SHAPES = {Kind.DAY: ("date", _DAY), Kind.INSTANT: ("datetime", f"{_DAY}T{_TWO}:{_TWO}:{_TWO}Z")}
_COLUMNS = [
    (item.table.name, field)
    for item in SECTIONS.values()
    if item.table is not SETTINGS
    for field in item.fields
]
Finder = Callable[[OpenFile], Iterable[str]]  # a sentence for each thing that is wrong


def rule(statement: str, sentence: str) -> Finder:
    """Says a sentence of each row that a statement finds."""
    return lambda file: (sentence.format(*row) for row in file.connection.execute(statement))


def values(wrong: Callable[[ExportField], str]) -> Finder:
    """Finds the values that are wrong, as SQL says that is made of each field; empty: none is."""

    def find(file: OpenFile) -> Iterator[str]:
        for table, field in _COLUMNS:
            if condition := wrong(field):
                which = f'"{field.name}" IS NOT NULL AND ({condition})'
                for (row,) in file.connection.execute(f'SELECT id FROM "{table}" WHERE {which}'):
                    yield f"Row {row} of {table}: the value of {field.name} is not allowed."

    return find


def misshapen(field: ExportField) -> str:
    """What SQLite would keep although it is neither a day nor an instant."""
    if field.kind not in _SHAPES:
        return ""
    of, shape = _SHAPES[field.kind]
    return f'"{field.name}" NOT GLOB \'{shape}\' OR {of}("{field.name}") IS NULL'


def unknown(field: ExportField) -> str:
    """Outcomes, rules, states, rhythms and prices that there are not."""
    known = ", ".join(f"'{choice}'" for choice in field.choices)
    return f'"{field.name}" NOT IN ({known})' if known else ""


def out_of_bounds(field: ExportField) -> str:
    """What is no whole number, or so large that sums of it could not be kept."""
    if field.kind not in (Kind.WHOLE, Kind.MONEY):
        return ""
    least, most, name = *bounds(field), f'"{field.name}"'
    return f"typeof({name}) <> 'integer' OR {name} NOT BETWEEN {least} AND {most}"


def quotas(file: OpenFile) -> Iterator[str]:
    """Entries that count though they should not, or the other way round."""
    rows = file.connection.execute(
        """
        SELECT entry.id, entry.day, is_sales, outcome, follows IS NOT NULL, seconds, count,
            fills_quota, problem_id IS NOT NULL
        FROM entry LEFT JOIN activity ON activity.id = entry.activity_id
        WHERE outcome IS NULL OR outcome IN (SELECT value FROM json_each(?))
        """,
        (json.dumps(list(Outcome)),),
    )
    for row, day, is_sales, outcome, follows, seconds, count, fills, is_leak in rows:
        should = fills_quota(
            outcome, seconds, count, is_sales=is_sales, follows=follows, is_leak=is_leak
        )
        if should != bool(fills):
            yield f"Entry {row} of {day} {'should fill' if should else 'should not fill'} a quota."


def rows(file: OpenFile) -> Iterator[str]:
    """What no import would let in. What is logged after now, the check of the clock says."""
    activities = rows_of(file.connection, SECTIONS["activities"])
    rules = Rules(file.now, {row["id"] for row in activities if row["is_sales"]})
    for name, section in SECTIONS.items():
        for row in rows_of(file.connection, section) if section.table is not SETTINGS else ():
            with suppress(ValueError, TypeError):  # a value that another check says is none
                fault = rules.fault(name, row)
                if fault is not None and fault[0] != "logged_at":
                    field, why = fault
                    yield f"Row {row['id']} of {section.table.name}: its {field} {why}."


def names(file: OpenFile) -> Iterator[str]:
    """Activities and contacts that would not be found by their name."""
    for row, name, key in file.connection.execute("SELECT id, name, name_key FROM activity"):
        if contact_key(name) != key:
            yield f"Activity {row} is not found by its name."
    rows = file.connection.execute(
        "SELECT min(id), contact, contact_key FROM entry "
        "WHERE contact IS NOT NULL OR contact_key IS NOT NULL GROUP BY contact, contact_key"
    )
    for row, contact, key in rows:
        if contact is None or contact_key(contact) != key:
            yield f"The contact of entry {row} is not found by its name."


LOST_STEPS = rule(
    """
    SELECT id FROM changed_row WHERE EXISTS (
        SELECT 1 FROM (SELECT "before" AS image UNION ALL SELECT "after")
        WHERE image IS NOT NULL AND iif(json_valid(image), json_type(image), '') <> 'object'
    )
    """,
    "Step {} of the undo history cannot be read.",
)
