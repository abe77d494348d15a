"""A short round of the fault runs (tests/faults), and files that cannot be written to."""

import os
import random
import tempfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from needlemover.clock import Clock
from needlemover.domain.errors import NeedleError
from needlemover.store.store import Store

from ..faults.deeds import DEEDS, IMPORT, Deed, needle, rows_of, version_of
from ..faults.killing import ended, in_a_child, run_rounds

resource = pytest.importorskip("resource")

pytestmark = pytest.mark.skipif(os.name != "posix", reason="signals and limits of POSIX")

BY_NAME = {deed.name: deed for deed in DEEDS}
each_deed = pytest.mark.parametrize("deed", DEEDS, ids=lambda deed: deed.name)


@each_deed
def test_a_deed_that_is_killed_leaves_all_or_nothing_of_it(deed: Deed, tmp_path: Path) -> None:
    tally = run_rounds(deed, 3, tmp_path, random.Random(20261124))
    assert (tally.rounds, tally.wrong) == (3, 0)


def what_it_said(do: Callable[[], object], folder: Path) -> str:
    """What a deed in a process of its own said when it was refused; empty: it was done."""
    note = folder / "said"

    def attempt() -> None:
        try:
            do()
            note.write_text("")
        except NeedleError as error:
            resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY,) * 2)
            note.write_text(str(error))

    note.touch()
    os.chmod(note, 0o666)
    assert ended(in_a_child(attempt)) == 0
    return note.read_text()


@pytest.mark.parametrize("name", ["backup", "migration", "restore"])
@pytest.mark.parametrize("room", [0, 20_000, 60_000])
def test_a_deed_on_a_full_disk_is_refused_and_changes_nothing(
    tmp_path: Path, name: str, room: int
) -> None:
    deed, path = BY_NAME[name], tmp_path / "data" / "needle.db"
    assert ended(in_a_child(lambda: deed.prepare(path))) == 0
    before, version = rows_of(path), version_of(path)

    def do() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (room, resource.RLIM_INFINITY))
        deed.do(path)

    said = what_it_said(do, tmp_path)
    assert said.endswith(".")
    assert "othing" in said or "cannot be used" in said
    assert (rows_of(path), version_of(path)) == (before, version)
    assert needle(path, "check")[0] == 0
    left = [item.name for item in (path.parent / "backups").glob("*") if item.is_file()]
    assert [item for item in left if item.endswith(".partial")] == []
    deed.do(path)
    assert deed.is_whole(path, before)


def test_an_import_on_a_full_disk_is_refused_and_changes_nothing(tmp_path: Path) -> None:
    deed, path = BY_NAME["import"], tmp_path / "data" / "needle.db"
    deed.prepare(path)
    before = rows_of(path)

    def do() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (60_000, resource.RLIM_INFINITY))
        code, said = needle(path, *IMPORT)
        assert code == 1
        raise NeedleError(said.splitlines()[-1])

    said = what_it_said(do, tmp_path)
    assert "nothing was changed" in said.lower()
    assert rows_of(path) == before
    assert needle(path, "check")[0] == 0


@pytest.mark.parametrize("name", ["backup", "migration", "restore"])
def test_a_deed_in_a_folder_that_cannot_be_written_to_is_refused(name: str) -> None:
    deed = BY_NAME[name]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "data" / "needle.db"
        assert ended(in_a_child(lambda: deed.prepare(path))) == 0
        before = rows_of(path)
        places = [path.parent, *path.parent.rglob("*")]
        is_root = os.geteuid() == 0  # root may write everywhere
        for place in places:
            place.chmod(0o500 if place.is_dir() else 0o400)
        for place in (Path(folder), *places) if is_root else ():
            os.chown(place, 65534, 65534)

        def do() -> None:
            if is_root:
                os.seteuid(65534)
            deed.do(path)

        said = what_it_said(do, Path(folder))
        path.parent.chmod(0o700)
        assert "cannot be" in said
        assert rows_of(path) == before
        backups = path.parent / "backups"
        assert not backups.exists() or all(item.suffix == ".db" for item in backups.iterdir())
        for place in places:
            place.chmod(0o700)


def test_two_imports_of_one_file_at_once_add_its_rows_once(tmp_path: Path) -> None:
    deed, path = BY_NAME["import"], tmp_path / "needle.db"
    deed.prepare(path)
    before = rows_of(path)
    children = [in_a_child(lambda: deed.do(path)) for _ in range(2)]
    assert [ended(child) for child in children] == [0, 0]
    rows = rows_of(path)
    assert len(rows["entry"]) == len(before["entry"]) + 300
    assert len(rows["batch"]) == 1
    assert needle(path, "check")[0] == 0


def test_a_restore_while_another_process_logs_loses_no_later_entry(tmp_path: Path) -> None:
    deed, path = BY_NAME["restore"], tmp_path / "needle.db"
    deed.prepare(path)
    writer = in_a_child(lambda: BY_NAME["logging"].do(path))
    assert ended(in_a_child(lambda: deed.do(path))) == 0
    assert ended(writer) == 0
    assert needle(path, "check")[0] == 0
    with closing(Store(path, Clock())) as store:
        notes = [entry.note for entry in store.day().entries if entry.note.startswith("more")]
    # What was logged before the restore went with it; what came after is there without a gap.
    numbers = [int(note.split()[1]) for note in notes]
    assert numbers == list(range(60 - len(numbers), 60))
