"""What is said over a view."""

from textual.widgets._toast import Toast

from needlemover.tui.kit.message import Message

from .conftest import Drive


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
