"""The words of Delegate: the verdict in a line, and sums that a person can check."""

from datetime import date, timedelta
from fractions import Fraction

import pytest
from msgspec.structs import replace

from needlemover.domain.delegation.problem import (
    Cost,
    CostPer,
    Estimate,
    Every,
    Problem,
    ProblemState,
    Spent,
)
from needlemover.domain.delegation.verdict import ProblemsSnapshot, Weighing
from needlemover.domain.numbers.returns import Return
from needlemover.domain.numbers.worth import Worth
from needlemover.domain.settings import NextWorth, Settings
from needlemover.text import delegation as words
from needlemover.text.format import rounded_money
from needlemover.text.numbers.worth import best_words, hour_lines, income_words

from ..weighing import TODAY, declared, measured, problem, weighed

HOUR = 3600
SIX_HOURS = problem(360, Every.MONTH, 276)
NEWSLETTER = problem(90, Every.WEEK, 300, handover=240)


def verdict(item: Problem, worth: Worth | int | None, settings: Settings | None = None) -> str:
    return words.verdict_words(weighed(item, worth, settings), "USD", TODAY)


def rows(found: Weighing) -> list[words.Row]:
    """The whole sum."""
    return [row for block in words.sum_blocks(found, "USD") for row in block]


def also(begin: str, weighing: Weighing, *returns: Return) -> str:
    """The one of the last lines that begins so; empty: none does."""
    lines = words.also_lines(weighing, returns, "USD")
    return next((line for line in lines if line.startswith(begin)), "")


def test_the_whole_sum_is_laid_out_to_be_checked() -> None:
    assert words.sum_blocks(weighed(NEWSLETTER, 150), "USD") == [
        [("1 h 30 each week, estimated", "6 h 30 a month")],
        [("frees 6 h 30 × $150", "$975"), ("costs", "−$300"), ("saves a month", "$675")],
        [
            ("hand-over, 4 h × $150", "$600"),
            ("paid back", "in 0.9 months, about 19 Dec 2026"),
        ],
    ]
    # 90 s on each of 21 2/3 days: 1 min of them would be 22 min.
    short = replace(NEWSLETTER, estimate=Estimate(90, Every.DAY, Cost(0, CostPer.MONTH)))
    assert rows(weighed(short, 150))[0] == (
        "1 min 30 s each working day, estimated",
        "32 min a month",
    )
    assert verdict(NEWSLETTER, 150) == (
        "Delegate now: saves $675 a month, paid back about 19 Dec 2026."
    )


def test_not_yet_says_the_worth_at_which_it_turns() -> None:
    assert verdict(SIX_HOURS, 38) == "Not yet: worth it once your hour is worth $46."
    assert rows(weighed(SIX_HOURS, 38)) == [
        ("6 h each month, estimated", "6 h a month"),
        ("frees 6 h × $38", "$228"),
        ("costs", "−$276"),
        ("loses a month", "−$48"),
    ]


def test_very_soon_says_when_and_when_it_is_asked_again() -> None:
    settings = Settings(hourly_worth=3_800, hourly_worth_next=NextWorth(4_600, date(2027, 3, 1)))
    assert verdict(SIX_HOURS, declared(38, settings), settings) == (
        "Very soon: worth it at $46, about 1 Mar 2027; asked again that morning."
    )
    said = problem(360, Every.MONTH, 276, asked=date(2026, 11, 25))
    assert verdict(said, measured(38, slope=8)) == (
        "Very soon: worth it at $46, about 29 Nov 2026; asked again on 25 Nov 2026."
    )
    due = problem(360, Every.MONTH, 276, asked=TODAY)
    assert verdict(due, measured(38, slope=8)).endswith("; you are asked again today.")


def test_too_close_to_call_says_at_which_worths() -> None:
    assert verdict(SIX_HOURS, measured(60, low=38)) == (
        "Now at $60 an hour, not at $38: too close to call."
    )
    settings = Settings(hourly_worth_next=NextWorth(4_600, date(2027, 3, 1)))
    assert verdict(SIX_HOURS, measured(60, low=38), settings) == (
        "Now at $60 an hour, not at $38: too close to call; from 1 Mar 2027 on it is worth "
        "it, as you declared."
    )


def test_at_no_worth_says_why() -> None:
    assert verdict(problem(60, cost=0, handover=240), 150) == (
        "Not at any worth of your hour: handing it over takes as long as doing it for three "
        "months, or longer."
    )
    assert verdict(problem(60, Every.ONCE, 0, handover=60), 150) == (
        "Not at any worth of your hour: handing it over takes as long as doing it."
    )
    assert verdict(problem(60, handover=240), None).startswith("Not at any worth of your hour: ")
    assert verdict(problem(0, cost=0), 150) == "Not at any worth of your hour: it frees no time."


def test_too_little_says_what_is_missing() -> None:
    assert verdict(problem(every=None), 150) == (
        "Too little to say. Still missing: how many minutes it takes, how often it comes back "
        "and what it would cost."
    )
    assert verdict(problem(60), 150) == "Too little to say. Still missing: what it would cost."
    assert verdict(SIX_HOURS, None) == (
        "Too little to say what your hour is worth; worth it from $46 on."
    )
    settings = Settings(hourly_worth_next=NextWorth(4_600, date(2027, 3, 1)))
    assert verdict(SIX_HOURS, declared(None, settings), settings) == (
        "Too little to say what your hour is worth; worth it from $46 on; from 1 Mar 2027 on it "
        "is worth it, as you declared."
    )


def test_what_is_known_of_a_sum_is_shown() -> None:
    assert rows(weighed(problem(every=None), 150)) == []
    assert rows(weighed(problem(90, Every.DAY), 150)) == [
        ("1 h 30 each working day, estimated", "32 h 30 a month")  # 1.5 · 5 · 52/12
    ]


def test_the_worth_needed_is_laid_out_where_that_of_the_hour_is_not_known() -> None:
    # 900 / (19.5 - 4) = 58.0645, rounded up.
    assert rows(weighed(NEWSLETTER, None)) == [
        ("1 h 30 each week, estimated", "6 h 30 a month"),
        ("costs 3 × $300", "$900"),
        ("÷ 3 × 6 h 30 − 4 h of hand-over", "15 h 30"),
        ("an hour must be worth", "$58.07"),
    ]
    assert rows(weighed(SIX_HOURS, None))[1:] == [
        ("costs 3 × $276", "$828"),
        ("÷ 3 × 6 h", "18 h"),
        ("an hour must be worth", "$46"),
    ]
    once = problem(120, Every.MONTH, 240, CostPer.ONCE, handover=60)
    assert rows(weighed(once, None))[1:] == [
        ("costs once", "$240"),
        ("÷ 3 × 2 h − 1 h of hand-over", "5 h"),
        ("an hour must be worth", "$48"),
    ]
    one_off = problem(720, Every.ONCE, 330, handover=60)
    assert rows(weighed(one_off, None)) == [
        ("12 h once, estimated", "12 h"),
        ("costs once", "$330"),
        ("÷ 12 h − 1 h of hand-over", "11 h"),
        ("an hour must be worth", "$30"),
    ]
    # 52/12 = 4 1/3; 3 · 4 1/3 · 30 = 390; 390 / 13 = 30.
    each = problem(60, Every.WEEK, 30, CostPer.TIME)
    assert rows(weighed(each, None))[1:] == [
        ("costs 3 × 4 1/3 × $30", "$390"),
        ("÷ 3 × 4 h 20", "13 h"),
        ("an hour must be worth", "$30"),
    ]
    assert rows(weighed(problem(60, cost=0, handover=240), None))[1:] == []


def test_a_price_for_each_time_and_a_one_off_cost_are_shown() -> None:
    # 52/12 = 4 1/3; 4 1/3 · 30 = 130.
    each = weighed(problem(60, Every.WEEK, 30, CostPer.TIME), 60)
    assert rows(each)[1:] == [
        ("frees 4 h 20 × $60", "$260"),
        ("costs 4 1/3 × $30", "−$130"),
        ("saves a month", "$130"),
    ]
    both = weighed(problem(120, Every.MONTH, 250, CostPer.ONCE, handover=60), 50)
    assert words.sum_blocks(both, "USD")[2] == [
        ("hand-over, 1 h × $50", "$50"),
        ("paid once", "$250"),
        ("takes once", "$300"),
        ("paid back", "in 3 months, about 21 Feb 2027"),
    ]
    never = weighed(problem(60, Every.MONTH, 100, handover=60), 50)
    assert rows(never)[-2:] == [("hand-over, 1 h × $50", "$50"), ("paid back", "never")]


def test_a_payback_is_told_in_plain_english() -> None:
    # 10 h at 60 save 600: a hand-over of 10 h, and one of a minute, that costs 1.
    month = weighed(problem(600, Every.MONTH, 0, handover=600), 60)
    assert rows(month)[-2:] == [
        ("hand-over, 10 h × $60", "$600"),
        ("paid back", "in 1 month, about 22 Dec 2026"),
    ]
    minute = weighed(problem(600, Every.MONTH, 0, handover=1), 60)
    assert rows(minute)[-2:] == [
        ("hand-over, 1 min × $60", "$1"),
        ("paid back", "at once, about 22 Nov 2026"),
    ]


def test_a_one_off_thing_has_one_sum() -> None:
    found = weighed(problem(600, Every.ONCE, 300, CostPer.ONCE, handover=60), 150)
    assert rows(found) == [
        ("10 h once, estimated", "10 h"),
        ("frees 10 h × $150", "$1,500"),
        ("hand-over, 1 h × $150", "−$150"),
        ("costs", "−$300"),
        ("saves, once", "$1,050"),
    ]
    assert words.verdict_words(found, "USD", TODAY) == "Delegate now: saves $1,050, once."


def test_what_was_measured_says_so() -> None:
    # Three hours in 28 days are 3 · 91/3 / 28 = 3.25 a month, whatever was said.
    spent = tuple(Spent(TODAY - timedelta(days=27 - day), HOUR) for day in range(3))
    assert rows(weighed(problem(5, Every.WEEK, spent=spent), 1)) == [
        ("3 h in 28 days, measured 3 times", "3 h 15 a month")
    ]
    # Of a one-off thing they are parts.
    assert rows(weighed(problem(5, Every.ONCE, spent=spent), 1)) == [
        ("3 h once, measured 3 times", "3 h")
    ]


def test_a_shaky_guess_shows_as_shaky() -> None:
    # At half, 900 / (9.75 − 4) = 156.52…, rounded up.
    assert also("At half", weighed(NEWSLETTER, 150)) == (
        "At half the hours: not yet ($156.53 needed). At double: now."
    )
    never = weighed(problem(60, cost=0, handover=240), 150)
    assert also("At half", never) == ("At half the hours: not at any worth. At double: now.")
    assert also("At half", weighed(problem(60), 150)) == ""
    # Where the worth of an hour is not known; at double, 900 / (39 − 4) = 25.71…
    assert also("At half", weighed(NEWSLETTER, None)) == (
        "At half the hours: $156.53 needed. At double: $25.72 needed."
    )


def test_a_leak_says_what_it_cost() -> None:
    # 6 h 40 · 142 = 946.67.
    spent = (Spent(date(2026, 8, 3), 4 * HOUR), Spent(date(2026, 9, 1), 2 * HOUR + 2400))
    leak = weighed(problem(spent=spent), 142).leak
    assert leak is not None
    assert words.leak_words(leak, "USD", TODAY) == (
        "You have put 6 h 40 into this since August: $946.67 at your hour."
    )
    # 6 h 40 and 59 s are told as 6 h 40, and so are in money.
    longer = (*spent, Spent(date(2026, 8, 3), 59))
    assert weighed(problem(spent=longer), 142).leak == replace(
        leak, seconds=leak.seconds + 59, times=leak.times + 1
    )
    unknown = weighed(problem(spent=spent), None).leak
    assert unknown is not None
    assert words.leak_words(unknown, "USD", date(2027, 1, 2)) == (
        "You have put 6 h 40 into this since August 2026."
    )


def test_freed_hours_earn_what_the_best_activity_returns() -> None:
    best = Return(2, "Sales [x]", 1, 200 * HOUR, 2_400_000, 12)
    # 12 payments of 200,000: 1.96 · 200,000 · √12 ÷ 200 is 6,790.
    best = replace(best, squares=12 * 200_000**2)
    assert also("It frees", weighed(NEWSLETTER, 150), best) == (
        "It frees 6 h 30 a month; Sales [x] earned $120 an hour ($52 to $188)."
    )
    assert also("It frees", weighed(NEWSLETTER, 150)) == ""
    assert also("It frees", weighed(problem(), 150), best) == ""


def delegated(minutes: int, cost: int, problem_id: int = 1, *, missing: bool = False) -> Problem:
    return problem(
        minutes, Every.MONTH, None if missing else cost, handover=60, problem_id=problem_id,
        state=ProblemState.DELEGATED, on=TODAY - timedelta(days=91),
    )  # fmt: skip


def test_the_totals_say_what_was_bought_back() -> None:
    def totals(*items: Problem, worth: int | None = 150) -> str:
        found = ProblemsSnapshot(TODAY, Settings(), items, declared(worth), ())
        return words.totals_words(found.totals, "USD")

    # 21 h and 10 h; 400 and 240; 31 · 150 = 4,650.
    assert totals(delegated(1260, 400), delegated(600, 240, 2), SIX_HOURS) == (
        "Delegated so far: 31 h a month bought back for $640, worth $4,650."
    )
    assert totals(delegated(60, 10), delegated(60, 0, 2, missing=True), worth=None) == (
        "Delegated so far: 1 h a month bought back for $10; 1 more, without enough figures to "
        "count."
    )
    assert totals(delegated(60, 0, missing=True)) == (
        "Delegated so far: 1 thing, without enough figures to count."
    )
    assert totals(SIX_HOURS) == "Nothing is delegated yet."


def test_what_was_given_back_is_told_as_a_sum() -> None:
    # Three months: 60 h at 50 are 3,000; 3 · 300 = 900; 1 h of hand-over.
    assert words.given_rows(weighed(delegated(1200, 300), 50), "USD") == [
        ("given back so far, 60 h × $50", "$3,000"),
        ("paid", "−$900"),
        ("hand-over", "−$50"),
        ("saved so far", "$2,050"),
    ]
    assert words.given_rows(weighed(delegated(1200, 300), None), "USD") == [
        ("given back so far, 60 h", "for $900")
    ]


def test_nothing_given_back_is_no_sum_of_nothing() -> None:
    begins_tomorrow = replace(delegated(1200, 300), state_on=TODAY + timedelta(days=1))
    assert words.given_rows(weighed(begins_tomorrow, 50), "USD") == []
    assert words.given_rows(weighed(NEWSLETTER, 50), "USD") == []


def test_what_to_do_is_said_first() -> None:
    def lead(*items: Problem) -> str:
        found = ProblemsSnapshot(TODAY, Settings(), items, declared(150), ())
        return words.lead_words(found.rows, "USD")

    once = problem(600, Every.ONCE, 300, CostPer.ONCE, handover=60, problem_id=2)
    # 675 a month; 10 · 150 − 300 − 150 = 1,050; 6 · 150 − 276 = 624.
    assert lead(NEWSLETTER, once, delegated(600, 240, 3)) == (
        "Delegate 2 now: saves $675 a month and $1,050 once."
    )
    assert lead(NEWSLETTER, SIX_HOURS) == "Delegate 2 now: saves $1,299 a month."
    assert lead(delegated(600, 240), problem(60, cost=9_999)) == "Nothing to delegate now."


def test_each_state_is_told_with_its_day() -> None:
    on = date(2026, 9, 1)
    assert words.state_words(problem(on=on)) == "parked 1 Sep 2026"
    assert words.state_words(problem(on=on, state=ProblemState.DELEGATED)) == (
        "delegated since 1 Sep 2026"
    )
    assert words.state_words(problem(on=on, state=ProblemState.DONE)) == ("done myself 1 Sep 2026")
    assert words.state_words(problem(on=on, state=ProblemState.DROPPED)) == ("dropped 1 Sep 2026")


@pytest.mark.parametrize(
    ("value", "told"),
    [
        (Fraction(13, 2), "6.5"),
        (Fraction(13, 9), "1.44"),
        (Fraction(1200), "1,200"),
        (Fraction(0), "0"),
        (Fraction(1, 200), "0"),
        (Fraction(3, 200), "0.02"),
    ],
)
def test_a_decimal_is_rounded_half_even_without_zeros_at_its_end(
    value: Fraction, told: str
) -> None:
    assert words.decimal(value) == told


def test_money_in_whole_units_follows_the_currency() -> None:
    assert rounded_money(94_667, "USD") == "$947"
    assert rounded_money(947, "JPY") == "¥947"
    assert rounded_money(-94_667, "USD") == "−$947"


def test_real_costs_are_what_counts_for_what_is_delegated() -> None:
    item = problem(
        360, Every.MONTH, 276, state=ProblemState.DELEGATED, real=Cost(12_000, CostPer.MONTH)
    )
    found = weighed(item, 50)
    assert words.verdict_words(found, "USD", TODAY) == "Worth it: saves $180 a month."
    assert words.VERDICT_WORDS[found.verdict] == "now"


def test_the_best_return_is_told_with_what_it_rests_on_or_lacks() -> None:
    sales = Return(1, "Sales", 1, 200 * HOUR, 2_400_000, 12, squares=12 * 200_000**2)
    few = Return(2, "Film", 2, 3 * HOUR, 90_000, 2)
    assert hour_lines(measured(30), [few, sales], Settings())[-1] == (
        "Sales earned most: $120 an hour ($52 to $188), $24,000 in 12 payments, 200 h."
    )
    lacking = (
        "What earned most an hour: too little to say, as no activity has 5 payments and 10 h yet"
    )
    assert best_words([few], "USD") == (f"{lacking} (Film has $900 in 2 payments, 3 h).")
    assert best_words([], "USD") == f"{lacking}."


def test_a_worth_from_an_income_is_told_as_a_division() -> None:
    # 90,000 / 2,080 = 43.269…
    assert income_words(9_000_000, 4_327, 2_080 * 3600, "USD") == (
        "$90,000 a year ÷ 2,080 h of work = $43.27 an hour"
    )


def test_what_is_delegated_and_not_worth_it_says_so() -> None:
    item = problem(360, Every.MONTH, 276, state=ProblemState.DELEGATED)
    assert verdict(item, 38) == "Worth it once your hour is worth $46; now it is not."


def test_the_most_to_pay_is_told_before_any_price_is_known() -> None:
    found = weighed(problem(90, Every.WEEK, handover=240), 150)
    assert also("At $", found) == ("At $150 an hour it is worth paying up to $775 a month for it.")
    once = weighed(problem(600, Every.ONCE, handover=60), 50)
    assert also("At $", once) == ("At $50 an hour it is worth paying up to $450 once for it.")
    assert also("At $", weighed(problem(), 150)) == ""


def test_today_asks_about_the_first_and_counts_the_others() -> None:
    first, second = problem(problem_id=1), problem(problem_id=2)
    assert words.asked_today_words([first]) == (
        "Ask again today: is “Problem 1” worth handing over?"
    )
    assert words.asked_today_words([first, second]).endswith("handing over? (and 1 more)")
    assert words.asked_today_words([]) == ""


@pytest.mark.parametrize(
    ("value", "told"),
    [
        (Fraction(65, 3), "21 2/3"),
        (Fraction(1, 3), "1/3"),
        (Fraction(13, 2), "6.5"),
        (Fraction(91, 36), "2.53"),
        (Fraction(30), "30"),
    ],
)
def test_a_factor_tells_thirds_in_full(value: Fraction, told: str) -> None:
    assert words.factor(value) == told
