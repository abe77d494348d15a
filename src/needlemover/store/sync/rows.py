"""The rows that travel: how each is told from others on all machines, and read as a state."""

import re
import sqlite3
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime

from msgspec import Struct, json
from sqlalchemy import Table

from ...domain.sync.state import WHOLE, State
from ..buyer_rows import SAID
from ..care.sections import IDENTITIES, SECTIONS, Section
from ..care.sections import Kind as Holds
from ..facts import COLUMNS
from ..schema import tables
from ..schema.tables import BY_HAND, BY_TIMER, instant_text

_STAYS_HERE = frozenset({"id", "uid", "last_seen"})
_AS_ONE = ("commitment", "batch", "day_off", "missed_reason", "call_block")
"""Tables whose rows have one clock for all of their columns."""
_GROUPS: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "entry": {
        "outcome": ("activity_id", "problem_id", "follows", "count"),
        "day": ("started_at", "utc_offset"),
    },
    "problem": {
        "state": ("state_on", "ask_again_on", "delegated_to"),
        "cost": ("cost_per",),
        "real_cost": ("real_cost_per",),
    },
    "next_step": {"day": ("kind", "at"), "ended_on": ("ended_by",)},
    "settings": {
        "first_weekday": ("week_turns",),
        "works_from": ("works_until", "works_on"),
        "next_worth": ("next_worth_from",),
        "assumed_wins": ("assumed_conversations",),
    },
}
"""Columns that go together, under the name of the group, as in step 14."""
_OF_ALL = {
    "contact": f"""contact.same_as IS NOT NULL OR {SAID} OR EXISTS (
        SELECT 1 FROM edit WHERE tbl = 'contact' AND row = contact.id)""",
    "call_block": "call_block.ended_at IS NOT NULL",
}
"""Which rows are told of all: a contact that is but a name in the log comes with its entries."""
_OF_NEW = {
    "contact": """contact.id IN (SELECT row FROM outbox WHERE tbl = '>contact'
        UNION SELECT contact_id FROM next_step JOIN outbox ON row = id AND tbl = '>next_step')""",
    "call_block": """ended_at IS NOT NULL
        AND call_block.id IN (SELECT row FROM outbox WHERE tbl = '>call_block')""",
}
"""Which rows are told of those that changed: a contact with what was promised to it."""


class Kind(Struct, frozen=True):
    """A table whose rows travel."""

    name: str
    section: Section | None  # None: the settings
    columns: tuple[str, ...]
    refers_to: dict[str, str]  # columns, and the table whose row each holds
    groups: dict[str, str]  # of columns that go with others
    yes_no: tuple[str, ...]
    has_uid: bool
    select: str  # each row as a state, in JSON; `WHERE` follows

    def group_of(self, column: str) -> str:
        """The group of a column."""
        return WHOLE if self.name in _AS_ONE else self.groups.get(column, column)


def _kind(table: Table, identity: str) -> Kind:
    name = table.name
    section = next(it for it in SECTIONS.values() if it.table is table)
    fields = [it for it in section.fields if it.name not in _STAYS_HERE]
    columns = tuple(it.name for it in fields)
    if table is tables.SETTINGS:  # which an export has one by one
        fields, columns = [], COLUMNS
    to = {it.name: SECTIONS[it.refers_to].table for it in fields if it.refers_to}
    said = []
    for column in columns:
        value = f'{name}."{column}"'
        if (other := to.get(column)) is not None:
            of = IDENTITIES[other].format("other")
            value = f"(SELECT {of} FROM {other} AS other WHERE other.id = {value})"
        said.append(f"'{column}', {value}")
    clocks = f"SELECT json_group_object(field, clock) FROM edit WHERE tbl = '{name}'"
    return Kind(
        name,
        section if fields else None,
        columns,
        {column: str(other) for column, other in to.items()},
        {other: group for group, others in _GROUPS.get(name, {}).items() for other in others},
        tuple(it.name for it in fields if it.kind is Holds.YES_NO),
        "uid" in table.columns,
        f"""SELECT json_object('t', '{name}', 'u', {identity.format(name)},
            'f', json_patch('{{}}', json_object({", ".join(said)})),
            'c', json(({clocks} AND row = {name}.id))) FROM {name}""",
    )


KINDS = {table.name: _kind(table, identity) for table, identity in IDENTITIES.items()}
"""By the names of their tables; what others refer to comes first, the entries last."""
_SAME = "json_object('t', tbl, 'u', uid, 'into', meant)"
_GONE = "json_object('t', tbl, 'u', uid, 'gone', known)"
_STATE = json.Decoder(State)


def decode_state(line: bytes | str) -> State:
    """A state, without the clocks of what was written with the whole row since."""
    state = _STATE.decode(line)
    if whole := state.c.get(WHOLE):
        state.c = {name: it for name, it in state.c.items() if it > whole or name == WHOLE}
    return state


def states(connection: sqlite3.Connection, *, everything: bool) -> Iterator[str]:
    """Each row that waits for others to be told of, or every one, as a state in JSON."""
    sent = "TRUE" if everything else "sent = 1"
    yield from _lines(connection, f"SELECT {_SAME} FROM same WHERE {sent}")
    for name, kind in KINDS.items():
        new = _OF_NEW.get(name, f"id IN (SELECT row FROM outbox WHERE tbl = '>{name}')")
        which = _OF_ALL.get(name, "TRUE") if everything else new
        yield from _lines(connection, f"{kind.select} WHERE {which} ORDER BY id")
    yield from _lines(connection, f"SELECT {_GONE} FROM gone WHERE {sent}")
    held = "TRUE" if everything else "untold"
    yield from _lines(connection, f"SELECT state FROM held WHERE {held}")


def _lines(connection: sqlite3.Connection, query: str) -> Iterator[str]:
    for (line,) in connection.execute(query):
        yield line


def read_state(connection: sqlite3.Connection, kind: Kind, row_id: int) -> State:
    """A row that is here."""
    found = connection.execute(f"{kind.select} WHERE id = ?", (row_id,)).fetchone()
    return decode_state(found[0])


_MADE = re.compile("([0-9a-f]{1,8})[.]([0-9a-f]{1,13})")  # the uid of an entry without one
_LONG = 20  # letters of `id` and a number, from which on it is no id
_IMPORTED = re.compile("([0-9]{1,4}):(.*)", re.DOTALL)
_BY_KEY = "source = ? AND source_key = ?"
_UNNAMED = "uid IS NULL AND source_key IS NULL AND id = ? AND logged_at = ?"


def find_row(connection: sqlite3.Connection, name: str, uid: str) -> int | None:
    """The id that a row has here; None: it is not here."""
    queries: list[tuple[str, tuple[object, ...]]] = []
    match name:
        case "settings":
            queries = [("TRUE", ())]
        case "missed_reason" | "skipped_day":
            queries = [("day = ?", (uid,))]
        case "forgotten_key":
            queries = [(_BY_KEY, key)] if (key := _source_and_key(uid)) else []
        case _:
            queries = [("uid = ?", (uid,))]
            if name == "entry" and (made := _MADE.fullmatch(uid)):
                at = instant_text(datetime.fromtimestamp(int(made[1], 16), UTC))
                row = int(made[2], 16)
                queries.append((_UNNAMED, (row, at)))
                queries += [(_BY_KEY, (by, f"needle:{at}/{row}")) for by in (BY_HAND, BY_TIMER)]
            elif name == "entry" and (key := _source_and_key(uid)):
                queries.append((f"uid IS NULL AND {_BY_KEY}", key))
            elif uid.startswith("id ") and uid[3:].isdecimal() and len(uid) < _LONG:
                queries.append(("uid IS NULL AND id = ?", (int(uid[3:]),)))
    for where, values in queries:
        found = connection.execute(f"SELECT id FROM {name} WHERE {where}", values).fetchone()
        if found is not None:
            return int(found[0])
    return None


def _source_and_key(uid: str) -> tuple[str, str] | None:
    """The source and the key in the uid of an entry of an import; None: it is not of one."""
    if found := _IMPORTED.fullmatch(uid):
        length = int(found[1])
        return found[2][:length], found[2][length:]
    return None
