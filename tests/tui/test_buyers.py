"""Buyers: whom to talk to next, what is known of them, and the keys for it."""

from contextlib import closing
from datetime import date, datetime
from typing import Any

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from needlemover.config import Config
from needlemover.domain.calls.entry import Outcome
from needlemover.store.buyers.contacts import Lead
from needlemover.store.calls.new_entry import NewEntry
from needlemover.store.store import Store
from needlemover.tui.app import NeedleApp
from needlemover.tui.buyers import screen as buyers_screen
from needlemover.tui.buyers.screen import BuyersScreen
from needlemover.tui.kit.form import Form
from needlemover.tui.today.screen import TodayScreen

from ..conftest import SetClock
from .conftest import Drive, Driven, Morning
from .hands import Hands
from .hostile import NAMES
from .picture import Picture, press


@pytest.fixture
def buyers(store: Store, clock: SetClock, morning: Morning) -> Morning:
    """One late, with a phone and a note, and two on the list."""
    clock.set(datetime(2026, 11, 20, 10, 0))
    store.contacts.add("Fjord Logistics", "+49 30 555 0142", "Back in winter.")
    store.contacts.promise("Fjord Logistics", date(2026, 11, 22), note="Ask for Ana.")
    store.contacts.add_list([Lead("Vesper AG"), Lead("Kestrel Foods")], "leads.csv")
    clock.set(datetime(2026, 11, 24, 15, 40))
    return morning


def chosen(user: Driven) -> str:
    """Who is under the cursor."""
    buyer = user.view(BuyersScreen).snapshot.buyer
    return buyer.contact.name if buyer is not None else ""


@pytest.mark.parametrize(
    ("size", "keys"),
    [
        ((45, 40), ""),
        *(((80, 24), keys) for keys in ("", "enter")),
        ((120, 40), ""),
        ((160, 50), ""),
    ],
)
def test_the_sample_data(
    picture: Picture, sample: Store, clock: SetClock, size: tuple[int, int], keys: str
) -> None:
    app = NeedleApp(sample, clock)
    steps = press("5", *["j"] * 5, *filter(None, [keys]))
    picture(app, terminal_size=size, run_before=steps)


@pytest.mark.parametrize("key", ["a", "e", "m", "b", "o", "slash", "N"])
def test_the_dialogs(picture: Picture, sample: Store, clock: SetClock, key: str) -> None:
    app = NeedleApp(sample, clock)
    picture(app, terminal_size=(80, 24), run_before=press("5", key))


def test_nobody(picture: Picture, store: Store, clock: SetClock, size: tuple[int, int]) -> None:
    store.choices.begin("EUR", [])
    app = NeedleApp(store, clock)

    async def go(pilot: Pilot[Any]) -> None:
        await pilot.press("escape")
        await pilot.pause(0.1)
        app.clear_notifications()
        await pilot.press("5")

    picture(app, terminal_size=size, run_before=go)


def test_a_light_theme(picture: Picture, sample: Store, clock: SetClock) -> None:
    app = NeedleApp(sample, clock, config=Config(theme="needle-light"))
    picture(app, terminal_size=(120, 40), run_before=press("5"))


async def test_where_nobody_is_each_key_says_so(drive: Drive, store: Store) -> None:
    store.choices.begin("EUR", [])
    async with drive((80, 24)) as user:
        await user.press("escape", "5")
        for key in ("c", "b", "e", "m", "N", "y", "o"):
            await user.press(key)
        assert user.messages()[-1].startswith("Nobody is chosen: a adds somebody.")
        assert isinstance(user.app.screen, BuyersScreen)


async def test_what_comes_next_is_seen_and_what_is_known(drive: Drive, buyers: Morning) -> None:
    async with drive() as user:
        text = await user.see("5")
        assert "late 2 d     Fjord Logistics" in text
        for known in ("+49 30 555 0142", "call 2 days late “Ask for Ana.”", "Back in winter."):
            assert known in text
        text = await user.see("j")
        assert chosen(user) == "Lumen Labs"
        assert "asked" in text
        assert "24 Nov 2026" in text


async def test_in_a_small_window_the_buyer_stands_behind_enter(
    drive: Drive, buyers: Morning
) -> None:
    async with drive((80, 24)) as user:
        text = await user.see("5")
        assert "─ +49 30 555 0142 · " in text  # to be dialled
        assert "Back in winter." not in text
        text = await user.see("enter")
        assert "Back in winter." in text
        assert "WHOM DO I TALK TO NEXT?" not in text
        assert "WHOM DO I TALK TO NEXT?" in await user.see("escape")
        await user.press("enter")
        assert "WHOM DO I TALK TO NEXT?" in await user.see("enter")


async def test_a_name_is_found_as_it_is_typed(drive: Drive, buyers: Morning) -> None:
    async with drive() as user:
        await user.press("5", "slash")
        await user.type("firm 1")
        assert chosen(user) == "Firm 1"
        assert "Vesper AG" not in user.screen_text()
        assert "7 of " in user.screen_text()
        await user.press("down")
        assert chosen(user) != "Firm 1"
        await user.press("enter", "b")  # the list has the focus
        assert isinstance(user.app.screen, Form)
        await user.press("escape", "escape")
        assert "Vesper AG" in user.screen_text()
        await user.press("slash")
        assert "No name has that in it." in await user.see("z", "z")


async def test_c_calls_on_today(drive: Drive, buyers: Morning, store: Store) -> None:
    async with drive() as user:
        await user.press("5", "c")
        assert isinstance(user.app.screen, TodayScreen)
        assert "talking to Fjord Logistics" in user.screen_text()
    assert store.timer.running().contact == "Fjord Logistics"  # type: ignore[union-attr]


async def test_c_ends_the_call_that_runs_before(
    drive: Drive, buyers: Morning, store: Store, clock: SetClock
) -> None:
    store.timer.start(contact="Acme Corp", watched=True)
    async with drive() as user:
        clock.pass_by(seconds=60)
        await user.press("5", "c")
        assert "HOW DID IT END?" in user.screen_text()
        await user.press("enter")
        assert "talking to Fjord Logistics" in user.screen_text()
    assert store.day().entries[-1].contact == "Acme Corp"


async def test_b_says_when_to_call_again(drive: Drive, buyers: Morning, store: Store) -> None:
    async with drive() as user:
        await user.press("5", "b")
        await user.enter("thu 14:00")
        assert "Thu 26 Nov" in user.screen_text()
        assert chosen(user) == "Fjord Logistics"
        await user.press("u", "b")
        assert "late 2 d" in user.screen_text()
        await user.enter("drop")
        said = "Dropped: Call back “Fjord Logistics” Sun 22 Nov; u takes it back."
        assert user.messages()[-1] == said
        assert store.contacts.find("Fjord").step is None


async def test_e_edits_and_what_is_wrong_is_said(
    drive: Drive, buyers: Morning, store: Store
) -> None:
    async with drive() as user:
        await user.press("5", "e", "tab")
        await user.type(" or so")
        assert "is not a phone number" in await user.see("enter")
        await user.press("shift+tab", "end")
        await user.type(" AS")
        await user.press("tab", "end", *["backspace"] * 6, "enter")
        assert chosen(user) == "Fjord Logistics AS"
        await user.press("u")
        assert chosen(user) == "Fjord Logistics"


async def test_a_name_that_another_one_has_leads_to_merging(
    drive: Drive, buyers: Morning, store: Store
) -> None:
    async with drive() as user:
        await user.press("5", "e", "ctrl+u")
        await user.type("acme corp")
        text = await user.see("enter")
        assert "“acme corp” is another contact (press m in Buyers)." in text
    assert store.contacts.find("Fjord").contact.name == "Fjord Logistics"


async def test_a_adds_with_a_name_and_enter(drive: Drive, buyers: Morning, store: Store) -> None:
    async with drive() as user:
        await user.press("5", "slash", "z", "escape", "a")
        await user.enter("Zeta [/b]")
        assert chosen(user) == "Zeta [/b]"
        assert store.contacts.find("Zeta").is_on_list
        await user.press("a")
        assert "is on the list already" in await user.see(*"Zeta", "enter", "enter")
        await user.press("escape", "escape", "u")
        assert "Zeta" not in user.screen_text().splitlines()[5]


async def test_m_merges_and_u_parts_them(drive: Drive, buyers: Morning, store: Store) -> None:
    async with drive() as user:
        await user.press("5", "m")
        await user.type("acme")
        assert "There is no contact" not in await user.see("enter", "enter")
        assert chosen(user) == "Acme Corp"
        assert store.contacts.find("Acme Corp").contact.phone == "+49 30 555 0142"
        await user.press("u")
        assert store.contacts.find("Fjord").contact.phone == "+49 30 555 0142"
        await user.press("m")
        await user.type("nobody")
        assert "There is no contact “nobody”" in await user.see("enter")


async def test_two_are_merged_while_a_call_with_one_runs(
    drive: Drive, buyers: Morning, store: Store
) -> None:
    store.timer.start(contact="Fjord Logistics", watched=True)
    async with drive() as user:
        await user.press("5", "m")
        await user.type("acme")
        await user.press("enter", "enter")
    assert store.timer.running().contact == "Acme Corp"  # type: ignore[union-attr]


async def test_n_large_keeps_that_a_buyer_is_never_called_until_the_next_key_takes_it_back(
    drive: Drive, buyers: Morning, store: Store
) -> None:
    async with drive() as user:
        await user.press("5", "N")
        assert user.messages() == ["“Fjord Logistics” is never called again; u takes it back."]
        assert chosen(user) == "Lumen Labs"
        assert store.contacts.find("Fjord").contact.never_since == date(2026, 11, 24)
        await user.press("u")
        assert "is never called again" not in " ".join(user.messages())
        assert "late 2 d     Fjord Logistics" in user.screen_text()
        assert store.contacts.find("Fjord").contact.never_since is None
        await user.press("slash", *"fjord", "enter", "N", "N")
        assert store.contacts.find("Fjord").contact.never_since is None


async def test_y_copies_the_phone_and_without_one_says_so(drive: Drive, buyers: Morning) -> None:
    async with drive() as user:
        await user.press("5", "y")
        assert user.app.clipboard == "+49 30 555 0142"
        await user.press("j", "y", "o")
        assert "There is no phone yet: e adds it." in " ".join(user.messages())
        assert user.app.clipboard == "+49 30 555 0142"


async def test_who_goes_by_a_phone_is_dialled_by_it(
    drive: Drive, buyers: Morning, store: Store
) -> None:
    store.contacts.promise("0151 2345678", date(2026, 11, 24))
    async with drive() as user:
        await user.press("5", "slash", *"0151", "enter", "y")
        assert user.app.clipboard == "0151 2345678"


async def test_o_asks_and_dials(
    drive: Drive, buyers: Morning, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[Any] = []
    monkeypatch.setattr(
        buyers_screen.subprocess, "Popen", lambda command, **_: opened.append(command)
    )
    monkeypatch.setattr(buyers_screen.sys, "platform", "linux")
    async with drive() as user:
        assert "Dial +49 30 555 0142" in await user.see("5", "o")
        await user.press("escape")
        assert opened == []
        await user.press("o", "enter")
        assert opened == [["xdg-open", "tel:+49305550142"]]
        assert isinstance(user.app.screen, BuyersScreen)


async def test_a_system_without_a_program_that_dials(
    drive: Drive, buyers: Morning, monkeypatch: pytest.MonkeyPatch
) -> None:
    def missing(*_: object, **__: object) -> None:
        raise FileNotFoundError

    monkeypatch.setattr(buyers_screen.subprocess, "Popen", missing)
    async with drive() as user:
        assert "no program that dials" in await user.see("5", "o", "enter")


@pytest.mark.parametrize("name", NAMES)
async def test_a_hostile_name_is_only_shown(
    drive: Drive, buyers: Morning, store: Store, name: str
) -> None:
    store.contacts.promise(name, date(2026, 11, 25), note=name)
    store.entries.log(NewEntry(buyers.sales, contact=name, outcome=Outcome.ASKED, note=name))
    store.contacts.promise(name, date(2026, 11, 24), note=name)
    async with drive((120, 40)) as user:
        for keys in (("5", "j"), ("enter",), ("escape", "e"), ("escape", "m"), ("escape", "N"),
                     ("u", "k", "c")):  # fmt: skip
            text = await user.see(*keys)
            assert not any(sign in text for sign in "\x1b\x07\u202e")
    assert store.timer.running().contact == " ".join(name.split())  # type: ignore[union-attr]


async def test_a_change_elsewhere_is_seen(drive: Drive, buyers: Morning, store: Store) -> None:
    async with drive() as user:
        await user.press("5")
        with closing(Store(store.path, store.clock)) as other:
            other.contacts.add("Zeta")
        await user.follow()
        assert "Zeta" in user.screen_text()


async def test_the_window_may_change_while_a_buyer_is_read(drive: Drive, buyers: Morning) -> None:
    async with drive((120, 40)) as user:
        await user.press("5", "enter")
        for size in ((80, 24), (40, 12), (160, 50)):
            await Hands(user.app).resize(*size)
            assert "+49 30 555 0142" in user.screen_text()


async def test_keys_that_are_chosen_for_something_else_are_named_at_the_start(
    store: Store, clock: SetClock, morning: Morning
) -> None:
    config = Config(keys={"log": "n", "undo": "y", "park": "5"})
    app = NeedleApp(store, clock, config=config)
    async with app.run_test(notifications=True):
        said = sorted(item.message for item in app._notifications)
    assert said == [
        'Your key 5 is Park, so View has no key: give view_buyers another, like f5.',
        'Your key n is Log, so Next has no key: give next another, like f5.',
        'Your key y is Undo, so Copy has no key: give copy_line another, like f5.',
        'Your key y is Undo, so Copy has no key: give copy_phone another, like f5.',
    ]  # fmt: skip


async def test_twenty_thousand_are_scrolled_and_found(
    drive: Drive, store: Store, morning: Morning
) -> None:
    store.contacts.add_list([Lead(f"Lead {n:05}") for n in range(20_000)], "leads.csv")
    async with drive((80, 24)) as user:
        assert "20,000 on the list" in await user.see("5")
        await user.press(*["pagedown"] * 5, "pageup")
        assert len({chosen(user)} - {""}) == 1
        await user.press("slash")
        await user.type("19999")
        assert chosen(user) == "Lead 19999"
        assert user.app.focused is user.app.screen.query_one(Input)
