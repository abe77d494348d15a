"""Whom to call next: what was promised, old asks, and the list."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from ...text.format import plural
from ..kit.lines import Line, LineOfEach, Lines, fit
from ..kit.panel import Panel
from .facts import TodayFacts

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from ...domain.buyers.next_calls import NextCall

TALL = 30
"""Rows from which on the app gives more of them to everything."""
_WIDE = 110
"""Columns from which on there are two columns of panels."""
_LEAST_ROWS = 17
"""Of the whole window; under them there is no room for it."""
_WEEKS, _QUOTA, _LOG = 10, 4, 4
"""Rows that other panels need at least."""
_AROUND = 3
"""Rows of the border, and of one line in it."""
_WHEN, _TRIES, _LEAST_NAME, _MOST_NAME = 9, 8, 12, 24


class CallNext(Panel[TodayFacts, "NextCall"], can_focus=True):
    """A line for each contact to call, in the order of the calls."""

    BORDER_TITLE = "CALL NEXT"
    scrolls = True

    def items(self, facts: TodayFacts) -> Sequence[NextCall]:
        return facts.calls

    def subtitle(self, facts: TodayFacts) -> str:
        """How many are promised, were asked long ago, and stand on the list."""
        candidates = facts.snapshot.candidates
        due = sum(call.buyer.step is not None for call in facts.calls)
        asks = sum(call.why == "ask" for call in facts.calls)
        listed = candidates.listed if candidates is not None else 0
        counts = ((due, "due"), (asks, plural(asks, "old ask")), (listed, "on the list"))
        return " · ".join(f"{number:,} {word}" for number, word in counts if number)

    def lines(self, facts: TodayFacts, width: int, height: int) -> Lines:
        snapshot = facts.snapshot
        currency, today = snapshot.settings.currency, snapshot.today
        return LineOfEach(facts.calls, partial(_line, width=width, today=today, currency=currency))


def _line(call: NextCall, number: int, width: int, today: date, currency: str) -> Line:
    # Imported when there is somebody: the first picture seldom needs it.
    from ...text.buyers.words import call_when, call_why, try_words

    tries = f"{text:>{_TRIES}} " if (text := try_words(call.buyer)) else ""
    room = width - _WHEN - 4 - len(tries)
    name = max(_LEAST_NAME, min(_MOST_NAME, (width - _WHEN - _TRIES) // 2))
    when, is_late = call_when(call, today), call.why == "late"
    ink = "bad" if is_late else "accent" if call.why == "due" else "muted"
    left = (
        (f" {when:<{_WHEN}} ", ink),
        (fit(call.buyer.contact.name, name), "text"),
        ("  ", "text"),
        (fit(call_why(call, today, currency), max(0, room - name)), "muted"),
    )
    return Line(left, ((tries, "muted"),), number)


def rows_for(facts: TodayFacts, width: int, height: int) -> tuple[int, int]:
    """The rows of the panel, with its border, and those that the checklist needs beside it.

    What stands in the checklist, both quotas and a line of the log come before it; 0: there is
    nobody to call, or no room.
    """
    snapshot = facts.snapshot
    weekly = len(snapshot.weekly)
    checklist = max(2, len(snapshot.activities) + weekly + bool(weekly)) + 2
    panels = height - 3 - (height >= TALL) - bool(snapshot.asks)
    others = _WEEKS if width >= _WIDE else _QUOTA + _LOG
    room = min(len(facts.calls) + 2, panels // 5 + 1, panels - checklist - others)
    is_shown = bool(facts.calls) and height >= _LEAST_ROWS and room >= _AROUND
    return (room, checklist) if is_shown else (0, checklist)
