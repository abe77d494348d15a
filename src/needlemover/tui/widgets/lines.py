"""Text drawn line by line: what all panels are made of.

Everything goes through `Span`s, never through markup, so that a user's own words are only ever
shown.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import reactive
from textual.scroll_view import ScrollView
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

    def lines(self, width: int, height: int) -> Sequence[Line]:
        """What there is to show in so many cells; overridden by each panel."""
        raise NotImplementedError

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
        plain = self.rich_style
        if used < room:
            segments.append(Segment(" " * (room - used), plain))
        segments += [Segment(text, self.ink(name)) for text, name in line.right]
        strip = Strip(segments).adjust_cell_length(width, plain)
        if not chosen:
            return strip
        ground = Style(bgcolor=self.ink("cursor").bgcolor)
        return Strip(Segment.apply_style(strip, post_style=ground), width)


class Panel(Inked):
    """A widget of lines that does not scroll."""

    def render_line(self, y: int) -> Strip:
        """One line of it."""
        found = self._drawn()
        line = found[y] if y < len(found) else EMPTY
        return self.strip(line, self.size.width)

    def _drawn(self) -> Sequence[Line]:
        # The lines are laid out once a repaint, not once a line.
        key = (self.size, self._facts_key())
        if getattr(self, "_drawn_key", None) != key:
            self._drawn_key = key
            self._drawn_lines = self.lines(self.size.width, self.size.height)
        return self._drawn_lines

    def _facts_key(self) -> object:
        """What the lines are made of; overridden by each panel."""
        raise NotImplementedError


class ListPanel(Inked, ScrollView, can_focus=True, inherit_bindings=False):
    """A list of items with a cursor, that scrolls up and down."""

    cursor: reactive[int] = reactive(0)

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

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._lines: Sequence[Line] = ()

    @property
    def item_count(self) -> int:
        """How many items there are; overridden by each panel."""
        raise NotImplementedError

    def lay_out(self) -> None:
        """Lay the lines out anew, because the facts or the size changed."""
        width, height = self.scrollable_content_region.size
        if not width:
            return
        self._lines = self.lines(width, height)
        if self.cursor >= self.item_count:
            self.cursor = max(0, self.item_count - 1)
        self.virtual_size = Size(width, len(self._lines))
        self.refresh()

    def on_resize(self) -> None:
        """Another size, other lines."""
        self.lay_out()

    def render_line(self, y: int) -> Strip:
        """One visible line."""
        place = y + self.scroll_offset.y
        line = self._lines[place] if place < len(self._lines) else EMPTY
        chosen = self.has_focus and line.item is not None and line.item == self.cursor
        return self.strip(line, self.scrollable_content_region.width, chosen=chosen)

    def watch_cursor(self) -> None:
        """Repaint, and keep the cursor in sight."""
        self.refresh()
        places = [y for y, line in enumerate(self._lines) if line.item == self.cursor]
        if places:
            region = Region(0, places[0], 1, places[-1] - places[0] + 1)
            self.scroll_to_region(region, animate=False, force=True)

    def watch_has_focus(self, focus: bool) -> None:
        """Show or hide the cursor."""
        super().watch_has_focus(focus)
        self.refresh()

    def move(self, by: int) -> None:
        """Move the cursor."""
        if self.item_count:
            self.cursor = min(max(self.cursor + by, 0), self.item_count - 1)

    def item_at(self, y: int) -> int | None:
        """The item at a line of the content."""
        place = y + self.scroll_offset.y
        return self._lines[place].item if 0 <= place < len(self._lines) else None

    def on_click(self, event: events.Click) -> None:
        """A click puts the cursor there; a second one picks."""
        offset = event.get_content_offset(self)
        item = self.item_at(offset.y) if offset is not None else None
        if item is not None:
            again = item == self.cursor
            self.cursor = item
            self.post_message(self.Picked(self, item, again=again))
