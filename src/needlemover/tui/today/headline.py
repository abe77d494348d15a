"""The lines of Today: the day, what is next or the call that runs, the block, what is asked."""

from collections.abc import Callable, Sequence
from itertools import chain

from ...domain.promises.status import Status
from ...domain.today.snapshot import DaySnapshot
from ...text.calls import block_words
from ...text.format import clock_length, long_day, short_day, shown
from ...text.promises import left_of
from ...text.today import best_words
from ..kit.lines import LEAST_NAME, Line, Span, cut, length
from ..kit.panel import Panel
from . import later
from .facts import TodayFacts

STATUS_WORDS: dict[Status, Span] = {
    Status.WON: ("✓ day won", "good"),
    Status.PART: ("◧ partly done", "accent"),
    Status.MISSED: ("□ missed", "bad"),
    Status.REST: ("rest day", "muted"),
    Status.OFF: ("day off", "muted"),
    Status.AHEAD: ("still to come", "advance"),
    Status.UNTRACKED: ("not tracked yet", "muted"),
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
        word, ink = STATUS_WORDS.get(snapshot.status, ("", "muted"))
        if word and not (snapshot.is_today and snapshot.status is Status.WON):  # the end says it
            day.append((f"  {word}", ink))
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


_CALL_KEYS = [("e", "who?", 60), ("n", "note", 100), ("b", "call back", 100),
              ("x", "no answer", 100), ("c", "hang up", 0)]  # fmt: skip
"""Of a call that runs, with the least columns for each; the first where nobody is named."""
_NEXT = " ▶ NEXT  "
_FIRST_AWAY = {4: 3, 3: 1, 2: 1}
"""What goes first where it is too long, by the number of parts: what is to go, why, the phone."""


class CallLine(Panel[TodayFacts, None]):
    """What is next, the brightest line under the head; green while a timer runs.

    It always has its line: coming and going, it would lay the whole screen out anew.
    """

    shows = (
        "snapshot.running", "seconds", "asked_about", "following", "snapshot.activities",
        "snapshot.weekly", "to_go", "snapshot.day", "snapshot.today", "snapshot.settings",
    )  # fmt: skip

    def lines(self, facts: TodayFacts, width: int, height: int) -> Sequence[Line]:
        """Who or what is next, or how long the call runs, with whom, and what ends it."""
        call = facts.snapshot.running
        if facts.asked_about:
            who, dot, took = facts.asked_about.rpartition(" · ")
            about = f"{cut(who, width - 16 - len(dot + took))}{dot}{took}"
            return (Line((("  call ended · ", "muted"), (about, "text"))),)
        if call is None:
            return _next_line(facts, width)
        hour, rest = divmod(facts.seconds, 3600)
        clock = f"{hour}:" * bool(hour) + f"{rest // 60:02}:{rest % 60:02}"
        text, keys = f"on {call.name}", [("c", "stop", 0)]
        if call.is_sales:
            text, keys = call.contact or "a buyer", _CALL_KEYS[bool(call.contact) :]
            text = f"talking to {text}" if width >= 60 else text
        elif call.kind == "activity":
            text, keys = call.name, [("space", "on its row stops it", 60), ("c", "call", 0)]
        right = [
            span
            for key, word, least in keys
            if width >= least
            for span in ((f"   {key}", "strong"), (f" {word}", "text"))
        ]
        sign: list[Span] = [("  ● ", "good"), (f"{clock}  ", "strong")]
        left = (*sign, (cut(text, width - length(sign) - length(right) - 2), "text"))
        return (Line(left, (*right, (" ", "text")), ground="needle-call"),)

    async def click(self, x: int, y: int) -> None:
        if self.facts is not None and self.facts.snapshot.running is not None:
            await self.screen.run_action("call")
        elif self.facts is not None and self.facts.following is not None:
            await self.screen.run_action("next")


def _next_line(facts: TodayFacts, width: int) -> Sequence[Line]:
    """The person, why, the phone and what is to go, as much as fits; else what is due."""
    snapshot, following = facts.snapshot, facts.following
    of_today = (item for item in snapshot.due if item.due.is_open)
    of_the_week = (item for item in snapshot.weekly if item.due.today_or_never)
    thing = next(chain(of_today, of_the_week), None) if snapshot.is_today else None
    if following is not None:
        contact, key = following.buyer.contact, ("n", " call ")
        why = later.words.following_words(following, snapshot.today, snapshot.settings.currency)
        parts = [cut(contact.name, 40), why, contact.phone, facts.to_go]
    elif thing is not None:
        terms = thing.terms
        is_timed = terms is not None and terms.seconds is not None
        is_sales = thing.activity.is_sales
        word = "call" if is_sales else "start" if is_timed else "tick"
        key = ("c" if is_sales else "space", f" {word} ")
        left = left_of(thing.progress, terms, is_sales=is_sales) if terms else ""
        parts = [cut(thing.name, 40), f"{left} to go" if left else ""]
    else:
        return ()
    right: tuple[Span, ...] = ((key[0], "accent"), (key[1], "muted"))
    room = width - len(_NEXT) - length(right) - 1
    while len(parts) > 1 and length([(_joined(parts), "")]) > room:
        name = room - length([(_joined(["", *parts[1:]]), "")]) - len(" · ")
        if len(parts) == 2 and name >= LEAST_NAME:
            parts[0] = cut(parts[0], name)
        else:
            parts.pop(_FIRST_AWAY[len(parts)])
    return (Line(((_NEXT, "accent"), (cut(_joined(parts), room), "strong")), right),)


def _joined(parts: Sequence[str]) -> str:
    return " · ".join(filter(None, parts))


class BlockLine(Panel[TodayFacts, None]):
    """One line while a block is open; none else."""

    shows = ("snapshot.block", "block_left", "following")

    def watch_facts(self, before: TodayFacts | None, facts: TodayFacts | None) -> None:
        self.set_class(bool(facts and facts.snapshot.block), "-open")
        super().watch_facts(before, facts)

    def shown_of(self, facts: TodayFacts) -> object:
        return super().shown_of(facts) if facts.snapshot.block is not None else None

    def lines(self, facts: TodayFacts, width: int, height: int) -> Sequence[Line]:
        """`BLOCK 23:10 left · 14 dials · 3 conversations · next Tidal Works`."""
        block = facts.snapshot.block
        if block is None:
            return ()
        left = f"{clock_length(facts.block_left)} left" if facts.block_left else "over"
        head: tuple[Span, ...] = (("  BLOCK ", "accent"), (left, "strong"))
        words = block_words(block.dials, block.conversations)
        if facts.following is not None:
            words += f" · next {shown(facts.following.buyer.contact.name)}"
        right: tuple[Span, ...] = (("B", "accent"), (" ends it ", "muted"))
        room = width - length(head) - length(right) - 4
        return (Line((*head, (f" · {cut(words, room)}", "text")), right),)


class AskLine(Panel[DaySnapshot, None]):
    """One line, on the days on which something is asked; none on the others."""

    shows = ("asks",)
    also: tuple[str, Callable[[], None]] | None = None
    """What else is asked, which comes first, and what asks it."""

    def ask_also(self, question: tuple[str, Callable[[], None]] | None) -> None:
        self.also = question
        self.watch_facts(self.facts, self.facts)
        self.lay_out()
        self.screen.refresh_bindings()

    def watch_facts(self, before: DaySnapshot | None, facts: DaySnapshot | None) -> None:
        self.set_class(bool(self.also or (facts and facts.asks)), "-asked")
        super().watch_facts(before, facts)

    def lines(self, facts: DaySnapshot, width: int, height: int) -> Sequence[Line]:
        if self.also is not None:
            question = self.also[0]
        elif facts.asks:
            question = later.delegation.asked_today_words(facts.asks)
        else:
            return ()
        right = (("A", "accent"), (" answer", "muted"))
        return (Line((("  ? ", "advance"), (cut(question, width - 13), "text")), right),)

    async def click(self, x: int, y: int) -> None:
        await self.screen.run_action("answer")
