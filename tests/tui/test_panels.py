"""Which panels are laid out anew by a key, and that each always stands as its facts say."""

from collections import Counter
from collections.abc import Iterator
from datetime import date
from itertools import chain
from typing import Any

import pytest
from msgspec.structs import replace

from needlemover.domain.calls.entry import Outcome
from needlemover.store.buyers.contacts import Lead
from needlemover.store.calls.new_entry import NewEntry
from needlemover.store.store import Store
from needlemover.tui.kit.panel import Panel
from needlemover.tui.today.facts import TodayFacts

from ..conftest import SetClock
from .conftest import Drive, Driven, Morning
from .hands import Hands, stale_panels

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
    monkeypatch.setattr("needlemover.tui.turns._SOON", 60)  # each change is on the disk by then
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
        await user.press("x", "c", "c")
        answer = await laid_out_by(user, laid, "enter")
        assert answer == {"checklist", "log", "talking", "weeks", "call"}, "each once"
        await user.press("up", "up")
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


async def test_a_call_that_ends_in_a_window_made_narrow_is_gone_from_call_next(
    drive: Drive, store: Store, morning: Morning
) -> None:
    many = [Lead(f"Umbra {number}") for number in range(9)]
    store.contacts.add_list(many, "leads.csv")  # so that it has as many rows with a call as without
    async with drive((120, 40)) as user:
        await user.press("c")
        await Hands(user.app).resize(80, 24)
        assert "WITH A BUYER" in user.screen_text()
        assert "WITH" not in await user.see("x")
        assert stale_panels(user.app) == []


def drawn(panel: Panel[Any, None], facts: object) -> object:
    """All that a panel says of its facts."""
    lines = panel.lines(facts, *panel.size)
    return [lines[y] for y in range(len(lines))], panel.title(facts), panel.subtitle(facts)


def mixed(facts: Any, other: Any) -> Iterator[tuple[str, Any]]:
    """The facts with one of them as the others have it, for each that differs."""
    for name in facts.__struct_fields__:
        if name != "snapshot" and getattr(facts, name) != getattr(other, name):
            yield name, replace(facts, **{name: getattr(other, name)})
    if isinstance(facts, TodayFacts):
        for name, day in mixed(facts.snapshot, other.snapshot):
            yield name, replace(facts, snapshot=day)


@pytest.mark.parametrize("size", [(120, 40), (80, 30), (80, 12)])
async def test_what_a_panel_says_otherwise_is_among_what_it_is_laid_out_for(
    drive: Drive, listed: Morning, store: Store, size: tuple[int, int]
) -> None:
    asked = NewEntry(
        listed.sales, date(2026, 11, 12), outcome=Outcome.ASKED, contact="Iris", amount=20_000
    )
    store.entries.log(asked)
    states, missing = [], set()
    async with drive(size) as user:
        for key in ("k", "n", "c", "enter", "B", "enter", "left", "t"):
            await user.press(key)
            states.append(user.today.facts)
        store.choices.set("currency", "EUR")
        store.choices.set_goal(3_000_000)
        await user.follow()
        states.append(user.today.facts)
        for panel in (each for each in user.today.query(Panel) if each.size and each.id != "keys"):
            of_panel = states
            if not isinstance(panel.facts, TodayFacts):
                of_panel = [facts.snapshot for facts in states]
            for one in of_panel:
                stands = drawn(panel, one)
                for name, facts in chain.from_iterable(mixed(one, other) for other in of_panel):
                    stays = panel.shown_of(facts) == panel.shown_of(one)
                    if stays and drawn(panel, facts) != stands:
                        missing.add((panel.id, name))
        assert missing == set()
