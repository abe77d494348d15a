"""The line on top of Delegate: how many problems there are, and what an hour is worth."""

from collections.abc import Sequence
from dataclasses import dataclass

from textual.reactive import reactive

from ...text.format import money
from .lines import Line, Span, length
from .panel import Panel


@dataclass(frozen=True, slots=True)
class DelegateHeadlineFacts:
    """What the headline shows."""

    parked: int
    worth_it: int
    """How many of the parked ones are worth handing over now."""
    delegated: int
    worth: int | None
    """Of an hour, in minor units; None: too little to say."""
    currency: str


class DelegateHeadline(Panel):
    """One line."""

    facts: reactive[DelegateHeadlineFacts | None] = reactive(None, repaint=False)

    def watch_facts(self) -> None:
        """Show other facts."""
        self.lay_out()

    def lines(self, width: int, height: int) -> Sequence[Line]:
        """What is parked and delegated at the left, the hour at the right."""
        facts = self.facts
        if facts is None:
            return ()
        left: list[Span] = [("Delegate", "strong"), (f"  {facts.parked} parked", "muted")]
        if facts.worth_it:
            left.append((f", {facts.worth_it} to delegate now", "accent"))
        left.append((f" · {facts.delegated} delegated", "muted"))
        right = "too little to say what your hour is worth"
        if facts.worth is not None:
            right = f"your hour: {money(facts.worth, facts.currency)}"
        fits = length(left) + len(right) + 2 <= width
        return (Line(tuple(left), ((right, "muted"),) if fits else ()),)
