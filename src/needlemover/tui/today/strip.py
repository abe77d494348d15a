"""The last weeks, one sign a day."""

from collections.abc import Sequence

from textual.content import Content

from ...domain.day import ONE_DAY
from ...domain.promises.status import Status, StripDay
from ...domain.today.history import STRIP_WEEKS, YEAR_WEEKS
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


def cells_of(weeks: int, room: int) -> int:
    """From week to week, so that all have room: at most six."""
    return min(6, max(1, (room + 1) // max(1, weeks)))


def untracked(days: Sequence[Status]) -> int:
    """The whole weeks before the first one that is tracked; all but the last where none is."""
    tracked = (place for place, status in enumerate(days) if status is not Status.UNTRACKED)
    return next(tracked, len(days) - 1) // 7


class WeeksStrip(Panel[DaySnapshot, None]):
    """A column a week from the first tracked one on, a line a weekday.

    While a call runs, what is known of the buyer.
    """

    BORDER_TITLE = f"LAST {STRIP_WEEKS} WEEKS"
    shows = ("strip", "day", "today", "settings", "running", "talk")
    _year: Sequence[StripDay] = ()  # up to yesterday, once it is known

    def title(self, facts: DaySnapshot) -> str | Content:
        if facts.is_talking:
            return with_buyer.title(facts)
        weeks = _weeks(self._days(facts))
        return f"LAST {weeks} WEEKS" if weeks > 1 else "THIS WEEK"

    @property
    def _most(self) -> int:
        """The weeks it has room for: more than twelve where each has two cells."""
        room = self.size.width - _LABEL
        return next((weeks for weeks in (YEAR_WEEKS, 26) if weeks * 2 <= room + 1), STRIP_WEEKS)

    @property
    def has_more(self) -> bool:
        """Whether it has room for weeks before those of the day, and some were tracked."""
        facts, has_room = self.facts, self._most > STRIP_WEEKS
        return has_room and facts is not None and facts.strip[0].status is not Status.UNTRACKED

    def look_back(self, year: Sequence[StripDay]) -> None:
        """Show a year, as far as there is room."""
        if self._year != year:
            self._year = year
            self.lay_out()

    def _days(self, facts: DaySnapshot) -> Sequence[StripDay]:
        """Of the weeks that are shown; those before that are not known yet are blank."""
        first, most = facts.strip[0].day, self._most
        older = [item for item in self._year if item.day < first]
        if not older and self.has_more:
            ahead = range((most - STRIP_WEEKS) * 7, 0, -1)
            older = [StripDay(first - days * ONE_DAY, Status.AHEAD) for days in ahead]
        days = [*older, *facts.strip]
        return days[max(untracked([item.status for item in days]), _weeks(days) - most) * 7 :]

    def _steps(self, weeks: int) -> tuple[int, int]:
        """From day to day, as far as there is room: cells to the right, and lines down."""
        width, height = self.size
        return cells_of(weeks, width - _LABEL), max(1, min(3, (height - 2) // 6))

    def lines(self, facts: DaySnapshot, width: int, height: int) -> Sequence[Line]:
        """The weeks side by side, with the legend where there is room."""
        if facts.is_talking:
            return with_buyer.lines(facts, width, height)
        days = self._days(facts)
        step, down = self._steps(_weeks(days))
        found = [EMPTY] * (6 * down + 1)
        for row in range(7):
            weekday = (days[0].day.weekday() + row) % 7
            spans: list[Span] = [(f"{WEEKDAYS[weekday][:3]:<{_LABEL}}", "muted")]
            for column, item in enumerate(days[row::7]):
                sign, ink = SIGNS[item.status]
                spans.append((" " * (step - 1) * bool(column), "text"))
                spans.append((sign, "here" if item.day == facts.day else ink))
            found[row * down] = Line(tuple(spans))
        seen = {item.status for item in days}
        legend = [[SIGNS[item], (f" {item}", "muted")] for item in _LEGEND if item in seen]
        return [*found, *[EMPTY] * (height > len(found) + 1), *flow(legend, width, gap=1)]

    async def click(self, x: int, y: int) -> None:
        if self.facts is None or self.facts.is_talking:
            return
        days = self._days(self.facts)
        step, down = self._steps(_weeks(days))
        row, off = divmod(y, down)
        place = (x - _LABEL + 1) // step * 7 + row
        if not off and row < 7 and x >= _LABEL - 1 and place < len(days):
            await self.screen.run_action(f"day({(days[place].day - self.facts.day).days})")


def _weeks(days: Sequence[StripDay]) -> int:
    return (len(days) + 6) // 7
