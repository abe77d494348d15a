"""Whom to call next: what was promised, old asks, and the list."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len
from textual.content import Content

from ...text.format import in_lines, plural, shown
from ..buyers import with_buyer
from ..kit.lines import LEAST_NAME, Line, LineOfEach, begun, fit
from ..kit.panel import Panel
from . import later
from .facts import TodayFacts

WIDE = 110  # columns from which on there are two columns of panels
_TRIES, _MOST_NAME = 8, 24
_ALL_WORDS = 45  # cells from which on its border says them all


class CallNext(Panel[TodayFacts, "later.next_calls.NextCall"], can_focus=True):
    """A line for each contact to call, in the order of the calls, and all of the chosen one.

    Whom NEXT names is the first where it would be out of sight.
    While a call runs in a window of one column, what is known of the buyer stands in its place.
    """

    BORDER_TITLE = "CALL NEXT"
    scrolls = True
    shows = ("calls", "snapshot.candidates", "snapshot.today", "snapshot.settings")

    def _is_talk(self, facts: TodayFacts) -> bool:
        return facts.snapshot.is_talking and self.app.size.width < WIDE

    def shown_of(self, facts: TodayFacts) -> object:
        day = facts.snapshot
        return super().shown_of(facts), (day.running, day.talk) if self._is_talk(facts) else None

    def items(self, facts: TodayFacts) -> Sequence[later.next_calls.NextCall]:
        if self._is_talk(facts):
            return ()
        calls = facts.calls
        place = next((number for number, call in enumerate(calls) if call.is_now), 0)
        if place < max(1, self.size.height):
            return calls
        return (calls[place], *calls[:place], *calls[place + 1 :])

    def title(self, facts: TodayFacts) -> str | Content:
        return with_buyer.title(facts.snapshot) if self._is_talk(facts) else self.BORDER_TITLE

    def subtitle(self, facts: TodayFacts) -> str:
        if self._is_talk(facts):
            return "n writes a note"
        candidates = facts.snapshot.candidates
        if candidates is None:
            return ""
        due = sum(call.buyer.step is not None for call in facts.calls)
        asks = sum(call.buyer.asked_on is not None for call in facts.calls if not call.buyer.step)
        listed = "listed" if self.size.width < _ALL_WORDS else "of the list left"
        counts = ((due, "due"), (asks, plural(asks, "old ask")), (candidates.listed, listed))
        return " · ".join(f"{number:,} {word}" for number, word in counts if number)

    def lines(self, facts: TodayFacts, width: int, height: int) -> Sequence[Line]:
        snapshot = facts.snapshot
        if self._is_talk(facts):
            return with_buyer.lines(snapshot, width, height)
        words, why_of = later.words, later.next_calls.Why
        currency, today, calls = snapshot.settings.currency, snapshot.today, self.items(facts)
        inks = {why_of.LATE: "bad", why_of.DUE: "accent", why_of.MEETING: "accent"}
        when = max((len(words.call_when(call, today)) for call in calls), default=0)
        longest = max((cell_len(call.buyer.contact.name) for call in calls), default=0)
        name = max(LEAST_NAME, min(_MOST_NAME, (width - when - _TRIES) // 2, longest))
        before = when + name + 6

        def is_full(call: later.next_calls.NextCall) -> bool:
            said = cell_len(words.call_why(call, today, currency))
            return bool(words.try_words(call.buyer)) and said > width - before - _TRIES - 1

        # `3rd try`, or `3rd` where a note that is in sight needs the room.
        is_short = any(map(is_full, calls[:height]))

        def tries(call: later.next_calls.NextCall) -> str:
            said = words.try_words(call.buyer) if width >= _ALL_WORDS else ""
            return f"{said[:-4]:>4} " if said and is_short else said and f"{said:>{_TRIES}} "

        def why(call: later.next_calls.NextCall) -> tuple[str, int]:
            room = max(0, width - before - len(tries(call)))
            return shown(words.call_why(call, today, currency)), room

        def line(call: later.next_calls.NextCall, number: int, said: str = "") -> Line:
            left = (
                self.mark(number),
                (f" {words.call_when(call, today):<{when}}  ", inks.get(call.why, "muted")),
                (fit(call.buyer.contact.name, name), "text"),
                (f"  {said or begun(*why(call))}", "muted"),
            )
            return Line(left, ((tries(call), "muted"),), number)

        def rows(number: int, most: int) -> list[Line]:
            """All of what is said of a call, as far as so many rows hold it."""
            said, room = why(calls[number])
            if cell_len(said) <= room or most < 2:
                return [line(calls[number], number)]
            is_narrow = room < width // 3  # all of it stands below then
            indent, room = (4, width - 4) if is_narrow else (before, room)
            parts = in_lines(said, room, most=most - is_narrow)
            top = line(calls[number], number, "" if is_narrow else parts.pop(0))
            below = (Line(((f"{'':{indent}}{part}", "muted"),), (), number) for part in parts)
            return [top, *below]

        # Of the chosen one all is said, of others where none but those of the list give way to it.
        dear = len(calls)
        if dear > height:
            dear = sum(call.why != why_of.LIST for call in calls)
        spare, chosen = height - dear, self.cursor if self.has_focus else -1
        found: list[Line] = []
        several = min(len(calls), max(dear if spare > 0 else 0, chosen + 1))
        for number in range(several):
            found += rows(number, height if number == chosen else 1 + max(0, spare))
            spare = height - dear - len(found) + number + 1
        return LineOfEach(calls, line, found, several)
