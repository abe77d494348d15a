"""The running call, in one line over the keys."""

from collections.abc import Sequence
from dataclasses import dataclass

from textual import events
from textual.reactive import reactive

from .lines import Line, Panel, Span, cut


@dataclass(frozen=True, slots=True)
class CallFacts:
    """What the line shows."""

    name: str
    contact: str
    is_sales: bool
    seconds: int
    gap: bool = False
    """Whether it was found after a gap that nobody has explained yet."""


class CallLine(Panel):
    """Green while a timer runs, not there otherwise."""

    facts: reactive[CallFacts | None] = reactive(None)

    def _facts_key(self) -> object:
        return self.facts

    def watch_facts(self, facts: CallFacts | None) -> None:
        """Come and go with the timer."""
        self.display = facts is not None

    def lines(self, width: int, height: int) -> Sequence[Line]:
        """How long, with whom, and what ends it."""
        facts = self.facts
        if facts is None:
            return ()
        hour, rest = divmod(facts.seconds, 3600)
        clock = f"{rest // 60:02}:{rest % 60:02}"
        if hour:
            clock = f"{hour}:{clock}"
        text = f"talking to {facts.contact or 'a buyer'}" if facts.is_sales else facts.name
        right: list[Span] = []
        if facts.is_sales and not facts.contact and width >= 60:
            right += [("e", "strong"), (" who?   ", "text")]
        if facts.is_sales:
            right += [("x", "strong"), (" no answer   ", "text")] if width >= 100 else []
        right += [
            ("c", "strong"),
            (" hang up" if facts.is_sales else " stop", "text"),
            (" ", "text"),
        ]
        sign: list[Span] = [("  ● ", "good"), (f"{clock}  ", "strong")]
        room = width - sum(len(text) for text, _ in sign + right) - 1
        return (Line((*sign, (cut(text, room), "text")), tuple(right)),)

    async def on_click(self, event: events.Click) -> None:
        """A click hangs up."""
        await self.screen.run_action("call")
