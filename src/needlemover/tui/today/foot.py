"""The lines over the keys: what is asked today, and the running call."""

from collections.abc import Sequence
from itertools import chain

from ...domain.today.snapshot import DaySnapshot
from ..kit.lines import Line, Span, cut, length
from ..kit.panel import Panel
from .facts import TodayFacts


class AskLine(Panel[DaySnapshot, None]):
    """One line, on the days on which something is asked; none on the others."""

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


class CallLine(Panel[TodayFacts, None]):
    """Green while a timer runs; the next thing to do otherwise.

    It always has its line: coming and going, it would lay the whole screen out anew.
    """

    def lines(self, facts: TodayFacts, width: int, height: int) -> Sequence[Line]:
        """How long, with whom, and what ends it."""
        call = facts.snapshot.running
        if facts.asked_about:
            about = cut(facts.asked_about, width - 15)
            return (Line((("  call ended  ", "faint"), (about, "text"))),)
        if call is None:
            following = next((each for each in facts.calls if each.is_now), None)
            words = _next_thing(facts.snapshot)
            right: list[Span] = []
            if following is not None:
                contact, right = following.buyer.contact, [("n", "accent"), (" call ", "muted")]
                words = " · ".join(filter(None, (cut(contact.name, 40), contact.phone, words)))
            if not words:
                return ()
            words = cut(words, width - 8 - length(right))
            return (Line((("  next  ", "faint"), (words, "muted")), tuple(right)),)
        on_problem = call.kind == "problem"
        hour, rest = divmod(facts.seconds, 3600)
        clock = f"{rest // 60:02}:{rest % 60:02}"
        if hour:
            clock = f"{hour}:{clock}"
        text = f"on {call.name}" if on_problem else call.name
        if call.is_sales:
            text = f"talking to {call.contact or 'a buyer'}"
        right = []
        if call.is_sales and not call.contact and width >= 60:
            right += [("e", "strong"), (" who?   ", "text")]
        if call.is_sales:
            right += [("x", "strong"), (" no answer   ", "text")] if width >= 100 else []
        elif not on_problem and width >= 60:
            right += [("space", "strong"), (" on its row stops it   ", "text")]
        ends = " hang up" if call.is_sales else " stop" if on_problem else " call"
        right += [("c", "strong"), (ends, "text"), (" ", "text")]
        sign: list[Span] = [("  ● ", "good"), (f"{clock}  ", "strong")]
        room = width - sum(len(text) for text, _ in sign + right) - 1
        left = (*sign, (cut(text, room), "text"))
        return (Line(left, tuple(right), ground="needle-call"),)

    async def click(self, x: int, y: int) -> None:
        if self.facts is not None and self.facts.snapshot.running is not None:
            await self.screen.run_action("call")


def _next_thing(snapshot: DaySnapshot) -> str:
    """What is due today and not met, first; then what is today or never this week."""
    if not snapshot.is_today:
        return ""
    of_today = (item.name for item in snapshot.due if not item.due.met)
    of_the_week = (item.name for item in snapshot.weekly if item.due.today_or_never)
    return next(chain(of_today, of_the_week), "")
