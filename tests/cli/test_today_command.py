"""needle today: the checklist as text, and as JSON."""

from datetime import timedelta
from pathlib import Path

import pytest
from time_machine import Traveller

from ..faults.deeds import must
from .conftest import Needle


def test_the_checklist_marks_what_is_met_begun_open_and_not_due(morning: Needle) -> None:
    morning("activity", "add", "Mastermind", "--minutes", "30", "--days", "daily")
    morning("log", "12", "mast")
    morning("tick", "film")
    lines = morning("today").lines
    assert lines[0] == "Tuesday 24 November 2026 · no streak"
    assert lines[1] == "1 of 3 done"
    marks = {" ".join(line[5:38].split()): line[3] for line in lines[2:6]}
    assert marks == {
        "Sales conversations": "□",
        "Film one video": "✓",
        "Newsletter": "·",
        "Mastermind": "◧",
    }
    assert "12/30 min" in lines[5]
    assert "not due · Mon Wed" in lines[4]


def test_the_buyers_line_and_pace_tell_where_the_day_stands(morning: Needle) -> None:
    morning("log", "8", "--with", "Acme Corp")
    morning("log", "0", "--outcome", "no_answer")
    out = morning("today").out
    assert "Talking to buyers: 8 of 60 min · 1 of 10 conversations · 2 dials · 1 new buyer" in out
    # 400 of 480 working minutes have passed: 50 of the 60 should be done.
    assert "42 min behind pace · 52 min to go · yesterday 0 min · this week 8 min of " in out


def test_the_lines_fit_into_80_columns_with_any_name(
    morning: Needle, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    for name in ("x" * 500, "漢" * 60, "👩‍💻" * 40, "שלום " * 30):
        assert morning("activity", "add", name, "--minutes", "600", "--count", "99").code == 0
    morning("start", "x", "--with", "y" * 300)
    lines = morning("today").lines
    assert len(lines) == 2 + 7 + 2 + 1
    assert max(len(line) + line.count("漢") for line in lines) <= 80


def test_a_terminal_without_the_signs_gets_plain_ones(program: Needle, database: Path) -> None:
    must(database, "activity", "add", "Überraschung 👍", "--days", "daily")
    ended = program("today", env={"PYTHONIOENCODING": "ascii"})
    assert ended.code == 0
    assert " 1 o ?berraschung ?" in ended.out


def test_a_running_call_is_shown_with_its_length(morning: Needle, now: Traveller) -> None:
    morning("start", "--with", "Acme Corp")
    now.shift(timedelta(minutes=3, seconds=12))
    assert morning("today").lines[-1] == "3:12 talking to “Acme Corp”, running"


def test_json_has_the_shape_that_was_agreed(morning: Needle) -> None:
    morning("log", "8", "--with", "Acme Corp")
    today = morning("today", "--json").json
    assert (today["day"], today["status"]) == ("2026-11-24", "open")
    assert today["streak"] == {"current": 0, "best": 0}
    assert today["activities"][0] == {
        "name": "Sales conversations",
        "rank": 1,
        "due": True,
        "met": False,
        "seconds": 480,
        "count": 1,
        "quota_seconds": 3600,
        "quota_count": 10,
        "rule": "all",
        "at_most": False,
        "streak": {"current": 0, "best": 0},
    }
    sales = today["sales"]
    assert {
        key: sales[key]
        for key in (
            "seconds", "quota_seconds", "conversations", "quota_conversations", "dials",
            "new_buyers", "pace_seconds", "yesterday_seconds",
        )
    } == {
        "seconds": 480,
        "quota_seconds": 3600,
        "conversations": 1,
        "quota_conversations": 10,
        "dials": 1,
        "new_buyers": 1,
        "pace_seconds": 480 - 3000,
        "yesterday_seconds": 0,
    }  # fmt: skip
    assert today["running"] is None


def test_json_says_null_for_what_is_not_there(needle: Needle) -> None:
    needle("activity", "add", "Newsletter", "--days", "mon,wed")
    today = needle("today", "--json").json
    assert today["sales"] is None
    (newsletter,) = today["activities"]
    assert newsletter["due"] is False
    assert newsletter["met"] is None
    assert newsletter["quota_seconds"] is None
    assert newsletter["quota_count"] is None


def test_json_gives_no_pace_on_other_days_nor_without_a_quota(morning: Needle) -> None:
    assert morning("today", "--day", "tomorrow", "--json").json["sales"]["pace_seconds"] is None
    morning("activity", "edit", "sales", "--count", "5", "--minutes", "0")
    sales = morning("today", "--json").json["sales"]
    assert sales["quota_seconds"] is None
    assert sales["pace_seconds"] is None


def test_json_counts_the_seconds_of_the_running_timer(morning: Needle, now: Traveller) -> None:
    morning("start", "--with", "Ärzte 👍")
    now.shift(timedelta(seconds=192))
    ended = morning("today", "--json")
    assert ended.json["running"] == {
        "kind": "activity",
        "name": "Sales conversations",
        "contact": "Ärzte 👍",
        "started_at": "2026-11-24T14:40:00Z",
        "seconds": 192,
    }
    assert "Ärzte 👍" in ended.out
    assert len(ended.lines) == 1


def test_the_json_of_each_day_says_what_became_of_it(morning: Needle, now: Traveller) -> None:
    morning("off", "2026-11-27")
    now.shift(timedelta(days=2))
    morning("tick", "film", "--day", "2026-11-25")
    assert [
        morning("today", "--day", f"2026-11-{day}", "--json").json["status"]
        for day in (23, 25, 26, 27, 28)
    ] == ["untracked", "part", "open", "ahead", "ahead"]
    now.shift(timedelta(days=2))
    assert morning("today", "--day", "2026-11-26", "--json").json["status"] == "missed"
    assert morning("today", "--day", "2026-11-27", "--json").json["status"] == "off"


@pytest.mark.usefixtures("begun")
def test_the_first_day_is_told_by_its_own_words(needle: Needle) -> None:
    ended = needle("today")
    assert ended.code == 0
    assert ended.lines == [
        "Tuesday 24 November 2026 · no streak",
        "Nothing was promised yet.",
    ]
