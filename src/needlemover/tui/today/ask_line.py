"""The line over the keys: what is asked today about what was parked."""

from collections.abc import Sequence

from ...domain.today.snapshot import DaySnapshot
from ..kit.lines import Line, cut
from ..kit.panel import Panel


class AskLine(Panel[DaySnapshot, None]):
    """One line, on the days on which something is asked; none on the others."""

    shows = ("asks",)

    def watch_facts(self, before: DaySnapshot | None, facts: DaySnapshot | None) -> None:
        self.set_class(bool(facts and facts.asks), "-asked")
        super().watch_facts(before, facts)

    def lines(self, facts: DaySnapshot, width: int, height: int) -> Sequence[Line]:
        if not facts.asks:
            return ()
        # Imported when it is asked: the first picture seldom needs it.
        from ...text.delegation.ledger import asked_today_words

        question = cut(asked_today_words(facts.asks), width - 13)
        right = (("A", "accent"), (" answer", "muted"))
        return (Line((("  ? ", "advance"), (question, "text")), right),)

    async def click(self, x: int, y: int) -> None:
        await self.screen.run_action("answer")
