"""What makes up the data, section by section, for whoever takes all of it elsewhere or brings it.

The undo history, and rows and columns that follow from others, are not part of it.
"""

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import Enum, auto

from msgspec import Struct
from sqlalchemy import Boolean, Column, Date, Integer, Table

from ...domain.buyers.contact import StepKind, phone_key
from ...domain.calls.entry import Outcome, contact_key
from ...domain.delegation.problem import CostPer, Every, ProblemState
from ...domain.promises.commitment import Rule
from ...domain.settings import Settings
from ...text.settings import parse_settings, typed_settings
from ..buyer_rows import SAID
from ..facts import read_settings
from ..schema import tables

Value = str | int | bool | None
Row = dict[str, Value]
"""Days as 2026-11-24, instants as 2026-11-24T14:40:00Z, durations in seconds, minor units."""

SOURCE = "needle"
_FIND = f"""
    SELECT id, activity_id FROM entry WHERE source = :source AND source_key = :key
    UNION ALL SELECT id, activity_id FROM entry
    WHERE id = :id AND source_key IS NULL AND {tables.ENTRY_KEY} = :key
    UNION ALL SELECT NULL, NULL FROM forgotten_key WHERE source = :source AND source_key = :key
"""


class Kind(Enum):
    """What a field holds."""

    WHOLE = auto()
    MONEY = auto()
    YES_NO = auto()
    TEXT = auto()
    DAY = auto()
    INSTANT = auto()


class ExportField(Struct, frozen=True):
    """A column that travels."""

    name: str
    kind: Kind
    is_optional: bool
    default: Value  # where a file does not have the field
    is_needed: bool  # whether a file must have it
    refers_to: str | None  # the section whose id it holds
    choices: frozenset[str]  # what its text can be; empty: anything


class Section(Struct, frozen=True):
    """A table that travels."""

    name: str
    table: Table
    fields: tuple[ExportField, ...]  # by name


class Data(Struct, frozen=True):
    """All that is there."""

    sections: Mapping[str, Sequence[Row]]  # all sections but the entries
    entries: Iterable[Row]  # by id; to be read once
    knows_offers: bool = True  # whether amounts of asks are offers; else they were money received

    def rows(self, section: Section) -> Iterable[Row]:
        """Those of any section."""
        return self.entries if section is ENTRIES else self.sections[section.name]


_TABLES = {
    "settings": tables.SETTINGS,
    "activities": tables.ACTIVITY,
    "commitments": tables.COMMITMENT,
    "problems": tables.PROBLEM,
    "contacts": tables.CONTACT,
    "next_steps": tables.NEXT_STEP,
    "imports": tables.BATCH,
    "days_off": tables.DAY_OFF,
    "missed_reasons": tables.MISSED_REASON,
    "skipped_days": tables.SKIPPED_DAY,
    "forgotten_keys": tables.FORGOTTEN_KEY,
    "last_use": tables.LAST_USE,
    "timer": tables.TIMER,
    "call_blocks": tables.CALL_BLOCK,
    "entries": tables.ENTRY,
}
_STAYS_HERE = frozenset(
    {"activity.name_key", "entry.contact_key", "entry.fills_quota"}
    | {"timer.draft", "last_use.utc_offset", "last_use.zone"}
    | {"contact.name_key", "contact.phone_key"}
    | {"contact.touched_on", "contact.talked_on", "contact.tries"}
    | {f"{table}.uid" for table in _TABLES.values()}
)
"""Columns that follow from others, are not said yet, or say where this computer is."""
_WHICH = {
    # Where only commands wrote, nobody was asked about missed days yet.
    tables.LAST_USE: "asked_on IS NOT NULL",
    # What is nothing but a name in the log is not said twice.
    tables.CONTACT: f"{SAID} OR same_as IS NOT NULL",
}
_MONEY = frozenset({"amount", "cost", "real_cost"})
_CHOICES: Mapping[str, Iterable[str]] = {
    "rule": Rule,
    "outcome": Outcome,
    "state": ProblemState,
    "every": Every,
    "cost_per": CostPer,
    "real_cost_per": CostPer,
    "kind": StepKind,
}
_KINDS = {
    Boolean: Kind.YES_NO, Date: Kind.DAY, tables.Instant: Kind.INSTANT, Integer: Kind.WHOLE,
}  # fmt: skip


def _field(column: Column[object]) -> ExportField:
    default = None if column.default is None else getattr(column.default, "arg", None)
    to = [key.column.table for key in column.foreign_keys]
    return ExportField(
        name=str(column.name),
        kind=Kind.MONEY if column.name in _MONEY else _KINDS.get(type(column.type), Kind.TEXT),
        is_optional=bool(column.nullable),
        default=default,
        is_needed=not column.nullable and default is None,
        refers_to=next((name for name, table in _TABLES.items() if table in to), None),
        choices=frozenset(map(str, _CHOICES.get(column.name, ()))),
    )


# Each setting that was chosen is a row, as people's scripts read it: `goal`, `12000.00`.
_SETTINGS_FIELDS = tuple(
    ExportField(name, kind, False, None, is_needed=True, refers_to=None, choices=frozenset())
    for name, kind in (("id", Kind.WHOLE), ("key", Kind.TEXT), ("value", Kind.TEXT))
)


def _section(name: str, table: Table) -> Section:
    if table is tables.SETTINGS:
        return Section(name, table, _SETTINGS_FIELDS)
    columns = sorted(table.columns, key=lambda column: column.name)
    travelling = [column for column in columns if str(column) not in _STAYS_HERE]
    return Section(name, table, tuple(map(_field, travelling)))


SECTIONS = {name: _section(name, table) for name, table in _TABLES.items()}
"""What others refer to comes before them; the entries, which may be many, come last."""
ENTRIES = SECTIONS["entries"]
SMALL = tuple(section for section in SECTIONS.values() if section is not ENTRIES)


def rows_of(connection: sqlite3.Connection, section: Section) -> Iterator[Row]:
    """The rows of a section by id, one after the other."""
    if section.table is tables.SETTINGS:
        chosen, usual = typed_settings(read_settings(connection)), typed_settings(Settings())
        for place, (key, value) in enumerate(chosen.items(), start=1):
            if value != usual[key]:
                yield {"id": place, "key": key, "value": value}
        return
    names = [field.name for field in section.fields]
    yes_no = [field.name for field in section.fields if field.kind is Kind.YES_NO]
    listed = ", ".join(f'"{name}"' for name in names)
    which = _WHICH.get(section.table, "TRUE")
    statement = f'SELECT {listed} FROM "{section.table.name}" WHERE {which} ORDER BY id'
    for values in connection.execute(statement):
        row: Row = dict(zip(names, values, strict=True))
        for name in yes_no:
            row[name] = bool(row[name])
        yield row


def settings_in(rows: Iterable[Row]) -> Settings:
    """The settings of an export; a `WrongUsageError` for a value that one cannot have."""
    return parse_settings({str(row["key"]): str(row["value"]) for row in rows})


def find_entry(connection: sqlite3.Connection, row: Row) -> tuple[int | None, int | None] | None:
    """The id of an entry of a file here, and of its activity; None: it is not known.

       Both None: it was deleted.
    What tells it from others becomes its key where it is taken in: see `ENTRY_KEY`.
    """
    key = source_key(row)
    facts = {"source": row["source"], "key": key, "id": key.rpartition("/")[2]}
    found: tuple[int | None, int | None] | None = connection.execute(_FIND, facts).fetchone()
    return found


def source_key(row: Mapping[str, object]) -> str:
    """What tells an entry of a file from all others of its source."""
    key = row["source_key"]
    return f"{SOURCE}:{row['logged_at']}/{row['id']}" if key is None else str(key)


def derived_columns(section: Section, row: Row) -> Row:
    """What a row of another section has that does not travel."""
    found: Row = {}
    if section.table in (tables.ACTIVITY, tables.CONTACT):
        found["name_key"] = contact_key(str(row["name"]))
    if section.table is tables.CONTACT:
        found |= {"phone_key": phone_key(str(row["phone"] or "")), "tries": 0}
    return found
