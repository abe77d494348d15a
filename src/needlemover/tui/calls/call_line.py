"""The running call, in one line over the keys."""

from collections.abc import Sequence

from msgspec import Struct
from textual import events
from textual.reactive import reactive

from ..kit.lines import Line, Span, cut
from ..kit.panel import Panel


class CallFacts(Struct, frozen=True):
    """What the line shows."""

    name: str
    contact: str
    is_sales: bool
    seconds: int
    on_problem: bool = False
    gap: bool = False
    """Whether it was found after a gap that nobody has explained yet."""


class CallLine(Panel):
    """Green while a timer runs; the next thing to do otherwise.

    It always has its line: coming and going, it would lay the whole screen out anew.
    """

    facts: reactive[CallFacts | None] = reactive(None, repaint=False)
    next_thing: reactive[str] = reactive("", repaint=False)
    """What is to be done next, while no timer runs."""

    def watch_facts(self, before: CallFacts | None, facts: CallFacts | None) -> None:
        """Turn green when a timer starts."""
        if (before is None) != (facts is None):
            self.set_class(facts is not None, "-running")
        self.lay_out()

    def watch_next_thing(self) -> None:
        """Say another thing."""
        self.lay_out()

    def lines(self, width: int, height: int) -> Sequence[Line]:
        """How long, with whom, and what ends it."""
        facts = self.facts
        if facts is None:
            if not self.next_thing:
                return ()
            return (Line((("  next  ", "faint"), (cut(self.next_thing, width - 8), "muted"))),)
        hour, rest = divmod(facts.seconds, 3600)
        clock = f"{rest // 60:02}:{rest % 60:02}"
        if hour:
            clock = f"{hour}:{clock}"
        text = f"on {facts.name}" if facts.on_problem else facts.name
        if facts.is_sales:
            text = f"talking to {facts.contact or 'a buyer'}"
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
        if self.facts is not None:
            await self.screen.run_action("call")
