"""The lines of a panel in sight, and its rows as drawn: what has not changed is not drawn again."""

from collections.abc import Callable, Iterable
from itertools import dropwhile, takewhile

from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

from .lines import EMPTY, Line, Lines
from .pen import Pen, joined


class Scroll:
    """Keeps the place to which lines are scrolled."""

    def __init__(self) -> None:
        self.lines: Lines = ()
        self.height = 0  # how many lines are in sight
        self.top = 0  # the line that stands on top

    def line(self, y: int) -> Line:
        """What stands at a visible place."""
        place = y + self.top
        return self.lines[place] if place < len(self.lines) else EMPTY

    def in_sight(self, height: int) -> list[Line]:
        """What stands at so many visible places."""
        return [self.line(y) for y in range(height)]

    @property
    def has_more(self) -> bool:
        """Whether some lines have no room."""
        return len(self.lines) > self.height

    def move(self, by: int) -> None:
        self.top = max(0, min(self.top + by, len(self.lines) - self.height))

    def keep_in_sight(self, item: int) -> None:
        """Scroll to an item, where it is not in sight."""
        places = self._places(item)
        if places and item == 0:
            self.top = max(0, places[-1] - self.height + 1)  # with what stands above the first
        elif places:
            self.top = max(min(self.top, places[0]), places[-1] - self.height + 1)
        self.move(0)

    def _places(self, item: int) -> list[int]:
        """The lines of an item, which stand together; those before it have one each at least."""
        from_item = dropwhile(lambda y: self.lines[y].item != item, range(item, len(self.lines)))
        return list(takewhile(lambda y: self.lines[y].item == item, from_item))

    def is_thumb(self, y: int) -> bool:
        """Whether the thumb of the scrollbar stands at a visible place."""
        if not self.has_more:
            return False
        height, total = self.height, len(self.lines)
        size = max(1, height * height // total)
        start = (height - size) * self.top // (total - height)
        return start <= y < start + size


_THUMB = Line((("┃", "muted"),))
_TRACK = Line((("│", "faint"),))
_ROWS_KEPT = 500  # so many rows a panel keeps as they were drawn


class Drawing:
    """Draws the rows of a panel, borders included, and keeps them.

    Each picture asks every widget for all of its rows, also where one line of one panel has
    changed. The library draws the borders; the rows between them are put together here, because
    all that it could do to one takes as long as the rest of a picture.
    """

    def __init__(self, widget: Widget, scroll: Scroll, *, has_scrollbar: bool) -> None:
        self.chosen: int | None = None  # the item that is drawn as chosen
        self._widget, self._pen = widget, Pen(widget)
        self._scroll, self._has_scrollbar = scroll, has_scrollbar
        self._rows: dict[int, Strip] = {}  # by their place from the top of the border on
        self._drawn: dict[tuple[Line, bool, Line | None], Strip] = {}  # by what they show
        self._sides: tuple[Strip, Strip] | None = None  # left and right of each line

    @property
    def has_border(self) -> bool:
        """Whether there is one in which the scrollbar stands; else it takes a column."""
        return bool(self._widget.styles.border_right[0])

    def forget(self, *regions: Region) -> None:
        """Draw some regions anew, counted from where the content begins; none: all of it."""
        top = self._widget.content_offset.y if regions else 0
        for region in regions:
            for y in region.line_range:
                self._rows.pop(y + top, None)
        if not regions:
            self._rows.clear()
            self._drawn.clear()
            self._sides = None

    def forget_inks(self) -> None:
        """Another theme or ground has other inks."""
        self._pen.forget()
        self.forget()

    def rows(self, crop: Region, by_library: Callable[[Region], list[Strip]]) -> list[Strip]:
        """The rows of a region of all of it; the library draws the border and the ground."""
        missing = [y for y in crop.line_range if y not in self._rows]
        if missing:
            self._draw(missing, by_library)
        rows = [self._rows[y] for y in crop.line_range]
        if crop.column_span == (0, self._widget.outer_size.width):
            return rows
        return [row.crop(*crop.column_span) for row in rows]

    def _draw(self, places: Iterable[int], by_library: Callable[[Region], list[Strip]]) -> None:
        whole, gutter = self._widget.outer_size.width, self._widget.gutter
        width, height = self._widget.size
        for y in places:
            region, line = Region(0, y, whole, 1), y - gutter.top
            if not 0 <= line < height:
                self._rows[y] = by_library(region)[0]
                continue
            if self._sides is None:
                row = by_library(region)[0]
                self._sides = row.crop(0, gutter.left), row.crop(gutter.left + width)
            shown = self._shown(line)
            if shown not in self._drawn:
                if len(self._drawn) >= _ROWS_KEPT:
                    self._drawn.clear()
                self._drawn[shown] = self._joined(self._sides, *shown, width)
            self._rows[y] = self._drawn[shown]

    def _shown(self, y: int) -> tuple[Line, bool, Line | None]:
        """A visible line, whether it is chosen, and its part of the scrollbar, if there is one."""
        scroll = self._scroll
        line, bar = scroll.line(y), None
        if self._has_scrollbar and scroll.has_more:
            bar = _THUMB if scroll.is_thumb(y) else None if self.has_border else _TRACK
        return line, self.chosen is not None and line.item == self.chosen, bar

    def _joined(
        self, sides: tuple[Strip, Strip], line: Line, chosen: bool, bar: Line | None, width: int
    ) -> Strip:
        widget, (left_side, right_side) = self._widget, sides
        if bar is not None and self.has_border:
            thumb = self._pen.strip(bar, 1)
            right_side = Strip.join([right_side.crop(0, right_side.cell_length - 1), thumb])
            bar = None
        if bar is None:
            strips = [self._pen.strip(line, width, chosen=chosen)]
        else:
            strips = [self._pen.strip(line, width - 1, chosen=chosen), self._pen.strip(bar, 1)]
        for line_filter in widget.get_line_filters():
            background = widget.background_colors[1]
            strips = [strip.apply_filter(line_filter, background) for strip in strips]
        return joined([left_side, *strips, right_side])
