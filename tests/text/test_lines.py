"""Sentences broken into lines."""

import pytest

from needlemover.text.format import in_lines


@pytest.mark.parametrize(
    "figure", ["4.0 %", "9 h 20 m", "9 h 20", "5 h", "38 min", "35 s", "7 m 28 s"]
)
def test_no_figure_is_torn_from_its_unit(figure: str) -> None:
    assert in_lines(f"It is just {figure} now", len(f"It is just {figure}") - 1) == [
        "It is just",
        f"{figure} now",
    ]


def test_later_lines_are_set_in() -> None:
    assert in_lines("one two three", 7, "  ") == ["one two", "  three"]


def test_words_that_begin_like_a_unit_are_none() -> None:
    assert in_lines("The 3 hours", 5) == ["The 3", "hours"]


def test_wide_letters_take_two_columns() -> None:
    assert in_lines("漢字漢字漢字", 5) == ["漢字", "漢字", "漢字"]
    assert in_lines("ab 漢字 漢字", 7) == ["ab 漢字", "漢字"]
    assert in_lines("漢字漢字漢字", 6, most=1) == ["漢字 …"]
