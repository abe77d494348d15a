"""A round with the sync folder, on a store that holds lines in memory."""

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from needlemover.domain.errors import BusyError, NeedleError, RefusedError
from needlemover.domain.promises.commitment import Terms
from needlemover.exchange.sync import folder as folders
from needlemover.exchange.sync.folder import Round, begin, run_round
from needlemover.exchange.sync.segment import write_segment
from needlemover.store.store import Store
from needlemover.store.sync import sync

from ..conftest import AFTERNOON, SetClock, some_examples
from .test_sync_segments import HEADER


@dataclass
class Lines:
    """What a store remembers of a sync, its rows being lines that are never changed."""

    machine: str
    clock: SetClock
    folder: Path | None = None
    name: str = ""
    rows: set[bytes] = field(default_factory=set)
    waits: set[bytes] = field(default_factory=set)
    seen: dict[str, set[str]] = field(default_factory=dict)
    heard: dict[str, datetime] = field(default_factory=dict)
    transactions: int = 0
    host: str = ""
    error: type[NeedleError] = RefusedError

    def status(self) -> Any:
        peers = tuple(
            SimpleNamespace(machine=it, name=it, heard_at=at) for it, at in self.heard.items()
        )
        return SimpleNamespace(
            folder=self.folder, machine=self.machine, name=self.name, peers=peers,
            is_waiting=bool(self.waits), host=self.host,
        )  # fmt: skip

    def begin(self, folder: Path, name: str, host: str) -> None:
        if self.host not in ("", host):
            self.machine += "2"
        self.waits |= self.rows
        self.folder, self.name, self.host = folder, name, host

    def unseen(self, machine: str, files: Sequence[str], *, forgets: bool) -> list[str]:
        return [it for it in files if it not in self.seen.get(machine, ())]

    def take_in(
        self, machine: str, name: str, heard_at: datetime, files: Mapping[str, Iterable[bytes]]
    ) -> Any:
        lines = {it.strip() for file in files.values() for it in file}
        if any(b"hostile" in it for it in lines):
            raise self.error("A line is not allowed.")
        new = lines - self.rows
        self.transactions += 1
        self.rows |= new
        self.seen.setdefault(machine, set()).update(files)
        if machine != self.machine:
            self.heard[machine] = heard_at
        return SimpleNamespace(rows=len(new), back=(), left=())

    @contextmanager
    def outgoing(self, *, everything: bool) -> Iterator[Any]:
        of = self.rows if everything else self.waits
        clock = int(self.clock.now().timestamp() * 1000) << 20
        yield SimpleNamespace(
            lines=iter(sorted(of)), is_everything=of == self.rows, clock=clock, of=set(of)
        )

    def written(self, outgoing: Any, file: str) -> None:
        self.waits -= outgoing.of
        if outgoing.is_everything:
            self.seen[self.machine] = set()
        self.seen.setdefault(self.machine, set()).add(file)

    def has_lost(self, files: list[str]) -> bool:
        return not self.seen.get(self.machine, set()) <= {*files}

    def replaced(self, files: list[str]) -> None:
        self.seen[self.machine] -= {*files}

    def log(self, *rows: bytes) -> None:
        self.rows |= {*rows}
        self.waits |= {*rows}


class Machine:
    """A machine with such a store."""

    def __init__(self, machine: str, home: Path) -> None:
        self.clock = SetClock(AFTERNOON)
        self.sync = Lines(machine, self.clock)
        self.path = home / machine / "needlemover.db"

    def begin(self, folder: Path) -> "Machine":
        begin(self, folder)
        return self

    def round(self, *, only_looks: bool = False) -> Round:
        return run_round(self, only_looks=only_looks)

    @property
    def own(self) -> Path:
        (own,) = self.sync.folder.glob(f"*-{self.sync.machine}")
        return own


@pytest.fixture
def shared(tmp_path: Path) -> Path:
    return tmp_path / "shared"


@pytest.fixture
def laptop(shared: Path, tmp_path: Path) -> Machine:
    return Machine("aaaaa", tmp_path).begin(shared)


@pytest.fixture
def desktop(shared: Path, tmp_path: Path) -> Machine:
    return Machine("bbbbb", tmp_path).begin(shared)


def files_of(folder: Path) -> list[str]:
    return sorted(it.name for it in folder.iterdir())


def test_rows_travel_both_ways_each_once(laptop: Machine, desktop: Machine) -> None:
    laptop.sync.log(b"1", b"2")
    assert laptop.round().went == 2
    desktop.sync.log(b"3")
    done = desktop.round()
    assert (done.came, done.went, done.said) == ({"aaaaa": 2}, 1, [])
    assert laptop.round().came == {"bbbbb": 1}
    assert laptop.sync.rows == desktop.sync.rows == {b"1", b"2", b"3"}
    assert [it.machine for it in laptop.round().peers] == ["bbbbb"]


def test_where_nothing_is_new_nothing_is_written(laptop: Machine, desktop: Machine) -> None:
    laptop.sync.log(b"1")
    laptop.round()
    desktop.round()
    before = files_of(laptop.own) + files_of(desktop.own)
    for machine in (laptop, desktop):
        machine.round()
        machine.sync.transactions = 0
        done = machine.round()
        assert (done.came, done.went, machine.sync.transactions) == ({}, 0, 0)
    assert files_of(laptop.own) + files_of(desktop.own) == before


def test_a_folder_that_is_away_is_no_error_and_is_not_begun_anew(
    laptop: Machine, shared: Path
) -> None:
    laptop.sync.log(b"1")
    laptop.round()
    moved = shared.rename(shared.with_name("elsewhere"))
    assert laptop.round().is_away
    shared.mkdir()  # where a stick was mounted
    assert laptop.round().is_away
    assert files_of(shared) == []
    shared.rmdir()
    shared.write_text("a file")
    assert laptop.round().is_away
    shared.unlink()
    moved.rename(shared)
    assert not laptop.round().is_away


def test_a_folder_is_refused_where_it_cannot_be(laptop: Machine, tmp_path: Path) -> None:
    for folder, why in (
        (tmp_path / "none" / "in", "There is no folder"),
        (laptop.path.parent, "holds your data file"),
        (tmp_path, "holds your data file"),
    ):
        with pytest.raises(NeedleError, match=why):
            laptop.begin(folder)
    (tmp_path / "file").touch()
    with pytest.raises(NeedleError, match="cannot be used: File exists"):
        laptop.begin(tmp_path / "file")


def test_no_round_without_a_folder(tmp_path: Path) -> None:
    with pytest.raises(NeedleError, match="not synced with any folder"):
        Machine("aaaaa", tmp_path).round()


def test_a_copied_file_becomes_a_machine_of_its_own(laptop: Machine, shared: Path) -> None:
    laptop.sync.log(b"1")
    laptop.round()
    laptop.path = laptop.path.with_name("copy.db")
    done = laptop.round()
    assert done.said == ["The data file is a copy of another one: it is a machine of its own."]
    assert laptop.own.name.endswith("-aaaaa2")
    assert done.went == 1
    assert laptop.round().said == []


def row(name: int, note: int = 0) -> bytes:
    edited = b',"c":{"note":%d}' % note if note else b""
    return b'{"t":"entry","u":"%d","f":{"note":"note %d"}%b}' % (name, note, edited)


def test_of_many_small_files_one_takes_the_place_with_what_was_last_said_of_each_row(
    laptop: Machine, desktop: Machine, shared: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(folders, "HELD", 20_000)
    laptop.sync.log(*(row(number) for number in range(1000)))
    for number in range(70):
        laptop.round()
        laptop.sync.log(row(number), row(7, number))
        if number == 20:  # the disk has lost it since
            (laptop.own / files_of(laptop.own)[-1]).write_bytes(b"hostile\n")
    large, *small = files_of(laptop.own)
    assert large.startswith("00000001-")
    assert len(small) < 10
    late = Machine("ccccc", tmp_path).begin(shared)
    late.round()
    notes = [it for it in late.sync.rows if b'"7"' in it]
    assert row(7, 64) in notes
    assert row(7, 50) not in notes
    assert {row(number) for number in range(64) if number != 7} < late.sync.rows


def test_where_a_file_of_this_machine_was_lost_everything_is_told_again(
    store: Store, desktop: Machine, shared: Path
) -> None:
    begin(store, shared)
    run_round(store)
    store.activities.add("Film", Terms())
    run_round(store)
    own = next(it for it in shared.iterdir() if it != desktop.own)
    (own / files_of(own)[-1]).unlink()
    assert run_round(store).went > 1
    assert run_round(store).went == 0
    assert len(files_of(own)) == 1
    desktop.round()
    assert any(b"Film" in it for it in desktop.sync.rows)


def test_a_file_of_this_machine_that_it_does_not_know_is_kept(laptop: Machine) -> None:
    laptop.round()
    (laptop.own / "00000001-00000000.jsonl").write_bytes(b"hostile\n")
    for number in range(70):
        laptop.sync.log(row(number))
        laptop.round()
    assert files_of(laptop.own)[0] == "00000001-00000000.jsonl"


def test_one_bad_file_among_many_is_left_and_the_rest_goes_on(
    laptop: Machine, desktop: Machine
) -> None:
    for number in range(40):
        line = b"hostile" if number == 17 else b"%d" % number
        write_segment(laptop.own, _header(laptop, number + 1), [line])
    done = desktop.round()
    assert done.came == {"aaaaa": 39}
    assert len(done.said) == 1
    assert done.said[0].endswith("is refused: A line is not allowed.")
    assert "00000018-" in done.said[0]
    assert done.said == desktop.round().said, "it is told until it is gone"


def test_a_busy_data_file_is_no_fault_of_what_came(laptop: Machine, desktop: Machine) -> None:
    write_segment(laptop.own, _header(laptop, 1), [b"hostile"])
    desktop.sync.error = BusyError
    with pytest.raises(BusyError):
        desktop.round()


def test_what_is_left_is_told_and_not_at_any_length(laptop: Machine, desktop: Machine) -> None:
    for number in range(10):
        (laptop.own / f"0000000{number}-00000000.jsonl").write_bytes(b"x\n")
    (laptop.own / "00000010-00000000.jsonl").write_bytes(b"x")
    (laptop.own / "00000011-00000000.sync-conflict-20261124.jsonl").write_bytes(b"x\n")
    (laptop.own / ".DS_Store").write_bytes(b"x\n")
    for done in (desktop.round(only_looks=True), desktop.round()):
        assert len(done.said) == 4
        assert done.said[0].startswith("00000000-00000000.jsonl of “")
        assert done.said[3].endswith("has 7 more such files.")
        assert done.coming[0].endswith("has 1 file that is not whole yet.")


def test_looking_takes_nothing_in_and_writes_nothing(laptop: Machine, desktop: Machine) -> None:
    laptop.sync.log(b"1")
    laptop.round()
    desktop.sync.log(b"2")
    assert desktop.round(only_looks=True).went == 0
    assert (desktop.sync.rows, files_of(desktop.own)) == ({b"2"}, [])


def test_what_else_stands_in_the_folder_is_nobodys(laptop: Machine, shared: Path) -> None:
    (shared / "README").write_text("x")
    (shared / ".git").mkdir()
    (shared / "Photos of 2026").mkdir()
    (shared / "x-ccccc").symlink_to(laptop.own)
    (shared / "y [b]\x1b-ddddd").mkdir()
    os.mkdir(os.fsencode(shared) + b"/\xff-eeeee")
    assert laptop.round().said == []


def test_what_another_round_gives_out_is_noted_as_written_by_that_one(
    store: Store, tmp_path: Path
) -> None:
    store.sync.begin(tmp_path, "laptop", "host")
    with store.sync.outgoing() as first:
        pass
    store.activities.add("Film", Terms())
    with store.sync.outgoing() as second:
        lines = list(second.lines)
    store.sync.written(first, "1")
    assert store.sync.status().is_waiting
    store.sync.written(second, "2")
    assert any(b"Film" in line for line in lines)
    assert not store.sync.status().is_waiting


def test_files_that_are_gone_are_forgotten_where_they_are_many(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sync, "_MOST_GONE", 1)
    names = [f"{number:08}" for number in range(5)]
    store.sync.take_in("abcdef01", "desktop", store.clock.now(), dict.fromkeys(names, ()))
    assert store.sync.unseen("abcdef01", names[1:], forgets=True) == []
    assert store.sync.unseen("abcdef01", names[3:]) == []
    assert store.sync.unseen("abcdef01", names) == []
    assert store.sync.unseen("abcdef01", names[3:], forgets=True) == []
    assert store.sync.unseen("abcdef01", names) == names[:3]


def test_what_a_killed_program_began_is_taken_away_later(laptop: Machine) -> None:
    new, old = laptop.own / ".needle-new.partial", laptop.own / ".needle-old.partial"
    new.touch()
    old.touch()
    now = laptop.clock.now().timestamp()
    os.utime(new, (now, now))
    os.utime(old, (now - 7200, now - 7200))
    laptop.sync.log(b"1")
    laptop.round()
    assert (new.exists(), old.exists()) == (True, False)


def test_where_nothing_can_be_written_it_is_told_and_waits(
    laptop: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: Any) -> Any:
        raise OSError(28, "No space left on device")

    laptop.sync.log(b"1")
    with monkeypatch.context() as patch:
        patch.setattr(folders, "write_segment", full)
        done = laptop.round()
    assert done.problem.endswith("so nothing went out: No space left on device.")
    assert done.went == 0
    assert laptop.round().went == 1


@some_examples(15)
@given(st.lists(st.sampled_from("abAB"), max_size=30), st.randoms(use_true_random=False))
def test_rounds_in_any_order_give_both_all_rows(order: list[str], chance: Any) -> None:
    from tempfile import TemporaryDirectory

    with TemporaryDirectory() as name:
        home = Path(name)
        machines = [Machine(it * 5, home).begin(home / "shared") for it in "ab"]
        for number, deed in enumerate(order):
            machine = machines[deed in "bB"]
            if deed.islower():
                machine.sync.log(b"%d" % number)
            else:
                machine.round()
        for machine in [*machines, *machines]:
            machine.round()
        assert machines[0].sync.rows == machines[1].sync.rows


def _header(machine: Machine, number: int) -> Any:
    from msgspec.structs import replace

    return replace(HEADER, machine=machine.sync.machine, number=number, name="laptop [/b]")
