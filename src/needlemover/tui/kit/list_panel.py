"""Panels that are lists: with a cursor, and lines that scroll."""

from __future__ import annotations

from collections.abc import Sequence

from textual import events
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip

from .lines import EMPTY, Line
from .panel import Panel

_THUMB = Line((("┃", "muted"),))
_TRACK = Line((("│", "faint"),))


class ListPanel(Panel, can_focus=True):
    """A list of items with a cursor, that scrolls up and down.

    It scrolls by itself: a scrollable widget of the library would lay the whole screen out anew
    whenever a line is added.
    """

    cursor: reactive[int] = reactive(0, repaint=False)

    class Picked(Message):
        """An item was clicked, or Enter pressed on it."""

        def __init__(self, panel: ListPanel, item: int, *, again: bool) -> None:
            super().__init__()
            self.panel = panel
            self.item = item
            self.again = again
            """Whether it was the item under the cursor already."""

        @property
        def control(self) -> ListPanel:
            """The panel."""
            return self.panel

    class Moved(Message):
        """The cursor stands on another item."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._top = 0
        self._chosen: int | None = None

    @property
    def item_count(self) -> int:
        """How many items there are; overridden by each panel."""
        raise NotImplementedError

    def lay_out(self) -> None:
        """Lay the lines out anew, because the facts, the cursor or the size changed."""
        self._laid_out_for = self.size
        if self.cursor >= self.item_count:
            self.set_reactive(ListPanel.cursor, max(0, self.item_count - 1))
        if not self.size:
            return
        width, height = self.size
        lines = self.lines(width, height)
        if len(lines) > height and not self._has_border:
            lines = self.lines(width - 1, height)  # beside the scrollbar
        before = self._top
        self._keep_in_sight(lines)
        most = max(len(lines), len(self.shown_lines))
        if self._top != before or (len(lines) != len(self.shown_lines) and most > height):
            # What is scrolled stands elsewhere, or the scrollbar changes.
            self.shown_lines = lines
            self.refresh()
        else:
            self.show(lines)

    @property
    def _has_border(self) -> bool:
        """Whether there is one in which the scrollbar stands; else it takes a column."""
        return bool(self.styles.border_right[0])

    @property
    def first_line(self) -> int:
        """The line that stands on top."""
        return self._top

    def _keep_in_sight(self, lines: Sequence[Line]) -> None:
        height = self.size.height
        places = [y for y, line in enumerate(lines) if line.item == self.cursor]
        top = self._top
        if not height:
            top = 0  # it is hidden: where it stands is seen when it has room
        elif places and self.cursor == 0:
            top = max(0, places[-1] - height + 1)  # with what stands above the first item
        elif places:
            top = max(min(top, places[0]), places[-1] - height + 1)
        self._top = max(0, min(top, len(lines) - height))

    def _scroll_by(self, by: int) -> None:
        self._top = max(0, min(self._top + by, len(self.shown_lines) - self.size.height))
        self.refresh()

    def on_mouse_scroll_down(self) -> None:
        """The wheel shows what is below."""
        self._scroll_by(2)

    def on_mouse_scroll_up(self) -> None:
        """The wheel shows what is above."""
        self._scroll_by(-2)

    def line_strips(self, y: int) -> Sequence[Strip]:
        """One visible line, and beside it the scrollbar where no border holds it."""
        width, height = self.size
        place = y + self._top
        line = self.shown_lines[place] if place < len(self.shown_lines) else EMPTY
        chosen = self._chosen is not None and line.item == self._chosen
        if self._has_border or len(self.shown_lines) <= height:
            return (self.strip(line, width, chosen=chosen),)
        bar = self.strip(_THUMB if self._is_thumb(y) else _TRACK, 1)
        return self.strip(line, width - 1, chosen=chosen), bar

    def right_side(self, y: int, side: Strip) -> Strip:
        """The border, in which the scrollbar stands."""
        if not self._has_border or not self._is_thumb(y):
            return side
        return Strip.join([side.crop(0, side.cell_length - 1), self.strip(_THUMB, 1)])

    def _is_thumb(self, y: int) -> bool:
        height, total = self.size.height, len(self.shown_lines)
        if total <= height:
            return False
        size = max(1, height * height // total)
        start = (height - size) * self._top // (total - height)
        return start <= y < start + size

    def watch_cursor(self) -> None:
        """Show where it stands, and keep it in sight."""
        self._show_chosen()
        self.lay_out()
        self.post_message(self.Moved())

    def watch_has_focus(self, focus: bool) -> None:
        """Show or hide the cursor."""
        super().watch_has_focus(focus)
        self._show_chosen()
        self.lay_out()

    def _show_chosen(self) -> None:
        """Repaint the item that was chosen and the one that is."""
        before, self._chosen = self._chosen, self.cursor if self.has_focus else None
        if before != self._chosen:
            self.repaint(
                y
                for y, line in enumerate(self.shown_lines)
                if line.item is not None and line.item in (before, self._chosen)
            )

    def move(self, by: int) -> None:
        """Move the cursor."""
        if self.item_count:
            self.cursor = min(max(self.cursor + by, 0), self.item_count - 1)

    def on_click(self, event: events.Click) -> None:
        """A click puts the cursor there; a second one picks."""
        offset = event.get_content_offset(self)
        place = offset.y + self._top if offset is not None else -1
        item = self.shown_lines[place].item if 0 <= place < len(self.shown_lines) else None
        if item is not None:
            again = item == self.cursor
            self.cursor = item
            self.post_message(self.Picked(self, item, again=again))
