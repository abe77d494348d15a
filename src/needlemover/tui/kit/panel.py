"""What all panels are: lines of which only those that changed are drawn again."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Self

from textual.geometry import Region, Size
from textual.reactive import Reactive
from textual.strip import Strip

from .lines import EMPTY, Inked, Line


class Panel(Inked):
    """A widget of lines that does not scroll."""

    # The library's own lays everything out again whenever it was laid out for another size.
    virtual_size: Reactive[Size] = Reactive(Size(0, 0), repaint=False)

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
        return Strip.join([self._sides[0], *strips, self.right_side(place, self._sides[1])])

    def right_side(self, y: int, side: Strip) -> Strip:
        """What stands at the right of one visible line, given the padding and the border there."""
        return side

    def _drawn_by_the_library(self, y: int) -> Strip:
        return super().render_lines(Region(0, y, self.outer_size.width, 1))[0]

    def render_line(self, y: int) -> Strip:
        """One visible line."""
        return Strip.join(self.line_strips(y))

    def line_strips(self, y: int) -> Sequence[Strip]:
        """What one visible line is put together from."""
        line = self.shown_lines[y] if y < len(self.shown_lines) else EMPTY
        return (self.strip(line, self.size.width),)
