"""The rows that the panels of Today take."""

from textual.geometry import Region, Size
from textual.layout import WidgetPlacement
from textual.widget import Widget

from ..kit.panels import Panels
from .call_next import WIDE
from .facts import TodayFacts

_TALL = 30  # rows from which on the app gives more of them to everything
_LEAST_ROWS = 17  # but asks and a block; under them there is room for the list and the quotas alone
_TALKING = 16  # rows that hold all of the quotas
_WEEKS, _QUOTA, _LOG = 10, 4, 4  # rows that other panels need at least
_LEAST, _MOST = 3, 7  # rows of CALL NEXT with its border: least, and most in a window not tall


class TodayPanels(Panels):
    """In two columns, or one under the other."""

    _given: tuple[int, int, int, Size] | None = None

    def __init__(self, checklist: Widget, talking: Widget, calls: Widget, *more: Widget) -> None:
        super().__init__(checklist, talking, calls, *more, order=())
        self._list, self._next = checklist, calls

    def share(self, facts: TodayFacts, size: Size) -> None:
        """Give CALL NEXT the rows that the others can spare in a window of a size."""
        height = size.height - bool(facts.snapshot.asks) - bool(facts.snapshot.block)
        rows, of_checklist = _rows_for(facts, size.width, height - (size.height >= _TALL))
        if (rows, of_checklist, height, size) == self._given:
            return
        self._given = rows, of_checklist, height, size
        self.set_class(bool(rows), "-next", update=self.is_attached)
        self.set_class(height < _LEAST_ROWS, "-small", update=self.is_attached)
        self._next.styles.height = rows or None
        self._list.styles.min_height = of_checklist if rows else None
        log = 10 if size.height < _TALL else "1fr"
        self.styles.grid_rows = f"1fr {rows} {log}" if rows else None

    def process_layout(self, placements: list[WidgetPlacement]) -> list[WidgetPlacement]:
        """Beside the lists the quotas have the rows that they need, and the weeks the rest."""
        found = {each.widget.id: each for each in placements}
        if "weeks" in found:
            x, y, width, _ = found["talking"].region
            bottom = found["weeks"].region.bottom
            middle = min(y + _TALKING, bottom - _WEEKS)
            for name, top, end in (("talking", y, middle), ("weeks", middle, bottom)):
                found[name] = found[name]._replace(region=Region(x, top, width, end - top))
        return [*found.values()]


def _rows_for(facts: TodayFacts, width: int, height: int) -> tuple[int, int]:
    """The rows of CALL NEXT, with its border, and those that the checklist needs beside it.

    What stands in the checklist, both quotas and a line of the log come before it; 0: there is
    nobody to call or to talk to, or no room.
    """
    snapshot = facts.snapshot
    weekly = len(snapshot.weekly)
    checklist = max(2, len(snapshot.activities) + weekly + bool(weekly)) + 2
    panels = height - 3
    is_wide, most = width >= WIDE, max(_MOST, panels // 5 + 1)
    # The buyer takes all of it, and CALL NEXT mostly does: so nothing is laid out anew for a call.
    wanted = most if snapshot.is_talking and not is_wide else len(facts.calls) + 2
    room = min(wanted, most, panels - checklist - (_WEEKS if is_wide else _QUOTA + _LOG))
    return (room if height >= _LEAST_ROWS and room >= _LEAST else 0), checklist
