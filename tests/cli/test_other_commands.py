"""needle off, undo, redo, streaks, settings, where."""

from datetime import timedelta
from pathlib import Path

import pytest
from time_machine import Traveller

from ..faults.deeds import must
from .conftest import Needle


def test_days_off_are_taken_listed_and_given_back(morning: Needle) -> None:
    assert morning("off", "2026-12-24", "2027-01-01", "--reason", "[b]Holidays[/b]").err == (
        "Thu 24 Dec to Fri 1 Jan 2027: off.\n"
    )
    assert morning("off", "yesterday", "--activity", "film").err == (
        "Mon 23 Nov: off for “Film one video”.\n"
    )
    assert morning("off").lines == [
        "23 Nov 2026  “Film one video”  said afterwards",
        "24 Dec 2026 – 1 Jan 2027  everything  [b]Holidays[/b]",
    ]
    assert morning("off", "2026-12-31", "2027-01-01", "--remove").code == 0
    assert morning("off").lines[1].startswith("24 Dec – 30 Dec 2026")


def test_every_command_reads_days_in_words_on_their_side_of_today(morning: Needle) -> None:
    assert morning("off", "thu", "wed").err == "Thu 26 Nov to Wed 2 Dec: off.\n"
    assert morning("off", "-1d").err == "Mon 23 Nov: off.\n"
    assert morning("off", "29 feb").err == "Tue 29 Feb 2028: off.\n"
    assert (
        morning("tick", "film", "--day", "sun").err == "Ticked “Film one video” for Sun 22 Nov.\n"
    )
    assert morning("numbers", "--since", "2w", "--json").json["since"] == "2026-11-10"
    assert morning("streaks", "--as-of", "20 nov", "--json").json["as_of"] == "2026-11-20"
    assert morning("settings", "goal_by", "31.12.").out == ""
    assert morning("settings", "goal_by").out == "2026-12-31\n"
    morning("settings", "hourly_worth_next", "60 from 1 March")
    assert morning("settings", "hourly_worth_next").out == "60.00 from 2027-03-01\n"
    refused = morning("today", "--day", "3.12.")
    assert (refused.code, refused.is_a_sentence) == (2, True)


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("2026-12-24 2026-12-20", 2),
        ("2026-02-30", 2),
        ("2026-12-24 --remove", 1),
        ("--reason why", 2),
        ("--remove", 2),
    ],
)
def test_days_off_that_cannot_be_are_refused(morning: Needle, line: str, code: int) -> None:
    ended = morning("off", *line.split())
    assert ended.code == code
    assert ended.is_a_sentence
    assert morning("off").out == ""


def test_undo_and_redo_go_through_one_history(morning: Needle) -> None:
    morning("tick", "film")
    morning("log", "12", "--with", "Acme Corp")
    assert morning("undo").err == "Undone: Logged 12 min, talked, with “Acme Corp”.\n"
    assert morning("undo").err == "Undone: Ticked “Film one video”.\n"
    history = [line.split("  ") for line in morning("undo", "--list").lines]
    assert history[0][:2] == ["24 Nov 2026 15:40", "undone"]
    assert [line[-1] for line in history[:2]] == [
        "Logged 12 min, talked, with “Acme Corp”",
        "Ticked “Film one video”",
    ]
    assert "undone" not in history[2]
    assert morning("redo").err == "Done again: Ticked “Film one video”.\n"
    assert morning("today", "--json").json["activities"][1]["met"] is True
    morning("log", "5")
    assert morning("redo").code == 1


def test_what_was_not_done_today_is_undone_only_with_older(morning: Needle, now: Traveller) -> None:
    morning("tick", "film")
    now.shift(timedelta(days=14))
    ended = morning("undo")
    assert ended.code == 1
    assert ended.err == (
        "The next change to undo was made on Tuesday 24 November 2026: Ticked “Film one video” "
        "(if that is meant: needle undo --older).\n"
    )
    assert morning("undo", "--older").err == (
        "Undone: Ticked “Film one video” (Tuesday 24 November 2026).\n"
    )
    assert "needle redo --older" in morning("redo").err
    assert morning("redo", "--older").code == 0


def test_nothing_to_undo_is_said(needle: Needle) -> None:
    ended = needle("undo")
    assert (ended.code, ended.out) == (1, "")
    assert ended.is_a_sentence


def test_streaks_give_their_runs(needle: Needle, now: Traveller) -> None:
    needle("activity", "add", "Film", "--days", "daily", "--from", "2026-11-16")
    for day in (16, 17, 20, 21, 22, 23):
        assert needle("tick", "film", "--day", f"2026-11-{day}").code == 0
    runs = [
        {"start": "2026-11-16", "end": "2026-11-17", "days": 2},
        {"start": "2026-11-20", "end": "2026-11-23", "days": 4},
    ]
    assert needle("streaks", "--json").json == {
        "version": 1,
        "as_of": "2026-11-24",
        "overall": {"current": 4, "best": 4, "runs": runs},
        "activities": [{"name": "Film", "unit": "day", "current": 4, "best": 4, "runs": runs}],
    }
    assert needle("streaks", "--as-of", "2026-11-19", "--json").json["overall"] == {
        "current": 0,
        "best": 2,
        "runs": runs[:1],
    }
    lines = needle("streaks").lines
    assert lines[0] == "Tuesday 24 November 2026"
    assert " ".join(lines[1].split()) == (
        "Overall 4 d since 20 Nov 2026 best 4 d 20 Nov – 23 Nov 2026"
    )
    assert max(map(len, lines)) <= 80


@pytest.mark.usefixtures("begun")
def test_settings_are_listed_shown_and_chosen(needle: Needle) -> None:
    assert [line.split()[0] for line in needle("settings").lines][:2] == [
        "currency",
        "day_starts_at",
    ]
    assert needle("settings", "working_day", "8:30-17", "mon-thu").code == 0
    assert needle("settings", "working_day").out == "08:30-17:00 mon,tue,wed,thu\n"
    assert needle("undo").code == 0
    assert needle("settings", "working_day").out == "09:00-17:00 mon-fri\n"


@pytest.mark.parametrize(
    "line", ["colour", "colour red", "currency euros", "day_starts_at 25:61", "call_cap -5"]
)
@pytest.mark.usefixtures("begun")
def test_settings_that_cannot_be_are_refused(needle: Needle, line: str) -> None:
    ended = needle("settings", *line.split())
    assert ended.code == 2
    assert ended.is_a_sentence


@pytest.mark.usefixtures("begun")
def test_a_new_boundary_moves_today(needle: Needle, now: Traveller) -> None:
    now.shift(timedelta(hours=11))  # 02:40 on Wednesday
    assert needle("today", "--json").json["day"] == "2026-11-24"
    needle("settings", "day_starts_at", "0:00")
    assert needle("today", "--json").json["day"] == "2026-11-25"


@pytest.mark.parametrize(
    "command", ["today", "status", "streaks", "progress", "numbers", "worth", "goal"]
)
def test_every_answer_in_json_says_its_version(morning: Needle, command: str) -> None:
    assert morning(command, "--json").json["version"] == 1


def test_the_json_of_problems_stays_the_list_that_scripts_read(needle: Needle) -> None:
    needle("park", "Broken invoice")
    assert [item["title"] for item in needle("problems", "--json").json] == ["Broken invoice"]


@pytest.mark.parametrize("line", ["status --json", "today --json"])
@pytest.mark.parametrize("rules", ["<+0330>-3:30", "JST-9", "Nowhere/Atall"])
def test_every_command_follows_the_rules_of_tz(
    line: str, rules: str, program: Needle, database: Path
) -> None:
    must(database, "activity", "add", "Film")
    ended = program(*line.split(), env={"TZ": rules})
    assert ended.code in (0, 3, 4), "3: the day is open, 4: it cannot be won any more"
    assert ended.json["day"]
    assert bool(ended.err) is (rules == "Nowhere/Atall")
    assert not ended.err or ended.is_a_sentence


def test_another_currency_converts_nothing_and_says_so_where_there_is_money(
    morning: Needle,
) -> None:
    assert morning("settings", "currency", "EUR").err == "currency is EUR now.\n"
    morning("earn", "1200")
    assert morning("settings", "currency", "EUR").err == "currency is EUR now.\n"
    assert morning("settings", "currency", "GBP").err == (
        "currency is GBP now.\nAmounts in EUR are not converted: the same numbers are GBP now.\n"
    )
    morning("undo", "--older")
    morning("undo")
    morning("settings", "hourly_worth", "50")
    assert "not converted" in morning("settings", "currency", "USD").err
