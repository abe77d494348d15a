"""Which weekdays are kept, and which slip."""

from collections.abc import Sequence

from ...domain.progress.summary import WeekdayKept, best_and_worst
from ...text.format import WEEKDAYS
from ..kit.lines import EMPTY, Line, Span, bar, flow
from ..kit.panel import Panel

WEEKS = 52
"""Up to today."""


class Weekdays(Panel[Sequence[WeekdayKept], None], can_focus=True):
    """A line a weekday."""

    BORDER_TITLE = "WEEKDAYS"

    def subtitle(self, facts: Sequence[WeekdayKept]) -> str:
        return f"last {WEEKS} weeks"

    def lines(self, facts: Sequence[WeekdayKept], width: int, height: int) -> Sequence[Line]:
        """Met of due with a bar, and below which is kept best and which slips."""
        size = max(len(_counts(item)) for item in facts)
        best, worst = best_and_worst(facts) or (None, None)
        inks = {item: ink for item, ink in ((best, "good"), (worst, "bad")) if item}
        found = [_line(item, inks.get(item, "accent"), width, size) for item in facts]
        if best is None or worst is None:
            return found
        parts = [
            [("best ", "muted"), (WEEKDAYS[best.weekday][:3], "good")],
            [("slips most ", "muted"), (WEEKDAYS[worst.weekday][:3], "bad")],
        ]
        words = flow(parts, width, gap=2)
        if height > len(found) + len(words):
            found.append(EMPTY)
        return [*found, *words]


def _counts(item: WeekdayKept) -> str:
    return f"{item.met}/{item.due}" if item.due else "–"


def _line(item: WeekdayKept, ink: str, width: int, size: int) -> Line:
    name: Span = (f"{WEEKDAYS[item.weekday][:3]:<5}", "text" if item.due else "faint")
    room = min(40, width - 5 - size - 1)
    strip = bar(room, item.met / item.due, None, ink) if item.due else [(" " * room, "faint")]
    counts: Span = (f" {_counts(item):>{size}}", "text" if item.due else "faint")
    return Line((name, *strip, counts))
