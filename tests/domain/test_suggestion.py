"""The two rules that suggest another quota, at their edges."""

from collections.abc import Sequence
from datetime import date, timedelta

import pytest

from needlemover.domain.progress.record import ProgressSnapshot
from needlemover.domain.progress.review import Advice, Measure, Suggestion, suggestions

from ..conftest import promised, terms
from .conftest import TODAY, YESTERDAY, activity, entry, kept_by

FIRST = TODAY - timedelta(days=20)
BEGUN = FIRST - timedelta(days=1)
"""A first day that is not met is not due, so that twenty due days are left."""
OF = activity(1, (promised(BEGUN, terms(30)),))
COUNTED = activity(1, (promised(BEGUN, terms(None, 4)),))


def minutes_done(minutes: Sequence[float]) -> ProgressSnapshot:
    """The twenty days before today, one after the other."""
    return kept_by(
        [OF],
        [
            entry(OF, FIRST + timedelta(days=number), minutes=length)
            for number, length in enumerate(minutes)
            if length
        ],
    )


def counted(counts: Sequence[int]) -> ProgressSnapshot:
    return kept_by(
        [COUNTED],
        [
            entry(COUNTED, FIRST + timedelta(days=number), count=count)
            for number, count in enumerate(counts)
            if count
        ],
    )


def test_a_quota_is_raised_to_what_eighteen_of_twenty_days_reached() -> None:
    # The two lowest are 0 and 31; the third lowest is 38, so 18 days reached 38 min: 35 min.
    found = suggestions(minutes_done([90] * 12 + [38] * 6 + [31, 0]), YESTERDAY)
    assert found == (Suggestion(OF, Advice.RAISE, Measure.SECONDS, 19, 20, 1800, 38 * 60, 35 * 60),)


def test_a_quota_is_not_raised_for_a_few_long_days() -> None:
    # On average 57 min, but two days in three had 30 to 34.
    assert suggestions(minutes_done([120] * 6 + [34] * 7 + [30] * 7), YESTERDAY) == ()
    assert suggestions(minutes_done([34.9] * 20), YESTERDAY) == ()
    assert len(suggestions(minutes_done([35] * 18 + [30, 0]), YESTERDAY)) == 1


def test_eighteen_of_twenty_raise_nothing() -> None:
    assert suggestions(minutes_done([90] * 18 + [0, 0]), YESTERDAY) == ()


def test_lower_when_fewer_than_half_were_met() -> None:
    # Nine days met; the median lies between the 10th and the 11th: 22 and 24 are 23, so 20 min.
    found = suggestions(minutes_done([5] * 9 + [22, 24] + [30] * 9), YESTERDAY)
    assert found == (Suggestion(OF, Advice.LOWER, Measure.SECONDS, 9, 20, 1800, 23 * 60, 20 * 60),)


def test_half_of_them_lower_nothing() -> None:
    assert suggestions(minutes_done([5] * 10 + [30] * 10), YESTERDAY) == ()


def test_a_quota_is_never_lowered_below_five_minutes_or_one() -> None:
    (found,) = suggestions(minutes_done([1] * 20), YESTERDAY)
    assert found.to == 5 * 60
    (found,) = suggestions(counted([0] * 19 + [1]), YESTERDAY)
    assert (found.measure, found.to) == (Measure.COUNT, 1)


def test_a_count_is_raised_to_a_whole_one() -> None:
    (found,) = suggestions(counted([8] * 12 + [7] * 6 + [5, 4]), YESTERDAY)
    assert (found.asked, found.reached, found.to) == (4, 7, 7)
    assert suggestions(counted([9] * 17 + [4] * 3), YESTERDAY) == ()


def test_nothing_is_said_before_twenty_due_days() -> None:
    young = activity(1, (promised(FIRST + timedelta(days=1), terms(30)),))
    days = [FIRST + timedelta(days=number) for number in range(1, 20)]
    happened = [entry(young, day, minutes=90) for day in days]
    assert suggestions(kept_by([young], happened), YESTERDAY) == ()
    # Today, once met, is the twentieth.
    more = [*happened, entry(young, TODAY, minutes=90)]
    assert len(suggestions(kept_by([young], more), TODAY)) == 1


def test_due_days_are_found_however_far_back_they_lie() -> None:
    mondays = activity(1, (promised(date(2026, 1, 5), terms(30, days=frozenset({0}))),))
    happened = [entry(mondays, YESTERDAY - timedelta(weeks=week), minutes=60) for week in range(20)]
    (found,) = suggestions(kept_by([mondays], happened), YESTERDAY)
    assert (found.met, found.of, found.to) == (20, 20, 60 * 60)


def test_the_quota_is_held_against_what_is_asked_now() -> None:
    # Raised to an hour yesterday: the hours done before are no reason for more.
    raised = activity(1, (promised(FIRST, terms(30)), promised(YESTERDAY, terms(60))))
    days = [FIRST + timedelta(days=number) for number in range(20)]
    happened = [entry(raised, day, minutes=60) for day in days]
    assert suggestions(kept_by([raised], happened), YESTERDAY) == ()


@pytest.mark.parametrize("timeline", [
    (promised(FIRST, terms()),),
    (promised(FIRST, terms(30)), promised(YESTERDAY, None)),
    (),
])  # fmt: skip
def test_a_plain_tick_and_what_is_put_away_are_left_out(timeline) -> None:
    assert suggestions(kept_by([activity(1, timeline)]), TODAY) == ()


def test_of_two_quotas_each_is_looked_at() -> None:
    both = activity(1, (promised(FIRST, terms(30, 4)),))
    days = [FIRST + timedelta(days=number) for number in range(20)]
    happened = [entry(both, day, minutes=60, count=4) for day in days]
    (found,) = suggestions(kept_by([both], happened), YESTERDAY)
    assert (found.measure, found.advice, found.to) == (Measure.SECONDS, Advice.RAISE, 3600)


def test_what_asks_for_a_plain_tick_keeps_nothing_from_those_behind_it() -> None:
    plain = activity(9, (promised(BEGUN, terms()),))
    happened = [entry(OF, FIRST + timedelta(days=number), minutes=60) for number in range(20)]
    assert len(suggestions(kept_by([plain, OF], happened), YESTERDAY)) == 1


def test_a_quota_that_cannot_be_lower_stays() -> None:
    of = activity(1, (promised(BEGUN, terms(5)),))
    assert suggestions(kept_by([of]), YESTERDAY) == ()


def test_the_median_lies_between_the_two_in_the_middle() -> None:
    # 23 and 26 are 24.5, so 20; the upper one alone would be 25.
    (found,) = suggestions(minutes_done([5] * 9 + [23, 26] + [30] * 9), YESTERDAY)
    assert found.to == 20 * 60
