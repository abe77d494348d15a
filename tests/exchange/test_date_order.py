"""Which number of a date is the day."""

from datetime import date

import pytest

from needlemover.domain.errors import NeedleError
from needlemover.exchange.tables.dates import DateOrder, read_date


def order_of(*texts: str) -> DateOrder:
    order = DateOrder()
    for text in texts:
        order.add(text)
    return order


@pytest.mark.parametrize(
    ("texts", "date_format"),
    [
        (("03/04/2026", "13/04/2026"), "%d/%m/%Y"),
        (("03/04/2026", "04/13/2026"), "%m/%d/%Y"),
        (("03-04-26", "28-02-26"), "%d-%m-%Y"),
        (("3.4.2026",), "%d.%m.%Y"),
        (("04/13/2026 09:05", "3/4/2026 9:05 PM"), "%m/%d/%Y"),
        (("2026-04-03", "soon"), None),
        ((), None),
    ],
)
def test_one_date_can_tell_the_order_of_all(texts: tuple[str, ...], date_format: str) -> None:
    assert order_of(*texts).date_format == date_format


@pytest.mark.parametrize(
    "text",
    [
        "04/13/2026 09:05", "04/13/2026, 9:05:01 PM", "13.04.2026 9:05", "2026/04/13 09:05",
        "13 Apr 2026 09:05", "Apr 13, 2026 9:05 AM", "Mon, 13 Apr 2026 09:05:00 +0000",
        "13. April 2026, 09:05", "13 avril 2026 à 09:05", "13 de abril de 2026 09:05",
        "Mon 04/13/2026 9:05 am", "13 kwi 2026 09:05", "2026-04-13 09:05:30 UTC", "13-Apr-26 9:05",
    ],
)  # fmt: skip
def test_a_date_is_read_however_it_is_written(text: str) -> None:
    written = read_date(text, day_first=order_of(text).day_first)
    assert (written.day.day, written.day.month, written.day.year) == (13, 4, 2026)
    assert written.clock is not None
    assert written.clock.minute == 5


def test_dates_that_can_be_read_in_two_ways_are_asked_about() -> None:
    question = next(order_of("05/05/2026", "03/04/2026").questions(), None)
    assert question is not None
    assert question.words == "Which day is “03/04/2026”?"
    assert tuple(question.choices.items()) == (
        ("Friday 3 April 2026", ("date-format", "%d/%m/%Y")),
        ("Wednesday 4 March 2026", ("date-format", "%m/%d/%Y")),
    )


def test_dates_that_are_the_same_in_both_ways_need_no_question() -> None:
    assert next(order_of("05/05/2026", "06/06/2026").questions(), None) is None


def test_an_order_that_brings_days_to_come_is_not_meant() -> None:
    order = DateOrder(date(2026, 11, 24))
    for text in ("03/04/2026", "12/11/2026"):
        order.add(text)
    assert (next(order.questions(), None), order.day_first) == (None, True)


def test_dates_of_both_orders_are_refused() -> None:
    with pytest.raises(NeedleError, match="in one way"):
        next(order_of("13/04/2026", "04/13/2026").questions(), None)
