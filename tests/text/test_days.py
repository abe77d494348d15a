"""Days in words, and the sentence where a day cannot be told from what was typed."""

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from needlemover.domain.errors import WrongUsageError
from needlemover.text.format import long_day, plain_day, plain_when, short_day
from needlemover.text.parse.days import parse_day, parse_when

TODAY = date(2026, 11, 24)
"""A Tuesday."""
NOW = datetime(2026, 11, 24, 13, 30)
days = st.dates(date(1970, 1, 1), date(2200, 12, 31))


@pytest.mark.parametrize(
    ("typed", "past", "ahead"),
    [
        ("today", TODAY, TODAY),
        (" Yesterday ", date(2026, 11, 23), date(2026, 11, 23)),
        ("tomorrow", date(2026, 11, 25), date(2026, 11, 25)),
        ("-1d", date(2026, 11, 23), date(2026, 11, 23)),
        ("-3", date(2026, 11, 21), date(2026, 11, 21)),
        ("+3", date(2026, 11, 27), date(2026, 11, 27)),
        ("+2 weeks", date(2026, 12, 8), date(2026, 12, 8)),
        ("2w", date(2026, 11, 10), date(2026, 12, 8)),
        ("10 days", date(2026, 11, 14), date(2026, 12, 4)),
        ("mon", date(2026, 11, 23), date(2026, 11, 30)),
        ("wed", date(2026, 11, 18), date(2026, 11, 25)),
        ("Sunday", date(2026, 11, 22), date(2026, 11, 29)),
        ("tue", date(2026, 11, 17), date(2026, 12, 1)),
        ("24 nov", TODAY, TODAY),
        ("30 nov", date(2025, 11, 30), date(2026, 11, 30)),
        ("Nov 30", date(2025, 11, 30), date(2026, 11, 30)),
        ("30. November", date(2025, 11, 30), date(2026, 11, 30)),
        ("1 jan", date(2026, 1, 1), date(2027, 1, 1)),
        ("31.12.", date(2025, 12, 31), date(2026, 12, 31)),
        ("12/31", date(2025, 12, 31), date(2026, 12, 31)),
        ("5.5.", date(2026, 5, 5), date(2027, 5, 5)),
        ("29 feb", date(2024, 2, 29), date(2028, 2, 29)),
        ("24.11.2026", TODAY, TODAY),
        ("30 nov 2031", date(2031, 11, 30), date(2031, 11, 30)),
        ("nov 30, 2019", date(2019, 11, 30), date(2019, 11, 30)),
        ("2027-03-01", date(2027, 3, 1), date(2027, 3, 1)),
        ("2028-02-29", date(2028, 2, 29), date(2028, 2, 29)),
        ("Tue 24 Nov", TODAY, TODAY),
    ],
)
def test_a_day_is_read_in_its_direction(typed: str, past: date, ahead: date) -> None:
    assert parse_day(typed, TODAY) == past
    assert parse_day(typed, TODAY, ahead=True) == ahead


def test_a_29_february_is_found_across_a_century_without_one() -> None:
    assert parse_day("29 feb", date(2097, 3, 1), ahead=True) == date(2104, 2, 29)
    assert parse_day("29 feb", date(2103, 3, 1)) == date(2096, 2, 29)


def test_a_last_day_is_looked_for_after_the_first_one() -> None:
    read = {"ahead": True, "after": date(2026, 11, 29)}
    assert parse_day("fri", TODAY, **read) == date(2026, 12, 4)
    assert parse_day("mon", TODAY, **read) == date(2026, 11, 30)
    assert parse_day("+7", TODAY, **read) == date(2026, 12, 1)


HOSTILE = [
    "", "monkey", "m", "30", "30 feb", "31.11.", "31.02.2026", "2026-02-30", "2027-02-29",
    "2026-1-1", "20261124", "24.11.26", "0000-01-01", "30 nov 0000", "Mon 24 Nov 2026", "+", "-d",
    "w", "+10000", "9" * 4300, "+" + "9" * 4300, "9" * 4300 + " nov", "٣ nov", "+३", "２w",
    "²d", "mon\x00day", "\x1b[31m30 nov", "to\u202eday", "24/11-2026", "thu 25:00",
]  # fmt: skip


@pytest.mark.parametrize("typed", HOSTILE)
def test_what_is_no_day_gets_one_sentence_that_names_what_is(typed: str) -> None:
    for read in (
        lambda: parse_day(typed, TODAY),
        lambda: parse_day(typed, TODAY, ahead=True),
        lambda: parse_when(typed, TODAY, NOW),
    ):
        with pytest.raises(WrongUsageError) as refused:
            read()
        sentence = str(refused.value)
        assert "is not a day: type today, yesterday, tomorrow, mon, -1d, +3, 2w, 30 nov" in sentence
        assert len(sentence) < 210
        assert sentence.isprintable()


@pytest.mark.parametrize(
    ("typed", "readings"),
    [
        ("3.12.", "type 3 Dec 2025, or 12 Mar 2026."),
        ("12/3", "type 3 Dec 2025, or 12 Mar 2026."),
        ("3.12.2026", "type 12 Mar 2026, or 3 Dec 2026."),
    ],
)
def test_what_can_be_read_in_two_ways_is_refused_with_both(typed: str, readings: str) -> None:
    with pytest.raises(WrongUsageError) as refused:
        parse_day(typed, TODAY)
    assert str(refused.value) == f"“{typed}” can be read in several ways: {readings}"


@pytest.mark.parametrize("typed", ["1899-12-31", "3000-01-01", "0001-01-01", "-9999w"])
def test_a_day_that_is_too_far_away_is_refused(typed: str) -> None:
    with pytest.raises(WrongUsageError, match="too far away"):
        parse_day(typed, TODAY)


@pytest.mark.parametrize(
    ("typed", "day", "at"),
    [
        ("tomorrow", date(2026, 11, 25), None),
        ("thu 14:00", date(2026, 11, 26), time(14)),
        ("Thu at 2pm", date(2026, 11, 26), time(14)),
        ("30 nov 9:30", date(2026, 11, 30), time(9, 30)),
        ("nov 30 9.30", date(2026, 11, 30), time(9, 30)),
        ("+3 17h30", date(2026, 11, 27), time(17, 30)),
        ("2w", date(2026, 12, 8), None),
        ("31.12. 8:00", date(2026, 12, 31), time(8)),
        ("2026-12-01 16:05", date(2026, 12, 1), time(16, 5)),
        ("today", TODAY, None),
        ("today 13:30", TODAY, time(13, 30)),
        ("14:00", TODAY, time(14)),
        ("at 9 am", date(2026, 11, 25), time(9)),
        ("17.30", TODAY, time(17, 30)),
    ],
)
def test_a_day_to_come_is_read_with_its_time(typed: str, day: date, at: time | None) -> None:
    assert parse_when(typed, TODAY, NOW) == (day, at)


def test_after_midnight_a_time_is_the_next_one_on_the_clock() -> None:
    assert parse_when("14:00", TODAY, datetime(2026, 11, 25, 1)) == (date(2026, 11, 25), time(14))


@pytest.mark.parametrize("typed", ["yesterday", "today 13:29", "-1d", "2026-11-23", "-2w 9:00"])
def test_a_callback_in_the_past_is_refused(typed: str) -> None:
    with pytest.raises(WrongUsageError, match="is past: type a day to come"):
        parse_when(typed, TODAY, NOW)


def test_a_number_that_may_be_two_dates_or_a_time_is_refused_with_all_three() -> None:
    with pytest.raises(WrongUsageError) as refused:
        parse_when("9.12", TODAY, NOW)
    assert str(refused.value) == (
        "“9.12” can be read in several ways: type 25 Nov 2026 09:12, or 9 Dec 2026, or 12 Sep 2027."
    )


@given(days, days)
def test_a_day_is_read_back_as_it_is_shown(day: date, today: date) -> None:
    for write in (long_day, plain_day, date.isoformat):
        assert parse_day(write(day), today) == parse_day(write(day), today, ahead=True) == day


@given(days, st.integers(0, 364))
def test_a_day_within_a_year_is_read_back_without_its_year(today: date, away: int) -> None:
    later, earlier = today + timedelta(days=away), today - timedelta(days=away)
    assert parse_day(short_day(later), today, ahead=True) == later
    assert parse_day(short_day(earlier), today) == earlier


@given(days, st.integers(0, 3650), st.times().map(lambda at: at.replace(second=0, microsecond=0)))
def test_a_day_and_time_are_read_back_as_they_are_shown(today: date, away: int, at: time) -> None:
    day = today + timedelta(days=away)
    now = datetime.combine(today, time(0))
    assert parse_when(plain_when(day, at), today, now) == (day, at)
    assert parse_when(plain_when(day, None), today, now) == (day, None)


@given(days, st.sampled_from(["mon", "tue", "wed", "thu", "fri", "sat", "sun"]))
def test_a_weekday_is_within_the_week_on_its_side(today: date, weekday: str) -> None:
    ahead, past = parse_day(weekday, today, ahead=True), parse_day(weekday, today)
    assert 1 <= (ahead - today).days <= 7
    assert 1 <= (today - past).days <= 7
    assert f"{ahead:%a}".lower() == f"{past:%a}".lower() == weekday


@given(st.text(max_size=30))
def test_anything_typed_is_a_day_or_one_sentence(typed: str) -> None:
    try:
        said = f"{parse_when(typed, TODAY, NOW)}."
    except WrongUsageError as refused:
        said = str(refused)
    assert said.endswith(".")
