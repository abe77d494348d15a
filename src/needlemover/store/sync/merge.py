"""What came from another machine, joined with the rows that are here, in one transaction.

The rows themselves are the state; what they cannot say stands in the tables of step 14. A row that
cannot be here, as what it refers to has not come or a contact has one promise already, is held.
"""

import sqlite3
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from contextlib import ExitStack
from datetime import datetime
from functools import partial
from itertools import chain, islice

from msgspec import Struct, field, json
from sqlmodel import SQLModel

from ...domain.calls.entry import contact_key
from ...domain.errors import NeedleError, RefusedError
from ...domain.sync.state import WHOLE, State, join
from ..buyer_rows import SAID
from ..derived import added_together, count_contacts
from ..imports.import_rows import with_what_follows
from .checks import Checks, made_apart, must_be_same_money
from .mends import EDIT, edited, mend, newest_of, tell
from .places import Places, Row
from .rows import KINDS, Kind, decode_state, read_state

_MANY = 2000  # rows; so many are added together
_TAKEN = "another row has its place here"
_UNITED = "same"  # the group, of no columns, of two rows that became one


class Came(Struct):
    """What came of the rows of another machine."""

    new: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))  # uids, by table
    changed: list[tuple[State, State]] = []  # as they were and as they are
    deleted: list[State] = []  # as they were
    back: set[tuple[str, str]] = set()  # deleted on one machine, edited on another
    left: list[str] = []  # why rows were left out, as it follows a colon

    @property
    def rows(self) -> int:
        """How many rows here are others."""
        return sum(map(len, self.new.values())) + len(self.changed) + len(self.deleted)


class Merge:
    """Joins states with the rows here, in a transaction that writes."""

    def __init__(self, driver: sqlite3.Connection, now: datetime, *, is_new: bool) -> None:
        """Begin; `is_new`: the other machine was never heard of."""
        self.driver = driver
        self.came = Came()
        self.newest = 0  # clock that came
        self._is_new = is_new
        self._checks = Checks(now)
        self._places = Places(driver)
        self._any_gone = bool(driver.execute("SELECT 1 FROM gone LIMIT 1").fetchone())
        # Rows that have no place yet; of the untold ones the other machines do not know all.
        self._waiting: dict[tuple[str, str], State] = {}
        self._untold: set[tuple[str, str]] = set()
        self._aside: set[tuple[str, str]] = set()  # rows that were here, and wait
        self._gone: list[State] = []
        self._unsure: set[int] = set()  # activities that may become sales, or be none any more
        self._names: set[str] = set()  # of contacts that came, went, or are called otherwise
        self._inserts: dict[str, str] = {}  # statements, by table

    def take(self, lines: Iterable[bytes]) -> None:
        """Join all of it, but for rows that no machine of ours can have written.

        A `RefusedError` where none of it can be taken.
        """
        lines = iter(lines)
        first = list(islice(lines, _MANY))
        with ExitStack() as stack:
            if len(first) == _MANY:
                self.driver.execute("PRAGMA cache_size = -16000")  # kB; else pages go out and back
                stack.enter_context(added_together(self.driver))
            for line in chain(first, lines):
                self._take(line)
            told = len(self.came.left)
            self._try_held()
        self._delete()
        left = -1
        while len(self._waiting) not in (0, left) or left < 0:  # what is mended may make room
            left = len(self._waiting)
            self._try_held()
            count_contacts(self.driver, self._names)
            mend(self.driver, self._unsure)
        del self.came.left[told:]  # of what is held it was told when it came

    def _take(self, line: bytes) -> None:
        try:
            state = self._checks.read(line)
        except NeedleError as error:
            self.came.left.append(f"{error}")
            return
        self.newest = max(self.newest, state.newest)
        if state.into is not None:
            self._carefully(partial(self._unite, state.t, state.u, state.into))
        elif state.gone is not None:
            self._gone.append(state)
        elif not self._place(state):
            self._wait(state)

    def _carefully(self, do: Callable[[], bool], *, may_clash: bool = True) -> bool:
        """Do what is done for one row: what breaks a rule costs no other row.

        False: the row has no place; of one that is not allowed nothing stays. Where it cannot
        clash with another one (not `may_clash`), what is done takes less time.
        """
        if may_clash:
            self.driver.execute("SAVEPOINT one_row")
        try:
            is_done = do()
        except RefusedError:
            raise
        except (NeedleError, sqlite3.IntegrityError) as error:
            if may_clash:
                self.driver.execute("ROLLBACK TO one_row")
            self._places.look_again()
            is_done = isinstance(error, NeedleError)
            self.came.left.append(str(error).removesuffix(".") if is_done else _TAKEN)
        if may_clash:
            self.driver.execute("RELEASE one_row")
        return is_done

    def _wait(self, state: State) -> None:
        kind, uid = KINDS[state.t], self._places.meant(state.t, state.u)
        state = State(state.t, uid, self._places.meaning(kind, state.f), state.c)
        if held := self._waiting.get((state.t, uid)):
            state = join(held, state, kind.group_of)
        self._waiting[state.t, uid] = state

    def _try_held(self) -> None:
        """Place what waited for others, as far as these have come; keep the rest."""
        for text, untold in self.driver.execute("SELECT state, untold FROM held").fetchall():
            state = decode_state(text)
            self._wait(state)
            if untold:
                self._untold.add((state.t, self._places.meant(state.t, state.u)))
        self.driver.execute("DELETE FROM held")
        before: list[tuple[str, str]] | None = None
        while before != list(self._waiting):
            before = list(self._waiting)
            for key in before:
                state = self._waiting.pop(key)
                if not self._place(state):
                    self._wait(state)
        self.driver.executemany(
            "INSERT INTO held (tbl, uid, state, untold) VALUES (?, ?, ?, ?)",
            [
                (*key, json.encode(state).decode(), key in self._untold)
                for key, state in self._waiting.items()
            ],
        )
        for table, uid in self._untold:
            if (row_id := self._places.find(table, uid)) is not None:
                tell(self.driver, table, row_id)

    def _unite(self, table: str, one: str, other: str, newest: int = 0) -> bool:
        """Let two rows be one, that with the lesser name, as on every machine.

        That is an edit, newer than all of both, of which `newest` may be of one to come: so no
        earlier deletion of one of them takes both away.
        """
        one, other = self._places.meant(table, one), self._places.meant(table, other)
        if one == other:
            return True
        kept, gone = min(one, other), max(one, other)
        there, here = self._places.find(table, gone), self._places.find(table, kept)
        self._places.unite(table, gone, kept)
        self._untold.add((table, kept))
        query = "DELETE FROM gone WHERE tbl = ? AND uid IN (?, ?) RETURNING known"
        for (known,) in self.driver.execute(query, (table, kept, gone)).fetchall():
            self._gone.append(State(table, kept, gone=known))  # is looked at once more
            newest = max(newest, known)
        ids = [it for it in (here, there) if it is not None]
        newest = max([newest, *(newest_of(self.driver, table, it) for it in ids)])
        if there is not None and here is None:
            self.driver.execute(f"UPDATE {table} SET uid = ? WHERE id = ?", (kept, there))
        elif there is not None and here is not None:
            state = read_state(self.driver, KINDS[table], there)
            for name, referring in SQLModel.metadata.tables.items():
                for key in referring.foreign_keys:
                    if key.column.table.name == table:
                        column = key.parent.name
                        moved = f"UPDATE OR IGNORE {name} SET {column} = ? WHERE {column} = ?"
                        self.driver.execute(moved, (here, there))
            if table == "activity":
                self._unsure.add(here)
            self._set_aside(KINDS[table], there, state)
        for it in ids[:1]:
            edited(self.driver, table, it, _UNITED, newest + 1)
        return True

    def _place(self, state: State) -> bool:
        """Join a row with what is here of it; whether it has a place."""
        kind, uid = KINDS[state.t], self._places.meant(state.t, state.u)
        row_id = self._places.find(kind.name, uid)
        may_clash = row_id is not None or kind.name != "entry"
        join_it = partial(self._join, kind, uid, row_id, state)
        return self._carefully(join_it, may_clash=may_clash)

    def _join(self, kind: Kind, uid: str, row_id: int | None, state: State) -> bool:
        known = self._known_of(kind.name, uid)
        if state.newest <= known:  # it was deleted, and is as it was then
            return True
        theirs = State(state.t, uid, self._places.meaning(kind, state.f), state.c)
        if not self._checks.is_allowed(kind, theirs.f):
            return False
        mine = None if row_id is None else read_state(self.driver, kind, row_id)
        joined = theirs if mine is None else join(mine, theirs, kind.group_of)
        if kind.name == "settings" and self._is_new:
            must_be_same_money(self.driver, mine, theirs)
        if joined == mine:
            return True
        if uid != state.u:  # who heard first that one of the two was deleted knows less of it
            self._untold.add((kind.name, uid))
        values = self._places.values(kind, joined.f)
        if values is None:
            return False
        if (other := made_apart(self.driver, kind, values, row_id)) is not None:
            there = read_state(self.driver, kind, other)
            if kind.name == "contact" and not there.c and not self._is_told(other):
                self.driver.execute("DELETE FROM contact WHERE id = ?", (other,))
                self._places.ids["contact"].pop(there.u, None)
            elif bool(there.f.get("same_as")) == bool(values.get("same_as")):
                self._unite(kind.name, uid, there.u, state.newest)
                return self._place(state)
            elif values["same_as"]:  # a name that nobody has any more is somebody's here
                if row_id is not None and mine is not None:
                    self._set_aside(kind, row_id, mine)
                return False
            else:
                self._set_aside(kind, other, there)
        if row_id is None or mine is None:
            if known >= 0:
                self.came.back.add((kind.name, uid))
            return self._insert(kind, uid, values, joined)
        return self._update(kind, row_id, values, mine, joined)

    def _is_told(self, contact_id: int) -> bool:
        """Whether a contact is more than a name in the log, of which nobody is told."""
        query = f"SELECT {SAID} OR same_as IS NOT NULL FROM contact WHERE id = ?"
        return bool(self.driver.execute(query, (contact_id,)).fetchone()[0])

    def _known_of(self, table: str, uid: str) -> int:
        """The newest clock that was known of a row when it was deleted; -1: it never was."""
        query = "SELECT known FROM gone WHERE tbl = ? AND uid = ?"
        found = self.driver.execute(query, (table, uid)).fetchone() if self._any_gone else None
        return -1 if found is None else int(found[0])

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
        self._places.ids[kind.name].pop(state.u, None)
        self._aside.add((kind.name, state.u))
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

    def _insert(self, kind: Kind, uid: str, values: Row, state: State) -> bool:
        if not self._has_room(kind, uid, values):
            return False
        row_id = self._places.free_id(kind.name)
        row = self._places.new_row(kind, uid, values | {"id": row_id})
        self._look_at_outcome(row)
        if kind.name not in self._inserts:
            names, marks = ", ".join(f'"{name}"' for name in row), ", ".join("?" * len(row))
            self._inserts[kind.name] = f"INSERT INTO {kind.name} ({names}) VALUES ({marks})"
        self.driver.execute(self._inserts[kind.name], tuple(row.values()))
        self._places.ids[kind.name][uid] = row_id
        self._keep_clocks(kind.name, row_id, state.c)
        self._note_name(state)
        if (kind.name, uid) not in self._aside:
            self.came.new[kind.name].append(uid)
        return True

    def _update(self, kind: Kind, row_id: int, values: Row, mine: State, joined: State) -> bool:
        if not self._has_room(kind, mine.u, values, row_id):
            self._set_aside(kind, row_id, joined)
            return True
        if kind.name == "entry":
            is_sales = self._places.is_sales(values["activity_id"])
            values = with_what_follows(values, is_sales=is_sales)
            del values["uid"]
            self._look_at_outcome(values)
        columns = ", ".join(f'"{name}" = ?' for name in values)
        update = f"UPDATE {kind.name} SET {columns} WHERE id = ?"
        self.driver.execute(update, (*values.values(), row_id))
        self._keep_clocks(kind.name, row_id, joined.c)
        for state in (mine, joined):
            self._note_name(state)
        if mine.f != joined.f:
            self.came.changed.append((mine, joined))
        if kind.name == "activity" and mine.f["is_sales"] != joined.f["is_sales"]:
            self._places.look_again()
            self._unsure.add(row_id)
        return True

    def _look_at_outcome(self, row: Row) -> None:
        """An activity with calls may have become a sales activity."""
        if row.get("outcome") and not self._places.is_sales(row["activity_id"]):
            self._unsure.add(row["activity_id"])

    def _keep_clocks(self, table: str, row_id: int, clocks: Mapping[str, int]) -> None:
        self.driver.executemany(EDIT, [(table, row_id, *clock) for clock in clocks.items()])

    def _delete(self) -> None:
        """Take away what was deleted elsewhere, unless it was edited or is needed here."""
        order = list(KINDS)
        for state in sorted(self._gone, key=lambda it: order.index(it.t), reverse=True):
            uid, known = self._places.meant(state.t, state.u), state.gone or 0
            if known <= self._known_of(state.t, uid):
                continue
            self._any_gone = True
            self.driver.execute(
                "INSERT OR REPLACE INTO gone (tbl, uid, known, sent) VALUES (?, ?, ?, 2)",
                (state.t, uid, known),
            )
            row_id = self._places.find(state.t, uid)
            if row_id is None:
                continue
            was = read_state(self.driver, KINDS[state.t], row_id)
            if was.newest > known or not self._take_away(state.t, row_id):
                if not self._is_new:  # who comes anew hears of it with the row
                    self.came.back.add((state.t, uid))
                if was.newest <= known:
                    edited(self.driver, state.t, row_id, WHOLE, known + 1)
                tell(self.driver, state.t, row_id)
            else:
                self._places.ids[state.t].pop(uid, None)
                self.came.deleted.append(was)

    def _take_away(self, table: str, row_id: int) -> bool:
        """Delete a row, unless others that stay need it."""
        named = "name_key IN (SELECT contact_key FROM entry)" if table == "contact" else "FALSE"
        delete = f"DELETE FROM {table} WHERE id = ? AND NOT ({named})"
        try:
            return self.driver.execute(delete, (row_id,)).rowcount > 0
        except sqlite3.IntegrityError:
            return False
