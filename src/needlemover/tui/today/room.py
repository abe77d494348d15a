"""The rows that the panels of Today give each other."""

from __future__ import annotations

from textual.geometry import Size

from ..kit.panels import Panels
from .call_next import WIDE, CallNext
from .checklist import Checklist
from .facts import TodayFacts

TALL = 30
"""Rows from which on the app gives more of them to everything."""
_LEAST_ROWS = 17
"""Of the whole window; under them there is room for the list and the quotas alone."""
_WEEKS, _QUOTA, _LOG = 10, 4, 4
"""Rows that other panels need at least."""
_LEAST, _MOST = 3, 7
"""Rows of CALL NEXT with its border: at least, and at most in a window that is not tall."""


class Room:
    """Gives CALL NEXT, between checklist and log, the rows that the others can spare."""

    def __init__(self, checklist: Checklist, calls: CallNext) -> None:
        self._checklist = checklist
        self._calls = calls
        self._given: tuple[int, int, Size] | None = None

    def give(self, panels: Panels, facts: TodayFacts, size: Size) -> None:
        """Lay the panels out for what is shown in a window of a size, where that is another."""
        rows, checklist = rows_for(facts, *size)
        if (rows, checklist, size) == self._given:
            return
        self._given = rows, checklist, size
        panels.set_class(bool(rows), "-next", update=panels.is_attached)
        panels.set_class(size.height < _LEAST_ROWS, "-small", update=panels.is_attached)
        self._calls.styles.height = rows or None
        self._checklist.styles.min_height = checklist if rows else None
        log = 10 if size.height < TALL else "1fr"
        panels.styles.grid_rows = f"1fr {rows} {log}" if rows else None


def rows_for(facts: TodayFacts, width: int, height: int) -> tuple[int, int]:
    """The rows of CALL NEXT, with its border, and those that the checklist needs beside it.

    What stands in the checklist, both quotas and a line of the log come before it; 0: there is
    nobody to call or to talk to, or no room.
    """
    snapshot = facts.snapshot
    weekly = len(snapshot.weekly)
    checklist = max(2, len(snapshot.activities) + weekly + bool(weekly)) + 2
    panels = height - 3 - (height >= TALL) - bool(snapshot.asks)
    is_wide, most = width >= WIDE, max(_MOST, panels // 5 + 1)
    # The buyer takes all of it, and CALL NEXT mostly does: so nothing is laid out anew for a call.
    wanted = most if snapshot.is_talking and not is_wide else len(facts.calls) + 2
    room = min(wanted, most, panels - checklist - (_WEEKS if is_wide else _QUOTA + _LOG))
    return (room if height >= _LEAST_ROWS and room >= _LEAST else 0), checklist
