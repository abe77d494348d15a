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


_KEY = "length({0}.source) || ':' || {0}.source || {0}.source_key"
_BY_UID = "coalesce({0}.uid, 'id ' || {0}.id)"
IDENTITIES: Mapping[Table, str] = {
    tables.SETTINGS: "'settings'",
    tables.ACTIVITY: _BY_UID,
    tables.BATCH: _BY_UID,
    tables.PROBLEM: _BY_UID,
    tables.CONTACT: "coalesce({0}.uid, {0}.name_key)",
    tables.COMMITMENT: _BY_UID,
    tables.NEXT_STEP: _BY_UID,
    tables.DAY_OFF: _BY_UID,
    tables.MISSED_REASON: "{0}.day",
    tables.SKIPPED_DAY: "{0}.day",
    tables.FORGOTTEN_KEY: _KEY,
    tables.CALL_BLOCK: _BY_UID,
    tables.ENTRY: tables.IDENTITY.replace("entry.", "{0}."),
}
"""In SQL, what tells a row of `{0}` from all others on whatever machine it is.

The tables that travel between machines; those that others refer to come before them.
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
    entries: Iterable[Row]  # what one follows comes before it; to be read once
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
)
"""Columns that follow from others, are not said yet, or say where this computer is."""
_WHICH = {
    # Where only commands wrote, nobody was asked about missed days yet.
    tables.LAST_USE: "asked_on IS NOT NULL",
    # What is nothing but a name in the log is not said twice.
    tables.CONTACT: f"{SAID} OR same_as IS NOT NULL",
}
# What is other in an export than in the table: identities, and when this computer last saw a block.
_SAID = {
    "entry.uid": f"{tables.IDENTITY} AS uid",
    "contact.uid": "coalesce(uid, name_key)",
    "call_block.last_seen": "NULL",
}
# An answer comes after its ask, whatever the clock said.
_ENTRIES = """entry LEFT JOIN (
    WITH RECURSIVE answer (id, at, place) AS (
        SELECT entry.id, max(entry.logged_at, ask.logged_at), 1
        FROM entry JOIN entry AS ask ON ask.id = entry.follows WHERE ask.follows IS NULL
        UNION ALL SELECT entry.id, max(entry.logged_at, answer.at), place + 1
        FROM answer JOIN entry ON entry.follows = answer.id
    ) SELECT id AS answer_id, at, place FROM answer
) ON answer_id = entry.id"""
_ORDER = {
    tables.ACTIVITY: "rank",
    tables.COMMITMENT: "(SELECT rank FROM activity WHERE activity.id = activity_id), start, set_on",
    tables.PROBLEM: "parked_on",
    tables.CONTACT: "name_key",
    tables.NEXT_STEP: "(SELECT name_key FROM contact WHERE contact.id = contact_id), set_on",
    tables.BATCH: "imported_at",
    tables.DAY_OFF: "start",
    tables.MISSED_REASON: "day",
    tables.SKIPPED_DAY: "day",
    tables.FORGOTTEN_KEY: "source, source_key",
    tables.CALL_BLOCK: "started_at",
    tables.ENTRY: "coalesce(at, logged_at), coalesce(place, 0), day, started_at",
}
"""What comes first in an export, on whatever machine it is made; then what the uid says."""
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
    is_said = column.default is not None and column.default.is_scalar
    default = getattr(column.default, "arg", None) if is_said else None
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
WRITTEN = tuple(item for item in SECTIONS.values() if item.table is not tables.LAST_USE)
"""Those of an export; up to version 4 it also told when this computer was last used."""


def rows_of(
    connection: sqlite3.Connection, section: Section, *, in_order: bool = False
) -> Iterator[Row]:
    """The rows of a section one after the other: by id, or as an export has them (`_ORDER`)."""
    table = section.table
    if table is tables.SETTINGS:
        chosen, usual = typed_settings(read_settings(connection)), typed_settings(Settings())
        for place, (key, value) in enumerate(chosen.items(), start=1):
            if value != usual[key]:
                yield {"id": place, "key": key, "value": value}
        return
    names = [field.name for field in section.fields]
    yes_no = [field.name for field in section.fields if field.kind is Kind.YES_NO]
    said = _SAID if in_order else {}
    listed = ", ".join(said.get(f"{table}.{name}", f'"{name}"') for name in names)
    where, order = f'"{table}" WHERE {_WHICH.get(table, "TRUE")}', "id"
    if in_order:
        where = where.replace('"entry"', _ENTRIES)
        order = ", ".join([*filter(None, [_ORDER.get(table)]), "uid" if "uid" in names else "id"])
    for values in connection.execute(f"SELECT {listed} FROM {where} ORDER BY {order}"):
        row: Row = dict(zip(names, values, strict=True))
        for name in yes_no:
            row[name] = bool(row[name])
        yield row


def settings_in(rows: Iterable[Row]) -> Settings:
    """The settings of an export; a `WrongUsageError` for a value that one cannot have."""
    return parse_settings({str(row["key"]): str(row["value"]) for row in rows})


def derived_columns(section: Section, row: Row) -> Row:
    """What a row of another section has that does not travel; a contact of its own name no uid."""
    found: Row = {}
    if section.table in (tables.ACTIVITY, tables.CONTACT):
        found["name_key"] = contact_key(str(row["name"]))
    if section.table is tables.CONTACT:
        found |= {"phone_key": phone_key(str(row["phone"] or "")), "tries": 0}
        found["uid"] = None if row["uid"] == found["name_key"] else row["uid"]
    return found
