"""The keys that a person chose in the config file, or in the settings."""

import pytest
from textual.command import CommandPalette

from needlemover.config import Config
from needlemover.store.store import Store
from needlemover.tui.app import NeedleApp
from needlemover.tui.views import key_problems

from ..conftest import SetClock
from .conftest import Driven, Morning


async def test_a_chosen_key_takes_the_place_of_the_old_one_at_the_foot_and_in_the_help(
    store: Store, clock: SetClock, morning: Morning
) -> None:
    chosen = {"call": "f", "log": "v,f5", "quit": "Q", "nothing": "w", "tick": "entre"}
    app = NeedleApp(store, clock, config=Config(keys=chosen))
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        user = Driven(app, pilot)
        foot = (await user.see()).splitlines()[-1][1:]
        assert foot.startswith("f Call  v Log  x No answer  space Talked  p Park")
        said = [item.message for item in app._notifications]
        assert said == [
            "There is no action “nothing” to have a key: needle keys lists the names.",
            "“entre” is no key for tick: needle help keys tells how one is written.",
        ]
        lines = (await user.see("question_mark")).splitlines()
    rows = {head: next(n for n, line in enumerate(lines) if f"│  {head} " in line)
            for head in ("CALL", "LOG")}  # fmt: skip
    first, second = lines[rows["CALL"] + 1], lines[rows["LOG"] + 1]
    assert "f  " in first
    assert "Start a call, or hang up" in first
    assert "v f5" in second
    assert "Log a call or time" in second


async def test_the_palette_opens_with_the_key_that_was_chosen_for_it(
    store: Store, clock: SetClock, morning: Morning
) -> None:
    app = NeedleApp(store, clock, config=Config(keys={"palette": "ctrl+o"}))
    async with app.run_test(size=(120, 40)) as pilot:
        user = Driven(app, pilot)
        assert "^o Menu" in (await user.see()).splitlines()[-1]
        await user.press("ctrl+p")
        assert app.screen is user.today
        await user.press("ctrl+o")
        assert isinstance(app.screen, CommandPalette)


@pytest.mark.parametrize(
    ("chosen", "said"),
    [
        ({"down": "j"}, []),
        ({"money": "$"}, []),
        ({"log": "c", "call": "l"}, []),
        ({"log": "n", "next": "n"}, [
            'Your key n is Next, so Log has no key: give log another, like f5.',
        ]),
        ({"park": "j"}, [
            f'Your key j is Park, so {word} has only ↓: give down another, like f5.'
            for word in ("Down", "Move")
        ]),
        ({"log": "dollar_sign"}, [
            'Your key $ is Log, so Money has no key: give money another, like f5.',
        ]),
        ({"call": "ctl+x"}, ["“ctl+x” is no key for call: needle help keys tells how one is "
                             "written."]),
        ({"call": ""}, ["“” is no key for call: needle help keys tells how one is written."]),
        ({"palette": "ctrl+o"}, []),
        ({"palette": "colon"}, ["“colon” is no key for palette: needle help keys tells how one is "
                                "written."]),
        ({"palette": "ctrl+r, f2", "call": "ctrl+r"}, [
            'Your key ctrl+r is Call, so Menu has only f2: give palette another, like f5.',
        ]),
        ({"call": "ctrl+left, F, ж, space, f12"}, [
            'Your key space is Call, so Tick has no key: give tick another, like f5.',
        ]),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_chosen_key_is_a_sentence(
    chosen: dict[str, str], said: list[str]
) -> None:
    assert list(key_problems(chosen)) == said
