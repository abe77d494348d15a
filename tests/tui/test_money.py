"""The key `$` of Today: money on an activity, on none, or for an earlier entry."""

from datetime import date

from needlemover.domain.calls.entry import Outcome
from needlemover.store.calls.new_entry import NewEntry
from needlemover.store.store import Store
from needlemover.tui.kit.form import Form
from needlemover.tui.today.screen import TodayScreen

from ..conftest import SetClock
from .conftest import TODAY, Drive, Morning


async def test_dollar_amount_enter_is_money_with_no_activity(
    drive: Drive, morning: Morning, store: Store
) -> None:
    async with drive() as user:
        await user.press("dollar_sign")
        await user.enter("250.50")
        assert "$250.50 received." in user.messages()
        entry = store.day().entries[-1]
        assert (entry.amount, entry.activity_id, entry.follows, entry.count) == (
            25_050,
            None,
            None,
            0,
        )
        assert store.numbers.snapshot().untraced_money == 25_050
        await user.press("u")
        assert store.numbers.snapshot().untraced_money == 0


async def test_on_an_entry_it_is_a_payment_that_is_no_new_dial(
    drive: Drive, morning: Morning, store: Store
) -> None:
    async with drive() as user:
        await user.press("tab", "dollar_sign")
        assert "Firm 1, won, $1,200, 24 Nov 2026" in user.screen_text()
        await user.enter("300")
        won, payment = store.day().entries[-2:]
        assert won.outcome is Outcome.WON
        assert (payment.follows, payment.amount, payment.contact) == (won.id, 30_000, "Firm 1")
        assert payment.activity_id == morning.sales
        tally = store.numbers.snapshot().funnel.tally
        assert (tally.dials, tally.wins, tally.money) == (19, 1, 150_000)


async def test_a_negative_amount_is_a_refund_of_what_the_payment_followed(
    drive: Drive, morning: Morning, store: Store
) -> None:
    (won,) = [item for item in store.day().entries if item.outcome is Outcome.WON]
    store.entries.log(NewEntry(morning.sales, count=0, amount=30_000, follows=won.id))
    async with drive() as user:
        await user.press("tab", *["down"] * 9, "dollar_sign")
        await user.enter("-100")
        assert "$100 paid back." in user.messages()
        refund = store.day().entries[-1]
        assert (refund.amount, refund.follows) == (-10_000, won.id)
        assert store.numbers.snapshot().funnel.tally.money == 140_000


async def test_the_money_can_be_for_nothing_earlier_and_name_what_brought_the_buyer(
    drive: Drive, morning: Morning, store: Store
) -> None:
    async with drive() as user:
        await user.press("tab", "dollar_sign")
        await user.type("90")
        # Nothing earlier; sales conversations stay; the film brought the buyer.
        await user.press("tab", "right", "tab", "tab", "right", "ctrl+s")
        assert isinstance(user.app.screen, TodayScreen)
        entry = store.day().entries[-1]
        assert (entry.amount, entry.follows, entry.came_from) == (9_000, None, morning.film)
        film = next(
            item for item in store.numbers.snapshot().returns if item.name.startswith("Film")
        )
        assert film.money == 9_000


async def test_nothing_typed_is_refused_in_the_dialog(drive: Drive, morning: Morning) -> None:
    async with drive() as user:
        await user.press("dollar_sign", "enter")
        assert isinstance(user.app.screen, Form)
        assert "Type how much it was" in user.screen_text()


async def test_on_a_past_day_the_money_has_that_day(
    drive: Drive, morning: Morning, store: Store
) -> None:
    async with drive() as user:
        await user.press("left", "dollar_sign")
        await user.enter("5")
        (entry,) = [item for item in store.day(date(2026, 11, 23)).entries if item.amount]
        assert (entry.amount, entry.late) == (500, True)


async def test_a_day_to_come_has_no_money(drive: Drive, morning: Morning) -> None:
    async with drive() as user:
        await user.press("right", "dollar_sign")
        assert isinstance(user.app.screen, TodayScreen)
        assert "Wed 25 Nov is still to come." in user.messages()


async def test_a_call_can_name_the_activity_that_brought_the_buyer(
    drive: Drive, morning: Morning, store: Store, clock: SetClock
) -> None:
    async with drive() as user:
        await user.press("c")
        clock.pass_by(seconds=60)
        await user.press("c", "dollar_sign")
        await user.type("500")
        await user.press("tab", "right")
        await user.press("ctrl+s")
        entry = store.day(TODAY).entries[-1]
        assert (entry.amount, entry.came_from) == (50_000, morning.film)


async def test_editing_an_entry_can_say_what_brought_the_buyer_and_keeps_it(
    drive: Drive, morning: Morning, store: Store
) -> None:
    async with drive() as user:
        await user.press("tab", "e", *["tab"] * 8, "right", "ctrl+s")
        (won,) = [item for item in store.day().entries if item.outcome is Outcome.WON]
        assert won.came_from == morning.film
        await user.press("e", "ctrl+s")
        (won,) = [item for item in store.day().entries if item.outcome is Outcome.WON]
        assert won.came_from == morning.film


async def test_money_for_an_ask_that_waits_wins_it(
    drive: Drive, morning: Morning, store: Store
) -> None:
    async with drive() as user:
        # The ask of 14:02 stands above the win of 15:05.
        await user.press("tab", "up", "dollar_sign")
        assert "Lumen Labs, asked, 24 Nov 2026: then won" in user.screen_text()
        await user.type("400")
        await user.press("enter")
        assert store.entries.open_asks() == ()
        tally = store.numbers.snapshot().funnel.tally
        assert (tally.dials, tally.wins, tally.money) == (19, 2, 160_000)
        await user.press("u")
        assert len(store.entries.open_asks()) == 1
