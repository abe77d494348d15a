"""The last twelve weeks, one sign a day."""

from collections.abc import Sequence

from textual.content import Content

from ...domain.promises.status import Status
from ...domain.today.snapshot import DaySnapshot
from ...text.format import WEEKDAYS
from ..buyers import with_buyer
from ..kit.lines import EMPTY, Line, Span, flow
from ..kit.panel import Panel

SIGNS: dict[Status, Span] = {
    Status.WON: ("■", "accent"),
    Status.PART: ("◧", "dim-accent"),
    Status.MISSED: ("□", "bad"),
    Status.REST: ("·", "muted"),
    Status.OFF: ("–", "muted"),
    Status.OPEN: ("▶", "muted"),
    Status.UNTRACKED: (" ", "text"),
    Status.AHEAD: (" ", "faint"),
}
_LEGEND = (Status.WON, Status.PART, Status.MISSED, Status.REST, Status.OFF, Status.OPEN)
_LABEL = 5


class WeeksStrip(Panel[DaySnapshot, None]):
    """A column a week, a line a weekday; while a call runs, what is known of the buyer."""

    BORDER_TITLE = "LAST 12 WEEKS"
    shows = ("strip", "day", "today", "settings", "running", "talk")

    def title(self, facts: DaySnapshot) -> str | Content:
        return with_buyer.title(facts) if facts.is_talking else self.BORDER_TITLE

    @property
    def _steps(self) -> tuple[int, int]:
        """From day to day, as far as there is room: cells to the right, and lines down."""
        width, height = self.size
        return max(2, min(6, (width - _LABEL) // 12)), max(1, min(3, (height - 2) // 6))

    def lines(self, facts: DaySnapshot, width: int, height: int) -> Sequence[Line]:
        """The weeks side by side, with the legend where there is room."""
        if facts.is_talking:
            return with_buyer.lines(facts, width, height)
        if not facts.strip:
            return ()
        step, down = self._steps
        first = facts.strip[0].day
        found = [EMPTY] * (6 * down + 1)
        for row in range(7):
            weekday = (first.weekday() + row) % 7
            spans: list[Span] = [(f"{WEEKDAYS[weekday][:3]:<{_LABEL}}", "muted")]
            for item in facts.strip[row::7]:
                sign, ink = SIGNS[item.status]
                spans.append((sign, "here" if item.day == facts.day else ink))
                spans.append((" " * (step - 1), "text"))
            found[row * down] = Line(tuple(spans))
        seen = {item.status for item in facts.strip}
        legend = [[SIGNS[item], (f" {item}", "muted")] for item in _LEGEND if item in seen]
        return [*found, *[EMPTY] * (height > len(found) + 1), *flow(legend, width, gap=1)]

    async def click(self, x: int, y: int) -> None:
        step, down = self._steps
        row, off = divmod(y, down)
        if self.facts is None or self.facts.is_talking or off or row >= 7 or x < _LABEL - 1:
            return
        place = (x - _LABEL + 1) // step * 7 + row
        if 0 <= place < len(self.facts.strip):
            away = self.facts.strip[place].day - self.facts.day
            await self.screen.run_action(f"day({away.days})")
