"""Contacts: their phones, what comes next with them, and what was asked for."""

from datetime import date, timedelta

import pytest

from needlemover.domain.buyers.contact import (
    LET_GO,
    Buyer,
    BuyerRow,
    Contact,
    OfferNews,
    Standing,
    phone_key,
)
from needlemover.domain.calls.entry import Outcome

from .conftest import TODAY, TOMORROW, YESTERDAY, activity, entry

SALES = activity(1, is_sales=True)


@pytest.mark.parametrize(
    ("phone", "key"),
    [
        ("+49 30 555 0142", "305550142"),
        ("030 / 555-0142", "305550142"),
        ("305550142", "305550142"),
        ("٣٠٥٥٥٠١٤٢", "305550142"),
        ("3055501 ext", None),
        ("30555014", None),
        ("", None),
    ],
)
def test_a_phone_is_known_by_its_last_nine_digits(phone: str, key: str | None) -> None:
    assert phone_key(phone) == key


@pytest.mark.parametrize(
    ("standing", "never", "promised", "asked_on", "position"),
    [
        (Standing.NEVER, TODAY, TODAY, TODAY, 1),
        (Standing.LATE, None, YESTERDAY, TODAY, 1),
        (Standing.TODAY, None, TODAY, TODAY, 1),
        (Standing.LATER, None, TOMORROW, TODAY, LET_GO),
        (Standing.WAITING, None, None, TODAY, LET_GO),
        (Standing.LET_GO, None, None, None, LET_GO),
        (Standing.LIST, None, None, None, 1),
        (Standing.NOTHING, None, None, None, None),
    ],
)
def test_a_line_of_the_buyers_says_what_comes_next(
    standing: Standing,
    never: date | None,
    promised: date | None,
    asked_on: date | None,
    position: int | None,
) -> None:
    row = BuyerRow(1, "Acme", "acme", never, promised, None, asked_on, position, 0, None)
    assert row.standing(TODAY) is standing


@pytest.mark.parametrize(
    ("position", "last_talk", "is_on_list", "standing"),
    [
        (1, None, True, Standing.LIST),
        (1, YESTERDAY, False, Standing.NOTHING),
        (None, None, False, Standing.NOTHING),
        (LET_GO, None, False, Standing.LET_GO),
        (LET_GO, YESTERDAY, False, Standing.LET_GO),
    ],
)
def test_on_the_list_is_who_came_with_it_and_was_never_reached(
    position: int | None, last_talk: date | None, is_on_list: bool, standing: Standing
) -> None:
    buyer = Buyer(Contact(1, "Acme", position=position), last_talk=last_talk)
    assert (buyer.is_on_list, buyer.standing(TODAY)) == (is_on_list, standing)


def test_offers_that_were_taken_for_money_are_said_with_the_money_before() -> None:
    asked = tuple(
        entry(SALES, TODAY - timedelta(days=1), outcome=Outcome.ASKED, amount=amount)
        for amount in (5_000, None, 300)
    )
    news = OfferNews(asked, 20_000)
    assert (news.before, news.after) == (25_300, 20_000)
