"""The ground that panels stand on: it has nothing of its own to show."""

from textual.containers import Container
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget


class Ground(Widget):
    """A widget that is its background and nothing else, not even a border.

    It is drawn as one line, repeated: it lies under the whole screen, and each picture asks for all
    of it, where all but a few cells are hidden.
    """

    def render_lines(self, crop: Region) -> list[Strip]:
        """The same line for all that are asked for."""
        strip = Strip.blank(crop.width, self.rich_style)
        _, background = self.background_colors
        for line_filter in self.get_line_filters():
            strip = strip.apply_filter(line_filter, background)
        return [strip] * crop.height


class Panels(Ground, Container):
    """Holds the panels of a view."""
