"""How did the call end? One key answers."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.reactive import reactive
from textual.strip import Strip
from textual.widget import Widget
from textual.widgets import Static

from ...domain.entry import Outcome
from ...text.format import clock_length
from ...text.parse import parse_amount, parse_seconds
from ..widgets.fields import Field, TextField
from ..widgets.lines import Inked, Line, Span, cut
from .dialog import Dialog

OUTCOMES = tuple(Outcome)
_ROWS = 4
_FIRST = 2
"""The line of the first outcome."""


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
    """The eight outcomes, numbered, under what they are about."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,k", "step(-1)", "Up", show=False),
        Binding("down,j", "step(1)", "Down", show=False),
        Binding("left,right,h", f"step({_ROWS})", "Side", show=False),
        Binding("enter", "screen.save", "Save", show=False),
        Binding("tab", "screen.more", "More", show=False),
    ]

    place: reactive[int] = reactive(OUTCOMES.index(Outcome.TALKED))

    def __init__(self, title: str, *, asks_minutes: bool) -> None:
        super().__init__()
        self._about = title
        self._more = [("w", "who"), ("$", "money"), ("n", "note")]
        if asks_minutes:
            self._more.insert(0, ("m", "minutes"))

    @property
    def value(self) -> Outcome:
        """The chosen outcome."""
        return OUTCOMES[self.place]

    def render_line(self, y: int) -> Strip:
        """The title, two outcomes a line, and what else the keys do."""
        width = self.size.width
        if y == 0:
            return self.strip(Line(((cut(self._about, width), "strong"),)), width)
        if _FIRST <= y < _FIRST + _ROWS:
            half, row = width // 2, y - _FIRST
            strips = [self._one(row, half), self._one(row + _ROWS, half)]
            return Strip.join(strips).adjust_cell_length(width, self.ink("text"))
        if y == _FIRST + _ROWS + 1:
            return self.strip(self._keys(), width)
        return self.strip(Line(), width)

    def _keys(self) -> Line:
        spans: list[Span] = [("Enter", "accent"), (f" {self.value.words}   ", "muted")]
        for key, word in self._more:
            spans += [(key, "accent"), (f" {word}   ", "muted")]
        return Line((*spans, ("Esc", "accent"), (" back", "muted")))

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

    async def on_click(self, event: events.Click) -> None:
        """A click on an outcome is the answer; on the last line, the way back."""
        offset = event.get_content_offset(self)
        if offset is None:
            return
        row = offset.y - _FIRST
        if 0 <= row < _ROWS:
            self.place = row + (_ROWS if offset.x >= self.size.width // 2 else 0)
            await self.screen.run_action("save")
        elif row == _ROWS + 1:
            await self._click_on_key(offset.x)

    async def _click_on_key(self, x: int) -> None:
        start = 0
        line = self._keys().left
        fields = {"m": "minutes", "w": "contact", "$": "amount", "n": "note"}
        for (key, _), (word, _) in zip(line[::2], line[1::2], strict=True):
            end = start + len(key) + len(word)
            if start <= x < end:
                action = {"Enter": "save", "Esc": "cancel"}.get(key)
                await self.screen.run_action(action or f"go('{fields[key]}')")
            start = end


class OutcomeDialog(Dialog[Answer]):
    """Asks for the outcome; contact, amount and note may be added.

    It comes up at every hang-up, so it is light: the fields are made when one is asked for.
    """

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

    def compose(self) -> ComposeResult:
        """The outcomes; the fields come when they are asked for."""
        with Vertical(id="dialog"):
            yield OutcomeList(self.title_text, asks_minutes=self._asks_minutes)

    def fields(self) -> Iterable[Widget]:
        """What may be added."""
        yield Field("Who", TextField(self._contact, id="contact"))
        if self._asks_minutes:
            yield Field("Minutes", TextField(placeholder="12", id="minutes"))
        yield Field(f"Money ({self._currency})", TextField(placeholder="received", id="amount"))
        yield Field("Note", TextField(id="note"))

    def accept(self) -> Answer:
        """The marked outcome with what was added."""
        amount, minutes = self.typed("amount").strip(), self.typed("minutes").strip()
        answer = Answer(
            outcome=self.query_one(OutcomeList).value,
            contact=self.typed("contact") if self._has_fields else self._contact,
            amount=parse_amount(amount, self._currency) if amount else None,
            note=self.typed("note"),
            seconds=parse_seconds(minutes) if minutes else None,
        )
        self._save(answer)
        return answer

    def typed(self, field: str) -> str:
        """What stands in a field; nothing while there is none."""
        found = self.query(f"#{field}").results(TextField)
        return next((item.typed for item in found), "")

    @property
    def _has_fields(self) -> bool:
        return bool(self.query("#contact"))

    def action_answer(self, number: int) -> None:
        """One key: this outcome."""
        self.query_one(OutcomeList).place = number - 1
        self.action_save()

    async def action_go(self, field: str) -> None:
        """Go to a field."""
        if not self._has_fields:
            dialog = self.query_one("#dialog")
            await dialog.mount(
                *self.fields(), Static(id="error"), after=self.query_one(OutcomeList)
            )
        for found in self.query(f"#{field}"):
            found.focus()

    async def action_more(self) -> None:
        """Go to the fields."""
        if self._has_fields:
            self.focus_next()
        else:
            await self.action_go("minutes" if self._asks_minutes else "contact")

    def say_what_is_wrong(self, sentence: str) -> None:
        """Show it in the dialog, or, where it has no place for it yet, as a message."""
        if self._has_fields:
            super().say_what_is_wrong(sentence)
        else:
            self.notify(sentence, severity="error", markup=False)
