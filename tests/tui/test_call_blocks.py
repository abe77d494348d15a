"""The key of a call block, its line, and what becomes of one whose time is over."""

from datetime import datetime

from needlemover.store.store import Store
from needlemover.tui.kit.dialog import Dialog
from needlemover.tui.today.headline import BlockLine

from ..conftest import SetClock
from .conftest import TODAY, Drive, Driven, Morning


def title(user: Driven) -> str:
    """Of the question that is open; empty: none is."""
    return user.app.screen.title_text if isinstance(user.app.screen, Dialog) else ""


def line(user: Driven) -> str:
    """The line of the block."""
    return next((each for each in user.screen_text().splitlines() if "BLOCK" in each), "")


async def test_one_that_nobody_saw_end_is_asked_about_again_by_its_key(
    drive: Drive, morning: Morning, store: Store, clock: SetClock
) -> None:
    store.blocks.start(30 * 60)
    clock.set(datetime(2026, 11, 24, 19, 0))
    async with drive() as user:
        await user.follow()
        assert title(user) == "A call block was left open since 15:40"
        await user.press("escape", "B")
        assert title(user) == "A call block was left open since 15:40"
        await user.press("1")
        assert user.messages() == ["Block over: 0 dials, 0 conversations in 30 min."]


async def test_one_that_was_seen_ends_as_planned_by_its_key_also_after_undo(
    drive: Drive, morning: Morning, store: Store, clock: SetClock
) -> None:
    async with drive() as user:
        await user.press("B")
        await user.enter("30")
        await user.talk(clock, 30 * 60)
        assert user.today.snapshot.block is None
        clock.set(datetime(2026, 11, 24, 19, 0))
        await user.press("u", "B")
        assert user.messages()[-1] == "Block over: 0 dials, 0 conversations in 30 min."


async def test_its_line_and_its_end_stay_while_another_day_is_looked_at(
    drive: Drive, morning: Morning, store: Store, clock: SetClock
) -> None:
    async with drive() as user:
        await user.press("B")
        await user.enter("30")
        await user.press("x", "left")
        assert "30:00 left · 1 dial · 0 conversations" in line(user)
        await user.talk(clock, 30 * 60)
        assert user.today.snapshot.day < TODAY
        assert user.messages()[-1] == "Block over: 1 dial, 0 conversations in 30 min."
        assert not user.today.query_one(BlockLine).display


async def test_next_is_never_whom_you_talk_to(
    drive: Drive, morning: Morning, store: Store, clock: SetClock
) -> None:
    for name in ("Fjord Logistics", "Tidal Works"):
        store.contacts.promise(name, TODAY)
    store.blocks.start(30 * 60)
    async with drive() as user:
        assert "next Fjord Logistics" in line(user)
        await user.press("n")
        assert "next Tidal Works" in line(user)
