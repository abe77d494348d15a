"""One round with the sync folder: what has come is taken in, and what is new here goes out.

It runs on a store of its own connection, in a thread of the app or in the command. Two at once do
no harm, nor does one that is killed: what is taken in twice is as if it came once, what was written
and not noted as written is written again, and only files whose content is kept are deleted.
"""

from __future__ import annotations

import hashlib
import os
import re
import socket
import sys
import uuid
from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct, json
from msgspec.structs import replace

from ...domain.errors import NeedleError, RefusedError
from ...domain.sync.state import Peer
from ...files import make_folder
from ...text.format import counted, quoted
from .segment import FORMAT, HELD, NAME, VERSION, Header, Segment, open_segment, write_segment

if TYPE_CHECKING:
    from ...store.store import Store

_MACHINE = re.compile(r".+-([0-9A-Za-z]{4,32})")  # a folder in the folder: NAME-MACHINE
_AT_ONCE = 4 << 20  # bytes that one transaction takes in, unless a file alone has more
_MOST_AT_ONCE = 500  # files, likewise
_MANY = 64  # small files of this machine, from which on one takes their place
_LISTED = 3  # files or rows of a machine that are left, each in a sentence
_FORGOTTEN = 3600  # seconds after which a file that was begun is one whose program was killed


class Round(Struct):
    """What a round gave."""

    at: datetime
    peers: tuple[Peer, ...] = ()  # the other machines
    came: dict[str, int] = {}  # rows, by the machine that wrote them
    went: int = 0  # rows
    said: list[str] = []  # sentences: what was left, and why; what came back
    coming: list[str] = []  # sentences: what is not whole yet
    is_away: bool = False  # the folder; it is no error
    problem: str = ""  # the sentence that says why nothing could be written


def begin(store: Store, folder: Path) -> None:
    """Sync with a folder from now on; a `NeedleError` where that cannot be."""
    if not folder.parent.is_dir():
        raise NeedleError(f"There is no folder {folder.parent}: make it first.")
    if Path(os.path.realpath(store.path)).is_relative_to(os.path.realpath(folder)):
        raise NeedleError(
            f"{folder} holds your data file, which would be damaged by what carries the folder: "
            "name a folder that is only for this."
        )
    try:
        make_folder(folder)
        _begin(store, folder)
    except OSError as error:
        raise NeedleError(f"{folder} cannot be used: {error.strerror or error}.") from error


def _begin(store: Store, folder: Path) -> None:
    """Have this machine take part, with a folder of its own in there."""
    name, host = socket.gethostname().partition(".")[0] or "machine", _host(store.path)
    status = store.sync.status()
    if (status.folder, status.host) != (folder, host):
        store.sync.begin(folder, name, host)
    machine = store.sync.status().machine
    if machine not in _machines(folder):
        plain = re.sub("[^0-9A-Za-z]+", "-", name).strip("-")[:40] or "machine"
        make_folder(folder / f"{plain}-{machine}")


def _host(data: Path) -> str:
    """What tells a copy of a data file on another machine, or in another place, from the file."""
    host = f"{uuid.getnode() if sys.platform == 'darwin' else socket.gethostname()}"
    with suppress(OSError):
        host += Path("/etc/machine-id").read_text(encoding="ascii", errors="replace")
    host += os.path.realpath(data)
    return hashlib.sha256(host.encode("utf-8", "surrogateescape")).hexdigest()[:32]


def run_round(store: Store, *, only_looks: bool = False) -> Round:
    """Do a round, or only look what it would leave; a `NeedleError` where there is no folder."""
    status, this = store.sync.status(), Round(store.clock.now())
    if status.folder is None:
        raise NeedleError("This file is not synced with any folder.", "sync")
    try:
        folders = _machines(status.folder)
        # Without it the place is an empty one, to which a disk is mounted at other times.
        this.is_away = status.machine not in folders
        if not (this.is_away or only_looks) and _host(store.path) != status.host:
            this.said.append("The data file is a copy of another one: it is a machine of its own.")
            _begin(store, status.folder)
            folders, status = _machines(status.folder), store.sync.status()
    except OSError:
        this.is_away = True
    if not this.is_away:
        own = folders.pop(status.machine)
        held = _read(store, this, status.machine, own, only_looks)
        if not only_looks:  # before what the others wrote is here: that they have
            _write(store, this, own, held)
        for machine, folder in folders.items():
            _read(store, this, machine, folder, only_looks)
    this.peers = store.sync.status().peers
    return this


def _machines(folder: Path) -> dict[str, Path]:
    """The folders of the machines, by the machine."""
    with os.scandir(folder) as entries:
        found = sorted(it.name for it in entries if it.is_dir(follow_symlinks=False))
    matches = filter(None, map(_MACHINE.fullmatch, found))
    return {match[1]: folder / match[0] for match in matches}


def _read(store: Store, this: Round, machine: str, folder: Path, only_looks: bool) -> list[str]:
    """Take in what is new of a machine; its files whose content is in the data then."""
    left: dict[str, str] = {}  # why, by the file; empty: it is still to come
    batch: list[Segment] = []
    size = 0
    try:
        names = sorted(filter(NAME.fullmatch, os.listdir(folder)))
    except OSError as error:
        this.said.append(f"{quoted(folder.name)} cannot be read: {error.strerror or error}.")
        return []
    for name in store.sync.unseen(machine, names, forgets=not only_looks):
        try:
            segment = open_segment(folder / name, machine, this.at)
        except NeedleError as error:
            left[name] = str(error)
            continue
        if segment is None:
            left[name] = ""
            continue
        batch.append(segment)
        size += segment.size
        if len(batch) == _MOST_AT_ONCE or size > _AT_ONCE:
            left |= {} if only_looks else _take_in(store, this, batch)
            batch, size = [], 0
    left |= {} if only_looks else _take_in(store, this, batch)
    why = [f"{name} of {quoted(folder.name)} {left[name]}" for name in left if left[name]]
    _say_some(this, why, quoted(folder.name), "files")
    if coming := sum(not it for it in left.values()):
        files = counted(coming, "file that is", "files that are")
        this.coming.append(f"{quoted(folder.name)} has {files} not whole yet.")
    return [name for name in names if name not in left]


def _say_some(this: Round, sentences: Sequence[str], whose: str, what: str) -> None:
    """Say the first of them, and how many more there are."""
    this.said += sentences[:_LISTED]
    if len(sentences) > _LISTED:
        this.said.append(f"{whose} has {len(sentences) - _LISTED:,} more such {what}.")


def _take_in(store: Store, this: Round, batch: Sequence[Segment]) -> dict[str, str]:
    """Take in files together; where one of them is refused, the others without it: why, by it."""
    if not batch:
        return {}
    header = batch[-1].header
    try:
        taken = store.sync.take_in(
            header.machine,
            header.name,
            min(header.at, this.at),
            {it.path.name: it.lines() for it in batch},
        )
    except RefusedError as error:
        if len(batch) == 1:
            return {batch[0].path.name: f"is refused: {error}"}
        half = len(batch) // 2
        return _take_in(store, this, batch[:half]) | _take_in(store, this, batch[half:])
    if taken.rows:
        this.came[header.machine] = this.came.get(header.machine, 0) + taken.rows
    if taken.back:
        back = counted(len(taken.back), "deleted thing is", "deleted things are")
        this.said.append(f"{back} back: edited, needed or put back elsewhere since.")
    name = quoted(header.name)
    _say_some(this, [f"A row of {name} is left out: {why}." for why in taken.left], name, "rows")
    return {}


def _write(store: Store, this: Round, own: Path, held: Sequence[str]) -> None:
    """Write what is new here, or everything where there is nothing yet, or not all any more."""
    everything = not held or store.sync.has_lost(held)
    if not (everything or store.sync.status().is_waiting):
        return
    try:
        for path in own.glob(".needle-*"):  # what a killed program had begun
            if this.at.timestamp() - path.stat().st_mtime > _FORGOTTEN:
                path.unlink()
        this.went, is_everything = _write_file(store, this.at, own, everything=everything)
        replaced = held if is_everything else _put_together(this.at, own, held)
        store.sync.replaced(replaced)
        for name in replaced:
            (own / name).unlink(missing_ok=True)
    except FileNotFoundError:  # another round was here at the same time
        return
    except OSError as error:
        why = error.strerror or error
        this.problem = f"{own} could not be written, so nothing went out: {why}."


def _put_together(now: datetime, own: Path, names: Sequence[str]) -> list[str]:
    """Of many small files, write one with all that they say of each row; which ones it replaces."""
    from ...domain.sync.state import State, join
    from ...store.sync.rows import KINDS, decode_state

    small = [it for it in names if (own / it).stat().st_size <= HELD]
    if len(small) <= _MANY:
        return []
    whole: list[Segment] = []
    for name in small:
        with suppress(NeedleError):  # one that was damaged since is left
            if segment := open_segment(own / name, own.name.rpartition("-")[2], now):
                whole.append(segment)
    states: dict[tuple[object, ...], State] = {}
    for state in (decode_state(line) for it in whole for line in it.lines()):
        key = state.t, state.u, state.gone, state.into
        if key in states and key[2:] == (None, None):
            state = join(states[key], state, KINDS[state.t].group_of)
        states[key] = state
    header = replace(
        max((it.header for it in whole), key=lambda it: it.clock), number=_next_number(own), at=now
    )
    write_segment(own, header, map(json.encode, states.values()))
    return [it.path.name for it in whole]


def _next_number(own: Path) -> int:
    found = filter(None, map(NAME.fullmatch, os.listdir(own)))
    return max((int(it[1]) for it in found), default=0) + 1


def _write_file(store: Store, now: datetime, own: Path, *, everything: bool) -> tuple[int, bool]:
    """Write a file; how many rows went out with it, and whether these are all there are."""
    failed, name, count = None, "", 0
    status = store.sync.status()
    with store.sync.outgoing(everything=everything) as outgoing:
        header = Header(
            FORMAT, VERSION, status.machine, status.name, _next_number(own), now, outgoing.clock,
            outgoing.is_everything,
        )  # fmt: skip
        try:
            name, count = write_segment(own, header, outgoing.lines)
        except OSError as error:  # within the store it would read as one of the data file
            failed = error
    if failed is not None:
        raise failed
    store.sync.written(outgoing, name)
    return count, outgoing.is_everything
