"""The streaks: of everything, and of each activity. The chosen one is what the view shows."""

from collections.abc import Sequence

from msgspec import Struct

from ..kit.lines import Line, Span, fit
from ..kit.panel import Panel


class StreakLine(Struct, frozen=True):
    """One streak."""

    key: int | None
    """The activity; None: everything."""
    name: str
    current: int
    best: int
    kept: tuple[tuple[int, int], ...]
    """Met and due in each of the windows."""
    at_stake: bool = False
    """Whether it ends unless something is done today."""
    unit: str = "d"
    """What it counts: days or weeks."""


class StreaksFacts(Struct, frozen=True):
    """What the panel shows."""

    lines: tuple[StreakLine, ...]
    windows: tuple[int, ...]
    """Days."""


class Streaks(Panel[StreaksFacts], can_focus=True):
    """A line a streak."""

    BORDER_TITLE = "STREAKS"
    scrolls = True

    def items(self, facts: StreaksFacts) -> Sequence[StreakLine]:
        """The streaks."""
        return facts.lines

    def subtitle(self, facts: StreaksFacts) -> str:
        """What the columns are."""
        return f"now · best · kept in {', '.join(map(str, facts.windows))} days"

    @property
    def current(self) -> StreakLine | None:
        """The chosen streak."""
        found: StreakLine | None = super().current
        return found

    def watch_facts(self, before: StreaksFacts | None, facts: StreaksFacts | None) -> None:
        """Show other facts, the cursor on the same streak."""
        if before is not None and facts is not None and self.cursor < len(before.lines):
            keys = [line.key for line in facts.lines]
            chosen = before.lines[self.cursor].key
            self.cursor = keys.index(chosen) if chosen in keys else 0
        super().watch_facts(before, facts)

    def lines(self, facts: StreaksFacts, width: int, height: int) -> Sequence[Line]:
        """Name, current, best, kept."""
        columns = [
            max(len(_kept(met, due)) for met, due in column)
            for column in zip(*(item.kept for item in facts.lines), strict=True)
        ]
        now = max(len(_days(item.current, item)) for item in facts.lines)
        best = max(len(_days(item.best, item)) for item in facts.lines)
        sizes = [now + 1, best + 1, *columns]
        return [self._line(item, number, width, sizes) for number, item in enumerate(facts.lines)]

    def _line(self, item: StreakLine, number: int, width: int, sizes: Sequence[int]) -> Line:
        here = number == self.cursor
        now, best, *columns = sizes
        right: list[Span] = [
            ("!" if item.at_stake else " ", "bad"),
            (_days(item.current, item).rjust(now), "accent" if item.current else "faint"),
            (_days(item.best, item).rjust(best), "muted"),
        ]
        for (met, due), size in zip(item.kept, columns, strict=True):
            ink = "faint" if not due else "good" if met == due else "text"
            right.append((f"  {_kept(met, due):>{size}}", ink))
        room = max(0, width - 3 - sum(len(text) for text, _ in right))
        name = (fit(item.name, room), "strong" if here else "text")
        return Line((("▸ " if here else "  ", "accent"), name), tuple(right), number)


def _days(number: int, item: StreakLine) -> str:
    return f"{number} {item.unit}"


def _kept(met: int, due: int) -> str:
    return f"{met}/{due}" if due else "–"
