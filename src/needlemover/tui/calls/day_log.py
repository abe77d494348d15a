"""The log of a day: its calls, ticks, stretches of time and money."""

from collections.abc import Sequence
from datetime import date

from msgspec import Struct
from textual.reactive import reactive

from ...domain.calls.entry import EntryFact, Outcome
from ...text.format import clock_length, counted, local_time, money, short_day
from ..kit.lines import Line, Span, cut, fit
from ..kit.list_panel import ListPanel

_OUTCOME_INKS = {
    Outcome.WON: "good",
    Outcome.LOST: "bad",
    Outcome.MEETING_SET: "advance",
    Outcome.ASKED: "text",
    Outcome.TALKED: "text",
}
_OUTCOME_WIDTH = 12
_MONEY_WIDTH = 9


class LogFacts(Struct, frozen=True):
    """What the log shows."""

    day: date
    is_today: bool
    is_ahead: bool
    entries: tuple[EntryFact, ...]
    open_asks: int
    currency: str
    can_call: bool = True
    """Whether there is a sales activity."""


class DayLog(ListPanel):
    """The entries of a day, in the order in which they happened."""

    facts: reactive[LogFacts | None] = reactive(None, repaint=False)

    BORDER_TITLE = "TODAY'S LOG"

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._kept: dict[tuple[int, int], tuple[EntryFact, str, Line]] = {}

    @property
    def item_count(self) -> int:
        """How many entries there are."""
        return len(self.facts.entries) if self.facts else 0

    @property
    def current(self) -> EntryFact | None:
        """The entry under the cursor."""
        if self.facts is None or not 0 <= self.cursor < self.item_count:
            return None
        return self.facts.entries[self.cursor]

    def watch_facts(self, before: LogFacts | None, facts: LogFacts | None) -> None:
        """Show other facts; a new entry comes into sight."""
        if facts is None:
            return
        self.show_titles()
        grew = before is None or before.day != facts.day or len(before.entries) < len(facts.entries)
        if grew and facts.entries:
            self.set_reactive(DayLog.cursor, len(facts.entries) - 1)
            self.post_message(self.Moved())
        self.lay_out()

    def show_titles(self) -> None:
        """Say which day it is, and how many asks wait."""
        facts = self.facts
        if facts is None:
            return
        title = "TODAY'S LOG" if facts.is_today else f"LOG OF {short_day(facts.day).upper()}"
        if title != self.border_title:
            self.border_title = title
        asks = facts.open_asks
        self.say_below(f"{counted(asks, 'ask')} waiting for an answer" if asks else "")

    def lines(self, width: int, height: int) -> Sequence[Line]:
        """One line for each entry."""
        facts = self.facts
        if facts is None:
            return ()
        if not facts.entries:
            return _nothing_yet(facts)
        return [
            self._line(entry, number, width, facts.currency)
            for number, entry in enumerate(facts.entries)
        ]

    def _line(self, entry: EntryFact, number: int, width: int, currency: str) -> Line:
        """A line, made anew only for what is new: a day of calls has hundreds."""
        kept = self._kept.get((number, width))
        if kept is None or kept[0] is not entry or kept[1] != currency:
            kept = entry, currency, _line(entry, number, width, currency)
            self._kept[number, width] = kept
        return kept[2]


def _nothing_yet(facts: LogFacts) -> Sequence[Line]:
    if facts.is_ahead:
        return (Line((("  This day is still to come.", "muted"),)),)
    if not facts.is_today:
        return (
            Line((("  Nothing was logged. ", "muted"), ("l", "accent"),
                  (" logs what was done, ", "muted"), ("space", "accent"),
                  (" ticks", "muted"))),
        )  # fmt: skip
    if not facts.can_call:
        return (Line((("  What you do today will stand here.", "muted"),)),)
    return (
        Line((("  ", "text"), ("c", "accent"), (" starts a call, ", "muted"), ("x", "accent"),
              (" counts an unanswered one, ", "muted"), ("l", "accent"),
              (" logs a past one", "muted"))),
    )  # fmt: skip


def _line(entry: EntryFact, number: int, width: int, currency: str) -> Line:
    amount = money(entry.amount, currency) if entry.amount is not None else ""
    word, ink = _what(entry)
    tail = "late" if entry.late else entry.newness.value if entry.newness else ""
    right: list[Span] = [(fit(word, _OUTCOME_WIDTH), ink)]
    if width >= 60 or amount:
        right.append((amount.rjust(_MONEY_WIDTH), "strong"))
    right.append((f"  {tail:<5} ", "muted"))
    when = local_time(entry.started_at, entry.utc_offset) or "  ·  "
    how_long = clock_length(entry.seconds) if entry.seconds else ""
    head: list[Span] = [(f" {when:<5} ", "muted"), (f"{how_long:>7}  ", "text")]
    used = sum(len(text) for text, _ in head) + sum(len(text) for text, _ in right)
    return Line((*head, _who(entry, max(0, width - used - 1)), (" ", "text")), tuple(right), number)


def _who(entry: EntryFact, room: int) -> Span:
    if entry.contact:
        return (fit(entry.contact, room), "text")
    if entry.is_sales and entry.is_dial:
        return (fit(entry.note or "a buyer", room), "muted")
    return (fit(entry.subject or entry.note or "money received", room), "text")


def _what(entry: EntryFact) -> Span:
    if entry.outcome is not None:
        word = entry.outcome.words
        if entry.answer is not None:
            word = f"asked, {entry.answer.words}"
        elif entry.follows is not None:
            word = f"{word} (asked)"
        return (word, _OUTCOME_INKS.get(entry.answer or entry.outcome, "muted"))
    if entry.amount is not None:
        return ("refund" if entry.amount < 0 else "received", "text")
    if entry.is_leak:
        return ("leak", "muted")
    if entry.seconds:
        return (cut(entry.note, _OUTCOME_WIDTH), "muted")
    return ("ticked" if entry.count == 1 else f"× {entry.count}", "muted")
