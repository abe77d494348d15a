"""The question of the morning: is it worth handing over by now?"""

from collections.abc import Sequence

from ..kit.lines import Line, cut
from ..kit.panel import Panel


class AskLine(Panel[str]):
    """One line, on the days on which something is asked; none on the others."""

    def watch_facts(self, before: str | None, facts: str | None) -> None:
        self.set_class(bool(facts), "-asked")
        super().watch_facts(before, facts)

    def lines(self, facts: str, width: int, height: int) -> Sequence[Line]:
        """The question, and the key that answers it."""
        if not facts:
            return ()
        right = (("A", "accent"), (" answer", "muted"))
        return (Line((("  ? ", "advance"), (cut(facts, width - 13), "text")), right),)

    async def click(self, x: int, y: int) -> None:
        await self.screen.run_action("answer")
