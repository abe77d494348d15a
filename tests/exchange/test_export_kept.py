"""The text of an export stays as it is: people's scripts read it, and old exports are read back."""

import json
import re
import zipfile
from pathlib import Path

import pytest

from ..cli.conftest import Needle, morning
from .exported import On, export, on
from .moving import export as exported
from .moving import new_store, take_in

__all__ = ["morning", "on"]

KEPT = Path(__file__).parents[1] / "data" / "exports"
NOTE = 'said "no"\\ \x1b[31m\x7f'
COMMANDS = [
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
def used(morning: Needle, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Needle:
    """A file with rows of nearly every kind."""
    monkeypatch.chdir(tmp_path)
    calls = "id,day,seconds,contact\n7,2026-11-23,600,\u2028\n8,2026-11-24,300,Æ\n"
    Path("calls.csv").write_text(calls, encoding="utf-8")
    for command in COMMANDS:
        assert morning(*command).code == 0, command
    return morning


def parts(path: Path) -> dict[str, bytes]:
    """What is packed in a zip; how tightly it is packed may differ."""
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def written_now(kept: str) -> str:
    """What was written before buyers, offers, starts, limits and blocks were kept."""
    kept = kept.replace('"version": 1', '"version": 4')
    kept = re.sub(r'("rank": \d)}', r'\1, "starts_at": null}', kept)
    kept = re.sub(r'("activity_id": \d), ("count": .*"weekly")', r'\1, "at_most": false, \2', kept)
    kept = kept.replace('"entries": [', '"call_blocks": [],\n"entries": [')
    return kept.replace('"imports": [', '"contacts": [],\n"next_steps": [],\n"imports": [')


def test_json_is_written_to_the_byte_as_it_always_was(used: Needle, tmp_path: Path) -> None:
    kept = (KEPT / "1.json").read_text(encoding="utf-8")
    assert export(used, tmp_path / "a.json").read_text(encoding="utf-8") == written_now(kept)


def test_the_tables_of_a_zip_are_written_as_they_always_were(used: Needle, tmp_path: Path) -> None:
    # In the second version more texts are guarded, in the third amounts of asks are offers, in
    # the fourth activities have a start and commitments may be limits, in the
    # fifth contacts have other names.
    kept = parts(KEPT / "1.zip")
    kept["needlemover.csv"] = kept["needlemover.csv"].replace(b",1\r", b",5\r")
    starts = kept["activities.csv"].replace(b"\r", b",\r").replace(b"rank,", b"rank,starts_at")
    limits = re.sub(rb"(\n\d),", rb"\1,no,", kept["commitments.csv"])
    kept |= {
        "activities.csv": starts,
        "commitments.csv": limits.replace(b"activity_id,", b"activity_id,at_most,"),
    }
    written = parts(export(used, tmp_path / "a.zip"))
    for new in ("contacts", "next_steps", "call_blocks"):
        assert len(written.pop(f"{new}.csv").splitlines()) == 1
    assert written == kept


@pytest.mark.parametrize("name", ["1.json", "1.zip"])
def test_an_old_export_is_read_as_it_was(on: On, tmp_path: Path, name: str) -> None:
    assert on("new", "import", str(KEPT / name)).code == 0
    kept = (KEPT / "1.json").read_text(encoding="utf-8")
    assert on("new", "export", "-").out == written_now(kept)


def test_the_day_of_the_last_use_travels_and_the_place_stays(tmp_path: Path) -> None:
    used, other = new_store(tmp_path / "used.db"), new_store(tmp_path / "other.db")
    used.begin_use()
    written = exported(used, tmp_path / "a.json")
    assert json.loads(written)["last_use"] == [
        {"asked_on": "2026-11-24", "at": "2026-11-24T14:40:00Z", "day": "2026-11-24", "id": 1}
    ]
    take_in(other, tmp_path / "a.json")
    assert exported(other, tmp_path / "b.json") == written
    used.close()
    other.close()
