"""Joining the states of a row: the order, repetition and delay of what comes never matter."""

from contextlib import nullcontext
from functools import reduce
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import ValidationError, json

from needlemover.domain.sync.state import TAG, WHOLE, State, clock_of, join

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


def test_what_was_made_twice_is_as_it_was_made_first_all_of_it() -> None:
    first = State("entry", "u", {"logged_at": "08:00", "note": "a"})
    second = State("entry", "u", {"logged_at": "09:00", "note": "b", "amount": 5})
    assert both(first, second) == both(second, first) == first
    edited = State("entry", "u", second.f, {"note": 1})
    assert both(first, edited).f == both(edited, first).f == {"logged_at": "08:00", "note": "b"}


def test_of_two_imports_of_one_file_the_same_one_is_taken() -> None:
    one = State("entry", "u", {"logged_at": "08:00", "batch_id": "a", "note": "b"})
    other = State("entry", "u", {"logged_at": "08:00", "batch_id": "b", "note": "a"})
    assert both(one, other) == both(other, one) == one


@pytest.mark.parametrize(
    ("mine", "theirs", "wins"), [("a", None, "a"), ("a", "b", "b"), (0, None, 0), (2, 1, 2)]
)
def test_of_equal_clocks_what_is_filled_wins_and_then_what_is_more(
    mine: str | int, theirs: str | int | None, wins: str | int
) -> None:
    one, other = (State("entry", "u", {"note": note}, {"note": 1}) for note in (mine, theirs))
    expected = State("entry", "u", {"note": wins}, {"note": 1})
    assert both(one, other) == both(other, one) == expected


def test_a_row_that_was_written_as_a_whole_takes_the_place_of_older_edits() -> None:
    edited = State("entry", "u", {"note": "a", "amount": 1, "day": "24"}, {"note": 2, "amount": 4})
    whole = State("entry", "u", {"note": "b", "amount": 2}, {WHOLE: 3})
    joined = State("entry", "u", {"note": "b", "amount": 1}, {WHOLE: 3, "amount": 4})
    assert both(edited, whole) == both(whole, edited) == joined
    same = State("entry", "u", {"note": "b"}, {WHOLE: 3, "note": 3})
    assert both(same, same).c == {WHOLE: 3}


@pytest.mark.parametrize(
    ("clocks", "group", "clock"),
    [({}, "note", 0), ({"note": 2}, "note", 2), ({"note": 2}, "day", 0), ({WHOLE: 3}, "day", 3),
     ({"note": 2, WHOLE: 3}, "note", 3), ({"note": 4, WHOLE: 3}, "note", 4)],
)  # fmt: skip
def test_a_group_of_fields_was_last_edited_alone_or_with_the_whole_row(
    clocks: dict[str, int], group: str, clock: int
) -> None:
    assert clock_of(clocks, group) == clock


def test_a_clock_of_nothing_is_none() -> None:
    one, other = State("entry", "u", {"note": "a"}, {"note": 0}), State("entry", "u")
    assert both(one, other).c == both(other, one).c == {}


@pytest.mark.parametrize(
    ("clock", "is_taken"), [(-1, False), (0, True), ((1 << 62) - 1, True), (1 << 62, False)]
)
def test_a_clock_that_no_machine_can_have_is_refused(clock: int, is_taken: bool) -> None:
    told = json.encode({"t": "entry", "u": "u", "c": {"note": clock}})
    with nullcontext() if is_taken else pytest.raises(ValidationError):
        assert json.decode(told, type=State).newest == clock


def test_twenty_bits_of_a_clock_say_which_machine_made_it() -> None:
    assert TAG == (1 << 20) - 1


@pytest.mark.parametrize(
    ("clocks", "gone", "newest"),
    [({}, None, 0), ({"note": 2, "day": 5}, None, 5), ({"note": 2}, 7, 7), ({"note": 9}, 7, 9)],
)
def test_the_newest_clock_is_that_of_an_edit_or_of_the_end(
    clocks: dict[str, int], gone: int | None, newest: int
) -> None:
    assert State("entry", "u", c=clocks, gone=gone).newest == newest
