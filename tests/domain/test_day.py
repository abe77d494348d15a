"""The local day: its boundary, the nights on which clocks change, and dates that travel skips."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from needlemover.domain.day import (
    ONE_DAY,
    day_start,
    days_between,
    days_without,
    instant_on,
    local_day,
    month_of,
    seconds_left,
    skipped_day,
)

FOUR = time(4)
BERLIN = ZoneInfo("Europe/Berlin")
LORD_HOWE = ZoneInfo("Australia/Lord_Howe")
APIA = ZoneInfo("Pacific/Apia")

# Minutes east of UTC on 24 November 2026.
ZONES = {
    "Pacific/Kiritimati": 14 * 60,
    "Pacific/Chatham": 13 * 60 + 45,
    "Pacific/Apia": 13 * 60,
    "Pacific/Auckland": 13 * 60,
    "Australia/Lord_Howe": 11 * 60,
    "Australia/Sydney": 11 * 60,
    "Australia/Adelaide": 10 * 60 + 30,
    "Australia/Darwin": 9 * 60 + 30,
    "Asia/Tokyo": 9 * 60,
    "Australia/Eucla": 8 * 60 + 45,
    "Asia/Shanghai": 8 * 60,
    "Asia/Yangon": 6 * 60 + 30,
    "Asia/Kathmandu": 5 * 60 + 45,
    "Asia/Kolkata": 5 * 60 + 30,
    "Asia/Kabul": 4 * 60 + 30,
    "Asia/Tehran": 3 * 60 + 30,
    "Africa/Johannesburg": 2 * 60,
    "Europe/Berlin": 60,
    "Europe/London": 0,
    "Atlantic/Azores": -60,
    "America/St_Johns": -(3 * 60 + 30),
    "America/Sao_Paulo": -3 * 60,
    "America/New_York": -5 * 60,
    "America/Los_Angeles": -8 * 60,
    "Pacific/Marquesas": -(9 * 60 + 30),
    "Pacific/Honolulu": -10 * 60,
    "Pacific/Pago_Pago": -11 * 60,
}


def utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)


@pytest.mark.parametrize(("name", "minutes_east"), ZONES.items())
def test_the_day_begins_at_four_on_the_local_clock(name: str, minutes_east: int) -> None:
    zone = ZoneInfo(name)
    begin = utc(2026, 11, 24, 4) - timedelta(minutes=minutes_east)
    assert day_start(date(2026, 11, 24), zone, FOUR) == begin
    assert local_day(begin - timedelta(seconds=1), zone, FOUR) == date(2026, 11, 23)
    assert local_day(begin, zone, FOUR) == date(2026, 11, 24)
    assert local_day(begin + timedelta(hours=24, seconds=-1), zone, FOUR) == date(2026, 11, 24)
    assert local_day(begin + timedelta(hours=24), zone, FOUR) == date(2026, 11, 25)


def test_a_call_at_half_past_one_at_night_belongs_to_the_evening_before() -> None:
    assert local_day(utc(2026, 11, 25, 0, 30), BERLIN, FOUR) == date(2026, 11, 24)


def test_with_the_boundary_at_midnight_the_day_is_the_date() -> None:
    assert local_day(utc(2026, 11, 24, 22, 59, 59), BERLIN, time(0)) == date(2026, 11, 24)
    assert local_day(utc(2026, 11, 24, 23), BERLIN, time(0)) == date(2026, 11, 25)


@pytest.mark.parametrize(
    ("zone", "day", "hours"),
    [
        (BERLIN, date(2026, 3, 28), 23),
        (BERLIN, date(2026, 3, 29), 24),
        (BERLIN, date(2026, 10, 24), 25),
        (BERLIN, date(2026, 10, 25), 24),
        (LORD_HOWE, date(2026, 4, 4), 24.5),
        (LORD_HOWE, date(2026, 10, 3), 23.5),
        (ZoneInfo("America/New_York"), date(2026, 3, 7), 23),
        (ZoneInfo("America/New_York"), date(2026, 10, 31), 25),
    ],
)
def test_a_day_in_whose_night_the_clocks_change_is_longer_or_shorter(
    zone: ZoneInfo, day: date, hours: float
) -> None:
    begin = day_start(day, zone, FOUR)
    assert seconds_left(begin, day, zone, FOUR) == hours * 3600
    last = begin + timedelta(hours=hours, seconds=-1)
    assert (local_day(begin, zone, FOUR), local_day(last, zone, FOUR)) == (day, day)
    assert local_day(last + timedelta(seconds=1), zone, FOUR) == day + timedelta(days=1)


def test_the_leap_day_is_a_day_of_its_own() -> None:
    assert local_day(utc(2028, 2, 29, 2, 59), BERLIN, FOUR) == date(2028, 2, 28)
    assert local_day(utc(2028, 2, 29, 3), BERLIN, FOUR) == date(2028, 2, 29)
    assert local_day(utc(2028, 3, 1, 2, 59), BERLIN, FOUR) == date(2028, 2, 29)
    assert local_day(utc(2028, 3, 1, 3), BERLIN, FOUR) == date(2028, 3, 1)


def test_a_boundary_that_the_clocks_skip_is_where_it_would_have_been() -> None:
    # 02:30 does not exist on 29 March; by the old offset it is 01:30 UTC, when clocks show 03:30.
    half_past_two = time(2, 30)
    assert local_day(utc(2026, 3, 29, 1, 29, 59), BERLIN, half_past_two) == date(2026, 3, 28)
    assert local_day(utc(2026, 3, 29, 1, 30), BERLIN, half_past_two) == date(2026, 3, 29)


def test_a_boundary_that_the_clocks_show_twice_is_the_first_one() -> None:
    # On 25 October the clocks show 02:30 at 00:30 UTC and again at 01:30 UTC.
    half_past_two = time(2, 30)
    assert local_day(utc(2026, 10, 25, 0, 29, 59), BERLIN, half_past_two) == date(2026, 10, 24)
    assert local_day(utc(2026, 10, 25, 0, 30), BERLIN, half_past_two) == date(2026, 10, 25)


def test_the_day_does_not_run_backwards_when_the_clocks_do() -> None:
    # At 01:10 UTC the clocks show 02:10 for the second time, before the boundary of 02:30.
    assert local_day(utc(2026, 10, 25, 1, 10), BERLIN, time(2, 30)) == date(2026, 10, 25)


def test_the_day_does_not_run_backwards_when_the_clocks_go_back_over_midnight() -> None:
    # On 29 October 2006, St. John's went at 00:01 (02:31 UTC) back to 23:01 of the 28th.
    zone = ZoneInfo("America/St_Johns")
    assert local_day(utc(2006, 10, 29, 2, 29), zone, time(0)) == date(2006, 10, 28)
    assert local_day(utc(2006, 10, 29, 2, 30), zone, time(0)) == date(2006, 10, 29)
    assert local_day(utc(2006, 10, 29, 3), zone, time(0)) == date(2006, 10, 29)


def test_a_date_that_a_place_left_out_never_comes() -> None:
    # Samoa went from 29 to 31 December 2011, from UTC-10 to UTC+14.
    assert local_day(utc(2011, 12, 30, 13, 59, 59), APIA, FOUR) == date(2011, 12, 29)
    assert local_day(utc(2011, 12, 30, 14), APIA, FOUR) == date(2011, 12, 31)


def test_nothing_is_left_of_a_day_that_is_over() -> None:
    assert seconds_left(utc(2026, 11, 24, 14, 40), date(2026, 11, 24), BERLIN, FOUR) == 44_400
    assert seconds_left(utc(2026, 11, 25, 3), date(2026, 11, 24), BERLIN, FOUR) == 0
    assert seconds_left(utc(2026, 11, 26), date(2026, 11, 24), BERLIN, FOUR) == 0


def skipped(
    before: tuple[str, datetime], after: tuple[str, datetime], starts_at: time = FOUR
) -> date | None:
    """The date skipped between two uses, each at a local time in a zone."""
    days, offsets = [], []
    for name, local in (before, after):
        zone = ZoneInfo(name)
        now = local.replace(tzinfo=zone).astimezone(UTC)
        days.append(local_day(now, zone, starts_at))
        offsets.append(offset_of(now, zone))
    return skipped_day(days[0], offsets[0], days[1], now, zone, starts_at)


def offset_of(now: datetime, zone: ZoneInfo) -> int:
    offset = now.astimezone(zone).utcoffset()
    assert offset is not None
    return int(offset.total_seconds())


def at(day: int, hour: int = 9) -> datetime:
    """In November 2026, by the clock of the place."""
    return datetime(2026, 11, day, hour)


@pytest.mark.parametrize(
    ("start", "goal"),
    [
        ("America/Los_Angeles", "Pacific/Auckland"),
        ("America/Los_Angeles", "Australia/Sydney"),
        ("Pacific/Honolulu", "Australia/Sydney"),
        ("America/New_York", "Asia/Tokyo"),
        ("Pacific/Pago_Pago", "Pacific/Apia"),
    ],
)
@pytest.mark.parametrize(("leaves", "comes"), [(9, 9), (22, 10), (5, 23)])
def test_a_flight_over_the_date_line_skips_the_date_between(
    start: str, goal: str, leaves: int, comes: int
) -> None:
    assert skipped((start, at(24, leaves)), (goal, at(26, comes))) == date(2026, 11, 25)


def test_twelve_hours_forward_are_enough_and_a_minute_less_is_not() -> None:
    days = (date(2026, 11, 24), date(2026, 11, 26))
    now, east = utc(2026, 11, 26, 3), 9 * 3600
    tokyo = ZoneInfo("Asia/Tokyo")
    assert skipped_day(days[0], east - 43_200, days[1], now, tokyo, FOUR) == date(2026, 11, 25)
    assert skipped_day(days[0], east - 43_140, days[1], now, tokyo, FOUR) is None


@pytest.mark.parametrize("left", [27, 28, 29])
@pytest.mark.parametrize("back", [1, 2, 5])
@pytest.mark.parametrize("starts_at", [time(0), FOUR])
def test_the_date_that_samoa_left_out_is_the_one_skipped(
    left: int, back: int, starts_at: time
) -> None:
    before = ("Pacific/Apia", datetime(2011, 12, left, 9))
    after = ("Pacific/Apia", datetime(2012, 1, back, 9))
    assert skipped(before, after, starts_at) == date(2011, 12, 30)


def test_of_a_weekend_and_the_date_of_a_flight_the_last_one_is_taken() -> None:
    friday, tuesday = ("America/Los_Angeles", at(20)), ("Pacific/Auckland", at(24))
    assert skipped(friday, tuesday) == date(2026, 11, 23)


@pytest.mark.parametrize("comes", [25, 30])
def test_a_gap_longer_than_that_gives_no_rest(comes: int) -> None:
    assert skipped(("America/Los_Angeles", at(20)), ("Pacific/Auckland", at(comes))) is None
    assert skipped(("America/New_York", at(1)), ("Asia/Tokyo", at(comes))) is None


def test_who_came_to_samoa_after_it_left_a_date_out_had_that_date() -> None:
    before = ("America/Los_Angeles", datetime(2011, 12, 20, 9))
    assert skipped(before, ("Pacific/Apia", datetime(2012, 1, 5, 9))) is None


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (("Europe/Berlin", at(20, 22)), ("Europe/Berlin", at(23))),
        (("Pacific/Auckland", at(26)), ("America/Los_Angeles", at(28))),
        (("Pacific/Auckland", at(26)), ("America/Los_Angeles", at(25))),
        (("America/Los_Angeles", at(24)), ("Pacific/Auckland", at(25, 23))),
        (("Europe/London", at(24)), ("Asia/Tokyo", at(26))),
    ],
)
def test_a_weekend_without_the_app_a_flight_west_and_a_short_one_skip_nothing(
    before: tuple[str, datetime], after: tuple[str, datetime]
) -> None:
    assert skipped(before, after) is None


def test_the_days_between_include_both_ends() -> None:
    assert list(days_between(date(2028, 2, 28), date(2028, 3, 1))) == [
        date(2028, 2, 28), date(2028, 2, 29), date(2028, 3, 1),
    ]  # fmt: skip
    assert list(days_between(date(2026, 11, 25), date(2026, 11, 24))) == []


def test_a_time_before_the_boundary_is_meant_for_the_following_night() -> None:
    day = date(2026, 11, 24)
    assert instant_on(day, time(15, 5), BERLIN, FOUR) == utc(2026, 11, 24, 14, 5)
    assert instant_on(day, time(4), BERLIN, FOUR) == utc(2026, 11, 24, 3)
    assert instant_on(day, time(1, 30), BERLIN, FOUR) == utc(2026, 11, 25, 0, 30)


def test_the_day_does_not_run_back_when_the_clock_is_put_back_over_midnight() -> None:
    # In St. John's the clock showed 00:01 on 7 November 2010 and went back to 23:01 of the 6th.
    zone = ZoneInfo("America/St_Johns")
    back = utc(2010, 11, 7, 2, 31)
    assert back.astimezone(zone).date() == date(2010, 11, 6)
    assert local_day(back - timedelta(seconds=61), zone, time(0)) == date(2010, 11, 6)
    assert local_day(back - timedelta(seconds=60), zone, time(0)) == date(2010, 11, 7)
    assert local_day(back, zone, time(0)) == date(2010, 11, 7)


RANGES = st.lists(st.tuples(st.integers(-3, 12), st.integers(0, 4)), max_size=4)


@given(RANGES, st.integers(0, 10))
def test_a_range_without_others_holds_the_days_that_are_left(
    off: list[tuple[int, int]], length: int
) -> None:
    first = date(2026, 11, 24)
    last = first + timedelta(days=length)
    cut = [(first + timedelta(days=at), first + timedelta(days=at + size)) for at, size in off]
    found = list(days_without(first, last, cut))
    left = [day for begin, end in found for day in days_between(begin, end)]
    taken = {day for begin, end in cut for day in days_between(begin, end)}
    assert left == [day for day in days_between(first, last) if day not in taken]
    # No two of the ranges could be one.
    assert all(end + ONE_DAY < begin for (_, end), (begin, _) in pairwise(found))


def test_ranges_are_cut_where_others_begin_and_end() -> None:
    days = [date(2026, 11, number) for number in range(31) if number]
    cuts = [(days[1], days[4]), (days[6], days[7])]
    assert list(days_without(days[0], days[2], cuts)) == [(days[0], days[0])]
    assert list(days_without(days[0], days[2], [(days[0], days[0])])) == [(days[1], days[2])]


@pytest.mark.parametrize(
    ("day", "first", "last"),
    [
        (date(2026, 11, 24), date(2026, 11, 1), date(2026, 11, 30)),
        (date(2026, 12, 1), date(2026, 12, 1), date(2026, 12, 31)),
        (date(2027, 1, 31), date(2027, 1, 1), date(2027, 1, 31)),
        (date(2028, 2, 29), date(2028, 2, 1), date(2028, 2, 29)),
    ],
)
def test_a_month_has_its_first_and_its_last_day(day: date, first: date, last: date) -> None:
    assert month_of(day) == (first, last)
