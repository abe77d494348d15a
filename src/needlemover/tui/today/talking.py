"""Talking to buyers: the minutes and conversations of the day against what was promised."""

import re
from collections.abc import Sequence

from ...domain.calls.entry import NOT_REACHED
from ...domain.day import ONE_DAY
from ...domain.today.snapshot import SalesDay
from ...text.format import WEEKDAYS, counted, local_time, minutes, plural, round_minutes
from ...text.promises import buyers_week_words, dial_words, pace_words
from ...text.today import goal_forms
from ..kit.lines import EMPTY, Hint, Line, Span, bar, flow, length
from ..kit.panel import Panel
from .facts import TodayFacts

_DIGITS = (
    "┏━┓ ╻ ╺━┓╺━┓╻ ╻┏━╸┏━╸╺━┓┏━┓┏━┓",
    "┃ ┃ ┃ ┏━┛╺━┫┗━┫┗━┓┣━┓  ┃┣━┫┗━┫",
    "┗━┛ ╹ ┗━╸╺━┛  ╹╺━┛┗━┛  ╹┗━┛╺━┛",
)  # from 0 to 9, three cells each

_UPRIGHT = str.maketrans(dict.fromkeys("┗┛┣┫╹", "┃") | dict.fromkeys("━┏┓╺╸╻", " "))
"""What stands over each part of a digit that is stretched."""

_STRETCHED = 16  # lines from which on digits are five rows high
_BY_HOUR = 20  # lines from which on the calls by the hour stand below

COMPACT_HEIGHT = 4  # up to so many lines the panel shows a line for each quota


class Talking(Panel[TodayFacts, None]):
    """The number that counts, large."""

    BORDER_TITLE = "TALKING TO BUYERS"
    shows = (
        "snapshot.sales", "snapshot.goal", "snapshot.day", "snapshot.today", "snapshot.settings",
        "snapshot.strip", "share", "pace",
    )  # fmt: skip

    def shown_of(self, facts: TodayFacts) -> object:
        is_tall = self.size.height >= _BY_HOUR
        return super().shown_of(facts), facts.snapshot.entries if is_tall else None

    def title(self, facts: TodayFacts) -> str:
        """A small panel says the goal there."""
        goal = _goal(facts, self.size.width - 24) if self.size.height <= COMPACT_HEIGHT else ""
        return f"{self.BORDER_TITLE} · {goal}" if goal else self.BORDER_TITLE

    def subtitle(self, facts: TodayFacts) -> str:
        """A small panel says some things on its border."""
        sales, is_small = facts.snapshot.sales, self.size.height <= COMPACT_HEIGHT
        if sales is None or not is_small:
            return ""
        words = f"{dial_words(sales)} · week {buyers_week_words(sales)}"
        return words if len(words) < self.size.width else dial_words(sales)

    def lines(self, facts: TodayFacts, width: int, height: int) -> Sequence[Line]:
        """Large where there is room, a line for each quota where there is not."""
        sales = facts.snapshot.sales
        if sales is None:
            return Hint("No sales activity yet.", width, ("a", "adds one (with buyers: yes)"))
        if height <= COMPACT_HEIGHT:
            return _compact(facts, sales, width)
        return _large(facts, sales, width, height)


def _large(facts: TodayFacts, sales: SalesDay, width: int, height: int) -> Sequence[Line]:
    asked, talks = sales.quota_seconds, sales.quota_conversations
    beside: tuple[tuple[Span, ...], ...] = ((), (("min with buyers", "muted"),), ())
    if asked is not None:
        left = round_minutes(asked) - round_minutes(sales.seconds)
        to_go = f" · {left} to go" if left > 0 else ""
        of_asked = f"of {round_minutes(asked)} min{to_go}"
        beside = ((), ((of_asked, "muted"),), tuple(_pace(facts, sales)))
    done = str(round_minutes(sales.seconds))
    places = [slice(3 * int(digit), 3 * int(digit) + 3) for digit in done]
    glyphs: list[Sequence[str]] = [[row[place] for row in _DIGITS] for place in places]
    if is_tall := height >= _STRETCHED:
        glyphs, beside = [*map(_stretched, glyphs)], ((), *beside, ())
    rows = map((" " * is_tall).join, zip(*glyphs, strict=True))
    first = [
        Line(((row, "strong"), ("   ", "text"), *text))
        for row, text in zip(rows, beside, strict=True)
    ]
    number = sales.conversations
    second = [Line(((str(number), "strong"), (_of_talks(sales), "text")))]
    if asked is not None:
        first.append(Line(tuple(_bar(facts, width, sales.seconds / asked, marked=True))))
    if talks is not None:
        second.append(Line(tuple(_bar(facts, width, number / talks))))
    third = [Line(((dial_words(sales), "muted"),))]
    week: list[Span] = [("this week ", "muted"), (minutes(sales.week_seconds), "strong")]
    if sales.week_quota_seconds:
        week += [(" of ", "muted"), (minutes(sales.week_quota_seconds), "text")]
    blocks = [first, second, third, flow((_yesterday(facts, sales), week), width)]
    below = _by_hour(facts, width, height - _STRETCHED) if height >= _BY_HOUR else []
    height -= len(below)
    has_two = height - sum(map(len, blocks)) > 1
    if goal := _goal(facts, width + has_two * width):
        parts = [goal] if len(goal) <= width else goal.split(" · ")
        third += [Line(((part, "text"),)) for part in parts]
    # The blocks move apart as far as there is room: first before the last, then the others.
    room = max(0, height - sum(map(len, blocks)))
    gaps = (0, (room + 1) // 3, room // 3, (room + 2) // 3)
    found: list[Line] = []
    for gap, block in zip(gaps, blocks, strict=True):
        found += [EMPTY] * min(2, gap) + block
    return found + below


def _stretched(glyph: Sequence[str]) -> Sequence[str]:
    """A digit with five rows and as many columns."""
    top, middle, end = (
        row[0] + (row[1] * 3 if row[1] in "━ " else f" {row[1]} ") + row[2] for row in glyph
    )
    return top, middle.translate(_UPRIGHT), middle, end.translate(_UPRIGHT), end


def _by_hour(facts: TodayFacts, width: int, most: int) -> list[Line]:
    """A bar for each hour with calls, the last ones where they are many; nothing without any."""
    hours: dict[str, list[bool]] = {}
    for entry in facts.snapshot.entries:
        if entry.is_dial and entry.started_at is not None:
            hour = local_time(entry.started_at, entry.utc_offset)[:2]
            hours.setdefault(hour, []).append(entry.outcome not in NOT_REACHED)
    rows = [(hour, sum(hours[hour]), len(hours[hour])) for hour in sorted(hours)][2 - most :]
    step = max(1, min(4, (width - 6) // max((dials for *_, dials in rows), default=1)))
    signs = (("Calls by the hour  ", "muted"), ("━", "accent"), (" talked  ", "muted"))
    found = [EMPTY, Line((*signs, ("━", "faint"), (" not reached", "muted")))]
    for hour, talks, dials in rows:
        reached, others = "━" * (talks * step), "━" * ((dials - talks) * step)
        found.append(Line(((f"{hour}:00 ", "muted"), (reached, "accent"), (others, "faint"))))
    return found if rows else []


def _goal(facts: TodayFacts, width: int) -> str:
    """The goal, where one is set, in the longest form that fits."""
    goal = facts.snapshot.goal
    if goal is None:
        return ""
    forms = goal_forms(goal, facts.snapshot.settings.currency)
    return next((form for form in forms if len(form) <= width), "")


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


def _yesterday(facts: TodayFacts, sales: SalesDay) -> list[Span]:
    day = facts.snapshot.day
    word = "Yesterday" if facts.snapshot.is_today else WEEKDAYS[(day.weekday() - 1) % 7]
    before = next((it for it in facts.snapshot.strip if it.day == day - ONE_DAY), None)
    if before is not None and before.status in ("rest", "off") and not sales.yesterday_seconds:
        return [(f"{word} {before.status}", "muted")]
    return [(f"{word} ", "muted"), (minutes(sales.yesterday_seconds), "strong")]


def _of_talks(sales: SalesDay) -> str:
    asked, word = sales.quota_conversations, "conversation"
    if asked is None:
        return f" {plural(sales.conversations, word)}"
    return f" of {counted(asked, word)}"


def _compact(facts: TodayFacts, sales: SalesDay, width: int) -> Sequence[Line]:
    asked, talks, number = sales.quota_seconds, sales.quota_conversations, sales.conversations
    of_minutes = f" of {round_minutes(asked)} min" if asked else " min"
    pace = _pace(facts, sales) if asked else [("no minutes asked", "muted")]
    rows = (
        (round_minutes(sales.seconds), of_minutes, asked and sales.seconds / asked, pace),
        (number, _of_talks(sales), talks and number / talks, _yesterday(facts, sales)),
    )
    start, side = max(len(of) for _, of, *_ in rows), max(length(right) for *_, right in rows)
    found, size = [], width - start - side - 7
    for place, (done, of, share, right) in enumerate(rows):
        sign: Span = (f"{done:>3}", "strong")
        if size < 0:  # no bars, and fewer words
            words = [
                (re.sub("(?<!on)( of)? pace$", "", text), ink)
                for text, ink in (*right, (" ", "text"))
            ]
            found.append(Line((sign, (of.replace("conversation", "talk"), "text")), tuple(words)))
            continue
        middle = [] if share is None else _bar(facts, size, share, marked=not place)
        gap: Span = (" " * (size - length(middle) + 2), "text")
        found.append(Line((sign, (f"{of:<{start}}  ", "text"), *middle, gap, *right)))
    return found
