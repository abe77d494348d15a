"""What is said over a view."""

import pytest
from textual.widgets._toast import Toast

from needlemover.tui.themes import Message

from .conftest import Drive, Morning


def test_a_message_that_is_over_before_it_is_drawn_has_a_time_that_ends() -> None:
    late = Message("Logged.", timeout=5, raised_at=0)
    assert late.has_expired
    assert Toast(late)._timeout > 0


def test_a_message_that_stands_has_the_time_that_was_asked_for() -> None:
    fresh = Message("Logged.", timeout=60)
    assert not fresh.has_expired
    assert 59 < fresh.time_left <= 60


async def test_all_that_the_app_says_are_such_messages(drive: Drive) -> None:
    async with drive() as user:
        user.app.notify("Logged.", markup=False)
        await user.pilot.pause()
        assert [type(said) for said in user.app._notifications] == [Message]


@pytest.mark.parametrize("size", [(80, 14), (80, 24), (120, 40), (160, 50)])
async def test_what_is_said_hides_neither_the_quota_nor_the_newest_entry_nor_how_to_hang_up(
    drive: Drive, morning: Morning, size: tuple[int, int]
) -> None:
    async with drive(size) as user:
        await user.press("c", "c", "enter", "u", "U", "c")
        assert len(user.messages()) == 2
        screen = user.app.screen
        for toast in screen.query(Toast):
            for name in ("#call", "#talking", "#log", "#keys"):
                assert not toast.region.overlaps(screen.query_one(name).region), name
        assert "hang up" in user.screen_text()
        user.app.notify("This key works in the log: Tab goes there.", markup=False)
        assert "Tab goes there." in await user.see(), "as wide as it may be at 120 columns"
