"""needle export: where it is written and how, and that all of it comes back."""

import csv
import io
import json
import os
import resource
import stat
import subprocess
import sys
import zipfile
from contextlib import closing
from pathlib import Path

import pytest

from needlemover.store.care.sections import WRITTEN

from ..cli.conftest import Needle, made_by, morning, program, put_in_place
from ..cli.test_bad_input import NAMES
from ..cli.test_today_after_commands import CHANGING
from .exported import On, export, on
from .moving import content, new_store

__all__ = ["morning", "on", "program"]


@pytest.fixture(scope="module")
def kept_used(kept_morning: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file on which each command that changes something was used."""
    folder = tmp_path_factory.mktemp("used")
    calls, path = folder / "calls.csv", folder / "needle.db"
    calls.write_text("day,seconds\n2026-11-23,600\n2026-11-24,300\n", encoding="utf-8")
    put_in_place(kept_morning, path)
    lines = (line for lines in CHANGING.values() for line in lines)
    put_in = {"calls": calls, "folder": folder}
    made_by(path, *([word.format(**put_in) for word in line.split()] for line in lines))
    return path


@pytest.fixture
def used(kept_used: Path, database: Path, needle: Needle) -> Needle:
    """Commands on such a file."""
    put_in_place(kept_used, database)
    return needle


@pytest.mark.parametrize("name", ["all.json", "all.zip"])
def test_a_file_that_all_commands_made_comes_back_as_it_was(
    used: Needle, on: On, database: Path, tmp_path: Path, name: str
) -> None:
    wanted = export(used, tmp_path / "first.json").read_bytes()
    said = on("new", "import", str(export(used, tmp_path / name)))
    assert said.code == 0
    assert "everything comes as it was" in said.err
    on("new", "export", str(tmp_path / "second.json"))
    assert (tmp_path / "second.json").read_bytes() == wanted
    with closing(new_store(database)) as old, closing(new_store(tmp_path / "new.db")) as new:
        assert content(new) == content(old)


def test_the_undo_history_is_left_out_and_the_import_is_one_step(
    used: Needle, on: On, tmp_path: Path
) -> None:
    on("new", "import", str(export(used, tmp_path / "all.json")))
    assert len(on("new", "undo", "--list").lines) == 1
    assert on("new", "undo").code == 0
    assert json.loads(on("new", "export", "-").out)["entries"] == []
    assert on("new", "redo").code == 0
    assert on("new", "today", "--json").json == used("today", "--json").json


def test_standard_output_takes_json_and_nothing_else(morning: Needle, tmp_path: Path) -> None:
    said = morning("export", "-")
    assert (said.code, said.err) == (0, "")
    path = export(morning, tmp_path / "a.json")
    assert said.out == path.read_text(encoding="utf-8")
    refused = morning("export", "-", "--as", "csv")
    assert (refused.code, refused.out) == (2, "")
    assert refused.is_a_sentence


def test_json_is_whole_whatever_standard_output_can_write(program: Needle, needle: Needle) -> None:
    needle("activity", "add", "Café 👩‍💻", "--sales")
    said = program("export", "-", env={"PYTHONIOENCODING": "ascii"})
    assert said.json["activities"][0]["name"] == "Café 👩‍💻"


def test_only_its_owner_can_read_it_and_nothing_else_is_left(
    morning: Needle, tmp_path: Path
) -> None:
    before = {item.name for item in tmp_path.iterdir()}
    path = export(morning, tmp_path / "a.json")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert {item.name for item in tmp_path.iterdir()} - before == {"a.json"}


def test_a_file_that_is_there_is_only_written_over_when_it_is_said(
    morning: Needle, tmp_path: Path
) -> None:
    path = tmp_path / "a.json"
    path.write_text("mine", encoding="utf-8")
    refused = morning("export", str(path))
    assert refused.code == 1
    assert refused.is_a_sentence
    assert path.read_text(encoding="utf-8") == "mine"
    export(morning, path, "--force")
    assert path.read_text(encoding="utf-8").startswith('{\n"format": "needlemover export"')


def test_the_data_themselves_are_never_written_over(
    morning: Needle, database: Path, tmp_path: Path
) -> None:
    link = tmp_path / "link.json"
    link.symlink_to(database)
    for path in (database, link):
        refused = morning("export", str(path), "--force")
        assert refused.code == 1
        assert "holds your data" in refused.err
    assert morning("today").code == 0


@pytest.mark.parametrize(
    ("name", "more"),
    [
        (".", []),
        ("no/such/folder/a.json", []),
        ("a.csv", []),
        ("a.json", ["--as", "xml"]),
        ("/dev/null", ["--force"]),
    ],
)
def test_where_it_cannot_be_written_it_says_what_to_do(
    morning: Needle, tmp_path: Path, name: str, more: list[str]
) -> None:
    refused = morning("export", str(tmp_path / name), *more)
    assert refused.code in (1, 2)
    assert refused.is_a_sentence


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_cannot_be_written_to_is_said(morning: Needle, tmp_path: Path) -> None:
    folder = tmp_path / "locked"
    folder.mkdir(mode=0o500)
    refused = morning("export", str(folder / "a.json"))
    assert (refused.code, refused.is_a_sentence) == (1, True)


def test_a_zip_holds_a_file_a_table_that_a_spreadsheet_opens(
    morning: Needle, tmp_path: Path
) -> None:
    morning("log", "12", "--with", "=SUM(A1)", "--outcome", "won", "--amount", "1200.50")
    morning("earn", "-20", "sales", "--with", "'quoted")
    path = export(morning, tmp_path / "a.zip")
    with zipfile.ZipFile(path) as archive:
        assert set(archive.namelist()) == {
            f"{name}.csv" for name in (*(item.name for item in WRITTEN), "needlemover")
        }
        raw = archive.read("entries.csv")
    assert raw.startswith(b"\xef\xbb\xbfactivity_id,amount,amount_currency,")
    rows = csv.DictReader(io.StringIO(raw.decode("utf-8-sig"), newline=""))
    back, won = sorted(rows, key=lambda row: row["amount"])
    assert (won["amount"], won["amount_currency"], won["contact"]) == (
        "1200.50",
        "USD",
        "'=SUM(A1)",
    )
    assert (back["amount"], back["day"], back["contact"]) == ("-20.00", "2026-11-24", "''quoted")
    for name in zipfile.ZipFile(path).namelist():
        text = zipfile.ZipFile(path).read(name).decode("utf-8-sig")
        for row in csv.reader(io.StringIO(text, newline="")):
            assert not [cell for cell in row if cell.startswith(("=", "+", "@", "\t", "\r"))]


def test_any_text_comes_back_as_it_was(needle: Needle, on: On, tmp_path: Path) -> None:
    needle("activity", "add", "Sales", "--sales")
    texts = (*NAMES, "=1+1", "+49", "@home", "'", "''", "-", "\t=1", "\r=2")
    for number, text in enumerate(texts, 1):
        assert needle("activity", "add", "--", f"{text} x").code == 0
        assert needle("log", "5", "--with", text, "--note", text).code == 0
        assert needle("off", f"2026-12-{number:02}", "--reason", text).code == 0
    wanted = needle("export", "-").out
    for number, ending in enumerate(("json", "zip")):
        on(f"b{number}", "import", str(export(needle, tmp_path / f"a.{ending}")))
        assert on(f"b{number}", "export", "-").out == wanted
    assert not [sign for sign in wanted if ord(sign) < 32 and sign != "\n"]


def test_version_5_has_these_fields() -> None:
    """Who changes one raises `rows.VERSION`, and reads the earlier ones; more may come."""
    assert {item.name: [field.name for field in item.fields] for item in WRITTEN} == {
        "settings": ["id", "key", "value"],
        "activities": ["id", "is_sales", "name", "rank", "starts_at", "uid"],
        "commitments": ["activity_id", "at_most", "count", "id", "rule", "seconds", "set_on",
                        "start", "uid", "weekdays", "weekly"],
        "problems": ["activity_id", "ask_again_on", "candidate", "cost", "cost_per", "delegated_to",
                     "every", "handover_seconds", "id", "note", "parked_on", "real_cost",
                     "real_cost_per", "seconds", "state", "state_on", "title", "uid"],
        "contacts": ["id", "name", "never_since", "note", "phone", "position", "same_as", "uid"],
        "next_steps": ["at", "contact_id", "day", "ended_by", "ended_on", "id", "kind", "note",
                       "set_on", "uid"],
        "imports": ["file_name", "id", "imported_at", "source", "uid"],
        "days_off": ["activity_id", "end", "id", "reason", "said_on", "start", "uid"],
        "missed_reasons": ["day", "id", "reason"],
        "skipped_days": ["day", "id"],
        "forgotten_keys": ["id", "source", "source_key"],
        "timer": ["activity_id", "contact", "day", "id", "last_seen", "problem_id", "started_at",
                  "utc_offset"],
        "call_blocks": ["day", "ended_at", "id", "last_seen", "planned", "started_at",
                        "uid", "utc_offset"],
        "entries": ["activity_id", "amount", "batch_id", "came_from", "contact", "count", "day",
                    "follows", "id", "logged_at", "logged_on", "note", "outcome", "problem_id",
                    "seconds", "source", "source_key", "started_at", "uid", "utc_offset"],
    }  # fmt: skip


@pytest.mark.parametrize("name", ["a.json", "a.zip"])
def test_a_full_disk_is_said_and_leaves_nothing(
    program: Needle, needle: Needle, tmp_path: Path, name: str
) -> None:
    calls = tmp_path / "calls.csv"
    rows = "".join(f"2026-11-23,{n * n % 9973},{n * n * n % 99991:x}\n" for n in range(3000))
    calls.write_text(f"day,seconds,note\n{rows}", encoding="utf-8")
    needle("import", str(calls))
    before = sorted(item.name for item in tmp_path.iterdir())
    most = 40_000
    ended = program(
        "export",
        str(tmp_path / name),
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (most, most)),
    )
    assert (ended.code, ended.is_a_sentence) == (1, True)
    assert str(tmp_path / name) in ended.err
    assert sorted(item.name for item in tmp_path.iterdir()) == before


def test_a_reader_that_goes_away_is_no_error_to_speak_of(
    needle: Needle, tmp_path: Path, database: Path
) -> None:
    calls = tmp_path / "calls.csv"
    calls.write_text("day,seconds\n" + "2026-11-23,60\n" * 800, encoding="utf-8")
    needle("import", str(calls))
    process = subprocess.Popen(
        [sys.executable, "-m", "needlemover", "export", "-"],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.read(10)
    process.stdout.close()
    assert process.stderr.read() == b""
    assert process.wait(timeout=60) == 1
    process.stderr.close()
