"""The line on top of Numbers: the window, and what it came to."""

from collections.abc import Sequence
from dataclasses import dataclass

from textual.reactive import reactive

from ...domain.funnel import Funnel
from ...text.format import days_from_to, money
from ...text.numbers import counted
from .lines import Line, Span, length
from .panel import Panel


@dataclass(frozen=True, slots=True)
class NumbersHeadlineFacts:
    """What the headline shows."""

    window: str
    """In words."""
    funnel: Funnel
    currency: str


class NumbersHeadline(Panel):
    """One line."""

    facts: reactive[NumbersHeadlineFacts | None] = reactive(None, repaint=False)

    def watch_facts(self) -> None:
        """Show other facts."""
        self.lay_out()

    def lines(self, width: int, height: int) -> Sequence[Line]:
        """The window at the left, dials and money at the right."""
        facts = self.facts
        if facts is None:
            return ()
        tally = facts.funnel.tally
        left: Sequence[Span] = (
            ("Numbers  ", "strong"),
            (facts.window, "accent"),
            (f"   {days_from_to(facts.funnel.since, facts.funnel.until)}", "muted"),
        )
        right = f"{counted(tally.dials, 'dial')} · {money(tally.money, facts.currency)}"
        fits = length(left) + len(right) + 2 <= width
        return (Line(tuple(left), ((right, "muted"),) if fits else ()),)
