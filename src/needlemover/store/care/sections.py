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
    is_optional: bool = False
    default: Value = None  # where a file does not have the field
    is_needed: bool = True  # whether a file must have it
    refers_to: str | None = None  # the section whose id it holds
    choices: frozenset[str] = frozenset()  # what its text can be; empty: anything


class Section(Struct, frozen=True):
    """A table that travels."""

    name: str
    table: Table
    order: str  # in SQL, of its rows in an export; then by uid
    fields: tuple[ExportField, ...]  # by name


class Data(Struct, frozen=True):
    """All that is there."""

    sections: Mapping[str, Sequence[Row]]  # all sections but the entries
    entries: Iterable[Row]  # what one follows comes before it; to be read once
    knows_offers: bool = True  # whether amounts of asks are offers; else they were money received

    def rows(self, section: Section) -> Iterable[Row]:
        """Those of any section."""
        return self.entries if section is ENTRIES else self.sections[section.name]


_BY_UID = "coalesce({0}.uid, 'id ' || {0}.id)"
_BY_KEY = "length({0}.source) || ':' || {0}.source || {0}.source_key"
_RANK = "(SELECT rank FROM activity WHERE activity.id = activity_id)"
_NAME = "(SELECT name_key FROM contact WHERE contact.id = contact_id)"
_MOMENT = "coalesce(at, logged_at), coalesce(place, 0), day, started_at"
_TABLES: Mapping[str, tuple[Table, str, str]] = {
    "settings": (tables.SETTINGS, "'settings'", ""),
    "activities": (tables.ACTIVITY, _BY_UID, "rank"),
    "commitments": (tables.COMMITMENT, _BY_UID, f"{_RANK}, start, set_on"),
    "problems": (tables.PROBLEM, _BY_UID, "parked_on"),
    "contacts": (tables.CONTACT, "coalesce({0}.uid, {0}.name_key)", "name_key"),
    "next_steps": (tables.NEXT_STEP, _BY_UID, f"{_NAME}, set_on"),
    "imports": (tables.BATCH, _BY_UID, "imported_at"),
    "days_off": (tables.DAY_OFF, _BY_UID, "start"),
    "missed_reasons": (tables.MISSED_REASON, "{0}.day", "day"),
    "skipped_days": (tables.SKIPPED_DAY, "{0}.day", "day"),
    "forgotten_keys": (tables.FORGOTTEN_KEY, _BY_KEY, "source, source_key"),
    "last_use": (tables.LAST_USE, "", ""),
    "timer": (tables.TIMER, "", ""),
    "call_blocks": (tables.CALL_BLOCK, _BY_UID, "started_at"),
    "entries": (tables.ENTRY, tables.IDENTITY.replace("entry.", "{0}."), _MOMENT),
}
"""Of each section the table, and in SQL: what tells a row of `{0}` from all others on any machine
(empty: it does not travel between them); what comes first in an export, before the uid."""
IDENTITIES = {table: identity for table, identity, _ in _TABLES.values() if identity}
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
        refers_to=next((name for name, (table, *_) in _TABLES.items() if table in to), None),
        choices=frozenset(map(str, _CHOICES.get(column.name, ()))),
    )


def _section(name: str, table: Table, order: str) -> Section:
    if table is tables.SETTINGS:
        # Each setting that was chosen is a row, as people's scripts read it: `goal`, `12000.00`.
        texts = (ExportField(field, Kind.TEXT) for field in ("key", "value"))
        return Section(name, table, order, (ExportField("id", Kind.WHOLE), *texts))
    columns = sorted(table.columns, key=lambda column: column.name)
    travelling = [column for column in columns if str(column) not in _STAYS_HERE]
    return Section(name, table, order, tuple(map(_field, travelling)))


SECTIONS = {name: _section(name, table, order) for name, (table, _, order) in _TABLES.items()}
"""What others refer to comes before them; the entries, which may be many, come last."""
ENTRIES = SECTIONS["entries"]
SMALL = tuple(section for section in SECTIONS.values() if section is not ENTRIES)
WRITTEN = tuple(item for item in SECTIONS.values() if item.table is not tables.LAST_USE)
"""Those of an export; up to version 4 it also told when this computer was last used."""


def rows_of(
    connection: sqlite3.Connection, section: Section, *, in_order: bool = False
) -> Iterator[Row]:
    """The rows of a section one after the other: by id, or as an export has them."""
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
        last = "uid" if "uid" in names else "id"
        order = f"{section.order}, {last}" if section.order else last
    for values in connection.execute(f"SELECT {listed} FROM {where} ORDER BY {order}"):
        row: Row = dict(zip(names, values, strict=True))
        for name in yes_no:
            row[name] = bool(row[name])
        yield row


def numbered(
    connection: sqlite3.Connection, section: Section, numbers: dict[str, dict[Value, int]]
) -> Iterator[Row]:
    """The rows of a section with ids from 1 on, as ids are others on another machine.

    `numbers` are those of the sections before, by the ids here; of entries of those followed.
    """
    to = [(field.name, field.refers_to) for field in section.fields if field.refers_to]
    mine = numbers.setdefault(section.name, {})
    for number, row in enumerate(rows_of(connection, section, in_order=True), start=1):
        if section is not ENTRIES or row["id"] in mine:
            mine[row["id"]] = number
        row["id"] = number
        for name, other in to:
            if row[name] is not None:
                row[name] = numbers[other].get(row[name])
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
