"""Draws lines of spans in the inks of the theme."""

from __future__ import annotations

from functools import lru_cache

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.color import Color
from textual.strip import Strip
from textual.widget import Widget

from .lines import Line, fit, length

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


_STRIPS_KEPT = 500
"""So many lines a widget keeps as they were drawn."""


@lru_cache
def _inked(ground: Style, colour: str, manner: Style) -> Style:
    """The same for all widgets that stand on the same ground."""
    return ground + Style(color=Color.parse(colour).rich_color) + manner


class Pen:
    """Draws lines for one widget, on its ground."""

    def __init__(self, widget: Widget) -> None:
        """Take the widget."""
        self._widget = widget
        self._inks: dict[str, Style] = {}
        self._strips: dict[tuple[Line, int, bool], Strip] = {}

    def forget(self) -> None:
        """Another theme or ground has other inks."""
        self._inks.clear()
        self._strips.clear()

    def ink(self, name: str) -> Style:
        """The style of an ink in the present theme."""
        if name not in self._inks:
            variable, manner = _INKS[name]
            colour = self._widget.app.theme_variables[variable]
            self._inks[name] = _inked(self._widget.rich_style, colour, manner)
        return self._inks[name]

    def strip(self, line: Line, width: int, *, chosen: bool = False) -> Strip:
        """A line as it goes to the terminal, exactly so wide; a list that scrolls asks again.

        Args:
            line: to be drawn.
            width: in cells.
            chosen: whether the cursor stands on it.
        """
        key = line, width, chosen
        if key not in self._strips:
            if len(self._strips) >= _STRIPS_KEPT:
                self._strips.clear()
            self._strips[key] = self._draw(line, width, chosen)
        return self._strips[key]

    def _draw(self, line: Line, width: int, chosen: bool) -> Strip:
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
        ground = Color.parse(self._widget.app.theme_variables["needle-cursor"]).rich_color
        return Strip(Segment.apply_style(strip, post_style=Style(bgcolor=ground)), width)
