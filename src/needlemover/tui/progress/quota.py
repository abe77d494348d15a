"""What was done by day or by week, against the quota that was in force then."""

from collections.abc import Sequence

from msgspec import Struct

from ...domain.progress.quota_history import QuotaBar
from ...text.format import counted, in_lines, minutes, round_minutes, short_day
from ..kit.lines import HEIGHTS, Hint, Line, Span, flow, merged
from ..kit.panel import Panel

_AXIS = 8
_QUADRANTS = (" ▗▐", "▖▄▟", "▌▙█")  # by the halves that the left bar fills, and the right one
_RULE = "─"


class QuotaFacts(Struct, frozen=True):
    """What the picture and the list show."""

    bars: tuple[QuotaBar, ...]
    by_week: bool
    by_count: bool
    title: str
    words: tuple[str, ...] = ()  # what it comes to: average, share of due days met, this week

    def done(self, bar: QuotaBar) -> int:
        """What was done, in seconds or a count."""
        return bar.count if self.by_count else bar.seconds

    def asked(self, bar: QuotaBar) -> int:
        """What the commitment in force then asked, in the same; 0: nothing."""
        return (bar.quota_count if self.by_count else bar.quota_seconds) or 0

    def short(self, value: int) -> str:
        return f"{value:,}" if self.by_count else minutes(value)


class QuotaPicture(Panel[QuotaFacts, None], can_focus=True):
    """A bar a period, with the quota as a rule across that moves where the promise changed.

    A bar reaches the rule exactly where the quota was filled.
    """

    BORDER_TITLE = "QUOTA"

    def title(self, facts: QuotaFacts) -> str:
        return f"QUOTA · {facts.title}"

    def lines(self, facts: QuotaFacts, width: int, height: int) -> Sequence[Line]:
        asked = next(filter(None, map(facts.asked, reversed(facts.bars))), 0)
        line = (f"{_RULE} quota {facts.short(asked)}",) if asked else ()
        told = [part for said in (*line, *facts.words) for part in in_lines(said, width)]
        words = flow([[(part, "muted")] for part in told], width)
        most = max((max(facts.done(bar), facts.asked(bar)) for bar in facts.bars), default=0)
        if not most:
            thing = "conversations or times" if facts.by_count else "minutes"
            said = f"No {thing} in this time, and none asked: a bar a day comes here."
            return Hint(said, width, ("1 a", "promises some"), ("1 c", "starts a call"))
        return [*_Picture(facts, most, width, max(2, height - 1 - len(words))).lines(), *words]


class _Picture:
    """The bars in so many cells."""

    def __init__(self, facts: QuotaFacts, most: int, width: int, rows: int) -> None:
        self._facts, self._most, self._rows = facts, most, rows
        bars = facts.bars
        self._axis = _AXIS if _AXIS + (len(bars) + 1) // 2 <= width else 0
        room = width - self._axis
        self._step = min(9, room // len(bars))  # cells a bar; 0: two bars in one
        fitting = room * 2 if self._step == 0 else len(bars)
        self._bars = bars[-fitting:]

    def lines(self) -> list[Line]:
        """From the top, and the first and the last day below."""
        found = [self._row(row) for row in reversed(range(self._rows))]
        first, last = (f"{short_day(bar.start)}" for bar in (self._bars[0], self._bars[-1]))
        size = self._step * len(self._bars) or (len(self._bars) + 1) // 2
        gap = max(1, size - len(first) - len(last))
        below = f"{' ' * self._axis}{first}{' ' * gap}{last}" if size > len(first) else first
        return [*found, Line(((below, "muted"),))]

    def _row(self, row: int) -> Line:
        labels = {0: "0", self._rows - 1: self._facts.short(self._most)}
        label = f"{labels.get(row, ''):>{_AXIS - 1}} "
        spans: list[Span] = [(label, "muted")] if self._axis else []
        if self._step:
            size = max(1, self._step - 1)
            gap = self._step - size
            for bar in self._bars:
                full, asked = self._eighths(bar, row), self._facts.asked(bar)
                if asked and self._rule(asked) == row:
                    spans += [(_RULE * size, "here" if full else "muted"), (_RULE * gap, "muted")]
                else:
                    spans.append((HEIGHTS[full] * size + " " * gap, self._ink(bar)))
        else:
            spans += self._halves(row)
        return Line(tuple(spans))

    def _eighths(self, bar: QuotaBar, row: int, parts: int = 8) -> int:
        """How full a bar fills its cell in a row, never past a quota that was not filled."""
        done, asked = self._facts.done(bar), self._facts.asked(bar)
        level = done * self._rows * parts / self._most
        if asked:
            rule = self._rule(asked)
            level = max(level, (rule + 1) * parts) if done >= asked else min(level, rule * parts)
        filled = round(level) - row * parts
        if row == 0 and done and not filled:
            filled = 1
        return min(parts, max(0, filled))

    def _rule(self, asked: int) -> int:
        return min(self._rows - 1, max(0, -(-asked * self._rows // self._most) - 1))

    def _ink(self, bar: QuotaBar) -> str:
        return "accent" if self._facts.done(bar) >= self._facts.asked(bar) else "dim-accent"

    def _halves(self, row: int) -> list[Span]:
        """Two bars a cell, each half as fine."""
        spans: list[Span] = []
        for place in range(0, len(self._bars), 2):
            pair = self._bars[place : place + 2]
            full = [self._eighths(bar, row, parts=2) for bar in pair]
            asked = [self._facts.asked(bar) for bar in pair]
            if any(quota and self._rule(quota) == row for quota in asked) and not (
                any(full) and not all(full)
            ):
                spans.append((_RULE, "here" if any(full) else "muted"))
            else:
                sign = _QUADRANTS[full[0]][full[1] if len(full) > 1 else 0]
                met = any(self._ink(bar) == "accent" for bar in pair)
                spans.append((sign, "accent" if met else "dim-accent"))
        return merged(spans)


class QuotaList(Panel[QuotaFacts, QuotaBar], can_focus=True):
    """The same numbers, newest first."""

    BORDER_TITLE = "QUOTA, IN NUMBERS"
    scrolls = True

    def items(self, facts: QuotaFacts) -> Sequence[QuotaBar]:
        return facts.bars

    def title(self, facts: QuotaFacts) -> str:
        period, time = ("WEEKS", "TIME") if facts.by_week else ("DAYS", "MINUTES")
        return f"{period} · {'COUNT' if facts.by_count else time}"

    def lines(self, facts: QuotaFacts, width: int, height: int) -> Sequence[Line]:
        return [
            _list_line(facts, bar, number, width) for number, bar in enumerate(reversed(facts.bars))
        ]


def _list_line(facts: QuotaFacts, bar: QuotaBar, number: int, width: int) -> Line:
    day = short_day(bar.start)
    if facts.by_week:
        day = f"{day} {bar.start.year}" if width >= 40 else day.partition(" ")[2]
    parts = [bar.seconds, bar.quota_seconds] if bar.quota_seconds else [bar.seconds]
    is_wide, in_minutes = width >= 40, width < 40 and not facts.by_week
    lengths = (str(round_minutes(part)) if in_minutes else minutes(part) for part in parts)
    time = (" of " if is_wide else "/").join(lengths)
    count = f"{bar.count:,}/{bar.quota_count:,}" if bar.quota_count else f"{bar.count:,}"
    ink = "text" if facts.done(bar) or facts.asked(bar) else "muted"
    if is_wide:
        kept = "✓ met" if bar.met else "not met"
        if facts.by_week:
            kept = f"{bar.met} of {counted(bar.due, 'day')} met"
        left = f"{day:<16}{time:<18}{count:<8}"
        return Line(((left, ink), (kept if bar.due else "", "muted")), (), number)
    filled = 0 < facts.asked(bar) <= facts.done(bar)
    right: tuple[Span, ...] = ((count if facts.by_count else time, ink),)
    return Line(((day, "muted"),), (*right, (" ✓" if filled else "  ", "good")), number)
