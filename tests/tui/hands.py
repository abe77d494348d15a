"""Keyboard and mouse for many thousand actions: what a terminal sends, and no waiting by the clock.

Pilot waits until the process is idle, 20 ms and more after each key; here it is asked whether all
that was sent has been worked off.
"""

from __future__ import annotations

import asyncio
import time
import unicodedata

from textual import events
from textual.app import App
from textual.command import CommandPalette
from textual.geometry import Size
from textual.keys import REPLACED_KEYS, _character_to_key, _get_unicode_name_from_key
from textual.screen import Screen

from needlemover.tui.app import NeedleApp
from needlemover.tui.kit.lines import EMPTY, Hint
from needlemover.tui.kit.panel import Panel

LEFT, RIGHT = 1, 3
_MOST = 100
"""Times that an app is asked whether it has done everything; one that moves never has."""
_PATIENCE = 20.0
"""Seconds that a busy computer may take for one change."""


_OWED = "_is_to_be_drawn"
draw_at_once = Screen._compositor_refresh


def draw_later(screen: Screen[object]) -> None:
    """Draw a screen when all is settled, in the place of each time that it changes before."""
    vars(screen)[_OWED] = True


class Hands:
    """Somebody at the terminal of an app that runs in a test."""

    def __init__(self, app: App[object]) -> None:
        self.app = app

    async def settle(self, *, seconds: float = 0, draws: bool = True) -> None:
        """Let the app do what was asked of it, and draw it.

        Args:
            seconds: to wait before, for what another thread does.
            draws: whether it is drawn, or more is to be done before anybody looks.

        Raises:
            Exception: what went wrong in the app, which has ended by it.
        """
        await asyncio.sleep(seconds)
        before: object = None
        number, limit = 0, time.monotonic() + _PATIENCE
        while number < _MOST:
            await asyncio.sleep(0.01 if self._writes or number > _MOST // 2 else 0)
            await _nothing_is_ready()
            if self.app._exception is not None:
                raise self.app._exception
            if not self.app._running or self.app._exit:
                return
            screen = self.app.screen
            screen._on_timer_update()
            now = (screen, len(self.app.screen_stack), self.app.focused)
            in_turn = (
                isinstance(self.app, NeedleApp) and self.app.store and not self.app.turns.are_over
            )
            moves = in_turn or screen._callbacks or screen._layout_required
            if now == before and not (moves or self._searches):
                stack = self.app.screen_stack if draws else ()
                owing = [each for each in stack if vars(each).pop(_OWED, False)]
                if not owing:
                    return
                for each in owing:
                    draw_at_once(each)
            before = now
            number += not self._writes or time.monotonic() > limit

    @property
    def _searches(self) -> bool:
        """Whether the palette still looks for what was typed: Enter takes what it has found."""
        screen = self.app.screen
        return isinstance(screen, CommandPalette) and any(
            worker.node is screen and not worker.is_finished for worker in self.app.workers
        )

    @property
    def _writes(self) -> bool:
        """Whether a change is on its way to the disk, and no other program keeps it from there."""
        app = self.app
        if not isinstance(app, NeedleApp) or not app.store or not app.turns.is_writing:
            return False
        return not app.store.database.is_kept_waiting

    async def _send(self, *sent: events.Event, draws: bool = True) -> None:
        driver = self.app._driver
        assert driver is not None
        for event in sent:
            driver.process_message(event)
        await self.settle(draws=draws)

    async def press(self, *keys: str, at_once: bool = False) -> None:
        """Press keys, each as it is named by the library or as the letter that it is.

        The app is drawn after the last of them.

        Args:
            keys: in their order.
            at_once: whether they arrive together, as from a slow line.
        """
        pressed = [events.Key(*_named(key)) for key in keys]
        turns = [pressed] if at_once else [[key] for key in pressed]
        for number, some in enumerate(turns, 1):
            await self._send(*some, draws=number == len(turns))

    async def paste(self, *texts: str) -> None:
        """Paste texts, which arrive together."""
        await self._send(*map(events.Paste, texts))

    async def drag(
        self, start: tuple[int, int], end: tuple[int, int], *, button: int = LEFT
    ) -> None:
        """Press a button of the mouse at a cell, move to another, and let go."""
        await self._send(*_dragged(start, end, button))

    async def use_mouse(self, at: tuple[int, int], drag_to: tuple[int, int]) -> None:
        """All that a mouse does at a cell: drag there and back, turn the wheel, click."""
        await self._send(
            *_dragged(at, drag_to),
            *_dragged(drag_to, at),
            _mouse(events.MouseScrollDown, at, 0),
            _mouse(events.MouseScrollUp, at, 0),
        )
        for button in (LEFT, LEFT, RIGHT):
            kinds = events.MouseDown, events.MouseUp
            await self._send(*(_mouse(kind, at, button) for kind in kinds))

    async def click(self, at: tuple[int, int], *, button: int = LEFT) -> None:
        """Click on a cell."""
        await self.drag(at, at, button=button)

    async def wheel(self, at: tuple[int, int], *, up: bool = False) -> None:
        """Turn the wheel by one."""
        await self._send(_mouse(events.MouseScrollUp if up else events.MouseScrollDown, at, 0))

    async def resize(self, columns: int, rows: int) -> None:
        """Make the terminal as large."""
        size = Size(columns, rows)
        assert self.app._driver is not None
        self.app._driver._size = (columns, rows)
        await self._send(events.Resize(size, size))
        self.app._check_resize()  # it would wait whether more of them come
        await self.settle()


def stale_panels(app: App[object]) -> list[str]:
    """The panels of the view in front on which something else stands than their facts say."""
    return [str(panel.id) for panel in app.screen_stack[0].query(Panel) if _is_stale(panel)]


def _is_stale(panel: Panel[object, object]) -> bool:
    laid_out_for = panel.size, panel.app.size
    if panel.facts is None or not panel.size or panel._laid_out_for != laid_out_for:
        return False  # it is laid out when it is drawn
    (width, height), top = panel.size, panel._scroll.top
    lines = panel.lines(panel.facts, width, height)
    if panel.scrolls and len(lines) > height and not panel._drawing.has_border:
        lines = panel.lines(panel.facts, width - 1, height)  # beside the scrollbar
    if isinstance(lines, Hint):
        lines = lines.within(width, height)
    wanted = [lines[y] if y < len(lines) else EMPTY for y in range(top, top + height)]
    titles = panel.title(panel.facts), panel.subtitle(panel.facts)
    return (panel._scroll.in_sight(height), panel._said) != (wanted, titles)


async def _nothing_is_ready() -> None:
    """Wait until no task of the loop can go on by itself.

    Pilot asks each widget of the screen instead, by a message.
    """
    ready = asyncio.get_running_loop()._ready  # type: ignore[attr-defined]
    for _ in range(100_000):
        await asyncio.sleep(0)
        if not ready:
            break


def name_of(key: str) -> str:
    """The library's name of a key, which may be given as the letter that it writes."""
    return _character_to_key(key) if len(key) == 1 and not key.isalnum() else key


def _named(key: str) -> tuple[str, str | None]:
    """A key's name and the letter that it writes."""
    key = name_of(key)
    try:
        name = _get_unicode_name_from_key(REPLACED_KEYS.get(key, key))
        return key, unicodedata.lookup(name)
    except KeyError:
        return key, key if len(key) == 1 else None


def _dragged(
    start: tuple[int, int], end: tuple[int, int], button: int = LEFT
) -> list[events.MouseEvent]:
    (left, top), (right, bottom) = start, end
    return [
        _mouse(events.MouseMove, start, 0),
        _mouse(events.MouseDown, start, button),
        _mouse(events.MouseMove, ((left + right) // 2, (top + bottom) // 2), button),
        _mouse(events.MouseMove, end, button),
        _mouse(events.MouseUp, end, button),
    ]


def _mouse(kind: type[events.MouseEvent], at: tuple[int, int], button: int) -> events.MouseEvent:
    x, y = at
    return kind(
        None, x, y, 0, 0, button, shift=False, meta=False, ctrl=False, screen_x=x, screen_y=y
    )
