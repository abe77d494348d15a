"""Which backups are kept."""

from collections.abc import Callable, Iterable
from datetime import date, timedelta

from hypothesis import given
from hypothesis import settings as hypothesis
from hypothesis import strategies as st

from needlemover.store.care.backups import days_to_keep

DAY = timedelta(days=1)
SOME_DAYS = st.frozensets(st.dates(date(2024, 1, 1), date(2027, 12, 31)), max_size=120)


def every_day(first: date, last: date) -> list[date]:
    return [first + number * DAY for number in range((last - first).days + 1)]


def test_of_a_year_of_daily_use_seven_days_four_weeks_and_twelve_months_are_kept() -> None:
    kept = days_to_keep(every_day(date(2025, 11, 1), date(2026, 11, 25)))  # ends on a Wednesday
    days = every_day(date(2026, 11, 19), date(2026, 11, 25))
    ends_of_weeks = [date(2026, 11, 22), date(2026, 11, 15), date(2026, 11, 8)]
    ends_of_months = [
        date(2025, 12, 31), date(2026, 1, 31), date(2026, 2, 28), date(2026, 3, 31),
        date(2026, 4, 30), date(2026, 5, 31), date(2026, 6, 30), date(2026, 7, 31),
        date(2026, 8, 31), date(2026, 9, 30), date(2026, 10, 31),
    ]  # fmt: skip
    assert kept == {*days, *ends_of_weeks, *ends_of_months}


def test_a_long_absence_takes_no_backup_away() -> None:
    before = days_to_keep(every_day(date(2026, 1, 1), date(2026, 3, 10)))
    after = days_to_keep([*before, date(2026, 11, 24)])
    assert after >= {date(2026, 3, 10), date(2026, 3, 9), date(2026, 2, 28), date(2026, 1, 31)}


def test_the_last_days_of_a_year_lie_in_the_week_that_begins_in_it() -> None:
    # Monday 28 December 2026 to Sunday 3 January 2027 is one week: its newest day stands for it.
    days = [date(2026, 12, 28), date(2027, 1, 3), *every_day(date(2027, 1, 20), date(2027, 1, 26))]
    assert date(2027, 1, 3) in days_to_keep(days)
    assert date(2026, 12, 28) in days_to_keep(days)  # of its month


@given(SOME_DAYS)
@hypothesis(max_examples=100)
def test_only_days_with_a_backup_are_kept_the_newest_among_them(days: frozenset[date]) -> None:
    kept = days_to_keep(days)
    assert kept <= days
    assert set(sorted(days)[-7:]) <= kept
    assert len(kept) <= 7 + 4 + 12


@given(SOME_DAYS)
@hypothesis(max_examples=100)
def test_what_is_kept_once_is_kept_again_as_long_as_no_backup_comes(days: frozenset[date]) -> None:
    kept = days_to_keep(days)
    assert days_to_keep(kept) == kept


def newest_of_each(days: Iterable[date], period: Callable[[date], object]) -> dict[object, date]:
    return {period(day): day for day in sorted(days)}


@given(SOME_DAYS)
@hypothesis(max_examples=100)
def test_thinning_out_day_by_day_keeps_what_thinning_out_once_would(days: frozenset[date]) -> None:
    kept: frozenset[date] = frozenset()
    for day in sorted(days):
        kept = days_to_keep({*kept, day})
    assert kept == days_to_keep(days)


@given(SOME_DAYS)
@hypothesis(max_examples=100)
def test_each_of_the_last_twelve_months_in_use_has_its_newest_day(days: frozenset[date]) -> None:
    months = newest_of_each(days, lambda day: (day.year, day.month))
    newest = [months[month] for month in sorted(months)][-12:]  # type: ignore[type-var]
    assert set(newest) <= days_to_keep(days)
