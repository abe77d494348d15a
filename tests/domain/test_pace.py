"""Pace: how the day and the week stand by the clock."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from needlemover.domain.calls.entry import running_seconds
from needlemover.domain.progress.quota_history import QuotaBar, ThisWeek
from needlemover.domain.settings import WorkingDay, expected_share, pace

BERLIN = ZoneInfo("Europe/Berlin")
TUESDAY = date(2026, 11, 24)
NINE_TO_FIVE = WorkingDay()
NIGHT = WorkingDay(time(22), time(6))


def share(hour: int, minute: int = 0, *, day: date = TUESDAY, later: int = 0) -> float:
    """Of a nine-to-five day, at a local time so many days later."""
    local = datetime.combine(day, time(hour, minute), tzinfo=BERLIN) + timedelta(days=later)
    return expected_share(local.astimezone(UTC), day, BERLIN, NINE_TO_FIVE)


def week_pace(done: int, asked: tuple[int, int], hour: int) -> int | None:
    """Of a week in which so much was done, and asked before today and today."""
    bar = QuotaBar(TUESDAY, TUESDAY, done, 0, sum(asked), None, 0, 0)
    now = datetime(2026, 11, 24, hour, tzinfo=BERLIN)
    week = ThisWeek(TUESDAY, bar, 0, None, None, seconds_due=asked)
    return week.pace(now, BERLIN, NINE_TO_FIVE).seconds


@pytest.mark.parametrize(
    ("hour", "minute", "expected"),
    [(5, 0, 0), (9, 0, 0), (11, 0, 0.25), (13, 0, 0.5), (15, 40, 400 / 480), (17, 0, 1),
     (23, 0, 1)],
)  # fmt: skip
def test_the_share_rises_evenly_over_the_working_day(
    hour: int, minute: int, expected: float
) -> None:
    assert share(hour, minute) == pytest.approx(expected)


def test_after_midnight_all_of_the_day_should_be_done() -> None:
    assert share(2, later=1) == 1


def test_a_saturday_that_is_due_is_measured_by_the_same_hours() -> None:
    assert share(13, day=date(2026, 11, 28)) == 0.5


@pytest.mark.parametrize(
    ("local", "expected"),
    [
        (datetime(2026, 11, 24, 21), 0),
        (datetime(2026, 11, 24, 22), 0),
        (datetime(2026, 11, 25, 0), 0.25),
        (datetime(2026, 11, 25, 2), 0.5),
        (datetime(2026, 11, 25, 6), 1),
    ],
)
def test_a_working_day_that_ends_before_it_starts_ends_the_next_morning(
    local: datetime, expected: float
) -> None:
    now = local.replace(tzinfo=BERLIN).astimezone(UTC)
    assert expected_share(now, TUESDAY, BERLIN, NIGHT) == expected


def test_a_working_day_that_ends_when_it_starts_lasts_a_whole_day() -> None:
    around = WorkingDay(time(9), time(9))
    now = datetime(2026, 11, 24, 21, tzinfo=BERLIN).astimezone(UTC)
    assert expected_share(now, TUESDAY, BERLIN, around) == 0.5


def test_a_night_shift_over_the_change_of_clocks_is_measured_in_real_hours() -> None:
    # 22:00 to 06:00 on the night to 29 March has seven hours: 03:30 comes after four and a half.
    now = datetime(2026, 3, 29, 3, 30, tzinfo=BERLIN).astimezone(UTC)
    assert expected_share(now, date(2026, 3, 28), BERLIN, NIGHT) == pytest.approx(4.5 / 7)


@pytest.mark.parametrize(
    ("done", "by_now", "expected"),
    [(2280, 0.75, -420), (2700, 0.75, 0), (3600, 0.5, 1800), (0, 0, 0), (0, 1, -3600)],
)
def test_pace_is_what_is_done_less_what_should_be_done_by_now(
    done: int, by_now: float, expected: int
) -> None:
    assert pace(done, 3600, by_now) == expected


def test_the_pace_of_the_week_asks_for_the_days_before_and_the_share_of_today() -> None:
    # Two due days of an hour are over, half of the third should be done: 150 minutes; 130 are.
    assert week_pace(130 * 60, (2 * 3600, 3600), hour=13) == -20 * 60


def test_the_pace_of_the_week_asks_nothing_of_a_day_that_is_not_due() -> None:
    assert week_pace(3 * 3600, (2 * 3600, 0), hour=17) == 3600


def test_a_timer_has_run_since_it_was_started() -> None:
    start = datetime(2026, 11, 24, 9, 0, 0, 500_000, tzinfo=UTC)
    assert running_seconds(start, start + timedelta(seconds=72, milliseconds=900)) == 72


def test_a_timer_started_before_the_clock_was_set_back_has_not_run_at_all() -> None:
    start = datetime(2026, 11, 24, 9, tzinfo=UTC)
    assert running_seconds(start, start - timedelta(hours=1)) == 0


def test_it_is_evening_when_the_working_day_ends_at_midnight_at_the_latest() -> None:
    assert NINE_TO_FIVE.evening == time(17)
    assert NIGHT.evening == time.max
