"""How did the call end? One key answers."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.reactive import reactive
from textual.strip import Strip
from textual.widget import Widget

from ...domain.entry import Outcome
from ...text.format import clock_length
from ...text.parse import parse_amount, parse_seconds
from ..widgets.fields import Field, TextField
from ..widgets.lines import Inked, Line, Span
from .dialog import Dialog

OUTCOMES = tuple(Outcome)
_ROWS = 4


@dataclass(frozen=True, slots=True)
class Answer:
    """What was said about a call."""

    outcome: Outcome
    contact: str
    amount: int | None
    note: str
    seconds: int | None = None
    """Only where it was asked for."""


class OutcomeList(Inked, can_focus=True):
    """The eight outcomes, numbered."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,k", "step(-1)", "Up", show=False),
        Binding("down,j", "step(1)", "Down", show=False),
        Binding("left,right,h", f"step({_ROWS})", "Side", show=False),
        Binding("enter", "screen.save", "Save", show=False),
    ]

    place: reactive[int] = reactive(OUTCOMES.index(Outcome.TALKED))

    @property
    def value(self) -> Outcome:
        """The chosen outcome."""
        return OUTCOMES[self.place]

    def render_line(self, y: int) -> Strip:
        """Two outcomes a line."""
        half = self.size.width // 2
        strips = [self._one(place, half) for place in (y, y + _ROWS) if place < len(OUTCOMES)]
        return Strip.join(strips).adjust_cell_length(self.size.width, self.rich_style)

    def _one(self, place: int, width: int) -> Strip:
        outcome = OUTCOMES[place]
        chosen = place == self.place
        ink = "strong" if chosen else "text" if outcome.reached else "muted"
        spans: tuple[Span, ...] = (
            ("▸ " if chosen else "  ", "accent"), (f"{place + 1}", "accent"), ("  ", "text"),
            (outcome.words, ink),
        )  # fmt: skip
        return self.strip(Line(spans), width, chosen=chosen and self.has_focus)

    def action_step(self, by: int) -> None:
        """Choose another one."""
        self.place = (self.place + by) % len(OUTCOMES)

    def watch_has_focus(self, focus: bool) -> None:
        """Show where the keys go."""
        super().watch_has_focus(focus)
        self.refresh()

    def on_click(self, event: events.Click) -> None:
        """A click on an outcome is the answer."""
        offset = event.get_content_offset(self)
        if offset is not None and offset.y < _ROWS:
            self.place = offset.y + (_ROWS if offset.x >= self.size.width // 2 else 0)
            self.screen.call_later(self.screen.run_action, "save")


class OutcomeDialog(Dialog[Answer]):
    """Asks for the outcome; contact, amount and note may be added."""

    AUTO_FOCUS = "OutcomeList"
    BINDINGS: ClassVar[list[BindingType]] = [
        *(
            Binding(str(number), f"answer({number})", outcome.words, show=False)
            for number, outcome in enumerate(OUTCOMES, start=1)
        ),
        Binding("w", "go('contact')", "Who", show=False),
        Binding("dollar_sign", "go('amount')", "Amount", show=False),
        Binding("n", "go('note')", "Note", show=False),
        Binding("m", "go('minutes')", "Minutes", show=False),
    ]

    cancel_word = "Back"
    hint_text = "1 to 8 saves · Enter: the marked one · w who · $ amount · n note"

    def __init__(
        self,
        title: str,
        currency: str,
        save: Callable[[Answer], object],
        *,
        contact: str = "",
        seconds: int | None = None,
    ) -> None:
        """Make the dialog.

        Args:
            title: what it is about.
            currency: of the amount.
            save: does the command; what it refuses is said in the dialog.
            contact: with whom, as far as known.
            seconds: how long it was; None: asks for the minutes.
        """
        super().__init__()
        self.title_text = title if seconds is None else f"{title} · {clock_length(seconds)}"
        self._currency = currency
        self._save = save
        self._contact = contact
        self._asks_minutes = seconds is None

    def fields(self) -> Iterable[Widget]:
        """The outcomes, then what may be added."""
        yield OutcomeList()
        yield Field("Who", TextField(self._contact, id="contact"))
        if self._asks_minutes:
            yield Field("Minutes", TextField(placeholder="12", id="minutes"))
        yield Field(f"Money ({self._currency})", TextField(placeholder="received", id="amount"))
        yield Field("Note", TextField(id="note"))

    def accept(self) -> Answer:
        """The marked outcome with what was added."""
        amount = self.typed("amount").strip()
        minutes = self.typed("minutes").strip() if self._asks_minutes else ""
        answer = Answer(
            outcome=self.query_one(OutcomeList).value,
            contact=self.typed("contact"),
            amount=parse_amount(amount, self._currency) if amount else None,
            note=self.typed("note"),
            seconds=parse_seconds(minutes) if minutes else None,
        )
        self._save(answer)
        return answer

    def action_answer(self, number: int) -> None:
        """One key: this outcome."""
        self.query_one(OutcomeList).place = number - 1
        self.action_save()

    def action_go(self, field: str) -> None:
        """Go to a field."""
        for found in self.query(f"#{field}"):
            found.focus()
