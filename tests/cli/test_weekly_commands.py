"""Promises by the week on the command line."""

from datetime import timedelta

import pytest
from time_machine import Traveller

from .conftest import Needle


def add(needle: Needle, *line: str) -> str:
    ended = needle("activity", "add", *line, "--days", "weekly")
    assert ended.code == 0
    return ended.err


def weekly(needle: Needle, *day: str) -> dict[str, object]:
    (found,) = needle("today", *day, "--json").json["weekly"]
    return dict(found)


def test_a_promise_by_the_week_is_listed_as_such(needle: Needle) -> None:
    assert add(needle, "Newsletter", "--count", "3") == (
        "Added “Newsletter”: 3 times a week; it holds from today.\n"
    )
    add(needle, "Write", "--minutes", "45")
    add(needle, "Webinar")
    add(needle, "Calls", "--sales", "--minutes", "30h", "--count", "20", "--rule", "any")
    assert [" ".join(line.split()) for line in needle("activity", "list").lines] == [
        "1 Newsletter 3 times a week",
        "2 Write 45 min a week",
        "3 Webinar 1 time a week",
        "4 Calls sales 30 h or 20 conversations a week",
    ]


def test_minutes_by_the_day_still_end_with_the_day(needle: Needle) -> None:
    ended = needle("activity", "add", "Write", "--minutes", "30h")
    assert (ended.code, ended.is_a_sentence) == (2, True)


def test_it_is_ticked_several_times_on_a_day(needle: Needle) -> None:
    add(needle, "Newsletter", "--count", "3")
    for _ in range(2):
        assert needle("tick", "news").code == 0
    assert needle("tick", "news", "--day", "yesterday").code == 0
    assert weekly(needle) == {
        "name": "Newsletter", "rank": 1, "due": True, "met": True, "seconds": 0, "count": 3,
        "quota_seconds": None, "quota_count": 3, "rule": "all", "at_most": False,
        "streak": {"current": 1, "best": 1}, "days_left": 6, "today_or_never": False,
    }  # fmt: skip
    assert needle("untick", "news").code == 0
    assert (weekly(needle)["count"], weekly(needle)["met"]) == (2, False)


def test_minutes_of_a_week_are_logged(needle: Needle) -> None:
    add(needle, "Write", "--minutes", "60")
    refused = needle("tick", "write")
    assert (refused.code, refused.is_a_sentence) == (2, True)
    needle("log", "40", "write", "--day", "yesterday")
    needle("log", "20", "write")
    assert (weekly(needle)["seconds"], weekly(needle)["met"]) == (3600, True)


def test_today_has_a_section_for_the_week(
    morning: Needle, now: Traveller, capsys: pytest.CaptureFixture[str]
) -> None:
    add(morning, "Webinar", "--count", "3")
    morning("tick", "webinar")
    lines = [" ".join(line.split()) for line in morning("today").lines]
    at = lines.index("This week:")
    assert lines[at + 1] == "4 ◧ Webinar 1 of 3 · 2 to go in 6 days 0 w"
    assert "Webinar" not in " ".join(lines[:at])
    now.shift(timedelta(days=5))
    assert "1 of 3 · today or never" in morning("today").out
    assert weekly(morning)["today_or_never"] is True
    now.shift(timedelta(days=7))
    past = morning("today", "--day", "-7").out
    assert "That week:" in past
    assert "first week" in past


def test_every_line_of_today_fits_the_terminal_and_a_pipe_cuts_none(
    needle: Needle, monkeypatch: pytest.MonkeyPatch
) -> None:
    name = "A very long name of something twice, that no line can hold"
    add(needle, name, "--minutes", "600", "--count", "100")
    assert name in needle("today").out
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    assert all(len(line) <= 80 for line in needle("today").lines)
    assert "0 of 600 min · 0 of 100" in needle("today").out


def test_nothing_by_the_week_is_an_empty_list(morning: Needle) -> None:
    assert morning("today", "--json").json["weekly"] == []
    assert "week:" not in morning("today").out.replace("this week", "")


def test_easing_says_the_day_from_which_it_holds(needle: Needle, now: Traveller) -> None:
    add(needle, "Newsletter", "--count", "3")
    now.shift(timedelta(days=7))
    assert needle("activity", "edit", "news", "--count", "2").err == (
        "Changed “Newsletter”: 2 times a week; it holds from Mon 7 Dec.\n"
    )
    refused = needle("activity", "edit", "news", "--count", "1", "--from", "2026-12-09")
    assert (refused.code, refused.is_a_sentence) == (1, True)
    assert "2026-12-14" in refused.err
    assert needle("activity", "archive", "news").err == ("Put “Newsletter” away from Mon 7 Dec.\n")


def test_without_its_last_quota_it_is_once_a_week(needle: Needle) -> None:
    add(needle, "Newsletter", "--minutes", "30")
    ended = needle("activity", "edit", "news", "--minutes", "0")
    assert ended.err == "Changed “Newsletter”: 1 time a week; it holds from today.\n"


def test_by_the_day_again_keeps_the_quota(needle: Needle) -> None:
    add(needle, "Newsletter", "--count", "3")
    ended = needle("activity", "edit", "news", "--days", "mon-fri")
    assert ended.err == "Changed “Newsletter”: 3 times, Mon to Fri; it holds from today.\n"


def test_streaks_in_weeks_stand_beside_those_in_days(needle: Needle, now: Traveller) -> None:
    needle("activity", "add", "Film", "--days", "daily")
    add(needle, "Newsletter", "--from", "2026-11-09")
    for day in ("2026-11-12", "2026-11-20"):
        needle("tick", "news", "--day", day)
    needle("tick", "film")
    found = needle("streaks", "--json").json["activities"]
    assert [(item["name"], item["unit"], item["current"]) for item in found] == [
        ("Film", "day", 1), ("Newsletter", "week", 2),
    ]  # fmt: skip
    assert found[1]["runs"] == [{"start": "2026-11-09", "end": "2026-11-22", "days": 2}]
    line = " ".join(needle("streaks").lines[-1].split())
    assert line == "Newsletter 2 w since 9 Nov 2026 best 2 w 9 Nov – 22 Nov 2026"


def test_the_shell_offers_weekly_for_the_days(needle: Needle) -> None:
    asked = {"_NEEDLE_COMPLETE": "complete_bash", "COMP_CWORD": "5"}
    line = "needle activity add Film --days "
    assert needle(env=asked | {"COMP_WORDS": line}).lines == ["daily", "mon-fri", "weekly"]
    assert needle(env=asked | {"COMP_WORDS": f"{line}we"}).lines == ["weekly"]


def test_weekly_is_no_working_day(needle: Needle) -> None:
    assert needle("settings", "working_day", "9-17 weekly").code == 2
