"""The text of an export stays as it is: people's scripts read it, and old exports are read back."""

import secrets
import zipfile
from itertools import count
from pathlib import Path

import pytest

from ..cli.conftest import Needle
from .exported import On, export, on

__all__ = ["on"]

KEPT = Path(__file__).parents[1] / "data" / "exports"
NOTE = 'said "no"\\ \x1b[31m\x7f'
COMMANDS = [
    ["activity", "add", "Sales", "--sales", "--minutes=60", "--count=10", "--days=daily"],
    ["activity", "add", "Film one video", "--days=daily"],
    ["activity", "add", "Newsletter", "--days=mon,wed"],
    ["settings", "currency", "EUR"],
    ["activity", "edit", "film", "--minutes", "10", "--days", "daily"],
    ["log", "12", "--with", "Café 👩‍💻", "--outcome", "asked", "--note", NOTE],
    ["earn", "120.50", "--with", "Café 👩‍💻", "--follows"],
    ["earn", "-20", "sales", "--with", "=SUM(A1)", "--day", "yesterday"],
    ["tick", "newsletter"],
    ["park", "Invoices\u202e", "--minutes", "30", "--every", "week", "--cost", "20"],
    ["off", "tomorrow", "--reason", "'holiday"],
    ["import", "calls.csv"],
    ["undo"],
    ["redo"],
    ["start", "film"],
]  # fmt: skip


@pytest.fixture
def used(needle: Needle, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Needle:
    """A file with rows of nearly every kind, with uids that tell in which order they were made."""
    monkeypatch.chdir(tmp_path)
    numbers = count(1)
    monkeypatch.setattr(secrets, "token_urlsafe", lambda size: f"row-{next(numbers):03}")
    calls = "id,day,seconds,contact\n7,2026-11-23,600,\u2028\n8,2026-11-24,300,Æ\n"
    Path("calls.csv").write_text(calls, encoding="utf-8")
    for command in COMMANDS:
        assert needle(*command).code == 0, command
    return needle


def parts(path: Path) -> dict[str, bytes]:
    """What is packed in a zip; how tightly it is packed may differ."""
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_json_is_written_to_the_byte_as_it_always_was(used: Needle, tmp_path: Path) -> None:
    assert export(used, tmp_path / "a.json").read_bytes() == (KEPT / "5.json").read_bytes()


def test_the_tables_of_a_zip_are_written_as_they_always_were(used: Needle, tmp_path: Path) -> None:
    assert parts(export(used, tmp_path / "a.zip")) == parts(KEPT / "5.zip")


@pytest.mark.parametrize("name", ["1.json", "1.zip"])
def test_an_old_export_is_read_as_it_was(on: On, tmp_path: Path, name: str) -> None:
    assert on("new", "import", str(KEPT / name)).code == 0
    written = on("new", "export", "-").out
    assert written == (KEPT / "5-of-1.json").read_text(encoding="utf-8")
    on("again", "import", str(KEPT / "5-of-1.json"))
    assert on("again", "export", "-").out == written
