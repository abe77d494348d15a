"""How did the call end, and what else is there to say about it?"""

from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, ClassVar, cast

from textual import events
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Button, Static

from ...domain.calls.entry import Outcome, Running
from ...domain.errors import NeedleError
from ...domain.promises.commitment import ActivityFact
from ...text.format import clock_length
from ..kit.fields import Field, NameField, TextField, TextInput
from ..kit.form import Form, activity_field, length_field, money_field
from ..kit.lines import Line
from ..kit.panel import Panel
from .outcomes import OUTCOMES, ROWS, TALKED, Answer, outcome_at, outcome_lines

if TYPE_CHECKING:
    from ..kit.view import Host


class _Outcomes(Panel[int, None], can_focus=True):
    """The outcomes to mark one of: Enter saves, Tab goes on to the fields."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,k", "step(-1)", "Up", show=False),
        Binding("down,j", "step(1)", "Down", show=False),
        Binding("left,right,h", f"step({ROWS})", "Side", show=False),
        Binding("enter", "screen.save", "Save", show=False),
    ]

    def lines(self, facts: int, width: int, height: int) -> Sequence[Line]:
        return outcome_lines(facts, width)

    def action_step(self, by: int) -> None:
        self.facts = ((self.facts or 0) + by) % len(OUTCOMES)

    async def click(self, x: int, y: int) -> None:
        place = outcome_at(x, y, self.size.width)
        if place is not None:
            self.facts = place
            await self.screen.run_action("save")


class _OutcomeField(Field):
    def __init__(self, place: int) -> None:
        self._outcomes = _Outcomes(place, id="outcome")
        super().__init__("outcome", "", self._outcomes, classes="outcomes")

    @property
    def value(self) -> Outcome:
        return OUTCOMES[self._outcomes.facts or 0]

    @property
    def is_changed(self) -> bool:
        return self._outcomes.facts != TALKED


class NoteField(TextField):
    """The note, which is kept as it is typed: neither Esc nor a crash takes it away."""

    def __init__(self, note: str, keep: Callable[[str], None]) -> None:
        super().__init__("note", "Note", note)
        self._keep = keep
        self._kept = note

    async def on_input_changed(self) -> None:
        await cast("Host", self.app).turns.do(None, self._keep_note)

    def _keep_note(self) -> None:
        note = self.value
        if note != self._kept:
            with suppress(NeedleError):  # the next letter tries again, and Esc asks
                self._keep(note)
                self._kept = note

    @property
    def is_changed(self) -> bool:
        """Whether it is not kept."""
        return bool(self.value != self._kept)


_KEYS = "w who · b back · $ money · n note"


class _Keys(Vertical):
    """The keys that give an answer or go to a field.

    In a line of text the keys are typed, so what leads out of it is said there.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        *(
            Binding(str(number), f"answer({number})", outcome.words, show=False)
            for number, outcome in enumerate(OUTCOMES, start=1)
        ),
        Binding("w", "go('contact')", "Who", show=False),
        Binding("dollar_sign", "go('amount')", "Money", show=False),
        Binding("n", "go('note')", "Note", show=False),
        Binding("b", "go('back')", "Call again", show=False),
        Binding("m", "go('seconds')", "Minutes", show=False),
        Binding("shift+tab", "back", "Back to the outcomes", show=False),
    ]

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """Say what the keys do where the focus is."""
        outcomes = self.query_one(_Outcomes)
        if isinstance(event.widget, TextInput):
            word = OUTCOMES[outcomes.facts or 0].words
            hint = f"Enter saves as {word} · Shift+Tab back to the outcomes"
        else:
            enter = "" if isinstance(event.widget, Button) else "Enter: marked · "
            hint = f"1 to 8 saves · {enter}{_KEYS}"
        self.query_one("#hint", Static).update(Content(hint))

    async def action_answer(self, number: int) -> None:
        self.query_one(_Outcomes).facts = number - 1
        await self.screen.run_action("save")

    def action_go(self, field: str) -> None:
        for found in self.query(f"#{field}"):
            found.focus()

    def action_back(self) -> None:
        """Go back to the outcomes, and from them to what is before them."""
        outcomes = self.query_one(_Outcomes)
        if outcomes.has_focus:
            self.screen.focus_previous()
        else:
            outcomes.focus()


def outcome_form(
    title: str,
    currency: str,
    save: Callable[[Answer], object],
    names: Callable[[str, int], Sequence[str]],
    *,
    running: Running | None = None,
    seconds: int | None = None,
    field: str = "outcome",
    offer: int | None = None,
    activities: Sequence[ActivityFact] = (),
    keep_draft: Callable[[str], None] | None = None,
    more: Sequence[Field] = (),
) -> Form:
    """Asks for the outcome and for what may be added: contact, minutes, money, a note.

    Args:
        title: what it is about.
        currency: of the money.
        save: does the command; what it refuses is said in the form.
        names: those of buyers that begin so.
        running: the call that it is about; None: it is over.
        seconds: how long it was; None: asks for the minutes.
        field: where to begin.
        offer: what was asked for and is won now; None: that is not known.
        activities: that may have brought the buyer.
        keep_draft: keeps the note that is typed about a call that runs.
        more: what else is asked.
    """
    note = TextField("note", "Note")
    if running is not None and keep_draft is not None:
        note = NoteField(running.draft, keep_draft)
    minutes = [length_field("seconds", placeholder="12")] if seconds is None else []
    fields = (
        _OutcomeField(TALKED if offer is None else OUTCOMES.index(Outcome.WON)),
        NameField(names, running.contact if running is not None else ""),
        *minutes,
        money_field("amount", f"Money ({currency})", currency, offer, placeholder="paid, or offer"),
        activity_field("came_from", "Came from", activities, hint="what brought the buyer"),
        note,
        *more,
    )
    return Form(
        title if seconds is None else f"{title} · {clock_length(seconds)}",
        fields,
        lambda **said: save(Answer(**said)),
        cancel_word="Back",
        begin=field,
        frame=_Keys,
    )
