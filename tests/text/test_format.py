"""Values written out for people."""

from datetime import UTC, date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from needlemover.domain.promises.commitment import EVERY_DAY, MONDAY_TO_FRIDAY, Rule, Terms
from needlemover.domain.settings import Settings, WorkingDay
from needlemover.text.format import (
    clock_length,
    clock_time,
    days_from_to,
    exact_length,
    local_time,
    long_day,
    minor_digits,
    minutes,
    money,
    plain_day,
    plain_money,
    plural,
    quota,
    quoted,
    round_minutes,
    short_day,
    shown,
    typed_weekdays,
    weekdays,
)
from needlemover.text.parse.days import parse_weekdays, parse_working_day
from needlemover.text.parse.values import parse_amount, parse_seconds
from needlemover.text.settings import typed_setting

from ..conftest import terms


@pytest.mark.parametrize(
    ("seconds", "written"),
    [(0, "0 min"), (35, "35 s"), (60, "1 min"), (119, "1 min"), (2280, "38 min"),
     (3599, "59 min"), (3600, "1 h"), (3840, "1 h 04"), (-720, "−12 min"),
     (-35, "−35 s"), (-3840, "−1 h 04"), (86_400, "24 h"), (11_400, "3 h 10"),
     (3_700_000, "1,027 h 46")],
)  # fmt: skip
def test_a_length_has_one_form(seconds: int, written: str) -> None:
    assert minutes(seconds) == written


def test_a_minute_counts_only_when_it_is_full() -> None:
    assert [round_minutes(seconds) for seconds in (59, 60, 3599, -59, -60)] == [0, 1, 59, 0, -1]


@pytest.mark.parametrize(
    ("seconds", "written"),
    [(0, "0:00"), (35, "0:35"), (760, "12:40"), (3760, "1:02:40"), (-5, "0:00")],
)
def test_a_call_is_written_as_on_a_stopwatch(seconds: int, written: str) -> None:
    assert clock_length(seconds) == written


@pytest.mark.parametrize(
    ("amount", "currency", "written"),
    [
        (120_000, "USD", "$1,200"),
        (3050, "USD", "$30.50"),
        (-3050, "USD", "−$30.50"),
        (120_000, "CHF", "1,200 CHF"),
        (1200, "JPY", "¥1,200"),
        (1250, "KWD", "1.250 KWD"),
        (0, "EUR", "€0"),
        (5, "EUR", "€0.05"),
    ],
)
def test_money_is_written_in_major_units(amount: int, currency: str, written: str) -> None:
    assert money(amount, currency) == written


def test_decimals_follow_the_currency() -> None:
    assert [minor_digits(currency) for currency in ("USD", "JPY", "KWD", "XYZ")] == [2, 0, 3, 2]


@given(st.integers(-(10**12), 10**12), st.sampled_from(["USD", "EUR", "JPY", "KWD"]))
def test_money_as_it_is_typed_reads_back_the_same(amount: int, currency: str) -> None:
    assert parse_amount(plain_money(amount, currency), currency) == amount


@given(st.integers(0, 86_400))
def test_a_length_on_the_stopwatch_reads_back_the_same(seconds: int) -> None:
    assert parse_seconds(clock_length(seconds), unit="s", in_file=True) == seconds


@given(st.frozensets(st.integers(0, 6), min_size=1))
def test_weekdays_as_they_are_typed_read_back_the_same(days: frozenset[int]) -> None:
    assert parse_weekdays(typed_weekdays(days)) == days


minutes_of_day = st.times().map(lambda moment: moment.replace(second=0, microsecond=0))


@given(minutes_of_day, minutes_of_day, st.frozensets(st.integers(0, 6), min_size=1))
def test_a_working_day_as_it_is_typed_reads_back_the_same(
    start: time, end: time, days: frozenset[int]
) -> None:
    if start != end:
        working = WorkingDay(start, end, days)
        assert (
            parse_working_day(typed_setting(Settings(working_day=working), "working_day"))
            == working
        )


def test_days_and_times_are_written_out() -> None:
    assert long_day(date(2026, 11, 24)) == "Tuesday 24 November 2026"
    assert short_day(date(2026, 2, 1)) == "Sun 1 Feb"
    assert short_day(date(2026, 2, 1), today=date(2026, 12, 31)) == "Sun 1 Feb"
    assert short_day(date(2024, 2, 29), today=date(2026, 2, 1)) == "Thu 29 Feb 2024"
    assert clock_time(time(9, 5)) == "09:05"
    assert typed_setting(Settings(), "working_day") == "09:00-17:00 mon-fri"


@pytest.mark.parametrize(
    ("days", "written", "typed"),
    [
        (EVERY_DAY, "daily", "daily"),
        (MONDAY_TO_FRIDAY, "Mon to Fri", "mon-fri"),
        ({2, 0}, "Mon Wed", "mon,wed"),
    ],
)
def test_weekdays_are_written_out(days: set[int], written: str, typed: str) -> None:
    assert (weekdays(days), typed_weekdays(days)) == (written, typed)


@pytest.mark.parametrize(
    ("what", "is_sales", "written"),
    [
        (terms(), False, "a tick"),
        (terms(30, 10), True, "30 min and 10 conversations"),
        (terms(60, 3, rule=Rule.ANY), False, "1 h or 3 times"),
        (terms(count=1), True, "1 conversation"),
        (terms(count=1), False, "1 time"),
    ],
)
def test_a_quota_is_written_out(what: Terms, is_sales: bool, written: str) -> None:
    assert quota(what, is_sales=is_sales) == written


def test_a_time_is_that_of_the_clock_where_it_happened() -> None:
    moment = datetime(2026, 11, 24, 8, 12, tzinfo=UTC)
    assert local_time(moment, 3600) == "09:12"
    assert local_time(moment, -5 * 3600) == "03:12"
    assert local_time(moment, 20_700) == "13:57"
    assert local_time(None, None) == ""


def test_one_and_many() -> None:
    assert [plural(number, "call") for number in (0, 1, 2)] == ["calls", "call", "calls"]
    assert plural(2, "entry", "entries") == "entries"


@pytest.mark.parametrize(
    ("text", "safe"),
    [
        ("Acme Corp", "Acme Corp"),
        ("[red]x[/b]", "[red]x[/b]"),
        ("🚀 מכירות", "🚀 מכירות"),
        ("a\nb\tc", "a␊b␉c"),
        ("\x1b[31mred", "␛[31mred"),
        ("\x07\x7f", "␇␡"),
        ("\x9b31m", "�31m"),
        ("x\u202egnp.exe", "x�gnp.exe"),
        ("e\u0301", "é"),
        ("\udce9", "?"),
    ],
)
def test_a_users_text_is_shown_as_it_is_but_for_what_a_terminal_would_obey(
    text: str, safe: str
) -> None:
    assert shown(text) == safe


@given(st.text(st.characters(exclude_categories=[])))
def test_nothing_that_a_terminal_obeys_is_ever_shown(text: str) -> None:
    safe = shown(text)
    assert safe.encode("utf-8").decode("utf-8") == safe
    assert not any(ord(sign) < 32 or 127 <= ord(sign) < 160 for sign in safe)
    assert len(safe.splitlines()) <= 1


def test_a_long_text_is_cut_in_quotes() -> None:
    assert quoted("Acme") == "“Acme”"
    assert quoted("x" * 40) == "“" + "x" * 40 + "”"
    assert quoted("x" * 41) == "“" + "x" * 39 + "…”"


def test_a_range_of_days_says_the_year_once_where_it_is_the_same() -> None:
    first, last = date(2026, 9, 12), date(2026, 11, 24)
    assert plain_day(first) == "12 Sep 2026"
    assert days_from_to(first, last) == "12 Sep – 24 Nov 2026"
    assert days_from_to(date(2025, 12, 24), first) == "24 Dec 2025 – 12 Sep 2026"
    assert days_from_to(first, first) == "12 Sep 2026"
    assert days_from_to(first, None) == "since 12 Sep 2026"


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(0, "0 min"), (35, "35 s"), (60, "1 min"), (90, "1 min 30 s"), (7200, "2 h"),
     (7220, "2 h 20 s"), (11_120, "3 h 05 min 20 s")],
)  # fmt: skip
def test_an_exact_length_leaves_no_second_out(seconds: int, words: str) -> None:
    assert exact_length(seconds) == words
