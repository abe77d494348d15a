"""needle activity list, add, edit, rank, archive."""

from datetime import timedelta

import pytest
from time_machine import Traveller

from .conftest import Needle


def activity(needle: Needle, name: str, *day: str) -> dict[str, object]:
    lines = needle("today", *day, "--json").json["activities"]
    return next(item for item in lines if item["name"] == name)


def test_the_list_is_data_by_rank(morning: Needle) -> None:
    ended = morning("activity", "list")
    assert (ended.code, ended.err) == (0, "")
    assert [" ".join(line.split()) for line in ended.lines] == [
        "1 Sales conversations sales 60 min and 10 conversations, daily".replace("60 min", "1 h"),
        "2 Film one video a tick, daily",
        "3 Newsletter a tick, Mon Wed",
    ]


def test_a_long_promise_is_folded_where_it_stands(needle: Needle) -> None:
    quotas = ("--minutes", "60", "--count", "10")
    needle("activity", "add", "Sales", "--sales", *quotas, "--days", "mon,tue,wed,thu,sat")
    assert needle("activity", "list").lines == [
        "  1  Sales" + " " * 25 + "sales  1 h and 10 conversations, Mon Tue Wed",
        " " * 42 + "Thu Sat",
    ]


def test_every_option_of_a_new_activity_is_kept(morning: Needle) -> None:
    ended = morning(
        "activity", "add", "Posts", "--minutes", "1h30", "--count", "3", "--rule", "any",
        "--days", "mon-wed", "--rank", "2", "--from", "2026-11-23",
    )  # fmt: skip
    assert ended.err == (
        "Added “Posts”: 1 h 30 or 3 times, Mon Tue Wed; it holds from Mon 23 Nov.\n"
    )
    posts = activity(morning, "Posts")
    assert (posts["rank"], posts["quota_seconds"], posts["quota_count"], posts["rule"]) == (
        2, 5400, 3, "any",
    )  # fmt: skip
    assert posts["due"] is True
    assert activity(morning, "Film one video")["rank"] == 3


def test_a_new_activity_is_a_tick_from_monday_to_friday(needle: Needle) -> None:
    assert needle("activity", "add", "Film").err == (
        "Added “Film”: a tick, Mon to Fri; it holds from today.\n"
    )


def test_two_activities_cannot_have_one_name(morning: Needle) -> None:
    ended = morning("activity", "add", "  film ONE video ")
    assert ended.code == 1
    assert ended.is_a_sentence
    assert len(morning("activity", "list").lines) == 3


@pytest.mark.parametrize(
    "line",
    [
        ["--minutes", "-5"],
        ["--minutes", "1e9"],
        ["--count", "many"],
        ["--count", "-1"],
        ["--rule", "some"],
        ["--days", "someday"],
        ["--rank", "0"],
        ["--from", "2026-02-30"],
    ],
)
def test_what_cannot_be_promised_is_refused(needle: Needle, line: list[str]) -> None:
    ended = needle("activity", "add", "Film", *line)
    assert ended.code == 2
    assert ended.is_a_sentence
    assert needle("activity", "list").out == ""


@pytest.mark.parametrize("name", ["", "   ", "x" * 1001])
def test_a_blank_or_endless_name_is_refused(needle: Needle, name: str) -> None:
    ended = needle("activity", "add", name)
    assert ended.code == 2
    assert ended.is_a_sentence


def test_raising_holds_from_today_and_easing_from_tomorrow(morning: Needle, now: Traveller) -> None:
    now.shift(timedelta(days=1))
    raised = morning("activity", "edit", "sales", "--minutes", "90")
    assert raised.err.endswith("it holds from today.\n")
    assert activity(morning, "Sales conversations")["quota_seconds"] == 5400
    eased = morning("activity", "edit", "sales", "--minutes", "30")
    assert eased.err.endswith("it holds from tomorrow.\n")
    assert activity(morning, "Sales conversations")["quota_seconds"] == 3600
    assert "from tomorrow: 30 min" in morning("activity", "list").out


def test_an_edit_keeps_what_it_does_not_name(morning: Needle) -> None:
    morning("activity", "edit", "sales", "--count", "12")
    sales = activity(morning, "Sales conversations")
    assert (sales["quota_seconds"], sales["quota_count"]) == (3600, 12)


def test_an_edit_starts_from_the_latest_change_even_when_it_is_to_come(
    morning: Needle, now: Traveller
) -> None:
    now.shift(timedelta(days=1))
    morning("activity", "edit", "sales", "--minutes", "30")
    ended = morning("activity", "edit", "sales", "--count", "5")
    assert "30 min and 5 conversations" in ended.err


def test_a_quota_is_taken_away_by_nought(morning: Needle, now: Traveller) -> None:
    ended = morning("activity", "edit", "sales", "--minutes", "0", "--count", "0")
    assert "a tick, daily" in ended.err
    assert activity(morning, "Sales conversations")["quota_seconds"] is None


def test_an_activity_can_be_renamed_and_moved(morning: Needle) -> None:
    assert morning("activity", "edit", "film", "--name", "Two videos").code == 0
    assert morning("activity", "rank", "two", "1").err == "“Two videos” is number 1 now.\n"
    assert morning("activity", "list").lines[0].split()[:3] == ["1", "Two", "videos"]


def test_an_edit_of_nothing_is_wrong_usage(morning: Needle) -> None:
    ended = morning("activity", "edit", "film")
    assert ended.code == 2
    assert ended.is_a_sentence


def test_an_archived_activity_leaves_tomorrow_and_can_be_taken_up_again(
    morning: Needle, now: Traveller
) -> None:
    now.shift(timedelta(days=1))
    assert morning("activity", "archive", "newsletter").err == (
        "Put “Newsletter” away from tomorrow.\n"
    )
    assert activity(morning, "Newsletter")["due"] is True
    now.shift(timedelta(days=1))
    assert "put away" in morning("activity", "list").lines[-1]
    assert morning("activity", "archive", "newsletter").code == 1
    again = morning("activity", "edit", "newsletter", "--days", "daily")
    assert again.err == "Changed “Newsletter”: a tick, daily; it holds from today.\n"
    assert activity(morning, "Newsletter")["due"] is True


def test_the_past_cannot_be_promised_anew(morning: Needle, now: Traveller) -> None:
    now.shift(timedelta(days=2))
    ended = morning("activity", "edit", "film", "--minutes", "5", "--from", "2026-11-25")
    assert ended.code == 1
    assert ended.is_a_sentence


def test_a_start_before_the_first_commitment_is_allowed(morning: Needle) -> None:
    ended = morning("activity", "edit", "film", "--from", "2026-11-20")
    assert ended.code == 0
    assert "from Fri 20 Nov" in ended.err


def test_sales_with_entries_stay_sales(morning: Needle) -> None:
    morning("tick", "film")
    ended = morning("activity", "edit", "film", "--sales")
    assert ended.code == 1
    assert ended.is_a_sentence


def test_an_activity_may_have_a_time_of_day_at_which_it_begins(morning: Needle) -> None:
    added = morning("activity", "add", "Plan", "--at", "17")
    assert added.err == "Added “Plan”: a tick, Mon to Fri; it holds from today; starts at 17:00.\n"
    assert morning("activity", "edit", "sales", "--at", "9:00").err == (
        "Changed “Sales conversations”: starts at 09:00.\n"
    )
    both = morning("activity", "edit", "film", "--minutes", "5", "--at", "8am")
    assert both.err == (
        "Changed “Film one video”: 5 min, daily; it holds from today; starts at 08:00.\n"
    )
    assert morning("activity", "list").lines[2].endswith("5 min, daily, at 08:00")
    assert morning("activity", "edit", "film", "--at", "none").err == (
        "Changed “Film one video”: starts at no set time.\n"
    )
    assert morning("activity", "list").lines[2].endswith("5 min, daily")
    wrong = morning("activity", "edit", "sales", "--at", "25:00")
    assert (wrong.code, wrong.is_a_sentence) == (2, True)
