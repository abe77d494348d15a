"""The streaks and their runs, which weekdays are kept, what was promised when, and the days off."""

from collections.abc import Sequence
from datetime import date

from msgspec import Struct

from ...domain.progress import summary
from ...domain.progress.summary import DaysKept, PromiseKept, StreakCard, WeekdayKept
from ...domain.promises.marks import Run
from ...domain.promises.status import DayOff
from ...text.format import WEEKDAYS, days_from_to, in_lines, plain_day, quota, shown, weekdays
from ...text.progress import kept_words, record_words, stake_words
from ..kit.lines import EMPTY, LEAST_NAME, Hint, Line, Span, bar, cut, flow
from ..kit.panel import Panel

_Cards = tuple[StreakCard, ...]


class Streaks(Panel[_Cards, StreakCard], can_focus=True):
    """A line a streak."""

    BORDER_TITLE = "STREAKS"
    scrolls = True

    def items(self, facts: _Cards) -> Sequence[StreakCard]:
        return facts

    def subtitle(self, facts: _Cards) -> str:
        kept_in = summary.KEPT_WINDOWS
        windows = kept_in[len(kept_in) + 2 - len(_sizes(facts, self.size.width)) :]
        unit = "days" if self.size.width > 36 else "d"
        return f"now · best · kept in {', '.join(map(str, windows))} {unit}"

    def watch_facts(self, before: _Cards | None, facts: _Cards | None) -> None:
        """Show other facts, the cursor on the same streak."""
        if before is not None and facts is not None and self.cursor < len(before):
            keys = [key_of(card) for card in facts]
            chosen = key_of(before[self.cursor])
            self.cursor = keys.index(chosen) if chosen in keys else 0
        super().watch_facts(before, facts)

    def lines(self, facts: _Cards, width: int, height: int) -> Sequence[Line]:
        sizes = _sizes(facts, width)
        return [self._line(item, number, width, sizes) for number, item in enumerate(facts)]

    def _line(self, item: StreakCard, number: int, width: int, sizes: Sequence[int]) -> Line:
        now, best, *columns = sizes
        current = item.streak.current
        right: list[Span] = [
            (" !" if item.still_due else "  ", "bad"),
            (_days(current, item).rjust(now), "accent" if current else "muted"),
            (_days(item.streak.best, item).rjust(best), "muted"),
        ]
        kept_in = item.kept[len(item.kept) - len(columns) :]
        for kept, size in zip(kept_in, columns, strict=True):
            ink = "muted" if not kept.due else "good" if kept.met == kept.due else "text"
            right.append((f"  {_kept(kept):>{size}}", ink))
        name = shown(item.activity.name) if item.activity else "Everything"
        sign, ink = ("▶ ", "strong") if number == self.cursor else ("  ", "text")
        return Line(((sign, "accent"), (name, ink)), tuple(right), number)


def _sizes(facts: _Cards, width: int) -> list[int]:
    """The cells of both streaks and of each window; short windows go before a name does."""
    now = max(len(_days(item.streak.current, item)) for item in facts) + 1
    best = max(len(_days(item.streak.best, item)) for item in facts) + 1
    kept = zip(*(item.kept for item in facts), strict=True)
    columns = [max(len(_kept(each)) for each in column) for column in kept]
    while columns and width - 4 - now - best - sum(columns) - 2 * len(columns) < LEAST_NAME:
        columns.pop(0)
    return [now, best, *columns]


def headline(card: StreakCard) -> Sequence[Line]:
    """How the overall streak stands, and at the right what would end it; longest words first."""
    title: Span = ("Progress  ", "strong")
    current = card.streak.current
    streak: Span = (f"{current}-day streak", "accent" if current else "muted")
    long: Span = (f"   {record_words(card)}", "muted")
    short: Span = (f"  record {card.streak.best}", "muted")
    stake = stake_words(card)
    due = f"{card.still_due} still due" if stake else ""
    in_short, none = f"{due} or it ends" if stake else "", ("", "muted")
    words = ((long, stake), (short, stake), (short, in_short), (none, due))
    return [Line((title, streak, record), ((ends, "bad"),)) for record, ends in words]


def _days(number: int, item: StreakCard) -> str:
    return f"{number} {item.unit[0]}"


def _kept(kept: DaysKept | WeekdayKept) -> str:
    return f"{kept.met}/{kept.due}" if kept.due else "–"


def key_of(card: StreakCard) -> int | None:
    """The activity whose streak it is; None: everything."""
    return card.activity.id if card.activity else None


class Weekdays(Panel[Sequence[WeekdayKept], None], can_focus=True):
    """A line a weekday."""

    BORDER_TITLE, BORDER_SUBTITLE = "WEEKDAYS", "last 52 weeks"

    def lines(self, facts: Sequence[WeekdayKept], width: int, height: int) -> Sequence[Line]:
        """Met of due with a bar, and below which is kept best and which slips."""
        size = max(len(_kept(item)) for item in facts)
        best, worst = summary.best_and_worst(facts) or (None, None)
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


def _line(item: WeekdayKept, ink: str, width: int, size: int) -> Line:
    name: Span = (f"{WEEKDAYS[item.weekday][:3]:<5}", "text" if item.due else "muted")
    room = min(40, width - 5 - size - 1)
    strip = bar(room, item.met / item.due, None, ink) if item.due else [(" " * room, "faint")]
    counts: Span = (f" {_kept(item):>{size}}", "text" if item.due else "muted")
    return Line((name, *strip, counts))


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
            return Hint("Nothing is promised yet.", width, ("1 a", "adds a non-negotiable"))
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
