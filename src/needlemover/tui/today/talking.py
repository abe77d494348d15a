"""Talking to buyers: the minutes and conversations of the day against what was promised."""

from collections.abc import Sequence

from ...domain.today.snapshot import SalesDay
from ...text.format import WEEKDAYS, hours, minutes, plural, round_minutes
from ...text.promises import pace_words
from ...text.today import buyers_week_words, dial_words
from ..kit.lines import EMPTY, Line, Span, bar, length
from ..kit.panel import Panel
from .facts import TodayFacts

_GLYPHS = {
    "0": ("┏━┓", "┃ ┃", "┗━┛"),
    "1": (" ╻ ", " ┃ ", " ╹ "),
    "2": ("╺━┓", "┏━┛", "┗━╸"),
    "3": ("╺━┓", "╺━┫", "╺━┛"),
    "4": ("╻ ╻", "┗━┫", "  ╹"),
    "5": ("┏━╸", "┗━┓", "╺━┛"),
    "6": ("┏━╸", "┣━┓", "┗━┛"),
    "7": ("╺━┓", "  ┃", "  ╹"),
    "8": ("┏━┓", "┣━┫", "┗━┛"),
    "9": ("┏━┓", "┗━┫", "╺━┛"),
}

COMPACT_HEIGHT = 4
"""Up to so many lines the panel shows a line for each quota."""


class Buyers(Panel[TodayFacts, None]):
    """The number that counts, large."""

    BORDER_TITLE = "TALKING TO BUYERS"

    def subtitle(self, facts: TodayFacts) -> str:
        """A small panel says some things on its border."""
        sales, is_small = facts.snapshot.sales, self.size.height <= COMPACT_HEIGHT
        return _counts(sales) if is_small and sales is not None else ""

    def lines(self, facts: TodayFacts, width: int, height: int) -> Sequence[Line]:
        """Large where there is room, a line for each quota where there is not."""
        sales = facts.snapshot.sales
        if sales is None:
            return (
                Line((("No sales activity yet.", "muted"),)),
                Line((("a", "accent"), (" adds one (with buyers: yes)", "muted"))),
            )
        if height <= COMPACT_HEIGHT:
            return _compact(facts, sales, width)
        return _large(facts, sales, width, height)


def _large(facts: TodayFacts, sales: SalesDay, width: int, height: int) -> Sequence[Line]:
    digits = _big(str(round_minutes(sales.seconds)))
    beside: list[tuple[Span, ...]] = [(), (), ()]
    if sales.quota_seconds is None:
        beside[1] = (("min with buyers", "muted"),)
    else:
        left = round_minutes(sales.quota_seconds) - round_minutes(sales.seconds)
        to_go = f" · {left} to go" if left > 0 else ""
        beside[1] = ((f"of {round_minutes(sales.quota_seconds)} min{to_go}", "muted"),)
        beside[2] = tuple(_pace(facts, sales))
    lines = [
        Line(((row, "strong"), ("   ", "text"), *text))
        for row, text in zip(digits, beside, strict=True)
    ]
    if sales.quota_seconds is not None:
        share = sales.seconds / sales.quota_seconds
        lines.append(Line(tuple(_bar(facts, width, share, marked=True))))
    conversations: list[Span] = [(str(sales.conversations), "strong")]
    if sales.quota_conversations is not None:
        conversations.append((f" of {sales.quota_conversations} conversations", "text"))
    else:
        conversations.append((" " + plural(sales.conversations, "conversation"), "text"))
    second = [Line(tuple(conversations))]
    if sales.quota_conversations is not None:
        share = sales.conversations / sales.quota_conversations
        second.append(Line(tuple(_bar(facts, width, share))))
    third = [Line(((dial_words(sales), "muted"),))]
    fourth = _before(facts, sales, width)
    blocks = [lines, second, third, fourth]
    used = sum(map(len, blocks))
    found: list[Line] = []
    # The blocks move apart as far as there is room: first before the last, then the others.
    gaps = min(3, max(0, height - used))
    for number, block in enumerate(blocks):
        if number and ((number == 3 and gaps >= 1) or (number == 1 and gaps >= 2) or gaps >= 3):
            found.append(EMPTY)
        found += block
    return found


def _big(number: str) -> tuple[str, str, str]:
    """The three lines of a number in large digits."""
    first, second, third = ("".join(_GLYPHS[digit][row] for digit in number) for row in range(3))
    return first, second, third


def _bar(facts: TodayFacts, width: int, share: float, *, marked: bool = False) -> list[Span]:
    ink = "good" if share >= 1 else "accent"
    return bar(width, share, facts.share if marked and share < 1 else None, ink)


def _pace(facts: TodayFacts, sales: SalesDay) -> list[Span]:
    assert sales.quota_seconds is not None
    left = sales.quota_seconds - sales.seconds
    if left <= 0:
        over = f", {minutes(-left)} more" if left <= -60 else ""
        return [(f"✓ done{over}", "good")]
    if facts.pace is None:
        return [(f"{minutes(left)} short", "muted")]
    ink = "bad" if facts.pace < 0 else "advance" if facts.pace else "muted"
    return [(pace_words(minutes(abs(facts.pace) * 60), facts.pace, least=1), ink)]


def _before(facts: TodayFacts, sales: SalesDay, width: int) -> list[Line]:
    yesterday = _yesterday(facts, sales)
    week: list[Span] = [("this week ", "muted"), (hours(sales.week.seconds), "strong")]
    if sales.week.quota_seconds:
        week += [(" of ", "muted"), (hours(sales.week.quota_seconds), "text")]
    if length(yesterday) + 3 + length(week) <= width:
        return [Line((*yesterday, ("   ", "text"), *week))]
    return [Line(tuple(yesterday)), Line(tuple(week))]


def _yesterday(facts: TodayFacts, sales: SalesDay) -> list[Span]:
    day = facts.snapshot.day
    word = "Yesterday" if facts.snapshot.is_today else WEEKDAYS[(day.weekday() - 1) % 7]
    return [(f"{word} ", "muted"), (minutes(sales.yesterday_seconds), "strong")]


def _counts(sales: SalesDay) -> str:
    return f"{dial_words(sales)} · week {buyers_week_words(sales.week)}"


def _compact(facts: TodayFacts, sales: SalesDay, width: int) -> Sequence[Line]:
    asked, talks = sales.quota_seconds, sales.quota_conversations
    of_minutes = f" of {round_minutes(asked)} min" if asked else " min"
    pace = _pace(facts, sales) if asked else [("no minutes asked", "muted")]
    rows: tuple[tuple[str, int, str, float | None, list[Span]], ...] = (
        ("Buyers ", round_minutes(sales.seconds), of_minutes,
         asked and sales.seconds / asked, pace),
        ("Talks  ", sales.conversations, f" of {talks}" if talks else "",
         talks and sales.conversations / talks, _yesterday(facts, sales)),
    )  # fmt: skip
    lefts = [
        [(word, "muted"), (f"{done:>3}", "strong"), (of, "text")] for word, done, of, *_ in rows
    ]
    start, side = max(map(length, lefts)) + 2, max(length(right) for *_, right in rows)
    found, size = [], max(0, width - start - side - 2)
    for place, (left, (*_, share, right)) in enumerate(zip(lefts, rows, strict=True)):
        middle = [] if share is None else _bar(facts, size, share, marked=not place)
        gap, rest = " " * (start - length(left)), " " * (size - length(middle) + 2)
        found.append(Line((*left, (gap, "text"), *middle, (rest, "text"), *right)))
    return found
