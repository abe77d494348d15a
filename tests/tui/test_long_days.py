"""What a key costs does not grow with the entries of the day."""

from itertools import groupby
from typing import Any

import pytest

from needlemover.domain.calls.entry import Outcome
from needlemover.store.calls.new_entry import NewEntry
from needlemover.store.store import Store
from needlemover.tui.calls import day_log

from .conftest import Drive, Morning

CALLS = 300


@pytest.fixture
def long_day(store: Store, morning: Morning) -> None:
    """A morning, and behind it so many calls by number."""
    new = [NewEntry(morning.sales, outcome=Outcome.VOICEMAIL, contact=f"Buyer {number:03}.")
           for number in range(1, CALLS + 1)]  # fmt: skip
    store.entries.log_all(new)


@pytest.mark.usefixtures("long_day")
async def test_a_log_makes_the_lines_in_sight_only(
    drive: Drive, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = []
    line = day_log._line

    def counted(*arguments: Any, **more: Any) -> day_log.Line:
        made.append(arguments)
        return line(*arguments, **more)

    monkeypatch.setattr(day_log, "_line", counted)
    async with drive() as user:
        await user.press("tab")
        made.clear()
        await user.press("x")
        assert "Buyer 300." in user.screen_text()
        await user.press("up", "up")
        assert 0 < len(made) < CALLS
        await user.press(*["up"] * 38)
        assert "Buyer 261." in user.screen_text()
        assert "Buyer 300." not in user.screen_text()


@pytest.mark.usefixtures("long_day")
async def test_the_cursor_moves_without_folding_the_log_anew(
    drive: Drive, monkeypatch: pytest.MonkeyPatch
) -> None:
    folded = []

    def counted(*arguments: Any, **more: Any) -> Any:
        folded.append(arguments)
        return groupby(*arguments, **more)

    monkeypatch.setattr(day_log, "groupby", counted)
    async with drive() as user:
        await user.press("tab")
        folded.clear()
        await user.press("up", "up", "down")
        assert folded == []
        await user.press("x")
        assert len(folded) == 1
