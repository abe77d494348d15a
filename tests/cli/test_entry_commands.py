"""needle log, tick, untick, earn."""

import pytest
from time_machine import Traveller

from .conftest import Needle


def sales(needle: Needle, *day: str) -> dict[str, int]:
    found: dict[str, int] = needle("today", *day, "--json").json["sales"]
    return found


def test_a_call_goes_to_the_highest_ranked_sales_activity(morning: Needle) -> None:
    ended = morning("log", "12", "--with", "Acme Corp", "--outcome", "meeting_set")
    assert (ended.code, ended.out) == (0, "")
    assert ended.err == ("Logged 12 min, meeting set, with “Acme Corp” (“Sales conversations”).\n")
    assert sales(morning)["conversations"] == 1


def test_without_an_outcome_a_call_is_a_conversation(morning: Needle) -> None:
    assert "talked" in morning("log", "12").err
    assert sales(morning)["seconds"] == 720


def test_a_call_that_reached_nobody_is_a_dial_only(morning: Needle) -> None:
    morning("log", "1", "--outcome", "voice")
    assert (sales(morning)["dials"], sales(morning)["conversations"]) == (1, 0)


@pytest.mark.parametrize(
    ("typed", "seconds"), [("12", 720), ("1:30", 5400), ("1 h 30", 5400), ("90s", 90)]
)
def test_lengths_are_read_as_people_write_them(morning: Needle, typed: str, seconds: int) -> None:
    assert morning("log", typed).code == 0
    assert sales(morning)["seconds"] == seconds


@pytest.mark.parametrize("typed", ["-5", "1e9", "abc", "25:61", "", "1000000000", "0"])
def test_what_is_no_length_of_time_is_refused_and_logs_nothing(morning: Needle, typed: str) -> None:
    ended = morning("log", typed)
    assert ended.code == 2
    assert ended.is_a_sentence
    assert sales(morning)["dials"] == 0


def test_a_negative_length_is_not_taken_for_an_option(morning: Needle) -> None:
    assert "“-5” is no length of time" in morning("log", "-5").err


def test_money_comes_in_major_units_of_the_chosen_currency(morning: Needle) -> None:
    morning("settings", "currency", "jpy")
    assert "¥1,200" in morning("log", "5", "--outcome", "won", "--amount", "1200").err
    assert morning("log", "5", "--outcome", "won", "--amount", "12.50").code == 2


def test_a_past_day_can_be_filled_in(morning: Needle) -> None:
    assert morning("log", "12", "--day", "yesterday").err.endswith("for Mon 23 Nov.\n")
    assert sales(morning, "--day", "2026-11-23")["seconds"] == 720
    assert sales(morning)["yesterday_seconds"] == 720


@pytest.mark.parametrize("day", ["2026-02-30", "2026-13-01", "tomorrow", "24.11.2026", ""])
def test_a_day_that_is_none_or_to_come_is_refused(morning: Needle, day: str) -> None:
    ended = morning("log", "12", "--day", day)
    assert ended.code == 2
    assert ended.is_a_sentence


def test_a_call_that_overlaps_another_is_kept_and_said(morning: Needle) -> None:
    morning("log", "30", "--at", "15:00", "--with", "Acme Corp")
    ended = morning("log", "12", "--at", "15:10")
    assert ended.code == 0
    assert "it overlaps 30 min, talked, with “Acme Corp” (“Sales conversations”) at 15:00" in (
        ended.err
    )
    assert sales(morning)["seconds"] == 42 * 60


@pytest.mark.parametrize("time", ["15:41", "25:61", "noon"])
def test_a_time_to_come_or_none_is_refused(morning: Needle, time: str) -> None:
    ended = morning("log", "12", "--at", time)
    assert ended.code == 2
    assert ended.is_a_sentence


def test_a_time_after_midnight_belongs_to_the_day_before_the_boundary(
    morning: Needle, now: Traveller
) -> None:
    assert morning("log", "12", "--day", "2026-11-23", "--at", "0:30").code == 0
    assert sales(morning, "--day", "2026-11-23")["seconds"] == 720
    assert sales(morning)["seconds"] == 0


def test_only_calls_have_an_outcome(morning: Needle) -> None:
    ended = morning("log", "12", "film", "--outcome", "won")
    assert ended.code == 2
    assert ended.err == (
        "“Film one video” is no sales activity, so it has no outcome: leave it out.\n"
    )


def test_an_unknown_activity_is_answered_with_the_nearest(morning: Needle) -> None:
    ended = morning("tick", "flim")
    assert ended.code == 2
    assert ended.err == "There is no activity “flim”: did you mean “Film one video”?\n"


def test_a_name_that_fits_several_is_refused(morning: Needle) -> None:
    morning("activity", "add", "Film review")
    ended = morning("tick", "film")
    assert ended.code == 2
    assert "“Film one video”, “Film review”" in ended.err


def test_without_a_sales_activity_a_call_has_no_place(needle: Needle) -> None:
    ended = needle("log", "12")
    assert ended.code == 1
    assert "--sales" in ended.err


def test_a_tick_comes_and_goes(morning: Needle) -> None:
    assert morning("tick", "FILM").err == "Ticked “Film one video”.\n"
    assert morning("today", "--json").json["activities"][1]["met"] is True
    again = morning("tick", "film")
    assert (again.code, again.err) == (1, "“Film one video” is ticked already.\n")
    assert morning("untick", "film").code == 0
    assert morning("today", "--json").json["activities"][1]["met"] is False
    assert morning("untick", "film").code == 1


def test_what_has_only_minutes_is_not_ticked(morning: Needle) -> None:
    morning("activity", "add", "Mastermind", "--minutes", "30")
    ended = morning("tick", "mastermind")
    assert ended.code == 2
    assert "log" in ended.err


def test_money_and_refunds_are_logged_with_no_activity(morning: Needle) -> None:
    assert morning("earn", "1,200.50").err == "Logged $1,200.50.\n"
    assert morning("earn", "-30").err == "Logged -$30.\n"
    assert sales(morning)["dials"] == 0


def test_money_is_credited_to_the_activity_that_is_named(morning: Needle) -> None:
    ended = morning("earn", "-$30", "sales", "--with", "Acme Corp", "--day", "-1")
    assert ended.err == ("Logged -$30, with “Acme Corp” (“Sales conversations”) for Mon 23 Nov.\n")
    assert sales(morning, "--day", "2026-11-23")["conversations"] == 0


@pytest.mark.parametrize("typed", ["abc", "0", "1.005", "1e9", "--", "9" * 30])
def test_what_is_no_amount_is_refused(morning: Needle, typed: str) -> None:
    ended = morning("earn", typed)
    assert ended.code == 2
    assert ended.is_a_sentence
