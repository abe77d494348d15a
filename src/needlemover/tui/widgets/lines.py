"""Spans of text in inks, and lines of them.

Everything is drawn through them, never through markup, so that a user's own words are only ever
shown.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip
from textual.widget import Widget

from ...text.format import shown

Span = tuple[str, str]
"""A text and the name of its ink."""

INKS = (
    "text",
    "strong",
    "muted",
    "faint",
    "accent",
    "good",
    "bad",
    "advance",
    "dim-accent",
    "here",
)


@dataclass(frozen=True, slots=True)
class Line:
    """A line with something at its left and something at its right end."""

    left: tuple[Span, ...] = ()
    right: tuple[Span, ...] = ()
    item: int | None = None
    """The number of the item that it belongs to, in a list."""


EMPTY = Line()


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


class Inked(Widget):
    """A widget that is drawn from lines of spans."""

    COMPONENT_CLASSES = {f"ink--{name}" for name in INKS} | {"ink--cursor"}

    def ink(self, name: str) -> Style:
        """The style of an ink in the present theme."""
        return self.get_component_rich_style(f"ink--{name}")

    def strip(self, line: Line, width: int, *, chosen: bool = False) -> Strip:
        """A line as it goes to the terminal, exactly so wide."""
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
        ground = Style(bgcolor=self.ink("cursor").bgcolor)
        return Strip(Segment.apply_style(strip, post_style=ground), width)
