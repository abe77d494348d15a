"""The running call, in one line over the keys."""

from collections.abc import Sequence

from msgspec import Struct

from ..kit.lines import Line, Span, cut
from ..kit.panel import Panel


class CallFacts(Struct, frozen=True):
    """The running call."""

    name: str
    contact: str
    is_sales: bool
    seconds: int
    on_problem: bool = False


class CallLineFacts(Struct, frozen=True):
    """What the line shows."""

    call: CallFacts | None
    next_thing: str
    """What is to be done next, while no timer runs."""


class CallLine(Panel[CallLineFacts]):
    """Green while a timer runs; the next thing to do otherwise.

    It always has its line: coming and going, it would lay the whole screen out anew.
    """

    def lines(self, facts: CallLineFacts, width: int, height: int) -> Sequence[Line]:
        """How long, with whom, and what ends it."""
        call = facts.call
        if call is None:
            if not facts.next_thing:
                return ()
            return (Line((("  next  ", "faint"), (cut(facts.next_thing, width - 8), "muted"))),)
        hour, rest = divmod(call.seconds, 3600)
        clock = f"{rest // 60:02}:{rest % 60:02}"
        if hour:
            clock = f"{hour}:{clock}"
        text = f"on {call.name}" if call.on_problem else call.name
        if call.is_sales:
            text = f"talking to {call.contact or 'a buyer'}"
        right: list[Span] = []
        if call.is_sales and not call.contact and width >= 60:
            right += [("e", "strong"), (" who?   ", "text")]
        if call.is_sales:
            right += [("x", "strong"), (" no answer   ", "text")] if width >= 100 else []
        elif not call.on_problem and width >= 60:
            right += [("space", "strong"), (" on its row stops it   ", "text")]
        ends = " hang up" if call.is_sales else " stop" if call.on_problem else " call"
        right += [("c", "strong"), (ends, "text"), (" ", "text")]
        sign: list[Span] = [("  ● ", "good"), (f"{clock}  ", "strong")]
        room = width - sum(len(text) for text, _ in sign + right) - 1
        left = (*sign, (cut(text, room), "text"))
        return (Line(left, tuple(right), ground="needle-call"),)

    async def click(self, x: int, y: int) -> None:
        if self.facts is not None and self.facts.call is not None:
            await self.screen.run_action("call")
