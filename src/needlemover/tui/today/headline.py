"""The line on top: the day, the streak, and how long the day lasts."""

from collections.abc import Sequence
from datetime import date

from msgspec import Struct

from ...domain.promises.status import Status
from ...text.format import long_day, minutes, short_day
from ..kit.lines import Line, Span, cut, length
from ..kit.panel import Panel

STATUS_INKS = {
    Status.WON: "good",
    Status.PART: "accent",
    Status.MISSED: "bad",
    Status.AHEAD: "advance",
}
STATUS_WORDS = {
    Status.WON: "✓ day won",
    Status.PART: "◐ partly done",
    Status.MISSED: "□ missed",
    Status.REST: "rest day",
    Status.OFF: "day off",
    Status.AHEAD: "still to come",
    Status.UNTRACKED: "not tracked yet",
}


class HeadlineFacts(Struct, frozen=True):
    """What the headline shows."""

    day: date
    today: date
    status: Status
    streak: int
    best: int
    minutes_left: int
    off_reason: str = ""
    demo: bool = False


class Headline(Panel[HeadlineFacts]):
    """One line."""

    def lines(self, facts: HeadlineFacts, width: int, height: int) -> Sequence[Line]:
        """The day at the left, the streak in the middle, the end at the right."""
        wide = width >= 100
        name = long_day(facts.day) if wide else short_day(facts.day)
        if not wide and facts.day.year != facts.today.year:
            name += f" {facts.day.year}"
        day: list[Span] = [(name, "strong")]
        word = STATUS_WORDS.get(facts.status)
        if word:
            day.append((f"  {word}", STATUS_INKS.get(facts.status, "muted")))
        if facts.off_reason and facts.status is Status.OFF:
            day.append((f": {cut(facts.off_reason, 30 if wide else 14)}", "muted"))
        streak: list[Span] = [
            (f"{facts.streak}-day streak", "accent" if facts.streak else "muted"),
            (f"  best {facts.best}", "muted"),
        ]
        end = self._end(facts, width - length(day) - length(streak) - 4)
        room = width - length(day) - length(end)
        before = max(2, (width - length(streak)) // 2 - length(day))
        before = min(before, max(1, room - length(streak) - 2))
        return (Line((*day, (" " * before, "text"), *streak), tuple(end)),)

    def _end(self, facts: HeadlineFacts, room: int) -> list[Span]:
        """The longest words that fit; that the data are a sample is said before all others."""
        left = minutes(facts.minutes_left * 60)
        words, key = (f"day ends in {left}", f"{left} left", ""), ""
        if facts.day != facts.today:
            words, key = (" back to today", " today", ""), "t"
        mark = "sample data  " if facts.demo else ""
        ends: list[list[Span]] = [
            [(mark, "accent"), (key, "accent"), (each, "muted")] for each in words
        ]
        return next((end for end in ends if length(end) <= room), [])
