"""A list of lines that are there from the beginning."""

from __future__ import annotations

from collections.abc import Sequence

from .lines import Line
from .list_panel import ListPanel


class Rows(ListPanel):
    """Lines, each an item of its own or part of the one above."""

    def __init__(self, rows: Sequence[Line], *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._rows = tuple(rows)

    def set_rows(self, rows: Sequence[Line]) -> None:
        """Show others; the cursor stays where it can."""
        self._rows = tuple(rows)
        self.lay_out()

    @property
    def item_count(self) -> int:
        """How many items there are."""
        return len({line.item for line in self._rows if line.item is not None})

    def lines(self, width: int, height: int) -> Sequence[Line]:
        """The lines, cut by the drawing where they are too long."""
        return self._rows
