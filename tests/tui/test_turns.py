"""Keys that arrive together, from a slow line or a text expander, do what they do one by one."""

from datetime import datetime

import pytest

from needlemover.domain.calls.entry import Outcome
from needlemover.store.store import Store

from ..conftest import SetClock
from .conftest import Drive, Driven, Morning
from .hands import Hands


async def at_once(user: Driven, *keys: str) -> None:
    """Press keys that all arrive in one packet."""
    await Hands(user.app).press(*keys, at_once=True)


async def test_a_key_that_opens_a_form_is_followed_by_what_is_typed_into_it(
    drive: Drive, morning: Morning, store: Store
) -> None:
    before = len(store.day().entries)
    async with drive() as user:
        await at_once(user, "l", "1", "2", "tab", *"Bob", "enter")
    entries = store.day().entries[before:]
    assert [(entry.seconds, entry.contact) for entry in entries] == [(720, "Bob")]


async def test_enter_pressed_twice_saves_once(drive: Drive, morning: Morning, store: Store) -> None:
    before = len(store.day().entries)
    async with drive() as user:
        await at_once(user, "l", "7", "enter", "enter", "enter")
        await at_once(user, "ctrl+p", "enter", "enter")
    assert len(store.day().entries) == before + 1


async def test_a_call_is_started_ended_and_answered_in_one_packet(
    drive: Drive, morning: Morning, store: Store
) -> None:
    before = len(store.day().entries)
    async with drive() as user:
        await at_once(user, "c", "c", "enter", "x", "q")
        assert user.app._exit
    entries = store.day().entries[before:]
    assert [entry.outcome for entry in entries] == [Outcome.TALKED, Outcome.NO_ANSWER]


async def test_keys_together_are_each_of_their_own_moment_also_where_time_goes_on_meanwhile(
    drive: Drive, morning: Morning, store: Store, clock: SetClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = len(store.day().entries)

    def tick(self: SetClock) -> datetime:
        self.pass_by(milliseconds=1)
        return self._now

    monkeypatch.setattr(SetClock, "real_now", tick)
    async with drive() as user:
        await at_once(user, "c", "c", "enter")
        await at_once(user, "c")
        await at_once(user, "c", "w", *"Bob", "enter", "c")
        assert user.messages() == []
        await at_once(user, "c", "enter")
    contacts = [entry.contact for entry in store.day().entries[before:]]
    assert contacts == ["", "Bob", ""]
