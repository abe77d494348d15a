"""Joining the states of a row: the order, repetition and delay of what comes never matter."""

from functools import reduce
from itertools import permutations

from hypothesis import given
from hypothesis import strategies as st
from msgspec import json

from needlemover.domain.sync.state import WHOLE, State, join

GROUPS = {"utc_offset": "day"}
FIELDS = ("day", "utc_offset", "note", "amount", "logged_at")


def group_of(field: str) -> str:
    return GROUPS.get(field, field)


def both(one: State, other: State) -> State:
    return join(one, other, group_of)


clocks = st.dictionaries(st.sampled_from(("day", "note", "amount", WHOLE)), st.integers(1, 4))
values = st.dictionaries(st.sampled_from(FIELDS), st.integers(0, 3) | st.sampled_from("ab"))


@st.composite
def states(draw: st.DrawFn) -> State:
    """As a machine tells it: without clocks of what was written with the whole row since."""
    state = State("entry", "u", draw(values), draw(clocks))
    return both(state, State("entry", "u", dict(state.f), dict(state.c)))


@given(st.lists(states(), min_size=1, max_size=4))
def test_the_order_of_states_does_not_matter(some: list[State]) -> None:
    joined = (reduce(both, order) for order in permutations(some))
    assert len({json.encode(state, order="sorted") for state in joined}) == 1


@given(states(), states())
def test_a_state_that_comes_twice_changes_nothing(one: State, other: State) -> None:
    joined = both(one, other)
    assert both(joined, one) == joined == both(joined, other)


@given(states(), states(), st.sampled_from(("day", "note", "amount")))
def test_a_field_is_only_replaced_by_a_newer_edit(one: State, other: State, field: str) -> None:
    def clock(state: State) -> int:
        return max(state.c.get(field, 0), state.c.get(WHOLE, 0))

    newer = one if clock(one) > clock(other) else other
    if clock(one) != clock(other):
        assert both(one, other).f.get(field) == newer.f.get(field)


def test_different_fields_of_one_row_both_live_and_those_that_go_together_stay_together() -> None:
    one = State("entry", "u", {"day": "24", "utc_offset": 1, "note": "a"}, {"day": 2})
    other = State("entry", "u", {"day": "25", "note": "b"}, {"day": 1, "note": 3})
    expected = State(
        "entry", "u", {"day": "24", "utc_offset": 1, "note": "b"}, {"day": 2, "note": 3}
    )
    assert both(one, other) == both(other, one) == expected


def test_what_is_empty_by_a_newer_edit_stays_empty() -> None:
    one, other = State("entry", "u", {"note": "a"}), State("entry", "u", {}, {"note": 1})
    assert both(one, other).f == both(other, one).f == {}
