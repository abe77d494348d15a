"""The settings, the working day, and a moment: now, as one command takes it."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from needlemover.domain.promises.status import DayOff
from needlemover.domain.settings import (
    Moment,
    NextWorth,
    Settings,
    WorkingDay,
    is_working_day,
    seconds_a_day,
    working_days,
)

from .conftest import TODAY, TOMORROW, YESTERDAY

BERLIN = ZoneInfo("Europe/Berlin")
SATURDAY = date(2026, 11, 28)


def moment(local: datetime, day: date = TODAY) -> Moment:
    """A local time in Berlin, in a day that begins at 04:00."""
    return Moment(local.replace(tzinfo=BERLIN).astimezone(UTC), BERLIN, day, Settings())


def berlin(day: date, at: time) -> datetime:
    return datetime.combine(day, at, BERLIN).astimezone(UTC)


@pytest.mark.parametrize(
    ("now", "typed", "meant"),
    [
        (time(14), time(13, 30), (TODAY, time(13, 30))),
        (time(14), time(14), (TODAY, time(14))),
        (time(14), time(14, 1), (TODAY, time(14, 1))),
        (time(5), time(3, 30), (TODAY, time(3, 30))),
        (time(5), time(1), (TODAY, time(1))),
        (time(5), time(0, 59), (TOMORROW, time(0, 59))),
        (time(5), time(23, 30), (TODAY, time(23, 30))),
        (time(4, 30), time(4), (TODAY, time(4))),
    ],
)
def test_a_time_that_is_still_to_come_is_taken_for_one_of_up_to_four_hours_ago(
    now: time, typed: time, meant: tuple[date, time]
) -> None:
    assert moment(datetime.combine(TODAY, now)).lately_at(typed) == berlin(*meant)


def test_a_time_before_the_boundary_is_of_the_following_night() -> None:
    late = moment(datetime(2026, 11, 24, 14))
    assert late.at(TODAY, time(3, 59)) == berlin(TOMORROW, time(3, 59))
    assert late.at(TODAY, time(4)) == berlin(TODAY, time(4))
    assert late.day_of(berlin(TODAY, time(3, 59))) == YESTERDAY
    assert late.day_of(berlin(TODAY, time(4))) == TODAY


def test_a_moment_knows_the_local_clock_and_its_offset_at_any_instant() -> None:
    now = moment(datetime(2026, 11, 24, 14))
    assert now.local == datetime(2026, 11, 24, 14, tzinfo=BERLIN)
    assert now.local.hour == 14
    assert now.starts_at == time(4)
    assert now.offset_at(now.now) == 3600
    assert now.offset_at(datetime(2026, 7, 1, tzinfo=UTC)) == 7200


@pytest.mark.parametrize(("day", "worth"), [(YESTERDAY, 5_000), (TODAY, 6_000), (TOMORROW, 6_000)])
def test_a_second_declared_worth_holds_from_its_day_on(day: date, worth: int) -> None:
    both = Settings(hourly_worth=5_000, hourly_worth_next=NextWorth(6_000, TODAY))
    assert both.declared_worth(day) == worth
    assert Settings(hourly_worth=5_000).declared_worth(day) == 5_000
    assert Settings().declared_worth(day) is None


@pytest.mark.parametrize(
    ("start", "end", "hours"),
    [
        (time(9), time(17), 8),
        (time(22), time(6), 8),
        (time(9), time(9), 24),
        (time(9), time(10), 1),
    ],
)
def test_a_working_day_is_as_long_as_the_clock_says(start: time, end: time, hours: int) -> None:
    assert seconds_a_day(WorkingDay(start, end)) == hours * 3600


def test_work_is_done_on_its_weekdays_but_for_days_off_of_everything() -> None:
    usual = WorkingDay()
    off, of_one = [DayOff(TODAY, TODAY)], [DayOff(TODAY, TODAY, activity_id=1)]
    assert is_working_day(TODAY, usual, of_one)
    assert not is_working_day(TODAY, usual, off)
    assert not is_working_day(SATURDAY, usual, [])
    assert working_days(TODAY, TODAY, usual, []) == 1
    assert working_days(YESTERDAY, SATURDAY + timedelta(days=1), usual, off) == 4


@pytest.mark.parametrize(
    ("end", "evening"), [(time(17), time(17)), (time(9), time.max), (time(6), time.max)]
)
def test_the_evening_begins_when_the_working_day_ends_or_with_its_date(
    end: time, evening: time
) -> None:
    assert WorkingDay(time(9), end).evening == evening
