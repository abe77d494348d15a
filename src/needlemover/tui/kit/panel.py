"""What all panels are: lines of facts, of which only those that changed are drawn again."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby
from operator import attrgetter
from typing import Any, ClassVar, Generic, Self, TypeVar

from textual import events
from textual.content import Content
from textual.filter import ANSIToTruecolor, LineFilter
from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import Reactive, reactive
from textual.strip import Strip
from textual.widget import Widget

from .drawing import Drawing, Scroll
from .lines import Hint, Line, Span

F = TypeVar("F")
Item = TypeVar("Item")


class Panel(Widget, Generic[F, Item]):
    """Shows facts (F); with items among them it is a list, in which a cursor moves.

    It scrolls by itself: a scrollable widget of the library would lay the whole screen out anew
    whenever a line is added.
    """

    # The library's own lays everything out again whenever it was laid out for another size.
    virtual_size: Reactive[Size] = Reactive(Size(0, 0), repaint=False)
    facts: reactive[F | None] = reactive(None, repaint=False)
    cursor: reactive[int] = reactive(0, repaint=False, init=False)  # the item on which it stands

    ALLOW_SELECT = False  # the library would copy the names of widgets

    shows: ClassVar[tuple[str, ...]] = ()  # the facts whose change lays it out anew; (): all
    scrolls: ClassVar[bool] = False  # whether what has no room is scrolled to; else it is not shown

    takes_keys = False

    _only_row: int | None = None  # that a refresh is for, while the border is written on
    _is_drawing = False

    class Picked(Message):
        """The item under the cursor was clicked."""

        def __init__(self, panel: Panel[Any, Any]) -> None:
            super().__init__()
            self.panel = panel

    class Moved(Message):
        """The cursor stands on another item."""

    def __init__(self, facts: F | None = None, *, id: str | None = None) -> None:
        self._scroll = Scroll()
        # First, because the library refreshes what it makes.
        self._drawing = Drawing(self, self._scroll, has_scrollbar=self.scrolls)
        super().__init__(id=id)
        self._laid_out_for: tuple[Size, Size] | None = None  # its own, and that of the window
        self._shown: object = None
        self._said: tuple[str | Content, str | Content] = (str(self.BORDER_TITLE or ""), "")
        if facts is not None:
            self.set_reactive(type(self).facts, facts)

    def lines(self, facts: F, width: int, height: int) -> Sequence[Line]:
        """What there is to show in so many cells; each panel says it."""
        raise NotImplementedError

    def shown_of(self, facts: F) -> object:
        """Those that it shows; a panel that shows some of them only at times says which."""
        return attrgetter(*self.shows)(facts) if self.shows else facts

    def items(self, facts: F) -> Sequence[Item]:
        """What the cursor can stand on; a panel that is a list says it."""
        return ()

    def title(self, facts: F) -> str | Content:
        """What stands on the upper border; a panel may say more than its name."""
        return str(self.BORDER_TITLE or "")

    def subtitle(self, facts: F) -> str | Content:
        """What stands on the lower border; a panel may say something there."""
        return ""

    @property
    def item_count(self) -> int:
        return len(self.items(self.facts)) if self.facts is not None else 0

    @property
    def current(self) -> Item | None:
        """The item under the cursor; None: there is none."""
        items = self.items(self.facts) if self.facts is not None else ()
        return items[self.cursor] if 0 <= self.cursor < len(items) else None

    @property
    def chosen_text(self) -> str:
        """What is read under the cursor, to be copied; empty: nothing is chosen."""
        lines = (line for line in self._scroll.in_sight(self.size.height) if line.item is not None)
        chosen = (line for line in lines if line.item == self.cursor)
        spans = (text for line in chosen for text, _ in (*line.left, *line.right))
        return " ".join(" ".join(spans).split()).removeprefix("▶").strip()

    def mark(self, number: int) -> Span:
        """What stands before an item: whether the cursor is on it."""
        return ("▶" if self.has_focus and number == self.cursor else " ", "accent")

    def watch_facts(self, before: F | None, facts: F | None) -> None:
        """Show other facts; the library hands over the same ones whenever they are read."""
        if self._laid_out_for is None or self._shown != self._to_show():
            self.lay_out()

    def _to_show(self) -> object:
        return None if self.facts is None else self.shown_of(self.facts)

    def _say_titles(self) -> None:
        """Write on the borders, where they say something else."""
        if self.facts is None:
            return
        title, subtitle = self.title(self.facts), self.subtitle(self.facts)
        before, self._said = self._said, (title, subtitle)
        if title != before[0]:
            self._only_row = 0
            self.border_title = title
        if subtitle != before[1]:
            self._only_row = self.outer_size.height - 1
            self.border_subtitle = subtitle
        self._only_row = None

    def lay_out(self) -> None:
        """Lay the lines out anew, because the facts, the cursor or the size changed."""
        self._laid_out_for, self._shown = (self.size, self.app.size), self._to_show()
        self._say_titles()
        if self.cursor >= self.item_count:
            self.set_reactive(Panel.cursor, max(0, self.item_count - 1))
        if not self.size:
            return
        width, height = self.size
        lines = self._lines(width, height)
        if self.scrolls and len(lines) > height and not self._drawing.has_border:
            lines = self._lines(width - 2, height)  # beside the scrollbar
        if isinstance(lines, Hint):
            lines = lines.within(width, height)
        scroll = self._scroll
        before, top, count = scroll.in_sight(height), scroll.top, len(scroll.lines)
        scroll.lines, scroll.height = lines, height
        if self.scrolls:
            scroll.keep_in_sight(self.cursor)
        most = max(len(lines), count)
        if scroll.top != top or (self.scrolls and len(lines) != count and most > height):
            self._repaint_all()  # what is scrolled stands elsewhere, or the scrollbar changes
        else:
            now = scroll.in_sight(height)
            self._repaint(y for y in range(height) if before[y] != now[y])
        self._show_chosen()

    def rows_in(self, width: int, most: int) -> int:
        """So many rows, at best, hold all that it says in so many columns, border included."""
        return len(self._lines(width - self.gutter.width, most)) + self.gutter.height

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        return len(self._lines(width, viewport.height))

    def _lines(self, width: int, height: int) -> Sequence[Line]:
        return () if self.facts is None else self.lines(self.facts, width, height)

    def _repaint(self, places: Iterable[int]) -> None:
        # One region of rows that follow each other: each is looked at by all that draw.
        runs = groupby(enumerate(places), key=lambda row: row[1] - row[0])
        rows = [[y for _, y in run] for _, run in runs]
        if rows:
            self.refresh(*(Region(0, run[0], self.size.width, len(run)) for run in rows))

    def _repaint_all(self) -> None:
        """Draw all lines again, and the scrollbar beside them; the border stays."""
        x, width = self.content_offset.x, self.outer_size.width
        self.refresh(Region(-x, 0, width, self.size.height))

    def move(self, by: int) -> None:
        """Move the cursor; where there is none, scroll."""
        if self.item_count:
            self.cursor = min(max(self.cursor + by, 0), self.item_count - 1)
        else:
            self._scroll_by(by)

    def _scroll_by(self, by: int) -> None:
        if self.scrolls:
            self._scroll.move(by)
            self._repaint_all()

    def on_mouse_scroll_down(self) -> None:
        self._scroll_by(2)

    def on_mouse_scroll_up(self) -> None:
        self._scroll_by(-2)

    async def on_click(self, event: events.Click) -> None:
        offset = event.get_content_offset(self)
        if offset is not None:
            await self.click(*offset)

    async def click(self, x: int, y: int) -> None:
        """A click puts the cursor there, a second one picks; a panel may say something else."""
        item = self._scroll.line(y).item
        if item is not None and item == self.cursor:
            self.post_message(self.Picked(self))
        elif item is not None:
            self.cursor = item

    def watch_cursor(self) -> None:
        self.lay_out()
        self.post_message(self.Moved())

    def watch_has_focus(self, focus: bool) -> None:
        super().watch_has_focus(focus)
        self.lay_out()

    def _show_chosen(self) -> None:
        """Repaint the item that was chosen and the one that is."""
        before, now = self._drawing.chosen, self.cursor if self.has_focus else None
        self._drawing.chosen = now
        if before != now:
            self._repaint(
                y
                for y, line in enumerate(self._scroll.in_sight(self.size.height))
                if line.item is not None and line.item in (before, now)
            )

    def refresh(self, *regions: Region, **how: bool) -> Self:
        """Draw anew; where only the border says something else, only that."""
        if self._is_drawing:
            return self
        if self._only_row is not None:
            x, y = self.content_offset
            regions = (Region(-x, self._only_row - y, self.outer_size.width, 1),)
        self._drawing.forget(*regions)
        return super().refresh(*regions, **how)

    def _forward_event(self, event: events.Event) -> None:
        """A key goes to the view at once: what holds the panel takes none either."""
        event._set_forwarded()
        (self.screen if isinstance(event, events.Key) else self).post_message(event)

    def notify_style_update(self) -> None:
        """Another theme, or a focus that comes or goes, has other inks and borders."""
        super().notify_style_update()
        self._drawing.forget_inks()

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Those of the library but for the one that replaces a terminal's own 16 colours.

        No ink has one of them, and it would look through every line that is not drawn anew, too.
        """
        filters = super().get_line_filters()
        return [item for item in filters if not isinstance(item, ANSIToTruecolor)]

    def render_lines(self, crop: Region) -> list[Strip]:
        """The rows in sight, borders included.

        Another size asks for other lines, and a panel that was hidden had none. They are made
        before they are drawn, so that the first picture is whole: the message about the size comes
        after it.
        """
        if self._laid_out_for != (self.size, self.app.size):
            self._drawing.forget()
            self._is_drawing = True
            try:
                self.lay_out()
            finally:
                self._is_drawing = False
        return self._drawing.rows(crop, super().render_lines)

    def render_line(self, y: int) -> Strip:
        """Nothing: the library draws what is around the content, `_drawing` the content."""
        return Strip.blank(self.size.width)
