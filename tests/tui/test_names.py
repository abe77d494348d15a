"""A field for the name of a buyer completes what is typed, and says who is new."""

from datetime import date

import pytest
from msgspec.structs import replace
from textual.widgets import Static

from needlemover.domain.calls.entry import Outcome
from needlemover.store.calls.new_entry import NewEntry
from needlemover.store.store import Store
from needlemover.tui.kit.fields import NameField
from needlemover.tui.kit.form import Form

from .conftest import Drive, Driven, Morning
from .hostile import HOSTILE


def typed_in(user: Driven) -> str:
    """What stands in the line for the name."""
    value: str = user.app.screen.query_one("#contact").value  # type: ignore[attr-defined]
    return value


def said(user: Driven) -> str:
    """What is said beside the name."""
    return str(user.app.screen.query_one(NameField).query_one(".hint", Static).content)


async def open_who(user: Driven) -> None:
    """Start a call and ask who it is with."""
    await user.press("c", "e")


async def test_enter_takes_the_name_and_enter_again_saves_it(
    drive: Drive, morning: Morning, store: Store
) -> None:
    async with drive() as user:
        await open_who(user)
        await user.type("nord")
        assert "nordwind AG" in user.screen_text()
        assert said(user) == "Enter takes it · Del: new"
        await user.press("enter")
        assert typed_in(user) == "Nordwind AG"
        assert said(user) == ""
        await user.press("enter")
        assert not isinstance(user.app.screen, Form)
    running = store.timer.running()
    assert running is not None
    assert running.contact == "Nordwind AG"


async def test_the_last_touched_comes_before_the_list(
    drive: Drive, morning: Morning, store: Store
) -> None:
    for name in ("Lumen Works", "Lumber Yard"):
        store.contacts.add(name)
    assert store.contacts.names("lum") == ("Lumen Labs", "Lumen Works", "Lumber Yard")
    async with drive() as user:
        await open_who(user)
        await user.type("lum")
        assert "lumen Labs" in user.screen_text()
        await user.type("b")
        assert "lumber Yard" in user.screen_text()


async def test_a_name_that_nobody_has_is_new(drive: Drive, morning: Morning, store: Store) -> None:
    async with drive() as user:
        await open_who(user)
        await user.type("Zeta")
        assert said(user) == "new"
        await user.press("enter")
        assert not isinstance(user.app.screen, Form)
    assert store.timer.running().contact == "Zeta"  # type: ignore[union-attr]


async def test_a_new_name_may_be_the_beginning_of_a_known_one(
    drive: Drive, morning: Morning, store: Store
) -> None:
    async with drive() as user:
        await open_who(user)
        await user.type("Acme")
        assert "Acme Corp" in user.screen_text()
        await user.press("delete")
        assert "Acme Corp" not in user.screen_text()
        assert said(user) == "new"
        await user.press("enter")
        assert not isinstance(user.app.screen, Form)
    assert store.timer.running().contact == "Acme"  # type: ignore[union-attr]


async def test_a_whole_name_is_neither_completed_nor_new(
    drive: Drive, morning: Morning, store: Store
) -> None:
    async with drive() as user:
        await open_who(user)
        await user.type("firm 1")  # there are Firm 11 and Firm 12, too
        assert said(user) == ""
        await user.press("enter")
        assert not isinstance(user.app.screen, Form)


@pytest.mark.parametrize(
    "keys", [("l", "tab"), ("c", "e"), ("c", "c", "w"), ("dollar_sign", *["tab"] * 3)]
)
async def test_every_form_with_a_name_completes_it(
    drive: Drive, morning: Morning, keys: tuple[str, ...]
) -> None:
    async with drive((80, 24)) as user:
        await user.press(*keys)
        await user.type("nordw")
        assert "nordwind AG" in user.screen_text()


@pytest.mark.parametrize("name", [name for name in HOSTILE if name[0].isalnum()])
async def test_a_hostile_name_is_taken_as_it_is(
    drive: Drive, morning: Morning, store: Store, name: str
) -> None:
    kept = store.contacts.promise(name, date(2026, 12, 1)).contact.name
    async with drive() as user:
        await open_who(user)
        await user.type(name[:2])
        await user.press("enter", "enter")
        assert not isinstance(user.app.screen, Form)
    assert store.timer.running().contact == kept  # type: ignore[union-attr]


@pytest.mark.parametrize("keys", [("s",), ("2", "r")], ids=" ".join)
async def test_in_lists_of_dialogs_a_name_keeps_12_cells(
    drive: Drive, morning: Morning, store: Store, keys: tuple[str, ...]
) -> None:
    asked = NewEntry(morning.sales, outcome=Outcome.ASKED, contact="Nordwind AG and sons")
    store.entries.log(replace(asked, amount=1_200_000))
    store.activities.edit(morning.film, name="Nordwind AG, the video")
    async with drive((40, 24)) as user:
        assert "Nordwind AG" in await user.see(*keys)
