"""Which panels are laid out anew by a key, and that each always stands as its facts say."""

from collections import Counter

import pytest

from needlemover.store.buyers.contacts import Lead
from needlemover.store.store import Store
from needlemover.tui.kit.panel import Panel

from ..conftest import SetClock
from .conftest import Drive, Driven, Morning
from .hands import stale_panels

Laid = Counter[str]


@pytest.fixture
def laid(monkeypatch: pytest.MonkeyPatch) -> Laid:
    """The panels that were laid out, by their ids."""
    found: Laid = Counter()
    lay_out = Panel.lay_out

    def counted(panel: Panel[object, object]) -> None:
        found[panel.id or ""] += 1
        lay_out(panel)

    monkeypatch.setattr(Panel, "lay_out", counted)
    return found


async def laid_out_by(user: Driven, laid: Laid, *keys: str) -> set[str]:
    """The panels that a key lays out anew, but for the line that says what the keys do."""
    laid.clear()
    await user.press(*keys)
    assert max(laid.values(), default=1) == 1, "none is laid out twice"
    return set(laid) - {"keys"}


@pytest.fixture
def listed(store: Store, morning: Morning) -> Morning:
    """A morning with somebody to call."""
    store.contacts.add_list([Lead("Umbra Ltd", "+49 30 555 0100")], "leads.csv")
    return morning


async def test_a_key_lays_out_only_the_panels_that_show_what_it_changed(
    drive: Drive, listed: Morning, clock: SetClock, laid: Laid
) -> None:
    async with drive() as user:
        unanswered = await laid_out_by(user, laid, "x")
        assert unanswered == {"log", "talking"}, "a dial more"
        call = await laid_out_by(user, laid, "n")
        assert call == {"checklist", "weeks", "call"}, "the mark, the buyer, the running call"
        await user.talk(clock, 1)
        laid.clear()
        await user.talk(clock, 1)
        assert laid == {"call": 1}, "a second more"
        await user.press("x", "up", "up")
        tick = await laid_out_by(user, laid, "space")
        assert tick == {"checklist", "log", "call"}, "the mark, the tick, what is next to do"
        laid.clear()
        clock.pass_by(minutes=1)
        await user.follow()
        assert laid == {"checklist": 1, "talking": 1}, "what should be done by now"


@pytest.mark.parametrize("size", [(120, 40), (80, 24)])
async def test_each_panel_always_stands_as_its_facts_say(
    drive: Drive, listed: Morning, clock: SetClock, size: tuple[int, int]
) -> None:
    keys = "x n e Z enter n h i enter b c 4 u U space down space left t c 1 tab space a escape"
    async with drive(size) as user:
        for key in keys.split():
            await user.press(key)
            assert stale_panels(user.app) == [], key
            clock.pass_by(minutes=7)
            await user.follow()
            assert stale_panels(user.app) == [], f"7 minutes after {key}"
