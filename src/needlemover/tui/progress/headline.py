"""The line on top of Progress: how the overall streak stands, and what would end it."""

from collections.abc import Sequence

from msgspec import Struct

from ...domain.progress.summary import StreakCard
from ...text.progress.words import record_words, stake_words
from ..kit.lines import Line, Span, length
from ..kit.panel import Panel


class ProgressHeadlineFacts(Struct, frozen=True):
    """What the headline shows."""

    card: StreakCard
    """Of everything."""


class ProgressHeadline(Panel[ProgressHeadlineFacts]):
    """One line."""

    def lines(self, facts: ProgressHeadlineFacts, width: int, height: int) -> Sequence[Line]:
        """The record, and at the right what is at stake; shorter where there is little room."""
        card = facts.card
        title: Span = ("Progress  ", "strong")
        streak: Span = (f"{card.current}-day streak", "accent" if card.current else "muted")
        stake = stake_words(card)
        short = f"{card.still_due} still due or it ends" if stake else ""
        for left, right in (
            ((title, streak, (f"   {record_words(card)}", "muted")), stake),
            ((title, streak, (f"  record {card.best}", "muted")), stake),
            ((title, streak, (f"  record {card.best}", "muted")), short),
        ):
            if length(left) + len(right) + 2 <= width:
                break
        return (Line(left, ((right, "bad"),)),)
