"""What the days before a day hand on to it: day by day it is what all days together say."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from needlemover.domain.day import Weeks
from needlemover.domain.promises.commitment import Timeline
from needlemover.domain.promises.marks import Run, Streak
from needlemover.domain.promises.status import DayOff, Status
from needlemover.domain.today.history import History, Past

from ..conftest import promised, terms, weekly
from .conftest import activity, entry, history_of
from .test_properties import FIRST, days, last_timeline
from .test_weekly_properties import cuts, mixed_edits

EARLIEST, LATEST = FIRST - timedelta(days=10), FIRST + timedelta(days=30)

timelines = st.lists(mixed_edits.map(last_timeline), max_size=3)
done = st.lists(
    st.tuples(st.integers(0, 2), days, st.sampled_from([0, 10, 20]), st.integers(0, 2)), max_size=25
)
days_off = st.lists(
    st.builds(
        lambda start, length, of: DayOff(start, start + timedelta(days=length), of),
        days,
        st.sampled_from([0, 0, 1, 8]),
        st.sampled_from([None, 1, 2]),
    ),
    max_size=3,
)


def alone(history: History, since: date, before: date) -> History:
    """The history as it is known to whoever reads only some of its days."""
    totals = {
        key: [total for total in found if since <= total[0] < before]
        for key, found in history.totals.items()
    }
    used = frozenset(day for day in history.used if since <= day < before)
    return History(
        history.activities, totals, history.days_off, history.skipped, used, history.weeks
    )


@given(timelines, done, days_off, st.frozensets(days, max_size=2), cuts)
def test_day_by_day_is_all_together(
    chosen: list[Timeline],
    rows: list[tuple[int, date, int, int]],
    off: list[DayOff],
    skipped: frozenset[date],
    weeks: Weeks,
) -> None:
    activities = [
        activity(number, timeline, is_sales=number != 2)
        for number, timeline in enumerate(chosen, 1)
    ]
    entries = [
        entry(activities[number], day, minutes=minutes, count=count)
        for number, day, minutes, count in rows
        if number < len(activities)
    ]
    history = history_of(
        activities, entries, today=LATEST, days_off=off, skipped=skipped, weeks=weeks
    )
    day = EARLIEST
    past = history.past(day, 0)
    strip = history.strip(day)
    while day < LATEST:
        known = alone(history, weeks.start(day), day + timedelta(days=1))
        day += timedelta(days=1)
        past = known.past(day, 7, past)
        strip = known.strip(day, strip)
        assert past == history.past(day, 7), day
        assert strip == history.strip(day), day


def test_the_free_ranges_are_those_that_reach_between_two_days_and_the_skipped_dates() -> None:
    first, last = date(2026, 11, 16), date(2026, 11, 18)
    before, into, on = DayOff(FIRST, date(2026, 11, 15)), DayOff(FIRST, first), DayOff(last, last)
    other, after = DayOff(first, last, 2), DayOff(date(2026, 11, 19), LATEST)
    off, skipped = [before, into, on, other, after], date(2026, 11, 17)
    history = history_of([], days_off=off, skipped=[skipped])
    assert history.free(1, first, last) == [(FIRST, first), (last, last), (skipped, skipped)]


def test_a_day_adds_to_a_streak_and_a_missed_one_ends_it() -> None:
    calls = activity(1, (promised(date(2026, 11, 16), terms(10)),), is_sales=True)
    met = [entry(calls, date(2026, 11, day), minutes=12) for day in (16, 17, 18)]
    history = history_of([calls], met, today=date(2026, 11, 20))
    two = Streak(2, (Run(date(2026, 11, 16), date(2026, 11, 17), 2),), 2)
    past = Past(date(2026, 11, 18), two, {1: two}, 720, 1440, 1200, 0)
    after = history.past(date(2026, 11, 19), 4, past)
    three = Streak(3, (Run(date(2026, 11, 16), date(2026, 11, 18), 3),), 3)
    assert after == Past(date(2026, 11, 19), three, {1: three}, 720, 2160, 1800, 4)
    ended = history.past(date(2026, 11, 20), 4, after)
    none = Streak(0, (), 3)
    assert ended == Past(date(2026, 11, 20), none, {1: none}, 0, 2160, 2400, 4)


def test_a_week_adds_to_its_streak_when_it_is_over() -> None:
    reports = activity(1, (promised(date(2026, 11, 2), weekly(count=1)),))
    history = history_of([reports], [entry(reports, date(2026, 11, 18))], today=date(2026, 11, 24))
    one = Streak(1, (Run(date(2026, 11, 9), date(2026, 11, 15), 1),), 1)
    past = Past(date(2026, 11, 21), Streak(), {}, 0, 0, 0, 0, {1: one})
    saturday = history.past(date(2026, 11, 22), 0, past)
    assert saturday.week_streaks == past.week_streaks
    sunday = history.past(date(2026, 11, 23), 0, past)
    two = Streak(2, (Run(date(2026, 11, 9), date(2026, 11, 22), 2),), 2)
    assert sunday.week_streaks == {1: two}


@given(timelines, done, days_off, cuts)
def test_what_is_carried_on_from_an_earlier_day_is_what_all_days_say(
    chosen: list[Timeline],
    rows: list[tuple[int, date, int, int]],
    off: list[DayOff],
    weeks: Weeks,
) -> None:
    activities = [
        activity(number, timeline, is_sales=number != 2)
        for number, timeline in enumerate(chosen, 1)
    ]
    entries = [
        entry(activities[number], day, minutes=minutes, count=count)
        for number, day, minutes, count in rows
        if number < len(activities)
    ]
    history = history_of(activities, entries, today=LATEST, days_off=off, weeks=weeks)
    before = history.before_today(EARLIEST, 2)
    assert before.day == EARLIEST
    carried = history.before_today(LATEST, 5, before)
    assert carried == history.before_today(LATEST, 5)
    assert history.before_today(EARLIEST, 2, before) == before


def test_what_comes_before_today_is_the_past_and_the_strip() -> None:
    calls = activity(1, (promised(date(2026, 11, 16), terms(10)),), is_sales=True)
    today = date(2026, 11, 18)
    met = [entry(calls, date(2026, 11, day), minutes=12) for day in (16, 17)]
    found = history_of([calls], met, today=today).before_today(today, 4)
    two = Streak(2, (Run(date(2026, 11, 16), date(2026, 11, 17), 2),), 2)
    assert found == Past(today, two, {1: two}, 720, 1440, 1200, 4, strip=found.strip)
    assert [item.status for item in found.strip[-3:]] == [
        Status.UNTRACKED, Status.WON, Status.WON,
    ]  # fmt: skip
