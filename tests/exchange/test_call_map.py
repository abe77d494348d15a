"""Which column holds what."""

import pytest

from needlemover.domain.errors import WrongUsageError
from needlemover.exchange.tables.layout import Layout, looked_at
from needlemover.exchange.tables.preset import OWN

from .reading import options


def test_columns_called_like_a_field_are_taken_by_themselves() -> None:
    places = options((), ()).places(["note", " Day ", "channel", "seconds"])
    assert places == {"day": 1, "seconds": 3, "note": 0}


def test_a_named_column_goes_before_the_one_called_like_the_field() -> None:
    places = options(["day=when", "seconds=length"], ()).places(["day", "when", "length"])
    assert places == {"day": 1, "seconds": 2}


def test_a_column_that_was_named_for_one_field_is_not_taken_for_another() -> None:
    places = options(["seconds=time"], ()).places(["day", "time"])
    assert places == {"day": 0, "seconds": 1}


def test_a_field_with_an_empty_column_is_left_out() -> None:
    places = options(["id=", "minutes="], ()).places(["day", "id", "minutes", "seconds"])
    assert places == {"day": 0, "seconds": 3}


def test_a_column_may_have_an_equals_sign_in_its_name() -> None:
    assert options(["day=a=b"], ()).places(["x", "a=b"]) == {"day": 1}


@pytest.mark.parametrize(
    ("mapped", "columns", "said"),
    [
        (["day=when"], ["date", "[/b]"], "no column “when”. The columns are “date”, “\\[/b\\]”"),
        (["day=date"], ["date", "x", "date"], "2 columns are called “date”"),
        ([], ["day", "seconds", "minutes"], "Two columns hold the length: leave one out"),
    ],
)
def test_a_column_that_is_not_there_is_answered_with_those_that_are(
    mapped: list[str], columns: list[str], said: str
) -> None:
    with pytest.raises(WrongUsageError, match=said):
        Layout(looked_at(columns, []), options(mapped), OWN)


@pytest.mark.parametrize(("mapped", "column"), [([], "what"), (["day="], "day")])
def test_where_no_column_holds_a_day_it_is_asked_which_or_whether_it_is_a_list(
    mapped: list[str], column: str
) -> None:
    (question,) = Layout(looked_at([column, "x"], []), options(mapped), OWN).questions
    assert question.words.startswith(f"No column holds the day: which of “{column}”, “x”")
    ways = [("as", "list"), ("map", f"day={column}"), ("map", "day=x")]
    assert list(question.choices.values()) == ways


@pytest.mark.parametrize(
    ("mapped", "values"),
    [
        (["when=date"], []),
        (["day"], []),
        (["day=a", "day=b"], []),
        ([], ["outcome:yes"]),
        ([], ["yes=won"]),
        ([], ["outcome:yes=bought"]),
        ([], ["result:yes=won"]),
        ([], ["outcome:yes=won", "outcome:YES=lost"]),
    ],
)
def test_what_cannot_be_meant_is_wrong_usage(mapped: list[str], values: list[str]) -> None:
    with pytest.raises(WrongUsageError):
        options(mapped, values)


def test_a_text_may_hold_colons_and_equals_signs() -> None:
    found = options((), ["outcome:a: b=c=won", "outcome:=no_answer"])
    assert found.values == {"outcome": {"a: b=c": "won", "": "no_answer"}}


def test_a_value_for_a_field_that_is_not_read_is_wrong_usage() -> None:
    with pytest.raises(WrongUsageError, match="No column holds the outcome: name one of “day”"):
        Layout(looked_at(["day", "subscribed"], []), options((), ["outcome:yes=won"]), OWN)
