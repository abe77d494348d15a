"""The ledger: its order, what delegating gave back, and what is bought back a month."""

from datetime import date, timedelta
from fractions import Fraction

from hypothesis import given
from hypothesis import settings as budget
from hypothesis import strategies as st

from needlemover.domain.delegation.deal import GivenBack
from needlemover.domain.delegation.problem import Cost, CostPer, Every, Problem, ProblemState
from needlemover.domain.delegation.verdict import Part, ProblemsSnapshot, part_of
from needlemover.domain.settings import Settings

from ..weighing import TODAY, declared, problem, weighed

DONE, DROPPED, DELEGATED = ProblemState.DONE, ProblemState.DROPPED, ProblemState.DELEGATED


def ledger(*problems: Problem, worth: int | None = 50) -> ProblemsSnapshot:
    return ProblemsSnapshot(TODAY, Settings(), problems, declared(worth), ())


def ids(found: ProblemsSnapshot) -> list[int]:
    return [row.problem.id for row in found.rows]


def delegated(
    minutes: int | None, cost: int, *, days: int = 91, problem_id: int = 1, **more: object
) -> Problem:
    return problem(
        minutes, Every.MONTH, cost, state=DELEGATED, on=TODAY - timedelta(days=days),
        problem_id=problem_id, **more,  # type: ignore[arg-type]
    )  # fmt: skip


def test_what_to_delegate_now_comes_first_then_what_is_delegated_and_what_is_over_last() -> None:
    found = ledger(
        problem(9_999, cost=0, state=DONE, on=date(2026, 11, 2), problem_id=1),
        problem(9_999, cost=0, state=DROPPED, on=date(2026, 11, 3), problem_id=2),
        problem(every=None, problem_id=3),
        problem(120, problem_id=4),  # 2 h, but no cost: nothing can be said
        problem(60, cost=10, problem_id=5),  # 50 − 10
        delegated(120, 40, problem_id=6),  # 100 − 40
        problem(60, Every.ONCE, 5, problem_id=7),  # 50 − 5, once
        problem(600, cost=501, problem_id=8),  # 500 − 501
    )
    assert ids(found) == [7, 5, 6, 8, 4, 3, 2, 1]


def test_without_a_worth_the_most_hours_come_first() -> None:
    found = ledger(problem(60, cost=1, problem_id=1), problem(90, cost=9, problem_id=2), worth=None)
    assert ids(found) == [2, 1]


def test_an_empty_ledger_adds_up_to_nothing() -> None:
    found = ledger()
    assert (found.rows, found.totals.delegated, found.totals.hours) == ((), 0, 0)
    assert (found.totals.cost, found.totals.worth) == (0, 0)


def test_what_is_given_back_grows_with_the_days() -> None:
    # 91 days are three months: 60 h at 50 are 3,000; 3 · 300 paid; 4 h of hand-over are 200.
    found = weighed(delegated(1_200, 300, handover=240), 50).given_back
    assert found == GivenBack(Fraction(60), 300_000, 90_000, 20_000)
    assert found.money == 190_000
    # On its first day nothing but the hand-over has happened.
    first = weighed(delegated(1_200, 300, days=0, handover=240), 50).given_back
    assert first == GivenBack(Fraction(0), 0, 0, 20_000)
    assert first.money == -20_000


def test_what_is_delegated_from_tomorrow_has_given_nothing_yet() -> None:
    found = weighed(delegated(1_200, 300, days=-1, handover=240), 50).given_back
    assert found == GivenBack(Fraction(0), 0, 0, 0)


def test_a_one_off_thing_gives_back_once() -> None:
    item = problem(
        600, Every.ONCE, 300, handover=60, state=DELEGATED, on=TODAY - timedelta(days=91)
    )
    found = weighed(item, 50).given_back
    assert found == GivenBack(Fraction(10), 50_000, 30_000, 5_000)


def test_without_a_worth_hours_and_payments_are_still_known() -> None:
    found = weighed(delegated(1_200, 300), None).given_back
    assert found == GivenBack(Fraction(60), None, 90_000, None)
    assert found.money is None


def test_only_what_is_delegated_gives_back() -> None:
    assert weighed(problem(60, cost=1), 50).given_back is None
    assert weighed(problem(60, cost=1, state=DONE), 50).given_back is None
    assert weighed(problem(60, state=DELEGATED), 50).given_back is None


def test_the_totals_add_up_what_is_delegated() -> None:
    found = ledger(
        delegated(1_260, 400, problem_id=1),
        delegated(600, 999, problem_id=2, real=Cost(24_000, CostPer.MONTH)),
        problem(60, Every.ONCE, 5, state=DELEGATED, on=TODAY, problem_id=3),
        delegated(None, 5, problem_id=4),
        problem(60, cost=5, problem_id=5),
        problem(60, cost=5, state=DONE, problem_id=6),
    ).totals
    # 21 h for 400 and 10 h for 240, worth 31 · 50; a one-off thing is none of a month's.
    assert (found.delegated, found.left_out) == (4, 1)
    assert (found.hours, found.cost, found.worth) == (31, 64_000, 155_000)


def test_where_an_hour_is_worth_nothing_nothing_is_bought_back() -> None:
    found = ledger(delegated(1_260, 400), worth=0).totals
    assert (found.hours, found.cost, found.worth) == (21, 40_000, 0)


@budget(max_examples=80)
@given(
    st.lists(
        st.tuples(
            st.none() | st.integers(0, 500), st.integers(0, 900), st.sampled_from(ProblemState)
        ),
        max_size=8,
    )
)
def test_every_problem_stands_in_the_ledger_once_and_savings_fall(
    items: list[tuple[int | None, int, ProblemState]],
) -> None:
    problems = [
        problem(minutes, cost=cost, state=state, problem_id=place)
        for place, (minutes, cost, state) in enumerate(items)
    ]
    found = ledger(*problems)
    assert sorted(ids(found)) == [item.id for item in problems]
    parts = [part_of(row) for row in found.rows]
    assert parts == sorted(parts)
    for part in (Part.NOW, Part.DELEGATED, Part.PARKED):
        savings = [row.sum.saving or 0 for row in found.rows if row.sum and part_of(row) is part]
        assert savings == sorted(savings, reverse=True)


def test_where_nothing_is_known_to_be_saved_what_was_parked_first_comes_first() -> None:
    assert ids(ledger(problem(0, problem_id=1), problem(every=None, problem_id=2))) == [1, 2]
    assert ids(ledger(problem(every=None, problem_id=1), problem(0, problem_id=2))) == [1, 2]
