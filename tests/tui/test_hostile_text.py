"""Names that try to be markup, terminal commands, or larger than the screen."""

import pytest

from needlemover.domain.calls.entry import Outcome
from needlemover.store.calls.new_entry import NewEntry
from needlemover.store.store import Store

from ..conftest import SetClock, terms
from .conftest import Drive
from .hostile import NAMES, show_name


@pytest.mark.parametrize("name", NAMES)
async def test_a_hostile_name_is_shown_as_itself_everywhere(
    drive: Drive, store: Store, clock: SetClock, name: str
) -> None:
    activity = store.activities.add(name, terms(15, 2), is_sales=True)
    ask = NewEntry(
        activity.id, seconds=60, outcome=Outcome.ASKED, contact=name, note=name, amount=1
    )
    store.entries.log(ask)
    async with drive((80, 24)) as user:
        steps = (
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
        )
        await show_name(user, name, steps)
        assert all("\x1b" not in message for message in user.messages())
    entry = store.day().entries[0]
    assert entry.note == name.strip()
    assert store.activities.all()[0].name == name
