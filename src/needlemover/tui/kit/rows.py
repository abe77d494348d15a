"""A list of lines that are there from the beginning."""

from collections.abc import Sequence

from .lines import Line
from .panel import Panel


class Rows(Panel[Sequence[Line]], can_focus=True):
    """Lines, each an item of its own or part of the one above."""

    scrolls = True

    def items(self, facts: Sequence[Line]) -> Sequence[int]:
        return sorted({line.item for line in facts if line.item is not None})

    def lines(self, facts: Sequence[Line], width: int, height: int) -> Sequence[Line]:
        """The lines, cut by the drawing where they are too long."""
        return facts
