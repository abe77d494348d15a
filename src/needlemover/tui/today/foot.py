"""The lines over the keys: what is asked today, and the running call."""

from collections.abc import Sequence
from itertools import chain

from ...domain.today.snapshot import DaySnapshot
from ..kit.lines import Line, Span, cut, length
from ..kit.panel import Panel
from .facts import TodayFacts


class AskLine(Panel[DaySnapshot, None]):
    """One line, on the days on which something is asked; none on the others."""

    shows = ("asks",)

    def watch_facts(self, before: DaySnapshot | None, facts: DaySnapshot | None) -> None:
        self.set_class(bool(facts and facts.asks), "-asked")
        super().watch_facts(before, facts)

    def lines(self, facts: DaySnapshot, width: int, height: int) -> Sequence[Line]:
        """The question, and the key that answers it."""
        if not facts.asks:
            return ()
        # Imported when it is asked: the first picture seldom needs it.
        from ...text.delegation.ledger import asked_today_words

        question = cut(asked_today_words(facts.asks), width - 13)
        right = (("A", "accent"), (" answer", "muted"))
        return (Line((("  ? ", "advance"), (question, "text")), right),)

    async def click(self, x: int, y: int) -> None:
        await self.screen.run_action("answer")


_CALL_KEYS = [("e", "who?", 60), ("n", "note", 100), ("b", "call back", 100),
              ("x", "no answer", 100), ("c", "hang up", 0)]  # fmt: skip
"""Of a call that runs, with the least columns for each; the first where nobody is named."""


class CallLine(Panel[TodayFacts, None]):
    """Green while a timer runs; the next thing to do otherwise.

    It always has its line: coming and going, it would lay the whole screen out anew.
    """

    shows = (
        "snapshot.running", "seconds", "asked_about", "following", "snapshot.activities",
        "snapshot.weekly", "snapshot.day", "snapshot.today",
    )  # fmt: skip

    def lines(self, facts: TodayFacts, width: int, height: int) -> Sequence[Line]:
        """How long, with whom, and what ends it."""
        call = facts.snapshot.running
        if facts.asked_about:
            about = cut(facts.asked_about, width - 16)
            return (Line((("  call ended · ", "muted"), (about, "text"))),)
        if call is None:
            words = _next_thing(facts.snapshot)
            right: list[Span] = []
            if facts.following is not None:
                contact = facts.following.buyer.contact
                right = [("n", "accent"), (" call ", "muted")]
                words = " · ".join(filter(None, (cut(contact.name, 40), contact.phone, words)))
            if not words:
                return ()
            words = cut(words, width - 8 - length(right))
            return (Line((("  next  ", "faint"), (words, "muted")), tuple(right)),)
        hour, rest = divmod(facts.seconds, 3600)
        clock = f"{hour}:" * bool(hour) + f"{rest // 60:02}:{rest % 60:02}"
        text, keys = f"on {call.name}", [("c", "stop", 0)]
        if call.is_sales:
            text, keys = f"talking to {call.contact or 'a buyer'}", _CALL_KEYS[bool(call.contact) :]
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


def _next_thing(snapshot: DaySnapshot) -> str:
    """What is due today and not met, first; then what is today or never this week."""
    if not snapshot.is_today:
        return ""
    of_today = (item.name for item in snapshot.due if item.due.is_open)
    of_the_week = (item.name for item in snapshot.weekly if item.due.today_or_never)
    return next(chain(of_today, of_the_week), "")
