"""Files that are far too large end in a sentence, and the cost of an import grows with its rows."""

import resource
import subprocess
import sys
import zipfile
from collections.abc import Callable
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from needlemover.exchange.ours import csv_zip, json_file, rows
from needlemover.store import file
from needlemover.store.imports.content import ImportedActivity, ImportedDayOff, ImportedEntry
from needlemover.store.promises import activity_rows
from needlemover.store.store import Store

from ..cli.conftest import Needle, database, morning, needle, now, program
from .exported import On, export, on
from .moving import export as export_of
from .moving import new_store, take_in

__all__ = ["database", "morning", "needle", "now", "on", "program"]


def read_facts_in(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Counts from now on how often all activities are read."""
    calls: list[int] = []
    read = file.read_facts

    def counted(*arguments: Any) -> Any:
        calls.append(1)
        return read(*arguments)

    monkeypatch.setattr(file, "read_facts", counted)
    return calls


def habits(store: Store, number: int) -> None:
    names = [f"Habit {number}" for number in range(number)]
    day = date(2026, 11, 1)
    store.imports.add(
        [ImportedEntry(row=name, day=day, activity=name, is_tick=True) for name in names],
        source="loop",
        file_name="habits",
        activities=tuple(map(ImportedActivity, names)),
        days_off=[ImportedDayOff(name, day, day) for name in names],
    )


def test_the_cost_of_an_import_is_linear_in_its_activities(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    counts, merged = [], []
    for number in (3, 30):
        with (
            closing(new_store(tmp_path / f"{number}.db")) as store,
            closing(new_store(tmp_path / f"into-{number}.db")) as other,
        ):
            other.activities.add("Other", None)
            with monkeypatch.context() as patch:
                calls = read_facts_in(patch)
                habits(store, number)
                counts.append(len(calls))
            assert [item.rank for item in store.activities.all()] == [*range(1, number + 1)]
            export_of(store, tmp_path / "export")
            with monkeypatch.context() as patch:
                calls = read_facts_in(patch)
                take_in(other, tmp_path / "export")
                merged.append(len(calls))
            assert len(other.activities.all()) == number + 1
    assert counts[0] == counts[1]
    assert merged[0] == merged[1]


def test_more_activities_than_anybody_keeps_are_refused(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(activity_rows, "MOST_ACTIVITIES", 10)
    habits(store, 10)
    with pytest.raises(Exception, match="There would be more than 10 activities"):
        store.imports.add(
            [], source="loop", file_name="habits", activities=(ImportedActivity("One more"),)
        )
    assert len(store.activities.all()) == 10


@pytest.mark.parametrize("name", ["a.json", "a.zip"])
@pytest.mark.parametrize("section", ["activities", "days_off"])
def test_more_rows_than_memory_holds_are_refused(
    morning: Needle,
    on: On,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    name: str,
    section: str,
) -> None:
    for day in ("tomorrow", "2026-12-10", "2026-12-20", "2026-12-30"):
        morning("off", day)
    path = export(morning, tmp_path / name)
    limit, most = ("MOST_ACTIVITIES", 2) if section == "activities" else ("MOST_ROWS", 3)
    monkeypatch.setattr(rows, limit, most)
    refused = on("new", "import", str(path))
    assert refused.code == 1
    assert f"{name} has more than {most} rows of {section}: take some of them out." in refused.err
    assert refused.is_a_sentence


@pytest.mark.parametrize("name", ["a.json", "a.zip"])
def test_an_export_is_read_back_however_many_entries_it_has(
    morning: Needle, on: On, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    for _ in range(4):
        morning("log", "5")
    path = export(morning, tmp_path / name)
    monkeypatch.setattr(rows, "MOST_ROWS", 3)
    assert "Added 4 entries" in on("new", "import", str(path)).err
    on("other", "log", "5")
    assert "Added 4 entries" in on("other", "import", str(path)).err


TOO_LARGE: list[tuple[str, Callable[[], str], str]] = [
    ("a.csv", lambda: "day,note\n2026-11-24," + "x" * (100 << 20), "a row of more than 4 MB"),
    ("a.csv", lambda: "day,note" + ",x" * 10_000 + "\n", "more than 1,000 columns"),
    ("a.csv", lambda: "day,n\n" + "2026-11-24,1\n" * 1_000_001, "more than 1,000,000 lines: split"),
    ("log", lambda: "2026-11-23 : Gym : y\n" * 1_000_001, "more than 1,000,000 lines: split"),
    (
        "a.ics",
        lambda: "BEGIN:VCALENDAR\nBEGIN:VEVENT\n" + "ATTENDEE:a\n" * 250_001,
        "more than 250,000 lines: split",
    ),
    (
        "calls.xml",
        lambda: "<?xml?><calls>" + '<call date="1" />' * 1_000_001 + "</calls>",
        "more than 1,000,000 calls: split",
    ),
    ("frames", lambda: f'[["",1,"a","b"]{",[]" * 2_000_001}]', "more than 1,000,000 rows: split"),
]


IMPORT_EACH = """
import sys
from needlemover.__main__ import main
print([main(["import", path]) for path in sys.argv[1:]])
"""


def test_what_is_far_too_large_is_refused_before_it_takes_memory(
    database: Path, tmp_path: Path
) -> None:
    paths = [tmp_path / str(number) / row[0] for number, row in enumerate(TOO_LARGE)]
    for path, (_, content, _) in zip(paths, TOO_LARGE, strict=True):
        path.parent.mkdir()
        path.write_text(content(), encoding="utf-8")
    most = 256 << 20
    refused = subprocess.run(
        [sys.executable, "-c", IMPORT_EACH, *paths],
        capture_output=True,
        check=True,
        text=True,
        timeout=120,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_DATA, (most,) * 2),
    )
    assert refused.stdout == f"{[1] * len(TOO_LARGE)}\n"
    for sentence, (name, _, said) in zip(refused.stderr.splitlines(), TOO_LARGE, strict=True):
        assert f"{name} has {said}" in sentence
        assert sentence.endswith((".", ")"))


def test_a_zip_that_unpacks_to_far_more_marks_than_a_life_has_is_refused(
    program: Needle, tmp_path: Path
) -> None:
    path = tmp_path / "bomb.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("Habits.csv", "Position,Name\n1,Gym\n")
        archive.writestr("001 Gym/Checkmarks.csv", "2026-11-23,2\n" * 2_000_001)
    refused = program("import", str(path))
    assert "bomb.zip has more than 1,000,000 marks" in refused.err


@pytest.mark.parametrize(("name", "module"), [("a.json", json_file), ("a.zip", csv_zip)])
def test_more_than_memory_holds_is_refused(
    morning: Needle, on: On, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, module: Any
) -> None:
    for number in range(1, 6):
        morning("park", "x" * 1000, "--note", f"{number}" * 1000)
    path = export(morning, tmp_path / name)
    monkeypatch.setattr(module, "LARGEST", 3000)
    refused = on("new", "import", str(path))
    assert refused.code == 1
    assert f"{name} has more than 0 MB" in refused.err
    assert refused.is_a_sentence


def test_an_export_with_an_endless_line_is_refused_within_little_memory(
    program: Needle, tmp_path: Path
) -> None:
    path = tmp_path / "bomb.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("needlemover.csv", "format,version\r\nneedlemover export,1\r\n")
        archive.writestr("activities.csv", "id,is_sales,name,rank\r\n")
        with archive.open("entries.csv", "w") as part:
            for _ in range(128):
                part.write(bytes(1 << 20))
    most = 96 << 20
    refused = program(
        "import",
        str(path),
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_DATA, (most,) * 2),
    )
    assert (refused.code, refused.is_a_sentence) == (1, True), refused.err
    assert "bomb.zip has a row of more than 4 MB" in refused.err
