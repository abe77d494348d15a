"""The line on top: the day, the streak, and how the day stands by the clock."""

from collections.abc import Sequence

from ...domain.promises.status import Status
from ...text.format import long_day, short_day
from ...text.today import best_words
from ..kit.lines import Line, Span, cut, length
from ..kit.panel import Panel
from .facts import TodayFacts

STATUS_INKS = {
    Status.WON: "good",
    Status.PART: "accent",
    Status.MISSED: "bad",
    Status.AHEAD: "advance",
}
STATUS_WORDS = {
    Status.WON: "✓ day won",
    Status.PART: "◧ partly done",
    Status.MISSED: "□ missed",
    Status.REST: "rest day",
    Status.OFF: "day off",
    Status.AHEAD: "still to come",
    Status.UNTRACKED: "not tracked yet",
}
_LEAST_END = 8  # cells that are kept for how the day stands by the clock


class Headline(Panel[TodayFacts, None]):
    """One line."""

    shows = (
        "snapshot.day", "snapshot.today", "snapshot.status", "snapshot.day_off", "snapshot.streak",
        "snapshot.strip", "end",
    )  # fmt: skip

    def __init__(self, *, is_demo: bool = False, id: str | None = None) -> None:
        super().__init__(id=id)
        self._is_demo = is_demo
        self._of_others: Sequence[str] = ()

    def say_of_others(self, forms: Sequence[str]) -> None:
        """Say how it stands with other machines in the longest form for which there is room."""
        if forms != self._of_others:
            self._of_others = forms
            self.lay_out()

    def lines(self, facts: TodayFacts, width: int, height: int) -> Sequence[Line]:
        """The day at the left, the streak in the middle, the longest end that fits at the right."""
        wide, snapshot, current = width >= 100, facts.snapshot, facts.snapshot.streak.current
        name = long_day(snapshot.day) if wide else short_day(snapshot.day, snapshot.today)
        day: list[Span] = [(name, "strong")]
        word = STATUS_WORDS.get(snapshot.status)
        if word and not (snapshot.is_today and snapshot.status is Status.WON):  # the end says it
            day.append((f"  {word}", STATUS_INKS.get(snapshot.status, "muted")))
        if snapshot.status is Status.OFF and snapshot.day_off and snapshot.day_off.reason:
            day.append((f": {cut(snapshot.day_off.reason, 30 if wide else 14)}", "muted"))
        streak: list[Span] = [(f"{current}-day streak", "accent" if current else "muted")]
        if length([*day, *streak]) >= width:
            streak = []
        for words in best_words(snapshot):
            if length(day) + length(streak) + len(words) + 6 < width - _LEAST_END:
                streak.append((words, "muted"))
        said, key, ink = facts.end.forms, "", facts.end.tone
        if not snapshot.is_today:
            said, key, ink = (" back to today", " today", ""), "t", "muted"
        mark: Span = ("sample data  " if self._is_demo else "", "accent")
        ends = [[mark, (key, "accent"), (each, ink)] for each in said]
        room = width - length(day) - length(streak) - 4
        end = next((each for each in ends if length(each) <= room), [])
        room = width - length(day) - length(streak) - length(end) - 6
        others = [(f"  {words}", "muted") for words in self._of_others]
        day += [each for each in others if length([each]) <= room][:1]
        room = width - length(day) - length(end)
        before = max(2, (width - length(streak)) // 2 - length(day))
        before = min(before, max(1, room - length(streak) - 2))
        return (Line((*day, (" " * before, "text"), *streak), tuple(end)),)
