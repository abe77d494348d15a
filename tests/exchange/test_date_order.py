"""Which number of a date is the day."""

import pytest

from needlemover.domain.errors import NeedleError
from needlemover.exchange.questions import Choice, QuestionsError
from needlemover.exchange.tables.cells import DateOrder, read_date


def order_of(*texts: str) -> str | None:
    order = DateOrder()
    for text in texts:
        order.add(text)
    return order.date_format()


@pytest.mark.parametrize(
    ("texts", "date_format"),
    [
        (("03/04/2026", "13/04/2026"), "%d/%m/%Y"),
        (("03/04/2026", "04/13/2026"), "%m/%d/%Y"),
        (("03-04-26", "28-02-26"), "%d-%m-%y"),
        (("3.4.2026",), "%d.%m.%Y"),
        (("04/13/2026 09:05",), "%m/%d/%Y %H:%M"),
        (("04/13/2026, 9:05:01 PM",), "%m/%d/%Y, %I:%M:%S %p"),
        (("2026-04-03", "soon"), None),
        ((), None),
    ],
)
def test_one_date_can_tell_the_order_of_all(texts: tuple[str, ...], date_format: str) -> None:
    assert order_of(*texts) == date_format


@pytest.mark.parametrize("text", ["04/13/2026 09:05", "04/13/2026, 9:05:01 PM", "13.04.2026 9:05"])
def test_the_format_found_reads_the_date(text: str) -> None:
    written = read_date(text, order_of(text))
    assert (written.day.day, written.day.month) == (13, 4)
    assert written.clock is not None


def test_dates_that_can_be_read_in_two_ways_are_asked_about() -> None:
    with pytest.raises(QuestionsError) as error:
        order_of("05/05/2026", "03/04/2026")
    (question,) = error.value.questions
    assert question.words == "Which day is “03/04/2026”?"
    assert question.choices == (
        Choice("Friday 3 April 2026", ("date-format", "%d/%m/%Y")),
        Choice("Wednesday 4 March 2026", ("date-format", "%m/%d/%Y")),
    )


def test_dates_that_are_the_same_in_both_ways_need_no_question() -> None:
    assert order_of("05/05/2026", "06/06/2026") in ("%d/%m/%Y", "%m/%d/%Y")


def test_dates_of_both_orders_are_refused() -> None:
    with pytest.raises(NeedleError, match="in one way"):
        order_of("13/04/2026", "04/13/2026")
