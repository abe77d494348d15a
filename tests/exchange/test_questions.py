"""What is asked about a file: one question after the other in a terminal, else with options."""

import sys
from datetime import date
from io import StringIO
from pathlib import Path

import pytest

from needlemover.store.store import Store

from ..cli.conftest import Needle

UNCLEAR = """Project,Start Date,Start Time,End Date,End Time,Duration (h),Client,Description
Website,03/04/2020,09:00,03/04/2020,10:30,01:30:00,,Plan
"""


class Terminal(StringIO):
    """Somebody who types these lines."""

    def isatty(self) -> bool:
        return True


def types(monkeypatch: pytest.MonkeyPatch, *lines: str) -> None:
    monkeypatch.setattr(sys, "stdin", Terminal("".join(f"{line}\n" for line in lines)))
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)


def test_a_question_is_asked_in_a_terminal_and_its_answer_holds(
    needle: Needle, data: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "clockify.csv"
    path.write_text(UNCLEAR, encoding="utf-8")
    types(monkeypatch, "first", "3", "1,2", "2")
    said = needle("import", str(path))
    assert said.code == 0
    asked = "Which day is “03/04/2020”?\n1  Friday 3 April 2020\n2  Wednesday 4 March 2020\n"
    assert said.err.startswith(asked)
    assert said.err.count("Type a number from 1 to 2.") == 3
    assert [entry.seconds for entry in data.day(date(2020, 3, 4)).entries] == [5400]


def test_what_an_answer_leaves_open_is_asked_next(
    needle: Needle, data: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "calls.csv"
    rows = "2026-01-02,Ann,12,ok\n2026-01-02,Bob,7,hm\n"
    path.write_text("Date,Customer,Time used,Result\n" + rows, encoding="utf-8")
    # The column of the length; “ok” is talked, “hm” is left out; then the unit.
    types(monkeypatch, "1", "1", "9", "2")
    said = needle("import", str(path))
    assert "Which column holds the length?\n1  “Time used” (“12”)\n2  none of them" in said.err
    assert "Which outcome is “hm” (1 row)?" in said.err
    assert "How long is “12” in “Time used”?\n1  12 seconds\n2  12 minutes\n" in said.err
    assert said.code == 0
    assert [entry.seconds for entry in data.day(date(2026, 1, 2)).entries] == [720]


def test_with_yes_nothing_is_asked_and_nothing_is_changed(
    needle: Needle, data: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "clockify.csv"
    path.write_text(UNCLEAR, encoding="utf-8")
    types(monkeypatch)
    said = needle("import", str(path), "--yes")
    assert said.code == 2
    assert "--date-format %d/%m/%Y (Friday 3 April 2020)" in said.err
    assert data.activities.all() == ()
