"""What was asked for: proposed where it is won, and told of once where it was money before."""

from datetime import date

import pytest

from needlemover.domain.buyers.contact import OpenOffers
from needlemover.domain.calls.entry import Outcome
from needlemover.store.calls.new_entry import NewEntry
from needlemover.store.store import Store
from needlemover.tui.kit.dialog import ListDialog
from needlemover.tui.kit.form import Form
from needlemover.tui.today.screen import TodayScreen

from ..conftest import SetClock
from ..store.conftest import sql
from .conftest import Drive, Morning

MONDAY = date(2026, 11, 16)


@pytest.fixture
def asked(store: Store, morning: Morning) -> int:
    """Umbra was asked for 5,000 on a day before; its id."""
    new = NewEntry(morning.sales, MONDAY, outcome=Outcome.ASKED, contact="Umbra", amount=500_000)
    return store.entries.log(new).entry.id


def offers(store: Store) -> OpenOffers:
    return store.numbers.snapshot().offers


def last(store: Store) -> tuple[Outcome | None, str, int | None, int | None]:
    entry = store.day().entries[-1]
    return entry.outcome, entry.contact, entry.amount, entry.follows


@pytest.mark.parametrize(
    ("keys", "outcome", "amount"),
    [("7", Outcome.WON, 500_000), ("w", Outcome.WON, 500_000), ("8", Outcome.LOST, None)],
)
async def test_an_ask_is_settled_in_one_key_with_what_was_asked(
    drive: Drive, store: Store, asked: int, keys: str, outcome: Outcome, amount: int | None
) -> None:
    async with drive() as user:
        await user.press("s", "down", keys)
        assert last(store) == (outcome, "Umbra", amount, asked)
        assert offers(store) == OpenOffers()
        await user.press("escape", "u")
        assert offers(store) == OpenOffers(500_000, 1, 8)


@pytest.mark.parametrize(("typed", "amount"), [("450", 45_000), ("0", 0)])
async def test_other_money_or_none_is_typed_first(
    drive: Drive, store: Store, asked: int, typed: str, amount: int
) -> None:
    async with drive() as user:
        await user.press("s", "down", "dollar_sign")
        await user.enter(typed)
        assert last(store) == (Outcome.WON, "Umbra", amount, asked)


async def test_a_call_that_is_won_proposes_what_was_asked(
    drive: Drive, store: Store, clock: SetClock, asked: int
) -> None:
    store.timer.start(contact="umbra")
    async with drive() as user:
        await user.talk(clock, 300)
        await user.press("c", "7")
        assert "5000" in user.screen_text()
        await user.press("enter")
        assert last(store) == (Outcome.WON, "umbra", 500_000, None)
        assert offers(store) == OpenOffers()


@pytest.mark.parametrize(("typed", "amount"), [("450", 45_000), ("", None)])
async def test_a_call_that_is_won_asks_for_its_money_and_enter_skips(
    drive: Drive, store: Store, clock: SetClock, asked: int, typed: str, amount: int | None
) -> None:
    store.timer.start(contact="Iris")
    async with drive() as user:
        await user.talk(clock, 300)
        await user.press("c", "7", *typed, "enter")
        assert isinstance(user.app.screen, TodayScreen)
        assert last(store) == (Outcome.WON, "Iris", amount, None)


@pytest.mark.parametrize(("then", "amount"), [((), 500_000), (("0",), 0)])
async def test_a_name_typed_beside_a_win_proposes_what_it_was_asked(
    drive: Drive, store: Store, asked: int, then: tuple[str, ...], amount: int
) -> None:
    async with drive() as user:
        await user.press("space", "w")
        await user.type("Umbra")
        await user.press("shift+tab", "7")
        assert isinstance(user.app.screen, Form)
        assert "$5,000 was asked for: Enter takes it" in user.screen_text()
        if then:
            await user.press("ctrl+u", *then)
        await user.press("enter")
        assert last(store) == (Outcome.WON, "Umbra", amount, None)


async def test_money_for_an_open_ask_is_what_was_asked(
    drive: Drive, store: Store, morning: Morning
) -> None:
    new = NewEntry(morning.sales, outcome=Outcome.ASKED, contact="Umbra", amount=500_000)
    asked = store.entries.log(new).entry.id
    async with drive() as user:
        await user.press("tab", "dollar_sign", "enter")
        assert last(store) == (Outcome.WON, "Umbra", 500_000, asked)


async def test_the_first_opening_tells_which_amounts_are_offers_now(
    drive: Drive, store: Store, morning: Morning, asked: int
) -> None:
    new = NewEntry(morning.sales, outcome=Outcome.ASKED, contact="Iris", amount=20_000)
    iris = store.entries.log(new).entry.id
    sql(store.path, "INSERT INTO old_offer VALUES (?, 0), (?, 1)", asked, iris)
    received = store.numbers.snapshot().funnel.tally.money
    assert received == 120_000
    async with drive() as user:
        assert isinstance(user.app.screen, ListDialog)
        text = " ".join(user.screen_text().replace("│", " ").split())
        said = "Amounts on asks are offers now: with 2 asks you had received $6,400, it is $1,200."
        assert said in text
        await user.press("down", "enter")
        assert "$5,000 is money received; u takes it back." in user.messages()
        assert store.numbers.snapshot().funnel.tally.money == 620_000
        text = " ".join(user.screen_text().replace("│", " ").split())
        assert "with 1 ask you had received $6,400, it is $6,200." in text
        await user.press("escape", "u")
        assert store.numbers.snapshot().funnel.tally.money == 120_000
        assert offers(store) == OpenOffers(520_000, 2, 8)
    async with drive() as user:
        assert isinstance(user.app.screen, TodayScreen)
