"""What two machines leave to a person: which of two things holds, and what came from another."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from ...domain.today.snapshot import DaySnapshot
from ...store.sync.decisions import TwoAnswers, TwoPromises
from ...text.buyers.words import when_words
from ...text.calls import entry_parts
from ...text.format import plain_when, quoted, short_day, shown
from ...text.sync import note_words
from ..kit.dialog import ListDialog, Question, Rows, Way
from ..kit.lines import Line, cut
from ..kit.view import View

_MOST = 500  # notes that are shown
_WIDEST = 60  # cells of a button's words


def question_words(questions: Sequence[TwoAnswers | TwoPromises]) -> str:
    """What Today asks, of the first of them."""
    question = questions[0]
    if isinstance(question, TwoAnswers):
        who = quoted(question.ask.contact, 28) if question.ask.contact else "An ask"
        words = f"{who} has two answers: which one holds?"
    else:
        words = f"{quoted(question.contact, 28)} has two callbacks: which one holds?"
    return words + f" (and {len(questions) - 1} more)" * (len(questions) > 1)


def ask_which_holds(
    view: View[DaySnapshot], question: TwoAnswers | TwoPromises, then: Callable[[], None]
) -> None:
    """Ask what only a person can decide, and go on; Esc leaves it as it is."""
    today, currency = view.snapshot.today, view.snapshot.settings.currency
    decisions = view.store.decisions
    choices: list[tuple[tuple[str, ...], Callable[[], str]]]
    if isinstance(question, TwoAnswers):
        ask = question.ask
        who, asked = ask.contact or "An ask", short_day(ask.day, today)
        note = f"Asked on {asked}, and answered on two machines: both stand until you choose."
        choices = [
            ((answer.outcome or "", short_day(answer.day, today), said.amount, said.note),
             partial(decisions.keep_answer, answer.id))
            for answer in question.answers
            if (said := entry_parts(answer, currency))
        ]  # fmt: skip
    else:
        who = question.contact
        note = "Promised on two machines, and only one can stand: the other waits until you choose."
        choices = [
            ((step.kind, when_words(step, today), quoted(step.note) if step.note else ""),
             partial(decisions.keep_promise, question.uid, other=step is question.other))
            for step in sorted((question.here, question.other), key=lambda it: it.day)
        ]  # fmt: skip
    ways: list[Way[str]] = [
        (str(number), cut(" · ".join(filter(None, parts)), _WIDEST), partial(view.do, keep))
        for number, (parts, keep) in enumerate(choices, 1)
    ]

    def chosen(label: str | None) -> None:
        if label is not None:
            view.say(f"{shown(label)}; u takes it back.")
            then()

    title = f"{who}: which one holds?"
    view.app.push_screen(Question(title, [note], ways, leave="Esc  Later"), chosen)


class SyncLog(ListDialog[None]):
    """Lists what came; u and U work in it as everywhere."""

    BINDINGS = [
        ("t", "take_back", "Take back"),
        ("u", "step('undo')", "Undo"),
        ("U", "step('redo')", "Redo"),
    ]

    def __init__(self, view: View[Any]) -> None:
        self._view, self._notes = view, view.store.sync_log.notes(_MOST)
        zone, found = view.clock.zone(), list[Line]()
        currency = view.store.settings.currency
        for number, it in enumerate(self._notes):
            words = note_words(it, currency)
            local = it.at.astimezone(zone)
            when = f"  {plain_when(local.date(), local.time())} · {shown(it.machine)}"
            sign = ("! " if it.overrode else "  ", "bad")
            found.append(Line((sign, (shown(words), "text")), (), number))
            found.append(Line(((when, "muted"),), (), number))
        none = "No other machine changed anything here in the last 90 days."
        rows = Rows(found or [Line(((none, "muted"),))], id="entries")
        hint = "t takes back what stood there · ! it was edited here · Esc closes" * bool(found)
        super().__init__("What came from other machines", rows, hint=hint)

    def action_take_back(self) -> None:
        if self._notes:
            note, view = self._notes[self._entries.cursor], self._view
            take_back = partial(view.store.sync_log.take_back, note.id)
            self.attempt(lambda: view.say(f"{view.do(take_back)}; u undoes that."))

    def action_step(self, which: str) -> None:
        (self._view.action_undo if which == "undo" else self._view.action_redo)()
