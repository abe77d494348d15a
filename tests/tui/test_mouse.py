"""The wheel scrolls every list, and dragging copies what is read or nothing."""

import pytest
from textual.widgets import Static

from needlemover.store.store import Store
from needlemover.tui.app import NeedleApp
from needlemover.tui.kit.panel import Panel

from ..conftest import SetClock
from .conftest import Driven
from .hands import Hands

SIZE = (80, 17)
PLACES = (
    (), ("c", "c"), ("tab", "tab", "enter"), ("s",), ("H",), ("question_mark",), ("l",), ("comma",),
    ("2",), ("2", "tab"), ("2", "tab", "tab", "v"), ("2", *["tab"] * 6), ("2", "r"), ("2", "o"),
    ("3",), ("3", "tab"), ("4",), ("4", "tab"), ("4", "e"), ("5",), ("5", "enter"),
)  # fmt: skip


@pytest.mark.parametrize("keys", PLACES, ids=" ".join)
async def test_the_wheel_scrolls_each_list_and_dragging_selects_what_is_read_or_nothing(
    sample: Store, clock: SetClock, keys: tuple[str, ...]
) -> None:
    app = NeedleApp(sample, clock)
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        user = Driven(app, pilot)
        await user.press(*keys)
        await scroll_each_list(Hands(app))
        await drag_over(user)


async def scroll_each_list(hands: Hands) -> None:
    for panel in hands.app.screen.query(Panel):
        lines, rows = len(panel._scroll.lines), panel.size.height
        is_list = panel.scrolls or panel.item_count
        if not (panel.is_on_screen and is_list and lines > rows):
            continue
        at, top = tuple(panel.content_region.offset), panel._scroll.top
        for up in (True, False) if top else (False, True):
            await hands.wheel(at, up=up)
        assert panel._scroll.top == top
        await hands.wheel(at, up=bool(top))
        assert abs(panel._scroll.top - top) == min(2, lines - rows)


async def drag_over(user: Driven) -> None:
    screen, (width, height) = user.app.screen, SIZE
    read = [user.screen_text(), *(str(each.content) for each in screen.query(Static))]
    shown = " ".join(" ".join(read).split())  # fields that are scrolled to, too
    for start, end in (
        ((0, 0), (width - 1, height - 1)),
        ((5, 4), (60, 12)),
        ((60, 9), (6, 2)),
    ):
        await Hands(user.app).drag(start, end)
        selected = screen.get_selected_text() or ""
        unread = [line for line in selected.splitlines() if line.strip() not in shown]
        assert unread == []
