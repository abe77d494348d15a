"""The line on top of Progress: how the overall streak stands, and what would end it."""

from collections.abc import Sequence

from ...domain.progress.summary import StreakCard
from ...text.progress.words import record_words, stake_words
from ..kit.lines import Line, Span, length
from ..kit.panel import Panel


class ProgressHeadline(Panel[StreakCard, None]):
    """One line."""

    def lines(self, facts: StreakCard, width: int, height: int) -> Sequence[Line]:
        """The record, and at the right what is at stake; shorter where there is little room."""
        title: Span = ("Progress  ", "strong")
        streak: Span = (f"{facts.current}-day streak", "accent" if facts.current else "muted")
        stake = stake_words(facts)
        short = f"{facts.still_due} still due or it ends" if stake else ""
        for left, right in (
            ((title, streak, (f"   {record_words(facts)}", "muted")), stake),
            ((title, streak, (f"  record {facts.best}", "muted")), stake),
            ((title, streak, (f"  record {facts.best}", "muted")), short),
        ):
            if length(left) + len(right) + 2 <= width:
                break
        return (Line(left, ((right, "bad"),)),)
