"""Which weekdays are kept, and which slip."""

from collections.abc import Sequence

from msgspec import Struct

from ...domain.progress.summary import WeekdayKept
from ...text.format import WEEKDAYS
from ..kit.lines import EMPTY, Line, Span, bar, flow
from ..kit.panel import Panel


class WeekdaysFacts(Struct, frozen=True):
    """What the panel shows."""

    days: tuple[WeekdayKept, ...]
    """In the order of the week."""
    best: WeekdayKept | None
    worst: WeekdayKept | None
    weeks: int
    """Over how many weeks."""


class Weekdays(Panel[WeekdaysFacts], can_focus=True):
    """A line a weekday."""

    BORDER_TITLE = "WEEKDAYS"

    def subtitle(self, facts: WeekdaysFacts) -> str:
        """Over how long."""
        return f"last {facts.weeks} weeks"

    def lines(self, facts: WeekdaysFacts, width: int, height: int) -> Sequence[Line]:
        """Met of due with a bar, and below which is kept best and which slips."""
        size = max(len(_counts(item)) for item in facts.days)
        found = [_line(facts, item, width, size) for item in facts.days]
        if facts.best is None or facts.worst is None:
            return found
        parts = [
            [("best ", "muted"), (WEEKDAYS[facts.best.weekday][:3], "good")],
            [("slips most ", "muted"), (WEEKDAYS[facts.worst.weekday][:3], "bad")],
        ]
        words = flow(parts, width, gap=2)
        if height > len(found) + len(words):
            found.append(EMPTY)
        return [*found, *words]


def _counts(item: WeekdayKept) -> str:
    return f"{item.met}/{item.due}" if item.due else "–"


def _line(facts: WeekdaysFacts, item: WeekdayKept, width: int, size: int) -> Line:
    name: Span = (f"{WEEKDAYS[item.weekday][:3]:<5}", "text" if item.due else "faint")
    ink = "bad" if item == facts.worst else "good" if item == facts.best else "accent"
    room = min(40, width - 5 - size - 1)
    strip = bar(room, item.met / item.due, None, ink) if item.due else [(" " * room, "faint")]
    counts: Span = (f" {_counts(item):>{size}}", "text" if item.due else "faint")
    return Line((name, *strip, counts))
