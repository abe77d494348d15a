"""Files that are far too large end in a sentence, and the cost of an import grows with its rows."""

from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from needlemover.exchange.ours import csv_zip, json_file, rows
from needlemover.store import memory
from needlemover.store.imports.content import ImportedActivity, ImportedDayOff, ImportedEntry
from needlemover.store.promises import activity_changes
from needlemover.store.store import Store

from ..cli.conftest import Needle, database, morning, needle, now
from .exported import On, export, on
from .moving import export as export_of
from .moving import new_store, take_in

__all__ = ["database", "morning", "needle", "now", "on"]


def read_facts_in(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Counts from now on how often all activities are read."""
    calls: list[int] = []
    read = memory.read_facts

    def counted(*arguments: Any) -> Any:
        calls.append(1)
        return read(*arguments)

    monkeypatch.setattr(memory, "read_facts", counted)
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
    monkeypatch.setattr(activity_changes, "MOST_ACTIVITIES", 10)
    habits(store, 10)
    with pytest.raises(Exception, match="There would be more than 10 activities"):
        store.imports.add(
            [], source="loop", file_name="habits", activities=(ImportedActivity("One more"),)
        )
    assert len(store.activities.all()) == 10


@pytest.mark.parametrize("name", ["a.json", "a.zip"])
@pytest.mark.parametrize("section", ["entries", "activities", "days_off"])
def test_more_rows_than_any_export_has_are_refused(
    morning: Needle,
    on: On,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    name: str,
    section: str,
) -> None:
    for _ in range(3):
        morning("log", "5")
        morning("off", "tomorrow")
    for day in ("2026-12-10", "2026-12-20"):
        morning("off", day)
    path = export(morning, tmp_path / name)
    monkeypatch.setitem(rows._MOST_ROWS, "" if section == "days_off" else section, 2)
    refused = on("new", "import", str(path))
    assert refused.code == 1
    assert "has more than 2 rows" in refused.err
    assert refused.is_a_sentence


@pytest.mark.parametrize(("name", "module"), [("a.json", json_file), ("a.zip", csv_zip)])
def test_more_than_memory_holds_is_refused(
    morning: Needle, on: On, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, module: Any
) -> None:
    for number in range(1, 6):
        morning("park", "x" * 1000, "--note", f"{number}" * 1000)
    path = export(morning, tmp_path / name)
    monkeypatch.setattr(module, "MOST_CONTENT", 3000)
    refused = on("new", "import", str(path))
    assert refused.code == 1
    assert "it holds more than 0 MB" in refused.err
    assert refused.is_a_sentence
