"""How days are cut into weeks, and what a change of the first weekday leaves as it was."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from needlemover.domain.day import Week, Weeks
from needlemover.domain.progress.record import week_records
from needlemover.domain.promises.commitment import Timeline
from needlemover.domain.promises.marks import Run, Streak
from needlemover.domain.settings import Settings

from ..conftest import promised, weekly
from .conftest import activity, entry, history_of, kept_by
from .test_weekly_properties import EARLIEST, cuts

ONE_DAY = timedelta(days=1)
TUESDAY = date(2026, 11, 24)
SUNDAYS = Weeks(6)
days = st.dates(EARLIEST, EARLIEST + timedelta(days=120))
chosen = st.builds(Weeks, st.integers(0, 6)) | cuts


def some(weeks: Weeks, first: date = EARLIEST, last: date | None = None) -> list[Week]:
    return list(weeks.between(first, last or EARLIEST + timedelta(days=150)))


@pytest.mark.parametrize(
    ("weekday", "start"),
    [(0, date(2026, 11, 23)), (6, date(2026, 11, 22)), (1, TUESDAY), (2, date(2026, 11, 18))],
)
def test_a_week_begins_on_the_chosen_weekday(weekday: int, start: date) -> None:
    assert Weeks(weekday).of(TUESDAY) == Week(start, start + timedelta(days=6))


@pytest.mark.parametrize(
    ("weeks", "to", "today", "expected"),
    [
        # Six days, one day, and none lie between the week that runs and the first new one.
        (Weeks(), 6, TUESDAY, Weeks(0, (date(2026, 12, 6),))),
        (SUNDAYS, 0, TUESDAY, Weeks(6, (date(2026, 11, 30),))),
        (Weeks(), 0, TUESDAY, Weeks()),
        # On the first and on the last day of the week that runs.
        (Weeks(), 2, date(2026, 11, 23), Weeks(0, (date(2026, 12, 2),))),
        (Weeks(), 2, date(2026, 11, 29), Weeks(0, (date(2026, 12, 2),))),
        # Another mind in the same week, in the short one, and in the first new one.
        (Weeks(0, (date(2026, 12, 6),)), 0, TUESDAY, Weeks()),
        (Weeks(0, (date(2026, 12, 6),)), 0, date(2026, 12, 1),
         Weeks(0, (date(2026, 12, 6), date(2026, 12, 7)))),
        (Weeks(0, (date(2026, 12, 6),)), 0, date(2026, 12, 7),
         Weeks(0, (date(2026, 12, 6), date(2026, 12, 14)))),
        # A turn before the first new week is not taken, nor one that turns nothing.
        (Weeks(0, (date(2026, 12, 2),)), 6, TUESDAY, Weeks(0, (date(2026, 12, 6),))),
        (Weeks(0, (date(2026, 11, 30),)), 0, TUESDAY, Weeks()),
    ],
)  # fmt: skip
def test_a_choice_holds_from_the_end_of_the_week_that_runs(
    weeks: Weeks, to: int, today: date, expected: Weeks
) -> None:
    assert weeks.then(Weeks(to), today) == expected


def test_a_turn_takes_the_place_of_those_on_its_day_and_later() -> None:
    sunday = date(2026, 12, 6)
    assert Weeks(0, (sunday,)).turned(TUESDAY) == Weeks(0, (TUESDAY,))
    assert Weeks(6, (sunday,)).turned(sunday) == SUNDAYS


def test_the_days_between_are_a_short_week() -> None:
    weeks = Weeks().then(SUNDAYS, TUESDAY)
    found = some(weeks, TUESDAY, date(2026, 12, 6))
    assert found == [
        Week(date(2026, 11, 23), date(2026, 11, 29)),
        Week(date(2026, 11, 30), date(2026, 12, 5)),
        Week(date(2026, 12, 6), date(2026, 12, 12)),
    ]
    assert [week.is_short for week in found] == [False, True, False]


@given(chosen, chosen, days)
def test_every_day_lies_in_exactly_one_week(weeks: Weeks, others: Weeks, today: date) -> None:
    cut = weeks.then(others, today)
    found = some(cut)
    for week, following in pairwise(found):
        assert week.last + ONE_DAY == following.first
    for week in found:
        size = (week.last - week.first).days + 1
        assert 1 <= size <= 7
        assert week.is_short == (size < 7)
        assert {cut.of(week.first + number * ONE_DAY) for number in range(size)} == {week}


@given(chosen, chosen, days)
def test_no_week_that_is_over_or_runs_is_cut_anew(weeks: Weeks, others: Weeks, today: date) -> None:
    assert some(weeks.then(others, today), last=today) == some(weeks, last=today)


@given(chosen, st.integers(0, 6), days)
def test_from_the_week_after_the_next_on_weeks_are_as_chosen(
    weeks: Weeks, to: int, today: date
) -> None:
    cut = weeks.then(Weeks(to), today)
    after = today + timedelta(days=14)
    assert cut.of(after) == Weeks(to).of(after)
    assert cut.then(Weeks(to), today) == cut


VISITS: Timeline = (promised(EARLIEST, weekly(count=2)),)


@given(chosen, chosen, days, st.sets(days, max_size=60))
def test_no_streak_and_no_week_of_the_past_changes(
    weeks: Weeks, others: Weeks, today: date, done: set[date]
) -> None:
    visits, cut = activity(1, VISITS), weeks.then(others, today)
    history = history_of([visits], [entry(visits, day) for day in done], today=today, weeks=weeks)
    run = weeks.start(today)
    assert replace(history, weeks=cut).week_streaks(run) == history.week_streaks(run)
    before, after = (
        week_records(
            kept_by([visits], [entry(visits, day) for day in done], today=today,
                    settings=Settings(weeks=item)),
            visits, EARLIEST, today,
        )
        for item in (weeks, cut)
    )  # fmt: skip
    assert before == after


def test_a_short_week_counts_when_it_is_met_and_breaks_nothing_when_it_is_not() -> None:
    visits = activity(1, (promised(date(2026, 11, 9), weekly(count=1)),))
    weeks = Weeks().then(SUNDAYS, TUESDAY)
    weekly_visits = [date(2026, 11, 16), TUESDAY, date(2026, 12, 6)]
    first, end = date(2026, 11, 16), date(2026, 12, 12)

    def streak(*more: date) -> Streak:
        done = [entry(visits, day) for day in (*weekly_visits, *more)]
        history = history_of([visits], done, today=end + ONE_DAY, weeks=weeks)
        return history.week_streaks(end + ONE_DAY)[1]

    assert streak() == Streak(3, (Run(first, end, 3),), 3)
    assert streak(date(2026, 12, 5)) == Streak(4, (Run(first, end, 4),), 4)
