"""Streak cards, weekdays and promises, with answers worked out by hand."""

from collections.abc import Iterable
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from needlemover.domain.calls.entry import EntryFact
from needlemover.domain.progress.record import record
from needlemover.domain.progress.summary import (
    DaysKept,
    WeekdayKept,
    best_and_worst,
    kept,
    promises_kept,
    streak_cards,
    weekdays_kept,
)
from needlemover.domain.promises.commitment import ActivityFact
from needlemover.domain.promises.marks import Run

from ..conftest import MONDAY_TO_FRIDAY, promised, terms
from .conftest import TODAY, YESTERDAY, activity, entry, kept_by
from .test_properties import FIRST, LAST, worlds

LONG_AGO = date(2026, 1, 5)
FILM = activity(1, (promised(LONG_AGO, terms()),), name="Film")
OTHER = activity(2, (promised(LONG_AGO, terms()),), name="Other")


def back(days: int) -> date:
    return TODAY - timedelta(days=days)


def done(of: ActivityFact, days_back: Iterable[int]) -> list[EntryFact]:
    return [entry(of, back(number)) for number in days_back]


def test_the_card_tells_the_record_and_how_far_it_is() -> None:
    # Nine days long ago, a miss, then four up to yesterday.
    snapshot = kept_by([FILM], done(FILM, [*range(1, 5), *range(6, 15)]))
    overall, film = streak_cards(snapshot)
    assert (film.streak.current, film.streak.best, film.to_go) == (4, 9, 5)
    assert film.streak.current_run == Run(back(4), YESTERDAY, 4)
    assert film.streak.best_run == Run(back(14), back(6), 9)
    assert [run.days for run in film.streak.runs] == [9, 4]
    assert overall.activity is None
    assert overall.streak == film.streak


def test_a_streak_that_is_the_record_has_nothing_to_go() -> None:
    _, film = streak_cards(kept_by([FILM], done(FILM, range(5))))
    assert (film.streak.current, film.streak.best, film.to_go) == (5, 5, 0)


def test_today_counts_in_the_last_days_only_once_it_is_met() -> None:
    before = streak_cards(kept_by([FILM], done(FILM, [1, 2, 9])))[1]
    after = streak_cards(kept_by([FILM], done(FILM, [0, 1, 2, 9])))[1]
    assert before.kept == (DaysKept(7, 6, 2), DaysKept(30, 29, 3), DaysKept(90, 89, 3))
    assert after.kept == (DaysKept(7, 7, 3), DaysKept(30, 30, 4), DaysKept(90, 90, 4))


def test_rest_days_are_not_among_the_last_due_days() -> None:
    weekly = activity(1, (promised(LONG_AGO, terms(days=MONDAY_TO_FRIDAY)),))
    # A Tuesday: the seven days hold Wed, Thu, Fri, Mon, and today.
    _, card = streak_cards(kept_by([weekly], done(weekly, [1])))
    assert card.kept[0] == DaysKept(7, 4, 1)


def test_what_is_still_due_is_said_while_a_streak_stands() -> None:
    both = [*done(FILM, [1, 2]), *done(OTHER, [1])]
    overall, film, other = streak_cards(kept_by([FILM, OTHER], both))
    assert (overall.still_due, film.still_due, other.still_due) == (2, 1, 1)
    overall, film, other = streak_cards(kept_by([FILM, OTHER], [*both, entry(FILM)]))
    assert (overall.still_due, film.still_due, other.still_due) == (1, 0, 1)


def test_nothing_is_at_stake_where_no_streak_stands() -> None:
    assert [card.still_due for card in streak_cards(kept_by([FILM], done(FILM, [2])))] == [0, 0]


def test_what_begins_today_puts_no_streak_at_stake() -> None:
    new = activity(3, (promised(TODAY, terms()),))
    overall, *_ = streak_cards(kept_by([FILM, new], done(FILM, [0, 1, 2])))
    assert (overall.streak.current, overall.still_due) == (3, 0)


def test_a_card_of_an_earlier_day_is_as_it_stood_then() -> None:
    snapshot = kept_by([FILM], done(FILM, [0, 1, 5, 6, 7]))
    overall, film = streak_cards(snapshot, back(5))
    assert (film.streak.current, film.streak.best, film.still_due) == (3, 3, 0)
    assert film.kept[0] == DaysKept(7, 7, 3)
    assert overall.kept[0] == DaysKept(7, 7, 3)


def test_an_archived_activity_has_a_card_only_when_asked_for() -> None:
    gone = activity(2, (promised(LONG_AGO, terms()), promised(YESTERDAY, None)))
    snapshot = kept_by([FILM, gone])
    assert [card.activity for card in streak_cards(snapshot)] == [None, FILM]
    assert [card.activity for card in streak_cards(snapshot, archived=True)] == [None, FILM, gone]


def test_weekdays_are_counted_in_the_order_of_the_week() -> None:
    # Back from a Tuesday: 1 and 8 are Mondays, 2 and 9 are Sundays.
    snapshot = kept_by([FILM], done(FILM, [1, 8, 2]))
    found = weekdays_kept(record(snapshot, back(14), YESTERDAY), 6)
    assert [item.weekday for item in found] == [6, 0, 1, 2, 3, 4, 5]
    assert found[0] == WeekdayKept(6, 2, 1)
    assert found[1] == WeekdayKept(0, 2, 2)
    assert found[2] == WeekdayKept(1, 2, 0)


def test_the_best_and_the_worst_weekday_are_those_with_most_and_least_met() -> None:
    days = [WeekdayKept(0, 9, 9), WeekdayKept(1, 10, 5), WeekdayKept(2, 8, 4), WeekdayKept(5, 0, 0)]
    assert best_and_worst(days) == (days[0], days[1])
    assert best_and_worst([WeekdayKept(0, 8, 4), WeekdayKept(1, 6, 3)]) is None
    assert best_and_worst([]) is None


def test_each_promise_tells_how_it_was_kept_in_its_time() -> None:
    timeline = (
        promised(back(9), terms()),
        promised(back(5), terms(20)),
        promised(back(3), None),
        promised(back(1), terms(30)),
    )
    of = activity(1, timeline)
    happened = [*done(of, [9, 8, 6]), entry(of, back(4), minutes=20), entry(of, minutes=30)]
    found = [*promises_kept(kept_by([of], happened))]
    assert [(item.start, item.end) for item in found] == [
        (back(9), back(6)),
        (back(5), back(4)),
        (back(1), None),
    ]
    # Of the last one yesterday was a first day, which is no miss; today is met.
    assert [(item.due, item.met) for item in found] == [(4, 3), (2, 1), (1, 1)]
    assert [item.terms for item in found] == [terms(), terms(20), terms(30)]


def test_a_promise_to_come_has_no_days_yet() -> None:
    of = activity(1, (promised(back(2), terms()), promised(back(-3), terms(5), set_on=TODAY)))
    now, later = promises_kept(kept_by([of], done(of, [2, 1])))
    assert (now.end, now.due, now.met) == (back(-2), 2, 2)
    assert (later.start, later.end, later.due) == (back(-3), None, 0)


def test_a_promise_that_never_held_is_not_listed() -> None:
    of = activity(1, (promised(LONG_AGO, terms(30)), promised(LONG_AGO, terms(40), set_on=TODAY)))
    assert [item.terms for item in promises_kept(kept_by([of]))] == [terms(40)]


@given(worlds())
@settings(max_examples=40)
def test_all_promises_together_hold_all_due_days(world) -> None:
    facts, entries, off = world
    snapshot = kept_by(facts, entries, today=LAST, days_off=off)
    for item in facts:
        promises = [one for one in promises_kept(snapshot) if one.activity == item]
        whole = kept(record(snapshot, FIRST - timedelta(days=9), LAST, item.id))
        assert whole == (sum(one.due for one in promises), sum(one.met for one in promises))


@given(worlds(), st.integers(0, 6))
@settings(max_examples=40)
def test_the_weekdays_add_up_to_all_due_days(world, first_weekday: int) -> None:
    facts, entries, off = world
    days = record(kept_by(facts, entries, today=LAST, days_off=off), FIRST, LAST)
    found = weekdays_kept(days, first_weekday)
    assert kept(days) == (sum(item.due for item in found), sum(item.met for item in found))


@given(worlds())
@settings(max_examples=40)
def test_the_runs_hold_every_day_that_was_met(world) -> None:
    facts, entries, off = world
    snapshot = kept_by(facts, entries, today=LAST, days_off=off)
    for card in streak_cards(snapshot, archived=True):
        key = card.activity.id if card.activity else None
        _, met = kept(record(snapshot, FIRST - timedelta(days=9), LAST, key))
        assert sum(run.days for run in card.streak.runs) == met
        assert card.to_go == card.streak.best - card.streak.current >= 0


def test_what_is_not_due_today_is_not_still_due() -> None:
    saturdays = activity(7, (promised(date(2026, 1, 5), terms(days=frozenset({5}))),))
    daily = activity(8, (promised(date(2026, 1, 5), terms()),))
    overall, *_ = streak_cards(kept_by([saturdays, daily], [entry(daily, YESTERDAY)]))
    assert overall.still_due == 1


def test_an_archived_activity_hides_none_behind_it() -> None:
    gone = activity(7, (promised(date(2026, 1, 5), terms()), promised(YESTERDAY, None)))
    daily = activity(8, (promised(date(2026, 1, 5), terms()),))
    assert [item.activity for item in streak_cards(kept_by([gone, daily]))] == [None, daily]


def test_weekdays_that_are_kept_alike_have_no_best() -> None:
    assert best_and_worst([WeekdayKept(0, 6, 3), WeekdayKept(1, 8, 4)]) is None


def test_a_promise_that_begins_today_counts_only_once_it_is_met() -> None:
    new = activity(7, (promised(TODAY, terms()),))
    (found,) = promises_kept(kept_by([new]))
    assert (found.due, found.met) == (0, 0)
    (found,) = promises_kept(kept_by([new], [entry(new, TODAY)]))
    assert (found.due, found.met) == (1, 1)


def test_the_best_weekday_is_that_of_the_largest_share_not_of_the_largest_number() -> None:
    often, rarely, never = WeekdayKept(0, 10, 5), WeekdayKept(1, 5, 5), WeekdayKept(2, 8, 2)
    assert best_and_worst([often, rarely, never]) == (rarely, never)
    assert best_and_worst([often, WeekdayKept(1, 5, 0), never])[1] == WeekdayKept(1, 5, 0)


def test_a_weekday_with_fewer_than_five_due_days_is_neither_best_nor_worst() -> None:
    often, less = WeekdayKept(0, 10, 9), WeekdayKept(1, 5, 3)
    assert best_and_worst([often, less, WeekdayKept(2, 4, 0), WeekdayKept(3, 4, 4)]) == (
        often,
        less,
    )
    assert best_and_worst([WeekdayKept(0, 2, 2), WeekdayKept(1, 1, 0)]) is None
