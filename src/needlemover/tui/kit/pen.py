"""Draws lines of spans in the inks of the theme."""

from collections.abc import Iterable
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
}  # the variable of the theme that gives an ink its colour, and how it is set


@lru_cache
def _inked(ground: Style, colour: str, manner: Style) -> Style:
    """The same for all widgets that stand on the same ground."""
    return ground + Style(color=Color.parse(colour).rich_color) + manner


class Pen:
    """Draws lines for one widget, on its ground."""

    def __init__(self, widget: Widget) -> None:
        self._widget = widget
        self._inks: dict[str, Style] = {}
        self._ground: Style | None = None

    def forget(self) -> None:
        """Another theme or ground has other inks."""
        self._inks.clear()
        self._ground = None

    def ink(self, name: str) -> Style:
        if name not in self._inks:
            variable, manner = _INKS[name]
            colour = self._widget.app.theme_variables[variable]
            if self._ground is None:
                self._ground = self._widget.rich_style
            self._inks[name] = _inked(self._ground, colour, manner)
        return self._inks[name]

    def strip(self, line: Line, width: int, *, chosen: bool = False) -> Strip:
        """A line as it goes to the terminal, in exactly so many cells."""
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
        variable = "needle-cursor" if chosen else line.ground
        if not variable:
            return strip
        ground = Color.parse(self._widget.app.theme_variables[variable]).rich_color
        return Strip(Segment.apply_style(strip, post_style=Style(bgcolor=ground)), width)


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
