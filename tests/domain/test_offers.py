"""Offers: what was asked for is no money received."""

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from needlemover.domain.buyers.offers import OpenOffers, amounts_to_offers, answers_of, open_offers
from needlemover.domain.calls.entry import EntryFact, Outcome

from .conftest import TODAY, activity, entry

SALES = activity(1, is_sales=True)
ASKED, WON, LOST = Outcome.ASKED, Outcome.WON, Outcome.LOST


def call(
    number: int,
    outcome: Outcome | None,
    amount: int | None = None,
    *,
    contact: str = "Acme",
    follows: int | None = None,
    days_ago: int = 0,
) -> EntryFact:
    made = entry(SALES, TODAY - timedelta(days=days_ago), outcome=outcome, amount=amount)
    return replace(made, id=number, contact=contact, follows=follows)


def open_of(entries: list[EntryFact]) -> list[int]:
    return [ask for ask, answer in answers_of(entries).items() if answer is None]


def test_an_ask_waits_until_it_is_won_or_lost_with_its_contact() -> None:
    asks = [call(1, ASKED), call(2, ASKED, contact="Initech"), call(3, ASKED, contact="")]
    assert open_of(asks) == [1, 2, 3]
    assert open_of([*asks, call(4, Outcome.TALKED)]) == [1, 2, 3]
    assert open_of([*asks, call(4, WON, follows=2)]) == [1, 3]
    assert open_of([*asks, call(4, LOST, contact=" ACME ")]) == [2, 3]
    assert open_of([call(4, WON), *asks]) == [1, 2, 3], "what was won before answers nothing"
    assert open_of([*asks, call(4, WON, contact="")]) == [1, 2, 3], "nobody is not one contact"


def test_the_last_answer_that_follows_an_ask_settles_it() -> None:
    entries = [call(1, ASKED), call(2, LOST, follows=1), call(3, WON, follows=1), call(4, LOST)]
    answer = answers_of(entries)[1]
    assert answer is not None
    assert answer.id == 3


def test_open_offers_are_summed_with_the_age_of_the_oldest() -> None:
    asks = [
        call(1, ASKED, 500_000, days_ago=9),
        call(2, ASKED, 740_000, contact="Initech", days_ago=2),
        call(3, ASKED, None, contact="Iris Labs", days_ago=30),
    ]
    assert open_offers(asks, TODAY) == OpenOffers(1_240_000, 2, 9)
    assert open_offers([], TODAY) == OpenOffers()


def test_the_amount_of_an_ask_becomes_an_offer_or_moves_to_its_win() -> None:
    entries = [
        call(1, ASKED, 500, contact="Open"),
        call(2, ASKED, 600, contact="Lost"),
        call(3, LOST, follows=2, contact="Lost"),
        call(4, ASKED, 700, contact="Won with its amount"),
        call(5, WON, 650, follows=4, contact="Won with its amount"),
        call(6, ASKED, 800, contact="Won without"),
        call(7, WON, follows=6, contact="Won without"),
        call(8, ASKED, 900, contact="Won in a later call"),
        call(9, WON, contact="Won in a later call"),
        call(10, ASKED, -50, contact="Paid back"),
        call(11, None, 1000),
    ]
    change = amounts_to_offers(entries)
    assert (change.before, change.after) == (5_100, 3_300)  # less 500, 600 and 700
    assert [
        (item.ask.id, item.win.id if item.win else None, item.is_kept) for item in change.amounts
    ] == [
        (1, None, False),
        (2, None, False),
        (4, None, False),
        (6, 7, False),
        (8, 9, False),
        (10, None, True),
    ]


def test_what_was_received_indeed_can_be_kept() -> None:
    entries = [call(1, ASKED, 500), call(2, ASKED, 600), call(3, WON)]
    assert amounts_to_offers(entries).after == 600, "of two asks the last one was won"
    assert amounts_to_offers(entries, kept={1}).after == 1_100
    assert amounts_to_offers(entries, kept={2}).after == 1_100


histories = st.lists(
    st.tuples(
        st.sampled_from([None, ASKED, WON, LOST, Outcome.TALKED]),
        st.none() | st.integers(-20, 1000),
        st.sampled_from(["Acme", "Initech", ""]),
        st.none() | st.integers(0, 8),
    ),
    max_size=9,
).map(
    lambda rows: [
        call(place, outcome, amount, contact=contact, follows=follows)
        for place, (outcome, amount, contact, follows) in enumerate(rows)
    ]
)


@given(histories)
def test_no_revenue_is_lost_but_what_was_only_asked_for(entries: list[EntryFact]) -> None:
    change = amounts_to_offers(entries)
    others = sum(item.amount or 0 for item in entries if item.outcome is not ASKED)
    received = sum(item.ask.amount or 0 for item in change.amounts if item.is_received)
    assert change.before == sum(item.amount or 0 for item in entries)
    assert change.after == others + received
    wins = [item.win for item in change.amounts if item.win]
    assert len({win.id for win in wins}) == len(wins)
    assert all(win.amount is None and win.outcome is WON for win in wins)
