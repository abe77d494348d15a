"""How did the call end? Asked over the day, and answered with one key."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.reactive import reactive
from textual.strip import Strip

from ...domain.entry import Outcome
from .lines import Inked, Line, Span, cut

OUTCOMES = tuple(Outcome)
ROWS = 4


@dataclass(frozen=True, slots=True)
class Answer:
    """What was said about a call."""

    outcome: Outcome
    contact: str
    amount: int | None = None
    note: str = ""
    seconds: int | None = None
    """Only where it was asked for."""


class OutcomeList(Inked, can_focus=True):
    """The eight outcomes, numbered, two a line."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,k", "step(-1)", "Up", show=False),
        Binding("down,j", "step(1)", "Down", show=False),
        Binding("left,right,h", f"step({ROWS})", "Side", show=False),
    ]

    place: reactive[int] = reactive(OUTCOMES.index(Outcome.TALKED))

    first_row = 0
    """The line of the first outcome."""

    @property
    def value(self) -> Outcome:
        """The marked outcome."""
        return OUTCOMES[self.place]

    def render_line(self, y: int) -> Strip:
        """Two outcomes."""
        width, row = self.size.width, y - self.first_row
        if not 0 <= row < ROWS:
            return self.strip(Line(), width)
        half = width // 2
        strips = [self._one(row, half), self._one(row + ROWS, half)]
        return Strip.join(strips).adjust_cell_length(width, self.ink("text"))

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
        """Mark another one."""
        self.place = (self.place + by) % len(OUTCOMES)

    def watch_has_focus(self, focus: bool) -> None:
        """Show where the keys go."""
        super().watch_has_focus(focus)
        self.refresh()

    def at(self, event: events.Click) -> Outcome | None:
        """The outcome that was clicked, which is then marked."""
        offset = event.get_content_offset(self)
        if offset is None or not 0 <= offset.y - self.first_row < ROWS:
            return None
        side = ROWS if offset.x >= self.size.width // 2 else 0
        self.place = offset.y - self.first_row + side
        return self.value


class OutcomePrompt(OutcomeList):
    """The question over the day.

    It comes up at every hang-up, so it is one widget that is always there and only shown: a
    screen of its own would take as long as everything else together.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        *(
            Binding(str(number), f"answer({number})", outcome.words, show=False)
            for number, outcome in enumerate(OUTCOMES, start=1)
        ),
        Binding("enter", "take", "Take", show=False),
        Binding("escape,backspace", "back", "Back", show=False),
        Binding("w,tab", "more('contact')", "Who", show=False),
        Binding("dollar_sign", "more('amount')", "Money", show=False),
        Binding("n", "more('note')", "Note", show=False),
    ]

    first_row = 2

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.display = False
        self._about = ""
        self._answer: asyncio.Future[Outcome | str | None] | None = None

    @property
    def is_open(self) -> bool:
        """Whether it waits for an answer."""
        return self._answer is not None

    async def ask(self, about: str) -> Outcome | str | None:
        """Ask how a call ended.

        Args:
            about: what is asked about.

        Returns:
            The outcome; the name of a field that is to be filled in as well; None: not now.
        """
        self._about = about
        self.place = OUTCOMES.index(Outcome.TALKED)
        self._answer = asyncio.get_running_loop().create_future()
        before = self.screen.focused
        self.display = True
        self.focus()
        try:
            return await self._answer
        finally:
            self._answer = None
            if self.is_attached:
                self.display = False
                self.screen.set_focus(before)

    def _settle(self, answer: Outcome | str | None) -> None:
        if self._answer is not None and not self._answer.done():
            self._answer.set_result(answer)

    def render_line(self, y: int) -> Strip:
        """What it is about, the outcomes, and what else the keys do."""
        width = self.size.width
        if y == 0:
            return self.strip(Line(((cut(self._about, width), "strong"),)), width)
        if y == self.first_row + ROWS + 1:
            spans: list[Span] = [("Enter", "accent"), (f" {self.value.words}   ", "muted")]
            for key, word in (("w", "who"), ("$", "money"), ("n", "note"), ("Esc", "back")):
                spans += [(key, "accent"), (f" {word}   ", "muted")]
            return self.strip(Line(tuple(spans)), width)
        return super().render_line(y)

    def action_answer(self, number: int) -> None:
        """One key: this outcome."""
        self.place = number - 1
        self._settle(self.value)

    def action_take(self) -> None:
        """The marked one."""
        self._settle(self.value)

    def action_back(self) -> None:
        """Not now: the call goes on."""
        self._settle(None)

    def action_more(self, field: str) -> None:
        """Something is to be added first."""
        self._settle(field)

    def on_key(self, event: events.Key) -> None:
        """No other key reaches the day while the question is open."""
        if event.key not in self._bindings.key_to_bindings:
            event.stop()

    def on_click(self, event: events.Click) -> None:
        """A click on an outcome is the answer, one elsewhere in it the marked one stays."""
        outcome = self.at(event)
        if outcome is not None:
            self._settle(outcome)
