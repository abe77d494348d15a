"""Whom to call next: what was promised, old asks, and the list; and the rows that it takes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len

from ...text.format import plural
from ..buyers import with_buyer
from ..kit.lines import Line, LineOfEach, Lines, Span, fit
from ..kit.panel import Panel
from .facts import TodayFacts

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from textual.content import Content
    from textual.geometry import Size

    from ...domain.buyers.next_calls import NextCall
    from ..kit.panels import Panels
    from .checklist import Checklist

WIDE = 110  # columns from which on there are two columns of panels
_TALL = 30  # rows from which on the app gives more of them to everything
_LEAST_ROWS = 17  # but asks and a block; under them there is room for the list and the quotas alone
_WEEKS, _QUOTA, _LOG = 10, 4, 4  # rows that other panels need at least
_LEAST, _MOST = 3, 7  # rows of CALL NEXT with its border: least, and most in a window not tall
_WHEN, _TRIES, _LEAST_NAME, _MOST_NAME = 9, 8, 12, 24


class CallNext(Panel[TodayFacts, "NextCall"], can_focus=True):
    """A line for each contact to call, in the order of the calls.

    While a call runs in a window of one column, what is known of the buyer stands in its place.
    """

    BORDER_TITLE = "CALL NEXT"
    scrolls = True
    shows = ("calls", "snapshot.candidates", "snapshot.today", "snapshot.settings")
    _given: tuple[int, int, int, Size] | None = None

    def take_rows(
        self, panels: Panels, checklist: Checklist, facts: TodayFacts, size: Size
    ) -> None:
        """Take the rows that the others can spare in a window of a size, where that changes."""
        height = size.height - bool(facts.snapshot.asks) - bool(facts.snapshot.block)
        rows, of_checklist = _rows_for(facts, size.width, height - (size.height >= _TALL))
        if (rows, of_checklist, height, size) == self._given:
            return
        self._given = rows, of_checklist, height, size
        panels.set_class(bool(rows), "-next", update=panels.is_attached)
        panels.set_class(height < _LEAST_ROWS, "-small", update=panels.is_attached)
        self.styles.height = rows or None
        checklist.styles.min_height = of_checklist if rows else None
        log = 10 if size.height < _TALL else "1fr"
        panels.styles.grid_rows = f"1fr {rows} {log}" if rows else None

    def _is_talk(self, facts: TodayFacts) -> bool:
        return facts.snapshot.is_talking and self.app.size.width < WIDE

    def shown_of(self, facts: TodayFacts) -> object:
        day = facts.snapshot
        return super().shown_of(facts), (day.running, day.talk) if self._is_talk(facts) else None

    def items(self, facts: TodayFacts) -> Sequence[NextCall]:
        return () if self._is_talk(facts) else facts.calls

    def title(self, facts: TodayFacts) -> str | Content:
        return with_buyer.title(facts.snapshot) if self._is_talk(facts) else self.BORDER_TITLE

    def subtitle(self, facts: TodayFacts) -> str:
        if self._is_talk(facts):
            return "n writes a note"
        candidates = facts.snapshot.candidates
        if candidates is None:
            return ""
        from ...domain.buyers.next_calls import Why  # seldom needed at first

        due = sum(call.buyer.step is not None for call in facts.calls)
        asks = sum(call.why is Why.ASK for call in facts.calls)
        asked, listed = plural(asks, "old ask"), candidates.listed
        counts = ((due, "due"), (asks, asked), (listed, "on the list"))
        return " · ".join(f"{number:,} {word}" for number, word in counts if number)

    def lines(self, facts: TodayFacts, width: int, height: int) -> Lines:
        snapshot = facts.snapshot
        if self._is_talk(facts):
            return with_buyer.lines(snapshot, width, height)
        currency, today = snapshot.settings.currency, snapshot.today
        longest = max((cell_len(call.buyer.contact.name) for call in facts.calls), default=0)
        name = max(_LEAST_NAME, min(_MOST_NAME, (width - _WHEN - _TRIES) // 2, longest))

        def line(call: NextCall, number: int) -> Line:
            return _line(call, number, self.mark(number), name, width, today, currency)

        return LineOfEach(facts.calls, line)


def _line(
    call: NextCall, number: int, mark: Span, name: int, width: int, today: date, currency: str
) -> Line:
    # Imported when there is somebody: the first picture seldom needs it.
    from ...domain.buyers.next_calls import Why
    from ...text.buyers.words import call_when, call_why, try_words

    tries = f"{text:>{_TRIES}} " if (text := try_words(call.buyer)) else ""
    room = width - _WHEN - 5 - len(tries)
    when, is_late = call_when(call, today), call.why is Why.LATE
    ink = "bad" if is_late else "accent" if call.why in (Why.DUE, Why.MEETING) else "muted"
    left = (
        mark,
        (f" {when:<{_WHEN}} ", ink),
        (fit(call.buyer.contact.name, name), "text"),
        ("  ", "text"),
        (fit(call_why(call, today, currency), max(0, room - name)), "muted"),
    )
    return Line(left, ((tries, "muted"),), number)


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
