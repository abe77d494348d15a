"""Whom to call next: what was promised, old asks, and the list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len

from ...text.format import plural
from ..buyers import with_buyer
from ..kit.lines import Line, LineOfEach, Lines, fit
from ..kit.panel import Panel
from .facts import TodayFacts

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.content import Content

    from ...domain.buyers.next_calls import NextCall

WIDE = 110  # columns from which on there are two columns of panels
_WHEN, _TRIES, _LEAST_NAME, _MOST_NAME = 9, 8, 12, 24


class CallNext(Panel[TodayFacts, "NextCall"], can_focus=True):
    """A line for each contact to call, in the order of the calls.

    While a call runs in a window of one column, what is known of the buyer stands in its place.
    """

    BORDER_TITLE = "CALL NEXT"
    scrolls = True
    shows = ("calls", "snapshot.candidates", "snapshot.today", "snapshot.settings")

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
        room = width - _WHEN - 5 - name
        # Imported when there is somebody: the first picture seldom needs it.
        from ...domain.buyers.next_calls import Why
        from ...text.buyers.words import call_when, call_why, try_words

        inks = {Why.LATE: "bad", Why.DUE: "accent", Why.MEETING: "accent"}

        def line(call: NextCall, number: int) -> Line:
            tries = f"{text:>{_TRIES}} " if (text := try_words(call.buyer)) else ""
            why = fit(call_why(call, today, currency), max(0, room - len(tries)))
            left = (
                self.mark(number),
                (f" {call_when(call, today):<{_WHEN}} ", inks.get(call.why, "muted")),
                (fit(call.buyer.contact.name, name), "text"),
                (f"  {why}", "muted"),
            )
            return Line(left, ((tries, "muted"),), number)

        return LineOfEach(facts.calls, line)
