"""How did the call end, what else is there to say about it, and when is the next one?

What is true of a timer that was left alone, or ran longer than a call?
"""

from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import date, datetime, time
from functools import partial
from typing import Any, Literal

from msgspec import UNSET
from textual import events, on
from textual.content import Content
from textual.widgets import Button, Input, Static

from ...domain.buyers.contact import StepKind
from ...domain.calls.entry import Outcome, Running
from ...domain.day import local_day
from ...domain.errors import NeedleError, WrongUsageError
from ...domain.settings import Moment
from ...text.buyers.words import promised_words
from ...text.format import clock_time, minutes, short_day, shown
from ...text.parse.days import parse_time, parse_when
from ..kit.dialog import Question, Way
from ..kit.fields import Choice, Field, NameField, TextInput, Ways, text_field
from ..kit.form import Form, activity_field, length_field, money_field
from ..kit.lines import Line
from ..kit.view import View
from .outcomes import FIELD_KEYS, OUTCOMES, ROWS, outcome_at, outcome_lines


class _Outcomes(Choice, inherit_bindings=False):
    """The outcomes to mark one of: Enter saves, Tab goes on to the fields."""

    BINDINGS = [
        ("up,k", "step(-1)", "Up"),
        ("down,j", "step(1)", "Down"),
        ("left,right,h", f"step({ROWS})", "Side"),
        ("enter", "screen.save", "Save"),
    ]

    def lines(self, facts: Ways, width: int, height: int) -> Sequence[Line]:
        return outcome_lines(self.cursor, width)

    async def click(self, x: int, y: int) -> None:
        if (place := outcome_at(x, y, self.size.width)) is not None:
            self.cursor = place
            await self.screen.run_action("save")


class NoteInput(TextInput):
    """The note, which is kept as it is typed: neither Esc nor a crash takes it away."""

    def __init__(self, view: View[Any], running: Running) -> None:
        super().__init__(running.draft, id="note")
        self.select_on_focus = False  # else the next letter takes away what was noted before
        self._view, self._started_at, self._kept = view, running.started_at, running.draft

    async def on_input_changed(self) -> None:
        await self._view.turns.do(None, self._keep_typed)

    def _keep_typed(self) -> None:
        note = self.typed
        if note != self._kept:
            with suppress(NeedleError):  # the next letter tries again, and Esc asks
                self.keep(note)
                self._kept = note

    def keep(self, note: str) -> None:
        """Keep it with the call; a `NeedleError` where that is not possible."""
        self._view.turns.write(partial(self._view.store.timer.keep_draft, self._started_at, note))

    @property
    def is_changed(self) -> bool:
        return self.typed != self._kept


class OutcomeForm(Form):
    """Its keys give an answer or go to a field; in a text, what leads out of it is said."""

    BINDINGS = [
        *(
            (str(number), f"answer({number})", outcome.words)
            for number, outcome in enumerate(OUTCOMES, start=1)
        ),
        *((key, f"go('{field}')") for key, field in FIELD_KEYS.items()),
        ("m", "go('seconds')", "Minutes"),
        ("shift+tab", "back", "Back to the outcomes"),
    ]

    asks_back = False  # whether it was opened to say when to call again

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        outcomes = self.query_one(_Outcomes)
        if isinstance(event.widget, TextInput):
            saves = f"Enter saves as {outcomes.answer.words} · Shift+Tab back to the outcomes"
            goes_on = event.widget.id == "back" or (event.widget.id == "contact" and self.asks_back)
            hint = "Enter goes on; the outcome comes last" if goes_on else saves
        else:
            enter = "" if isinstance(event.widget, Button) else "Enter: marked · "
            back = "b back · " if self.query("#back") else ""
            hint = f"1 to 8 saves · {enter}w who · {back}$ money · n note"
        self.query_one("#hint", Static).update(Content(hint))

    @on(Input.Submitted, "#back, #contact")
    def _go_on(self, event: Input.Submitted) -> None:
        """When to call again is said before the outcome, and who is called before that."""
        field = event.input.id or ""
        if field == "back" or self.asks_back:
            event.prevent_default()
            if self.attempt(lambda: self.field(field).asked.answer):
                self.action_go("outcome" if field == "back" else "back")

    async def action_answer(self, number: int) -> None:
        self.query_one(_Outcomes).cursor = number - 1
        await self.run_action("save")

    def action_go(self, field: str) -> None:
        for found in self.query(f"#{field}"):
            found.focus()

    def action_back(self) -> None:
        """Go back to the outcomes, and from them to what is before them."""
        outcomes = self.query_one(_Outcomes)
        self.focus_previous() if outcomes.has_focus else outcomes.focus()


def outcome_form(
    view: View[Any],
    title: str,
    save: Callable[..., object],
    *,
    running: Running | None = None,
    field: str = "outcome",
    is_won: bool = False,
    offer: int | None = None,
) -> Form:
    """Asks for the outcome and for what may be added: contact, minutes, money, a note.

    `running` is the call that has just ended; None: it asks for the minutes of an earlier one.
    `field` is where to begin; of a call that is won, `offer` is what was asked for, where known.
    """
    store, currency = view.store, view.snapshot.settings.currency
    minutes = [length_field("seconds", placeholder="like 12")] if running is None else []
    activities, options = store.activities.all(), [(item, item.words) for item in Outcome]
    outcomes = _Outcomes(options, Outcome.WON if is_won else Outcome.TALKED, id="outcome")
    fields = (
        Field("", outcomes).add_class("outcomes"),
        NameField(store.contacts.names, running.contact if running is not None else ""),
        *minutes,
        money_field("amount", f"Money ({currency})", currency, offer, placeholder="paid, or offer"),
        activity_field("came_from", "Came from", activities, hint="what brought the buyer"),
        text_field("note", "Note") if running is None else Field("Note", NoteInput(view, running)),
        *([] if running is None else [back_field(store.moment(), blank=None)]),
    )
    asks_back = field == "back" and running is not None
    begin = "contact" if asks_back and running and not running.contact else field
    form = OutcomeForm(title, fields, save, cancel_word="Back", begin=begin)
    form.asks_back = asks_back
    return form


def back_field(moment: Moment, kind: StepKind = StepKind.CALL, *, blank: object = UNSET) -> Field:
    """A day to come, perhaps with a time; where it is all that is asked, `drop` is read as none."""

    def read(typed: str) -> tuple[date, time | None] | None:
        is_drop = blank is UNSET and typed.strip().casefold() == "drop"
        return None if is_drop else parse_when(typed, moment.today, moment.local)

    label = "Meeting on" if kind is StepKind.MEETING else "Call again"
    return text_field("back", label, read=read, placeholder="like thu 14:00, +3, 2w", blank=blank)


def ask_back(
    view: View[Any],
    contact: str,
    *,
    is_meeting: bool,
    hint: str = "Enter saves · type drop to drop it",
) -> None:
    """Ask when a contact is called or met again; without a name it asks who, too."""
    kind, contacts = StepKind.MEETING if is_meeting else StepKind.CALL, view.store.contacts

    def save(back: tuple[date, time | None] | None, contact: str = contact) -> None:
        if back is None:
            buyer = view.do(lambda: contacts.drop(contacts.find(contact).contact.id))
        else:
            buyer = view.do(partial(contacts.promise, contact, *back, kind=kind))
        words = promised_words(buyer.contact.name, buyer.step, view.snapshot.today)
        view.say(f"{'' if back else 'Dropped: '}{words}; u takes it back.")

    field = back_field(view.store.moment(), kind)
    fields = [field] if contact else [NameField(contacts.names), field]
    view.ask(Form(shown(contact) or "Call back", fields, save, hint=hint))


Fate = Literal["keep", "discard"]  # what becomes of a timer that did not end at another time


def recovery_question(
    running: Running, last_seen: datetime | None, moment: Moment
) -> Question[datetime | Fate]:
    """Asks when the timer ended, or what else becomes of it, and answers that."""

    def clock(at: datetime) -> str:
        day, words = local_day(at, moment.zone, moment.starts_at), at.astimezone(moment.zone).time()
        return f"{'' if day == moment.today else f'{short_day(day)} '}{clock_time(words)}"

    def read(typed: str) -> datetime:
        """The end that was typed, within the day on which it started or today."""
        for day in (running.day, moment.today):
            if running.started_at <= (end := moment.at(day, parse_time(typed))) <= moment.now:
                return end
        raise WrongUsageError("The end lies between the start and now: type such a time.")

    note = f"Started {clock(running.started_at)}."
    ways: list[Way[datetime | Fate]] = [
        ("1", "Keep all of it: it is going on", lambda: "keep"),
        ("3", "", text_field("end", "3  It ended at", placeholder="15:40, then Enter", read=read)),
        ("4", "Discard it: log nothing", lambda: "discard"),
    ]
    if last_seen is not None:
        note += f" Last seen {clock(last_seen)}."
        ways.insert(1, ("2", f"It ended when last seen, {clock(last_seen)}", lambda: last_seen))
    length = minutes(int((moment.now - running.started_at).total_seconds()))
    title = f"{running.contact or running.name} has been running for {length}"
    return Question(title, [note], ways, leave="Esc  Ask me later")
