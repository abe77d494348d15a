"""A panel of sentences and figures, which the arrow keys scroll where it has little room."""

from collections.abc import Sequence

from ...text.lines import in_lines
from .lines import Line
from .list_panel import ListPanel


class TextPanel(ListPanel):
    """Nothing in it can be chosen."""

    @property
    def item_count(self) -> int:
        """There are no items: the keys scroll."""
        return 0

    def watch_facts(self) -> None:
        """Show other facts."""
        self.lay_out()

    def move(self, by: int) -> None:
        """Scroll."""
        self._scroll_by(by)


def wrapped(text: str, width: int, ink: str = "text", indent: str = "") -> Sequence[Line]:
    """A sentence on as many lines as it takes.

    Args:
        text: made safe already.
        width: in cells.
        ink: of it.
        indent: before every line but the first.
    """
    return [Line(((part, ink),)) for part in in_lines(text, max(12, width), indent)]
