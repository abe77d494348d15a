"""The sentences of the errors, and how they end with the way to do what they ask for."""

import pytest

from needlemover.domain.errors import (
    DamagedError,
    GoneError,
    NeedleError,
    NoDataError,
    WrongUsageError,
)


def test_what_is_gone_is_named() -> None:
    gone = GoneError("entry")
    assert str(gone) == "This entry is gone: another terminal may have taken it back."
    assert (gone.hint, gone.exit_code) == (None, 1)


def test_without_data_the_file_is_named_and_how_to_begin() -> None:
    nothing = NoDataError("/tmp/a.db")
    assert str(nothing) == "There is no data at /tmp/a.db yet."
    assert (nothing.hint, nothing.exit_code) == ("begin", 1)
    assert nothing.told({"begin": "type needle"}) == (
        "There is no data at /tmp/a.db yet (type needle)."
    )


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (NeedleError("It runs.", "stop timer", name="Film"), "It runs (stop Film first)."),
        (NeedleError("It runs.", "log"), "It runs."),
        (NeedleError("It runs."), "It runs."),
        (DamagedError("It is damaged."), "It is damaged (look for a backup)."),
        (DamagedError("It is damaged.", "stop timer", name="it"), "It is damaged (stop it first)."),
    ],
)
def test_a_sentence_ends_with_the_way_that_is_known_for_its_hint(
    error: NeedleError, told: str
) -> None:
    assert error.told({"stop timer": "stop {name} first", "rescue": "look for a backup"}) == told


def test_what_makes_no_sense_exits_with_two() -> None:
    assert WrongUsageError("Type a number.").exit_code == 2
