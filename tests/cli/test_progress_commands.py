"""needle progress and needle review."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from time_machine import Traveller

from needlemover.clock import Clock
from needlemover.store.store import Store

from ..faults.deeds import must
from .conftest import Needle, made_by, put_in_place

TODAY = date(2026, 11, 24)


@pytest.fixture(scope="session")
def kept_weeks(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Calls (20 min, Monday to Friday) and a daily film since Monday 9 November.

    The film was made up to Sunday 22 November; there were calls on the first three days of each
    week, with a sale on the second Monday.
    """
    won = ("--outcome", "won", "--amount", "1200")
    path = tmp_path_factory.mktemp("weeks") / "needle.db"
    ended = made_by(
        path,
        ("activity", "add", "Calls", "--sales", "--minutes", "20", "--days", "mon-fri",
         "--from", "2026-11-09"),
        ("activity", "add", "Film | video", "--days", "daily", "--from", "2026-11-09"),
        *(("tick", "film", "--day", f"2026-11-{day:02}") for day in range(9, 23)),
        *(("log", "25", "--day", f"2026-11-{day:02}", *(won if day == 16 else ()))
          for day in (9, 10, 11, 16, 17, 18)),
    )  # fmt: skip
    assert ended == [0] * 22
    return path


@pytest.fixture
def weeks(kept_weeks: Path, database: Path, needle: Needle) -> Needle:
    """A file with them."""
    put_in_place(kept_weeks, database)
    return needle


def test_progress_gives_the_numbers_as_json(weeks: Needle) -> None:
    found = weeks("progress", "--json").json
    assert (found["since"], found["until"], found["activity"]) == ("2026-10-25", "2026-11-24", None)
    # Monday to Wednesday, then a miss; the two weekends; Monday to Wednesday again, and a miss.
    assert found["streak"] == {
        "current": 0, "best": 5, "to_go": 5, "still_due": 0,
        "runs": [
            {"start": "2026-11-09", "end": "2026-11-11", "days": 3},
            {"start": "2026-11-14", "end": "2026-11-18", "days": 5},
            {"start": "2026-11-21", "end": "2026-11-22", "days": 2},
        ],
    }  # fmt: skip
    assert found["kept"] == {
        "7": {"met": 3, "due": 6},
        "30": {"met": 10, "due": 15},
        "90": {"met": 10, "due": 15},
    }
    assert len(found["days"]) == 31
    assert found["days"][22] == {
        "day": "2026-11-16", "status": "won", "due": 2, "met": 2, "share": 1.0, "seconds": 1500,
        "count": 1, "quota_seconds": 1200, "quota_count": None, "late": True, "reason": None,
        "off_reason": None,
    }  # fmt: skip
    assert [item["status"] for item in found["days"][-3:]] == ["won", "missed", "open"]
    assert [item["start"] for item in found["weeks"]][-2:] == ["2026-11-16", "2026-11-23"]
    assert found["weeks"][-2] == {
        "start": "2026-11-16", "end": "2026-11-22", "due": 7, "met": 5, "seconds": 4500,
        "count": 3, "quota_seconds": 6000, "quota_count": None, "unit": "day",
    }  # fmt: skip
    assert [(item["weekday"], item["met"], item["due"]) for item in found["weekdays"]] == [
        (0, 2, 3), (1, 2, 2), (2, 2, 2), (3, 0, 2), (4, 0, 2), (5, 2, 2), (6, 2, 2),
    ]  # fmt: skip


def test_progress_of_one_activity_in_a_window(weeks: Needle) -> None:
    found = weeks(
        "progress", "--activity", "calls", "--since", "2026-11-09", "--until", "2026-11-15",
        "--json",
    ).json  # fmt: skip
    assert found["activity"] == "Calls"
    assert [item["status"] for item in found["days"]] == [
        "won", "won", "won", "missed", "missed", "rest", "rest",
    ]  # fmt: skip
    assert found["streak"]["best"] == 3
    assert found["kept"]["7"] == {"met": 3, "due": 5}


def test_progress_and_streaks_agree(weeks: Needle) -> None:
    streaks = weeks("streaks", "--json").json
    overall = weeks("progress", "--json").json["streak"]
    assert {key: overall[key] for key in ("current", "best", "runs")} == streaks["overall"]
    for item in streaks["activities"]:
        one = weeks("progress", "--activity", item["name"], "--json").json["streak"]
        assert {key: one[key] for key in ("current", "best", "runs")} == {
            key: item[key] for key in ("current", "best", "runs")
        }


def test_a_week_that_asks_for_both_is_said_whole(weeks: Needle) -> None:
    weeks("activity", "edit", "calls", "--count", "10")
    weeks("log", "5")
    first, second = weeks("progress").lines[5:7]
    assert first.startswith("This week  5 min of 1 h 40, 1 of ")
    assert second.startswith(" " * 11)
    assert second.endswith(" conversations a day for 4 days")
    assert "…" not in first + second


def test_progress_as_text_fits_eighty_columns(weeks: Needle) -> None:
    weeks("log", "5")
    lines = weeks("progress").lines
    assert lines[:5] == [
        "All activities: Sunday 25 October 2026 to Tuesday 24 November 2026",
        "Streak     record 5 days, you are at 0; 5 to go",
        "7 days     3 of 6 (50 %)",
        "30 days    10 of 15 (67 %)",
        "90 days    10 of 15 (67 %)",
    ]
    # Asked by Tuesday 15:40: Monday's 20 min and 20 × 400/480 of today's; done are 5.
    # 95 min are left for four days: 23 min 45 s, rounded up.
    assert lines[5] == "This week  5 min of 1 h 40, 31 min behind pace, 24 min a day for 4 days"
    assert lines[6] == "Weekdays   Mon 2 of 3, Tue 2 of 2, Wed 2 of 2, Thu 0 of 2, Fri 0 of 2,"
    assert lines[7] == "           Sat 2 of 2, Sun 2 of 2"
    assert "Mon 16 Nov won" in "\n".join(lines)
    assert max(map(len, lines)) <= 80


def test_progress_says_what_is_at_stake(needle: Needle) -> None:
    needle("activity", "add", "Film", "--days", "daily", "--from", "2026-11-20")
    for number in (20, 21, 22, 23):
        needle("tick", "film", "--day", f"2026-11-{number}")
    lines = needle("progress").lines
    assert lines[1] == "Streak     4 days, and that is the record"
    assert lines[2] == "           1 thing still due today or a 4-day streak ends"
    needle("tick", "film")
    assert "still due" not in needle("progress").out


def test_a_long_window_is_listed_by_week(weeks: Needle) -> None:
    lines = weeks("progress", "--since", "2026-10-01").lines
    assert lines[-2].split() == [
        "16", "Nov", "2026", "5", "of", "7", "(71", "%)", "1", "h", "15", "of", "1", "h", "40", "3",
    ]  # fmt: skip


@pytest.mark.usefixtures("begun")
def test_an_empty_file_has_no_progress(needle: Needle) -> None:
    ended = needle("progress", "--json")
    assert ended.code == 0
    assert ended.json["streak"]["runs"] == []
    assert {item["status"] for item in ended.json["days"]} == {"untracked"}
    assert needle("progress").lines[1] == "Streak     no streak yet"


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("progress --since 2026-11-20 --until 2026-11-01", 2),
        ("progress --since yesteryear", 2),
        ("progress --since 1900-01-01 --until 2999-12-31", 2),
        ("progress --activity nothing", 1),
        ("review --week --month", 2),
        ("review --of 2026-02-30", 2),
    ],
)
@pytest.mark.usefixtures("begun")
def test_what_cannot_be_is_refused_in_a_sentence(needle: Needle, line: str, code: int) -> None:
    ended = needle(*line.split())
    assert ended.code == code
    assert ended.is_a_sentence
    assert ended.out == ""


def test_a_review_of_a_week_is_markdown(weeks: Needle, database: Path) -> None:
    store = Store(database, Clock())
    store.progress.note_reason("Trade\nfair [*]", date(2026, 11, 19))
    store.close()
    lines = weeks("review", "--week", "--of", "2026-11-20").lines
    assert lines == [
        "# Monday 16 November 2026 to Sunday 22 November 2026",
        "",
        "- Days won: 5 of 7 (71 %)",
        "- With buyers: 1 h 15, 3 conversations, 3 dials",
        "- Money: $1,200",
        "- Best day: Mon 16 Nov, 25 min, 1 conversation",
        "",
        "## Activities",
        "",
        "| activity | due | met | missed | time | count |",
        "|---|---:|---:|---:|---:|---:|",
        "| Calls | 5 | 3 | 2 | 1 h 15 | 3 |",
        "| Film \\| video | 7 | 7 | 0 | 0 min | 7 |",
        "",
        "## Missed",
        "",
        "- Thu 19 Nov (part): “Calls” (Trade fair \\[\\*\\])",
        "- Fri 20 Nov (part): “Calls” (no reason noted)",
    ]


def test_a_review_of_a_month_names_days_off_and_suggestions(needle: Needle) -> None:
    needle("activity", "add", "Write", "--minutes", "30", "--days", "daily", "--from", "2026-10-01")
    for number in range(31):
        needle("log", "60", "write", "--day", str(date(2026, 10, 1) + timedelta(days=number)))
    needle("off", "2026-10-30", "2026-11-02", "--reason", "<b>Rest</b>")
    lines = needle("review", "--month", "--of", "2026-10-05").lines
    assert lines[0] == "# October 2026"
    assert "- Off: 30 Oct – 2 Nov 2026: \\<b\\>Rest\\</b\\>, said afterwards" in lines
    assert lines[-1] == (
        "- Raise “Write” from 30 min to 1 h: met on 20 of the last 20 due days, and 18 of "
        "them reached 1 h."
    )


@pytest.mark.usefixtures("begun")
def test_a_review_of_nothing_says_so(needle: Needle) -> None:
    assert needle("review", "--month").lines == [
        "# November 2026",
        "",
        "- Days won: none due",
        "- With buyers: 0 min, 0 conversations, 0 dials",
        "- Money: $0",
    ]


def test_another_first_weekday_cuts_no_week_that_is_over_or_runs(
    weeks: Needle, now: Traveller
) -> None:
    monday = "# Monday 23 November 2026 to Sunday 29 November 2026"
    assert weeks("review").lines[0] == monday
    past = weeks("progress", "--json").json
    chosen = weeks("settings", "first_weekday", "sunday")
    assert chosen.err.splitlines() == [
        "first_weekday is monday, sunday from 2026-12-06 now.",
        "Weeks begin on Sunday from 2026-12-06; a short one before breaks no streak.",
    ]
    assert weeks("review").lines[0] == monday
    assert weeks("progress", "--json").json == past
    now.shift(timedelta(days=7))
    assert weeks("review").lines[0] == "# Monday 30 November 2026 to Saturday 5 December 2026"
    now.shift(timedelta(days=6))
    assert weeks("review").lines[0] == "# Sunday 6 December 2026 to Saturday 12 December 2026"
    found = weeks("progress", "--json").json
    assert found["weekdays"][0]["weekday"] == 6
    assert [week["start"] for week in found["weeks"][-4:]] == [
        "2026-11-16", "2026-11-23", "2026-11-30", "2026-12-06",
    ]  # fmt: skip


def test_a_name_that_a_terminal_would_obey_is_made_harmless(needle: Needle, now: Traveller) -> None:
    needle("activity", "add", "Film\x1b[31m`x`", "--days", "daily", "--from", "2026-11-20")
    needle("tick", "film", "--day", "yesterday")
    for line in ("progress --activity film", "review"):
        out = needle(*line.split()).out
        assert "Film" in out
        assert "\x1b" not in out


@pytest.fixture
def newsletter(needle: Needle) -> Needle:
    """Two newsletters a week since Monday 2 November; the second week has only one."""
    needle("activity", "add", "News|letter", "--days", "weekly", "--count", "2",
           "--from", "2026-11-02")  # fmt: skip
    for day in (2, 3, 9, 16, 17, 23):
        assert needle("tick", "news", "--day", f"2026-11-{day:02}").code == 0
    return needle


def test_progress_of_a_promise_by_the_week_counts_weeks(newsletter: Needle) -> None:
    found = newsletter("progress", "--activity", "news", "--json").json
    assert found["unit"] == "week"
    assert (found["streak"]["current"], found["streak"]["best"]) == (1, 1)
    assert found["streak"]["runs"][0] == {"start": "2026-11-02", "end": "2026-11-08", "days": 1}
    assert found["kept"]["30"] == {"met": 2, "due": 3}
    assert found["weeks"][-3:] == [
        {"start": start, "end": end, "unit": "week", "due": due, "met": met, "seconds": 0,
         "count": count, "quota_seconds": None, "quota_count": 2}
        for start, end, due, met, count in (
            ("2026-11-09", "2026-11-15", 1, 0, 1),
            ("2026-11-16", "2026-11-22", 1, 1, 2),
            ("2026-11-23", "2026-11-29", 0, 0, 1),
        )
    ]  # fmt: skip
    lines = newsletter("progress", "--activity", "news").lines
    assert lines[1:6] == [
        "Streak     1 week, and that is the record",
        "7 days     1 of 1 week (100 %)",
        "30 days    2 of 3 weeks (67 %)",
        "90 days    2 of 3 weeks (67 %)",
        "This week  1 of 2 times, 1 to go in 6 days",
    ]
    by_week = newsletter("progress", "--activity", "news", "--since", "2026-10-01").lines
    assert by_week[-3].split() == [
        "9", "Nov", "2026", "0", "of", "1", "week", "(0", "%)", "0", "min", "1", "of", "2",
    ]  # fmt: skip
    assert max(map(len, [*lines, *by_week])) <= 80


def test_a_review_lists_the_weeks_that_were_missed(newsletter: Needle) -> None:
    lines = newsletter("review", "--month").lines
    assert lines[-9:] == [
        "## By the week",
        "",
        "| weeks of | due | met | missed | time | count |",
        "|---|---:|---:|---:|---:|---:|",
        "| News\\|letter | 3 | 2 | 1 | 0 min | 6 |",
        "",
        "## Missed",
        "",
        "- Mon 9 Nov to Sun 15 Nov: “News\\|letter”, 1 of 2",
    ]


def test_the_program_gives_progress_and_reviews(
    program: Needle, forked: Needle, database: Path
) -> None:
    must(database, "activity", "add", "Film", "--days", "daily")
    assert forked("progress", "--json").json["activity"] is None
    ended = program("review")
    assert (ended.code, ended.err) == (0, "")
    assert ended.out.startswith("# ")
