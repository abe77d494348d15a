"""What came from another machine, joined with the rows that are here, in one transaction.

The rows themselves are the state; what they cannot say stands in the tables of step 14. A row that
cannot be here, as what it refers to has not come or a contact has one promise already, is held.
"""

import sqlite3
from collections.abc import Iterable, Mapping
from contextlib import ExitStack
from datetime import datetime, timedelta
from itertools import chain, islice
from typing import Any

from msgspec import MsgspecError, Struct, json
from sqlalchemy import Connection

from ...domain.buyers.contact import phone_key
from ...domain.calls.entry import contact_key
from ...domain.errors import NeedleError
from ...domain.settings import Settings
from ...domain.sync.state import WHOLE, State, Value, join
from ..buyer_rows import SAID
from ..care.rules import AFTER_NOW, Fault, FaultError, Rules, row_reader
from ..derived import added_together, count_contacts
from ..facts import wrong_settings
from ..imports.import_rows import with_what_follows
from ..settings import holds_money
from .mends import edited, mend, newest_of, tell
from .rows import KINDS, Kind, decode_state, find_row, read_state

_MANY = 2000  # rows; so many are added together
_ALONE: Mapping[str, tuple[tuple[str, ...], str]] = {
    "activity": (("name_key",), "name_key = ?"),
    "contact": (("name_key",), "name_key = ?"),
    "commitment": (
        ("activity_id", "start", "set_on"), "activity_id = ? AND start = ? AND set_on = ?"
    ),
    "problem": (("activity_id",), "activity_id = ? AND state IN ('parked', 'delegated')"),
}  # fmt: skip
"""What no two rows share: two that were made apart are one."""

Row = dict[str, Any]


class _AnyActivity:
    """Taken for the sales activities: one with calls becomes one."""

    def __contains__(self, activity_id: object) -> bool:
        return activity_id is not None


class Came(Struct):
    """What came of the rows of another machine."""

    new: int = 0
    changed: int = 0
    deleted: int = 0
    back: int = 0  # deleted on one machine, edited on another

    @property
    def all(self) -> int:
        """Rows of any of these."""
        return self.new + self.changed + self.deleted + self.back


class Merge:
    """Joins states with the rows here, in a transaction that writes."""

    def __init__(
        self, connection: Connection, driver: sqlite3.Connection, now: datetime, *, is_new: bool
    ) -> None:
        """Begin; `is_new`: the other machine was never heard of."""
        self.driver = driver
        self.came = Came()
        self.changes: list[tuple[State, State]] = []  # rows as they were and as they are
        self.newest = 0  # clock that came
        self._connection = connection
        self._is_new = is_new
        self._same = {
            (table, uid): meant
            for table, uid, meant in driver.execute("SELECT tbl, uid, meant FROM same")
        }
        self._any_gone = bool(driver.execute("SELECT 1 FROM gone LIMIT 1").fetchone())
        self._had_entries = bool(driver.execute("SELECT 1 FROM entry LIMIT 1").fetchone())
        self._rules = Rules(now + timedelta(days=1), _AnyActivity())
        self._limits = Rules(now, ())  # for promises: an upper limit on calls is mended instead
        self._latest = int((now + timedelta(days=1)).timestamp() * 1000 + 1) << 20  # clock
        self._read = {
            kind.name: row_reader(kind.section) for kind in KINDS.values() if kind.section
        }
        # Rows that have no place yet; of the untold ones the other machines do not know all.
        self._waiting: dict[tuple[str, str], State] = {}
        self._untold: set[tuple[str, str]] = set()
        self._gone: list[State] = []
        self._unsure: set[int] = set()  # activities that may become sales, or be none any more
        self._names: set[str] = set()  # of contacts that came, went, or are called otherwise
        # What is remembered of the tables: whether activities are sales, ids, free ids, statements.
        self._sales: dict[int | None, bool] = {}
        self._ids: dict[tuple[str, str], int] = {}
        self._next: dict[str, int] = {}
        self._inserts: dict[str, str] = {}
        self._entries: list[tuple[Value, ...]] = []  # to be written together

    def take(self, lines: Iterable[bytes]) -> None:
        """Join all of it; a `NeedleError` for what no machine of ours can have written."""
        lines = iter(lines)
        first = list(islice(lines, _MANY))
        with ExitStack() as stack:
            if len(first) == _MANY:
                stack.enter_context(added_together(self._connection))
            for line in chain(first, lines):
                self._take(line)
            self._try_held()
        self._delete()
        left = -1
        while len(self._waiting) not in (0, left) or left < 0:  # what is mended may make room
            left = len(self._waiting)
            self._try_held()
            count_contacts(self.driver, self._names)
            mend(self.driver, self._unsure)
        for sentence in wrong_settings(self.driver):
            raise NeedleError(sentence)

    def _take(self, line: bytes) -> None:
        try:
            state = decode_state(line)
        except (MsgspecError, ValueError, RecursionError) as error:
            raise NeedleError(f"a line cannot be read ({error})") from error
        if state.t not in KINDS or (state.into is not None and state.t not in _ALONE):
            raise NeedleError("it names a table that does not travel so")
        newest = max(state.newest, state.gone or 0)
        if newest > self._latest:
            raise NeedleError("it is from more than a day ahead")
        self.newest = max(self.newest, newest)
        if state.into is not None:
            self._unite(state.t, state.u, state.into)
        elif state.gone is not None:
            self._gone.append(state)
        elif not self._place(state):
            self._wait(state)

    def _wait(self, state: State) -> None:
        kind, uid = KINDS[state.t], self._meant(state.t, state.u)
        state = State(state.t, uid, self._meaning(kind, state.f), state.c)
        if held := self._waiting.get((state.t, uid)):
            state = join(held, state, kind.group_of)
        self._waiting[state.t, uid] = state

    def _try_held(self) -> None:
        """Place what waited for others, as far as these have come; keep the rest."""
        for text, untold in self.driver.execute("SELECT state, untold FROM held").fetchall():
            state = decode_state(text)
            self._wait(state)
            if untold:
                self._untold.add((state.t, self._meant(state.t, state.u)))
        self.driver.execute("DELETE FROM held")
        any_placed = True
        while any_placed:
            any_placed = False
            for key in list(self._waiting):
                state = self._waiting.pop(key)
                if self._place(state):
                    any_placed = True
                else:
                    self._wait(state)
        self.driver.executemany(
            "INSERT INTO held (tbl, uid, state, untold) VALUES (?, ?, ?, ?)",
            [
                (*key, json.encode(state).decode(), key in self._untold)
                for key, state in self._waiting.items()
            ],
        )
        self._flush()
        for table, uid in self._untold:
            if (row_id := self._find(table, uid)) is not None:
                tell(self.driver, table, row_id)

    def _meant(self, table: str, uid: str) -> str:
        """What tells a row from others, of one that is another by now: that one."""
        if not self._same:
            return uid
        seen = set[str]()
        while (meant := self._same.get((table, uid))) is not None and uid not in seen:
            seen.add(uid)
            uid = meant
        return uid

    def _find(self, table: str, uid: str) -> int | None:
        """The id that a row has here; None: it is not here."""
        uid = self._meant(table, uid)
        found = self._ids.get((table, uid))
        if found is None and (table != "entry" or self._had_entries):
            found = find_row(self.driver, table, uid)
            if found is not None:
                self._ids[table, uid] = found
        return found

    def _unite(self, table: str, one: str, other: str) -> None:
        """Let two rows be one, that with the lesser name, as on every machine."""
        one, other = self._meant(table, one), self._meant(table, other)
        if one == other:
            return
        self._flush()
        kept, gone = min(one, other), max(one, other)
        there, here = self._find(table, gone), self._find(table, kept)
        self._same[table, gone] = kept
        self._untold.add((table, kept))
        self.driver.execute(
            "INSERT OR REPLACE INTO same (tbl, uid, meant, sent) VALUES (?, ?, ?, 0)",
            (table, gone, kept),
        )
        self._ids.pop((table, gone), None)
        query = "DELETE FROM gone WHERE tbl = ? AND uid = ? RETURNING known"
        for (known,) in self.driver.execute(query, (table, kept)).fetchall():
            self._gone.append(State(table, kept, gone=known))  # is looked at once more
        if there is None:
            return
        if here is None:
            self.driver.execute(f"UPDATE {table} SET uid = ? WHERE id = ?", (kept, there))
            return
        state = read_state(self.driver, KINDS[table], there)
        for kind in KINDS.values():
            for column in [name for name, to in kind.refers_to.items() if to == table]:
                moved = f"UPDATE OR IGNORE {kind.name} SET {column} = ? WHERE {column} = ?"
                self.driver.execute(moved, (here, there))
        if table == "activity":
            self._unsure.add(here)
        self._set_aside(KINDS[table], there, state)

    def _place(self, state: State) -> bool:
        """Join a row with what is here of it; whether it has a place."""
        kind, uid = KINDS[state.t], self._meant(state.t, state.u)
        known = self._known_of(kind.name, uid)
        if state.newest <= known:  # it was deleted, and is as it was then
            return True
        theirs = State(state.t, uid, self._meaning(kind, state.f), state.c)
        if not self._is_allowed(kind, theirs.f):
            return False
        row_id = self._find(kind.name, uid)
        if row_id is not None:
            self._flush()
        mine = None if row_id is None else read_state(self.driver, kind, row_id)
        joined = theirs if mine is None else join(mine, theirs, kind.group_of)
        if kind.name == "settings" and self._is_new:
            self._must_be_same_money(mine, theirs)
        if joined == mine:
            return True
        if uid != state.u:  # who heard first that one of the two was deleted knows less of it
            self._untold.add((kind.name, uid))
        values = self._values(kind, joined.f)
        if values is None:
            return False
        if (other := self._made_apart(kind, values, row_id)) is not None:
            there = read_state(self.driver, kind, other)
            if kind.name == "contact" and not there.c and not self._is_told(other):
                self.driver.execute("DELETE FROM contact WHERE id = ?", (other,))
                self._ids.pop(("contact", there.u), None)
            elif bool(there.f.get("same_as")) == bool(values.get("same_as")):
                self._unite(kind.name, uid, there.u)
                return self._place(state)
            elif values["same_as"]:  # a name that nobody has any more is somebody's here
                if row_id is not None and mine is not None:
                    self._set_aside(kind, row_id, mine)
                return False
            else:
                self._set_aside(kind, other, there)
        if row_id is None or mine is None:
            self.came.back += known >= 0
            return self._insert(kind, uid, values, joined.c)
        return self._update(kind, row_id, values, mine, joined)

    def _is_told(self, contact_id: int) -> bool:
        """Whether a contact is more than a name in the log, of which nobody is told."""
        query = f"SELECT {SAID} OR same_as IS NOT NULL FROM contact WHERE id = ?"
        return bool(self.driver.execute(query, (contact_id,)).fetchone()[0])

    def _must_be_same_money(self, mine: State | None, theirs: State) -> None:
        usual = Settings().currency
        here, there = ((it.f.get("currency") if it else None) or usual for it in (mine, theirs))
        if here != there and holds_money(self.driver):
            raise NeedleError(
                f"it counts money in {there}, here it is in {here}: choose one on both first"
            )

    def _known_of(self, table: str, uid: str) -> int:
        """The newest clock that was known of a row when it was deleted; -1: it never was."""
        query = "SELECT known FROM gone WHERE tbl = ? AND uid = ?"
        found = self.driver.execute(query, (table, uid)).fetchone() if self._any_gone else None
        return -1 if found is None else int(found[0])

    def _meaning(self, kind: Kind, fields: dict[str, Value]) -> dict[str, Value]:
        """The fields, with those that refer to a row naming it as it is known by now."""
        known = {name: value for name, value in fields.items() if name in kind.columns}
        if self._same:
            for name in kind.refers_to.keys() & known.keys():
                known[name] = self._meant(kind.refers_to[name], str(known[name]))
        return known

    def _values(self, kind: Kind, fields: Mapping[str, Value]) -> Row | None:
        """The columns of a row; None: what it refers to is not here."""
        values: Row = {name: fields.get(name) for name in kind.columns}
        for name, target in kind.refers_to.items():
            if values[name] is not None:
                values[name] = self._find(target, str(values[name]))
                if values[name] is None:
                    return None
        if kind.name in ("activity", "contact"):
            values["name_key"] = contact_key(str(values["name"] or ""))
        if kind.name == "contact":
            values["phone_key"] = phone_key(str(values["phone"] or ""))
        return values

    def _is_allowed(self, kind: Kind, fields: Mapping[str, Value]) -> bool:
        """Refuse (`NeedleError`) what no import would let in; False: it is still to come."""
        if kind.section is None:
            return True
        row: Row = {"id": 1}
        for name in kind.columns:
            row[name] = value = fields.get(name)
            if name in kind.yes_no and value in (0, 1):
                row[name] = bool(value)
            elif name in kind.refers_to and value is not None:
                row[name] = 1  # whichever it is here
        try:
            row = self._read[kind.name](row)
        except FaultError as error:
            fault: Fault | None = error.fault
        else:
            rules = self._limits if kind.name == "commitment" else self._rules
            fault = rules.fault(kind.section.name, row)
        if fault is not None and fault[1] != AFTER_NOW[1]:
            raise NeedleError(f"of a row in {kind.section.name}, {fault[0]} {fault[1]}")
        return fault is None

    def _made_apart(self, kind: Kind, values: Row, row_id: int | None) -> int | None:
        """Another row here, beside which one with these values cannot stand."""
        if kind.name not in _ALONE:
            return None
        names, where = _ALONE[kind.name]
        if kind.name == "problem" and values["state"] not in ("parked", "delegated"):
            return None
        wanted = [values[name] for name in names]
        query = f"SELECT id FROM {kind.name} WHERE {where} AND id IS NOT ?"
        found = self.driver.execute(query, [*wanted, row_id]).fetchone()
        return None if found is None else int(found[0])

    def _set_aside(self, kind: Kind, row_id: int, state: State) -> None:
        """Take a row away that has to wait now, with those that refer to it."""
        for other in KINDS.values():
            for column in [name for name, to in other.refers_to.items() if to == kind.name]:
                query = f"SELECT id FROM {other.name} WHERE {column} = ?"
                for (it,) in self.driver.execute(query, (row_id,)).fetchall():
                    self._set_aside(other, it, read_state(self.driver, other, it))
        told = "SELECT 1 FROM outbox WHERE tbl IN (?, '>' || ?) AND row = ?"
        if self.driver.execute(told, (kind.name, kind.name, row_id)).fetchone():
            self._untold.add((kind.name, state.u))
        self.driver.execute(f"DELETE FROM {kind.name} WHERE id = ?", (row_id,))
        self._ids.pop((kind.name, state.u), None)
        self._note_name(state)
        self._wait(state)

    def _note_name(self, state: State) -> None:
        if state.t == "contact":
            self._names.add(contact_key(str(state.f["name"])))

    def _has_room(self, kind: Kind, uid: str, values: Row, row_id: int | None = None) -> bool:
        """Whether a contact has no other open promise, or an earlier one, which then waits."""
        if kind.name != "next_step" or values["ended_on"] is not None:
            return True
        found = self.driver.execute(
            "SELECT id, set_on FROM next_step "
            "WHERE contact_id = ? AND ended_on IS NULL AND id IS NOT ?",
            (values["contact_id"], row_id),
        ).fetchone()
        if found is None:
            return True
        other = read_state(self.driver, kind, found[0])
        if (values["set_on"], uid) < (found[1], other.u):
            return False
        self._set_aside(kind, found[0], other)
        return True

    def _insert(self, kind: Kind, uid: str, values: Row, clocks: Mapping[str, int]) -> bool:
        if not self._has_room(kind, uid, values):
            return False
        row_id = self._free_id(kind.name)
        row = values | {"id": row_id} | ({"uid": uid} if kind.has_uid else {})
        if kind.name == "contact":
            row["tries"] = 0
        elif kind.name == "entry":
            row = self._entry(row | {"uid": None if row["source_key"] and ":" in uid else uid})
        if kind.name not in self._inserts:
            names, marks = ", ".join(f'"{name}"' for name in row), ", ".join("?" * len(row))
            self._inserts[kind.name] = f"INSERT INTO {kind.name} ({names}) VALUES ({marks})"
        if kind.name == "entry" and len(self._entries) < _MANY:
            self._entries.append(tuple(row.values()))
        else:
            self._flush()
            self.driver.execute(self._inserts[kind.name], tuple(row.values()))
        self._ids[kind.name, uid] = row_id
        self._keep_clocks(kind.name, row_id, clocks)
        if kind.name == "contact":
            self._names.add(values["name_key"])
        self.came.new += 1
        return True

    def _flush(self) -> None:
        """Write the entries that were put off: many together take less time."""
        if self._entries:
            self.driver.executemany(self._inserts["entry"], self._entries)
            self._entries.clear()

    def _update(self, kind: Kind, row_id: int, values: Row, mine: State, joined: State) -> bool:
        if not self._has_room(kind, mine.u, values, row_id):
            self._set_aside(kind, row_id, joined)
            return True
        if kind.name == "entry":
            values = self._entry(values)
            del values["uid"]
        columns = ", ".join(f'"{name}" = ?' for name in values)
        update = f"UPDATE {kind.name} SET {columns} WHERE id = ?"
        self.driver.execute(update, (*values.values(), row_id))
        self._keep_clocks(kind.name, row_id, joined.c)
        for state in (mine, joined):
            self._note_name(state)
        if mine.f != joined.f:
            self.came.changed += 1
            self.changes.append((mine, joined))
        if kind.name == "activity" and mine.f["is_sales"] != joined.f["is_sales"]:
            self._sales.pop(row_id, None)
            self._unsure.add(row_id)
        return True

    def _entry(self, row: Row) -> Row:
        """An entry with the columns that follow from its others."""
        activity_id = row["activity_id"]
        if activity_id not in self._sales:
            query = "SELECT is_sales FROM activity WHERE id = ?"
            found = self.driver.execute(query, (activity_id,)).fetchone()
            self._sales[activity_id] = bool(found and found[0])
        if row["outcome"] and not self._sales[activity_id]:
            self._unsure.add(activity_id)
        return with_what_follows(row, is_sales=self._sales[activity_id])

    def _free_id(self, table: str) -> int:
        """An id that no row has, nor one that undo or redo may bring back."""
        if table not in self._next:
            undone = "UNION ALL SELECT max(id) FROM undone_entry" if table == "entry" else ""
            self._next[table] = self.driver.execute(
                f"SELECT coalesce(max(id), 0) FROM (SELECT max(id) AS id FROM {table} UNION ALL "
                f"SELECT max(row_id) FROM changed_row WHERE table_name = ? {undone})",
                (table,),
            ).fetchone()[0]
        self._next[table] += 1
        return 1 if table == "settings" else self._next[table]

    def _keep_clocks(self, table: str, row_id: int, clocks: Mapping[str, int]) -> None:
        for group, clock in clocks.items():
            self.driver.execute(
                "INSERT OR REPLACE INTO edit (tbl, row, field, clock) VALUES (?, ?, ?, ?)",
                (table, row_id, group, clock),
            )

    def _delete(self) -> None:
        """Take away what was deleted elsewhere, unless it was edited or is needed here."""
        order = list(KINDS)
        for state in sorted(self._gone, key=lambda it: order.index(it.t), reverse=True):
            uid, known = state.u, state.gone or 0
            if known <= self._known_of(state.t, uid):
                continue
            self._any_gone = True
            self.driver.execute(
                "INSERT OR REPLACE INTO gone (tbl, uid, known, sent) VALUES (?, ?, ?, 2)",
                (state.t, uid, known),
            )
            # One of two that became one may be deleted: the other one stays.
            row_id = None if (state.t, uid) in self._same else self._find(state.t, uid)
            if row_id is None:
                continue
            is_edited = newest_of(self.driver, state.t, row_id) > known
            if is_edited or not self._take_away(state.t, row_id):
                self.came.back += not self._is_new  # who comes anew hears of it with the row
                if not is_edited:
                    edited(self.driver, state.t, row_id, WHOLE, known + 1)
                tell(self.driver, state.t, row_id)
            else:
                self._ids.pop((state.t, uid), None)
                self.came.deleted += 1

    def _take_away(self, table: str, row_id: int) -> bool:
        """Delete a row, unless others that stay need it."""
        named = "name_key IN (SELECT contact_key FROM entry)" if table == "contact" else "FALSE"
        try:
            gone = self.driver.execute(
                f"DELETE FROM {table} WHERE id = ? AND NOT ({named}) RETURNING id", (row_id,)
            ).fetchall()
        except sqlite3.IntegrityError:
            return False
        return bool(gone)
