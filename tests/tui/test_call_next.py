"""Calling down the list: who is next on Today, and the keys for it."""

from datetime import date, datetime, time

import pytest

from needlemover.domain.calls.entry import Outcome
from needlemover.store.buyers.contacts import Lead
from needlemover.store.calls.new_entry import NewEntry
from needlemover.store.store import Store
from needlemover.tui.app import NeedleApp
from needlemover.tui.today.call_next import CallNext

from ..conftest import SetClock
from .conftest import Drive, Morning
from .hostile import HOSTILE
from .picture import Picture, press

NAMES = ("Umbra Ltd", "Vesper AG", "Kestrel Foods")


@pytest.fixture
def buyers(store: Store, clock: SetClock, morning: Morning) -> Morning:
    """Who is to be called at 15:40: one due, one late, one later today, an old ask, the list."""
    now = datetime(2026, 11, 24, 15, 40)
    clock.set(datetime(2026, 11, 12, 10, 0))
    asked = NewEntry(morning.sales, seconds=250, contact="Harbor GmbH", outcome=Outcome.ASKED)
    store.entries.log(asked)
    clock.set(datetime(2026, 11, 20, 10, 0))
    store.contacts.add("Fjord Logistics", "+49 30 555 0142")
    for _ in range(2):
        store.entries.log(
            NewEntry(morning.sales, contact="Fjord Logistics", outcome=Outcome.NO_ANSWER)
        )
    store.contacts.promise("Fjord Logistics", date(2026, 11, 24), time(14), note="Back on Monday.")
    store.contacts.promise("Acme Corp", date(2026, 11, 22))
    store.contacts.promise("Iris Labs", date(2026, 11, 24), time(16, 30))
    store.contacts.add_list([Lead(name, "+49 30 555 0100") for name in NAMES], "leads.csv")
    clock.set(now)
    return morning


ORDER = ["Fjord Logistics", "Acme Corp", "Iris Labs", "Harbor GmbH", *NAMES]


def test_who_is_next(
    picture: Picture, store: Store, clock: SetClock, buyers: Morning, size: tuple[int, int]
) -> None:
    picture(NeedleApp(store, clock), terminal_size=size, run_before=press("tab"))


@pytest.mark.parametrize("size", [(120, 24), (80, 22), (160, 50), (200, 60)])
async def test_the_checklist_both_quotas_and_the_log_stay(
    drive: Drive, buyers: Morning, size: tuple[int, int]
) -> None:
    async with drive(size) as user:
        text = user.screen_text()
        assert "CALL NEXT" in text
        assert "Fjord Logistics" in text
        assert all(name in text for name in user.checklist_names())
        assert "of 60 min" in text
        assert " of 10" in text
        assert "Firm 1 " in text


@pytest.mark.parametrize("size", [(80, 18), (80, 16), (120, 18)])
async def test_with_little_room_it_goes(
    drive: Drive, buyers: Morning, size: tuple[int, int]
) -> None:
    async with drive(size) as user:
        assert "CALL NEXT" not in user.screen_text()


async def test_names_keep_twelve_cells(drive: Drive, buyers: Morning) -> None:
    async with drive((40, 30)) as user:
        assert "Fjord Logis…" in user.screen_text()


async def test_nobody_to_call_shows_nothing(drive: Drive, morning: Morning) -> None:
    async with drive() as user:
        assert "CALL NEXT" not in user.screen_text()
        await user.press("tab")
        assert user.app.focused is user.today.query_one("#log")


async def test_the_panel_comes_and_goes_with_whom_to_call(
    drive: Drive, store: Store, morning: Morning
) -> None:
    async with drive() as user:
        store.contacts.add("Umbra Ltd")
        await user.follow()
        assert "1 on the list" in user.screen_text()
        await user.press("tab")
        assert user.app.focused is user.today.query_one(CallNext)
        store.contacts.never(store.contacts.find("Umbra Ltd").contact.id)
        await user.follow()
        assert "CALL NEXT" not in user.screen_text()
        await user.press("down", "x")
        assert len(user.today.snapshot.entries) == 7


async def test_a_time_that_comes_moves_its_row_up(
    drive: Drive, clock: SetClock, buyers: Morning
) -> None:
    async with drive() as user:
        panel = user.today.query_one(CallNext)
        assert panel.facts is not None
        assert [call.buyer.contact.name for call in panel.facts.calls] == ORDER
        clock.set(datetime(2026, 11, 24, 16, 30))
        await user.follow()
        names = [call.buyer.contact.name for call in panel.facts.calls]
        assert names[:3] == ["Fjord Logistics", "Iris Labs", "Acme Corp"]


async def test_names_are_data(drive: Drive, store: Store, morning: Morning) -> None:
    store.contacts.add_list([Lead(name, note=name) for name in HOSTILE if name.strip()], "x.csv")
    async with drive((160, 50)) as user:
        assert "[/" in user.screen_text()
