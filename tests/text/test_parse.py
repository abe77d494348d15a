"""What people type, and the sentence they get when it cannot be meant."""

from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from needlemover.domain.calls.entry import Outcome
from needlemover.domain.errors import WrongUsageError
from needlemover.domain.promises.commitment import EVERY_DAY, MONDAY_TO_FRIDAY
from needlemover.domain.settings import WorkingDay
from needlemover.text.format import clock_length, plain_money
from needlemover.text.parse.days import (
    parse_time,
    parse_weekdays,
    parse_working_day,
)
from needlemover.text.parse.values import (
    parse_amount,
    parse_contact,
    parse_count,
    parse_name,
    parse_outcome,
    parse_seconds,
)

TODAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("typed", "seconds"),
    [
        ("12", 720),
        (" 12 ", 720),
        ("12 min", 720),
        ("12min.", 720),
        ("12 minutes", 720),
        ("12.5", 750),
        ("12,5", 750),
        ("0", 0),
        ("90 s", 90),
        ("90sec", 90),
        ("1 h", 3600),
        ("1.5 h", 5400),
        ("2 hrs", 7200),
        ("1 hour 5 mins", 3900),
        ("1 h 30", 5400),
        ("1h30", 5400),
        ("1 h 30 min", 5400),
        ("1 H 30 MIN 10 SEC", 5410),
        ("7m10", 430),
        ("7h10", 25_800),
        ("0:12:40", 760),
        ("24 h", 86400),
    ],
)
def test_a_length_of_time_is_minutes_unless_it_says_otherwise(typed: str, seconds: int) -> None:
    assert parse_seconds(typed) == seconds


@pytest.mark.parametrize(
    ("typed", "both"), [("7:10", "7m10, or 7h10"), ("90:00", "90m00, or 90h00")]
)
def test_a_length_of_two_parts_is_refused_with_both_readings(typed: str, both: str) -> None:
    for unit in "mh":
        with pytest.raises(WrongUsageError, match=f"in two ways: type {both}"):
            parse_seconds(typed, unit=unit)


@given(st.integers(0, 24 * 3600 - 1))
def test_every_call_as_the_log_shows_it_is_read_as_that_or_asked_about(seconds: int) -> None:
    drawn = clock_length(seconds)
    if drawn.count(":") == 1:
        with pytest.raises(WrongUsageError, match="in two ways"):
            parse_seconds(drawn)
        drawn = drawn.replace(":", "m")
    assert parse_seconds(drawn) == seconds


def test_a_length_can_count_in_seconds_where_a_file_does() -> None:
    assert parse_seconds("90", unit="s") == 90
    assert parse_seconds("7:10", unit="s", in_file=True) == 430
    assert parse_seconds("7:10", unit="m", in_file=True) == 430
    assert parse_seconds("01:02:03", unit="s") == 3723
    assert parse_seconds("100000", unit="s", longest=None) == 100_000


@pytest.mark.parametrize(
    "typed",
    ["", " ", "-5", "abc", "1e9", "25:61", "0:60", "1:2", "12 monkeys", "5 hundred", "min", "h 5",
     "1 s 5", "12 min abc", "1:00:60", "nan", "inf", "[/b]"],
)  # fmt: skip
def test_what_is_no_length_of_time_is_refused_with_how_to_type_one(typed: str) -> None:
    with pytest.raises(WrongUsageError, match="not a length of time: type minutes"):
        parse_seconds(typed)


@pytest.mark.parametrize("typed", ["1441", "25 h", "24:00:01", "9" * 400, "1000000000"])
def test_more_than_a_day_is_refused(typed: str) -> None:
    with pytest.raises(WrongUsageError, match="more than 24 hours"):
        parse_seconds(typed)


@pytest.mark.parametrize(
    ("typed", "currency", "minor"),
    [
        ("1200", "USD", 120_000),
        ("1200.50", "USD", 120_050),
        ("1200.5", "USD", 120_050),
        ("1,200", "USD", 120_000),
        ("1,200.50", "USD", 120_050),
        ("1200,50", "EUR", 120_050),
        ("1 200", "EUR", 120_000),
        ("1'200", "CHF", 120_000),
        ("$1,200", "USD", 120_000),
        ("30 eur", "EUR", 3_000),
        ("-30", "USD", -3_000),
        ("-$30.50", "USD", -3_050),
        ("−$30.50", "USD", -3_050),
        ("+5", "USD", 500),
        ("0", "USD", 0),
        (".5", "USD", 50),
        ("1200", "JPY", 1200),
        ("1200.00", "JPY", 1200),
        ("1.250", "KWD", 1250),
    ],
)
def test_money_is_typed_in_major_units(typed: str, currency: str, minor: int) -> None:
    assert parse_amount(typed, currency) == minor


@pytest.mark.parametrize("typed", ["", "abc", "1e5", "1,2,3", "1.200,50", "--5", "nan", "5-"])
def test_what_is_no_amount_is_refused(typed: str) -> None:
    with pytest.raises(WrongUsageError, match="not an amount of money"):
        parse_amount(typed, "USD")


@pytest.mark.parametrize(
    ("typed", "currency"),
    [("0.005", "USD"), ("0,005", "EUR"), ("1.5", "JPY"), ("1.2345", "KWD"), ("1.2005", "EUR")],
)
def test_more_decimals_than_the_currency_has_are_refused(typed: str, currency: str) -> None:
    with pytest.raises(WrongUsageError, match="more decimals"):
        parse_amount(typed, currency)


@pytest.mark.parametrize(
    ("typed", "currency", "both"),
    [("1,500", "KWD", "1500, or 1.500"), ("-12,345", "KWD", "12345, or 12.345"),
     ("1.200", "EUR", "1200, or 1.20"), ("$1.005", "USD", "1005, or 1.00")],
)  # fmt: skip
def test_money_that_can_be_read_in_two_ways_is_refused_with_both(
    typed: str, currency: str, both: str
) -> None:
    with pytest.raises(WrongUsageError, match=f"in two ways: type {both}"):
        parse_amount(typed, currency)


@pytest.mark.parametrize(
    ("typed", "currency", "minor"),
    [("0,500", "KWD", 500), ("1.500", "KWD", 1500), ("1,500,000", "KWD", 1_500_000_000),
     ("1,500.250", "KWD", 1_500_250), ("1,200", "EUR", 120_000), ("1,200", "JPY", 1200)],
)  # fmt: skip
def test_a_leading_zero_is_no_group_of_thousands(typed: str, currency: str, minor: int) -> None:
    assert parse_amount(typed, currency) == minor


@given(st.integers(-(10**9), 10**9), st.sampled_from(["EUR", "JPY", "KWD"]))
def test_money_as_it_is_typed_is_read_again_as_the_same(minor: int, currency: str) -> None:
    assert parse_amount(plain_money(minor, currency), currency) == minor


@pytest.mark.parametrize("typed", ["1,234", "1.234", "12.345 h"])
def test_a_length_that_can_be_read_in_two_ways_is_refused(typed: str) -> None:
    with pytest.raises(WrongUsageError, match=r"in two ways: type \d+, or \d+\.\d\d\."):
        parse_seconds(typed)


def test_more_money_than_can_be_kept_is_refused() -> None:
    with pytest.raises(WrongUsageError, match="more money than can be kept"):
        parse_amount("9" * 60, "USD")


@pytest.mark.parametrize(("typed", "count"), [("1", 1), (" 10 ", 10), ("10000", 10_000)])
def test_a_count_is_a_whole_number(typed: str, count: int) -> None:
    assert parse_count(typed) == count


@pytest.mark.parametrize("typed", ["", "0", "-1", "1.5", "abc", "10001", "9" * 5000])
def test_what_is_no_count_is_refused(typed: str) -> None:
    with pytest.raises(WrongUsageError, match="whole number"):
        parse_count(typed)


@pytest.mark.parametrize(
    ("typed", "moment"),
    [
        ("9:05", time(9, 5)),
        ("17:30", time(17, 30)),
        ("17.30", time(17, 30)),
        ("17h30", time(17, 30)),
        ("17", time(17)),
        ("9am", time(9)),
        ("9:05 pm", time(21, 5)),
        ("12am", time(0)),
        ("12pm", time(12)),
        ("0:00", time(0)),
    ],
)
def test_a_time_of_day_is_read(typed: str, moment: time) -> None:
    assert parse_time(typed) == moment


@pytest.mark.parametrize("typed", ["", "24:00", "9:60", "25:61", "13pm", "0am", "abc", "-1", "9:5"])
def test_what_is_no_time_of_day_is_refused(typed: str) -> None:
    with pytest.raises(WrongUsageError, match="not a time of day"):
        parse_time(typed)


@pytest.mark.parametrize(
    ("typed", "days"),
    [
        ("daily", EVERY_DAY),
        ("Every day", EVERY_DAY),
        ("mon-fri", MONDAY_TO_FRIDAY),
        ("weekdays", MONDAY_TO_FRIDAY),
        ("weekend", {5, 6}),
        ("mon,wed", {0, 2}),
        ("Mon, Wed, Fri", {0, 2, 4}),
        ("mo we", {0, 2}),
        ("monday to thursday", {0, 1, 2, 3}),
        ("fri-mon", {4, 5, 6, 0}),
        ("mon-tue,sat", {0, 1, 5}),
        ("sun", {6}),
    ],
)
def test_weekdays_are_read(typed: str, days: set[int]) -> None:
    assert parse_weekdays(typed) == days


@pytest.mark.parametrize("typed", ["", "m", "t", "xyz", "mon-", "-fri", "mon-fri-sun", "mon,,x"])
def test_what_are_no_weekdays_is_refused(typed: str) -> None:
    with pytest.raises(WrongUsageError, match="not weekdays: type daily"):
        parse_weekdays(typed)


@pytest.mark.parametrize(
    ("typed", "outcome"),
    [
        ("won", Outcome.WON),
        ("NO ANSWER", Outcome.NO_ANSWER),
        ("no-answer", Outcome.NO_ANSWER),
        ("meeting_set", Outcome.MEETING_SET),
        ("meet", Outcome.MEETING_SET),
        ("v", Outcome.VOICEMAIL),
    ],
)
def test_an_outcome_is_read_by_its_name_or_beginning(typed: str, outcome: Outcome) -> None:
    assert parse_outcome(typed) is outcome


@pytest.mark.parametrize("typed", ["", "x", "wonn", "bought"])
def test_what_is_no_outcome_is_refused_with_all_of_them(typed: str) -> None:
    with pytest.raises(WrongUsageError, match="choose one of no_answer, voicemail, gatekeeper"):
        parse_outcome(typed)


@pytest.mark.parametrize(
    ("typed", "working"),
    [
        ("09:00-17:00", WorkingDay()),
        ("9-17 mon-fri", WorkingDay()),
        ("8:30 - 17:15 mon - thu", WorkingDay(time(8, 30), time(17, 15), frozenset(range(4)))),
        ("22:00-06:00 daily", WorkingDay(time(22), time(6), EVERY_DAY)),
        ("9-9", WorkingDay(time(9), time(9))),
    ],
)
def test_a_working_day_is_read(typed: str, working: WorkingDay) -> None:
    assert parse_working_day(typed) == working


@pytest.mark.parametrize("typed", ["", "9", "9-25", "9-17 xyz"])
def test_what_is_no_working_day_is_refused(typed: str) -> None:
    with pytest.raises(WrongUsageError):
        parse_working_day(typed)


@pytest.mark.parametrize("name", ["[/b]", "🚀 Launch", "מכירות", "a\nb", "x" * 500])
def test_any_name_that_is_not_blank_is_a_name(name: str) -> None:
    assert parse_name(f" {name} ", "activity") == name


@pytest.mark.parametrize("typed", ["", "  ", "\n\t", "x" * 1001])
def test_a_blank_or_endless_name_is_refused(typed: str) -> None:
    with pytest.raises(WrongUsageError, match="name"):
        parse_name(typed, "activity")


@pytest.mark.parametrize("typed", ["", " ", "\x00", "\u200b", " \u200d\u200b ", "\u202e", "\ufeff"])
def test_a_contact_whose_name_does_not_show_is_none(typed: str) -> None:
    assert parse_contact(typed) is None
    assert parse_contact(f"{typed}Acme") == f"{typed}Acme".strip()
