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
    ("typed", "seconds"), [("12", 720), ("7m10", 430), ("1 h 30", 5400), ("90s", 90)]
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
    assert "“-5” is not a length of time" in morning("log", "-5").err


def test_money_comes_in_major_units_of_the_chosen_currency(morning: Needle) -> None:
    morning("settings", "currency", "jpy")
    assert "¥1,200" in morning("log", "5", "--outcome", "won", "--amount", "1200").err
    assert morning("log", "5", "--outcome", "won", "--amount", "12.50").code == 2


def test_a_past_day_can_be_filled_in(morning: Needle) -> None:
    assert morning("log", "12", "--day", "yesterday").err.endswith("for Mon 23 Nov.\n")
    assert morning("log", "12", "--day", "30 nov").err.endswith("for Sun 30 Nov 2025.\n")
    assert sales(morning, "--day", "2026-11-23")["seconds"] == 720
    assert sales(morning)["yesterday_seconds"] == 720


@pytest.mark.parametrize("day", ["2026-02-30", "2026-13-01", "tomorrow", "24-11-2026", ""])
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
        "“Film one video” is not a sales activity, so it has no outcome: leave it out.\n"
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
    assert morning("earn", "-30").err == "Logged −$30.\n"
    assert sales(morning)["dials"] == 0


def test_money_is_credited_to_the_activity_that_is_named(morning: Needle) -> None:
    ended = morning("earn", "-$30", "sales", "--with", "Acme Corp", "--day", "-1")
    assert ended.err == ("Logged −$30, with “Acme Corp” (“Sales conversations”) for Mon 23 Nov.\n")
    assert sales(morning, "--day", "2026-11-23")["conversations"] == 0


@pytest.mark.parametrize("typed", ["abc", "0", "1.005", "1e9", "--", "9" * 30])
def test_what_is_no_amount_is_refused(morning: Needle, typed: str) -> None:
    ended = morning("earn", typed)
    assert ended.code == 2
    assert ended.is_a_sentence


def test_a_payment_for_an_ask_that_waits_wins_it_and_is_no_new_dial(morning: Needle) -> None:
    morning("log", "10", "--with", "Acme Corp", "--outcome", "asked", "--day", "yesterday")
    ended = morning("earn", "500", "--with", " acme CORP ", "--follows")
    assert ended.err == (
        "Logged won, $500, with “Acme Corp” (“Sales conversations”); it follows 10 min, asked, "
        "with “Acme Corp” (“Sales conversations”) for Mon 23 Nov.\n"
    )
    found = morning("numbers", "--json").json
    assert (found["dials"], found["asks"], found["wins"], found["open_asks"]) == (1, 1, 1, 0)
    assert found["revenue"] == 50_000
    assert morning("undo").code == 0
    assert morning("numbers", "--json").json["open_asks"] == 1


def test_a_second_payment_and_a_refund_follow_the_last_sale_with_a_name(morning: Needle) -> None:
    morning("log", "10", "--with", "Acme", "--outcome", "won", "--amount", "900", "--day", "-3")
    morning("log", "10", "--with", "Other", "--outcome", "won", "--amount", "70")
    morning("log", "10", "--with", "Acme", "--outcome", "talked")
    assert (
        "it follows 10 min, won, $900" in morning("earn", "300", "--with", "Acme", "--follows").err
    )
    assert (
        "it follows 10 min, won, $900" in morning("earn", "-200", "--with", "Acme", "--follows").err
    )
    found = morning("numbers", "--json").json
    assert (found["dials"], found["wins"], found["revenue"]) == (3, 2, 107_000)
    (sold,) = [item for item in found["activities"] if item["payments"]]
    assert (sold["name"], sold["revenue"], sold["payments"]) == ("Sales conversations", 107_000, 3)


def test_money_follows_no_sale_that_is_still_to_come_on_its_day(morning: Needle) -> None:
    morning("log", "10", "--with", "Acme", "--outcome", "won", "--amount", "900")
    ended = morning("earn", "100", "--with", "Acme", "--follows", "--day", "yesterday")
    assert (ended.code, ended.is_a_sentence) == (1, True)
    assert "There is no sale with “Acme” to follow" in ended.err


def test_what_was_asked_only_cannot_be_paid_back(morning: Needle) -> None:
    morning("log", "10", "--with", "Acme", "--outcome", "asked")
    ended = morning("earn", "-100", "--with", "Acme", "--follows")
    assert (ended.code, ended.is_a_sentence) == (1, True)
    assert "Nothing was won with “Acme”" in ended.err


def test_follows_needs_a_name(morning: Needle) -> None:
    for line in (["earn", "5", "--follows"], ["earn", "5", "--follows", "--with", " "]):
        ended = morning(*line)
        assert (ended.code, ended.is_a_sentence) == (2, True)


def test_money_is_credited_to_what_brought_the_buyer(morning: Needle) -> None:
    morning("log", "10", "--outcome", "won", "--amount", "100", "--came-from", "film")
    morning("start")
    morning("stop", "--outcome", "won", "--amount", "20", "--came-from", "news")
    morning("earn", "3", "sales", "--came-from", "film")
    found = {item["name"]: item for item in morning("numbers", "--json").json["activities"]}
    assert found["Film one video"]["revenue"] == 10_300
    assert found["Newsletter"]["revenue"] == 2_000
    assert found["Sales conversations"]["revenue"] == 0


def test_only_a_sale_has_something_that_brought_the_buyer(morning: Needle) -> None:
    morning("start", "film")
    for line in (
        ["log", "5", "film", "--came-from", "news"],
        ["stop", "--came-from", "news"],
        ["log", "5", "--came-from", "nothing"],
    ):
        ended = morning(*line)
        assert (ended.code, ended.is_a_sentence) == (2, True)


def test_a_refund_is_no_option_for_a_program_either(program: Needle, morning: Needle) -> None:
    morning("log", "10", "--with", "Acme", "--outcome", "won", "--amount", "900")
    for line in (
        ["earn", "-50"],
        ["earn", "-$50", "sales"],
        ["earn", "--with", "Acme", "--follows", "-50.00"],
        ["earn", "-50", "--with", "Acme", "--follows"],
        ["log", "5", "--outcome", "lost", "--amount", "-50"],
        ["log", "5", "--outcome", "lost", "--amount=-50"],
    ):
        ended = morning(*line)
        assert (ended.code, ended.out) == (0, "")
        assert "−$50" in ended.err
    assert program("earn", "-x").code == 2


@pytest.mark.parametrize(
    "line", ["log 7:10", "park X --minutes 7:10", "activity edit film --minutes 7:10",
             "settings call_cap 7:10"]
)  # fmt: skip
def test_what_can_be_read_in_two_ways_is_refused_with_both(morning: Needle, line: str) -> None:
    ended = morning(*line.split())
    assert (ended.code, ended.is_a_sentence) == (2, True)
    assert "“7:10” can be read in two ways: type 7m10, or 7h10." in ended.err


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("log 12h", "12 h is longer than there was time for (11 h 40)"),
        ("log 2h1m", "2 h 01 is long for a call (over 2 h)"),
        ("log 3h --day yesterday", "3 h is long for a call (over 2 h)"),
    ],
)
def test_a_length_that_may_be_a_slip_is_only_logged_with_yes(
    morning: Needle, line: str, why: str
) -> None:
    ended = morning(*line.split())
    assert (ended.code, ended.err) == (1, f"{why}: add --yes if it was.\n")
    assert morning(*line.split(), "--yes").code == 0


def test_only_a_call_is_asked_about_above_the_cap(morning: Needle) -> None:
    assert morning("log", "3h", "film").code == 0
    assert morning("log", "20h", "film", "--day", "yesterday").code == 0


def test_the_answer_leaves_no_second_out(morning: Needle) -> None:
    assert morning("log", "90s", "film").err == "Logged 1 min 30 s (“Film one video”).\n"


@pytest.mark.parametrize("yes", [(), ("--yes",)])
def test_a_length_that_ends_in_the_future_is_refused(morning: Needle, yes: tuple[str, ...]) -> None:
    # It is 15:40; a minute is given for a start that is typed without its seconds.
    for minutes in ("600", "42"):
        ended = morning("log", minutes, "--at", "15:00", *yes)
        assert (ended.code, ended.err) == (
            2, "The end is still to come: give a shorter length or another start.\n"
        )  # fmt: skip
    assert morning("log", "41", "--at", "15:00", *yes).code == 0
