"""What all panels are: lines of facts, of which only those that changed are drawn again."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, ClassVar, Generic, Self, TypeVar

from textual import events
from textual.filter import ANSIToTruecolor, LineFilter
from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import Reactive, reactive
from textual.strip import Strip
from textual.widget import Widget

from .lines import EMPTY, Line
from .pen import Pen, joined

F = TypeVar("F")

_THUMB = Line((("┃", "muted"),))
_TRACK = Line((("│", "faint"),))


class Panel(Widget, Generic[F]):
    """Shows facts; with items among them it is a list, in which a cursor moves.

    It scrolls by itself: a scrollable widget of the library would lay the whole screen out anew
    whenever a line is added.
    """

    # The library's own lays everything out again whenever it was laid out for another size.
    virtual_size: Reactive[Size] = Reactive(Size(0, 0), repaint=False)
    facts: reactive[F | None] = reactive(None, repaint=False)
    cursor: reactive[int] = reactive(0, repaint=False, init=False)
    """The item on which it stands."""

    scrolls: ClassVar[bool] = False
    """Whether what has no room is scrolled to; else it is not shown."""

    _only_the_border = False
    _is_drawing = False

    class Picked(Message):
        """The item under the cursor was clicked."""

        def __init__(self, panel: Panel[Any]) -> None:
            super().__init__()
            self.panel = panel

    class Moved(Message):
        """The cursor stands on another item."""

    def __init__(self, facts: F | None = None, *, id: str | None = None) -> None:
        # First, because the library refreshes what it makes.
        self._drawn: dict[int, Strip] = {}
        """What was drawn, by its place from the top of the border on."""
        self._sides: tuple[Strip, Strip] | None = None
        """What stands at the left and at the right of each line."""
        super().__init__(id=id)
        self.shown_lines: Sequence[Line] = ()
        self._pen = Pen(self)
        self._laid_out_for: Size | None = None
        self._top = 0
        """The line that stands on top."""
        self._chosen: int | None = None
        """The item that is drawn as chosen."""
        if facts is not None:
            self.set_reactive(type(self).facts, facts)

    def lines(self, facts: F, width: int, height: int) -> Sequence[Line]:
        """What there is to show in so many cells; each panel says it."""
        raise NotImplementedError

    def items(self, facts: F) -> Sequence[Any]:
        """What the cursor can stand on; a panel that is a list says it."""
        return ()

    def title(self, facts: F) -> str:
        """What stands on the upper border; a panel may say more than its name."""
        return str(self.BORDER_TITLE or "")

    def subtitle(self, facts: F) -> str:
        """What stands on the lower border; a panel may say something there."""
        return ""

    @property
    def item_count(self) -> int:
        """How many items there are."""
        return len(self.items(self.facts)) if self.facts is not None else 0

    @property
    def current(self) -> Any:
        """The item under the cursor; None: there is none."""
        items = self.items(self.facts) if self.facts is not None else ()
        return items[self.cursor] if 0 <= self.cursor < len(items) else None

    def watch_facts(self, before: F | None, facts: F | None) -> None:
        """Show other facts."""
        self.say_titles()
        self.lay_out()

    def say_titles(self) -> None:
        """Write on the borders."""
        if self.facts is not None:
            self.say(self.title(self.facts), self.subtitle(self.facts))

    def say(self, title: str, subtitle: str) -> None:
        """Write on the borders, where they say something else."""
        if title != (self.border_title or ""):
            self.border_title = title
        if subtitle != (self.border_subtitle or ""):
            self._only_the_border = True
            self.border_subtitle = subtitle
            self._only_the_border = False

    def lay_out(self) -> None:
        """Lay the lines out anew, because the facts, the cursor or the size changed."""
        self._laid_out_for = self.size
        if self.cursor >= self.item_count:
            self.set_reactive(Panel.cursor, max(0, self.item_count - 1))
        if not self.size:
            return
        width, height = self.size
        lines = self._lines(width, height)
        if self.scrolls and len(lines) > height and not self._has_border:
            lines = self._lines(width - 1, height)  # beside the scrollbar
        before = self._top
        if self.scrolls:
            self._keep_in_sight(lines)
        most = max(len(lines), len(self.shown_lines))
        if self._top != before or (
            self.scrolls and len(lines) != len(self.shown_lines) and most > height
        ):
            # What is scrolled stands elsewhere, or the scrollbar changes.
            self.shown_lines = lines
            self.refresh()
        else:
            shown, self.shown_lines = self.shown_lines, lines
            self._repaint(y for y in range(most) if shown[y : y + 1] != lines[y : y + 1])

    def _lines(self, width: int, height: int) -> Sequence[Line]:
        return () if self.facts is None else self.lines(self.facts, width, height)

    def _repaint(self, places: Iterable[int]) -> None:
        """Draw some lines again."""
        width = self.size.width
        regions = [Region(0, y - self._top, width, 1) for y in places]
        if regions:
            self.refresh(*regions)

    @property
    def _has_border(self) -> bool:
        """Whether there is one in which the scrollbar stands; else it takes a column."""
        return bool(self.styles.border_right[0])

    def _keep_in_sight(self, lines: Sequence[Line]) -> None:
        height = self.size.height
        places = [y for y, line in enumerate(lines) if line.item == self.cursor]
        top = self._top
        if places and self.cursor == 0:
            top = max(0, places[-1] - height + 1)  # with what stands above the first item
        elif places:
            top = max(min(top, places[0]), places[-1] - height + 1)
        self._top = max(0, min(top, len(lines) - height))

    def move(self, by: int) -> None:
        """Move the cursor; where there is none, scroll."""
        if self.item_count:
            self.cursor = min(max(self.cursor + by, 0), self.item_count - 1)
        else:
            self._scroll_by(by)

    def _scroll_by(self, by: int) -> None:
        if self.scrolls:
            self._top = max(0, min(self._top + by, len(self.shown_lines) - self.size.height))
            self.refresh()

    def on_mouse_scroll_down(self) -> None:
        """The wheel shows what is below."""
        self._scroll_by(2)

    def on_mouse_scroll_up(self) -> None:
        """The wheel shows what is above."""
        self._scroll_by(-2)

    async def on_click(self, event: events.Click) -> None:
        """Take a click on what is shown."""
        offset = event.get_content_offset(self)
        if offset is not None:
            await self.click(*offset)

    async def click(self, x: int, y: int) -> None:
        """A click puts the cursor there, a second one picks; a panel may say something else.

        Args:
            x: the cell in the content.
            y: the visible line.
        """
        place = y + self._top
        item = self.shown_lines[place].item if place < len(self.shown_lines) else None
        if item is not None and item == self.cursor:
            self.post_message(self.Picked(self))
        elif item is not None:
            self.cursor = item

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
            self._repaint(
                y
                for y, line in enumerate(self.shown_lines)
                if line.item is not None and line.item in (before, self._chosen)
            )

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
        """Another theme, or a focus that comes or goes, has other inks and borders."""
        super().notify_style_update()
        self._pen.forget()
        self._draw_all_anew()

    def _draw_all_anew(self) -> None:
        self._drawn.clear()
        self._sides = None

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Those of the library but for the one that replaces a terminal's own 16 colours.

        No ink has one of them, and it would look through every line that is not drawn anew, too.
        """
        filters = super().get_line_filters()
        return [item for item in filters if not isinstance(item, ANSIToTruecolor)]

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
        left_side, right_side = self._sides
        if self._has_border and self._is_thumb(place):
            thumb = self._pen.strip(_THUMB, 1)
            right_side = Strip.join([right_side.crop(0, right_side.cell_length - 1), thumb])
        strips: Sequence[Strip] = self._strips(place)
        for line_filter in self.get_line_filters():
            background = self.background_colors[1]
            strips = [strip.apply_filter(line_filter, background) for strip in strips]
        return joined([left_side, *strips, right_side])

    def _drawn_by_the_library(self, y: int) -> Strip:
        return super().render_lines(Region(0, y, self.outer_size.width, 1))[0]

    def render_line(self, y: int) -> Strip:
        """One visible line."""
        return Strip.join(self._strips(y))

    def _strips(self, y: int) -> Sequence[Strip]:
        """One visible line, and beside it the scrollbar where no border holds it."""
        width, height = self.size
        place = y + self._top
        line = self.shown_lines[place] if place < len(self.shown_lines) else EMPTY
        chosen = self._chosen is not None and line.item == self._chosen
        if not self.scrolls or self._has_border or len(self.shown_lines) <= height:
            return (self._pen.strip(line, width, chosen=chosen),)
        scrollbar = self._pen.strip(_THUMB if self._is_thumb(y) else _TRACK, 1)
        return self._pen.strip(line, width - 1, chosen=chosen), scrollbar

    def _is_thumb(self, y: int) -> bool:
        height, total = self.size.height, len(self.shown_lines)
        if not self.scrolls or total <= height:
            return False
        size = max(1, height * height // total)
        start = (height - size) * self._top // (total - height)
        return start <= y < start + size
