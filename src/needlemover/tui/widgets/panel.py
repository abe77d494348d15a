"""What all panels are: lines of which only those that changed are drawn again."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Self

from textual import events
from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip

from .lines import EMPTY, Inked, Line

_THUMB = Line((("┃", "muted"),))
_TRACK = Line((("│", "faint"),))


class Panel(Inked):
    """A widget of lines that does not scroll."""

    _only_the_border = False
    _is_drawing = False

    def __init__(self, *, id: str | None = None) -> None:
        # First, because the library refreshes what it makes.
        self._drawn: dict[int, Strip] = {}
        """What was drawn, by its place from the top of the border on."""
        self._sides: tuple[Strip, Strip] | None = None
        """What stands at the left and at the right of each line."""
        super().__init__(id=id)
        self.shown_lines: Sequence[Line] = ()
        self._laid_out_for: Size | None = None

    def lines(self, width: int, height: int) -> Sequence[Line]:
        """What there is to show in so many cells; overridden by each panel."""
        raise NotImplementedError

    def lay_out(self) -> None:
        """Lay the lines out anew, because the facts or the size changed."""
        self._laid_out_for = self.size
        if self.size:
            self.show(self.lines(*self.size))

    def show(self, lines: Sequence[Line]) -> None:
        """Draw those lines again that are not as they were."""
        before, self.shown_lines = self.shown_lines, lines
        count = max(len(before), len(lines))
        self.repaint(y for y in range(count) if before[y : y + 1] != lines[y : y + 1])

    def repaint(self, places: Iterable[int]) -> None:
        """Draw some lines again."""
        width = self.size.width
        regions = [Region(0, y - self.first_line, width, 1) for y in places]
        if regions:
            self.refresh(*regions)

    @property
    def first_line(self) -> int:
        """The line that stands on top."""
        return 0

    def say_below(self, text: str) -> None:
        """Say something on the lower border."""
        if text != (self.border_subtitle or ""):
            self._only_the_border = True
            self.border_subtitle = text
            self._only_the_border = False

    def say_above(self, text: str) -> None:
        """Say on the upper border what it is."""
        if text != (self.border_title or ""):
            self.border_title = text

    def refresh(
        self,
        *regions: Region,
        repaint: bool = True,
        layout: bool = False,
        recompose: bool = False,
    ) -> Self:
        """Draw anew; where only the lower border says something else, only that."""
        if self._is_drawing:
            return self
        # Regions are counted from where the content begins.
        x, y = self.content_offset
        if self._only_the_border:
            width, height = self.outer_size
            regions = (Region(-x, height - 1 - y, width, 1),)
        for region in regions:
            for place in region.line_range:
                self._drawn.pop(place + y, None)
        if not regions:
            self._draw_all_anew()
        return super().refresh(*regions, repaint=repaint, layout=layout, recompose=recompose)

    def notify_style_update(self) -> None:
        """Another theme, or a focus that comes or goes, has other borders."""
        super().notify_style_update()
        self._draw_all_anew()

    def _draw_all_anew(self) -> None:
        self._drawn.clear()
        self._sides = None

    def render_lines(self, crop: Region) -> list[Strip]:
        """The rows in sight, borders included.

        They are kept as they were drawn: each picture asks every widget for all of its rows, also
        where one line of one panel has changed. The library draws the borders; the rows between
        them are put together here, because all that it could do to one takes as long as the rest
        of a picture.

        Another size asks for other lines, and a panel that was hidden had none. They are made
        before they are drawn, so that the first picture is whole: the message about the size comes
        after it.
        """
        if self._laid_out_for != self.size:
            self._draw_all_anew()
            self._is_drawing = True
            try:
                self.lay_out()
            finally:
                self._is_drawing = False
        for y in crop.line_range:
            if y not in self._drawn:
                self._drawn[y] = self._whole_row(y)
        rows = [self._drawn[y] for y in crop.line_range]
        if crop.column_span == (0, self.outer_size.width):
            return rows
        return [row.crop(*crop.column_span) for row in rows]

    def _whole_row(self, y: int) -> Strip:
        place = y - self.gutter.top
        if not 0 <= place < self.size.height:
            return self._drawn_by_the_library(y)
        if self._sides is None:
            whole, left = self._drawn_by_the_library(y), self.gutter.left
            self._sides = whole.crop(0, left), whole.crop(left + self.size.width)
        strips: Sequence[Strip] = self.line_strips(place)
        for line_filter in self.get_line_filters():
            background = self.background_colors[1]
            strips = [strip.apply_filter(line_filter, background) for strip in strips]
        return Strip.join([self._sides[0], *strips, self._sides[1]])

    def _drawn_by_the_library(self, y: int) -> Strip:
        return super().render_lines(Region(0, y, self.outer_size.width, 1))[0]

    def render_line(self, y: int) -> Strip:
        """One visible line."""
        return Strip.join(self.line_strips(y))

    def line_strips(self, y: int) -> Sequence[Strip]:
        """What one visible line is put together from."""
        line = self.shown_lines[y] if y < len(self.shown_lines) else EMPTY
        return (self.strip(line, self.size.width),)


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
        if len(lines) > height:
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
        """One visible line, and beside it the scrollbar where there is one."""
        width, height = self.size
        place = y + self._top
        line = self.shown_lines[place] if place < len(self.shown_lines) else EMPTY
        chosen = self._chosen is not None and line.item == self._chosen
        if len(self.shown_lines) <= height:
            return (self.strip(line, width, chosen=chosen),)
        return self.strip(line, width - 1, chosen=chosen), self._scrollbar(y)

    def _scrollbar(self, y: int) -> Strip:
        height, total = self.size.height, len(self.shown_lines)
        size = max(1, height * height // total)
        start = (height - size) * self._top // max(1, total - height)
        return self.strip(_THUMB if start <= y < start + size else _TRACK, 1)

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
