"""Sentences broken into lines."""

import pytest

from needlemover.text.format import in_lines


@pytest.mark.parametrize(
    "figure",
    ["4.0 %", "9 h 20", "5 h", "38 min", "35 s", "7 min 28 s", "44 to 50 %", "1 in 45", "8 of 20",
     "1,200 CHF", "$5 to $12", "1 Sep 2026", "Mon 30 Nov", "31 Dec 2026", "30 November 2026",
     "1 Sep – 29 Nov 2026", "24 Dec 2025 – 12 Sep 2026"],
)  # fmt: skip
def test_no_figure_and_no_date_is_torn(figure: str) -> None:
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


def test_an_address_that_is_longer_than_the_last_line_is_begun_there():
    assert in_lines("www.acme.com/who is who", 10, most=1) == ["www.acme …"]
    assert in_lines("www.acme. com", 10, most=1) == ["www.acme …"]
    assert in_lines(f"one{' ' * 20}two", 10) == ["one", "two"]
    assert in_lines("www.acme.com/whoiswho", 10, most=2) == ["www.acme.c", "om/whois …"]
