"""Names that try to be markup, terminal commands, or larger than the screen."""

import pytest

from needlemover.domain.entry import Outcome
from needlemover.store import NewEntry, Store

from ..conftest import SetClock, terms
from .conftest import Drive

HOSTILE = (
    "x [/b]",
    "[red]red[/red] [",
    "👩‍👩‍👧 family 🇩🇪",
    "שלום עולם",
    "n" * 500,
    "two\nlines",
    "\x1b[31mred\x1b[0m \x07bell",
    "right\u202eover",
    "=1+1",
)


@pytest.mark.parametrize("name", HOSTILE)
async def test_a_hostile_name_is_shown_as_itself_everywhere(
    drive: Drive, store: Store, clock: SetClock, name: str
) -> None:
    activity = store.activities.add(name, terms(15, 2), is_sales=True)
    ask = NewEntry(
        activity.id, seconds=60, outcome=Outcome.ASKED, contact=name, note=name, amount=1
    )
    store.entries.log(ask)
    async with drive((80, 24)) as user:
        for keys in (
            ("e", "escape"),
            ("l", "escape"),
            ("space", "escape"),
            ("s", "escape"),
            ("tab", "enter", "escape"),
            ("e", "enter"),
            ("d", "u"),
            ("c", "c", "escape", "x"),
            ("question_mark", "escape", "ctrl+p", "escape"),
            ("left", "right", "tab", "z", "u"),
        ):
            await user.press(*keys)
            text = user.screen_text()
            assert not any(sign in text for sign in "\x1b\x07\u202e")
        beginning = name.splitlines()[0][:5].strip()
        if beginning.isprintable():
            assert beginning in user.screen_text()
        assert all("\x1b" not in message for message in user.messages())
    entry = store.day().entries[0]
    assert entry.note == name.strip()
    assert store.activities.all()[0].name == name
