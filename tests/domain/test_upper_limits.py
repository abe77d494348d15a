"""Upper limits: kept they have a streak of their own and win no day; over, they lose it at once."""

from datetime import UTC, date, datetime, timedelta

import pytest
from msgspec.structs import replace

from needlemover.domain.calls.entry import Running
from needlemover.domain.errors import WrongUsageError
from needlemover.domain.progress.record import day_marks, record
from needlemover.domain.progress.review import suggestions
from needlemover.domain.progress.summary import promises_kept, streak_cards
from needlemover.domain.promises.change import change
from needlemover.domain.promises.commitment import Commitment, Done, Terms
from needlemover.domain.promises.marks import KEPT, MET, MISSED, NOT_DUE, marks
from needlemover.domain.promises.status import Due, Status, due_on, seconds_to_win
from needlemover.domain.today.assembly import fall_since
from needlemover.domain.today.snapshot import Chance, DaySnapshot

from ..conftest import promised, terms
from .conftest import TODAY, TOMORROW, YESTERDAY, activity, entry, history_of, kept_by, shown

FIRST = TODAY - timedelta(days=10)
MORNING = datetime(2026, 11, 24, 9, tzinfo=UTC)


def at_most(minutes: int, *, days: frozenset[int] = frozenset(range(7))) -> Terms:
    """An upper limit, every day unless said otherwise."""
    return Terms(days, minutes * 60, at_most=True)


SOCIAL = activity(1, (promised(FIRST, at_most(30)),), name="Social media")
FILM = activity(2, (promised(FIRST, terms()),), name="Film")


def due(minutes: float, day: date = YESTERDAY, *, used: bool = True, first: date = FIRST) -> Due:
    done = Done(round(minutes * 60), 1, done=True) if minutes else Done()
    return due_on((promised(first, at_most(30)),), day, done, off=False, today=TODAY, used=used)


def chance(snapshot: DaySnapshot) -> Chance:
    found = snapshot.last_start(MORNING, UTC)
    assert found is not None
    return found.chance


def before(back: int) -> date:
    return TODAY - timedelta(days=back)


def test_it_is_met_as_long_as_it_is_not_passed() -> None:
    limit = at_most(30)
    assert [limit.met_by(Done(seconds)) for seconds in (0, 1799, 1800, 1801)] == [
        True, True, True, False,
    ]  # fmt: skip
    assert [limit.share_of(Done(seconds)) for seconds in (0, 1800, 1801)] == [1.0, 1.0, 0.0]


@pytest.mark.parametrize(
    ("minutes", "day", "used", "is_due", "mark"),
    [
        (10, YESTERDAY, True, True, KEPT),
        (0, YESTERDAY, True, True, KEPT),
        (31, YESTERDAY, True, True, MISSED),
        (0, YESTERDAY, False, False, NOT_DUE),
        (10, TODAY, True, False, NOT_DUE),
        (31, TODAY, True, True, MISSED),
        (0, TOMORROW, False, False, NOT_DUE),
    ],
)
def test_it_is_decided_when_it_is_over_or_when_a_day_with_entries_is(
    minutes: int, day: date, *, used: bool, is_due: bool, mark: int
) -> None:
    found = due(minutes, day, used=used)
    assert (found.due, found.mark, found.is_limit) == (is_due, mark, True)
    assert found.over_limit == (minutes > 30)
    assert (found.holds, found.is_open) == (True, False)
    assert (found.quota_seconds, found.quota_count) == (0, 0)


def test_whoever_stops_at_the_very_limit_has_kept_it_on_every_day_looked_at() -> None:
    day = before(2)
    totals = [(day, 1800, 1), (YESTERDAY, 1801, 1)]
    found = marks((promised(FIRST, at_most(30)),), totals, (), day, YESTERDAY, {day, YESTERDAY})
    assert list(found) == [KEPT, MISSED]


@pytest.mark.parametrize(
    ("minutes", "day", "mark"),
    [(31, YESTERDAY, NOT_DUE), (10, YESTERDAY, KEPT), (31, TODAY, NOT_DUE)],
)
def test_nobody_begins_with_a_limit_that_was_passed(minutes: int, day: date, mark: int) -> None:
    assert due(minutes, day, first=day).mark == mark


def test_on_days_off_and_other_weekdays_no_limit_holds() -> None:
    timeline = (promised(FIRST, at_most(30, days=frozenset({0}))),)
    much = Done(9999, 1, done=True)
    off = due_on(timeline, YESTERDAY, much, off=True, today=TODAY, used=True)
    other = due_on(timeline, before(2), much, off=False, today=TODAY, used=True)
    assert (YESTERDAY.weekday(), off.holds, off.taken_off, other.holds) == (0, False, True, False)


def test_three_weeks_away_are_no_streak() -> None:
    social = activity(1, (promised(before(30), at_most(30)),))
    film = activity(2, ())
    entries = [
        entry(social, before(30), minutes=5),
        entry(film, before(29)),
        entry(film, before(1)),
    ]
    own = shown([social, film], entries).activities[0].streak
    assert (own.current, own.best) == (3, 3)


def test_today_adds_to_its_streak_no_more_than_it_breaks_it() -> None:
    kept = [entry(SOCIAL, before(back), minutes=20) for back in (3, 2, 1)]
    for minutes in (20, 40):
        found = shown([SOCIAL], [*kept, entry(SOCIAL, minutes=minutes)]).activities[0]
        assert found.streak.current == 3
    over = shown([SOCIAL], [*kept, entry(SOCIAL, YESTERDAY, minutes=20)]).activities[0]
    assert over.streak.current == 0


@pytest.mark.parametrize(
    ("social", "film", "today", "past"),
    [
        (10, None, Status.REST, Status.REST),
        (40, None, Status.OPEN, Status.MISSED),
        (10, True, Status.WON, Status.WON),
        (40, True, Status.OPEN, Status.PART),
        (10, False, Status.OPEN, Status.MISSED),
        (40, False, Status.OPEN, Status.MISSED),
    ],
)
def test_it_wins_no_day_but_loses_one(
    social: int, *, film: bool | None, today: Status, past: Status
) -> None:
    activities = [SOCIAL] if film is None else [SOCIAL, FILM]
    for day, status in ((TODAY, today), (YESTERDAY, past)):
        entries = [entry(SOCIAL, day, minutes=social)] + [entry(FILM, day)] * bool(film)
        assert shown(activities, entries, day=day).status is status


def test_the_overall_streak_goes_on_over_days_with_nothing_but_a_kept_limit() -> None:
    film = activity(2, (promised(FIRST, terms(days=frozenset({5}))),))
    entries = [entry(film, date(2026, 11, 21)), entry(SOCIAL, YESTERDAY, minutes=5)]
    assert shown([SOCIAL, film], entries).streak.current == 1
    over = [*entries, entry(SOCIAL, YESTERDAY, minutes=40)]
    assert shown([SOCIAL, film], over).streak.current == 0


def test_what_is_left_to_do_does_not_count_it_and_over_it_no_time_is_enough() -> None:
    write = activity(3, (promised(FIRST, terms(30)),))
    done = [entry(write, minutes=10), entry(SOCIAL, minutes=5)]
    assert seconds_to_win(item.due for item in shown([SOCIAL, write], done).activities) == 20 * 60
    assert chance(shown([SOCIAL, write], done)) is Chance.IN_TIME
    over = [*done, entry(SOCIAL, minutes=26)]
    assert chance(shown([SOCIAL, write], over)) is Chance.GONE
    assert chance(shown([SOCIAL], over)) is Chance.GONE


@pytest.mark.parametrize(("first", "expected"), [(FIRST, Chance.GONE), (TODAY, Chance.IN_TIME)])
def test_a_timer_that_runs_past_it_is_over_at_once(first: date, expected: Chance) -> None:
    # 20 minutes are logged and 11 run; on its first day it loses nothing.
    social = activity(1, (promised(first, at_most(30)),))
    running = Running(1, "Social", False, "", MORNING - timedelta(minutes=11), TODAY)
    logged = shown([social, FILM], [entry(social, minutes=20)])
    assert chance(replace(logged, running=running)) is expected
    assert chance(replace(logged, running=replace(running, day=YESTERDAY))) is Chance.IN_TIME


def test_it_is_no_quota_of_the_day_or_the_week() -> None:
    calls = activity(1, (promised(FIRST, at_most(30)),), is_sales=True)
    found = shown([calls], [entry(calls, minutes=10)]).sales
    assert found is not None
    assert (found.quota_seconds, found.week_quota_seconds) == (None, 0)


def promise(start: date, what: Terms | None) -> Commitment:
    return Commitment(start, what, TODAY)


@pytest.mark.parametrize(
    ("old", "new", "holds"),
    [
        (at_most(30), at_most(20), TODAY),
        (at_most(30), at_most(40), TOMORROW),
        (at_most(30), None, TOMORROW),
        (at_most(30), terms(30), TOMORROW),
        (terms(30), at_most(30), TOMORROW),
        (at_most(30, days=frozenset({1})), at_most(30), TODAY),
        (at_most(30), at_most(30, days=frozenset({1})), TOMORROW),
    ],
)
def test_a_lower_limit_asks_more(old: Terms, new: Terms | None, holds: date) -> None:
    timeline = (promised(FIRST, old),)
    assert change(timeline, new, TODAY) == (*timeline, promise(holds, new))


def test_a_limit_that_was_lowered_today_goes_up_again_today() -> None:
    timeline = (promised(FIRST, at_most(60)),)
    lowered = change(timeline, at_most(6), TODAY)
    assert change(lowered, at_most(45), TODAY) == (*timeline, promise(TODAY, at_most(45)))
    assert change(lowered, at_most(60), TODAY) == timeline


@pytest.mark.parametrize(
    "wrong",
    [
        Terms(at_most=True),
        Terms(seconds=600, count=2, at_most=True),
        Terms(seconds=600, at_most=True).a_week,
    ],
)
def test_it_is_minutes_a_day_and_nothing_else(wrong: Terms) -> None:
    with pytest.raises(WrongUsageError, match="An upper limit is minutes a day"):
        change((), wrong, TODAY)


ENTRIES = [
    entry(SOCIAL, before(4), minutes=40), entry(SOCIAL, before(3), minutes=10),
    entry(FILM, before(3)), entry(FILM, before(1)),
]  # fmt: skip


def test_progress_shows_its_days_as_met_and_the_whole_day_by_the_rest() -> None:
    snapshot = kept_by([SOCIAL, FILM], ENTRIES)
    own = record(snapshot, before(4), TODAY, SOCIAL.id)
    assert [item.status for item in own] == [
        Status.MISSED, Status.WON, Status.REST, Status.WON, Status.REST,
    ]  # fmt: skip
    assert [(item.due, item.met, item.share) for item in own] == [
        (1, 0, 0.0), (1, 1, 1.0), (0, 0, 0.0), (1, 1, 1.0), (0, 0, 0.0),
    ]  # fmt: skip
    whole = record(snapshot, before(4), YESTERDAY)
    assert [(item.status, item.share) for item in whole] == [
        (Status.MISSED, 0.0), (Status.WON, 1.0), (Status.MISSED, 0.0), (Status.WON, 1.0),
    ]  # fmt: skip
    alone = record(kept_by([SOCIAL], ENTRIES), before(3), before(3))
    assert (alone[0].status, alone[0].due, alone[0].met) == (Status.REST, 1, 1)
    assert list(day_marks(snapshot, SOCIAL, before(4), TODAY)) == [
        MISSED, KEPT, NOT_DUE, KEPT, NOT_DUE,
    ]  # fmt: skip
    assert list(day_marks(snapshot, FILM, before(4), TODAY)) == [
        MISSED, MET, MISSED, MET, NOT_DUE,
    ]  # fmt: skip


def test_a_limit_that_was_kept_fills_no_part_of_the_whole_day() -> None:
    write = activity(3, (promised(FIRST, terms(60)),))
    entries = [entry(SOCIAL, YESTERDAY, minutes=10), entry(write, YESTERDAY, minutes=15)]
    (found,) = record(kept_by([SOCIAL, write], entries), YESTERDAY, YESTERDAY)
    assert (found.due, found.share) == (2, 0.25)


def test_its_kept_days_are_counted_and_nothing_is_still_to_be_done_for_it() -> None:
    snapshot = kept_by([SOCIAL], [*ENTRIES, entry(SOCIAL, TODAY, minutes=40)])
    (promise,) = promises_kept(snapshot)
    assert (promise.due, promise.met) == (3, 2)
    card = streak_cards(snapshot)[1]
    assert (card.streak.current, card.still_due) == (2, 0)
    assert (card.kept[0].due, card.kept[0].met) == (3, 2)


def test_nobody_is_told_to_raise_or_lower_it_or_asked_what_was_forgotten() -> None:
    social = activity(1, (promised(before(40), at_most(30)),))
    over = [entry(social, before(back), minutes=60) for back in range(1, 40)]
    assert suggestions(kept_by([social], over), TODAY) == ()
    # 33 minutes, in whole five 30, are no reason for less.
    odd = activity(1, (promised(before(40), at_most(32)),))
    over_it = [entry(odd, before(back), minutes=33) for back in range(1, 40)]
    assert suggestions(kept_by([odd], over_it), TODAY) == ()
    assert fall_since(history_of([social], over), before(7), TODAY, 7).days == ()
