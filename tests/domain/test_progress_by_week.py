"""Promises by the week in the numbers of Progress, with answers worked out by hand."""

from datetime import UTC, date, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from needlemover.domain.calls.entry import EntryFact, Outcome
from needlemover.domain.day import Weeks
from needlemover.domain.progress.quota_history import (
    WeekPace,
    average,
    day_bars,
    this_week,
    week_bars,
)
from needlemover.domain.progress.record import ProgressSnapshot, record, week_records
from needlemover.domain.progress.review import (
    Advice,
    Measure,
    Period,
    PeriodTotals,
    Suggestion,
    review,
    suggestions,
)
from needlemover.domain.progress.summary import DaysKept, StreakCard, promises_kept, streak_cards
from needlemover.domain.promises.commitment import ActivityFact
from needlemover.domain.promises.marks import Run
from needlemover.domain.promises.status import DayOff, Status
from needlemover.domain.settings import Settings, WorkingDay

from ..conftest import BERLIN, MONDAY_TO_FRIDAY, promised, terms, weekly
from .conftest import TODAY, activity, entry, kept_by, shown
from .test_properties import Edit, days, edited
from .test_weekly_properties import cuts, mixed_edits

FIRST, SECOND, THIRD, THIS = (date(2026, 11, day) for day in (2, 9, 16, 23))
"""Mondays; today is the Tuesday of the last week."""
SUNDAY = date(2026, 11, 29)
NEWS = activity(1, (promised(FIRST, weekly(count=3)),), name="Newsletter")
NOON = datetime(2026, 11, 24, 13, 0, tzinfo=BERLIN).astimezone(UTC)
ONE_WEEK = timedelta(weeks=1)


def ticks(week: date, number: int, of: ActivityFact = NEWS) -> list[EntryFact]:
    return [entry(of, week + timedelta(days=day)) for day in range(number)]


def talk(of: ActivityFact, day: date, minutes: int, count: int = 1) -> EntryFact:
    return entry(of, day, minutes=minutes, count=count, outcome=Outcome.TALKED)


KEPT = [*ticks(FIRST, 3), *ticks(SECOND, 4), *ticks(THIRD, 3)]
SLIPPED = [*ticks(FIRST, 3), *ticks(SECOND, 2), *ticks(THIRD, 3)]


def card(snapshot: ProgressSnapshot, as_of: date | None = None) -> StreakCard:
    return next(item for item in streak_cards(snapshot, as_of) if item.activity is not None)


# Streak cards.


def test_the_card_of_a_promise_by_the_week_counts_in_weeks() -> None:
    found = card(kept_by([NEWS], SLIPPED))
    assert (found.is_weekly, found.unit) == (True, "week")
    assert (found.streak.current, found.streak.best, found.to_go) == (1, 1, 0)
    first, third = Run(FIRST, date(2026, 11, 8), 1), Run(THIRD, date(2026, 11, 22), 1)
    assert found.streak.runs == (first, third)
    # Ended in the last 7 days: the 22nd; in the last 30: the 8th and the 15th, too.
    assert found.kept == (DaysKept(7, 1, 1), DaysKept(30, 3, 2), DaysKept(90, 3, 2))


def test_the_week_that_runs_counts_only_once_it_is_met() -> None:
    before = card(kept_by([NEWS], [*KEPT, *ticks(THIS, 2)], today=date(2026, 11, 25)))
    after = card(kept_by([NEWS], [*KEPT, *ticks(THIS, 3)], today=date(2026, 11, 25)))
    assert (before.streak.current, before.kept[1]) == (3, DaysKept(30, 3, 3))
    assert (after.streak.current, after.kept[1]) == (4, DaysKept(30, 4, 4))


def test_a_streak_of_weeks_is_at_stake_when_it_is_today_or_never() -> None:
    entries = [*KEPT, *ticks(THIS, 2)]
    saturday = card(kept_by([NEWS], entries, today=SUNDAY - timedelta(days=1)))
    overall, sunday = streak_cards(kept_by([NEWS], entries, today=SUNDAY))
    met = card(kept_by([NEWS], [*entries, entry(NEWS, SUNDAY)], today=SUNDAY))
    assert (saturday.still_due, sunday.still_due, met.still_due) == (0, 1, 0)
    assert overall.still_due == 0
    # With Sunday off, Saturday is the last day.
    off = DayOff(SUNDAY, SUNDAY)
    last = kept_by([NEWS], entries, today=SUNDAY - timedelta(days=1), days_off=[off])
    assert card(last).still_due == 1


def test_a_first_week_puts_no_streak_at_stake() -> None:
    again = replace(NEWS, timeline=(
        promised(FIRST, weekly(count=3)), promised(THIRD, None), promised(THIS, weekly(count=3)),
    ))  # fmt: skip
    found = card(kept_by([again], KEPT, today=SUNDAY))
    assert (found.streak.current, found.still_due) == (2, 0)


def test_the_card_of_a_past_day_knows_only_what_was_done_by_then() -> None:
    snapshot = kept_by([NEWS], KEPT)
    tuesday, wednesday = (card(snapshot, date(2026, 11, day)) for day in (17, 18))
    assert (tuesday.streak.current, wednesday.streak.current) == (2, 3)
    assert tuesday.kept[1] == DaysKept(30, 2, 2)
    assert wednesday.kept[1] == DaysKept(30, 3, 3)


def test_the_weeks_of_a_card_begin_on_the_day_of_the_settings() -> None:
    # From Sunday 8 November on: three on Sunday to Tuesday are of the same week.
    entries = ticks(date(2026, 11, 8), 3) + ticks(date(2026, 11, 15), 3)
    sunday = card(kept_by([NEWS], entries, settings=Settings(weeks=Weeks(6))))
    assert (sunday.streak.current, sunday.streak.runs[-1].start) == (2, date(2026, 11, 8))
    assert card(kept_by([NEWS], entries)).streak.current == 0


def test_what_was_promised_by_the_week_and_put_away_keeps_its_weeks() -> None:
    gone = replace(NEWS, timeline=(promised(FIRST, weekly(count=3)), promised(THIS, None)))
    (_, found) = streak_cards(kept_by([gone], KEPT), archived=True)
    assert (found.is_weekly, found.streak.current, found.streak.best) == (True, 3, 3)


def test_a_promise_by_the_week_leaves_the_overall_streak_alone() -> None:
    film = activity(2, (promised(FIRST, terms()),))
    entries = [entry(film, FIRST + timedelta(days=number)) for number in range(22)]
    overall, *_ = streak_cards(kept_by([NEWS, film], entries))
    assert (overall.streak.current, overall.is_weekly) == (22, False)
    assert overall.kept[0] == DaysKept(7, 6, 6)


# Promises in their time.


def test_a_week_belongs_to_the_promise_that_holds_on_its_last_day() -> None:
    raised = replace(NEWS, timeline=(
        promised(FIRST, weekly(count=1)),
        promised(THIRD + timedelta(days=2), weekly(count=3)),
        promised(THIS, terms()),
    ))  # fmt: skip
    entries = [*ticks(FIRST, 1), *ticks(THIRD, 1), entry(NEWS, TODAY)]
    found = [*promises_kept(kept_by([raised], entries))]
    # One of two; then one week, raised in its middle and missed; then today, met.
    assert [(item.terms.weekly, item.due, item.met) for item in found] == [
        (True, 2, 1), (True, 1, 0), (False, 1, 1),
    ]  # fmt: skip


def test_the_week_of_a_promise_that_runs_counts_once_it_is_met() -> None:
    open_week = kept_by([NEWS], [*KEPT, *ticks(THIS, 1)])
    met = kept_by([NEWS], [*KEPT, *ticks(THIS, 1), entry(NEWS, TODAY, count=2)])
    assert [(item.due, item.met) for item in promises_kept(open_week)] == [(3, 3)]
    assert [(item.due, item.met) for item in promises_kept(met)] == [(4, 4)]


# Days and bars.


def test_a_day_of_a_promise_by_the_week_is_rest_and_shows_what_was_done() -> None:
    days = record(kept_by([NEWS], KEPT), THIRD, THIRD + timedelta(days=3), NEWS.id)
    assert [(day.status, day.count, day.quota_count) for day in days] == [
        (Status.REST, 1, None)] * 3 + [(Status.REST, 0, None)]  # fmt: skip
    assert [bar.quota_count for bar in day_bars(days)] == [None] * 4


def test_a_bar_of_a_week_stands_against_the_quota_of_the_week() -> None:
    bars = week_bars(kept_by([NEWS], [*SLIPPED, *ticks(THIS, 1)]), FIRST, TODAY, NEWS.id)
    assert [(bar.count, bar.quota_count, bar.due, bar.met) for bar in bars] == [
        (3, 3, 1, 1), (2, 3, 1, 0), (3, 3, 1, 1), (1, 3, 0, 0),
    ]  # fmt: skip
    assert all(bar.is_weekly for bar in bars)
    found = average(bars, TODAY)
    assert (found.periods, found.count, found.due, found.met) == (3, 8 / 3, 3, 2)


def test_a_week_off_asks_for_nothing() -> None:
    off = DayOff(SECOND, THIRD - timedelta(days=1), NEWS.id)
    (bar,) = week_bars(kept_by([NEWS], SLIPPED, days_off=[off]), SECOND, SECOND, NEWS.id)
    assert (bar.quota_count, bar.due, bar.met) == (None, 0, 0)


CALLS = activity(3, (promised(FIRST, terms(60, days=MONDAY_TO_FRIDAY)),), is_sales=True)
WEBINAR = activity(2, (promised(FIRST, weekly(90)),), is_sales=True)


def test_time_with_buyers_counts_whether_promised_by_the_day_or_by_the_week() -> None:
    snapshot = kept_by([CALLS, WEBINAR, NEWS], [talk(CALLS, THIRD, 60), talk(WEBINAR, THIRD, 90)])
    (bar,) = week_bars(snapshot, THIRD, THIRD)
    assert (bar.seconds, bar.quota_seconds) == (150 * 60, (5 * 60 + 90) * 60)
    assert (bar.due, bar.met, bar.is_weekly, bar.quota_count) == (5, 1, False, None)
    (day,) = record(snapshot, THIRD, THIRD)
    assert (day.status, day.share, day.seconds, day.quota_seconds) == (
        Status.WON, 1.0, 150 * 60, 3600,
    )  # fmt: skip


def test_today_and_progress_ask_the_same_of_the_week_with_buyers() -> None:
    entries = [talk(CALLS, THIS, 60), talk(WEBINAR, TODAY, 30)]
    today = shown([CALLS, WEBINAR], entries)
    assert today.sales is not None
    assert (today.sales.week_seconds, today.sales.week_quota_seconds) == (90 * 60, 390 * 60)
    assert today.sales.quota_seconds == 3600  # of the day by itself
    week = this_week(kept_by([CALLS, WEBINAR], entries))
    assert (week.bar.seconds, week.bar.quota_seconds) == (90 * 60, 390 * 60)
    # The days alone have a pace: by noon an hour and a half is due, and that much is done.
    assert week.pace(NOON, BERLIN, WorkingDay()) == WeekPace(0, None)
    tomorrow = shown([CALLS, WEBINAR], entries, day=TODAY + timedelta(days=1))
    assert tomorrow.sales is not None
    assert tomorrow.sales.week_quota_seconds == 390 * 60


def test_this_week_of_a_promise_by_the_week_says_what_is_left_and_has_no_pace() -> None:
    week = this_week(kept_by([NEWS], [*KEPT, *ticks(THIS, 1)]), NEWS.id)
    assert (week.bar.count, week.bar.quota_count, week.days_left) == (1, 3, 6)
    assert (week.seconds_a_day, week.count_a_day) == (None, None)
    assert week.pace(NOON, BERLIN, WorkingDay()) == WeekPace(None, None)
    assert week.weekly is not None
    assert not week.weekly.met
    alone = this_week(kept_by([WEBINAR], []))
    assert alone.pace(NOON, BERLIN, WorkingDay()) == WeekPace(None, None)


# Reviews and suggestions.


def test_a_month_reviews_the_weeks_that_end_in_it() -> None:
    early = replace(NEWS, timeline=(promised(date(2026, 10, 19), weekly(count=3)),))
    october = [*ticks(date(2026, 10, 19), 3), *ticks(date(2026, 10, 26), 1)]
    found = review(
        kept_by([early], [*october, *SLIPPED, *ticks(THIS, 1)]),
        Period.MONTH, TODAY, PeriodTotals(),
    )  # fmt: skip
    (line,) = found.weekly
    # The weeks that ended on the 1st, 8th, 15th and 22nd; that of the 29th is open.
    assert (line.due, line.met, line.count) == (4, 2, 1 + 3 + 2 + 3 + 1)
    assert [(week.start, week.count) for week in line.missed] == [
        (date(2026, 10, 26), 1), (SECOND, 2),
    ]  # fmt: skip
    assert (found.activities, found.misses, found.due) == ((), (), 0)


def test_a_week_reviews_its_own_promise() -> None:
    (line,) = review(kept_by([NEWS], SLIPPED), Period.WEEK, SECOND, PeriodTotals()).weekly
    assert (line.due, line.met, line.count) == (1, 0, 2)
    (line,) = review(
        kept_by([NEWS], [*SLIPPED, *ticks(THIS, 1)]), Period.WEEK, TODAY, PeriodTotals()
    ).weekly
    assert (line.due, line.met, line.count, line.missed) == (0, 0, 1, ())


def test_the_rules_look_at_the_last_twenty_due_weeks() -> None:
    begun = THIS - 21 * ONE_WEEK  # its first week, with nothing done, is not due
    of = activity(1, (promised(begun, weekly(60)),))
    much = [entry(of, begun + number * ONE_WEEK, minutes=92) for number in range(1, 21)]
    assert suggestions(kept_by([of], much), TODAY) == (
        Suggestion(of, Advice.RAISE, Measure.SECONDS, 20, 20, 3600, 5520, 5400, is_weekly=True),
    )
    assert suggestions(kept_by([of], much[:9]), TODAY) == (
        Suggestion(of, Advice.LOWER, Measure.SECONDS, 9, 20, 3600, 0, 300, is_weekly=True),
    )
    assert suggestions(kept_by([of], much), THIRD - timedelta(days=1)) == ()  # nineteen


def test_days_are_not_held_against_a_quota_of_the_week() -> None:
    of = activity(1, (promised(date(2026, 10, 1), terms(30)), promised(THIS, weekly(30))))
    daily = [entry(of, date(2026, 10, 1) + timedelta(days=n), minutes=60) for n in range(50)]
    assert suggestions(kept_by([of], daily), TODAY) == ()


@given(
    mixed_edits,
    st.dictionaries(days, st.integers(1, 40), max_size=20),
    cuts,
)
@settings(max_examples=60)
def test_no_edit_this_week_changes_the_card_of_a_past_week(
    sequence: list[Edit], minutes: dict[date, int], weeks: Weeks
) -> None:
    chosen = Settings(weeks=weeks)
    for today, before, after in edited(sequence, weeks):
        if after[0].set_on == today and after[0].start < today:
            continue  # a first promise, decided today, with a start in the past
        week = weeks.start(today)
        for back in (1, 8):
            as_of = week - timedelta(days=back)
            was, now = (
                [
                    (item.streak, item.kept, item.still_due, item.unit)
                    for item in streak_cards(
                        kept_by([of], [entry(of, day, minutes=minutes[day]) for day in minutes],
                                today=today, settings=chosen),
                        as_of,
                        archived=True,
                    )
                ]
                for of in (activity(1, before), activity(1, after))
            )  # fmt: skip
            assert was == now, today


VISITS = activity(5, (promised(FIRST, weekly(count=3)),), name="Visits", is_sales=True)
TALKS = activity(6, (promised(FIRST, terms(60, 4, days=MONDAY_TO_FRIDAY)),), is_sales=True)
PAPERS = activity(7, (promised(FIRST, weekly(60)),), name="Papers")


def test_quotas_of_day_and_week_add_up_each_by_its_measure() -> None:
    (both,) = week_bars(kept_by([VISITS, TALKS]), THIRD, THIRD)
    assert (both.quota_seconds, both.quota_count) == (5 * 3600, 5 * 4 + 3)
    (both,) = week_bars(kept_by([replace(PAPERS, is_sales=True), VISITS]), THIRD, THIRD)
    assert (both.quota_seconds, both.quota_count) == (3600, 3)
    (alone,) = week_bars(kept_by([PAPERS]), THIRD, THIRD, PAPERS.id)
    assert (alone.quota_seconds, alone.quota_count) == (3600, None)


def test_a_week_that_is_met_has_no_day_left() -> None:
    met = kept_by([NEWS], [entry(NEWS, THIS, count=3)])
    assert this_week(met, NEWS.id).days_left == 0


def test_what_was_done_today_counts_once_towards_the_streak_of_weeks() -> None:
    twice = activity(1, (promised(FIRST, weekly(count=2)),))
    happened = [*ticks(SECOND, 2, twice), *ticks(THIRD, 2, twice), entry(twice, TODAY)]
    assert card(kept_by([twice], happened)).streak.current == 2
    assert card(kept_by([twice], [*happened, entry(twice, THIS)])).streak.current == 3


def test_the_last_seven_days_hold_one_week_that_ended() -> None:
    found = card(kept_by([NEWS], KEPT), as_of=THIS - timedelta(days=1))
    assert found.kept[0] == DaysKept(7, 1, 1)


def test_a_week_in_which_a_promise_ended_before_its_last_day_is_the_next_one_s() -> None:
    thursday = THIRD + timedelta(days=3)
    raised = activity(1, (promised(FIRST, weekly(count=3)), promised(thursday, weekly(count=5))))
    first, second = promises_kept(kept_by([raised], KEPT))
    assert (first.due, first.met) == (2, 2)
    assert (second.due, second.met) == (1, 0)


def test_a_week_off_in_pieces_asks_for_nothing() -> None:
    pieces = [DayOff(THIRD, THIRD), DayOff(THIRD + timedelta(days=1), THIS)]
    (off,) = week_bars(kept_by([PAPERS], days_off=pieces), THIRD, THIRD, PAPERS.id)
    assert (off.quota_seconds, off.due) == (None, 0)
    (line,) = week_records(kept_by([PAPERS], days_off=pieces), PAPERS, THIRD, THIRD)
    assert (line.due.taken_off, line.due.quota_seconds) == (True, 0)


def test_a_week_that_ends_after_its_month_is_reviewed_in_the_next_one() -> None:
    of = replace(PAPERS, timeline=(promised(date(2026, 10, 19), weekly(60)),))
    last = date(2026, 10, 26)  # its week ends on 1 November
    snapshot = kept_by([of], [entry(of, last, minutes=60)])
    assert review(snapshot, Period.MONTH, last, PeriodTotals()).weekly == ()
    (line,) = review(snapshot, Period.MONTH, TODAY, PeriodTotals()).weekly
    assert (line.due, line.met, line.seconds) == (4, 1, 3600)


def test_a_promise_by_the_week_is_reviewed_when_it_was_due_or_anything_was_done() -> None:
    def reviewed(of: ActivityFact, *happened: EntryFact) -> bool:
        found = review(kept_by([of], happened), Period.WEEK, FIRST, PeriodTotals())
        return bool(found.weekly)

    # The first week is not due when it is not met.
    assert not reviewed(PAPERS)
    assert reviewed(PAPERS, entry(PAPERS, FIRST, minutes=5, count=0))
    assert reviewed(PAPERS, entry(PAPERS, FIRST, count=1))
    earlier = replace(PAPERS, timeline=(promised(FIRST - ONE_WEEK, weekly(60)),))
    assert reviewed(earlier)


def test_a_week_that_was_met_before_the_next_promise_began_belongs_to_that_one() -> None:
    thursday = THIRD + timedelta(days=3)
    other = activity(1, (promised(FIRST, weekly(count=3)), promised(thursday, weekly(count=2))))
    first, second = promises_kept(kept_by([other], KEPT))
    assert (first.due, first.met) == (2, 2)
    assert (second.due, second.met) == (1, 1)


def test_what_is_promised_by_the_day_hides_no_week_behind_it() -> None:
    daily = activity(9, (promised(FIRST, terms()),))
    cards = streak_cards(kept_by([daily, replace(NEWS, id=1)], KEPT))
    assert cards[-1].streak.current == 3
