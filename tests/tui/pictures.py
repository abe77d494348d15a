"""What the tests of pictures share: the sizes, and keys that are pressed before one is taken."""

from collections.abc import Awaitable, Callable
from typing import Any

from textual.pilot import Pilot

SIZES = ((80, 24), (120, 40))

Compare = Callable[..., bool]
Steps = Callable[[Pilot[Any]], Awaitable[None]]


def press(*keys: str, wait_for_workers: bool = False) -> Steps:
    """Press keys before the picture is taken.

    Args:
        keys: one after the other.
        wait_for_workers: whether each is to wait for what is worked out beside the screen.
    """

    async def steps(pilot: Pilot[Any]) -> None:
        for key in keys:
            await pilot.press(key)
            await pilot.pause()
            if wait_for_workers:
                await pilot.app.workers.wait_for_complete()
                await pilot.pause()

    return steps
