"""Where the rows of other machines stand here: what their uids mean, their ids, their columns."""

import sqlite3
from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from ...domain.buyers.contact import phone_key
from ...domain.calls.entry import contact_key
from ...domain.sync.state import Value
from ..imports.import_rows import with_what_follows
from .rows import Kind, find_row

Row = dict[str, Any]


class Places:
    """What is known of that, in a transaction that writes."""

    def __init__(self, driver: sqlite3.Connection) -> None:
        self._driver = driver
        self._had_entries = bool(driver.execute("SELECT 1 FROM entry LIMIT 1").fetchone())
        self.ids = defaultdict[str, dict[str, int]](dict)
        self._next: dict[str, int] = {}  # free ids
        self.look_again()

    def look_again(self) -> None:
        """Forget what may be wrong, as something was taken back. No entry goes by another uid."""
        self.ids = defaultdict(dict, entry=self.ids["entry"])
        found = self._driver.execute("SELECT tbl, uid, meant FROM same")
        self._same: dict[tuple[str, str], str] = {
            (table, uid): meant for table, uid, meant in found
        }
        self._sales: dict[int | None, bool] = {}  # whether activities are

    def meant(self, table: str, uid: str) -> str:
        """What tells a row from others, of one that is another by now: that one."""
        if not self._same:
            return uid
        seen = set[str]()
        while (meant := self._same.get((table, uid))) is not None and uid not in seen:
            seen.add(uid)
            uid = meant
        return uid

    def find(self, table: str, uid: str) -> int | None:
        """The id that a row has here; None: it is not here."""
        uid = self.meant(table, uid)
        found = self.ids[table].get(uid)
        if found is None and (table != "entry" or self._had_entries):
            found = find_row(self._driver, table, uid)
            if found is not None:
                self.ids[table][uid] = found
        return found

    def unite(self, table: str, gone: str, kept: str) -> None:
        """Let a uid mean another row from now on."""
        self._same[table, gone] = kept
        self._driver.execute(
            "INSERT OR REPLACE INTO same (tbl, uid, meant, sent) VALUES (?, ?, ?, 0)",
            (table, gone, kept),
        )
        self.ids[table].pop(gone, None)

    def free_id(self, table: str) -> int:
        """An id that no row has, nor one that undo or redo may bring back."""
        if table not in self._next:
            undone = "UNION ALL SELECT max(id) FROM undone_entry" if table == "entry" else ""
            self._next[table] = self._driver.execute(
                f"SELECT coalesce(max(id), 0) FROM (SELECT max(id) AS id FROM {table} UNION ALL "
                f"SELECT max(row_id) FROM changed_row WHERE table_name = ? {undone})",
                (table,),
            ).fetchone()[0]
        if table == "contact":  # an entry that names one may have made it meanwhile
            newest = self._driver.execute("SELECT coalesce(max(id), 0) FROM contact").fetchone()[0]
            self._next[table] = max(self._next[table], newest)
        self._next[table] += 1
        return 1 if table == "settings" else self._next[table]

    def meaning(self, kind: Kind, fields: Mapping[str, Value]) -> dict[str, Value]:
        """The fields, with those that refer to a row naming it as it is known by now."""
        known = {name: fields[name] for name in kind.columns if fields.get(name) is not None}
        if self._same:
            for name in kind.refers_to.keys() & known.keys():
                known[name] = self.meant(kind.refers_to[name], str(known[name]))
        return known

    def is_sales(self, activity_id: int | None) -> bool:
        """Whether an activity is one with calls."""
        if activity_id not in self._sales:
            query = "SELECT is_sales FROM activity WHERE id = ?"
            found = self._driver.execute(query, (activity_id,)).fetchone()
            self._sales[activity_id] = bool(found and found[0])
        return self._sales[activity_id]

    def new_row(self, kind: Kind, uid: str, values: Row) -> Row:
        """A row with its uid, where it does not follow from the rest, and with what follows."""
        row = values | ({"uid": uid} if kind.has_uid else {})
        if kind.name == "contact":
            row["tries"] = 0
        elif kind.name == "entry":
            row["uid"] = None if row["source_key"] and ":" in uid else uid
            with_what_follows(row, is_sales=self.is_sales(row["activity_id"]))
        return row

    def values(self, kind: Kind, fields: Mapping[str, Value]) -> Row | None:
        """The columns of a row; None: what it refers to is not here."""
        values: Row = {name: fields.get(name) for name in kind.columns}
        for name, target in kind.refers_to.items():
            if values[name] is not None:
                values[name] = self.find(target, str(values[name]))
                if values[name] is None:
                    return None
        if kind.name in ("activity", "contact"):
            values["name_key"] = contact_key(str(values["name"] or ""))
        if kind.name == "contact":
            values["phone_key"] = phone_key(str(values["phone"] or ""))
        return values
