"""What the panels of a view stand on, and which is in front in little room; panels of text."""

from collections.abc import Callable, Sequence

from textual import events
from textual.containers import Container
from textual.geometry import Region, Size
from textual.layout import WidgetPlacement
from textual.reactive import Reactive
from textual.strip import Strip
from textual.widget import Widget

from .lines import Line
from .panel import F, Panel


class Ground(Widget):
    """What is its background and nothing else, not even a border.

    It is drawn as one line, repeated: it lies under the whole screen, and each picture asks for all
    of it, where all but a few cells are hidden.
    """

    # The library's own lays everything out again whenever it was laid out for another size.
    virtual_size: Reactive[Size] = Reactive(Size(0, 0), repaint=False)

    _strip: Strip | None = None

    def notify_style_update(self) -> None:
        super().notify_style_update()
        self._strip = None

    def render_lines(self, crop: Region) -> list[Strip]:
        if self._strip is None or self._strip.cell_length != crop.width:
            self._strip = Strip.blank(crop.width, self.rich_style)
            _, background = self.background_colors
            for line_filter in self.get_line_filters():
                self._strip = self._strip.apply_filter(line_filter, background)
        return [self._strip] * crop.height


class Panels(Container, Ground):
    """Holds the panels of a view.

    In a view's stylesheet the panel in front has the class `-front`: a narrow or short window shows
    it beside the first one. The panel with the focus comes to the front.
    """

    def __init__(self, *panels: Widget, order: Sequence[str] | None = None) -> None:
        """Take the panels, and the order in which Tab goes round them: left out, their own.

        The first always shows, the second is in front at first; with no order, none comes there.
        """
        super().__init__(*panels, id="panels")
        self._order: Sequence[str] = ()
        self.front = ""
        self.put_in_order([panel.id or "" for panel in panels] if order is None else order, panels)

    def put_in_order(self, order: Sequence[str], panels: Sequence[Widget] = ()) -> None:
        """Go round the panels so; the one that showed always comes to the front."""
        if order == self._order:
            return
        self.front = (self._order[:1] or order[1:2] or [""])[0]
        self._order = order
        for panel in panels or self.children:
            panel.set_class(panel.id in order[:1], "-first", update=not panels)
            panel.set_class(panel.id == self.front, "-front", update=not panels)

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        self._bring_to_front(event.widget.id or "")

    def _bring_to_front(self, name: str) -> None:
        if name != self.front and name in self._order[1:]:
            self.query_one(f"#{self.front}").remove_class("-front")
            self.query_one(f"#{name}").add_class("-front")
            self.front = name

    def go_to(self, name: str) -> None:
        """Show a panel and put the focus on it."""
        self._bring_to_front(name)
        # What was hidden can take the focus only when it is laid out.
        self.call_after_refresh(self.query_one(f"#{name}").focus)

    def go_on(self, by: int) -> None:
        """Go to the next panel, or to the one before."""
        here = self.screen.focused.id if self.screen.focused is not None else None
        place = self._order.index(here) if here in self._order else 0
        self.go_to(self._order[(place + by) % len(self._order)])


class Columns(Panels):
    """Panels one above the other, in their order, are as tall as what they say, and what is left.

    Where not all of them have so much room, those that say the least have it.
    """

    def process_layout(self, placements: list[WidgetPlacement]) -> list[WidgetPlacement]:
        """Give the panels of each column, as the stylesheet has them, their rows."""
        columns: dict[int, list[WidgetPlacement]] = {}
        top = min((each.region.y for each in placements), default=0)
        bottom = max((each.region.bottom for each in placements), default=0)
        for each in sorted(placements, key=lambda each: self._order.index(each.widget.id or "")):
            columns.setdefault(each.region.x, []).append(each)
        found = []
        for column in columns.values():
            x, y, width = column[0].region.x, top, column[0].region.width
            panels = [each.widget for each in column if isinstance(each.widget, Panel)]
            wanted = [panel.rows_in(width, bottom) for panel in panels]
            rows, heights = bottom - y, list(wanted)
            for number, place in enumerate(sorted(range(len(wanted)), key=wanted.__getitem__)):
                heights[place] = min(wanted[place], rows // (len(wanted) - number))
                rows -= heights[place]
            for place in range(len(heights)):
                heights[place] += (rows + place) // len(heights)
            for each, height in zip(column, heights, strict=True):
                found.append(each._replace(region=Region(x, y, width, height)))
                y += height
        return found


class TextPanel(Panel[F, None], can_focus=True):
    """Lines to read; what has no room is scrolled to."""

    scrolls = True

    def __init__(
        self,
        title: str,
        write: Callable[[F, int, int], Sequence[Line]],
        facts: F | None = None,
        *,
        id: str,
        below: Callable[[F], str] = lambda _: "",
    ) -> None:
        """Take what writes the lines, of some facts in so many cells, and the lower border."""
        super().__init__(facts, id=id)
        self.border_title, self._write, self._below = title, write, below

    def subtitle(self, facts: F) -> str:
        return self._below(facts)

    def lines(self, facts: F, width: int, height: int) -> Sequence[Line]:
        return self._write(facts, width, height)
