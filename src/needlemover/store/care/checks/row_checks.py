"""Checks of what is in the tables: the rules that the schema cannot express."""

import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress

from ....domain.calls.entry import Outcome, contact_key, fills_quota
from ...derived import wrong_contacts, wrong_sums
from ...schema.tables import SETTINGS
from ...settings_row import wrong_settings
from ..rules import SET_RULES, Rules, bounds
from ..sections import SECTIONS, Kind, rows_of
from .report import OpenFile, check

_TWO, _DAY = "[0-9][0-9]", "[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]"
_SHAPES = {Kind.DAY: ("date", _DAY), Kind.INSTANT: ("datetime", f"{_DAY}T{_TWO}:{_TWO}:{_TWO}Z")}
_COLUMNS = [(item.table.name, field) for item in SECTIONS.values() for field in item.fields]


def _rule(name: str, statement: str, sentence: str) -> None:
    check(name)(lambda file: (sentence.format(*row) for row in file.connection.execute(statement)))


def _sentences(name: str, wrong: Callable[[sqlite3.Connection], Iterable[str]]) -> None:
    check(name)(lambda file: wrong(file.connection))


for _name, _statement, _sentence in SET_RULES:
    _rule(_name, _statement, _sentence)


@check("Days and times are written as they should be")
def days_and_times(file: OpenFile) -> Iterator[str]:
    """What SQLite would keep although it is neither a day nor an instant."""
    for table, field in _COLUMNS:
        if field.kind in _SHAPES:
            of, shape = _SHAPES[field.kind]
            name = f'"{field.name}"'
            yield from _rows_where(
                file, table, field.name, f"{name} NOT GLOB '{shape}' OR {of}({name}) IS NULL"
            )


@check("Each word is one that is known")
def words(file: OpenFile) -> Iterator[str]:
    """Outcomes, rules, states, rhythms and prices that there are not."""
    for table, field in _COLUMNS:
        if field.choices:
            known = ", ".join(f"'{choice}'" for choice in field.choices)
            yield from _rows_where(file, table, field.name, f'"{field.name}" NOT IN ({known})')


def _rows_where(file: OpenFile, table: str, column: str, wrong: str) -> Iterator[str]:
    rows = file.connection.execute(
        f'SELECT id FROM "{table}" WHERE "{column}" IS NOT NULL AND ({wrong})'
    )
    for (row,) in rows:
        yield f"Row {row} of {table}: the value of {column} is not allowed."


@check("Entries fill their quotas as the rule says")
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


@check("Each row keeps the rules")
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


@check("Each number is within its bounds")
def numbers(file: OpenFile) -> Iterator[str]:
    """What is no whole number, or so large that sums of it could not be kept."""
    for table, field in _COLUMNS:
        if field.kind in (Kind.WHOLE, Kind.MONEY) and table != SETTINGS.name:
            least, most = bounds(field)
            name = f'"{field.name}"'
            wrong = f"typeof({name}) <> 'integer' OR {name} NOT BETWEEN {least} AND {most}"
            yield from _rows_where(file, table, field.name, wrong)


@check("Names are compared as they read")
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


_sentences("What is kept of each day adds up to its entries", wrong_sums)
_sentences("Each buyer in the log is a contact", wrong_contacts)
_sentences("The settings can be read", wrong_settings)
_rule(
    "Every change can be undone",
    """
    SELECT id FROM changed_row WHERE EXISTS (
        SELECT 1 FROM (SELECT "before" AS image UNION ALL SELECT "after")
        WHERE image IS NOT NULL AND iif(json_valid(image), json_type(image), '') <> 'object'
    )
    """,
    "Step {} of the undo history cannot be read.",
)
