"""Where the rows of other machines stand here: what their uids mean, their ids, their columns."""

import sqlite3
from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from ...domain.buyers.contact import phone_key
from ...domain.calls.entry import contact_key
from ...domain.sync.state import Value
from .rows import Kind, find_row

Row = dict[str, Any]


class Places:
    """What is known of that, in a transaction that writes."""

    def __init__(self, driver: sqlite3.Connection) -> None:
        self._driver = driver
        self._had_entries = bool(driver.execute("SELECT 1 FROM entry LIMIT 1").fetchone())
        self._ids = defaultdict[str, dict[str, int]](dict)
        self._next: dict[str, int] = {}  # free ids
        self._same: dict[tuple[str, str], str] = {}
        self.look_again()

    def look_again(self) -> None:
        """Forget what may be wrong, as something was taken back. No entry goes by another uid."""
        self._ids = defaultdict(dict, entry=self._ids["entry"])
        found = self._driver.execute("SELECT tbl, uid, meant FROM same")
        self._same = {(table, uid): meant for table, uid, meant in found}

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
        found = self._ids[table].get(uid)
        if found is None and (table != "entry" or self._had_entries):
            found = find_row(self._driver, table, uid)
            if found is not None:
                self._ids[table][uid] = found
        return found

    def note(self, table: str, uid: str, row_id: int | None) -> None:
        """Note the id of a row; None: it is not here any more."""
        if row_id is None:
            self._ids[table].pop(uid, None)
        else:
            self._ids[table][uid] = row_id

    def unite(self, table: str, gone: str, kept: str) -> None:
        """Let a uid mean another row from now on."""
        self._same[table, gone] = kept
        self._driver.execute(
            "INSERT OR REPLACE INTO same (tbl, uid, meant, sent) VALUES (?, ?, ?, 0)",
            (table, gone, kept),
        )
        self.note(table, gone, None)

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
