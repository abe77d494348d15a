"""The question of the morning: is it worth handing over by now?"""

from collections.abc import Sequence

from textual import events
from textual.reactive import reactive

from ..kit.lines import Line, cut
from ..kit.panel import Panel


class AskLine(Panel):
    """One line, on the days on which something is asked; none on the others."""

    question: reactive[str] = reactive("", repaint=False)

    def watch_question(self) -> None:
        """Come and go with the question."""
        self.set_class(bool(self.question), "-asked")
        self.lay_out()

    def lines(self, width: int, height: int) -> Sequence[Line]:
        """The question, and the key that answers it."""
        if not self.question:
            return ()
        right = (("A", "accent"), (" answer", "muted"))
        return (Line((("  ? ", "advance"), (cut(self.question, width - 13), "text")), right),)

    async def on_click(self, event: events.Click) -> None:
        """A click answers it."""
        await self.screen.run_action("answer")
