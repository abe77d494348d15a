"""The verdict: now, very soon, not yet, or too little to say; worked by hand, and by properties."""

from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import settings as budget
from hypothesis import strategies as st
from msgspec.structs import replace

from needlemover.domain.delegation.deal import Deal, Sum, Verdict, sum_of
from needlemover.domain.delegation.problem import Cost, CostPer, Every, Problem, ProblemState
from needlemover.domain.delegation.verdict import Missing
from needlemover.domain.numbers.worth import Worth
from needlemover.domain.settings import NextWorth, Settings

from ..weighing import TODAY, declared, measured, problem, weighed

SIX_HOURS = problem(360, Every.MONTH, 276)
"""6 h a month for 276, no hand-over: worth it from 276 / 6 = 46 an hour on."""


def test_what_pays_back_in_three_months_is_delegated_now() -> None:
    # 90 minutes each week are 1.5 · 52/12 = 6.5 h a month. 6.5 · 150 = 975 freed, 975 − 300 = 675
    # saved; 4 · 150 = 600 of hand-over; 600 / 675 = 8/9 = 0.89 months, of 91/3 days: 26.96 days
    # after 22 November.
    found = weighed(problem(90, Every.WEEK, 300, handover=240), 150)
    whole = found.sum
    assert whole is not None
    assert (found.verdict, whole.deal.hours) == (Verdict.NOW, Fraction(13, 2))
    assert (whole.freed, whole.cost, whole.saving) == (97_500, 30_000, 67_500)
    assert (whole.handover, whole.setup) == (60_000, 60_000)
    assert whole.payback_months == Fraction(8, 9)
    assert whole.payback_on == date(2026, 12, 19)
    assert (found.missing, found.ask_again_on) == ((), None)


def test_what_costs_more_than_it_frees_is_not_yet_worth_it() -> None:
    # 6 · 38 = 228 freed for 276: 48 lost. 276 / 6 = 46.
    found = weighed(SIX_HOURS, 38)
    assert found.sum is not None
    assert (found.verdict, found.worth_needed) == (Verdict.NOT_YET, 4_600)
    assert (found.sum.saving, found.sum.payback_months) == (-4_800, None)
    assert found.sum.payback_on is None
    assert found.ask_again_on is None


def test_breaking_even_counts_as_worth_it() -> None:
    found = weighed(SIX_HOURS, 46)
    assert found.sum is not None
    assert (found.verdict, found.sum.saving, found.sum.payback_months) == (Verdict.NOW, 0, 0)


@pytest.mark.parametrize("start", [date(2026, 11, 24), date(2027, 3, 1)])
def test_a_declared_worth_to_come_makes_it_very_soon_with_its_day(start: date) -> None:
    settings = Settings(hourly_worth=3_800, hourly_worth_next=NextWorth(4_600, start))
    found = weighed(SIX_HOURS, declared(38, settings), settings)
    assert found.sum is not None
    assert (found.verdict, found.sum.turns_on) == (Verdict.SOON, start)
    assert found.ask_again_on == start


def test_a_declared_worth_to_come_that_is_too_low_changes_nothing() -> None:
    settings = Settings(hourly_worth=3_800, hourly_worth_next=NextWorth(4_599, date(2027, 3, 1)))
    assert weighed(SIX_HOURS, declared(38, settings), settings).verdict is Verdict.NOT_YET


@pytest.mark.parametrize(("handover", "verdict"), [(240, Verdict.NOT_YET), (180, Verdict.NOT_YET)])
def test_a_hand_over_of_three_months_pays_at_no_worth(handover: int, verdict: Verdict) -> None:
    # 1 h a month; 3 h in three months are no more than 4 h, or 3 h, of hand-over.
    for worth in (1, 150, 1_000_000):
        found = weighed(problem(60, Every.MONTH, 0, handover=handover), worth)
        assert (found.verdict, found.worth_needed) == (verdict, None)


def test_what_pays_at_no_worth_is_known_without_a_price_and_without_a_worth() -> None:
    for item in (problem(60, handover=240), problem(60, cost=5, handover=240)):
        for worth in (None, 150):
            assert weighed(item, worth).verdict is Verdict.NOT_YET
    assert weighed(problem(60, handover=60), 150).verdict is Verdict.UNKNOWN


def test_an_hour_of_unknown_worth_is_too_little_to_say_with_the_worth_needed() -> None:
    found = weighed(SIX_HOURS, None)
    assert found.sum is not None
    assert (found.verdict, found.worth_needed) == (Verdict.UNKNOWN, 4_600)
    assert found.missing == (Missing.WORTH,)
    assert (found.sum.saving, found.sum.setup, found.sum.payback_months) == (None, None, None)


def test_an_unknown_worth_with_a_declared_one_to_come_is_asked_about_then() -> None:
    settings = Settings(hourly_worth_next=NextWorth(4_600, date(2027, 3, 1)))
    found = weighed(SIX_HOURS, declared(None, settings), settings)
    assert (found.verdict, found.ask_again_on) == (Verdict.UNKNOWN, date(2027, 3, 1))


def test_what_was_never_said_is_missing() -> None:
    nothing = weighed(problem(every=None), None)
    assert nothing.verdict is Verdict.UNKNOWN
    assert nothing.missing == (Missing.MINUTES, Missing.EVERY, Missing.COST, Missing.WORTH)
    assert (nothing.sum, nothing.half, nothing.worth_needed) == (None, None, None)
    assert weighed(problem(90), 150).missing == (Missing.COST,)
    assert weighed(problem(None, cost=5), 150).missing == (Missing.MINUTES,)
    assert weighed(problem(90, None, 5), 150).missing == (Missing.EVERY,)


def test_a_worth_needed_is_rounded_up_so_that_it_is_enough() -> None:
    # 100 for 3 h a month: 33.333 an hour; 33.33 would still lose a cent.
    found = weighed(problem(180, Every.MONTH, 100), 10)
    assert found.worth_needed == 3_334
    at = weighed(problem(180, Every.MONTH, 100), declared(0, Settings(hourly_worth=3_334)))
    short = weighed(problem(180, Every.MONTH, 100), declared(0, Settings(hourly_worth=3_333)))
    assert (at.verdict, short.verdict) == (Verdict.NOW, Verdict.NOT_YET)


@pytest.mark.parametrize(
    ("every", "per", "monthly", "once"),
    [
        (Every.DAY, CostPer.TIME, Fraction(5 * 52 * 1_000, 12), 0),
        (Every.WEEK, CostPer.TIME, Fraction(52 * 1_000, 12), 0),
        (Every.MONTH, CostPer.TIME, 1_000, 0),
        (Every.WEEK, CostPer.MONTH, 1_000, 0),
        (Every.WEEK, CostPer.ONCE, 0, 1_000),
        (Every.ONCE, CostPer.TIME, 0, 1_000),
        (Every.ONCE, CostPer.MONTH, 0, 1_000),
    ],
)
def test_a_price_is_brought_to_a_month_or_to_once(
    every: Every, per: CostPer, monthly: Fraction, once: int
) -> None:
    found = weighed(problem(60, every, 10, per), 150).sum
    assert found is not None
    assert (found.deal.monthly_cost, found.deal.once_cost) == (monthly, once)


def test_a_one_off_cost_is_set_up_too() -> None:
    # 2 h a month at 50: 100 freed. Set-up 250 + 1 · 50 = 300 = 3 · 100: just now.
    # (3 · 0 + 250) / (3 · 2 − 1) = 50.
    found = weighed(problem(120, Every.MONTH, 250, CostPer.ONCE, handover=60), 50)
    assert found.sum is not None
    assert (found.verdict, found.worth_needed) == (Verdict.NOW, 5_000)
    assert (found.sum.setup, found.sum.payback_months) == (30_000, 3)


def test_a_one_off_thing_must_bring_in_what_it_costs() -> None:
    # 10 h at 50 are 500; 450 and 1 h of hand-over at 50 are 500: just now. 450 / (10 − 1) = 50.
    item = problem(600, Every.ONCE, 450, CostPer.ONCE, handover=60)
    now, before = weighed(item, 50), weighed(item, 49)
    assert now.sum is not None
    assert before.sum is not None
    assert (now.verdict, now.sum.saving, now.sum.payback_months) == (Verdict.NOW, 0, 0)
    assert now.worth_needed == 5_000
    # 490 − 450 − 49 = −9.
    assert (before.verdict, before.sum.saving) == (Verdict.NOT_YET, -900)
    assert before.sum.payback_months is None


def test_a_one_off_thing_that_takes_as_long_to_hand_over_pays_at_no_worth() -> None:
    found = weighed(problem(60, Every.ONCE, 0, handover=60), 1_000)
    assert (found.verdict, found.worth_needed) == (Verdict.NOT_YET, None)


def test_what_would_turn_next_week_is_asked_about_in_seven_days() -> None:
    found = weighed(SIX_HOURS, measured(38, slope=8))
    assert (found.verdict, found.ask_again_on) == (Verdict.SOON, TODAY + timedelta(days=7))


@pytest.mark.parametrize(
    ("slope", "weeks"),
    [(4, 2), (3, 3), (2, 4)],  # 38 + 2 · 4 = 46; 38 + 3 · 3 = 47 and 44 before; 38 + 4 · 2 = 46
)
def test_a_trend_is_followed_to_the_first_week_in_which_it_turns(slope: int, weeks: int) -> None:
    found = weighed(SIX_HOURS, measured(38, slope=slope))
    assert (found.verdict, found.ask_again_on) == (Verdict.SOON, TODAY + timedelta(weeks=weeks))


def test_a_trend_is_followed_for_four_weeks_only() -> None:
    assert weighed(SIX_HOURS, measured(42, slope=1)).verdict is Verdict.SOON  # 42 + 4
    assert weighed(SIX_HOURS, measured(41, slope=1)).verdict is Verdict.NOT_YET
    assert weighed(SIX_HOURS, measured(38, slope=-1)).verdict is Verdict.NOT_YET
    assert weighed(SIX_HOURS, measured(38)).verdict is Verdict.NOT_YET


@pytest.mark.parametrize(
    ("now", "low", "verdict"),
    [
        (60, 46, Verdict.NOW),
        (60, 45, Verdict.CLOSE),
        (46, 20, Verdict.CLOSE),
        (45, 45, Verdict.NOT_YET),
    ],
)
def test_now_is_what_pays_at_the_lower_end_of_the_range_too(
    now: int, low: int, verdict: Verdict
) -> None:
    found = weighed(SIX_HOURS, measured(now, low=low))
    assert (found.verdict, found.ask_again_on) == (verdict, None)


def test_what_is_too_close_to_call_is_asked_about_when_a_declared_worth_holds() -> None:
    settings = Settings(hourly_worth_next=NextWorth(4_600, date(2027, 3, 1)))
    found = weighed(SIX_HOURS, measured(60, low=38, slope=3), settings)
    assert (found.verdict, found.ask_again_on) == (Verdict.CLOSE, date(2027, 3, 1))
    # A trend makes a worth no surer.
    assert weighed(SIX_HOURS, measured(60, low=38, slope=3)).ask_again_on is None


def test_the_most_to_pay_is_that_of_the_lower_end() -> None:
    # 6 h at 38.
    assert weighed(problem(360), measured(60, low=38)).most_to_pay == 22_800


def test_a_declared_worth_ends_what_the_trend_says() -> None:
    # The trend would turn in 4 weeks; from the third on a lower worth is declared.
    settings = Settings(hourly_worth_next=NextWorth(4_000, TODAY + timedelta(weeks=3)))
    assert weighed(SIX_HOURS, measured(38, slope=2), settings).verdict is Verdict.NOT_YET
    assert weighed(SIX_HOURS, measured(38, slope=4), settings).ask_again_on == (
        TODAY + timedelta(weeks=2)
    )


def test_half_and_double_scale_the_hours_alone() -> None:
    # At half, 3.25 · 150 = 487.50 freed; at double, 13 · 150 = 1,950; 300 and 4 h stay.
    found = weighed(problem(90, Every.WEEK, 300, handover=240), 150)
    assert found.half is not None
    assert found.double is not None
    assert (found.half.freed, found.half.saving, found.half.setup) == (48_750, 18_750, 60_000)
    # 600 > 3 · 187.50; 900 / (9.75 − 4) = 156.52… an hour would do.
    assert (found.half.verdict, found.half.deal.worth_needed) == (Verdict.NOT_YET, 15_653)
    assert (found.double.verdict, found.double.saving) == (Verdict.NOW, 165_000)


def test_what_is_delegated_is_weighed_by_what_it_really_costs_since_then() -> None:
    item = problem(
        360, Every.MONTH, 276, handover=60, state=ProblemState.DELEGATED,
        on=date(2026, 9, 1), real=Cost(12_000, CostPer.MONTH),
    )  # fmt: skip
    found = weighed(item, 50)
    assert found.sum is not None
    # 6 · 50 − 120 = 180; 50 / 180 months of 91/3 days are 8.4 days.
    assert (found.sum.saving, found.sum.payback_on) == (18_000, date(2026, 9, 9))


def test_a_payback_far_away_has_no_date() -> None:
    # 0.01 an hour more than break-even, with a dear hand-over.
    found = weighed(problem(60, Every.MONTH, 1_000, handover=60_000), measured(1_001))
    assert found.sum is not None
    assert found.sum.payback_months == 1_001_000
    assert found.sum.payback_on is None


def test_an_hour_that_cost_money_is_used_in_no_sum() -> None:
    found = weighed(SIX_HOURS, measured(-3, slope=20))
    assert found.sum is not None
    assert (found.verdict, found.sum.freed, found.sum.saving) == (Verdict.UNKNOWN, None, None)
    assert (found.missing, found.most_to_pay, found.ask_again_on) == ((Missing.WORTH,), None, None)


def test_hours_are_whole_minutes_so_that_a_sum_comes_out_by_hand() -> None:
    # 7 minutes, 21 2/3 times a month, are 151.67: 152. 2 h 32 at 60 are 152, less 33.33 is 118.67.
    item = problem(7, Every.DAY, handover=1)
    item = replace(item, estimate=replace(item.estimate, cost=Cost(3_333, CostPer.MONTH)))
    found = weighed(item, 60).sum
    assert found is not None
    assert found.deal.hours == Fraction(152, 60)
    assert (found.freed, found.cost, found.saving) == (15_200, 3_333, 11_867)


@given(st.integers(1, 900), st.integers(0, 900), st.integers(1, 9_999), st.sampled_from(Every))
def test_the_parts_of_a_sum_add_up_as_they_are_told(
    minutes: int, handover: int, worth: int, every: Every
) -> None:
    item = problem(minutes, every, 33, CostPer.TIME, handover=handover)
    found = weighed(item, declared(None, Settings(hourly_worth=worth))).sum
    assert found is not None
    assert found.setup == (found.handover or 0) + round(found.deal.once_cost)
    assert found.saving == (found.freed or 0) - (found.setup if found.deal.is_once else found.cost)


ORDER = {Verdict.NOT_YET: 0, Verdict.SOON: 1, Verdict.CLOSE: 2, Verdict.NOW: 3}
ITEMS = st.builds(
    problem,
    st.integers(0, 1_000),
    st.sampled_from(Every),
    st.integers(0, 2_000),
    st.sampled_from(CostPer),
    handover=st.none() | st.integers(0, 2_000),
)
WORTHS = st.builds(measured, st.integers(0, 500), slope=st.none() | st.integers(-20, 20))


@budget(max_examples=150)
@given(ITEMS, WORTHS, st.integers(0, 500))
def test_a_higher_worth_never_turns_now_into_not_yet(
    item: Problem, worth: Worth, more: int
) -> None:
    slope = None if worth.trend is None else worth.trend.sure // 100
    higher = measured((worth.now or 0) // 100 + more, slope=slope)
    assert ORDER[weighed(item, higher).verdict] >= ORDER[weighed(item, worth).verdict]


@budget(max_examples=150)
@given(
    st.integers(0, 1_000), st.sampled_from(Every), st.integers(0, 2_000), st.integers(0, 2_000),
    st.sampled_from(CostPer), st.integers(0, 2_000), WORTHS,
)  # fmt: skip
def test_a_lower_cost_never_worsens_a_verdict(
    minutes: int, every: Every, cost: int, less: int, per: CostPer, handover: int, worth: Worth
) -> None:
    dear = weighed(problem(minutes, every, cost, per, handover=handover), worth)
    cheap = weighed(problem(minutes, every, max(0, cost - less), per, handover=handover), worth)
    assert ORDER[cheap.verdict] >= ORDER[dear.verdict]


@budget(max_examples=150)
@given(ITEMS, WORTHS)
def test_half_is_never_better_than_the_whole_nor_that_better_than_double(
    item: Problem, worth: Worth
) -> None:
    found = weighed(item, worth)
    assert found.half is not None
    assert found.double is not None
    places = [ORDER[one.verdict] for one in (found.half, found.sum, found.double) if one]
    assert places == sorted(places)
    assert found.double.deal.hours == 4 * found.half.deal.hours
    assert found.half.deal.handover == found.double.deal.handover


@budget(max_examples=150)
@given(ITEMS)
def test_the_worth_needed_is_the_least_that_is_enough(item: Problem) -> None:
    found = weighed(item, 50).sum
    assert found is not None
    needed = found.deal.worth_needed
    if needed is None:
        assert not found.deal.is_worth_it(10**12)
        return
    assert found.deal.is_worth_it(needed)
    assert not found.deal.is_worth_it(needed - 1)


@budget(max_examples=150)
@given(ITEMS, st.integers(1, 500))
def test_now_is_a_set_up_of_at_most_three_savings(item: Problem, worth: int) -> None:
    found = weighed(item, worth).sum
    assert found is not None
    deal, value = found.deal, worth * 100
    freed, handover = deal.hours * value, deal.handover * value
    if deal.is_once:
        assert (found.verdict is Verdict.NOW) == (
            deal.hours > deal.handover and freed >= deal.once_cost + handover
        )
    else:
        assert (found.verdict is Verdict.NOW) == (
            3 * deal.hours > deal.handover
            and handover + deal.once_cost <= 3 * (freed - deal.monthly_cost)
        )


def test_the_most_to_pay_is_known_before_any_price() -> None:
    # 6.5 · 150 = 975 freed, less a third of 4 · 150 = 600: 775.
    assert weighed(problem(90, Every.WEEK, handover=240), 150).most_to_pay == 77_500
    # 10 h less 1 h of hand-over, once, at 50.
    assert weighed(problem(600, Every.ONCE, handover=60), 50).most_to_pay == 45_000
    assert weighed(problem(90, Every.WEEK), None).most_to_pay is None
    assert weighed(problem(), 150).most_to_pay is None
    assert weighed(problem(60, handover=180), 150).most_to_pay is None


@budget(max_examples=100)
@given(
    st.integers(0, 1_000), st.sampled_from(Every), st.integers(0, 2_000), st.integers(1, 500),
)  # fmt: skip
def test_the_most_to_pay_is_just_worth_it(
    minutes: int, every: Every, handover: int, worth: int
) -> None:
    item = problem(minutes, every, handover=handover)
    most = weighed(item, worth).most_to_pay or 0

    def verdict(cost: int) -> Verdict:
        estimate = replace(item.estimate, cost=Cost(cost, CostPer.MONTH))
        return weighed(replace(item, estimate=estimate), worth).verdict

    assert verdict(most + 1) is Verdict.NOT_YET
    if most:
        assert verdict(most) is Verdict.NOW


def deal(hours: int, monthly: int = 0, once: int = 0, handover: int = 0) -> Deal:
    """By the month; costs in minor units."""
    return Deal(*map(Fraction, (hours, monthly, once, handover)), is_once=False)


def total(of: Deal, worth: int) -> Sum:
    return sum_of(of, worth, TODAY, Verdict.NOT_YET, None)


def test_the_most_to_pay_leaves_room_for_what_is_paid_once() -> None:
    # 10 h at 600 are 6,000; the 900 once are to come back in three months: 300 a month less.
    assert deal(10, once=900).most_to_pay(600) == 5_700


def test_a_hand_over_without_a_word_about_it_takes_no_time() -> None:
    free = weighed(problem(60), 50).free_deal
    assert free is not None
    assert free.handover == 0


def test_what_comes_back_saves_a_month_and_a_one_off_thing_once() -> None:
    assert total(deal(2, monthly=50), 100).saving == 150
    once = weighed(problem(60, Every.ONCE, 5), 50).sum
    assert once is not None
    assert once.saving == 4_500


def test_a_set_up_is_paid_back_by_any_saving_and_by_none_at_all_never() -> None:
    assert total(deal(1, monthly=100, once=1), 100).payback_months is None
    assert total(deal(1, monthly=99, once=1), 100).payback_months == 1
    assert total(deal(1, monthly=98, once=1), 100).payback_months == Fraction(1, 2)


@pytest.mark.parametrize(("once", "is_told"), [(1_200, True), (1_201, False)])
def test_no_day_is_told_for_what_takes_more_than_a_hundred_years(once: int, is_told: bool) -> None:
    found = total(deal(1, monthly=99, once=once), 100)
    assert found.payback_months == once
    assert (found.payback_on is not None) is is_told


def test_what_it_would_be_for_free_costs_nothing() -> None:
    free = weighed(problem(60), 50).free_deal
    assert free is not None
    assert (free.monthly_cost, free.once_cost, free.turning_worth) == (0, 0, 0)
