"""A week and a month looked back on."""

from datetime import date, timedelta

import pytest

from needlemover.domain.calls.entry import EntryFact, Outcome
from needlemover.domain.day import Weeks
from needlemover.domain.progress.review import Period, PeriodTotals, period_of, review
from needlemover.domain.promises.commitment import ActivityFact
from needlemover.domain.promises.status import DayOff, Status

from ..conftest import MONDAY_TO_FRIDAY, promised, terms
from .conftest import TODAY, activity, entry, kept_by

MONDAY = date(2026, 11, 16)
LONG_AGO = date(2026, 1, 5)
FILM = activity(1, (promised(LONG_AGO, terms()),), name="Film")
CALLS = activity(
    2, (promised(LONG_AGO, terms(60, days=MONDAY_TO_FRIDAY)),), name="Calls", is_sales=True
)
NOTHING = PeriodTotals()


def after(days: int) -> date:
    return MONDAY + timedelta(days=days)


def talk(day: date, minutes: int, count: int = 1, of: ActivityFact = CALLS) -> EntryFact:
    return entry(of, day, minutes=minutes, count=count, outcome=Outcome.TALKED)


@pytest.mark.parametrize(
    ("period", "of", "weeks", "expected"),
    [
        (Period.WEEK, date(2026, 11, 18), Weeks(0), (date(2026, 11, 16), date(2026, 11, 22))),
        (Period.WEEK, date(2026, 11, 22), Weeks(6), (date(2026, 11, 22), date(2026, 11, 28))),
        (Period.WEEK, date(2027, 1, 1), Weeks(0), (date(2026, 12, 28), date(2027, 1, 3))),
        (Period.MONTH, date(2024, 2, 29), Weeks(0), (date(2024, 2, 1), date(2024, 2, 29))),
        (Period.MONTH, date(2026, 2, 1), Weeks(0), (date(2026, 2, 1), date(2026, 2, 28))),
        (Period.MONTH, date(2026, 12, 31), Weeks(0), (date(2026, 12, 1), date(2026, 12, 31))),
        (Period.MONTH, date(2026, 4, 30), Weeks(0), (date(2026, 4, 1), date(2026, 4, 30))),
    ],
)
def test_a_period_runs_from_its_first_day_to_its_last(
    period: Period, of: date, weeks: Weeks, expected: tuple[date, date]
) -> None:
    assert period_of(period, of, weeks) == expected


def test_a_week_says_what_was_due_met_and_missed() -> None:
    happened = [
        *(entry(FILM, after(number)) for number in range(6)),
        talk(after(0), 60, 3),
        talk(after(1), 30),
        talk(after(2), 60, 4),
        talk(after(6), 60, 2),
    ]
    snapshot = kept_by([FILM, CALLS], happened, reasons={after(1): "Trade fair"})
    found = review(snapshot, Period.WEEK, after(3), PeriodTotals(dials=21, money=120000))
    assert (found.start, found.end) == (after(0), after(6))
    assert (found.due, found.met) == (7, 3)  # Monday, Wednesday, Saturday
    assert [(item.activity.name, item.due, item.met) for item in found.activities] == [
        ("Film", 7, 6),
        ("Calls", 5, 2),
    ]
    assert (found.seconds, found.conversations) == (210 * 60, 10)
    assert found.totals == PeriodTotals(21, 120000)
    assert [
        (item.record.day, item.record.status, [one.name for one in item.activities])
        for item in found.misses
    ] == [
        (after(1), Status.PART, ["Calls"]),
        (after(3), Status.PART, ["Calls"]),
        (after(4), Status.PART, ["Calls"]),
        (after(6), Status.MISSED, ["Film"]),
    ]
    assert [item.record.reason for item in found.misses] == ["Trade fair", "", "", ""]


def test_the_best_day_has_most_time_then_most_conversations_then_is_the_earlier() -> None:
    happened = [talk(after(0), 60, 3), talk(after(1), 60, 4), talk(after(2), 60, 4)]
    found = review(kept_by([CALLS], happened), Period.WEEK, MONDAY, NOTHING)
    assert found.best_day is not None
    assert found.best_day.day == after(1)


def test_a_week_without_buyers_has_no_best_day() -> None:
    found = review(kept_by([FILM], [entry(FILM, MONDAY)]), Period.WEEK, MONDAY, NOTHING)
    assert found.best_day is None


def test_a_week_that_is_not_over_counts_the_days_so_far() -> None:
    yesterday = TODAY - timedelta(days=1)
    found = review(kept_by([FILM], [entry(FILM, yesterday)]), Period.WEEK, TODAY, NOTHING)
    assert (found.due, found.met, found.misses) == (1, 1, ())


def test_days_off_that_reach_into_the_period_are_named() -> None:
    long = DayOff(MONDAY - timedelta(days=20), MONDAY, reason="Summer")
    other = DayOff(after(7), after(9))
    found = review(kept_by([FILM], days_off=[long, other]), Period.WEEK, MONDAY, NOTHING)
    assert found.days_off == (long,)
    assert (found.due, len(found.misses)) == (6, 6)


def test_an_activity_that_was_neither_due_nor_done_is_left_out() -> None:
    later = activity(3, (promised(TODAY, terms()),))
    found = review(kept_by([FILM, later]), Period.WEEK, MONDAY, NOTHING)
    assert [item.activity for item in found.activities] == [FILM]


def test_suggestions_are_those_of_the_end_of_the_period() -> None:
    start = date(2026, 10, 1)
    of = activity(1, (promised(start, terms(30)),))
    october = [entry(of, start + timedelta(days=number), minutes=60) for number in range(31)]
    snapshot = kept_by([of], october)
    assert len(review(snapshot, Period.MONTH, start, NOTHING).suggestions) == 1
    # November, with nothing done in it, speaks for less.
    (found,) = review(snapshot, Period.MONTH, TODAY, NOTHING).suggestions
    assert (found.met, found.to) == (0, 300)


def test_a_day_without_time_but_with_a_conversation_can_be_the_best() -> None:
    found = review(kept_by([CALLS], [talk(after(0), 0, 1)]), Period.WEEK, MONDAY, NOTHING)
    assert found.best_day is not None
    assert found.best_day.day == after(0)


def test_a_day_off_on_the_last_day_of_a_period_is_named() -> None:
    last = DayOff(after(6), after(6))
    assert review(kept_by([FILM], days_off=[last]), Period.WEEK, MONDAY, NOTHING).days_off == (
        last,
    )


def test_what_was_not_due_is_named_when_anything_was_done() -> None:
    later = activity(3, (promised(TODAY, terms()),))
    for done in (entry(later, MONDAY), entry(later, MONDAY, minutes=5, count=0)):
        found = review(kept_by([FILM, later], [done]), Period.WEEK, MONDAY, NOTHING)
        assert [item.activity for item in found.activities] == [FILM, later]


def test_a_past_period_suggests_what_it_spoke_for_at_its_end() -> None:
    start = date(2026, 10, 1)
    of = activity(1, (promised(start, terms(30)),))
    october = [entry(of, start + timedelta(days=number), minutes=60) for number in range(31)]
    (found,) = review(kept_by([of], october), Period.MONTH, start, NOTHING).suggestions
    assert (found.met, found.to) == (20, 3600)


def test_what_today_asks_for_on_its_first_day_is_open_and_not_due_yet() -> None:
    follow_up = activity(3, (promised(TODAY, terms(30)),), name="Follow up")
    newsletter = activity(4, name="Newsletter")  # promised nothing
    done = [entry(follow_up, TODAY, minutes=10), entry(newsletter, TODAY, minutes=10)]
    found = review(kept_by([follow_up, newsletter], done), Period.WEEK, TODAY, NOTHING)
    assert [(item.activity.name, item.due, item.is_open) for item in found.activities] == [
        ("Follow up", 0, True),
        ("Newsletter", 0, False),
    ]
