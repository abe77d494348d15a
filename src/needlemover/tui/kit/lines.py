"""Spans of text in inks, and lines of them.

Everything is drawn through them, never through markup, so that a user's own words are only ever
shown.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache

from msgspec import Struct
from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from rich.style import Style
from textual.color import Color
from textual.filter import ANSIToTruecolor, LineFilter
from textual.strip import Strip
from textual.widget import Widget

from ...text.format import shown

Span = tuple[str, str]
"""A text and the name of its ink."""

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
}
"""The variable of the theme that gives an ink its colour, and how it is set."""


class Line(Struct, frozen=True):
    """A line with something at its left and something at its right end."""

    left: tuple[Span, ...] = ()
    right: tuple[Span, ...] = ()
    item: int | None = None
    """The number of the item that it belongs to, in a list."""


EMPTY = Line()
_HEIGHTS = " ▁▂▃▄▅▆▇█"

_STRIPS_KEPT = 500
"""So many lines a widget keeps as they were drawn."""


def fit(text: str, width: int) -> str:
    """A user's text in exactly so many cells; cut off with … where it is longer."""
    text = shown(text)
    if cell_len(text) > width:
        return set_cell_size(text, max(0, width - 1)) + "…" if width > 0 else ""
    return set_cell_size(text, width)


def cut(text: str, width: int) -> str:
    """A user's text in at most so many cells."""
    text = shown(text)
    return fit(text, width) if cell_len(text) > width else text


def length(spans: Sequence[Span]) -> int:
    """How many cells the spans take."""
    return sum(cell_len(text) for text, _ in spans)


def flow(parts: Iterable[Sequence[Span]], width: int, gap: int = 3) -> list[Line]:
    """Parts one after the other, as many on a line as fit; none is broken in two."""
    lines: list[list[Span]] = []
    for part in parts:
        if lines and length(lines[-1]) + gap + length(part) <= width:
            lines[-1] += [(" " * gap, "text"), *part]
        else:
            lines.append(list(part))
    return [Line(tuple(line)) for line in lines]


def bar(width: int, share: float, mark: float | None = None, ink: str = "accent") -> list[Span]:
    """A thin bar, filled to a share, with a mark where it should be by now.

    Args:
        width: in cells.
        share: 0 to 1; more is full.
        mark: 0 to 1; None: no mark.
        ink: of the filled part.
    """
    if width <= 0:
        return []
    halves = round(min(max(share, 0.0), 1.0) * width * 2)
    if share > 0:
        halves = max(1, halves)
    full, half = divmod(halves, 2)
    cells = [("━", ink)] * full + [("╸", ink)] * half
    cells += [("━", "faint")] * (width - len(cells))
    if mark is not None and 0 < mark < 1:
        cells[min(width - 1, round(mark * width))] = ("┃", "muted")
    spans: list[Span] = []
    for sign, name in cells:
        if spans and spans[-1][1] == name:
            spans[-1] = (spans[-1][0] + sign, name)
        else:
            spans.append((sign, name))
    return spans


def spark(values: Sequence[float | None], width: int) -> str:
    """The last values as small bars, as many as fit; nothing for none, 0 and less."""
    values = values[-width:] if width > 0 else ()
    most = max((value for value in values if value is not None), default=0)
    return "".join(
        _HEIGHTS[max(1, round(value / most * 8))] if value is not None and value > 0 else " "
        for value in values
    )


@lru_cache
def _inked(ground: Style, colour: str, manner: Style) -> Style:
    """The same for all widgets that stand on the same ground."""
    return ground + Style(color=Color.parse(colour).rich_color) + manner


class Inked(Widget):
    """A widget that is drawn from lines of spans."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._inks: dict[str, Style] = {}
        self._strips: dict[tuple[Line, int, bool], Strip] = {}

    def ink(self, name: str) -> Style:
        """The style of an ink in the present theme, on this widget's ground."""
        if name not in self._inks:
            variable, manner = _INKS[name]
            colour = self.app.theme_variables[variable]
            self._inks[name] = _inked(self.rich_style, colour, manner)
        return self._inks[name]

    @property
    def chosen_ground(self) -> Style:
        """What the line under the cursor stands on."""
        colour = Color.parse(self.app.theme_variables["needle-cursor"]).rich_color
        return Style(bgcolor=colour)

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Those of the library but for the one that replaces a terminal's own 16 colours.

        No ink has one of them, and it would look through every line that is not drawn anew, too.
        """
        filters = super().get_line_filters()
        return [item for item in filters if not isinstance(item, ANSIToTruecolor)]

    def notify_style_update(self) -> None:
        """Another theme or ground has other inks."""
        super().notify_style_update()
        self._inks.clear()
        self._strips.clear()

    def strip(self, line: Line, width: int, *, chosen: bool = False) -> Strip:
        """A line as it goes to the terminal, exactly so wide; a list that scrolls asks again."""
        key = line, width, chosen
        if key not in self._strips:
            if len(self._strips) >= _STRIPS_KEPT:
                self._strips.clear()
            self._strips[key] = self._strip(line, width, chosen)
        return self._strips[key]

    def _strip(self, line: Line, width: int, chosen: bool) -> Strip:
        room = max(0, width - length(line.right))
        segments = []
        used = 0
        for text, name in line.left:
            size = cell_len(text)
            if used + size > room:
                text = fit(text, room - used)
                size = room - used
            if size > 0:
                segments.append(Segment(text, self.ink(name)))
                used += size
        plain = self.ink("text")
        if used < room:
            segments.append(Segment(" " * (room - used), plain))
        segments += [Segment(text, self.ink(name)) for text, name in line.right]
        strip = Strip(segments).adjust_cell_length(width, plain)
        if not chosen:
            return strip
        return Strip(Segment.apply_style(strip, post_style=self.chosen_ground), width)
