"""What holds for all edits of promises by the week and by the day, mixed."""

from datetime import date, timedelta
from functools import reduce

from hypothesis import given
from hypothesis import strategies as st

from needlemover.domain.day import Week, Weeks
from needlemover.domain.promises.commitment import (
    NOTHING,
    Done,
    Rule,
    Terms,
    Timeline,
    terms_on,
    week_terms,
)
from needlemover.domain.promises.status import WeekDue, week_due

from .test_properties import FIRST, Edit, all_terms, dues, edited, edits_of

by_the_week = st.builds(
    lambda seconds, count, rule: Terms(rule=rule, seconds=seconds, count=count).a_week,
    st.sampled_from([None, 600, 1200, 1800]),
    st.sampled_from([None, 1, 2, 3]),
    st.sampled_from(Rule),
)
mixed_edits = edits_of(by_the_week | by_the_week | all_terms)
EARLIEST = FIRST - timedelta(days=21)
turning_days = st.lists(st.dates(EARLIEST, FIRST + timedelta(days=60)), max_size=2, unique=True)
cuts = st.builds(lambda weekday, turns: reduce(Weeks.turned, sorted(turns), Weeks(weekday)),
                 st.sampled_from([0, 6]), turning_days)  # fmt: skip


def weeks_before(timeline: Timeline, today: date, weeks: Weeks) -> dict[date, list[WeekDue]]:
    """What was asked of the weeks that are over, once with nothing and once with much done."""
    return {
        week.first: [
            week_due(timeline, week, done, free=(), today=today)
            for done in (NOTHING, Done(9999, 9, done=True))
        ]
        for week in weeks.between(EARLIEST, today)
        if week.last < today
    }


@given(mixed_edits, cuts)
def test_no_edit_changes_a_past_week_or_a_past_day(sequence: list[Edit], weeks: Weeks) -> None:
    for today, before, after in edited(sequence, weeks):
        if after[0].set_on == today and after[0].start < today:
            continue  # a first promise, decided today, with a start in the past
        old, new = (weeks_before(item, today, weeks) for item in (before, after))
        assert old == new, today
        assert dues(before, today, today) == dues(after, today, today), today


@given(mixed_edits, cuts)
def test_an_earlier_start_leaves_the_weeks_after_the_first_promise_alone(
    sequence: list[Edit], weeks: Weeks
) -> None:
    for today, before, after in edited(sequence, weeks):
        decided = [item for item in before if item.set_on < today]
        if decided and after[0].start < decided[0].start:
            old, new = (weeks_before(item, today, weeks) for item in (before, after))
            begun = weeks.start(decided[0].start)
            assert {week: old[week] for week in old if week >= begun} == {
                week: new[week] for week in new if week >= begun
            }


@given(mixed_edits, cuts)
def test_a_weeks_bar_never_falls_below_what_it_was_when_the_week_began(
    sequence: list[Edit], weeks: Weeks
) -> None:
    began: tuple[Week | None, Terms | None] = (None, None)
    for today, before, after in edited(sequence, weeks):
        week = weeks.of(today)
        if began[0] != week:
            has_begun = bool(before) and before[0].start <= today
            began = (week, week_terms(before, week) if has_begun else None)
        if began[1] is not None:
            now = week_terms(after, week)
            assert now is not None, today
            assert now.asks_at_least(began[1]), today


@given(mixed_edits, cuts)
def test_todays_bar_by_the_day_never_falls_below_what_it_was_in_the_morning(
    sequence: list[Edit], weeks: Weeks
) -> None:
    morning: tuple[date | None, Terms | None] = (None, None)
    for today, before, after in edited(sequence, weeks):
        if morning[0] != today:
            morning = (today, terms_on(before, today))
        bar, now = morning[1], terms_on(after, today)
        if bar is not None and not bar.weekly:
            assert now is not None
            assert now.asks_at_least(bar)


@given(mixed_edits, cuts)
def test_a_change_that_names_no_day_holds_by_the_next_week(
    sequence: list[Edit], weeks: Weeks
) -> None:
    plain = [Edit(item.days_later, item.terms, None) for item in sequence]
    for today, _, after in edited(plain, weeks):
        following = weeks.of(today).last + timedelta(days=1)
        assert after == () or terms_on(after, following) == after[-1].terms


@given(mixed_edits, cuts)
def test_the_commitments_stand_in_order_and_no_two_are_decided_for_a_day_on_the_same_day(
    sequence: list[Edit], weeks: Weeks
) -> None:
    for _, _, after in edited(sequence, weeks):
        keys = [(item.start, item.set_on) for item in after]
        assert keys == sorted(set(keys))
