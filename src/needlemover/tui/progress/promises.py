"""What was promised when and how it was kept; the days off; and the runs of a streak."""

from collections.abc import Sequence
from datetime import date

from msgspec import Struct

from ...domain.progress.summary import PromiseKept, StreakCard
from ...domain.promises.marks import Run
from ...domain.promises.status import DayOff
from ...text.format import days_from_to, in_lines, plain_day, quota, weekdays
from ...text.progress import kept_words
from ..kit.lines import Hint, Line, Span, cut, flow
from ..kit.panel import Panel

DayOffOf = tuple[DayOff, str]  # days off, with the activity that they are of; empty: of everything


class PromisesFacts(Struct, frozen=True):
    """What the panel shows."""

    promises: tuple[PromiseKept, ...]  # by activity and rising start
    days_off: tuple[DayOffOf, ...]  # latest first
    today: date


class Promises(Panel[PromisesFacts, PromiseKept | DayOffOf], can_focus=True):
    """The commitments over time, then the days off."""

    BORDER_TITLE = "PROMISES · DAYS OFF"
    scrolls = True

    def items(self, facts: PromisesFacts) -> Sequence[PromiseKept | DayOffOf]:
        return (*facts.promises, *facts.days_off)

    @property
    def day_off(self) -> DayOff | None:
        """Those under the cursor; None: it stands on a promise."""
        return self.current[0] if isinstance(self.current, tuple) else None

    def lines(self, facts: PromisesFacts, width: int, height: int) -> Sequence[Line]:
        if not self.item_count:
            adds = ("1 a", "adds a non-negotiable")
            return Hint("Nothing is promised yet.", width, adds)
        before, indent, found = None, "  " if width >= 40 else "", list[Line]()
        room = width - len(indent)
        for number, item in enumerate(facts.promises):
            if item.activity.id != before:
                before = item.activity.id
                found.append(Line(((cut(item.activity.name, width), "strong"),), (), number))
            asked = quota(item.terms, is_sales=item.activity.is_sales)
            kept = f"met {kept_words(item.due, item.met, is_weekly=item.terms.weekly)}"
            parts: list[list[Span]] = [
                *([(part, "text")] for part in in_lines(asked, max(12, room))),
                [("a week" if item.terms.weekly else weekdays(item.terms.weekdays), "text")],
                [(days_from_to(item.start, item.end), "muted")],
                [(kept if item.due else "none due yet", "muted")],
            ]
            for line in flow(parts, room):
                found.append(Line(((indent, "text"), *line.left), (), number))
        start = len(facts.promises)
        for number, (off, name) in enumerate(facts.days_off, start):
            if number == start:
                found.append(Line((("Days off", "strong"),), (), number))
            ink = "advance" if off.start > facts.today else "text"
            found.append(Line(((days_from_to(off.start, off.end), ink),), (), number))
            words = [off.reason, name and f"only {name}", "said afterwards" * off.said_afterwards]
            if said := " · ".join(word for word in words if word):
                found.append(Line((("  ", "text"), (cut(said, width - 2), "muted")), (), number))
        return found


class Runs(Panel[StreakCard, Run], can_focus=True):
    """The rows of days without a miss, newest first."""

    BORDER_TITLE = "RUNS"
    scrolls = True

    def items(self, facts: StreakCard) -> Sequence[Run]:
        return facts.streak.runs[::-1]

    def lines(self, facts: StreakCard, width: int, height: int) -> Sequence[Line]:
        if not facts.streak.runs:
            return Hint("No run yet: meet a day.", width)
        size = len(str(facts.streak.best))
        found = []
        for number, run in enumerate(self.items(facts)):
            is_now = number == 0 and facts.streak.current > 0
            ink = "good" if run.days == facts.streak.best else "accent" if is_now else "text"
            days: Span = (f"{run.days:>{size}} {facts.unit[0]}  ", ink)
            when = days_from_to(run.start, None if is_now else run.end)
            if len(when) > width - size - 4:
                when = f"from {plain_day(run.start)}"
            found.append(Line((days, (cut(when, width - size - 4), "muted")), (), number))
        return found
