"""No text of an export becomes a formula in a spreadsheet, and each comes back as it was."""

import csv
import io
import re
import zipfile
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from needlemover.store.calls.new_entry import NewEntry

from ..conftest import some_examples
from .moving import export, new_store, take_in

FORMULAS = [
    "=1+1", "+1", "-1", "@a", "＝1", "﹦1", "﹢1", "﹣1", "﹫1", " =1", "\u200b=1",
    "\ufeff\u2060=1",
    "\x00=1", "a;=1", "a; =1", "a;\u200b@b", "a\t=1", "two\n=1", "two\r\n+1", "a|=1", ";;=1",
]  # fmt: skip
HARMLESS = ["a=1", "1-1", "me@home", "a, b", "-", "'", "''", "a;'b", "';'=", "it's", " a"]


def note_in(folder: Path, note: str) -> str:
    """The cell of a note in an export as CSV; the note must come back from it as it was."""
    with closing(new_store(folder / "a.db")) as store:
        film = store.activities.add("Film", None)
        store.entries.log(NewEntry(film.id, seconds=60, note=f"x{note}"[1:]))
        (kept,) = (item.note for item in store.day().entries)
        export(store, folder / "a.zip", "csv")
    with closing(new_store(folder / "b.db")) as other:
        take_in(other, folder / "a.zip")
        (came,) = (item.note for item in other.day().entries)
        assert came == kept
    with zipfile.ZipFile(folder / "a.zip") as archive:
        text = archive.read("entries.csv").decode("utf-8-sig")
    (row,) = csv.DictReader(io.StringIO(text, newline=""))
    return row["note"]


def cells(text: str) -> list[str]:
    """The cells that a spreadsheet may make of one, as it reads them."""
    parts = re.split(r"[;|\t\r\n]", text)
    return [re.sub(r"^[\s\x00-\x1f\u200b\u2060\ufeff]+", "", part) for part in parts]


@pytest.mark.parametrize("note", FORMULAS)
def test_what_a_spreadsheet_would_obey_is_guarded(tmp_path: Path, note: str) -> None:
    for cell in cells(note_in(tmp_path, note)):
        assert not cell.startswith(tuple("=+-@＝＋－＠﹦﹢﹣﹫"))


@pytest.mark.parametrize("note", HARMLESS)
def test_what_is_harmless_comes_back_as_it_was(tmp_path: Path, note: str) -> None:
    note_in(tmp_path, note)


@given(st.text("=+-@'; \t\n\r|a\u200b﹦", max_size=8))
@some_examples(20)
def test_every_text_comes_back_as_it_was(note: str) -> None:
    with TemporaryDirectory() as folder:
        if note.strip():
            for cell in cells(note_in(Path(folder), note)):
                assert not cell.startswith(("=", "+", "-", "@", "﹦"))


def test_an_export_of_version_1_is_read_by_its_own_rule(tmp_path: Path) -> None:
    note_in(tmp_path, "'a;'b")
    old, new = tmp_path / "old.zip", tmp_path / "a.zip"
    with zipfile.ZipFile(new) as archive, zipfile.ZipFile(old, "w") as packed:
        for name in archive.namelist():
            text = archive.read(name).decode("utf-8-sig")
            text = text.replace("needlemover export,6", "needlemover export,1")
            packed.writestr(name, text.replace("''a;''b", "''a;'b"))
    with closing(new_store(tmp_path / "c.db")) as other:
        take_in(other, old)
        assert [item.note for item in other.day().entries] == ["'a;'b"]
