"""The log of a day, where calls in a row without an answer fold; what is said of what is new."""

from __future__ import annotations

from collections.abc import Sequence, Set
from functools import lru_cache, partial
from itertools import groupby
from typing import Any

from rich.cells import cell_len
from textual.message import Message

from ...domain.calls.entry import LET_GO_TRIES, EntryFact, Outcome, Running
from ...domain.today.snapshot import DaySnapshot
from ...text.calls import entry_parts, not_timed_words
from ...text.format import counted, exact_length, local_time, long_day, minutes, quoted, short_day
from ...text.plain import clock_length, shown
from .. import later
from ..kit.lines import LEAST_NAME, Hint, Line, LineOfEach, Span, fit
from ..kit.panel import Panel
from ..kit.view import View
from .outcomes import Question

_OUTCOME_WIDTH = 12
_MONEY_WIDTH = 9

Run = tuple[EntryFact, ...]
"""Three calls or more that nobody answered, with nothing else said of them or between them."""


class DayLog(Panel[DaySnapshot, EntryFact | Run], can_focus=True):
    """The entries of a day, in the order in which they happened.

    At every hang-up the question how the call ended stands in their place: a widget of its own
    that comes and goes would have the whole screen laid out anew, twice a call.
    """

    BORDER_TITLE = "TODAY'S LOG"
    scrolls = True
    shows = ("entries", "day", "today", "open_asks", "settings")

    class Asks(Message):
        """It asks how a call ended, or asks it no more."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._question: Question | None = None
        self._opened: frozenset[int] = frozenset()  # the entries of runs that are open
        # The rows last asked for, behind what they are made of: a key asks for them often.
        self._folded: tuple[object, object, Sequence[EntryFact | Run]] = ((), self._opened, ())

    def shown_of(self, facts: DaySnapshot) -> object:
        hint = None if facts.entries else (facts.sales is None or facts.is_talking)
        return super().shown_of(facts), self._question, hint

    def items(self, facts: DaySnapshot) -> Sequence[EntryFact | Run]:
        """The entries with each run in one row; one that is opened has its calls below."""
        entries, opened, rows = self._folded
        if entries is facts.entries and opened is self._opened:
            return rows
        found: list[EntryFact | Run] = []
        for is_unanswered, group in groupby(facts.entries, key=_is_unanswered):
            calls = tuple(group)
            is_run = is_unanswered and len(calls) > 2
            found += [calls] if is_run else []
            found += calls if not is_run or _is_open(calls, self._opened) else ()
        self._folded = facts.entries, self._opened, found
        return found

    @property
    def entry(self) -> EntryFact | None:
        """The one under the cursor; None: there is none, or a run."""
        return self.current if isinstance(self.current, EntryFact) else None

    def unfold(self) -> bool:
        """Open or fold the run under the cursor; whether it stands on one."""
        if isinstance(self.current, tuple):
            ids = frozenset(entry.id for entry in self.current)
            self._opened = self._opened - ids if self._opened & ids else self._opened | ids
            self.lay_out()
        return isinstance(self.current, tuple)

    def title(self, facts: DaySnapshot) -> str:
        if self._question is not None:
            return self._question.title
        day = short_day(facts.day, facts.today)
        return "TODAY'S LOG" if facts.is_today else f"LOG OF {day.upper()}"

    def subtitle(self, facts: DaySnapshot) -> str:
        if self._question is not None:
            return self._question.subtitle
        return f"{counted(facts.open_asks, 'ask')} waiting for an answer" if facts.open_asks else ""

    @property
    def is_asking(self) -> bool:
        return self._question is not None

    @property
    def asked_about(self) -> str:
        """The call that has ended and whose outcome is asked; empty: none is."""
        return self._question.about if self._question is not None else ""

    async def ask(self, about: str) -> Outcome | str | None:
        """Ask how a call ended: the outcome, or a field to be filled in as well; None: not now."""
        self._question = Question(about)
        self._show_what_it_is()
        try:
            return await self._question.answer
        finally:
            self._question = None
            if self.is_attached:  # what the answer did is mostly shown before, and no question
                self.call_later(self._end_asking)

    def _end_asking(self) -> None:
        self.watch_facts(self.facts, self.facts)
        self.post_message(self.Asks())

    def answer_with(self, key: str) -> bool:
        """Take what a key says to the question; whether it says anything."""
        question = self._question
        if question is None or not question.press(key):
            return False
        if not question.answer.done():
            self._show_what_it_is()
        return True

    def _show_what_it_is(self) -> None:
        self.lay_out()
        self.post_message(self.Asks())

    async def click(self, x: int, y: int) -> None:
        if self._question is None:
            await super().click(x, y)
        else:
            self._question.click(x, y, *self.size)

    def watch_facts(self, before: DaySnapshot | None, facts: DaySnapshot | None) -> None:
        """Show other facts; a new entry comes into sight."""
        shown = len(before.entries) if before and facts and before.day == facts.day else 0
        if facts is not None and len(facts.entries) > shown:
            self.set_reactive(DayLog.cursor, len(self.items(facts)) - 1)
        super().watch_facts(before, facts)

    def lines(self, facts: DaySnapshot, width: int, height: int) -> Sequence[Line]:
        if self._question is not None:
            return self._question.lines(width, height)
        if not facts.entries:
            if facts.day > facts.today:
                return Hint("This day is still to come.", width)
            if not facts.is_today:
                ticks = ("l", "logs what was done"), ("space", "ticks")
                return Hint("Nothing was logged.", width, *ticks)
            if facts.sales is None or facts.is_talking:
                return Hint("What you do today stands here.", width)
            call = ("c", "starts a call"), ("x", "counts an unanswered one")
            return Hint("", width, *call, ("l", "logs a past one"))

        def line(row: EntryFact | Run, number: int) -> Line:
            mark = self.mark(number)
            if not isinstance(row, tuple):
                return _line(row, number, mark, width, facts.settings.currency)
            first, last = (local_time(row[at].started_at, row[at].utc_offset) for at in (0, -1))
            words = f"{len(row)} no answers" + (f", to {last}" if last else "")
            enter = f"Enter {'folds' if _is_open(row, self._opened) else 'opens'} "
            left = (mark, (f" {first or '  ·  ':<13}  {words}", "muted"))
            return Line(left, ((enter, "muted"),), number)

        return LineOfEach(self.items(facts), line)


def _is_open(run: Run, opened: Set[int]) -> bool:
    """Whether its calls stand below it; one that came since stands with the others."""
    return bool(opened) and any(entry.id in opened for entry in run)


def _is_unanswered(entry: EntryFact) -> bool:
    return entry.outcome is Outcome.NO_ANSWER and entry.is_dial and not entry.note


@lru_cache(maxsize=1000)
def _line(entry: EntryFact, number: int, mark: Span, width: int, currency: str) -> Line:
    said = entry_parts(entry, currency)
    tail = "late" if entry.late else entry.newness.value if entry.newness else ""
    what = said.what or entry.note
    when = said.when or "  ·  "
    length = clock_length(entry.seconds) if entry.seconds else ""
    head: list[Span] = [mark, (f" {when:<5}", "muted"), (f"{length:>8}  ", "text")]
    who, ink = entry.contact or entry.subject or entry.note or "money received", "text"
    if not entry.contact and entry.is_sales and entry.is_dial:
        who, ink = entry.note or "a buyer", "muted"
    right: list[Span] = [(fit(what, _OUTCOME_WIDTH), said.tone)] if what else []
    if said.amount or (what and width - max(12, cell_len(who)) >= 48):
        right.append((said.amount.rjust(_MONEY_WIDTH), "muted" if entry.offer else "strong"))
    right.append((f"  {tail:<5} ", "muted"))
    room = width - 1 - sum(len(text) for text, _ in (*head, *right))
    # In little room the length goes first, then whether it is late or somebody new, then blanks.
    for spans, at, text in ((head, -1, "  "), (right, -1, " "), (right, 0, right[0][0].rstrip())):
        if room < LEAST_NAME:
            room += len(spans[at][0]) - len(text)
            spans[at] = (text, spans[at][1])
    return Line((*head, (fit(who, max(0, room)), ink), (" ", "text")), tuple(right), number)


def say_stopped(view: View[Any], done: later.new_entry.Logged | Running) -> None:
    """Say what the timer measured; of a call its outcome is seen in the log."""
    if isinstance(done, Running):
        view.say(not_timed_words(done.name))
        return
    if not done.entry.is_sales:
        view.say(f"{shown(done.entry.subject)}: {minutes(done.entry.seconds)}.")
    if done.entry.day < view.snapshot.today:
        view.say(f"Logged on {long_day(done.entry.day)}, when it began.")
    say_logged(view, done)


def say_logged(view: View[Any], done: later.new_entry.Logged, *, is_new: bool = True) -> None:
    """Say what is promised since it was logged, and whether it overlaps something else."""
    if done.promised is not None:
        words = later.words.promised_words(done.entry.contact, done.promised, view.snapshot.today)
        view.say(f"{words}; u takes it back.")
    if done.tries == LET_GO_TRIES:
        words = f"{done.tries} dials to {quoted(done.entry.contact)} and no conversation"
        view.say(f"{words}: L lets go, any other key keeps.", stays=True)
        view.said_of = done.entry.contact
    if (other := done.overlaps) is not None:
        at = local_time(other.started_at, other.utc_offset)
        name = quoted(other.contact or other.subject)
        view.say(f"It overlaps {name}, {at} for {exact_length(other.seconds)}; both are kept.")
    entry, is_todays = done.entry, done.entry.day == view.snapshot.today
    asks = entry.outcome in (Outcome.MEETING_SET, Outcome.ASKED) and done.promised is None
    if is_new and asks and is_todays and entry.contact:
        # Once it is asked when the meeting is, or when to call again.
        is_meeting, hint = entry.outcome is Outcome.MEETING_SET, "Enter saves · Esc says no day"
        from .outcome_form import ask_back

        ask = partial(ask_back, is_meeting=is_meeting, hint=hint)
        # Behind the form that logged it, which closes first.
        view.call_later(ask, view, entry.contact)
