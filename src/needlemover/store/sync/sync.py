"""What a file knows of the other machines, and what it tells them."""

import secrets
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from itertools import chain
from pathlib import Path

from msgspec import Struct

from ...domain.errors import NeedleError, RefusedError
from ...domain.sync.state import TAG, Peer
from ..schema.tables import instant_text
from ..session import Subject
from .merge import Came, Merge
from .rows import states
from .sync_log import keep_notes

_FORGET_OWN = "DELETE FROM seen WHERE machine = (SELECT machine FROM sync)"
_MOST_GONE = 500  # files of a machine
_ALL = "INSERT OR IGNORE INTO outbox (tbl, row) VALUES ('*', 0)"  # everything is to be told
_TELLING = (
    "INSERT OR IGNORE INTO outbox (tbl, row) "
    "SELECT '>' || tbl, row FROM outbox WHERE tbl NOT LIKE '>%'",
    "DELETE FROM outbox WHERE tbl NOT LIKE '>%'",
    "UPDATE gone SET sent = 1 WHERE sent = 0",
    "UPDATE same SET sent = 1 WHERE sent = 0",
    "DELETE FROM outbox WHERE tbl = '>'",
)
_AHEAD = 86_400_000 << 20  # a clock that is a day ahead no other machine takes
# Where the clock of this computer was wrong for a while, what was edited then was edited just now.
_SET_BACK = (
    "INSERT OR IGNORE INTO outbox (tbl, row) SELECT '>*', 0 FROM sync WHERE clock > :now + :most",
    f"UPDATE sync SET clock = :now | (clock & {TAG}) WHERE clock > :now + :most",
    "UPDATE edit SET clock = (SELECT clock FROM sync) WHERE clock > :now + :most",
    "UPDATE gone SET known = (SELECT clock FROM sync) - 1 WHERE known > :now + :most",
)
_TOLD = (
    "DELETE FROM outbox WHERE tbl LIKE '>%'",
    "UPDATE gone SET sent = 2 WHERE sent = 1",
    "UPDATE same SET sent = 2 WHERE sent = 1",
    "UPDATE held SET untold = 0",
)
_STATUS = """
    SELECT folder, coalesce(machine, ''), coalesce(name, ''), coalesce(host, ''),
        EXISTS (SELECT 1 FROM outbox) OR EXISTS (SELECT 1 FROM gone WHERE sent < 2)
        OR EXISTS (SELECT 1 FROM same WHERE sent < 2) OR EXISTS (SELECT 1 FROM held WHERE untold)
    FROM sync
"""
_PEERS = """
    SELECT machine, name, heard_at FROM peer
    WHERE machine IS NOT (SELECT machine FROM sync) ORDER BY name, machine
"""


class SyncStatus(Struct, frozen=True):
    """What this machine is among the others."""

    folder: Path | None  # None: it takes no part
    machine: str
    name: str
    host: str  # where it was when it took part first
    peers: tuple[Peer, ...]
    is_waiting: bool  # whether anything is to be told


class Outgoing(Struct, frozen=True):
    """What is to be told."""

    lines: Iterator[bytes]
    is_everything: bool
    number: int  # which of several at once
    clock: int  # the newest in it


class Sync(Subject):
    """Two machines: what came, and what is to be told."""

    def status(self) -> SyncStatus:
        """What this machine is among the others."""
        with self._session.reading() as driver:
            folder, machine, name, host, waits = driver.execute(_STATUS).fetchone()
            peers = driver.execute(_PEERS)
            return SyncStatus(
                Path(folder) if folder else None,
                machine,
                name,
                host,
                tuple(Peer(who, it, at and datetime.fromisoformat(at)) for who, it, at in peers),
                bool(waits),
            )

    def begin(self, folder: Path, name: str, host: str) -> None:
        """Take part in a folder, and have everything told; as a machine of its own on a new `host`.

        `name` is what the others call this machine, `host` tells the place of the file from others.
        """
        with self._session.writing() as driver:
            machine, before = driver.execute("SELECT machine, host FROM sync").fetchone()
            if machine is None or before != host:
                machine = secrets.token_hex(4)
                tag = int(machine, 16) & TAG
                driver.execute(f"UPDATE sync SET clock = (clock & ~{TAG}) | {tag}")
            driver.execute(
                "UPDATE sync SET folder = ?, name = ?, host = ?, machine = ?",
                (str(folder), name, host, machine),
            )
            driver.execute(_ALL)

    def stop(self) -> None:
        """Take no part any more. What is here stays."""
        with self._session.writing() as driver:
            driver.execute("UPDATE sync SET folder = NULL")

    def forget(self, machine: str) -> None:
        """Do without a machine, until it writes again; this one tells the others all it knew."""
        with self._session.writing() as driver:
            driver.execute("DELETE FROM peer WHERE machine = ?", (machine,))
            driver.execute(_ALL)

    def unseen(self, machine: str, files: Sequence[str], *, forgets: bool = False) -> list[str]:
        """The names of those of a machine's files that were not taken in yet, in the order given.

        `forgets`: others that were taken in, and are gone, are forgotten where they are many.
        """
        with self._session.reading() as driver:
            rows = driver.execute("SELECT file FROM seen WHERE machine = ?", (machine,))
            seen = {file for (file,) in rows}
        gone = seen.difference(files)
        if forgets and len(gone) > _MOST_GONE:
            with self._session.writing():
                forgotten = "DELETE FROM seen WHERE machine = ? AND file = ?"
                driver.executemany(forgotten, [(machine, file) for file in gone])
        return [file for file in files if file not in seen]

    def has_lost(self, files: Sequence[str]) -> bool:
        """Whether a file of this machine that no other one replaced is not among these."""
        with self._session.reading() as driver:
            own = driver.execute("SELECT file FROM seen WHERE machine = (SELECT machine FROM sync)")
            return not {file for (file,) in own} <= {*files}

    def replaced(self, files: Sequence[str]) -> None:
        """Note that others have taken the place of files of this machine."""
        with self._session.writing() as driver:
            driver.executemany(f"{_FORGET_OWN} AND file = ?", [(file,) for file in files])

    def take_in(
        self, machine: str, name: str, heard_at: datetime, files: Mapping[str, Iterable[bytes]]
    ) -> Came:
        """Join the rows of whole files of a machine; what came of them.

        `files` are their lines, by their names; `heard_at` is when the last of them was written. A
        `RefusedError`, whose sentence follows the name of the file, where none can be joined.
        """
        with self._session.writing() as driver:
            moment = self._session.moment()
            driver.execute("UPDATE sync SET merging = 1")
            heard = driver.execute("SELECT 1 FROM peer WHERE machine = ?", (machine,)).fetchone()
            merge = Merge(driver, moment.now, is_new=heard is None)
            try:
                merge.take(chain.from_iterable(files.values()))
            except (NeedleError, sqlite3.IntegrityError) as error:
                raise RefusedError(str(error)) from error
            (clock,) = driver.execute("SELECT clock FROM sync").fetchone()
            keep_notes(driver, merge.came, name, moment.now, clock & TAG)
            driver.executemany(
                "INSERT OR IGNORE INTO seen (machine, file) VALUES (?, ?)",
                [(machine, file) for file in files],
            )
            driver.execute(
                "INSERT INTO peer (machine, name, heard_at) VALUES (?, ?, ?) "
                "ON CONFLICT (machine) DO UPDATE SET name = excluded.name, "
                "heard_at = max(coalesce(heard_at, ''), excluded.heard_at)",
                (machine, name, instant_text(heard_at)),
            )
            clock = f"max(clock, (? & ~{TAG}) | (clock & {TAG}))"
            driver.execute(f"UPDATE sync SET merging = 0, clock = {clock}", (merge.newest,))
            return merge.came

    @contextmanager
    def outgoing(self, *, everything: bool = False) -> Iterator[Outgoing]:
        """What is to be told: what changed since the last time, or all there is.

        Its lines are read while this lasts. It counts as told once `written` is called.
        """
        with self._session.writing() as driver:
            if driver.execute("SELECT 1 FROM held").fetchone():  # there may be room by now
                driver.execute("UPDATE sync SET merging = 1")
                Merge(driver, self._session.moment().now, is_new=False).take(())
                driver.execute("UPDATE sync SET merging = 0")
            for statement in _TELLING:
                driver.execute(statement)
            now = int(self._session.clock.now().timestamp() * 1000)
            for statement in _SET_BACK:
                driver.execute(statement, {"now": now << 20, "most": _AHEAD})
            number = secrets.randbits(62)
            driver.execute("INSERT INTO outbox (tbl, row) VALUES ('>', ?)", (number,))
        with self._session.reading() as driver:
            everything |= bool(driver.execute("SELECT 1 FROM outbox WHERE tbl = '>*'").fetchone())
            (clock,) = driver.execute("SELECT clock FROM sync").fetchone()
            lines = (line.encode() for line in states(driver, everything=everything))
            yield Outgoing(lines, everything, number, clock)

    def written(self, outgoing: Outgoing, file: str) -> None:
        """Note that it stands in a file of this machine.

        Where another `outgoing` began after it, that one has all of it and more, so it stays to be
        told.
        """
        with self._session.writing() as driver:
            last = "SELECT 1 FROM outbox WHERE tbl = '>' AND row = ?"
            is_last = driver.execute(last, (outgoing.number,)).fetchone() is not None
            for statement in _TOLD if is_last else ():
                driver.execute(statement)
            if outgoing.is_everything:
                driver.execute(_FORGET_OWN)
            driver.execute(
                "INSERT OR IGNORE INTO seen (machine, file) SELECT machine, ? FROM sync", (file,)
            )
