"""The lines of a panel in sight, and its rows as drawn: what has not changed is not drawn again."""

from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from itertools import dropwhile, takewhile

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.color import Color
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

from .lines import EMPTY, Line, fit, length

_INKS = {
    "text": ("foreground", Style()),
    "strong": ("foreground", Style(bold=True)),
    "muted": ("needle-muted", Style()),
    "faint": ("needle-faint", Style()),
    "accent": ("accent", Style()),
    "dim-accent": ("needle-dim-accent", Style()),
    "good": ("success", Style()),
    "bad": ("error", Style()),
    "advance": ("secondary", Style()),
    "here": ("accent", Style(reverse=True)),
    "cursor": ("foreground", Style(reverse=True)),
    "there": ("needle-muted", Style(reverse=True)),
}  # the variable of the theme that gives an ink its colour, and how it is set


@lru_cache
def _inked(ground: Style, colour: str, manner: Style) -> Style:
    """The same for all widgets that stand on the same ground."""
    return ground + Style(color=Color.parse(colour).rich_color) + manner


def joined(strips: Iterable[Strip]) -> Strip:
    """One strip of few segments: a blank takes on the style of what stands beside it.

    Only its ground is seen, and each change of style is some 30 bytes to the terminal.
    """
    found: list[Segment] = []
    text, style, is_blank, length = "", Style.null(), True, 0
    for strip in strips:
        length += strip.cell_length
        for segment in strip:
            new, adds_blank = segment.style or Style.null(), not segment.text.strip(" ")
            if new is style or new == style or ((is_blank or adds_blank) and _alike(style, new)):
                text += segment.text
                style, is_blank = style if adds_blank else new, is_blank and adds_blank
            else:
                found.append(Segment(text, style))
                text, style, is_blank = segment.text, new, adds_blank
    found.append(Segment(text, style))
    return Strip([segment for segment in found if segment.text], length)


@lru_cache
def _alike(one: Style, other: Style) -> bool:
    """Whether a blank looks the same in both."""
    lines = (one.reverse, other.reverse, one.underline, other.underline, one.strike, other.strike)
    return one.bgcolor == other.bgcolor and not any(lines)


class Scroll:
    """Keeps the place to which lines are scrolled."""

    def __init__(self) -> None:
        self.lines: Sequence[Line] = ()
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
        # Its lines stand together; the items before it have one each at least.
        from_item = dropwhile(lambda y: self.lines[y].item != item, range(item, len(self.lines)))
        places = [*takewhile(lambda y: self.lines[y].item == item, from_item)]
        if places and item == 0:
            self.top = max(0, places[-1] - self.height + 1)  # with what stands above the first
        elif places:
            self.top = max(min(self.top, places[0]), places[-1] - self.height + 1)
        self.move(0)

    def is_thumb(self, y: int) -> bool:
        """Whether the thumb of the scrollbar, where there is one, stands at a visible place."""
        height, total = self.height, len(self.lines)
        size = max(1, height * height // total)
        start = (height - size) * self.top // (total - height)
        return start <= y < start + size


_THUMB = Line((("┃", "muted"),))
_TRACK = Line((("│", "faint"),))
_RULE = str.maketrans("┌┐", "──")  # over a panel with no box the library draws its corners
_ROWS_KEPT = 500  # so many rows a panel keeps as they were drawn


class Drawing:
    """Draws the rows of a panel, borders included, and keeps them.

    Each picture asks every widget for all of its rows, also where one line of one panel has
    changed. The library draws the borders; the rows between them are put together here, because
    all that it could do to one takes as long as the rest of a picture.
    """

    def __init__(self, widget: Widget, scroll: Scroll, *, has_scrollbar: bool) -> None:
        self.chosen: int | None = None  # the item that is drawn as chosen
        self._widget, self._scroll, self._has_scrollbar = widget, scroll, has_scrollbar
        self._inks: dict[str, Style] = {}
        self._ground: Style | None = None
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
        self._inks.clear()
        self._ground = None
        self.forget()

    def rows(self, crop: Region, by_library: Callable[[Region], list[Strip]]) -> list[Strip]:
        """The rows of a region of all of it; the library draws the border and the ground."""
        missing = [y for y in crop.line_range if y not in self._rows]
        if missing:
            self._draw(missing, by_library)
        rows = [self._rows[y] for y in crop.line_range]
        is_whole = crop.width == self._widget.outer_size.width
        return rows if is_whole else [row.crop(*crop.column_span) for row in rows]

    def _draw(self, places: Iterable[int], by_library: Callable[[Region], list[Strip]]) -> None:
        whole, gutter = self._widget.outer_size.width, self._widget.gutter
        width, height = self._widget.size
        for y in places:
            region, place = Region(0, y, whole, 1), y - gutter.top
            if not 0 <= place < height:
                row = by_library(region)[0]
                plain = (each._replace(text=each.text.translate(_RULE)) for each in row)
                self._rows[y] = Strip(plain, row.cell_length)
                continue
            if self._sides is None:
                row = by_library(region)[0]
                self._sides = row.crop(0, gutter.left), row.crop(gutter.left + width)
            line, bar = self._scroll.line(place), None
            if self._has_scrollbar and self._scroll.has_more:
                is_thumb = self._scroll.is_thumb(place)
                bar = _THUMB if is_thumb else None if self.has_border else _TRACK
            shown = line, self.chosen is not None and line.item == self.chosen, bar
            if shown not in self._drawn:
                if len(self._drawn) >= _ROWS_KEPT:
                    self._drawn.clear()
                self._drawn[shown] = self._joined(self._sides, *shown, width)
            self._rows[y] = self._drawn[shown]

    def _joined(
        self, sides: tuple[Strip, Strip], line: Line, chosen: bool, bar: Line | None, width: int
    ) -> Strip:
        widget, (left_side, right_side) = self._widget, sides
        if bar is not None and self.has_border:
            thumb = self._strip(bar, 1)
            right_side = Strip.join([right_side.crop(0, right_side.cell_length - 1), thumb])
            bar = None
        if bar is None:
            strips = [self._strip(line, width, chosen=chosen)]
        else:
            gap = Line(((" ", "text"), *bar.left))
            strips = [self._strip(line, width - 2, chosen=chosen), self._strip(gap, 2)]
        for line_filter in widget.get_line_filters():
            background = widget.background_colors[1]
            strips = [strip.apply_filter(line_filter, background) for strip in strips]
        return joined([left_side, *strips, right_side])

    def _ink(self, name: str) -> Style:
        if name not in self._inks:
            variable, manner = _INKS[name]
            colour = self._widget.app.theme_variables[variable]
            if self._ground is None:
                self._ground = self._widget.rich_style
            self._inks[name] = _inked(self._ground, colour, manner)
        return self._inks[name]

    def _strip(self, line: Line, width: int, *, chosen: bool = False) -> Strip:
        """A line as it goes to the terminal, in exactly so many cells."""
        room = max(0, width - length(line.right))
        # What is cut is not taken for one with what stands at the right end.
        cut = line.right and length(line.left) > room > 0 and line.right[0][0][:1].strip()
        most = room - bool(cut)
        segments = []
        used = 0
        for text, name in line.left:
            size = cell_len(text)
            if used + size > most:
                text = fit(text, most - used)
                size = most - used
            if size > 0:
                segments.append(Segment(text, self._ink(name)))
                used += size
        plain = self._ink("text")
        if used < room:
            segments.append(Segment(" " * (room - used), plain))
        segments += [Segment(text, self._ink(name)) for text, name in line.right]
        strip = Strip(segments).adjust_cell_length(width, plain)
        variable = "needle-cursor" if chosen else line.ground
        if not variable:
            return strip
        ground = Color.parse(self._widget.app.theme_variables[variable]).rich_color
        return Strip(Segment.apply_style(strip, post_style=Style(bgcolor=ground)), width)
